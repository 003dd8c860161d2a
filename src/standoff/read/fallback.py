"""What the fitted model adds: an event for a sentence that no frame coded, or a better one.

It speaks only where a sentence has a finite main clause with a subject and is neither question nor
heading; it never speaks where a frame saw the act and refused it as denied, hypothetical or asked
for. In a text of many sentences most report no event, so it must be surer there, and a known actor
must be named; a text of one or two sentences is likely to have been given because it reports one.
Confidence is half the model's probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.read.classify import EventWeights, features_of
from standoff.read.frames import weight_of
from standoff.read.reading import Clause, Reading, Sentence
from standoff.read.roles import Roles
from standoff.read.status import date_of, is_background, officialness_of
from standoff.terms import (
    Channel,
    Cost,
    NonSignal,
    Part,
    Party,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
)

ADD = 0.55
"""Least probability for a sentence that no frame coded, in a text of many sentences."""
ADD_SHORT = 0.15
"""The same in a text of one or two sentences."""
REVISE = 0.60
"""Least probability to overrule a frame that matched by its verb alone."""
REVISE_SHORT = 0.25
"""The same in a text of one or two sentences."""
REVISE_SURE = 0.35
"""Least probability there to overrule a frame that asked for more than a verb."""
REVISE_SPECIFIC = 0.6
"""The same for a frame that asked for two things and more ("gave" with "hours" and "to leave")."""
SPECIFIC = 3
"""Weight of such a frame."""
BESIDE = 0.5
"""A side event of a short sentence is background where the model is so sure of another ..."""
UNLIKELY = 0.03
"""... and gives it less than this."""
SURE = 0.9
"""Confidence of a frame that asks for more than a verb."""

# Where the manual rules and the suite of sentences does not follow it: economic sanctions are
# SANCTION, seizures, blockades and cyber attacks COERCE, joint drills COOPERATE, missile
# tests and drills MOBILIZE; a coming drill or attack
# is no agreement.
_RULINGS = frozenset((
    ("SANCTION.impose", "COERCE"), ("COERCE.cyberattack", "ASSAULT"), ("COERCE.seize", "ASSAULT"),
    ("COERCE.take-control", "ASSAULT"), ("SANCTION.cut-ties", "COERCE"),
    ("SANCTION.close-embassy", "COERCE"), ("SANCTION.expel", "COERCE"), ("COOPERATE.joint-drill", "CONSULT"),
    ("MOBILIZE.launch-missile", "ASSAULT"), ("MOBILIZE.drill", "ASSAULT"),
))  # fmt: skip
_MATERIAL = frozenset(
    (PloverEvent.MOBILIZE, PloverEvent.SANCTION, PloverEvent.COERCE, PloverEvent.ASSAULT)
)
_KEEP = frozenset(("nobody named", "purpose"))
# In a short text these too: its one event may stand beside what it accuses somebody of.
_KEEP_SHORT = _KEEP | frozenset(("told in an accusation", "described, not reported"))
_BY_REFUSAL = frozenset(("REJECT", "YIELD"))
"""Events that a negated verb may report: what is not given, or no longer done."""
_WORDS = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
_VALENCES = {
    "AGREE": Valence.CONCILIATE, "CONSULT": Valence.NEUTRAL, "SUPPORT": Valence.CONCILIATE,
    "CONCEDE": Valence.CONCILIATE, "COOPERATE": Valence.CONCILIATE, "AID": Valence.COMMIT,
    "RETREAT": Valence.CONCILIATE, "YIELD": Valence.CONCILIATE, "REQUEST": Valence.NEUTRAL,
    "ACCUSE": Valence.ACCUSE, "REJECT": Valence.ACCUSE, "THREATEN": Valence.THREATEN,
    "PROTEST": Valence.ACCUSE, "SANCTION": Valence.THREATEN, "MOBILIZE": Valence.PREPARE,
    "COERCE": Valence.THREATEN, "ASSAULT": Valence.THREATEN,
}  # fmt: skip
# Verbs of background: what somebody is, has or says is no act by itself.
_STATIVE = frozenset(
    "be have say tell add become seem appear remain know think believe expect need mean include "
    "contain cost last live die grow fall rise range stand lie belong consist show".split()
)


def settled(
    reading: Reading, sentence: Sentence, clauses: Sequence[Clause], roles: Roles,
    found: Sequence[Signal], refused: Sequence[NonSignal], number: int, weights: EventWeights,
    short: bool,
) -> list[Signal]:  # fmt: skip
    """The signals of one sentence once the model has been heard; `number` is that of the first.

    In a short text it is asked which event the sentence reports: one that no frame found takes the
    place of the first frame's, and a side event that it holds for background is left out.
    """
    if not found:
        span = reading.span(sentence.start, sentence.end)
        new = fitted_signal(
            reading, sentence, clauses, roles, refused, number, weights, span, short
        )  # fmt: skip
        return [new] if new is not None else []
    if not short:
        if len(found) > 1 or found[0].confidence >= SURE:
            return list(found)
        return [revised(reading, sentence, clauses, found[0], refused, weights, short)]
    tokens = reading.sentence_tokens(sentence)
    chances = {
        label: chance
        for chance, label in weights.probabilities(features_of(tokens, clauses, found, refused))
    }
    likeliest = max(sorted(chances), key=lambda label: chances[label])
    events = [_label(s) for s in found]
    if likeliest not in events:
        first = revised(reading, sentence, clauses, found[0], refused, weights, short)
        found = [first, *found[1:]]
        events[0] = _label(first)
    if likeliest in events and chances[likeliest] >= BESIDE:
        # What is done to somebody else stays: "accused Iran and said it was ready to meet Oman".
        towards = {a for s, e in zip(found, events, strict=True) if e == likeliest
                   for a in s.target_actors}  # fmt: skip
        found = [
            s for s, event in zip(found, events, strict=True)
            if event == likeliest or s.x_event is not None or chances.get(event, 1.0) >= UNLIKELY
            or (towards and s.targets and not towards & set(s.target_actors))
        ]  # fmt: skip
    return [replace(s, id=f"s{number + place}") for place, s in enumerate(found)]


def _label(signal: Signal) -> str:
    """The model's label of a signal's event."""
    return "YIELD" if signal.event.value in ("CONCEDE", "RETREAT") else signal.event.value


def fitted_signal(
    reading: Reading, sentence: Sentence, clauses: Sequence[Clause], roles: Roles,
    refused: Sequence[NonSignal], number: int, weights: EventWeights, span: Span, short: bool,
) -> Signal | None:  # fmt: skip
    """The signal that the model adds for a sentence without any, or None."""
    if any(n.reason not in (_KEEP_SHORT if short else _KEEP) for n in refused):
        return None
    main = _main_clause(clauses, short)
    if main is None or main.kind == "condition":
        return None
    named = bool(reading.mentions_in(sentence.start, sentence.end))
    if not short and (not named or (not refused and main.verb.lemma in _STATIVE)):
        return None
    tokens = reading.sentence_tokens(sentence)
    ranked = weights.probabilities(features_of(tokens, clauses, (), refused))
    if short and named:  # one item of news that names an actor: which event, if it is one
        ranked = [(p, name) for p, name in ranked if name != "NONE"]
    chance, label = ranked[0]
    if label == "NONE" or chance < (ADD_SHORT if short else ADD):
        return None
    if main.verb.negated and not (short and label in _BY_REFUSAL):
        return None
    sources = roles.senders(*main.subject) if main.subject else []
    targets = roles.receivers(main.verb.last, sentence.last, sources)
    if not (sources or targets or short):
        return None
    event = PloverEvent("CONCEDE" if label == "YIELD" else label)
    words = event.value in _WORDS
    period = date_of(reading, sentence, span.start, span.end)
    status = Status.HISTORICAL if is_background(period, reading) else (
        Status.PLANNED if main.verb.modality in ("will", "plan") and not words else Status.DONE
    )  # fmt: skip
    senders = sources or [Party("XXX")]
    return Signal(
        id=f"s{number}",
        span=span,
        trigger=reading.token_span(main.verb.first, main.verb.last),
        sources=tuple(senders),
        targets=tuple(targets),
        event=event,
        channel=Channel.WORDS if words else Channel.DEEDS,
        status=status,
        officialness=officialness_of(
            senders, anonymous=False, words=words, agentless=False, semi=False
        ),
        explicitness=1,
        cost=Cost.CHEAP,
        valence=_VALENCES[label],
        date=period,
        quantities=reading.quantities_in(span.start, span.end),
        rule=f"fitted.{event.value}",
        confidence=round(chance / 2, 3),
        parts=(Part("event", f"fitted.{event.value} {chance:.2f}", span),),
    )


def _main_clause(clauses: Sequence[Clause], short: bool) -> Clause | None:
    """The finite main clause with a subject; in a short text the first clause where there is none."""
    main = next((c for c in clauses if c.verb.finite and c.subject and c.kind == "main"), None)
    return main if main is not None or not short else next(iter(clauses), None)


def revised(
    reading: Reading, sentence: Sentence, clauses: Sequence[Clause], signal: Signal,
    refused: Sequence[NonSignal], weights: EventWeights, short: bool,
) -> Signal:  # fmt: skip
    """The signal, with the model's event where a frame went by the verb alone and the model is
    sure of another."""
    tokens = reading.sentence_tokens(sentence)
    ranked = weights.probabilities(features_of(tokens, clauses, (signal,), refused))
    chance, label = ranked[0]
    least = REVISE_SHORT if short else REVISE
    if signal.confidence > 0.8:
        least = REVISE_SPECIFIC if weight_of(signal.rule) >= SPECIFIC else REVISE_SURE
    if chance < least or label in ("NONE", signal.event.value) or signal.x_event is not None:
        return signal
    if (signal.rule, label) in _RULINGS or (label == "AGREE" and signal.event in _MATERIAL):
        return signal
    if label == "YIELD" and signal.event.value in ("CONCEDE", "RETREAT"):
        return signal
    if signal.negated and label not in _BY_REFUSAL:
        return signal
    event = PloverEvent("CONCEDE" if label == "YIELD" else label)
    words = event.value in _WORDS
    return replace(
        signal,
        event=event,
        mode=None,
        x_event=None,
        status=Status.DONE if words and signal.status is Status.PLANNED else signal.status,
        channel=Channel.WORDS if words else Channel.DEEDS,
        valence=_VALENCES[label],
        rule=f"fitted.{event.value}",
        confidence=round(chance / 2, 3),
        parts=(
            *signal.parts,
            Part("event", f"fitted.{event.value} {chance:.2f} overrules", signal.trigger),
        ),
    )
