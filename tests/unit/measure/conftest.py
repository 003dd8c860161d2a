"""Builders of signals and events for the tests of MEASURE."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

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
    Signal,
    SourceGrade,
    Span,
    Status,
    Valence,
)

Make = Callable[..., Event]


def build(
    key: str = "e1",
    day: date | None = date(2021, 6, 1),
    *,
    actor: str = "JPN",
    target: str = "CHN",
    protege: str | None = "TWN",
    event: PloverEvent = PloverEvent.SUPPORT,
    x_event: ExtensionEvent | None = None,
    channel: Channel = Channel.WORDS,
    status: Status = Status.DONE,
    valence: Valence = Valence.COMMIT,
    explicitness: int = 1,
    officialness: Officialness = Officialness.OFFICIAL,
    weights: tuple[tuple[str, float], ...] = (),
    grades: str = "B",
    sources: tuple[str, ...] = (),
    coder: str = "hand",
    available: date | None = None,
    retracts: tuple[str, ...] = (),
    retracted_on: date | None = None,
    replies_to: tuple[str, ...] = (),
    reviewed: bool = False,
    aggregate: bool = False,
) -> Event:
    span = Span(0, 4, "said")
    period = Period.unstated() if day is None else Period.day(day)
    signal = Signal(
        id=key,
        span=span,
        trigger=span,
        sources=tuple(Party(a) for a in actor.split(";") if a),
        targets=tuple(Party(a) for a in target.split(";") if a),
        event=event,
        channel=channel,
        status=status,
        officialness=officialness,
        explicitness=explicitness,
        cost=Cost.CHEAP,
        valence=valence,
        date=period,
        x_event=x_event,
        protege=protege,
        protege_weights=weights,
        retracts=retracts,
        replies_to=replies_to,
        aggregate=aggregate,
    )
    known = available or day or date(2021, 6, 1)
    reports = tuple(
        EventReport(
            f"S-{key}-{i}",
            f"D-{i}",
            sources[i] if i < len(sources) else f"source {i}",
            SourceGrade(letter),
            ItemGrade.UNKNOWN,
            known,
            coder,
            "",
            reviewed,
        )
        for i, letter in enumerate(grades)
    )
    return Event(key, signal, period, known, reports, retracted_on, retracts)


@pytest.fixture
def make() -> Make:
    return build
