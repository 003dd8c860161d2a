"""What a signal answers, what it takes back, and which reports tell of the same act.

All three look only at the signals told before in the same text; across texts the ledger matches
by evidence, for which `event_key` is the proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from standoff.read.reading import Token
from standoff.terms import Channel, Signal, Status, Valence

_MATERIAL = frozenset("MOBILIZE ASSAULT COERCE SANCTION COOPERATE RETREAT PROTEST AID".split())
_VERBAL = frozenset("ACCUSE THREATEN REJECT SUPPORT REQUEST AGREE NONE CONCEDE CONSULT".split())
_NOUNS: dict[str, frozenset[str]] = {}
for _words, _events in (
    (("launch missile test drill exercise deployment patrol transit passage buildup build-up "
     "manoeuvre maneuver sortie incursion intrusion flight firing rocket"), "MOBILIZE ASSAULT COOPERATE"),
    (("attack strike raid shelling bombardment assault operation invasion offensive aggression "
     "killing bombing airstrike"), "ASSAULT MOBILIZE"),
    ("remark comment statement post word language speech video rhetoric tweet article answer",
     " ".join(sorted(_VERBAL))),
    ("accusation charge allegation claim criticism condemnation protest complaint", "ACCUSE"),
    ("demand call appeal request plea", "REQUEST"),
    ("offer proposal invitation overture", "AGREE REQUEST CONSULT"),
    ("threat warning ultimatum", "THREATEN"),
    ("sanction tariff embargo ban measure restriction", "SANCTION COERCE"),
    ("move decision step action act provocation", " ".join(sorted(_MATERIAL | {"THREATEN"}))),
    ("arrest detention seizure blockade boarding", "COERCE"),
    ("visit trip meeting talk", "CONSULT"),
    ("deal agreement pact accord treaty", "SUPPORT AGREE COOPERATE"),
    ("expulsion", "SANCTION"),
):  # fmt: skip
    for _word in _words.split():
        _NOUNS[_word] = _NOUNS.get(_word, frozenset()) | frozenset(_events.split())
_ANSWERING = frozenset(
    "retaliate respond reply answer rebut reciprocate counter hit lash rebuff reject deny dismiss "
    "refute protest condemn denounce rebuke criticize criticise summon deplore slam accept".split()
)
_WORDS_OF_ANSWER = frozenset("response retaliation reply reaction tit-for-tat turn".split())
_ANSWER_EVENTS = frozenset("REJECT ACCUSE THREATEN CONCEDE SANCTION AGREE".split())
REACH = 12
"""So many signals back an answer may reach."""


def answered(
    signals: Sequence[Signal], zone: Sequence[Token], own: Sequence[str], *, strict: bool = False
) -> Signal | None:
    """The earlier signal that the nouns of `zone` name: "rejected the accusation".

    With `strict` only one that was directed at one of `own`.
    """
    for token in zone:
        events = _NOUNS.get(token.lemma) if token.tag == "NOUN" else None
        if events is None:
            continue
        for signal in reversed([s for s in signals[-REACH:] if not s.rule.endswith(".fitted")]):
            if strict and not set(own) & set(signal.target_actors):
                continue
            if signal.event.value in events and not set(own) & set(signal.source_actors):
                return signal
    return None


def replies_to(signals: Sequence[Signal], new: Signal, words: Sequence[Token]) -> tuple[str, ...]:
    """The ids of the earlier signals that `new` answers.

    It answers one whose sender it addresses and who addressed its sender, or whose kind its words
    name, if its verb answers ("rejected") or its words say so ("in response").
    """
    if new.event.value not in _ANSWER_EVENTS and not any(
        t.lower in _WORDS_OF_ANSWER for t in words
    ):
        return ()
    own, others = set(new.source_actors), set(new.target_actors) - {"XXX", "MULTI"}
    named = answered(signals, words, new.source_actors)
    if named is not None and (not others or others & set(named.source_actors)):
        return (named.id,)
    if not any(t.lemma in _ANSWERING or t.lower in _WORDS_OF_ANSWER for t in words):
        return ()
    for signal in reversed(signals[-REACH:]):
        if others & set(signal.source_actors) and (
            own & set(signal.target_actors) or not signal.targets
        ):
            return (signal.id,)
    return ()


def retracts(signals: Sequence[Signal], new: Signal) -> tuple[str, ...]:
    """The ids of the earlier signals of the same sender that `new` takes back."""
    own = set(new.source_actors)
    if new.valence is Valence.RETRACT:
        kinds = _VERBAL
    elif new.event.value == "RETREAT" and new.mode in ("withdraw", "release", "ceasefire"):
        kinds = {
            "withdraw": frozenset(("MOBILIZE", "COOPERATE")), "release": frozenset(("COERCE",)),
            "ceasefire": frozenset(("ASSAULT",)),
        }[new.mode]  # fmt: skip
    elif new.event.value == "CONCEDE" and new.channel is Channel.DEEDS:
        kinds = frozenset(("SANCTION", "COERCE"))
    else:
        return ()
    for signal in reversed(signals[-REACH:]):
        if (
            signal.event.value in kinds
            and own & set(signal.source_actors)
            and signal.valence is not Valence.RETRACT
            and signal.status is not Status.HISTORICAL
        ):
            return (signal.id,)
    return ()


def keyed(signals: Sequence[Signal], new: Signal) -> Signal:
    """`new` with its event key: that of an earlier report of the same act, else one of its own.

    The same act has the same event, mode, channel and sender, targets that do not exclude each
    other, dates at most a day apart, and the same verb or one that only takes it up again.
    """
    for signal in reversed(signals[-40:]):
        if _same(signal, new):
            return replace(new, event_key=signal.event_key)
    day = new.date.start.isoformat() if new.date.start else "undated"
    head = f"{_codes(new.source_actors)}-{new.event.value}-{_codes(new.target_actors)}-{day}"
    taken = {s.event_key for s in signals}
    key, number = head.lower(), 2
    while key in taken:
        key, number = f"{head.lower()}-{number}", number + 1
    return replace(new, event_key=key)


def _codes(actors: Sequence[str]) -> str:
    return "+".join(sorted(actors)) or "none"


def _same(old: Signal, new: Signal) -> bool:
    if (old.event, old.channel, old.x_event) != (new.event, new.channel, new.x_event):
        return False
    if set(old.source_actors) != set(new.source_actors):
        return False
    a, b = set(old.target_actors), set(new.target_actors)
    if a and b and not a & b:
        return False
    if (old.status is Status.DONE) != (new.status is Status.DONE) or old.negated != new.negated:
        return False
    if not _close(old.date.start, new.date.start):
        return False
    if old.mode != new.mode and old.mode and new.mode:
        return False
    shared = _stems(old.trigger.quote) & _stems(new.trigger.quote)
    return bool(shared) or (old.rule == new.rule and old.quantities == new.quantities != ())


def _close(first: date | None, second: date | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= timedelta(days=1)


def _stems(words: str) -> frozenset[str]:
    """Words of four letters and more, cut to five: "launched" and "launch" agree."""
    return frozenset(w[:5].lower() for w in words.split() if len(w) > 3 and w.isalpha())
