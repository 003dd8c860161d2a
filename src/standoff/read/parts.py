"""Which words gave which field of a signal, and the condition that it hangs on."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.reading import Clause, Reading, Speech
from standoff.read.views import Colour
from standoff.terms import Part, Signal


def condition_of(reading: Reading, clauses: Sequence[Clause], clause: Clause) -> str:
    """The words of a condition that hangs on this clause."""
    for other in clauses:
        if (
            other.kind == "condition"
            and other.marker in ("if", "unless", "provided")
            and abs(other.index - clause.index) <= 2
        ):
            return reading.token_span(other.first, other.last).quote
    return _inverted(reading, clauses, clause)


def _inverted(reading: Reading, clauses: Sequence[Clause], clause: Clause) -> str:
    """The condition of "Should China invade, ...", up to its comma; "" if there is none."""
    tokens = reading.tokens
    for other in clauses:
        first = next(
            (i for i in range(other.first, other.last) if tokens[i].lower == "should"), None
        )
        if first is None or other.index > clause.index:
            continue
        if clause.index - other.index > 2 or clause.kind == "adverbial":
            continue
        opens = first == clauses[0].first or tokens[first - 1].tag in ("PUNCT", "CONJ")
        comma = next((i for i in range(first, clause.verb.first) if tokens[i].text == ","), None)
        if opens and comma is not None:
            return reading.token_span(first, comma).quote
    return ""


def parts_of(
    reading: Reading, signal: Signal, clause: Clause, chain: Sequence[Speech], shade: Colour
) -> tuple[Part, ...]:
    """Which words gave which field."""
    verb = reading.token_span(clause.verb.first, clause.verb.last)
    subject = reading.token_span(*clause.subject) if clause.subject else None
    out = [Part("event", signal.rule, signal.trigger)]
    if signal.mode:
        out.append(Part("mode", signal.mode, signal.trigger))
    out.append(Part("sources", ",".join(signal.source_actors), subject or verb))
    for party in signal.targets:
        named = next(
            (m.span for m in reading.mentions_in(signal.span.start, signal.span.end)
             if m.party.actor == party.actor), None,
        )  # fmt: skip
        out.append(Part("targets", party.actor if named else f"{party.actor} (implied)", named))
    told = shade.modality or clause.verb.tense
    out.append(Part("status", f"{signal.status.value} ({told or 'no tense'})", verb))
    when = signal.date.start.isoformat() if signal.date.start else "-"
    dated = next(
        (d.span for d in reading.dates_in(signal.span.start, signal.span.end)
         if d.period.text == signal.date.text), None,
    )  # fmt: skip
    out.append(Part("date", f"{when} ({signal.date.basis.value})", dated))
    out.append(Part("officialness", signal.officialness.value, subject))
    level = "object named" if signal.targets else "no object"
    out.append(Part("explicitness", f"{signal.explicitness} ({level})", signal.trigger))
    if signal.protege:
        out.append(Part("protege", signal.protege))
    if signal.condition:
        out.append(Part("condition", signal.condition))
    out.extend(Part("attribution", f"{s.kind}: {s.speaker}", s.cue) for s in chain)
    if shade.negated:
        out.append(Part("negated", "yes", verb))
    return tuple(out)
