"""What READ prints can be read back, and a wrong field is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import BadRecord, ImpossibleDate, SpanMismatch, UnknownHandle
from standoff.terms import (
    Channel,
    Cost,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
    parse_handle,
    signal_from_record,
    signal_record,
)

TEXT = "Tokyo said it would help Taipei."


def make(**changes: object) -> Signal:
    fields: dict[str, object] = {
        "id": "s1",
        "span": Span.of(TEXT, 0, 32),
        "trigger": Span.of(TEXT, 20, 24),
        "sources": (Party("JPN", "GOV"),),
        "targets": (Party("TWN"),),
        "event": PloverEvent.SUPPORT,
        "channel": Channel.WORDS,
        "status": Status.DONE,
        "officialness": Officialness.OFFICIAL,
        "explicitness": 2,
        "cost": Cost.CHEAP,
        "valence": Valence.COMMIT,
        "date": Period.day(date(2021, 8, 3), "on Tuesday"),
        "protege": "TWN",
    }
    return Signal(**(fields | changes))  # type: ignore[arg-type]


def test_a_printed_signal_reads_back_as_itself() -> None:
    signal = make(protege_weights=(("JPN", 0.5), ("TWN", 0.5)), retracts=("s0",))
    assert signal_from_record(json.loads(json.dumps(signal_record(signal)))) == signal


@given(st.integers(0, 3), st.sampled_from(list(PloverEvent)), st.sampled_from(list(Status)))
def test_round_trip_is_the_identity(level: int, event: PloverEvent, status: Status) -> None:
    signal = make(explicitness=level, event=event, status=status)
    assert signal_from_record(signal_record(signal)) == signal


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("explicitness", 7),
        ("event", "SHOUT"),
        ("end", 40),
        ("quote", None),
        ("trigger", [0, 99]),
        ("sources", [{}]),
        ("date", {"from": "2021-02-30"}),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    record = signal_record(make())
    record[field] = value
    with pytest.raises(BadRecord) as caught:
        signal_from_record(record)
    assert field in str(caught.value)


def test_a_span_that_does_not_hold_its_words_is_refused() -> None:
    with pytest.raises(SpanMismatch):
        Span(0, 5, "Kyoto").check(TEXT)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ImpossibleDate):
        Period(date(2021, 8, 3), date(2021, 8, 2))


@pytest.mark.parametrize("text", ["S-014", "C-07", "E-1", "D-003", "L-JPN>TWN@2021-08", "R-3f2a"])
def test_handles_parse_and_print_as_themselves(text: str) -> None:
    assert str(parse_handle(text)) == text


@pytest.mark.parametrize("text", ["", "X-1", "S-", "L-JPN@2021", "R-zz"])
def test_what_is_no_handle_is_refused(text: str) -> None:
    with pytest.raises(UnknownHandle):
        parse_handle(text)
