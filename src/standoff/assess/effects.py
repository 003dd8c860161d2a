"""What a document changes: its events against none, and itself against the other reports.

Both are contrasts on the same draws. The first removes every event that the document reports, by
whomever else it is reported too. The second removes the document alone: an event that others
report stays, coded from them; one that nobody else reports goes, and the sentence says how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from standoff.assess.answer import Workbench
from standoff.assess.assessment import Effect
from standoff.assess.contributions import effect_on, log_odds
from standoff.game import Solutions
from standoff.ledger import Ledger, StoredSignal
from standoff.measure import Stance, measure_stance
from standoff.terms import Event

LITTLE = 0.01
"""A change of the log-odds smaller than this is called nothing."""


def effects(
    bench: Workbench, ledger: Ledger, events: Sequence[Event], few: Solutions, document: str
) -> tuple[Effect, ...]:
    """The two effects of a document, in the order of the module's text."""
    stored = {s.handle: s for s in ledger.signals(as_of=bench.at)}
    touched = [e for e in events if any(r.document == document for r in e.reports)]
    handles = tuple(r.handle for e in touched for r in e.reports if r.document == document)
    names = tuple(dict.fromkeys(stored[h].event for h in handles))
    keys = {e.key for e in touched}
    gone = measure_stance([e for e in events if e.key not in keys], at=bench.at)
    rest, alone = without_document(events, stored, document)
    less = measure_stance(rest, at=bench.at)
    return (
        _effect(
            bench,
            few,
            gone,
            keys,
            "effect.events",
            f"the {len(touched)} events that {document} reports, against none of them",
            names,
            handles,
            "No signal was found in it." if not touched else "",
        ),
        _effect(
            bench,
            few,
            less,
            keys - {e.key for e in rest},
            "effect.report",
            f"{document} itself, against the other reports of the same events",
            names,
            handles,
            _alone(document, len(touched), alone),
        ),
    )


def without_document(
    events: Sequence[Event], stored: dict[str, StoredSignal], document: str
) -> tuple[tuple[Event, ...], int]:
    """The events had a document never come, and how many it alone reports."""
    kept: list[Event] = []
    alone = 0
    for event in events:
        reports = tuple(r for r in event.reports if r.document != document)
        if len(reports) == len(event.reports):
            kept.append(event)
        elif not reports:
            alone += 1
        else:
            coded = event
            if event.reports[0].document == document:
                signal = stored[reports[0].handle].signal
                coded = replace(event, signal=signal, happened=signal.date)
            available = min(r.available for r in reports)
            kept.append(replace(coded, reports=reports, available=available))
    return tuple(kept), alone


def _alone(document: str, touched: int, alone: int) -> str:
    if touched == 0:
        return ""
    if alone == 0:
        return f"All {touched} events that {document} reports are reported by others too."
    return f"{alone} of the {touched} events that {document} reports are reported by nobody else."


def _effect(
    bench: Workbench,
    few: Solutions,
    stance: Stance,
    without: set[str],
    key: str,
    name: str,
    events: tuple[str, ...],
    signals: tuple[str, ...],
    remark: str,
) -> Effect:
    after, before = bench.attack(few), bench.attack(bench.under(stance), without)
    nothing = float(np.quantile(np.abs(log_odds(after) - log_odds(before)), 0.9)) < LITTLE
    levels: list[tuple[str, float, float]] = []
    for series in dict.fromkeys(chain(bench.stance.series, stance.series)):
        which = (series.actor, series.object, series.relation)
        if bench.stance.observations(*which) == stance.observations(*which):
            continue
        now = bench.stance.level(series.actor, series.object, series.relation)
        then = stance.level(series.actor, series.object, series.relation)
        words, deeds = now.words.median - then.words.median, now.deeds.median - then.deeds.median
        if max(abs(words), abs(deeds)) >= 0.005:
            levels.append((now.handle, round(words, 6), round(deeds, 6)))
    levels.sort(key=lambda item: (-abs(item[1]) - abs(item[2]), item[0]))
    sentence = "It changes nothing that can be told from the draws." if nothing else ""
    return Effect(
        key=key,
        name=name,
        multiplier=effect_on(after, before),
        sentence=" ".join(s for s in (sentence, remark) if s),
        events=events,
        signals=signals,
        levels=tuple(levels[:8]),
        nothing=nothing,
    )
