"""From proposed claims to claims: our own grammars read the numbers, dates and names of the parts.

The model says which words make which claim. What they come to, and whether it is true, is ours: a
part that our grammar cannot read drops the claim, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from standoff.read.codebook import load_guide
from standoff.read.dates import ORDINALS
from standoff.read.llm.ground import Ground, basis_of
from standoff.read.llm.items import Dropped, Proposed
from standoff.reference import find_laws
from standoff.terms import (
    AttributionContent,
    ChangeContent,
    Claim,
    Content,
    DateContent,
    DistanceContent,
    DurationContent,
    LawContent,
    NameContent,
    OfficeContent,
    OrderContent,
    PartContent,
    Period,
    Quantity,
    RankContent,
    RatioContent,
    RepeatContent,
    ShareContent,
    Span,
    SumContent,
    TermContent,
    UnitContent,
)

T = TypeVar("T")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MEASURES = {"%": "milex_gdp_share", "% of GDP": "milex_gdp_share", "USD": "milex_usd"}
_FORMER = re.compile(r"\b(?:former|ex)\b", re.IGNORECASE)
_GDP = re.compile(r"\b(?:GDP|gross domestic product)\b", re.IGNORECASE)


class _Unread(Exception):
    """A part that our grammar cannot read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one claim, read by the ground when they are asked for."""

    claim: Proposed
    ground: Ground

    def spans(self, name: str) -> list[Span]:
        return [span for part, span in self.claim.parts if part == name]

    def words(self, name: str) -> str:
        return next((s.quote for s in self.spans(name)), "")

    def numbers(self, name: str) -> tuple[Quantity, ...]:
        return tuple(_read(name, self.ground.quantity(s)) for s in self.spans(name))

    def number(self, name: str = "number") -> Quantity:
        return self.numbers(name)[0]

    def period(self, name: str = "date") -> Period:
        return _read(name, self.ground.period(self.spans(name)[0]))

    def when(self) -> Period:
        """The date where there is one, else the day of publication."""
        return self.period() if self.spans("date") else basis_of(self.ground.published)

    def year(self) -> Period:
        """The date where there is one, else none: then figures of the last years are tried."""
        return self.period() if self.spans("date") else Period.unstated()

    def day(self, name: str) -> str:
        period = self.period(name)
        if period.start is None or period.start != period.end:
            raise _Unread(f"part {name}: no single day")
        return period.start.isoformat()

    def person(self) -> str:
        return self.ground.person(self.spans("person")[0])

    def state(self) -> str:
        """The code of the state; "" where the claim names none."""
        spans = self.spans("state")
        found = self.ground.state(spans[0]) if spans else ""
        if spans and not found:
            raise _Unread("part state: no state that a table knows")
        return found


def _read(name: str, found: T | str) -> T:
    if isinstance(found, str):
        raise _Unread(f"part {name}: {found}")
    return found


def build_claims(
    proposed: Sequence[Proposed], ground: Ground, ours: Sequence[Claim], coder: str
) -> tuple[tuple[Claim, ...], tuple[Dropped, ...]]:
    """The claims of a model, numbered mc1, mc2, ..., and those dropped, each with its reason.

    What the rules have claimed already (`ours`) is not claimed twice.
    """
    kept: list[Claim] = []
    dropped: list[Dropped] = []
    for item in sorted(proposed, key=lambda p: (p.span.start, p.span.end, p.kind)):
        try:
            kind, content = KINDS[item.kind](_Parts(item, ground))
        except _Unread as error:
            dropped.append(Dropped(f"claim {item.kind}, {error}", item.span.quote[:200]))
            continue
        words = ", ".join(span.quote for _, span in item.parts)
        claim = Claim(
            f"mc{len(kept) + 1}", item.span, kind, f"{item.kind}: {words}", content, coder
        )
        if any(same_claim(claim, c) for c in ours):
            dropped.append(Dropped("claim that the rules make too", item.span.quote[:200]))
        elif any(same_claim(claim, c) for c in kept):
            dropped.append(Dropped("the same claim twice", item.span.quote[:200]))
        else:
            kept.append(claim)
    return tuple(kept), tuple(dropped)


def same_claim(one: Claim, other: Claim) -> bool:
    """Whether two claims say one thing: of one kind, with the same numbers, or on the same words."""
    if one.kind != other.kind:
        return False
    mine, theirs = (sorted(_numbers(c.content)) for c in (one, other))
    return mine == theirs if mine or theirs else one.span.overlaps(other.span)


def _numbers(content: Content) -> Iterator[Span]:
    for f in fields(content):
        value: object = getattr(content, f.name)
        for item in value if isinstance(value, tuple) else (value,):  # pyright: ignore[reportUnknownVariableType]
            if isinstance(item, Quantity):
                yield item.span


# ---------------------------------------------------------------- one function a kind


def _office(p: _Parts) -> tuple[str, Content]:
    former = _FORMER.search(p.claim.span.quote) is not None
    # "Former" is said from the day of the report, whatever else the sentence dates.
    when = basis_of(p.ground.published) if former else p.when()
    office = _FORMER.sub("", p.words("office")).strip(" -").casefold()
    return "office", OfficeContent(p.person(), office, p.state(), when, former)


def _person(p: _Parts) -> tuple[str, Content]:
    office = p.words("office").casefold()
    return "name", NameContent(
        p.words("person"), "person", p.state() or None, office or None, p.when()
    )


def _named(kind: str) -> Callable[[_Parts], tuple[str, Content]]:
    def build(p: _Parts) -> tuple[str, Content]:
        name = " ".join(p.words("name").split())
        return "name", NameContent(name, kind, p.state() or None, None, p.when())

    return build


def _term(edge: str) -> Callable[[_Parts], tuple[str, Content]]:
    def build(p: _Parts) -> tuple[str, Content]:
        office = p.words("office").casefold()
        return "term", TermContent(p.person(), office, p.state(), edge, p.period())

    return build


def _date(p: _Parts) -> tuple[str, Content]:
    period, weekday = p.period(), p.words("weekday").casefold()
    if period.start is None and period.end is None:
        return "date", DateContent(period, impossible=p.words("date"))
    if weekday not in WEEKDAYS:
        raise _Unread("part weekday: no weekday, and the date exists")
    return "date", DateContent(period, WEEKDAYS.index(weekday), p.words("date"))


def _order(p: _Parts) -> tuple[str, Content]:
    return "order", OrderContent(
        p.words("date"), p.day("date"), p.words("other_date"), p.day("other_date")
    )


def _duration(p: _Parts) -> tuple[str, Content]:
    return "duration", DurationContent(p.number(), p.period(), p.period("other_date"))


def _distance(p: _Parts) -> tuple[str, Content]:
    return "distance", DistanceContent(p.words("place"), p.words("other_place"), p.number())


def _inside(p: _Parts) -> tuple[str, Content]:
    return "part", PartContent(p.words("place"), p.words("other_place"))


def _unit(p: _Parts) -> tuple[str, Content]:
    return "unit", UnitContent(p.number(), p.number("other_number"))


def _spending(p: _Parts) -> tuple[str, Content]:
    number = p.number()
    if number.unit not in MEASURES:
        raise _Unread(f"part number: {number.unit} measures no spending")
    return "share", ShareContent(p.state(), MEASURES[number.unit], number, p.year())


def _rank(p: _Parts) -> tuple[str, Content]:
    words = re.findall(r"[a-z]+|\d+", p.words("rank").casefold())
    lowest = any(w in load_guide().lowest for w in words)
    ranks = [int(w) for w in words if w.isdigit()] + [ORDINALS[w] for w in words if w in ORDINALS]
    measure = "milex_gdp_share" if _GDP.search(p.claim.span.quote) else "milex_usd"
    rank = None if words[:2] == ["one", "of"] else ranks[0] if ranks else 1
    end = "lowest" if lowest else "highest"
    return "rank", RankContent(p.state(), measure, rank, end, p.words("group"), p.year())


def _ratio(p: _Parts) -> tuple[str, Content]:
    number = p.number()
    if number.unit != "ratio":
        raise _Unread("part number: no multiple such as three times")
    top, bottom = p.number("total"), p.number("other_number")
    return "ratio", RatioContent("", "", "stated", number, top, bottom, Period.unstated())


def _sum(part_only: bool) -> Callable[[_Parts], tuple[str, Content]]:
    def build(p: _Parts) -> tuple[str, Content]:
        parts = p.numbers("number")
        if len({q.span for q in parts}) < 2:
            raise _Unread("part number: fewer than two")
        return "sum", SumContent(p.number("total"), parts, part_only)

    return build


def _change(rising: bool) -> Callable[[_Parts], tuple[str, Content]]:
    def build(p: _Parts) -> tuple[str, Content]:
        change = p.number("total") if p.spans("total") else None
        return "change", ChangeContent(p.number(), p.number("other_number"), change, rising)

    return build


def _repeat(p: _Parts) -> tuple[str, Content]:
    return "table", RepeatContent(p.words("thing"), p.number(), p.number("other_number"))


def _law(p: _Parts) -> tuple[str, Content]:
    actor = p.state()
    found = find_laws(p.words("law"), actor or None)
    # The table finds a law again by its words and its own state, which the text need not name.
    return "law", LawContent(
        found[0].actor if found else actor, p.words("law"), "dated", p.period()
    )


def _constitution(p: _Parts) -> tuple[str, Content]:
    return "law", LawContent(p.state(), "constitution", "amended", p.year())


def _attribution(p: _Parts) -> tuple[str, Content]:
    return "attribution", AttributionContent(p.person(), p.words("words"), p.when())


KINDS: dict[str, Callable[[_Parts], tuple[str, Content]]] = {
    "office": _office,
    "person": _person,
    "party": _named("party"),
    "force": _named("force"),
    "ship": _named("ship"),
    "term_begun": _term("start"),
    "term_ended": _term("end"),
    "date": _date,
    "order": _order,
    "duration": _duration,
    "distance": _distance,
    "inside": _inside,
    "unit": _unit,
    "spending": _spending,
    "rank": _rank,
    "ratio": _ratio,
    "sum": _sum(False),
    "members": _sum(True),
    "rise": _change(True),
    "fall": _change(False),
    "repeat": _repeat,
    "law": _law,
    "constitution": _constitution,
    "attribution": _attribution,
}
"""How the parts of each kind of the guide become what a check takes."""
