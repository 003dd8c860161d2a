"""The commands about the record: review, search, exchange, agreement, bundle."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger
from standoff.terms import Document, Report, signal_from_record

TEXT = "Japan pledged ships. Japan sent ships. Japan withdrew its ships."


def coded(explicitness: int = 1, coder: str = "rules") -> Report:
    from datetime import date

    spans = [(0, 19), (21, 37), (39, 63)]
    signals = tuple(
        signal_from_record(
            {
                "id": f"s{a}", "start": a, "end": b, "quote": TEXT[a:b],
                "sources": [{"actor": "JPN"}], "targets": [{"actor": "CHN"}], "event": "SUPPORT",
                "channel": "words", "status": "done", "officialness": "official",
                "explicitness": explicitness if a else 0, "coder": coder, "protege": "TWN",
            }
        )
        for a, b in spans
    )  # fmt: skip
    document = Document.from_text(TEXT, title="t", source="Wire", published=date(2021, 8, 1))
    return Report(document, signals)


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "d.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(coded())
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def run(*words: str, keys: str = "", code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), input=keys)
    assert result.exit_code == code, result.output
    return result.output


def states(path: Path) -> list[str]:
    with Ledger.open(path) as ledger:
        return [s.state for s in ledger.signals()]


def test_review_takes_one_key_for_each_suggestion(dossier: Path) -> None:
    out = run("review", keys="ax ")
    assert states(dossier) == ["accepted", "rejected", "suggested"]
    assert "1 of 3" in out and "decided  2" in out


def test_backspace_takes_back_and_asks_again(dossier: Path) -> None:
    run("review", keys="a\x7fx")
    assert states(dossier) == ["rejected", "suggested", "suggested"]


def test_backspace_stays_within_the_review(dossier: Path) -> None:
    run("review", keys="aq")
    out = run("review", keys="\x7f \x7fxq")
    assert "at the beginning" in out
    assert states(dossier) == ["accepted", "rejected", "suggested"]


def test_an_edit_is_one_line_with_a_reason(dossier: Path) -> None:
    out = run("review", keys="eexplicitness=3 because both named\neexplicitness=9 because no\nq")
    with Ledger.open(dossier) as ledger:
        assert ledger.signal("S-001").signal.explicitness == 3
        assert [d.reason for d in ledger.decisions()] == ["both named"]
    assert "explicitness = 9" in out and "left 2" in out


def test_influential_suggestions_come_first(dossier: Path) -> None:
    from datetime import date

    with Ledger.open(dossier) as ledger:
        ledger.save_run(date(2021, 8, 13), {"influences": [{"signals": ["S-003"]}]})
    assert run("review", keys="q").index("S-003") > 0
    run("review", keys="aq")
    assert states(dossier) == ["suggested", "suggested", "accepted"]


def test_a_bulk_decision_is_shown_before_it_is_taken(dossier: Path) -> None:
    out = run("review", "--accept-all", code=2)
    assert "3 signals" in out and "nothing was changed" in out
    assert states(dossier) == ["suggested"] * 3
    run("review", "--accept-all", "--yes", "--because", "read")
    assert states(dossier) == ["accepted"] * 3
    (action,) = json.loads(run("decisions", "--format", "json"))
    assert action["items"] == 3 and action["because"] == "read"
    run("undo")
    assert states(dossier) == ["suggested"] * 3
    run("undo", code=2)


def test_the_past_is_shown_on_request(dossier: Path) -> None:
    run("review", "--reject-all", "--yes")
    assert json.loads(run("signals", "--format", "json", "--recorded-by", "2000-01-01")) == []
    rejected = json.loads(run("signals", "--format", "json", "--state", "rejected"))
    assert len(rejected) == 3
    assert run("documents", "--recorded-by", "2000-01-01").strip().count("\n") == 1


def test_search_finds_words_in_texts_and_quotes(dossier: Path) -> None:
    hits = json.loads(run("search", "sent ships", "--format", "json"))["hits"]
    assert [h["handle"] for h in hits] == ["D-001", "S-002"]


def test_search_and_claims_know_only_what_was_there_then(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        ledger.accept(["S-002"], "they sent ships indeed")

    def found(*bounds: str) -> list[str]:
        told = json.loads(run("search", "sent ships", "--format", "json", *bounds))
        short = json.loads(run("search", "nt", "--format", "json", *bounds))
        assert bool(told["hits"]) == bool(short["hits"])
        return [h["kind"] for h in told["hits"]]

    assert found() == ["document", "signal", "note"]
    assert found("--as-of", "2021-08-01") == ["document", "signal"]  # the note is of today
    assert found("--as-of", "2021-07-31") == found("--recorded-by", "2021-08-01") == []
    assert found("--recorded-by", "2999-01-01") == ["document", "signal", "note"]
    Path("r.txt").write_text("Japan spent 5 percent of its GDP on defense in 2020.")
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    for bounds, count in (
        ((), 1),
        (("--as-of", "2021-08-12"), 0),
        (("--recorded-by", "2020-01-01"), 0),
    ):
        assert len(json.loads(run("claims", "--format", "json", *bounds))) == count


@pytest.mark.parametrize("form", ["plover", "annotation", "csv", "parquet"])
def test_export_and_import_give_the_same_dossier(dossier: Path, form: str) -> None:
    run("review", "--accept-all", "--yes")
    names = {"plover": "o.jsonl", "annotation": "o.json"}
    name = names.get(form, "folder")
    run("export", name, "--to", form)
    run("export", name, "--to", form, code=2)
    run("import", name, "copy")
    assert (
        run("cite").split("version = ")[1][:80]
        == (run("cite", "--dossier", "copy.standoff").split("version = ")[1][:80])
    )
    assert states(Path("copy.standoff")) == ["accepted"] * 3


def test_two_coders_are_compared(dossier: Path) -> None:
    with Ledger.create("other.standoff", system="west-pacific-2021") as other:
        other.add(coded(explicitness=2, coder="second"))
    run("export", "other.jsonl", "--dossier", "other.standoff")
    run("import", "other.jsonl", "--layer", "second")
    told = json.loads(run("agreement", "second", "--format", "json"))
    assert told["matched"] == 3 and told["f1"] == 1.0
    assert {d["field"] for d in told["disagreements"]} == {"explicitness"}
    assert "alpha" in run("agreement", "second")
    run("agreement", "third", code=2)


def test_a_bundle_that_was_touched_is_refused(dossier: Path) -> None:
    import zipfile
    from datetime import date

    with Ledger.open(dossier) as ledger:
        handle = ledger.save_run(date(2021, 8, 13), {"seed": 1, "draws": 300, "parts": {}})
    run("bundle", handle, "--out", "b.zip")
    first = Path("b.zip").read_bytes()
    run("bundle", handle, "--out", "c.zip")
    assert Path("c.zip").read_bytes() == first
    with zipfile.ZipFile("b.zip") as held:
        parts = {n: held.read(n) for n in held.namelist()}
    with zipfile.ZipFile("bad.zip", "w") as out:
        for name, raw in parts.items():
            out.writestr(name, raw.replace(b"pledged", b"promised"))
    assert "another hash" in run_error("reproduce", "bad.zip")
    assert "zip" in run_error("reproduce", str(dossier))


def run_error(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 2, result.output
    return result.output + (result.stderr if result.stderr_bytes else "")


def test_a_run_is_made_again_to_the_printed_digit_and_the_difference_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    run("new", "w")
    told = json.loads(run("diff", "--since", "2021-06-01", "--until", "2021-08-13",
                          "--draws", "100", "--format", "json"))  # fmt: skip
    before, after = told["runs"]
    assert before != after and told["gained"] and not told["lost"]
    assert all(m["difference"] != 0 for m in told["moved"])
    japan = next(m for m in told["moved"] if m["what"] == "JPN>TWN commitment words")
    assert japan["because"] and set(japan["because"]) <= set(told["gained"])
    # What came after the run must not disturb it.
    run("grade", "Wire", "A", "--because", "later")
    run("bundle", after, "--out", "b.zip")
    again = json.loads(run("reproduce", "b.zip", "--format", "json"))
    assert again["identical"] and again["differ"] == [] and again["numbers"] > 30


def test_a_bundle_carries_a_system_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import resources

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    shipped = resources.files("standoff.systems") / "data" / "west-pacific-2021" / "system.toml"
    text = shipped.read_text("utf-8").replace("Taiwan Strait and West Pacific", "My own strait")
    Path("mine.toml").write_text(text, encoding="utf-8")
    run("new", "w", "--system", "mine.toml")
    told = json.loads(run("assess", "--draws", "100", "--as-of", "2021-08-13", "--format", "json"))
    run("bundle", told["run"], "--out", "b.zip")
    Path("mine.toml").unlink()
    run("bundle", told["run"], "--out", "c.zip")
    assert Path("b.zip").read_bytes() == Path("c.zip").read_bytes()
    again = json.loads(run("reproduce", "b.zip", "--format", "json"))
    assert again["identical"] and again["differ"] == []


def test_a_run_about_the_past_is_bundled_as_it_was_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from standoff.assess import seed
    from standoff.systems import load_system

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "w.standoff"
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    early = datetime(2026, 1, 1, tzinfo=UTC)
    name = "west-pacific-2021"
    with Ledger.create(path, system=name, clock=lambda: early) as ledger:
        seed(ledger, load_system(name))
    # All within one second of the run, before and after it: only numbers can tell them apart.
    with Ledger.open(path, clock=lambda: early) as ledger:
        japan = [s.handle for s in ledger.signals() if "JPN" in s.signal.source_actors]
        ledger.reject(japan[:20], "doubted")
    options = ("--draws", "100", "--as-of", "2021-08-13", "--format", "json")
    now = json.loads(run("assess", *options))["run"]
    with Ledger.open(path) as ledger:
        ledger.reject(japan[20:], "doubted later")
    past = json.loads(run("assess", *options, "--recorded-by", "2026-01-02"))["run"]
    assert past == now
    with Ledger.open(path) as ledger:
        ledger.undo()
        ledger.undo(ledger.decisions()[0].batch)
    for handle in (now, past):
        Path("b.zip").unlink(missing_ok=True)
        run("bundle", handle, "--out", "b.zip")
        again = json.loads(run("reproduce", "b.zip", "--format", "json"))
        assert again["identical"], again


def test_a_dossier_holds_its_description_and_takes_over_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import resources

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    shipped = resources.files("standoff.systems") / "data" / "west-pacific-2021" / "system.toml"
    text = shipped.read_text("utf-8")
    mine = Path("mine.toml")
    mine.write_text(text.replace("Taiwan Strait and West Pacific", "First title"), "utf-8")
    run("new", "w", "--system", "mine.toml", "--empty")
    mine.write_text(text.replace("Taiwan Strait and West Pacific", "Second title"), "utf-8")
    assert "First title" in run("system")
    run("system", "mine.toml", "--adopt", "--because", "a better title")
    mine.unlink()
    assert "Second title" in run("system")
    assert "sound" in run("verify")
    run("export", "out.jsonl")
    assert str(tmp_path) not in Path("out.jsonl").read_text("utf-8")
    run("import", "out.jsonl", "copy")
    assert "Second title" in run("system", "--dossier", "copy.standoff")
    run("undo", "--dossier", "w.standoff")
    assert "First title" in run("system", "--dossier", "w.standoff")
    mine.write_text("[system]", "utf-8")
    run_error("system", "mine.toml", "--adopt", "--dossier", "w.standoff")


def test_a_record_from_elsewhere_opens_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    secret = tmp_path / "key.pem"
    secret.write_text("-----BEGIN PRIVATE KEY-----", "utf-8")
    with Ledger.create("a.standoff", system=str(secret)) as ledger:
        handle = ledger.save_run(date(2021, 8, 13), {"parts": {}})
    said = run_error("bundle", handle, "--out", "b.zip", "--dossier", "a.standoff")
    assert "PRIVATE" not in said and not Path("b.zip").exists()
    run("export", "out.jsonl", "--dossier", "a.standoff")
    said = run_error("import", "out.jsonl", "copy")
    assert "another machine" in said and not Path("copy.standoff").exists()


def test_verify_tells_what_does_not_fit_and_keeps_a_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    run("new", "w")
    head = json.loads(run("verify", "--format", "json"))["head"]
    run("grade", "Wire", "B", "--because", "right before")
    assert json.loads(run("verify", "--head", head, "--format", "json"))["sound"]
    assert "not the one that was kept" in run("verify", "--head", "1:" + "0" * 64, code=2)
    with Ledger.open("w.standoff") as ledger:
        ledger.store.connection.execute(
            "INSERT INTO decision SELECT 999, at, author, action, subject, anchor, payload, 'forged',"
            " 'A-0099' FROM decision LIMIT 1"
        )
    assert "decisions 999: no seal covers it" in run("verify", code=2)
    run_error("export", "out.jsonl")
