"""The record proves itself: what is changed, taken away or put in from outside does not fit."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import BadRecord, DamagedDossier, StandoffError, UnreadableFile
from standoff.ledger import (
    FORMATS,
    Ledger,
    collect,
    collect_sound,
    make_dossier,
    read_content,
    verify,
    write_bundle,
    write_content,
)
from standoff.ledger.seals import broken_seals, head
from standoff.terms import Claim, OpenContent, Outcome, Span, Verdict


@pytest.fixture
def kept(book: Ledger, make: Any, clock: Any) -> Ledger:
    """A dossier with rows of every kind, written in seven actions."""
    claim = Claim("c1", Span.of(make.text, 37, 63), "distance", "90 km", OpenContent("test"))
    book.add(
        make.report(make.signal("s1", 0, 36, 3), make.signal("s2", 64, 92, 4), claims=(claim,)),
        [Verdict("c1", Outcome.CONTRADICTED, "measured 108 km")],
    )
    for reason in ("seen", "seen again", "and again", "once more"):
        clock.tick()
        book.accept(["S-001"], reason)
    clock.tick()
    book.grade("Wire", "B", "right before")
    book.save_run(date(2021, 8, 13), {"parts": {"war": {"median": 0.1, "rests_on": ["S-001"]}}})
    assert verify(book.store) == ()
    return book


def tampered(ledger: Ledger, *changes: str) -> tuple[str, ...]:
    """What `verify` says after changes by SQL that leave the triggers as they were."""
    copy = ledger.path.with_name("tampered.standoff")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(copy)) as other:
        ledger.store.connection.backup(other)
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = other.execute(found).fetchall()
        for name, _ in triggers:
            other.execute(f"DROP TRIGGER {name}")
        for change in changes:
            assert other.execute(change).rowcount > 0, change
        for _, sql in triggers:
            other.execute(sql)
        other.commit()
    with Ledger.open(copy) as again:
        return verify(again.store)


FORGED = (
    "INSERT INTO decision (at, author, action, subject, anchor, payload, reason, batch)"
    " SELECT at, 'analyst', 'reject', 'S-002', anchor, '{}', 'forged', 'A-0099' FROM decision"
    " WHERE number = 2"
)
CHANGES = {
    "a forged decision": FORGED,
    "a deleted decision": "DELETE FROM decision WHERE number = 5",
    "three deleted decisions": "DELETE FROM decision WHERE number BETWEEN 2 AND 4",
    "the last decision": "DELETE FROM decision WHERE number = (SELECT max(number) FROM decision)",
    "another author": "UPDATE decision SET author = 'somebody' WHERE number = 3",
    "another reason": "UPDATE decision SET reason = 'unseen' WHERE number = 3",
    "a day of publication": "UPDATE document SET published = '2021-08-01'",
    "a day of availability": "UPDATE signal SET available = '2021-08-01' WHERE number = 2",
    "an instant of record": "UPDATE signal SET recorded = '2021-08-12T00:00:00Z' WHERE number = 1",
    "a source": "UPDATE signal SET source = 'Other wire' WHERE number = 1",
    "an address": "UPDATE signal SET url = 'https://example.org' WHERE number = 1",
    "a key of an event": "UPDATE event SET key = 'other' WHERE number = 1",
    "a column that follows from the record": "UPDATE signal SET channel = 'deeds' WHERE number = 1",
    "a day that follows from the record": "UPDATE signal SET happened_from = '2021-08-02'",
    "a coder": "UPDATE signal SET coder = 'person' WHERE number = 1",
    "an actor": "UPDATE signal_actor SET actor = 'KOR' WHERE role = 'p'",
    "an outcome": "UPDATE claim SET outcome = 'SUPPORTED'",
    "a title": "UPDATE document SET title = 'other'",
    "stretches left out": "UPDATE document SET boilerplate = '[]  '",
    "the program": "UPDATE activity SET software = 'standoff 9' WHERE number = 1",
    "the system": "UPDATE meta SET value = 'other' WHERE key = 'system'",
    "a run": "UPDATE run SET payload = replace(payload, '0.1', '0.2')",
    "what a run rests on": "UPDATE rests SET base = 'S-002'",
    "a derived state": "UPDATE decided SET state = 'rejected' WHERE number = 1",
    "a seal": "UPDATE seal SET at = '2021-08-12T00:00:00Z' WHERE number = 2",
    "a seal taken out": "DELETE FROM seal WHERE number = 2",
    "the last seal": "DELETE FROM seal WHERE number = (SELECT max(number) FROM seal)",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_from_outside_is_found(kept: Ledger, what: str) -> None:
    assert tampered(kept, CHANGES[what]) != ()


def test_a_trigger_that_was_taken_away_is_found(kept: Ledger) -> None:
    kept.store.connection.execute("DROP TRIGGER decision_kept")
    assert verify(kept.store) == ("the table, index or trigger decision_kept is missing",)


def test_a_later_write_does_not_vouch_for_a_forged_row(kept: Ledger) -> None:
    kept.store.connection.execute(FORGED)
    forged = "decisions 6: no seal covers it"
    assert forged in verify(kept.store)
    kept.accept(["S-002"], "a write of its own")
    assert forged in verify(kept.store)


def test_every_column_of_every_row_is_under_a_seal(kept: Ledger) -> None:
    content = collect(kept.store)
    tried = 0
    for kind, rows in content.rows().items():
        for i, row in enumerate(rows):
            for column, value in row.items():
                other = value + 1 if isinstance(value, int) else f"{value} "
                changed = [*rows[:i], {**row, column: other}, *rows[i + 1 :]]
                assert broken_seals({**content.rows(), kind: changed}), (kind, column)
                tried += 1
    assert tried > 150


def test_a_record_cut_off_with_its_seals_no_longer_holds_a_head_that_was_kept(kept: Ledger) -> None:
    noted = head(collect(kept.store).seals)
    kept.accept(["S-002"], "more")
    assert verify(kept.store, noted) == ()
    cut_off = (
        "DELETE FROM decision WHERE number > 1", "DELETE FROM run", "DELETE FROM rests",
        "DELETE FROM seal WHERE number > 3", "DELETE FROM activity WHERE number > 1",
        "DELETE FROM decided WHERE number > 1",
    )  # fmt: skip
    assert tampered(kept, *cut_off) == ()  # A chain alone cannot tell this.
    with Ledger.open(kept.path.with_name("tampered.standoff")) as again:
        assert verify(again.store, noted) == (
            f"seal {noted[0]} is not the one that was kept: {noted}",
        )


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_was_cut_is_refused(kept: Ledger, form: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    content = collect_sound(kept.store)
    write_content(content, whole, form)
    files = [whole] if whole.is_file() else sorted(whole.iterdir())
    refused = 0
    for file in files:
        raw = file.read_bytes()
        lines = raw.splitlines(keepends=True)
        for n in range(len(lines)):
            for left in (lines[:n], lines[:n] + lines[n + 1 :]):
                file.write_bytes(b"".join(left))
                try:
                    held = read_content(whole, form)
                    make_dossier(held, tmp_path / "a.standoff")
                except StandoffError:
                    refused += 1
                    continue
                # A line that says nothing of its own, such as the words around a quotation.
                assert held == content, (file, n)
                (tmp_path / "a.standoff").unlink()
        file.write_bytes(raw)
    assert refused > 20
    make_dossier(read_content(whole, form), tmp_path / "a.standoff")


def test_files_of_a_data_package_have_the_hashes_it_names(kept: Ledger, tmp_path: Path) -> None:
    write_content(collect(kept.store), tmp_path / "t", "csv")
    table = tmp_path / "t" / "decisions.csv"
    table.write_text(table.read_text("utf-8").replace("seen again", "never seen"), "utf-8")
    with pytest.raises(BadRecord, match=r"decisions\.csv with another hash"):
        read_content(tmp_path / "t")
    (tmp_path / "t" / "datapackage.json").write_text("[]", "utf-8")
    with pytest.raises(UnreadableFile):
        read_content(tmp_path / "t", "csv")


def test_an_export_without_seals_is_taken_only_on_demand(kept: Ledger, tmp_path: Path) -> None:
    old = replace(collect(kept.store), seals=())
    with pytest.raises(BadRecord, match="without seals"):
        make_dossier(old, tmp_path / "a.standoff")
    make_dossier(old, tmp_path / "a.standoff", unsealed=True)
    with Ledger.open(tmp_path / "a.standoff") as again:
        assert verify(again.store) == ()
        assert [s["note"] for s in collect(again.store).seals] == [
            "imported as found, without seals"
        ]


def test_a_damaged_record_is_not_passed_on_under_new_seals(kept: Ledger, tmp_path: Path) -> None:
    (run,) = kept.runs()
    kept.store.connection.execute(FORGED)
    with pytest.raises(DamagedDossier, match="no seal covers it"):
        collect_sound(kept.store)
    with pytest.raises(DamagedDossier):
        write_bundle(kept, run.handle, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("covers", ["[]", "{", '{"x":1}', '{"decisions":{"first":1}}', '{"meta":7}',
                                    '{"decisions":{"first":1,"last":1e999,"rows":1,"sha256":""}}'])  # fmt: skip
def test_a_seal_that_says_nonsense_is_named(kept: Ledger, covers: str) -> None:
    from standoff.ledger.seals import START, chained

    (first, *_) = collect(kept.store).seals
    chain = chained(START, 1, first["at"], "", covers)
    forged = {**first, "covers": covers, "chain": chain}
    assert broken_seals({**collect(kept.store).rows(), "seals": [forged]})


def test_flipped_bits_are_found_wherever_they_change_what_is_held(
    kept: Ledger, tmp_path: Path
) -> None:
    kept.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = kept.path.read_bytes()
    wanted = collect(kept.store)
    rng, passed, found = random.Random(20), list[int](), 0
    path = tmp_path / "flipped.standoff"
    for _ in range(150):
        place = rng.randrange(len(raw) * 8)
        flipped = bytearray(raw)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        for mark in ("-wal", "-shm"):
            path.with_name(path.name + mark).unlink(missing_ok=True)
        try:
            with Ledger.open(path) as again:
                if verify(again.store):
                    found += 1
                elif collect(again.store) != wanted:
                    passed.append(place)
        except StandoffError:
            found += 1
    assert passed == [] and found >= 10


def test_the_chain_can_be_followed_with_nothing_but_sha256(kept: Ledger) -> None:
    # By hand, from the page docs/reference/ledger.md and no function of the program.
    content, chain = collect(kept.store), "0" * 64
    for one in content.seals:
        said = [chain, one["number"], one["at"], one["note"], one["covers"]]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        chain = hashlib.sha256(text.encode()).hexdigest()
        assert chain == one["chain"]
    last = json.loads(content.seals[2]["covers"])["decisions"]
    rows = [d for d in content.decisions if last["first"] <= d["number"] <= last["last"]]
    lines = "".join(
        json.dumps(d, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        for d in rows
    )
    assert hashlib.sha256(lines.encode()).hexdigest() == last["sha256"]


def test_a_description_of_data_model_2_is_taken_in(tmp_path: Path) -> None:
    from importlib import resources

    from standoff.assess import system_of

    archive = Path(__file__).parents[2] / "archives" / "ledger" / "model-2.standoff"
    shipped = resources.files("standoff.systems") / "data" / "west-pacific-2021" / "system.toml"
    mine, secret = tmp_path / "mine.toml", tmp_path / "secret.txt"
    mine.write_text(shipped.read_text("utf-8"), "utf-8")
    secret.write_text("a private key", "utf-8")
    for file, held in ((mine, mine.read_text("utf-8")), (secret, ""), (tmp_path / "gone", "")):
        path = tmp_path / f"{file.stem}.standoff"
        shutil.copyfile(archive, path)
        with closing(sqlite3.connect(path)) as old:
            sql = old.execute("SELECT sql FROM sqlite_master WHERE name = 'meta_stays'").fetchone()
            old.execute("DROP TRIGGER meta_stays")
            old.execute("UPDATE meta SET value = ? WHERE key = 'system'", (str(file),))
            old.execute(sql[0])
            old.commit()
        with Ledger.open(path) as ledger:
            assert ledger.description.get("text", "") == held
            assert verify(ledger.store) == ()
            if held:
                assert system_of(ledger).slug == "west-pacific-2021"
