"""What is kept between reports, and what is asked for one series, against the whole record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from standoff.assess.known import Known, known_events
from standoff.assess.matching import match_event
from standoff.ledger import Ledger, SignalQuery
from standoff.measure import measure_stance
from standoff.systems import Entry, load_chronology
from standoff.terms import Document, Event, Party, Report

SLUG = "west-pacific-2021"
AT = date(2021, 8, 13)
ENTRIES = load_chronology(SLUG).entries


def report(number: int, entries: Iterable[Entry]) -> Report:
    """The signals of some entries of the shipped record as a document of their own."""
    whole = load_chronology(SLUG).document
    text = f"{whole.text} {number}"
    document = Document.from_text(text, title=str(number), source="W", published=AT)
    return Report(document, tuple(e.signal for e in entries))


def kept(known: Known) -> dict[str, Event]:
    actors = {a for e in ENTRIES for a in e.signal.source_actors}
    return {e.key: e for e in known.about(sorted(actors))}


def test_events_kept_between_reports_are_those_of_the_whole_record(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.standoff", system=SLUG) as ledger:
        for number in range(0, len(ENTRIES), 9):
            # Every third report tells again what others told: its events get another report.
            again = ENTRIES[: number // 2] if number % 27 == 0 else ()
            ledger.add(report(number, (*again, *ENTRIES[number : number + 9])[:60]))
            if number == 45:
                ledger.reject(["S-003"], "wrong")
            known = known_events(ledger)
            fresh = Known()
            fresh.refresh(ledger)
            mine, whole = kept(known), kept(fresh)
            assert {k: replace(e, retracted_on=None) for k, e in mine.items()} == {
                k: replace(e, retracted_on=None) for k, e in whole.items()
            }
            told = ENTRIES[number].signal
            found = [
                match_event(told, AT, k.about(told.source_actors), k.rarity) for k in (known, fresh)
            ]
            assert found[0] == found[1]
        assert len(kept(known_events(ledger))) > 60
        assert known_events(ledger) is known_events(ledger)


def test_inside_a_write_that_is_taken_back_nothing_is_kept(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.standoff", system=SLUG) as ledger:
        ledger.add(report(0, ENTRIES[:3]))
        before = kept(known_events(ledger))
        with pytest.raises(RuntimeError), ledger.batch():
            ledger.add(report(1, ENTRIES[3:9]))
            assert len(kept(known_events(ledger))) > len(before)
            raise RuntimeError
        ledger.add(report(2, ENTRIES[9:15]))
        assert set(kept(known_events(ledger))) == {e.signal.event_key for e in ENTRIES[:3]} | {
            e.signal.event_key for e in ENTRIES[9:15]
        }


def test_a_series_of_the_events_asked_for_it_is_that_of_all_events(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        edited = ledger.find(SignalQuery(actor="JPN"))[0]
        ledger.edit(
            edited.handle,
            {"sources": [{"actor": "PHL", "agent": "GOV"}]},
            "another actor",
        )
        try:
            everything = measure_stance(ledger.events(as_of=AT), at=AT)
            assert len(everything.series) > 20
            fewer = 0
            for s in everything.series:
                known = ledger.series_events(s.actor, s.object, as_of=AT)
                fewer += len(known) < len(ledger.events(as_of=AT)) / 2
                one = measure_stance(known, at=AT)
                named = (s.actor, s.object, s.relation)
                assert one.observations(*named) == everything.observations(*named), str(s)
                assert one.level(*named) == everything.level(*named), str(s)
            assert fewer > 20
        finally:
            ledger.undo()


def test_party_names_of_places_are_found_as_a_series_writes_them(tmp_path: Path) -> None:
    entry = ENTRIES[0]
    told = replace(entry.signal, protege="Senkaku Islands", sources=(Party("JPN", "GOV"),))
    with Ledger.create(tmp_path / "a.standoff", system=SLUG) as ledger:
        ledger.add(report(0, [replace(entry, signal=told)]))
        assert len(ledger.series_events("JPN", "SENKAKU-ISLANDS")) == 1
        assert ledger.series_events("JPN", "CHN" if told.target_actors != ("CHN",) else "KOR") == ()
