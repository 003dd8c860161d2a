"""Distances between places, and what one distance in a text says about another.

Formula: a claim `d` between A and B is contradicted only if no reasonable reading r of the two
names satisfies |d - r| <= tolerance(d) + resolution(r). Readings: coast to coast, point to coast,
point to point for every meaning of either name, main lands only, and capital to coast where a
state is named. Part-of logic: if C is part of B then dist(A, B) <= dist(A, C).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from standoff.check.facts import Facts
from standoff.check.tolerance import Interval, interval, tolerance
from standoff.check.units import confused_units, convert, converted, swapped_digits, unit_name
from standoff.check.verdicts import number, plain, unknown
from standoff.reference import (
    Distance,
    Place,
    PlaceKind,
    ancestors,
    distance,
    find_places,
    outline_of,
    point_to_coast,
    readings,
    suggest_places,
)
from standoff.terms import Comparator, DistanceContent, Outcome, Quantity, Reference, Verdict

_CITY_KM = 10.0
"""How far a city may reach from the point that stands for it; from its edge a claim may hold."""
_NEAR_MISS = 0.05
"""Beyond tolerance by less than this share: another point or an older chart can explain it."""
_SOURCE = "WGS84 geodesic on Natural Earth 1:10m coastlines"


@dataclass(frozen=True, slots=True)
class Stated:
    """A distance claim with its value in km."""

    claim: str
    content: DistanceContent
    bounds: Interval


def stated(claim: str, content: DistanceContent) -> Stated | None:
    """The claim in km; None if its unit is no length or its value is missing."""
    bounds = converted(interval(content.quantity), content.quantity.unit, "km")
    if bounds is None or content.quantity.value is None:
        return None
    return Stated(claim, content, bounds)


def check_distance(
    claim: str, content: DistanceContent, others: Sequence[Stated], facts: Facts
) -> Verdict:
    """One distance against every reasonable reading, then against the text's other distances."""
    own = stated(claim, content)
    if own is None:
        return unknown(claim, f"{plain(content.quantity)} is no length that can be measured")
    options = list(_measured(content.origin, content.destination))
    user = [
        f
        for f in facts.of("distance")
        if {f.subject.casefold(), f.object.casefold()}
        == {content.origin.casefold(), content.destination.casefold()}
    ]
    missing = [n for n in (content.origin, content.destination) if not find_places(n)]
    if not options and not user:
        if missing:
            near = [p.name for n in missing for p in suggest_places(n, 2)]
            hint = f" (nearest names: {', '.join(dict.fromkeys(near))})" if near else ""
            return _bounded(
                unknown(claim, f"no place {' and no place '.join(missing)} in the gazetteer{hint}"),
                own, others,
            )  # fmt: skip
        return unknown(claim, "the two names mean one place, or one holds the other")
    fits = [d for d in options if _fits(own.bounds, d)]
    user_fits = [f for f in user if own.bounds.holds(convert(f.amount or 0.0, f.unit, "km") or 0.0)]
    references = tuple(_reference(d, content.quantity) for d in options[:6])
    if fits or user_fits:
        if user_fits and not fits:
            chosen = user_fits[0].reference()
            conflict = f"; the shipped geometry gives {references[0].value}" if references else ""
            verdict = Verdict(
                claim, Outcome.SUPPORTED,
                f"fits {chosen.value} of {chosen.source}{conflict}", chosen, "", 0.0,
                _allowed(content.quantity, None), alternatives=references,
            )  # fmt: skip
        else:
            best = min(fits, key=lambda d: abs(d.km - (_km(content.quantity) or 0.0)))
            verdict = _verdict(claim, Outcome.SUPPORTED, content, best, references)
            contrary = [
                f for f in user
                if not own.bounds.holds(convert(f.amount or 0.0, f.unit, "km") or 0.0)
            ]  # fmt: skip
            if contrary:
                verdict = _with(verdict, f"; your own fact gives {contrary[0].reference().value}")
        return _bounded(verdict, own, others)
    if not options:
        chosen = user[0].reference()
        return _bounded(
            Verdict(
                claim, Outcome.CONTRADICTED,
                f"{content.origin} to {content.destination} is {chosen.value} by {chosen.source}",
                chosen, "", None, _allowed(content.quantity, None),
            ),
            own, others,
        )  # fmt: skip
    best = min(options, key=lambda d: _gap(own.bounds, d))
    doubt = "" if user else _doubt(own, content, options, best)
    if doubt:
        verdict = _verdict(claim, Outcome.NOT_CHECKABLE, content, best, references)
        shown = _reference(best, content.quantity).value.split(", ")[0]
        why = f"{best.method} is {shown}; {doubt}"
        return _bounded(replace(verdict, why=why, slip=""), own, others)
    if user:
        # The user's fact and the geometry both disagree with the claim: say both.
        references = (user[0].reference(), *references)
    return _bounded(
        _verdict(claim, Outcome.CONTRADICTED, content, _plainest(options, best), references),
        own, others,
    )  # fmt: skip


