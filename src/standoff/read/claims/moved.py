"""Changes: a number goes from one value to another, told in any order, with the change where given.

The clause is read with its asides taken out: brackets with another currency, and when it was ("in
2003", "a year earlier"). What is left is short: "rose [c] to [b] from [a]", "[b], up [c] from [a]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from standoff.read.claims.common import TIMES, Draft, countable_together
from standoff.read.reading import Reading, Sentence
from standoff.terms import ChangeContent, Quantity

_RISE = (
    "rise rises rose risen rising grow grows grew grown increase increases increased increasing jump "
    "jumps jumped climb climbs climbed surge surges surged soar soars soared gain gains gained expand "
    "expands expanded boost boosts boosted raise raises raised up double"
)
_FALL = (
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease "
    "decreases decreased shrink shrinks shrank shrunk slide slides slid slump slumped plunge plunges "
    "plunged tumble tumbles tumbled cut cuts reduce reduces reduced reduction slash slashed lower "
    "lowered dip dipped down reducing cutting"
)
_UP = frozenset(_RISE.split()) - {"double"}
_DOWN = frozenset(_FALL.split())
_SINCE = r"(?:from|against|compared\s+(?:with|to)|versus|vs\.?|up\s+from|down\s+from|on)"
_GAP = r"(?:\s+(?:(?!from\b|to\b|and\b|while\b|but\b|which\b|per\b)[\w’'-]+)){0,%d}"
_Q = r"(?:an?\s+|the\s+|some\s+|its\s+)?(?:[\w’'-]+\s+){0,2}?⟦(?P<%s>\d+)⟧"
_CHANGE = r"(?:rise|increase|growth|gain|jump|drop|fall|decrease|decline|cut|reduction)"
_NOUNED = (
    r"(?:(?:\s+(?:(?!and\b|while\b|but\b)[\w’'-]+)){0,3}\s*,?\s*(?:or|an?\s+(?:\w+\s+)?"
    + _CHANGE
    + r"\s+of)\s+(?:\w+\s+){0,2}⟦(?P<n>\d+)⟧)?"
)


def _q(name: str) -> str:
    return _Q % name


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    verb = r"\b(?P<verb>" + "|".join(sorted(_UP | _DOWN, key=lambda w: (-len(w), w))) + r")\b"
    by = r"(?:\s+by)?\s+" + _q("c")
    to, since = r"\s*,?\s+to\s+(?:reach\s+)?" + _q("b"), rf"\s*,?\s+{_SINCE}\s+" + _q("a")
    up = r"\s*[,(–-]?\s*(?P<verb>up|down)\s+"
    forms = (
        verb + rf"(?:{by})?" + _GAP % 8 + r"\s*,?\s+from\s+" + _q("a") + _GAP % 5 + to + _NOUNED,
        verb + rf"(?:{by})?" + _GAP % 4 + to + _GAP % 4 + since + _NOUNED,
        _q("b")
        + _GAP % 5
        + up
        + r"(?:by\s+)?⟦(?P<c>\d+)⟧"
        + _GAP % 2
        + r"\s+(?:from|on)\s+"
        + _q("a"),
        _q("b") + _GAP % 5 + up + r"from\s+" + _q("a") + _NOUNED,
    )
    return tuple(re.compile(f, re.IGNORECASE) for f in forms)


def find_moved(reading: Reading) -> Iterator[Draft]:
    """Both ends and the change of what is said to rise or fall.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "Revenue was 10bn euros (£7bn), up 8.1% from 9.26bn euros in 2003."
    >>> [d.statement for d in find_moved(prepare(text, date(2005, 2, 15)))]
    ['from 9.26bn euros to 10bn euros by 8.1%']
    """
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        if len(inside) < 1:
            continue
        short, kept = _shortened(reading, sentence, inside)
        if len(kept) < 2 or re.search(r"\brespectively\b", short, re.I):
            continue
        used: set[int] = set()
        for pattern in _patterns():
            for found in pattern.finditer(short):
                numbers = {k: int(v) for k, v in found.groupdict().items() if v and k != "verb"}
                if used & set(numbers.values()):
                    continue
                draft = _draft(reading, found, {k: kept[v] for k, v in numbers.items()}, short)
                if draft is not None:
                    used |= set(numbers.values())
                    yield draft


def _draft(
    reading: Reading, found: re.Match[str], numbers: dict[str, Quantity], short: str
) -> Draft | None:
    before, after = numbers["a"], numbers["b"]
    change = numbers.get("c") or numbers.get("n")
    if before.unit in (*TIMES, "ratio") or not countable_together(before, after):
        return None
    if before.value is None or after.value is None:
        return None
    sizes = sorted((abs(before.value), abs(after.value)))
    if change is None and sizes[1] > 100.0 * sizes[0]:
        # "One in 13 of the 48 million, down from one in eight": not two values of one thing.
        return None
    if _LISTED.match(short, found.end()):
        # "14.5 and 7.5, up from 10 and 5": two pairs in one.
        return None
    if change is not None:
        of_shares = before.unit.startswith("%") and change.unit.startswith("%")
        fits = change.unit in ("%", "pp") or countable_together(change, before)
        if (of_shares and "c" in numbers) or not fits:
            # Per cent of a share or points of it: the words do not say which.
            change = None
    rising = found.group("verb").casefold() in _UP
    if said := re.search(r"\b(up|down)\s+from\b", found.group(), re.I):
        rising = said.group(1).casefold() == "up"
    spans = [before.span, after.span, *((change.span,) if change else ())]
    span = reading.span(min(s.start for s in spans), max(s.end for s in spans))
    statement = f"from {before.span.quote} to {after.span.quote}"
    if change is not None:
        statement += f" by {change.span.quote}"
    return Draft(span, "change", statement, ChangeContent(before, after, change, rising))


_LISTED = re.compile(r"\s+and\s+(?:from\s+|to\s+)?(?:\w+\s+)?⟦\d+⟧")
_ASIDE = re.compile(r"\s*\((?:[^()]{0,60})\)")
_WHEN = re.compile(
    r"\s+(?:(?:in|for|during|at|by|of|over)\s+)?(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?"
    r"(?:(?:same|previous|prior|corresponding|preceding|year-earlier)\s+(?:\w+-?)?(?:period|year|month|quarter)s?(?:\s+(?:of|in|for)\s+\d{4})?"
    r"|(?:a|one|two)\s+(?:years?|months?|quarters?)\s+(?:ago|earlier|before)|last\s+(?:year|month|quarter|week)|this\s+(?:year|month)"
    r"|the\s+year\s+before|year-on-year)\b",
    re.I,
)


def _shortened(
    reading: Reading, sentence: Sentence, inside: Sequence[Quantity]
) -> tuple[str, list[Quantity]]:
    """The sentence with numbers as ⟦n⟧ and without brackets and times; and the numbers."""
    text = reading.text
    cuts: list[tuple[int, int, str]] = []
    kept: list[Quantity] = []
    asides = [
        (m.start(), m.end())
        for m in _ASIDE.finditer(text, sentence.start, sentence.end)
        if not re.match(r"\s*\((?:up|down)\b", m.group())
    ]
    cuts += [(a, b, "") for a, b in asides]
    for found in reading.dates_in(sentence.start, sentence.end):
        lead = re.compile(
            r"\s+(?:(?:in|on|at|by|of|during|for|to|since)\s+)?(?:the\s+)?(?:(?:end|start)\s+of\s+)?$",
            re.I,
        ).search(text[max(sentence.start, found.span.start - 24) : found.span.start])
        start = found.span.start - (len(lead.group()) if lead else 0)
        first = re.match(r"\w+", found.span.quote)
        if first and first.group().casefold() in _DOWN:
            # "To fall in 2004" is no autumn.
            start = found.span.start + first.end()
        cuts.append((start, found.span.end, " "))
    cuts += [(m.start(), m.end(), "") for m in _WHEN.finditer(text, sentence.start, sentence.end)]
    for q in inside:
        if any(a <= q.span.start < b for a, b, _ in cuts) or (q.value is None and q.low is None):
            continue
        low, high = q.low, q.high
        pair = re.fullmatch(r"(.+?)\s+to\s+(.+)", q.span.quote, re.S)
        if low is not None and high is not None and low != high and pair:
            cuts.append((q.span.start, q.span.end, f"⟦{len(kept)}⟧ to ⟦{len(kept) + 1}⟧"))
            first, second = _halves(reading, q, pair)
            kept += [first, second]
        elif low == high or q.value is not None:
            cuts.append((q.span.start, q.span.end, f"⟦{len(kept)}⟧"))
            kept.append(q)
    out: list[str] = []
    at = sentence.start
    for start, end, put in sorted(cuts, key=lambda c: (c[0], -c[1])):
        if start < at:
            if put.strip() and end > at:
                out.append(f" {put}")
                at = end
            continue
        out += [text[at:start], put]
        at = end
    out.append(text[at : sentence.end])
    return "".join(out), kept


def _halves(reading: Reading, q: Quantity, pair: re.Match[str]) -> tuple[Quantity, Quantity]:
    """The two ends of "40 to 50", in the order of the words."""
    low, high = q.low or 0.0, q.high or 0.0
    figures = [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", q.span.quote)]
    turned = len(figures) == 2 and figures[0] > figures[1]
    first, second = (high, low) if turned else (low, high)
    cut = q.span.start + pair.end(1)
    return (
        replace(q, low=first, high=first, span=reading.span(q.span.start, cut)),
        replace(
            q, low=second, high=second, span=reading.span(q.span.start + pair.start(2), q.span.end)
        ),
    )
