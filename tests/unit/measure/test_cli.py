"""`standoff measure` and `standoff timeline`, with a dossier and without."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger, Origin
from standoff.systems import load_chronology
from standoff.terms import ExtensionEvent, PloverEvent, Report, Valence, signal_record

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
        (("fit", "stance", "--from", "-", "--out", "m.toml", "--draws", "2"), "at least 16"),
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


def test_a_dossier_as_it_stood_before_it_was_filled_has_no_signal(dossier):
    for command in (("measure",), ("timeline", "--series", "JPN>TWN")):
        early = run(*command, "--recorded-by", "2020-01-01", "--dossier", str(dossier))
        assert early.exit_code == 2 and "recorded-by" in early.output
        now = run(*command, "--recorded-by", "2999-01-01", "--dossier", str(dossier))
        assert now.exit_code == 0 and now.output == run(*command, "--dossier", str(dossier)).output
    mixed = run("measure", "--from", "-", "--recorded-by", "2020-01-01", text="{}")
    assert mixed.exit_code == 2 and "no history" in mixed.output


def test_a_rejection_made_later_is_rolled_back(tmp_path):
    path = tmp_path / "d.standoff"
    chronology = load_chronology("west-pacific-2021")
    moment = datetime(2021, 8, 13, tzinfo=UTC)
    later = datetime(2021, 8, 20, tzinfo=UTC)
    with Ledger.create(path, system="west-pacific-2021", clock=lambda: moment) as book:
        book.add(
            Report(chronology.document, tuple(e.signal for e in chronology.entries)),
            origins={e.signal.id: Origin(e.source, e.available, e.url) for e in chronology.entries},
        )
    at = ("--at", "2021-08-13", "--dossier", str(path), "--format", "json", "--series", "JPN>TWN")
    with Ledger.open(path, clock=lambda: later) as book:
        whole = json.loads(run("measure", *at).output)["levels"][0]
        book.reject([whole["rests_on"][0]["signals"][0]], "not said")
    less = json.loads(run("measure", *at).output)["levels"][0]
    before = json.loads(run("measure", *at, "--recorded-by", "2021-08-19").output)["levels"][0]
    assert less["signals"] == whole["signals"] - 1
    assert before == whole


def test_hindsight_and_records_on_a_timeline(dossier, make):
    base = ("timeline", "--series", "JPN>TWN", "--since", "2020-06-01", "--at", "2021-08-13",
            "--points", "12", "--dossier", str(dossier), "--format", "json")  # fmt: skip
    then, later = (json.loads(run(*base, *more).output) for more in ((), ("--hindsight",)))
    width = [sum(r["words"]["high"] - r["words"]["low"] for r in rows) for rows in (then, later)]
    assert width[1] < width[0]
    line = json.dumps(signal_record(make("s1").signal))
    one = run("timeline", "--series", "JPN>TWN", "--from", "-", text=line)
    assert one.exit_code == 0 and "as known then" in one.output and "next" not in one.output


def test_what_a_level_rests_on_is_quoted(dossier):
    done = run("measure", "--series", "JPN>TWN", "--at", "2021-08-13", "--dossier", str(dossier))
    rows = [r for r in done.output.splitlines() if r.startswith("S-")]
    assert len(rows) == 12 and all(r.rstrip().endswith('"') for r in rows)


# ---------------------------------------------------------------- bad input, as a user meets it


def records(*events):
    """Records of the events' signals, as `standoff read` prints them, with their grades."""
    return "\n".join(
        json.dumps(
            {
                **signal_record(e.signal),
                "handle": e.key,
                "grade": e.reports[0].grade.value,
                "published": e.available.isoformat(),
            }
        )
        for e in events
    )


def measured(text, *more):
    done = run("measure", "--from", "-", "--format", "json", *more, text=text)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_one_signal_is_measured_and_called_a_prior(make):
    (level,) = measured(records(make("s1")))["levels"]
    words = level["words"]
    assert words["status"] == "prior" and words["low"] < 0 < words["high"]


def test_only_denials_leave_no_series_and_say_why(make):
    denials = [
        make(f"d{i}", x_event=ExtensionEvent.DENY, valence=Valence.NEUTRAL, event=PloverEvent.NONE)
        for i in range(3)
    ]
    found = measured(records(*denials))
    assert found["levels"] == []
    assert all("credibility" in r["reason"] for r in found["refused"]) and found["refused"]
    shown = run("measure", "--from", "-", text=records(*denials))
    assert shown.exit_code == 0 and "no evidence" in shown.output


def test_all_on_one_day_and_two_hundred_years_of_silence(make):
    day = [make(f"e{i}", event=e) for i, e in enumerate((PloverEvent.SUPPORT, PloverEvent.CONSULT))]
    one_day = measured(records(*day))["levels"][0]["words"]
    assert one_day["low"] < one_day["median"] < one_day["high"]
    old = records(make("e", date(1821, 6, 1)))
    words = measured(old, "--at", "2021-08-13")["levels"][0]["words"]
    assert words["high"] - words["low"] > 3.4 and words["status"] == "prior"
    drawn = run("timeline", "--series", "JPN>TWN", "--from", "-", "--at", "2021-08-13", text=old)
    assert drawn.exit_code == 0 and "1821" in drawn.output


def test_contradictory_grades_and_dates_out_of_order(make):
    good, bad = make("a", grades="A"), make("a", grades="E")
    both = records(good, bad)
    found = measured(both)["levels"]
    swapped = measured("\n".join(reversed(both.splitlines())))["levels"]
    # One event, two reports: the better source decides, in whichever order they come.
    assert [v["words"] for v in found] == [v["words"] for v in swapped]
    events = [make(f"e{i}", date(2020, 1, 1) + timedelta(days=9 * i)) for i in range(6)]
    there, back = measured(records(*events)), measured(records(*events[::-1]))
    assert there == back


def test_a_grade_or_date_that_is_none_is_refused_with_its_line(make):
    line = json.loads(records(make("s1")))
    for change, words in (({"grade": "G"}, "grade"), ({"published": "soon"}, "published")):
        done = run("measure", "--from", "-", text=json.dumps({**line, **change}))
        assert done.exit_code == 2 and words in done.output and "s1" in done.output


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--model", "/nowhere.toml", "unreadable-file"),
        ("--model", "model-9", "model-3"),
        ("--items", "/nowhere.toml", "unreadable-file"),
        ("--items", "items-9", "items-2"),
        ("--within", "0", "window"),
        ("--delta", "-1", "delta"),
    ],
)
def test_options_that_name_nothing_say_what_to_do(make, option, value, words):
    done = run("measure", "--from", "-", option, value, text=records(make("s1")))
    assert done.exit_code == 2 and words in done.output and len(done.output.splitlines()) == 1


@pytest.mark.parametrize("content", ["name = ", "name = 'x'", "name = 'x'\nversion = 'one'"])
def test_a_broken_model_file_is_named(make, tmp_path, content):
    path = tmp_path / "broken.toml"
    path.write_text(content)
    done = run("measure", "--from", "-", "--model", str(path), text=records(make("s1")))
    assert done.exit_code == 2 and "broken.toml" in done.output.replace("\n", "")