@lru_cache(maxsize=16384)
def _measured(first: str, second: str) -> tuple[Distance, ...]:
    """All reasonable readings, nearest first, without those of length 0 by containment."""
    found = [d for d in readings(first, second) if not d.method.startswith("one ")]
    for a in find_places(first):
        for b in find_places(second):
            found.extend(_by_capital(a, b))
            found.extend(_by_capital(b, a))
            found.extend(_by_middle(a, b))
    kept: dict[tuple[int, str], Distance] = {}
    for d in sorted(found, key=lambda d: (d.km, d.method)):
        kept.setdefault((round(d.km), d.method), d)
    return tuple(kept.values())


def _by_capital(state: Place, other: Place) -> list[Distance]:
    """From the capital of a state, where only the state is named and the other is one too."""
    if state.kind is not PlaceKind.COUNTRY or other.kind is not PlaceKind.COUNTRY:
        return []
    return [
        distance(p, other)
        for p in _capitals(state.actor)
        if state not in ancestors(other) and p != other
    ]


@lru_cache(maxsize=512)
def _capitals(actor: str) -> tuple[Place, ...]:
    from standoff.reference import places

    return tuple(p for p in places() if p.kind is PlaceKind.CAPITAL and p.actor == actor)


def _by_middle(a: Place, b: Place) -> list[Distance]:
    """From the middle of a small island, as maps and tables of distances often measure."""
    found: list[Distance] = []
    small = (PlaceKind.ISLAND, PlaceKind.ISLANDS, PlaceKind.REEF)
    for here, there in ((a, b), (b, a)):
        if here.kind in small and there.is_area:
            if there in ancestors(here) or here in ancestors(there):
                continue
            if not _is_small(here):
                continue
            found.append(point_to_coast(here.point, outline_of(there), 1.0, here.name))
    return found


@lru_cache(maxsize=4096)
def _is_small(place: Place) -> bool:
    """Whether no piece of its outline lies further than 40 km from its point."""
    outline = outline_of(place)
    return bool(outline.starts.size) and _reach(place) <= 40.0


