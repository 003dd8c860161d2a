"""Distances between places.

Formula: a claim `d` between A and B is contradicted only if no reasonable reading r of the two
names satisfies |d - r| <= tolerance(d) + resolution(r). Readings: coast to coast, point to coast,
point to point for every meaning of either name, main lands only, and capital to coast where a
state is named (`measured.py`). What one distance of a text says of another: `bounding.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import atan2, cos, degrees, radians, sin

from standoff.check.bounding import Distances, Stated, bounded, km_of, stated
from standoff.check.facts import Facts
from standoff.check.measured import is_city, measured
from standoff.check.tolerance import Interval, interval, tolerance
from standoff.check.units import confused_units, convert, converted, swapped_digits, unit_name
from standoff.check.verdicts import number, plain, unknown
from standoff.reference import Distance, GeoPoint, PlaceKind, find_places, places, suggest_places
from standoff.terms import DistanceContent, Outcome, Quantity, Reference, Verdict

_CITY_KM = 10.0
"""How far a city may reach from the point that stands for it; from its edge a claim may hold."""
_NEAR_MISS = 0.05
"""Beyond tolerance by less than this share: another point or an older chart can explain it."""
_NEAR_MISS_KM = 25.0
"""However long the way: no other point of a coast or town lies further off than this."""
_OBLIQUE, _OPPOSITE = 67.5, 120.0
"""Degrees off the way of the text from which it supports nothing, and from which it is wrong: places
are wide, and reports name eight ways only."""
_SHARE_OF_CLAIM = 0.25
"""The resolution of a coast or town may support a claim by this share of what it claims at most."""
_SOURCE = "WGS84 geodesic on Natural Earth 1:10m coastlines"


def check_distance(
    claim: str, content: DistanceContent, others: Distances, facts: Facts
) -> Verdict:
    """One distance against every reasonable reading, then against the text's other distances."""
    own = stated(claim, content)
    if own is None:
        return unknown(claim, f"{plain(content.quantity)} is no length that can be measured")
    options = list(measured(content.origin, content.destination))
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
            return bounded(
                unknown(claim, f"no place {' and no place '.join(missing)} in the gazetteer{hint}"),
                own, others,
            )  # fmt: skip
        return unknown(claim, "the two names mean one place, or one holds the other")
    fits = [d for d in options if _fits(own.bounds, d) and _bounded_by(own, d)]
    turned = _turned(content)
    if fits and turned > _OBLIQUE:
        off = f"{number(turned)} degrees off that way from {content.destination}"
        why = f"the length fits, but {content.origin} lies {off}"
        wrong = Outcome.CONTRADICTED if turned > _OPPOSITE else Outcome.NOT_CHECKABLE
        verdict = _verdict(claim, wrong, content, fits[0], ())
        return replace(verdict, why=why, slip="wrong direction")
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
            best = min(fits, key=lambda d: abs(d.km - (km_of(content.quantity) or 0.0)))
            verdict = _verdict(claim, Outcome.SUPPORTED, content, best, references)
            contrary = [
                f for f in user
                if not own.bounds.holds(convert(f.amount or 0.0, f.unit, "km") or 0.0)
            ]  # fmt: skip
            if contrary:
                verdict = _with(verdict, f"; your own fact gives {contrary[0].reference().value}")
        return bounded(verdict, own, others)
    if not options:
        chosen = user[0].reference()
        return bounded(
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
        return bounded(replace(verdict, why=why, slip=""), own, others)
    if user:
        # The user's fact and the geometry both disagree with the claim: say both.
        references = (user[0].reference(), *references)
    return bounded(
        _verdict(claim, Outcome.CONTRADICTED, content, _plainest(options, best), references),
        own, others,
    )  # fmt: skip


def _doubt(
    own: Stated, content: DistanceContent, options: Sequence[Distance], best: Distance
) -> str:
    """Why a number that fits no reading may still be meant well; "" if nothing explains it."""
    if _fits(own.bounds, best):
        return f"known to {number(best.resolution_km)} km only, which is too coarse for the claim"
    grown = _CITY_KM * sum(is_city(n) for n in (content.origin, content.destination))
    if best.resolution_km > _CITY_KM:
        # How far the city reaches is in the gazetteer already.
        grown = 0.0
    if grown and best.km > grown and own.bounds.holds(best.km, best.resolution_km + grown):
        return f"a city reaches up to {number(_CITY_KM)} km from its middle, so it may be meant"
    if _gap(own.bounds, best) <= min(_NEAR_MISS * best.km, _NEAR_MISS_KM) + best.resolution_km:
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
    for group, other in (
        (content.origin, content.destination),
        (content.destination, content.origin),
    ):
        reach = _reach(group, other)
        if reach is not None and own.bounds.overlaps(reach):
            # No island of the group need lie at just that distance for the group to be given it.
            span = f"{number(reach.low or 0.0)} to {number(reach.high or 0.0)} km"
            return f"the islands of {group} reach from {span}"
    return ""


def _reach(group: str, other: str) -> Interval | None:
    """From the nearest to the farthest island of a group; None of what is no group of several."""
    ids = {p.id for p in find_places(group) if p.kind is PlaceKind.ISLANDS}
    members = [p.name for p in places() if p.part_of in ids and p.kind is PlaceKind.ISLAND]
    found = [d.km for name in members for d in measured(name, other)]
    return Interval(min(found), max(found)) if ids and len(members) > 1 and found else None


def _turned(content: DistanceContent) -> float:
    """By how many degrees the way of the text is off, by the readings that fit it best; 0 without one."""
    if content.bearing is None:
        return 0.0
    found = [
        abs((_bearing(b.point, a.point) - content.bearing + 180.0) % 360.0 - 180.0)
        for a in find_places(content.origin)
        for b in find_places(content.destination)
    ]
    return min(found, default=0.0)


def _bearing(start: GeoPoint, end: GeoPoint) -> float:
    """The first course from one point to another on the sphere, in degrees from north."""
    a, b, turn = radians(start.lat), radians(end.lat), radians(end.lon - start.lon)
    y = sin(turn) * cos(b)
    x = cos(a) * sin(b) - sin(a) * cos(b) * cos(turn)
    return degrees(atan2(y, x)) % 360.0


def _fits(bounds: Interval, option: Distance) -> bool:
    return bounds.holds(option.km, option.resolution_km)


def _bounded_by(own: Stated, option: Distance) -> bool:
    """Whether a reading fits without more slack than a share of the claim itself.

    "1 km from X" is not held up by a coast that is known to 12 km.
    """
    low, high = own.bounds.low, own.bounds.high
    claimed = high if high is not None else low or 0.0
    return own.bounds.holds(option.km, min(option.resolution_km, _SHARE_OF_CLAIM * claimed))


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
    value = km_of(quantity)
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
    options = measured(content.origin, content.destination)
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
