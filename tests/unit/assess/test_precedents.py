"""Precedents counted by hand on a small record, and on the one that ships by plain search."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from standoff.assess import is_note, precedents
from standoff.errors import ImpossibleDate, UnknownHandle
from standoff.ledger import Ledger
from standoff.terms import Document, Report, signal_from_record

ROWS = [  # day, actor, target, event, channel, number
    ("2019-01-10", "CHN", "TWN", "MOBILIZE", "deeds", 4),
    ("2019-02-01", "CHN", "TWN", "ASSAULT", "deeds", None),
    ("2019-06-01", "CHN", "JPN", "MOBILIZE", "deeds", None),
    ("2020-03-01", "CHN", "TWN", "MOBILIZE", "deeds", 12),
    ("2020-03-05", "CHN", "TWN", "MOBILIZE", "words", None),
    ("2020-09-01", "USA", "TWN", "MOBILIZE", "deeds", None),
    ("2021-06-15", "CHN", "TWN", "MOBILIZE", "deeds", 9),
    (None, "CHN", "TWN", "MOBILIZE", "deeds", None),
]


@pytest.fixture
def ledger(tmp_path: Path):
    text = ". ".join(f"Row {i:02d} with {row[5] or 0:03d} aircraft" for i, row in enumerate(ROWS))
    signals = []
    for i, (day, actor, target, event, channel, number) in enumerate(ROWS):
        start = text.index(f"Row {i:02d}")
        quantity = {"start": start + 12, "end": start + 15, "quote": text[start + 12 : start + 15],
                    "low": number, "high": number, "unit": "aircraft", "noun": "aircraft"}  # fmt: skip
        signals.append(
            signal_from_record(
                {
                    "id": f"s{i}", "start": start, "end": start + 24, "quote": text[start : start + 24],
                    "sources": [{"actor": actor}], "targets": [{"actor": target}], "event": event,
                    "channel": channel, "status": "done", "officialness": "official",
                    "explicitness": 2, "valence": "threaten", "event_key": f"k{i}",
                    "quantities": [quantity] if number else [],
                    "date": {"from": day, "to": day, "text": day or "", "basis": "stated" if day else "unstated"},
                }
            )
        )  # fmt: skip
    document = Document.from_text(text, title="t", source="Wire", published=date(2021, 7, 1))
    clock = lambda: datetime(2021, 7, 1, tzinfo=UTC)  # noqa: E731
    with Ledger.create(tmp_path / "p.standoff", system="west-pacific-2021", clock=clock) as made:
        made.add(Report(document, tuple(signals)), event_keys={f"s{i}": f"k{i}" for i in range(8)})
        yield made


def test_three_classes_counted_by_hand(ledger: Ledger) -> None:
    found = precedents(ledger, "S-007")
    assert [(c.n, str(c.first), str(c.last), c.in_year) for c in found.classes] == [
        (2, "2019-01-10", "2020-03-01", 0),  # CHN about TWN, in deeds
        (3, "2019-01-10", "2020-03-01", 0),  # and about JPN
        (3, "2019-01-10", "2020-09-01", 1),  # and by the United States
    ]
    assert found.sentence == "First of its kind since 2020-03-01 (471 days), 2 before it."
    assert (found.begins, found.recorded) == (date(2019, 1, 10), 5)
    years = (date(2021, 6, 15) - date(2019, 1, 10)).days / 365.25
    assert found.classes[0].a_year == pytest.approx(2 / years)


def test_numbers_and_what_followed(ledger: Ledger) -> None:
    found = precedents(ledger, "S-007", within=90)
    assert found.larger == (("aircraft", 9.0, 2, 12.0),)
    assert found.judged == 2 and dict(found.followed)["force used"] == 1
    assert dict(precedents(ledger, "S-007", within=20).followed)["force used"] == 0
    assert found.kind == "build-up" and "11 of 54" in found.counted


def test_the_first_of_its_kind_says_how_long_the_record_is(ledger: Ledger) -> None:
    found = precedents(ledger, "S-002")
    assert found.sentence == (
        "First of its kind in the record, which begins on 2019-01-10 and holds 1 earlier event of this actor."
    )
    assert "nothing by this actor" in precedents(ledger, "S-001").sentence


def test_what_is_no_evidence_of_an_attack_has_no_count_of_what_followed(ledger: Ledger) -> None:
    found = precedents(ledger, "S-006")  # by the United States
    assert found.kind == "" and found.followed == () and found.counted == ""


def test_a_signal_without_a_day_counts_on_that_of_its_report(ledger: Ledger) -> None:
    found = precedents(ledger, "S-008")
    assert found.day == date(2021, 7, 1) and found.classes[0].n == 3


def test_a_day_that_cannot_be_told_is_refused(ledger: Ledger) -> None:
    years = {"from": "2010-01-01", "to": "2020-12-31", "text": "then", "basis": "stated"}
    ledger.edit("S-007", {"date": years}, "a wide one")
    with pytest.raises(ImpossibleDate, match="whose day cannot be told"):
        precedents(ledger, "S-007")


def test_an_unknown_handle_is_refused(ledger: Ledger) -> None:
    for name in ("S-099", "E-099"):
        with pytest.raises(UnknownHandle):
            precedents(ledger, name)


def test_the_record_that_ships_by_plain_search(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        found = precedents(ledger, "E-707")
        days = sorted(
            {
                s.event: s.signal.date.start
                for s in ledger.signals()
                if "CHN" in s.signal.source_actors
                and (s.signal.protege == "TWN" or (not s.signal.protege and not s.signal.protege_weights
                     and "TWN" in s.signal.target_actors))
                and s.signal.event.value == "MOBILIZE" and s.signal.x_event is None
                and s.signal.channel.value == "deeds" and s.signal.date.start
                and s.signal.date.start < found.day
            }.values()
        )  # fmt: skip
        notes = {s.handle: is_note(s.signal) for s in ledger.signals()}
    # Words of the record that ships are notes, those of reports that were read are not.
    assert found.noted and found.classes[0].last_noted
    assert notes["S-138"] and not notes["S-1055"]
    assert (found.classes[0].n, found.classes[0].last) == (len(days), days[-1])
    assert found.classes[0].in_year == sum(d >= found.day - timedelta(365) for d in days)