@lru_cache(maxsize=4096)
def _reach(place: Place) -> float:
    from standoff.reference import geodesic_km

    starts = outline_of(place).starts
    step = max(1, len(starts) // 64)
    return max(geodesic_km(place.point, (float(a), float(b))) for a, b in starts[::step])


def _doubt(
    own: Stated, content: DistanceContent, options: Sequence[Distance], best: Distance
) -> str:
    """Why a number that fits no reading may still be meant well; "" if nothing explains it."""
    grown = _CITY_KM * sum(_is_city(n) for n in (content.origin, content.destination))
    if grown and own.bounds.holds(best.km, best.resolution_km + grown):
        return f"a city reaches up to {number(_CITY_KM)} km from its middle, so it may be meant"
    if _gap(own.bounds, best) <= _NEAR_MISS * best.km + best.resolution_km:
        return "so near a miss may come from another point or an older chart"
    states = [
        any(p.kind is PlaceKind.COUNTRY for p in find_places(n))
        for n in (content.origin, content.destination)
    ]
    coasts = [d.km for d in options if d.method.startswith("coast to coast")]
    if all(states) and coasts:
        # Strait widths are printed for the narrowest, the usual and the widest crossing.
        low, high = max(coasts), max(d.km for d in options if d.km <= 2.0 * max(coasts))
        if own.bounds.overlaps(Interval(min(low, high), high)):
            return f"readings of two states' coasts go from {number(low)} to {number(high)} km"
    return ""


@lru_cache(maxsize=4096)
def _is_city(name: str) -> bool:
    """Whether some reading of the name is a town or city, which has an extent but only a point."""
    return any(
        p.kind in (PlaceKind.CITY, PlaceKind.CAPITAL, PlaceKind.PORT) for p in find_places(name)
    )


def _km(quantity: Quantity) -> float | None:
    return None if quantity.value is None else convert(quantity.value, quantity.unit, "km")


def _fits(bounds: Interval, option: Distance) -> bool:
    return bounds.holds(option.km, option.resolution_km)


def _gap(bounds: Interval, option: Distance) -> float:
    low = (bounds.low or 0.0) - option.km if bounds.low is not None else 0.0
    high = option.km - bounds.high if bounds.high is not None else 0.0
    return max(low, high, 0.0)


def _plainest(options: Sequence[Distance], nearest: Distance) -> Distance:
    """What to print beside a wrong number: the nearest coast, which "from REGION" means."""
    coasts = [d for d in options if d.method.startswith("coast to coast minimum")]
    if len(coasts) > 1 and all("main" not in d.method for d in coasts[:1]):
        return min(coasts, key=lambda d: abs(d.km - nearest.km))
    return coasts[0] if coasts else nearest


def _reference(option: Distance, quantity: Quantity) -> Reference:
    unit = quantity.unit
    value = f"{number(option.km)} km"
    other = convert(option.km, "km", unit)
    if unit != "km" and other is not None:
        value = f"{number(other)} {unit_name(unit)} ({value})"
    ends = " to ".join(n for n in (option.from_name, option.to_name) if n)
    return Reference(
        f"{value}, {option.method}, {ends}, within {number(option.resolution_km)} km", _SOURCE,
        "Natural Earth 4.1.0",
    )  # fmt: skip


def _allowed(quantity: Quantity, option: Distance | None) -> str:
    slack = tolerance(quantity)
    text = f"{number(slack.amount)} {unit_name(quantity.unit)} ({slack.reason})"
    if option is not None:
        text += f", and {number(option.resolution_km)} km for the resolution of the coast"
    return text


def _verdict(
    claim: str,
    outcome: Outcome,
    content: DistanceContent,
    option: Distance,
    references: tuple[Reference, ...],
) -> Verdict:
    quantity = content.quantity
    value = _km(quantity)
    assert value is not None
    measured = convert(option.km, "km", quantity.unit)
    assert measured is not None
    unit = unit_name(quantity.unit)
    relative = (value - option.km) / option.km if option.km else None
    formula = (
        f"{plain(quantity)} = {number(value)} km; measured {number(option.km)} km"
        f" = {number(measured)} {unit}"
        if quantity.unit != "km"
        else f"{plain(quantity)}; measured {number(option.km)} km"
    )
    chosen = _reference(option, quantity)
    if outcome is Outcome.SUPPORTED:
        why = f"{option.method} from {content.origin} to {content.destination} is {number(measured)} {unit}"
        slip = ""
    else:
        why = (
            f"no reasonable reading of {content.origin} and {content.destination} comes within"
            f" tolerance; {option.method} is {number(measured)} {unit}"
        )
        slip = _slip(quantity, option, content)
    return Verdict(
        claim, outcome, why, chosen, formula, relative, _allowed(quantity, option), slip,
        (), tuple(r for r in references if r != chosen),
    )  # fmt: skip


def _slip(quantity: Quantity, option: Distance, content: DistanceContent) -> str:
    """A likely cause: another unit, swapped digits, or a distance to somewhere else nearby."""
    if quantity.value is None:
        return ""
    options = _measured(content.origin, content.destination)
    for meant in confused_units(quantity.unit):
        bounds = converted(interval(quantity), meant, "km")
        if bounds is not None and any(_fits(bounds, d) for d in options):
            return (
                f"{number(quantity.value)} {unit_name(meant)}"
                f" ({number(convert(quantity.value, meant, 'km') or 0.0)} km) would fit"
            )
    swapped = swapped_digits(quantity.value, convert(option.km, "km", quantity.unit))
    return f"swapped digits: {swapped}" if swapped else ""


def _with(verdict: Verdict, more: str) -> Verdict:
    return replace(verdict, why=verdict.why + more)


def _bounded(verdict: Verdict, own: Stated, others: Sequence[Stated]) -> Verdict:
    """Add what the text's other distances say: a clash is INCONSISTENT, a bound is printed."""
    notes: list[str] = []
    clash: list[str] = []
    for other in others:
        if other.claim == own.claim:
            continue
        relation = _relation(own.content, other.content)
        if not relation:
            continue
        shown = plain(other.content.quantity)
        if relation == "same":
            if not own.bounds.overlaps(other.bounds):
                clash.append(other.claim)
                notes.append(f"the text also gives {shown} for the same distance")
            continue
        bound = _km(other.content.quantity)
        if relation == "upper" and own.content.quantity.comparator is not Comparator.LESS:
            notes.append(
                f"at most {number(bound or 0.0)} km, because {other.content.destination}"
                f" is part of {own.content.destination}"
                if other.content.destination != own.content.destination
                else f"at most {number(bound or 0.0)} km, because {other.content.origin}"
                f" is part of {own.content.origin}"
            )
            low, high = own.bounds.low, other.bounds.high
            if low is not None and high is not None and low > high:
                clash.append(other.claim)
        elif relation == "lower":
            low, high = other.bounds.low, own.bounds.high
            if low is not None and high is not None and low > high:
                clash.append(other.claim)
                notes.append(f"at least {number(bound or 0.0)} km by the wider place's distance")
    if not notes and not clash:
        return verdict
    why = "; ".join([verdict.why, *dict.fromkeys(notes)])
    outcome = verdict.outcome
    # A clash proves that one of the two is wrong. If the other is the one refuted by a
    # reference, this one is not to blame.
    if clash and outcome is Outcome.NOT_CHECKABLE:
        outcome = Outcome.INCONSISTENT
    return replace(verdict, outcome=outcome, why=why, against=tuple(dict.fromkeys(clash)))


def _relation(own: DistanceContent, other: DistanceContent) -> str:
    """ "same", "upper" (the other bounds this one from above), "lower", or ""."""
    pairs = (
        (own.origin, own.destination, other.origin, other.destination),
        (own.origin, own.destination, other.destination, other.origin),
    )
    for a, b, c, d in pairs:
        if _same(a, c) and _same(b, d):
            return "same"
        if (_same(a, c) and _inside(d, b)) or (_same(b, d) and _inside(c, a)):
            return "upper"
        if (_same(a, c) and _inside(b, d)) or (_same(b, d) and _inside(a, c)):
            return "lower"
    return ""


@lru_cache(maxsize=8192)
def _same(first: str, second: str) -> bool:
    return first.casefold() == second.casefold() or bool(
        set(find_places(first)) & set(find_places(second))
    )


@lru_cache(maxsize=8192)
def _inside(inner: str, outer: str) -> bool:
    """Whether every reading of `inner` lies in some reading of `outer`, and it is not the same."""
    whole = set(find_places(outer))
    parts = find_places(inner)
    return (
        bool(parts and whole)
        and not (set(parts) & whole)
        and all(any(a in whole for a in ancestors(p)) for p in parts)
    )


__all__ = ["Stated", "check_distance", "stated"]
