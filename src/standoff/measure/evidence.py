"""From merged events to the observations of each series, with reasons for what was refused."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from standoff.measure.doubt import either, event_error
from standoff.measure.items import Item, Items
from standoff.measure.model import Model
from standoff.measure.response import Site
from standoff.measure.series import Series, weeks
from standoff.reference import states
from standoff.terms import Channel, Event, ExtensionEvent, Relation, Signal, Valence

# Parties that are no single actor: a stance belongs to somebody.
NOBODY = {
    "XXX": "an unknown or non-state actor",
    "MULTI": "an unnamed group of states",
    "IGO": "an organisation, not one actor",
}
# An interval up to this long is dated by its middle, a longer one by its start.
SHORT_INTERVAL = 62
# One that began so long before it was known is background, not a dated signal.
LONGEST_INTERVAL = 800


@dataclass(frozen=True, slots=True)
class Observation:
    """One signal as evidence on one series, ready for the filter.

    `loading` is (cos angle, sin angle); `power` the share of the deed that belongs to this
    protege (the likelihood is raised to it); `eps` the doubt as first known, raised to
    `later_eps` from `doubted_on` on; `regime` names the source whose thresholds it shares.
    """

    key: str
    handles: tuple[str, ...]
    channel: Channel
    kind: str
    day: date
    available: date
    week: float
    level: int
    levels: int
    discrimination: float
    thresholds: tuple[float, ...]
    loading: tuple[float, float]
    eps: float
    power: float
    regime: str
    reviewed: bool
    doubted_on: date | None = None
    later_eps: float = 0.0
    officialness: float = 0.5
    explicitness: float = 1.5

    def eps_at(self, known: date) -> float:
        """Doubt as known on the day `known`: retractions and denials count from their day on."""
        if self.doubted_on is not None and self.doubted_on <= known:
            return self.later_eps
        return self.eps


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that is no evidence, and why."""

    key: str
    handles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Observations by series, in order of time, and what was refused."""

    series: Mapping[Series, tuple[Observation, ...]]
    refused: tuple[Refused, ...]


def gather(
    events: Iterable[Event], items: Items, model: Model, actors: frozenset[str] = frozenset()
) -> Evidence:
    """Turn events into observations. An event may speak to several series, or to none.

    `actors` declares codes beside those of the reference table.
    """
    known = _state_codes() | actors
    ordered = sorted(events, key=lambda e: e.key)
    doubts = _doubts(ordered, items)
    found: dict[Series, list[Observation]] = defaultdict(list)
    refused: list[Refused] = []
    seen: set[str] = set()
    for event in ordered:
        if event.key in seen:
            refused.append(Refused(event.key, event.handles, "this event was given twice"))
            continue
        seen.add(event.key)
        observations, reasons = _observe(event, items, model, doubts.get(event.key), known)
        for series, observation in observations:
            found[series].append(observation)
        if not observations:
            reason = "; ".join(dict.fromkeys(reasons)) or "no actor, no object"
            refused.append(Refused(event.key, event.handles, reason))
    series = {name: tuple(sorted(found[name], key=_order)) for name in sorted(found)}
    return Evidence(series, tuple(refused))


def _order(o: Observation) -> tuple[float, str, int, float, str]:
    # Same-day signals in one order whatever order they came in: moment matching is not
    # exactly commutative.
    return (o.week, o.kind, o.level, o.discrimination, o.key)


def _doubts(events: Sequence[Event], items: Items) -> dict[str, tuple[date, float]]:
    """Key of each event later taken back or denied by somebody else: (day, further doubt)."""
    table = items.table["doubt"]
    retracted, denied = float(table["retracted"]), float(table["third_party_denial"])
    actors = {e.key: set(e.signal.source_actors) for e in events}
    found: dict[str, tuple[date, float]] = {}

    def note(key: str, day: date, amount: float) -> None:
        old = found.get(key)
        if old is None or amount > old[1]:
            found[key] = (day, amount)

    for event in events:
        if event.retracted_on is not None:
            note(event.key, event.retracted_on, retracted)
        for target in event.retracts:
            if target in actors and actors[target] & set(event.signal.source_actors):
                note(target, event.available, retracted)
        if (
            event.signal.x_event is ExtensionEvent.DENY
            and event.signal.valence is not Valence.RETRACT
        ):
            for target in event.signal.replies_to:
                if target in actors and not actors[target] & set(event.signal.source_actors):
                    note(target, event.available, denied)
    return found


def _observe(
    event: Event,
    items: Items,
    model: Model,
    doubt: tuple[date, float] | None,
    known: frozenset[str],
) -> tuple[list[tuple[Series, Observation]], list[str]]:
    signal = event.signal
    reasons: list[str] = []
    dated = _day(event)
    if isinstance(dated, str):
        return [], [dated]
    pairs: list[tuple[Series, float]] = []
    for actor in dict.fromkeys(signal.source_actors):
        if actor in NOBODY:
            reasons.append(f"the source is {NOBODY[actor]}")
            continue
        if actor not in known:
            reasons.append(f"the source {actor!r} is no known actor")
            continue
        for name, share in objects_of(signal):
            pairs += _pair(actor, name, Relation.COMMITMENT, share, reasons, known)
        targets = tuple(dict.fromkeys(signal.target_actors))
        for name in targets:
            # What is addressed to several is shared out among them.
            pairs += _pair(actor, name, Relation.HOSTILITY, 1.0 / len(targets), reasons, known)
    if not signal.source_actors:
        reasons.append("no source actor")
    elif not pairs and not reasons:
        reasons.append("neither a protege nor a target")
    found: list[tuple[Series, Observation]] = []
    for series, share in pairs:
        item = items.look_up(signal, series.relation, series.object)
        if isinstance(item, str):
            reasons.append(item)
            continue
        found.append((series, _observation(event, series, item, share, dated, items, model, doubt)))
    return found, reasons


def objects_of(signal: Signal) -> tuple[tuple[str, float], ...]:
    """Whom the signal protects, with shares: the list, else the one named, else the target.

    A promise or help without a named protege protects the one it is addressed to.
    """
    if signal.protege_weights:
        return tuple((_code(name), float(w)) for name, w in signal.protege_weights if w > 0)
    if signal.protege:
        return ((_code(signal.protege), 1.0),)
    if signal.valence is Valence.COMMIT:
        return tuple((name, 1.0) for name in dict.fromkeys(signal.target_actors))
    return ()


def _code(name: str) -> str:
    return name.strip().upper().replace(" ", "-")


def _pair(
    actor: str,
    name: str,
    relation: Relation,
    share: float,
    reasons: list[str],
    known: frozenset[str],
) -> list[tuple[Series, float]]:
    role = "protege" if relation is Relation.COMMITMENT else "target"
    if name == actor:
        reasons.append("an actor's stance towards itself is not measured")
        return []
    if name in NOBODY:
        reasons.append(f"the {role} is {NOBODY[name]}")
        return []
    # Only a state has a code of three letters; a place (SENKAKU) may be a protege too.
    place = relation is Relation.COMMITMENT and len(name) > 3 and name.replace("-", "").isalpha()
    if name not in known and not place:
        reasons.append(f"the {role} {name!r} is no known actor")
        return []
    return [(Series(actor, name, relation), min(share, 1.0))]


@cache
def _state_codes() -> frozenset[str]:
    return frozenset(s.actor for s in states())


def _day(event: Event) -> date | str:
    """The day on which the signal was sent, or why it has none."""
    start, end = event.happened.start, event.happened.end
    if start is None and end is None:
        return event.available
    if start is None or end is None:
        day = start or end or event.available
    else:
        length = (end - start).days
        if length > LONGEST_INTERVAL:
            return f"its date is known only to within {length} days"
        day = start + timedelta(days=length // 2) if length <= SHORT_INTERVAL else start
    # What is announced for later was signalled on the day it became known.
    return min(day, event.available)


def _observation(
    event: Event,
    series: Series,
    item: Item,
    share: float,
    day: date,
    items: Items,
    model: Model,
    doubt: tuple[date, float] | None,
) -> Observation:
    signal = event.signal
    angle = math.radians(item.type.angle)
    eps = event_error(event, items)
    first = event.reports[0] if event.reports else None
    return Observation(
        key=event.key,
        handles=event.handles,
        channel=signal.channel,
        kind=item.type.name,
        day=day,
        available=max(event.available, day),
        week=weeks(day),
        level=item.level,
        levels=item.type.levels,
        discrimination=model.discrimination(
            item.type, series.actor, items.officialness(signal), signal.explicitness
        ),
        thresholds=model.thresholds(item.type, series.actor),
        loading=(round(math.cos(angle), 12), round(math.sin(angle), 12)),
        eps=eps,
        power=share,
        regime=f"{first.source}|{first.coder}" if first else "",
        reviewed=bool(first and first.reviewed),
        doubted_on=doubt[0] if doubt else None,
        later_eps=either(eps, doubt[1]) if doubt else eps,
        officialness=items.officialness(signal),
        explicitness=signal.explicitness,
    )


def site_of(o: Observation, known: date) -> Site:
    """An observation in numbers, with its doubt as known on the day `known`."""
    return Site(
        o.week,
        o.level,
        o.levels,
        o.discrimination,
        o.thresholds,
        o.loading,
        o.eps_at(known),
        o.power,
        o.regime,
    )


def remove_reports(events: Iterable[Event], gone: Set[str]) -> tuple[tuple[Event, ...], bool]:
    """Events without the reports (or whole events) named in `gone`.

    True beside them if nothing but whole events without a bearing on others' doubt went, so
    that the observations of the rest stand as they were.
    """
    kept: list[Event] = []
    simple = True
    for event in events:
        reports = tuple(r for r in event.reports if r.handle not in gone)
        if event.key in gone or (event.reports and not reports):
            simple = simple and not event.retracts and not event.signal.replies_to
            continue
        if len(reports) < len(event.reports):
            simple = False
            available = max(min(r.available for r in reports), event.available)
            event = replace(event, reports=reports, available=available)
        kept.append(event)
    return tuple(kept), simple
