"""From merged events to the observations of each series, with reasons for what was refused."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from standoff.measure.doubt import either, event_error
from standoff.measure.items import Item, Items
from standoff.measure.model import Model
from standoff.measure.observation import Evidence, Observation, Refused
from standoff.measure.parties import NOBODY, objects_of, pair_of, state_codes
from standoff.measure.series import Series, weeks
from standoff.terms import Event, ExtensionEvent, Relation, Valence

# An interval up to this long is dated by its middle, a longer one by its start.
SHORT_INTERVAL = 62
# One that began so long before it was known is background, not a dated signal.
LONGEST_INTERVAL = 800


def gather(
    events: Iterable[Event], items: Items, model: Model, actors: frozenset[str] = frozenset()
) -> Evidence:
    """Turn events into observations. An event may speak to several series, or to none.

    `actors` declares codes beside those of the reference table.
    """
    known = state_codes() | actors
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
    retracted = float(items.table["doubt"]["retracted"])
    senders = {e.key: frozenset(e.signal.source_actors) for e in events}
    found: dict[str, tuple[date, float]] = {}

    def note(key: str, day: date, amount: float) -> None:
        old = found.get(key)
        if old is None or amount > old[1]:
            found[key] = (day, amount)

    for event in events:
        if event.retracted_on is not None:
            note(event.key, event.retracted_on, retracted)
        for key, amount in doubts_raised(event, senders, items):
            note(key, event.available, amount)
    return found


def doubts_raised(
    event: Event, senders: Mapping[str, Set[str]], items: Items
) -> tuple[tuple[str, float], ...]:
    """What an event says against others, of which `senders` gives the actors: (key, doubt).

    Whoever sent a signal may take it back; somebody else may deny it.
    """
    table, own = items.table["doubt"], set(event.signal.source_actors)
    found: list[tuple[str, float]] = []
    for key in event.retracts:
        if key in senders and senders[key] & own:
            found.append((key, float(table["retracted"])))
    signal = event.signal
    if signal.x_event is ExtensionEvent.DENY and signal.valence is not Valence.RETRACT:
        for key in signal.replies_to:
            if key in senders and not senders[key] & own:
                found.append((key, float(table["third_party_denial"])))
    return tuple(found)


def _observe(
    event: Event,
    items: Items,
    model: Model,
    doubt: tuple[date, float] | None,
    known: frozenset[str],
) -> tuple[list[tuple[Series, Observation]], list[str]]:
    signal = event.signal
    reasons: list[str] = []
    dated = signal_day(event)
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
            pairs += pair_of(actor, name, Relation.COMMITMENT, share, reasons, known)
        targets = tuple(dict.fromkeys(signal.target_actors))
        for name in targets:
            # What is addressed to several is shared out among them.
            pairs += pair_of(actor, name, Relation.HOSTILITY, 1.0 / len(targets), reasons, known)
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


def signal_day(event: Event) -> date | str:
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
