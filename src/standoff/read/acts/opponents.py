"""Against whom an act is that names nobody: whom it answers, who answers it, or the one opponent that
its source has in this text.

A refusal answers what another asked, offered, threatened or laid to its author's charge just before,
and what it answers was directed at the one who refuses. Opponents are read from the signals whose two
sides grammar gave: a source that is at odds with exactly one party has its other hostile acts inferred
to be towards it. The parts of the signal say which of these it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standoff.terms import Part, Party, PloverEvent, Signal

INFERRED = 0.68
"""Share of inferred targets that blind coders agreed with, of 44 on 2026-11-30."""
ENOUGH = 2
"""Signals between the two in the text at least."""
_HOSTILE = frozenset(
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT REQUEST".split()
)
_HELP = frozenset((PloverEvent.SUPPORT, PloverEvent.AID))
_NOBODY = frozenset(("XXX", "MULTI"))
_ASKED = frozenset("REQUEST AGREE CONSULT THREATEN ACCUSE".split())
"""What a refusal or a denial answers."""
ADJACENT = 300
"""So many characters lie at most between an act and its answer."""
_OPEN = frozenset("ACCUSE REJECT THREATEN MOBILIZE COERCE ASSAULT SANCTION REQUEST".split())


def with_opponents(signals: Sequence[Signal]) -> list[Signal]:
    """The signals, hostile ones without a target filled where the source has one opponent only."""
    told = _without_friends(signals)
    for at in range(1, len(told)):
        before, after = told[at - 1], told[at]
        if _answers(after, before):
            if not after.targets:
                told[at] = _filled(after, before.sources[0].actor, "whose act this answers")
            if not before.targets:
                told[at - 1] = _filled(before, after.sources[0].actor, "who answers this")
    opponents = _opponents(told)
    return [
        signal
        if (against := _against(signal, opponents)) is None
        else _filled(signal, against, f"the one opponent of {signal.sources[0].actor} in this text")
        for signal in told
    ]


def _without_friends(signals: Sequence[Signal]) -> list[Signal]:
    """No forces are shown to whom their owner helps in the same text: the friend is no target."""
    helped: dict[str, set[str]] = {}
    for signal in signals:
        for source in signal.source_actors:
            own = helped.setdefault(source, set())
            own |= {signal.protege} if signal.protege else set()
            own |= set(signal.target_actors) if signal.event in _HELP else set()
    out: list[Signal] = []
    for signal in signals:
        friends = {f for source in signal.source_actors for f in helped[source]}
        if signal.event is PloverEvent.MOBILIZE and friends.intersection(signal.target_actors):
            kept = tuple(t for t in signal.targets if t.actor not in friends)
            signal = replace(signal, targets=kept)
        out.append(signal)
    return out


def _filled(signal: Signal, actor: str, why: str) -> Signal:
    return replace(
        signal,
        targets=(Party(actor),),
        parts=(*signal.parts, Part("targets", f"{actor}: inferred, {why}")),
        confidences=tuple((f, INFERRED if f == "targets" else p) for f, p in signal.confidences),
    )


def _answers(after: Signal, before: Signal) -> bool:
    """Whether a refusal answers the act told just before it, by all that is known of their sides."""
    if after.event.value != "REJECT" or before.event.value not in _ASKED:
        return False
    if len(after.sources) != 1 or len(before.sources) != 1 or _NOBODY & {
        after.sources[0].actor, before.sources[0].actor
    }:  # fmt: skip
        return False
    one, other = after.sources[0].actor, before.sources[0].actor
    near = after.span.start - before.span.end <= ADJACENT
    fits = (not after.targets or other in after.target_actors) and (
        not before.targets or one in before.target_actors
    )
    return one != other and near and fits


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
