"""A new version of an article is a new document: decisions follow its words, never its offsets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standoff.errors import InputError
from standoff.ledger.decide import same_words
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import Decision, SignalQuery, StoredSignal
from standoff.terms import Signal, signal_from_record

FOLLOWS = ("accept", "reject", "edit", "grade_item", "link")
"""Decisions about a signal that go with its words. Notes such as `skip` do not."""

PLACED = {"start", "end", "quote", "trigger", "place", "quantities", "attribution", "parts"}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new version takes over: pairs (old, new) of signals; and what a person must look at.

    `batch` is the action that did it; empty in a plan. `queued` holds signals of the old version
    with decisions for which the new version has no certain counterpart. Signals of the new
    version about which somebody decided already are left alone.
    """

    batch: str
    carried: tuple[tuple[str, str], ...]
    queued: tuple[str, ...]


def plan_carry(ledger: Ledger, old: str, new: str) -> Carried:
    """What `carry_over` would do; nothing is stored."""
    plan, queued = _plan(ledger, old, new)
    return Carried("", tuple((a, b) for a, b, _ in plan), tuple(queued))


def carry_over(ledger: Ledger, old: str, new: str) -> Carried:
    """Carry the decisions about the signals of one document over to a new version of it.

    Decisions are carried where the same words stand in the new text (once, or with the same words
    around them) and the same act by the same actors was coded there. The others are queued: a
    decision `reanchor` names them, and nothing about them is assumed. An edit that moved a span
    is queued as well, for its offsets mean nothing in the new text.
    """
    with ledger.batch():
        plan, queued = _plan(ledger, old, new)
        pairs = tuple((a, b) for a, b, _ in plan)
        payload = {"from": old, "carried": [list(p) for p in pairs], "queued": queued}
        number = ledger.decide("reanchor", new, payload, f"a new version of {old}")
        batch = next(d.batch for d in ledger.decisions(new) if d.number == number)
        for _, handle, decisions in plan:
            for d in decisions:
                ledger.decide(d.action, handle, d.payload, f"carried over from {d.subject}", batch)
    return Carried(batch, pairs, tuple(queued))


def _plan(
    ledger: Ledger, old: str, new: str
) -> tuple[list[tuple[str, str, list[Decision]]], list[str]]:
    if old == new:
        raise InputError(f"{old} and {new}", "two versions of a text", "standoff documents")
    before, after = ledger.document(old), ledger.document(new)
    targets = {
        (s.signal.span.start, s.signal.span.end, _kind(s.signal)): s
        for s in ledger.find(SignalQuery(document=new))
    }
    plan: list[tuple[str, str, list[Decision]]] = []
    queued: list[str] = []
    for item in ledger.find(SignalQuery(document=old)):
        found = [d for d in ledger.decisions(item.handle) if d.in_force and d.action in FOLLOWS]
        if not found:
            continue
        # As it was first coded: an edit must not hide that the program saw the same act again.
        first = _first_coding(ledger, item)
        span = same_words(before.text, first.span, after.text)
        match = targets.get((span.start, span.end, _kind(first))) if span else None
        if match is None or any(_moves(d.payload) for d in found):
            queued.append(item.handle)
        elif not any(d.in_force for d in ledger.decisions(match.handle)):
            plan.append((item.handle, match.handle, found))
    return plan, queued


def _first_coding(ledger: Ledger, item: StoredSignal) -> Signal:
    rows = ledger.store.query("SELECT record FROM signal WHERE number = ?", int(item.handle[2:]))
    return signal_from_record(json.loads(rows[0]["record"]))


def _moves(payload: Mapping[str, Any]) -> bool:
    """Whether an edit changes where something stands in the text."""
    changes: Mapping[str, Any] = payload.get("changes") or {}
    return bool(PLACED & {*changes, *(changes.get("x_standoff") or ())})


def _kind(s: Signal) -> tuple[str, str, tuple[str, ...]]:
    return s.event.value, s.channel.value, s.source_actors
