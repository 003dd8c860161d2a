"""Acts that may be reported next, each as the event that it would be."""

from __future__ import annotations

from datetime import date

from standoff.terms import (
    Channel,
    Cost,
    Event,
    EventReport,
    ExtensionEvent,
    ItemGrade,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Relation,
    Signal,
    SourceGrade,
    Span,
    Status,
    Valence,
)

# What might be reported next: the act in words, and its coding.
Coding = tuple[str, PloverEvent, ExtensionEvent | None, Channel, Valence, bool]
COMMITMENT: tuple[Coding, ...] = (
    ("promises to defend it", PloverEvent.SUPPORT, ExtensionEvent.PLEDGE, Channel.WORDS,
     Valence.COMMIT, False),
    ("says it will not defend it", PloverEvent.SUPPORT, ExtensionEvent.PLEDGE, Channel.WORDS,
     Valence.COMMIT, True),
    ("puts forces or arms in place for it", PloverEvent.MOBILIZE, ExtensionEvent.DEPLOY,
     Channel.DEEDS, Valence.COMMIT, False),
    ("withdraws forces or aid from it", PloverEvent.RETREAT, ExtensionEvent.WITHDRAW,
     Channel.DEEDS, Valence.COMMIT, False),
)  # fmt: skip
HOSTILITY: tuple[Coding, ...] = (
    ("threatens it", PloverEvent.THREATEN, None, Channel.WORDS, Valence.THREATEN, False),
    ("reassures it", PloverEvent.CONCEDE, None, Channel.WORDS, Valence.REASSURE, False),
    ("shows force against it", PloverEvent.MOBILIZE, None, Channel.DEEDS, Valence.THREATEN, False),
    ("draws forces back from it", PloverEvent.RETREAT, None, Channel.DEEDS, Valence.REASSURE,
     False),
)  # fmt: skip


def act_event(at: date, actor: str, target: str, relation: Relation, coding: Coding) -> Event:
    """The act on a day: official, explicit, from a reliable source, so the most its kind can do."""
    act, event, extension, channel, valence, negated = coding
    span = Span(0, len(act), act)
    signal = Signal(
        id="next",
        span=span,
        trigger=span,
        sources=(Party(actor),),
        targets=(Party(target),),
        event=event,
        channel=channel,
        status=Status.DONE,
        officialness=Officialness.OFFICIAL,
        explicitness=3,
        cost=Cost.COSTLY if channel is Channel.DEEDS else Cost.CHEAP,
        valence=valence,
        date=Period.day(at),
        x_event=extension,
        protege=target if relation is Relation.COMMITMENT else None,
        negated=negated,
        coder="hand",
    )
    report = EventReport(
        handle="next",
        document="next",
        source="next",
        grade=SourceGrade.A,
        item_grade=ItemGrade.CONFIRMED,
        available=at,
        coder="hand",
        rule="",
    )
    return Event("~next", signal, Period.day(at), at, (report,))
