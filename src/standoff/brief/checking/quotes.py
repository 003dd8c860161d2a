"""Quotations against the documents of a dossier: exact, then nearest with the difference shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from standoff.brief.checking.record import Finding, Rank

ENOUGH_WORDS = 4
"""Shorter strings in quotation marks are names and distancing quotes."""
NEAR = 75.0
"""Least likeness, 0 to 100, at which a passage is looked at as the nearest."""
ALTERED = 0.7
SURE_WORDS = 6
"""A quotation is called altered where seven in ten of its words, and of six at least, stand in a passage
in their order; a shorter one may be like a passage by chance."""
_QUOTED = re.compile(
    r"“([^“”]{8,1200})”|\"([^\"“”\n]{8,1200}(?:\n[^\"“”\n]{1,1200}){0,6})\"|«([^«»]{8,1200})»"
)
_ENDS = " .,;:!?-'\""
_FLAT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u00ad": None}
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, without the marks."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of the dossier: its handle and its text."""

    handle: str
    text: str


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Strings of four words or more in double quotation marks.

    >>> [q.words for q in find_quotations('He said “we will never give in” to the “so-called allies”.')]
    ['we will never give in']
    """
    found: list[Quotation] = []
    for m in _QUOTED.finditer(text):
        group = next(g for g in (1, 2, 3) if m.group(g) is not None)
        if len(re.findall(r"[\w'’-]+", m.group(group))) >= ENOUGH_WORDS:
            found.append(Quotation(m.start(group), m.end(group), m.group(group)))
    return tuple(found)


def plain(words: str) -> str:
    """One kind of quotation mark and dash, one space between words, small letters.

    >>> plain("We  will\\n“never” —  yield")
    'we will "never" - yield'
    """
    return " ".join(words.translate(_FLAT).split()).casefold()


def check_quotations(
    quotations: Sequence[Quotation], documents: Sequence[Passage]
) -> Iterator[Finding]:
    """A finding for each quotation that stands in no document as it is quoted.

    An ellipsis parts a quotation, brackets hold what the author put in, and a comma or stop at its end
    is that of the sentence around it.
    """
    flat = [(d, plain(d.text)) for d in documents]
    for q in quotations:
        parts = _parts(q.words)
        if not parts or any(all(p in text for p in parts) for _, text in flat):
            continue
        why, rank = _nearest(q, parts, flat)
        yield Finding(rank, "quotation", q.start, q.end, " ".join(q.words.split()), why)


def _parts(words: str) -> list[str]:
    pieces = re.split(r"\[[^\]]*\]|\.\s?\.\s?\.+|…|\* \* \*", words)
    # The first letter may be a bracketed capital: "[t]he".
    return [p for p in (plain(x).strip(_ENDS) for x in pieces) if len(p) > 2]


def _nearest(
    q: Quotation, parts: Sequence[str], flat: Sequence[tuple[Passage, str]]
) -> tuple[str, Rank]:
    wanted = max(parts, key=lambda p: (not any(p in t for _, t in flat), len(p)))
    best: tuple[float, str, str] | None = None
    for document, text in flat:
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAR)
        if found is not None and (best is None or found.score > best[0]):
            window = _whole_words(text, found.dest_start, found.dest_end)
            best = (found.score, document.handle, window)
    if best is None:
        return "stands in no document of the dossier", Rank.DOUBTFUL
    shared = _shared(wanted, best[2])
    shown = difference(wanted, best[2])
    if shared >= ALTERED and len(wanted.split()) >= SURE_WORDS:
        return f"{best[1]} has it otherwise: {shown}", Rank.WRONG
    if shared >= 0.5:
        return f"stands in no document; nearest, in {best[1]}: {shown}", Rank.DOUBTFUL
    return "stands in no document of the dossier", Rank.DOUBTFUL


def _shared(quoted: str, found: str) -> float:
    """The share of the words of a quotation that stand in a passage in the same order."""
    one, two = quoted.split(), found.split()
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / max(1, len(one))


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip(_ENDS)


def difference(quoted: str, found: str) -> str:
    """The words that differ: ``[-quoted-]`` for what only the quotation has, ``{+document+}``.

    >>> difference("we will never yield an inch", "and we shall never yield one inch")
    'we [-will-]{+shall+} never yield [-an-]{+one+} inch'
    """
    one, two = quoted.split(), found.split()
    out: list[str] = []
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    for tag, a, b, c, d in codes:
        if tag == "insert" and (a == 0 or b == len(one)):
            continue  # what stands before and after the passage
        if tag == "equal":
            out.append(" ".join(one[a:b]))
            continue
        gone = f"[-{' '.join(one[a:b])}-]" if b > a else ""
        new = f"{{+{' '.join(two[c:d])}+}}" if d > c else ""
        out.append(gone + new)
    return " ".join(out)
