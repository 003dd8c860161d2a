"""Against whom an act is that names nobody: the one opponent that its source has in this text.

Opponents are read from the signals whose two sides grammar gave. A source that is at odds with exactly
one party has its other hostile acts inferred to be towards it; the parts of the signal say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standoff.read.acts.confidence import inferred
from standoff.terms import Part, Party, Signal

ENOUGH = 2
"""Signals between the two in the text at least."""
_HOSTILE = frozenset(
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT REQUEST".split()
)
_NOBODY = frozenset(("XXX", "MULTI"))
_OPEN = frozenset("ACCUSE REJECT THREATEN MOBILIZE COERCE ASSAULT SANCTION REQUEST".split())


def with_opponents(signals: Sequence[Signal]) -> list[Signal]:
    """The signals, hostile ones without a target filled where the source has one opponent only."""
    opponents = _opponents(signals)
    out: list[Signal] = []
    for signal in signals:
        against = _against(signal, opponents)
        if against is not None:
            why = f"{against}: inferred, the one opponent of {signal.sources[0].actor} in this text"
            signal = replace(
                signal,
                targets=(Party(against),),
                parts=(*signal.parts, Part("targets", why)),
                confidences=inferred(signal.confidences),
            )
        out.append(signal)
    return out


def _opponents(signals: Iterable[Signal]) -> dict[str, set[str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for signal in signals:
        if signal.event.value not in _HOSTILE:
            continue
        sources, targets = set(signal.source_actors) - _NOBODY, set(signal.target_actors) - _NOBODY
        if len(sources) == 1 and sources.isdisjoint(targets):
            for target in targets:
                for one in sources:
                    counts[one, target] += 1
                    counts[target, one] += 1
    out: dict[str, set[str]] = {}
    for (one, other), times in counts.items():
        out.setdefault(one, set()).add(other if times >= ENOUGH else "?")
    return out


def _against(signal: Signal, opponents: dict[str, set[str]]) -> str | None:
    if (
        signal.targets
        or signal.event.value not in _OPEN
        or signal.protege
        or len(signal.sources) != 1
    ):
        return None
    known = opponents.get(signal.sources[0].actor, set())
    return next(iter(known)) if len(known) == 1 and not known & {"IGO", "?"} else None
