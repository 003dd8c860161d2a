"""Numbers that hang on no source: none named in their paragraph, none found in the dossier."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from standoff.brief.checking.quotes import Passage
from standoff.brief.checking.record import Finding, Rank
from standoff.brief.checking.units import Unit
from standoff.brief.checking.words import pattern_of
from standoff.terms import Quantity

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d")
# "Within 12 months" says how far the author looks, which needs no source.
_TIMES = frozenset("s min h hour day d week month mo year yr decade century quarter".split())


def unsourced(
    text: str,
    units: Sequence[Unit],
    numbers: Sequence[Quantity],
    documents: Sequence[Passage],
) -> Iterator[Finding]:
    """A finding for each paragraph with measured or counted numbers and no source.

    A source is a name with a verb of telling, a note mark, a link, a bracket with author and year, in the
    paragraph; for a list also in the sentence that leads to it. A number that a paragraph with a source
    prints has one too, as a summary repeats what the text proves; so has, with a dossier, a number that one
    of its documents prints. Small counts in words ("three options") and lengths of time need none.
    """
    sourced = _sourced_blocks(text, units)
    printed = [_numbers_of(d.text) for d in documents]
    proven: set[str] = set()
    for unit in units:
        if unit.block in sourced:
            proven |= _numbers_of(text[unit.start : unit.end])
    starts = [u.start for u in units]
    bare: dict[int, list[Quantity]] = {}
    for q in numbers:
        unit = units[max(0, bisect_right(starts, q.span.start) - 1)]
        wanted = _numbers_of(q.span.quote)
        known = any(wanted <= found for found in (proven, *printed))
        if _weighty(q, text) and not known:
            bare.setdefault(unit.block, []).append(q)
    none = ", and no document of the dossier prints them" if documents else ""
    for found in bare.values():
        quotes = [_shown(q) for q in found]
        yield Finding(
            Rank.UNSOURCED,
            "source",
            found[0].span.start,
            found[-1].span.end,
            "; ".join(dict.fromkeys(quotes)),
            f"the paragraph names no source{none}",
        )


def _shown(q: Quantity) -> str:
    words = " ".join(q.span.quote.split())
    return f"{words} {q.noun}" if q.noun and q.noun not in words else words


def _weighty(q: Quantity, text: str) -> bool:
    """Whether a reader would ask where the number comes from; what stands in a tag is no number."""
    if q.span.quote[:1] in "<>" and text[max(0, q.span.start - 1)].isalnum():
        return False
    if not _DIGITS.search(q.span.quote) or q.unit in _TIMES:
        return False
    counted = q.noun is not None or q.unit in ("", "count")
    if q.noun is None and _YEAR.fullmatch(q.span.quote):
        return False
    return not (counted and q.high is not None and q.high <= 10)


def _sourced_blocks(text: str, units: Sequence[Unit]) -> frozenset[int]:
    """Paragraphs with a source; list items also where the paragraph before the list has one."""
    own = {u.block for u in units if pattern_of("source").search(text, u.start, u.end)}
    out = set(own)
    led = False
    for unit in units:
        if not unit.item and text[unit.start : unit.end].rstrip().endswith(":"):
            led = unit.block in own
        elif not unit.item and unit.block not in out:
            led = False
        if unit.item and led:
            out.add(unit.block)
    return frozenset(out)


def _numbers_of(text: str) -> frozenset[str]:
    """The numerals of a text without their thousands separators.

    >>> sorted(_numbers_of("1,200 troops in 3.50 km"))
    ['1200', '3.5']
    """
    found = (m.group().replace(",", "") for m in re.finditer(r"\d[\d,]*(?:\.\d+)?", text))
    return frozenset(_short(x) for x in found)


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
