"""A new version of an article is a new document: decisions follow its words, never its offsets."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.ledger.decide import same_words
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import SignalQuery, StoredSignal


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new version took over: pairs (old, new) of signals; and what a person must look at."""

    batch: str
    carried: tuple[tuple[str, str], ...]
    queued: tuple[str, ...]


def carry_over(ledger: Ledger, old: str, new: str) -> Carried:
    """Carry the decisions about the signals of one document over to a new version of it.

    A decision is carried where the same words stand in the new text (once, or with the same words
    around them) and the same act by the same actors was coded there. The others are queued: a
    decision `reanchor` names them, and nothing about them is assumed.
    """
    before, after = ledger.document(old), ledger.document(new)
    targets = {
        (s.signal.span.start, s.signal.span.end, _kind(s)): s
        for s in ledger.find(SignalQuery(document=new))
    }
    carried: list[tuple[str, str]] = []
    queued: list[str] = []
    accepted: list[str] = []
    rejected: list[str] = []
    for item in ledger.find(SignalQuery(document=old)):
        if item.state == "suggested":
            continue
        span = same_words(before.text, item.signal.span, after.text)
        match = targets.get((span.start, span.end, _kind(item))) if span else None
        if match is None:
            queued.append(item.handle)
            continue
        carried.append((item.handle, match.handle))
        (accepted if item.state == "accepted" else rejected).append(match.handle)
    with ledger.batch():
        payload = {"from": old, "carried": [list(p) for p in carried], "queued": queued}
        number = ledger.decide("reanchor", new, payload, f"a new version of {old}")
        batch = next(d.batch for d in ledger.decisions(new) if d.number == number)
        for action, handles in (("accept", accepted), ("reject", rejected)):
            for handle in handles:
                ledger.decide(action, handle, {}, f"carried over from {old}", batch)
    return Carried(batch, tuple(carried), tuple(queued))


def _kind(item: StoredSignal) -> tuple[str, str, tuple[str, ...]]:
    s = item.signal
    return s.event.value, s.channel.value, s.source_actors
