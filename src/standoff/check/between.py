"""The same thing in two reports: where their numbers, dates or names cannot both be right.

Two claims are about one thing if they have the same kind and the same key: a distance has its two
places, a share its state, measure and year, an office its state, title and day, a term its person,
title and edge, a law its state and what was done. Two numbers clash if their toleranced intervals
do not overlap. Where the clashing number comes from a later report of the same source, the earlier
figure is superseded, not wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from standoff.check.kinds import kind_of
from standoff.terms import Claim, RepeatContent, ShareContent


@dataclass(frozen=True, slots=True)
class ReportClaims:
    """The claims of one report, with its handle, its day of publication and its source."""

    document: str
    published: date
    claims: tuple[Claim, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims of two reports that cannot both hold.

    `superseded` is true where the later report of the same source gives the newer figure: then
    `first` is the older report.
    """

    first_document: str
    first: Claim
    second_document: str
    second: Claim
    why: str
    superseded: bool = False


def compare_reports(
    reports: Sequence[ReportClaims], document: str | None = None
) -> tuple[Clash, ...]:
    """Every pair of claims of different reports that clash, the older report first.

    With `document` only the pairs of that one report with the others: far fewer in a long record.

    >>> from standoff.terms import DistanceContent, Quantity, Span
    >>> def report(name: str, km: float) -> ReportClaims:
    ...     quote = f"{km:g} km"
    ...     q = Quantity(Span(0, len(quote), quote), km, km, "km")
    ...     content = DistanceContent("Ishigaki", "Taiwan", q)
    ...     claim = Claim("c1", q.span, "distance", "", content)
    ...     return ReportClaims(name, date(2021, 8, 13), (claim,))
    >>> [c.why for c in compare_reports([report("D-001", 180), report("D-002", 220)])]
    ['Ishigaki to Taiwan: 180 km and 220 km']
    >>> compare_reports([report("D-001", 219), report("D-002", 220)])
    ()
    """
    ordered = sorted(reports, key=lambda r: (r.published, r.document))
    groups: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for place, report in enumerate(ordered):
        for number, claim in enumerate(report.claims):
            kind = kind_of(claim.content)
            for key in kind.keys(claim.content) if kind and kind.keys else ():
                groups[key].append((place, number))
    pairs = {
        (*one, *other)
        for members in groups.values()
        for one, other in _pairs(members, [ordered[m[0]].document for m in members], document)
        if ordered[one[0]].document != ordered[other[0]].document
    }
    found: list[Clash] = []
    for a, i, b, k in sorted(pairs):
        older, newer = ordered[a], ordered[b]
        first, second = older.claims[i], newer.claims[k]
        kind = kind_of(first.content)
        if kind is None or kind is not kind_of(second.content) or kind.clash is None:
            continue
        why = kind.clash(first.content, second.content, (older.published, newer.published))
        if not why:
            continue
        same = bool(older.source) and older.source == newer.source
        superseded = same and older.published < newer.published and _is_count(first)
        if superseded:
            why += f"; {newer.document} of the same source is newer"
        found.append(Clash(older.document, first, newer.document, second, why, superseded))
    return tuple(found)


def _pairs(
    members: Sequence[tuple[int, int]], names: Sequence[str], document: str | None
) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Every pair of members, or those of one document with the rest, the earlier first."""
    if document is None:
        return combinations(members, 2)
    own = [m for m, name in zip(members, names, strict=True) if name == document]
    rest = [m for m, name in zip(members, names, strict=True) if name != document]
    return ((min(a, b), max(a, b)) for a, b in product(own, rest))


def _is_count(claim: Claim) -> bool:
    return isinstance(claim.content, RepeatContent | ShareContent)
