"""One small text, coded by hand, and a dossier with a clock that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from standoff.ledger import Ledger
from standoff.terms import (
    Channel,
    Claim,
    Cost,
    Document,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Report,
    Signal,
    Span,
    Status,
    Valence,
)

TEXT = (
    "Tokyo pledged help on 3 August 2021. It lies 90 km from Taiwan. Then it took the words back."
)


class Clock:
    """A clock that moves one minute at every reading after `tick`."""

    def __init__(self) -> None:
        self.now = datetime(2021, 8, 13, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, minutes: int = 1) -> None:
        self.now += timedelta(minutes=minutes)


def make_signal(name: str, start: int, end: int, day: int, **changes: object) -> Signal:
    text = str(changes.pop("text", TEXT))
    fields: dict[str, object] = {
        "id": name,
        "span": Span.of(text, start, end),
        "trigger": Span.of(text, start, start + 5),
        "sources": (Party("JPN", "GOV"),),
        "targets": (Party("CHN"),),
        "event": PloverEvent.SUPPORT,
        "channel": Channel.WORDS,
        "status": Status.DONE,
        "officialness": Officialness.OFFICIAL,
        "explicitness": 2,
        "cost": Cost.CHEAP,
        "valence": Valence.COMMIT,
        "date": Period.day(date(2021, 8, day)),
        "protege": "TWN",
    }
    return Signal(**(fields | changes))  # type: ignore[arg-type]


def make_report(*signals: Signal, text: str = TEXT, claims: tuple[Claim, ...] = ()) -> Report:
    document = Document.from_text(text, title="t", source="Wire", published=date(2021, 8, 4))
    return Report(document, signals, claims)


class Maker:
    """What tests build with."""

    text = TEXT
    signal = staticmethod(make_signal)
    report = staticmethod(make_report)


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "b.standoff", system="west-pacific-2021", clock=clock) as made:
        yield made
