"""Hedges and directions around a number: about, more than, at least, rose by, a 5 % cut."""

from __future__ import annotations

from standoff.read.quantities.tokens import GRAMMAR, Phrases, Scan
from standoff.terms import Comparator

_BEFORE = Phrases(GRAMMAR.words("hedge"), back=True)
_AFTER = Phrases(GRAMMAR.words("hedge_after"))
_CHANGE, _MOVED = GRAMMAR.words("change"), GRAMMAR.words("moved")
_MOVES = {**GRAMMAR.words("change"), **GRAMMAR.words("moves"), **_MOVED}


def comparator_before(scan: Scan, index: int) -> tuple[Comparator, int] | None:
    """The hedge that ends right before token `index`: (comparator, its first token).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> comparator_before(scan_text("rose to no more than 500"), 5)
    (<Comparator.LESS: '<'>, 2)
    """
    found = _BEFORE.before(scan, index)
    return (Comparator(found[0]), found[1]) if found else None


def comparator_after(scan: Scan, index: int) -> tuple[Comparator, int] | None:
    """The hedge that starts at token `index`: "or more", "-odd", "or so"."""
    found = _AFTER.at(scan, index)
    if found is None or (scan.word(index) in ("-", "+") and not scan.glued(index)):
        return None
    if scan.word(index) == "plus" and scan.kind(index + 1) in ("n", "w"):
        return None
    return Comparator(found[0]), found[1]


def direction(scan: Scan, first: int, last: int, share: bool) -> Comparator | None:
    """UP or DOWN where the number is the size of a change, else None.

    `first` is the token at which the number and its hedges start, `last` the one after; `share`
    says that the unit can measure a change of anything (per cent, points, ratio, money).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> direction(scan_text("exports fell by 3 percent"), 3, 5, True)
    <Comparator.DOWN: 'down'>
    """
    at = first - 1
    while scan.has(at, "adverb") or (scan.word(at) in ("a", "an") and scan.word(at - 1) == "by"):
        at -= 1
    if scan.word(at) == "by":
        return _moved_by(scan, at, first)
    at = first - 1
    while scan.has(at, "to_move"):
        at -= 1
    verb = scan.word(at)
    if verb in _MOVED and (share or verb in ("up", "down")):
        return Comparator(_MOVED[verb])
    for j in range(last, min(last + 3, len(scan)) if share else last):
        if scan.word(j) in _CHANGE:
            return Comparator(_CHANGE[scan.word(j)])
        if scan.kind(j) != "w" or scan.has(j, "no_change"):
            break
    return None


def _moved_by(scan: Scan, at: int, first: int) -> Comparator | None:
    """What rose or fell "by" the number: the nearest word of change before it in the sentence."""
    for j in range(at - 1, max(-1, first - 14), -1):
        word = scan.word(j)
        if word in (".", ";", "!", "?"):
            return None
        if word in _MOVES:
            return Comparator(_MOVES[word])
    return None


def hedge(
    scan: Scan, first: int, last: int, unit: str, *, share: bool, plain: bool, noun_end: int
) -> tuple[Comparator, int, int]:
    """The comparator of the number at tokens `first:last` with the tokens it starts and ends at.

    `plain` says that the number is one without a measure below two, which "some" does not hedge;
    `noun_end` is the token behind what is counted (0: nothing is).
    """
    comparator, start = Comparator.EQUAL, first
    found = comparator_before(scan, first)
    moved = found if found and found[0] in (Comparator.UP, Comparator.DOWN) else None
    if found and not moved and not _hedges_nothing(scan, found[1], first, unit, plain):
        comparator, start = found
        inner = comparator_before(scan, start)
        if (
            inner
            and comparator is Comparator.ABOUT
            and inner[0] in (Comparator.MORE, Comparator.LESS)
        ):
            comparator, start = inner
    if comparator is Comparator.EQUAL:
        after = comparator_after(scan, last)
        if after is not None and after[0] is not Comparator.EQUAL:
            comparator, last = after
        elif noun_end:
            behind = comparator_after(scan, noun_end)
            comparator = behind[0] if behind else comparator
    if comparator in (Comparator.EQUAL, Comparator.ABOUT):
        change = direction(scan, start, last, share)
        if change is None and moved is not None:
            change, start = moved
        comparator = change or comparator
    return comparator, start, last


def _hedges_nothing(scan: Scan, start: int, first: int, unit: str, plain: bool) -> bool:
    """ "Over three days", "within a week" say when, not how much; "some" needs more than one."""
    word = scan.word(start)
    when = word in ("within", "inside") or (word == "over" and not scan.has(start - 1, "took"))
    if when and start == first - 1 and unit in GRAMMAR.words("period"):
        return True
    return (word == "some" and plain) or scan.has(start, "no_hedge")
