"""`standoff measure` and `standoff timeline`, with a dossier and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger, Origin
from standoff.systems import load_chronology
from standoff.terms import Report, signal_record

RUN = CliRunner()


@pytest.fixture(scope="module")
def dossier(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("d") / "w.standoff"
    chronology = load_chronology("west-pacific-2021")
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(
            Report(chronology.document, tuple(e.signal for e in chronology.entries)),
            origins={e.signal.id: Origin(e.source, e.available, e.url) for e in chronology.entries},
        )
    return path


def run(*arguments: str, text: str | None = None):
    return RUN.invoke(app, list(arguments), input=text)


def test_all_series_of_a_dossier(dossier):
    done = run("measure", "--at", "2021-08-13", "--dossier", str(dossier))
    assert done.exit_code == 0
    line = next(row for row in done.output.splitlines() if row.startswith("L-JPN>TWN@2021-08-13"))
    assert "measured" in line and " to " in line
    assert done.output.splitlines()[-1].startswith("next")


def test_one_series_as_json_says_what_it_rests_on(dossier):
    done = run("measure", "--series", "JPN>TWN", "--at", "2021-08-13", "--dossier", str(dossier),
               "--format", "json")  # fmt: skip
    (level,) = json.loads(done.output)["levels"]
    assert level["words"]["low"] < level["words"]["median"] < level["words"]["high"]
    assert level["words"]["status"] == "measured"
    assert sum(r["share"] for r in level["rests_on"]) == pytest.approx(1.0, abs=1e-6)
    assert {s["channel"] for s in level["shifts"]} == {"words", "deeds"}
    assert all(0 <= s["probability"] <= 1 for s in level["shifts"])


def test_a_timeline_in_four_forms(dossier):
    base = ("timeline", "--series", "JPN>TWN", "--since", "2019-01-01", "--at", "2021-08-13",
            "--points", "20", "--dossier", str(dossier))  # fmt: skip
    plot = run(*base)
    assert plot.exit_code == 0 and "2019-01-01" in plot.output and "o" in plot.output
    table = run(*base, "--format", "table").output
    assert "L-JPN>TWN@2021-08-13" in table
    rows = json.loads(run(*base, "--format", "json").output)
    assert len(rows) == 20 and rows[-1]["handle"] == "L-JPN>TWN@2021-08-13"
    vega = json.loads(run(*base, "--format", "vega").output)
    assert vega["$schema"].endswith("v5.json")
    assert len(vega["data"]["values"]) == 40
    import vl_convert

    assert vl_convert.vegalite_to_svg(vega).startswith("<svg")


def test_records_without_a_dossier_and_copies_merge(make):
    record = signal_record(make("s1").signal)
    lines = [
        json.dumps({**record, "doc": doc, "published": "2021-06-02", "source": "wire"})
        for doc in ("a", "b")
    ] + [json.dumps({"type": "claim", "id": "c1"})]
    done = run("measure", "--from", "-", "--at", "2021-08-13", "--format", "json",
               text="\n".join(lines))  # fmt: skip
    assert done.exit_code == 0, done.output
    (level,) = json.loads(done.output)["levels"]
    assert (level["series"], level["signals"]) == ("JPN>TWN", 1)
    array = run("measure", "--from", "-", "--at", "2021-08-13", "--format", "json",
                text="[" + ",".join(lines) + "]")  # fmt: skip
    assert array.output == done.output


def test_a_bad_record_is_refused_and_the_rest_measured(make):
    good = json.dumps(signal_record(make("s1").signal))
    bad = json.dumps({**signal_record(make("s2").signal), "event": "SHOUT"})
    done = run("measure", "--from", "-", "--at", "2021-08-13", text=good + "\n" + bad)
    assert done.exit_code == 1
    assert "SHOUT" in done.stderr and "L-JPN>TWN@2021-08-13" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("measure", "--from", "/nowhere.jsonl"), "unreadable-file"),
        (("measure", "--from", "-", "--at", "2021-13-01"), "impossible-date"),
        (("measure", "--from", "-"), "no signal"),
    ],
)
def test_nothing_done_is_exit_2_with_one_message(arguments, words):
    done = run(*arguments, text="")
    assert done.exit_code == 2 and words in done.output and len(done.output.splitlines()) == 1


def test_a_series_that_is_misspelt_or_unknown(dossier):
    bad = run("measure", "--series", "JPN-TWN", "--dossier", str(dossier))
    assert bad.exit_code == 2 and "ACTOR>OBJECT" in bad.output
    unknown = run("measure", "--series", "NZL>TWN", "--at", "2021-08-13", "--dossier", str(dossier))
    assert unknown.exit_code == 0 and "prior" in unknown.output
    silent = run("timeline", "--series", "NZL>TWN", "--dossier", str(dossier))
    assert silent.exit_code == 2 and "without a signal" in silent.output


def test_constants_can_be_fitted_and_used(dossier, tmp_path):
    pytest.importorskip("numba")
    out = tmp_path / "mine.toml"
    done = run("fit", "stance", "--dossier", str(dossier), "--at", "2019-06-01", "--out", str(out),
               "--draws", "32", "--hold", "explicitness", "--name", "mine")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "converged" in done.output and "explicitness" in out.read_text("utf-8")
    used = run("measure", "--at", "2021-08-13", "--dossier", str(dossier), "--model", str(out))
    assert used.exit_code == 0 and "mine v1" in used.output
    bad = run("fit", "stance", "--dossier", str(dossier), "--out", str(out), "--hold", "charm")
    assert bad.exit_code == 2 and "charm" in bad.output
