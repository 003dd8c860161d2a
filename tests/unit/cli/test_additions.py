"""`standoff facts add`, `standoff actors add`, `standoff undo` and what reading does with them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger, verify

HEAD = "kind,subject,object,value,unit,from,to,source\n"
ALPHA = HEAD + "distance,Alpha Rock,Beta Rock,12,km,,,survey 2020\n"


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "d.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result.output if code == 0 else result.stderr


def test_facts_are_added_once_listed_shown_and_taken_back(dossier: Path) -> None:
    Path("mine.csv").write_text(ALPHA)
    first = run("facts", "add", "mine.csv", "--because", "my own survey", "--author", "Li")
    assert "1 of 1" in first and "standoff undo A-0001" in first
    assert "0 of 1" in run("facts", "add", "mine.csv")
    (row,) = json.loads(run("facts", "list", "added", "--format", "json"))
    assert (row["value"], row["author"], row["because"]) == ("12", "Li", "my own survey")
    shown = run("facts", "show", "Alpha Rock")
    assert "survey 2020" in shown and "by Li (A-0001)" in shown
    assert "A-0001" in run("decisions", "--kind", "add_fact")
    assert "no such" not in run("undo", "A-0001", "--author", "Li")
    assert json.loads(run("facts", "list", "added", "--format", "json")) == []
    assert "expected" in run("facts", "show", "Alpha Rock", code=2)


def test_one_wrong_row_keeps_all_out(dossier: Path) -> None:
    Path("bad.csv").write_text(ALPHA + "distance,A,C,twelve,km,,,survey\n")
    assert "twelve" in run("facts", "add", "bad.csv", code=2)
    assert run("facts", "list", "added", "--format", "json").strip() == "[]"
    Path("mine.csv").write_text(ALPHA)
    run("facts", "add", "mine.csv")
    Path("mine.csv").write_text(ALPHA.replace(",12,", ",15,"))
    clash = run("facts", "add", "mine.csv", code=2)
    assert "12" in clash and "15" in clash
    assert "UTF-8" in run("facts", "add", "none.csv", code=2)
    with Ledger.open(dossier) as ledger:
        assert [r["value"] for r in ledger.added_facts()] == ["12"]


def test_a_report_is_read_with_the_added_names(dossier: Path) -> None:
    Path("r.txt").write_text("Gondor condemned China on Friday.")
    Path("names.csv").write_text("name,code,from,to\nGondor,GONGOV,,\n")
    before = run("read", "r.txt", "--published", "2021-08-13")
    assert "GON" not in before
    assert "1 of 1" in run("actors", "add", "names.csv")
    assert "Gondor" in run("actors", "list", "--added")
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    with Ledger.open(dossier) as ledger:
        assert ledger.signals()[0].signal.source_actors == ("GON",)


def test_stored_verdicts_stay_until_someone_checks_again(dossier: Path) -> None:
    Path("r.txt").write_text("Japan spent 5 percent of its GDP on defense in 2020.")
    Path("f.csv").write_text(
        HEAD + "share,JPN,milex_gdp_share,5,% of GDP,2020-01-01,2020-12-31,my ministry\n"
    )
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    assert "standoff recheck" in run("facts", "add", "f.csv")
    verdict = lambda: json.loads(run("claims", "--format", "json"))[0]["verdict"]  # noqa: E731
    assert verdict() == "CONTRADICTED"
    assert "was" in run("recheck", "--format", "json") and verdict() == "CONTRADICTED"
    run("recheck", code=2)
    assert verdict() == "CONTRADICTED"
    done = json.loads(run("recheck", "--yes", "--because", "new figures", "--format", "json"))
    assert verdict() == "SUPPORTED"
    assert "new figures" in run("why", "C-01")
    assert "0 claims differ, 1 stay" in run("recheck")
    # A person's verdict stands above every check.
    run("overrule", "C-01", "contradicted", "--because", "the ministry is wrong")
    with Ledger.open(dossier) as ledger:
        assert ledger.claims()[0].outcome == "CONTRADICTED"
    run("undo", "last")
    run("undo", done["action"])
    assert verdict() == "CONTRADICTED"


def test_a_claim_is_held_against_the_added_facts(dossier: Path) -> None:
    Path("r.txt").write_text("Japan spent 5 percent of its GDP on defense in 2020.")
    Path("f.csv").write_text(
        HEAD + "share,JPN,milex_gdp_share,5,% of GDP,2020-01-01,2020-12-31,my ministry\n"
    )
    assert "CONTRADICTED" in run("read", "r.txt", "--published", "2021-08-13")
    run("facts", "add", "f.csv")
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    (claim,) = json.loads(run("claims", "--format", "json"))
    assert claim["verdict"] == "SUPPORTED" and "my ministry" in json.dumps(claim)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Japan condemned Côte d’Ivoire.".encode("cp1252"), "cp1252"),
        (b"\xef\xbb\xbfJapan condemned China.", "utf-8-sig"),
        ("Japan condemned China.".encode("utf-16"), "utf-16"),
        (("é" * 200 + " Japan condemned China." * 20).encode() + b"\xff" * 2, "utf-8+replace"),
        (b"Japan condemned China.\r\n", "utf-8"),
    ],
)
def test_the_exact_bytes_of_a_file_are_kept(dossier: Path, data: bytes, encoding: str) -> None:
    Path("r.txt").write_bytes(data)
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier))
    digest = hashlib.sha256(data).hexdigest()
    with Ledger.open(dossier) as ledger:
        (row,) = ledger.store.query("SELECT content, sha256, encoding FROM document")
        assert (bytes(row["content"]), row["sha256"]) == (data, digest)
        assert row["encoding"] == encoding or encoding == "cp1252"
        assert "condemned" in ledger.document("D-001").text and not verify(ledger.store)
        before = ledger.signals()
    assert digest[:12] in run("why", "D-001") and "r.txt" in run("why", "D-001")
    for form in ("plover", "annotation", "csv"):
        run("export", f"out-{form}", "--to", form)
        run("import", f"out-{form}", f"copy-{form}")
        with Ledger.open(f"copy-{form}.standoff") as copy:
            (row,) = copy.store.query("SELECT content FROM document")
            assert bytes(row["content"]) == data and copy.signals() == before


def test_a_page_keeps_the_hash_of_its_file(dossier: Path) -> None:
    Path("r.html").write_text("<html><body><p>Japan condemned China.</p></body></html>")
    run("read", "r.html", "--published", "2021-08-13", "--dossier", str(dossier))
    with Ledger.open(dossier) as ledger:
        used = ledger.activity("D-001").parameters
        assert used["file_sha256"] == hashlib.sha256(Path("r.html").read_bytes()).hexdigest()
        assert ledger.document("D-001").text.strip() == "Japan condemned China."
        assert ledger.activity("S-001").kind == "read"


def test_facts_and_actors_can_be_used_for_one_run(dossier: Path) -> None:
    Path("r.txt").write_text(
        "Gondor condemned China. Japan spent 5 percent of its GDP on defense in 2020."
    )
    Path("names.csv").write_text("name,code,from,to\nGondor,GONGOV,,\n")
    Path("f.csv").write_text(
        HEAD + "share,JPN,milex_gdp_share,5,% of GDP,2020-01-01,2020-12-31,my ministry\n"
    )
    own = ("--facts", "f.csv", "--actors", "names.csv")
    out = run("read", "r.txt", "--published", "2021-08-13", *own)
    assert "SUPPORTED" in out and "GON" in out
    run("read", "r.txt", "--published", "2021-08-13", "--dossier", str(dossier), *own)
    with Ledger.open(dossier) as ledger:
        assert ledger.claims()[0].outcome == "SUPPORTED" and ledger.added_facts() == ()
