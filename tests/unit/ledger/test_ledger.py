"""Nothing lost, spans hold, three times per item, decisions append only."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from standoff.errors import (
    DossierExists,
    InputError,
    NewerDossier,
    NoDossier,
    NotADossier,
    SpanMismatch,
    StoreFailure,
    UnknownHandle,
)
from standoff.ledger import Ledger, Origin
from standoff.terms import (
    Channel,
    Claim,
    Cost,
    Document,
    Officialness,
    OpenContent,
    Outcome,
    Party,
    Period,
    PloverEvent,
    Report,
    Signal,
    SourceGrade,
    Span,
    Status,
    Valence,
    Verdict,
)

TEXT = (
    "Tokyo pledged help on 3 August 2021. It lies 90 km from Taiwan. Then it took the words back."
)


def signal(name: str, start: int, end: int, day: int, **changes: object) -> Signal:
    fields: dict[str, object] = {
        "id": name,
        "span": Span.of(TEXT, start, end),
        "trigger": Span.of(TEXT, start, start + 5),
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


def report(*signals: Signal, text: str = TEXT, claims: tuple[Claim, ...] = ()) -> Report:
    document = Document.from_text(text, title="t", source="Wire", published=date(2021, 8, 4))
    return Report(document, signals, claims)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(
        tmp_path / "a.standoff",
        system="west-pacific-2021",
        clock=lambda: datetime(2021, 8, 13, tzinfo=UTC),
    )


def test_what_is_added_is_there_after_reopening(ledger: Ledger, tmp_path: Path) -> None:
    added = ledger.add(report(signal("s1", 0, 36, 3)))
    ledger.close()
    with Ledger.open(tmp_path / "a.standoff") as again:
        (stored,) = again.signals()
        assert stored.handle == added.signals[0] == "S-001"
        assert stored.signal == signal("s1", 0, 36, 3)
        assert again.document(stored.document).text == TEXT


def test_the_same_document_is_stored_once(ledger: Ledger) -> None:
    first = ledger.add(report(signal("s1", 0, 36, 3)))
    second = ledger.add(report(signal("s1", 0, 36, 3)))
    assert second.already and second.signals == first.signals
    assert len(ledger.signals()) == 1


def test_a_span_that_does_not_hold_stores_nothing(ledger: Ledger) -> None:
    good = signal("s1", 0, 36, 3)
    bad = signal("s2", 0, 36, 3, span=Span(1, 37, TEXT[0:36]))
    with pytest.raises(SpanMismatch):
        ledger.add(report(good, bad))
    assert ledger.documents() == () and ledger.signals() == ()


def test_many_reports_one_event(ledger: Ledger) -> None:
    ledger.add(report(signal("s1", 0, 36, 3)), event_keys={"s1": "pledge"})
    other = "Wire copy. " + TEXT
    moved = signal("s1", 0, 36, 3, span=Span.of(other, 11, 47), trigger=Span.of(other, 11, 16))
    ledger.add(report(moved, text=other), event_keys={"s1": "pledge"})
    (event,) = ledger.events()
    assert event.handles == ("S-001", "S-002")


def test_as_of_uses_what_was_available(ledger: Ledger) -> None:
    origins = {"s1": Origin("Late", date(2021, 9, 1))}
    ledger.add(report(signal("s1", 0, 36, 3)), origins=origins)
    assert ledger.events(as_of=date(2021, 8, 31)) == ()
    assert len(ledger.events(as_of=date(2021, 9, 1))) == 1


def test_a_rejected_signal_is_kept_but_counts_no_more(ledger: Ledger) -> None:
    ledger.add(report(signal("s1", 0, 36, 3)))
    ledger.decide("reject", "S-001", {}, "not a pledge")
    assert ledger.events() == ()
    assert ledger.signals()[0].state == "rejected"
    assert len(ledger.decisions("S-001")) == 1


def test_grades_have_a_history_and_a_reason(ledger: Ledger) -> None:
    ledger.grade("Wire", "B", "right before")
    ledger.grade("Wire", "C", "wrong once")
    assert ledger.gradings()["Wire"].grade is SourceGrade.C
    assert [d.payload["grade"] for d in ledger.decisions("source:Wire")] == ["B", "C"]
    with pytest.raises(InputError):
        ledger.grade("Wire", "G", "?")
    with pytest.raises(InputError):
        ledger.grade("Wire", "A", " ")


def test_a_contradicted_claim_marks_the_report_that_holds_it(ledger: Ledger) -> None:
    claim = Claim("c1", Span.of(TEXT, 37, 63), "distance", "90 km", OpenContent("test"))
    verdict = Verdict("c1", Outcome.CONTRADICTED, "measured 108 km")
    ledger.add(report(signal("s1", 37, 63, 3), claims=(claim,)), [verdict])
    (event,) = ledger.events()
    assert event.reports[0].contested
    assert ledger.claims()[0].record["explanation"] == "measured 108 km"


def test_a_retraction_dates_the_event_it_takes_back(ledger: Ledger) -> None:
    first = signal("s1", 0, 36, 3)
    second = signal("s2", 64, 92, 4, retracts=("pledge",), valence=Valence.RETRACT)
    ledger.add(report(first, second), event_keys={"s1": "pledge"})
    by_key = {e.key: e for e in ledger.events()}
    assert by_key["pledge"].retracted_on == date(2021, 8, 4)


def test_equal_runs_are_one(ledger: Ledger) -> None:
    one = ledger.save_run(date(2021, 8, 13), {"p": 0.5})
    assert ledger.save_run(date(2021, 8, 13), {"p": 0.5}) == one
    assert ledger.run(one).payload == {"p": 0.5}
    assert ledger.run(one[:6]).handle == one
    with pytest.raises(UnknownHandle):
        ledger.run("R-0000")


def test_what_is_no_dossier_is_refused(tmp_path: Path) -> None:
    text, foreign = tmp_path / "a.txt", tmp_path / "b.db"
    text.write_text("hello")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path in (text, foreign):
        with pytest.raises(NotADossier):
            Ledger.open(path)
    with pytest.raises(NoDossier):
        Ledger.open(tmp_path / "none.standoff")


def test_a_newer_dossier_is_left_untouched(ledger: Ledger, tmp_path: Path) -> None:
    ledger.store.connection.execute("PRAGMA user_version = 99")
    ledger.close()
    path = tmp_path / "a.standoff"
    before = path.read_bytes()
    with pytest.raises(NewerDossier, match="99"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_truncated_dossier_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(report(signal("s1", 0, 36, 3)))
    ledger.close()
    path = tmp_path / "a.standoff"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreFailure), Ledger.open(path) as broken:
        broken.signals()


def test_a_taken_name_is_refused(ledger: Ledger) -> None:
    with pytest.raises(DossierExists):
        Ledger.create(ledger.path, system="west-pacific-2021")
