"""whatif, tornado and voi as a person runs them: from a dossier, from a system, and badly."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.assess import assess_question, next_signals, open_bench, seed
from standoff.cli.app import app
from standoff.ledger import Ledger
from standoff.systems import load_system
from standoff.terms import Estimate

SLUG, DAY = "west-pacific-2021", date(2021, 8, 13)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    path = tmp_path_factory.mktemp("levers") / "west.standoff"
    clock = lambda: datetime(2021, 8, 13, tzinfo=UTC)  # noqa: E731
    with Ledger.create(path, system=SLUG, clock=clock) as ledger:
        seed(ledger, load_system(SLUG))
    return path


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_bench_has_the_draws_of_the_assessment(dossier) -> None:
    system = load_system(SLUG)
    with Ledger.open(dossier) as ledger:
        answer = assess_question(ledger, system, as_of=DAY, draws=200, seed=5)
        bench = open_bench(ledger, system, as_of=DAY, draws=200, seed=5)
    (war,) = (q.estimate for q in answer.quantities if q.key == "war")
    assert bench.answer().at(12) == war == Estimate.of(bench.setting({}).answer().arrays["all"])


def test_added_acts_are_those_that_a_file_of_signals_would_hold(tmp_path) -> None:
    added = ("--add", "MOBILIZE:5", "--add", "PLEDGE:2:USA>TWN@2021-08-01..2021-08-03")
    found = run("whatif", "--system", SLUG, *added, "--draws", 200, "--format", "json")
    assert found.exit_code == 0, found.output
    act = {"status": "done", "sources": ["CHN"], "targets": ["TWN"], "event": "MOBILIZE",
           "channel": "deeds", "valence": "threaten", "date": "2021-08-13"}  # fmt: skip
    word = {"status": "done", "sources": ["USA"], "targets": ["TWN"], "event": "SUPPORT",
            "x_event": "PLEDGE", "channel": "words", "valence": "commit", "protege": "TWN"}  # fmt: skip
    rows = [act | {"event_key": f"a{i}"} for i in range(5)]
    rows += [word | {"date": f"2021-08-0{d}"} for d in (1, 3)]
    file = tmp_path / "acts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows))
    options = ("--signals", file, "--system", SLUG, "--draws", 200, "--format", "json")
    told = json.loads(run("assess", *options).stdout)
    a = json.loads(found.stdout)
    assert np.isclose(
        a["effects"]["chance of an attack within a year"]["mean"], told["forecast"][2]["p"]
    )
    (line,) = (u for u in a["updates"] if u["update"] == "build-up (challenger)")
    assert (line["pieces"], line["pieces_with"]) == (0, 5) and line["times_with"] > 2
    table = run("whatif", "--system", SLUG, *added, "--set", "deeds:JPN=1", "--draws", 100)
    assert "Ledger of updates" in table.stdout and "lever deeds:JPN = 1" in table.stdout


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("MOBILIZE:0", "0 acts"),
        ("CHARGE", "one of AGREE"),
        ("MOBILIZE:2:FRA>TWN", "actor 'FRA'"),
        ("MOBILIZE@2021-13-01", "2021-13-01"),
        ("MOBILIZE@2021-08-14", "none after 2021-08-13"),
        ("MOBILIZE 30", "NAME"),
    ],
)
def test_a_wrong_addition_is_named(text, part) -> None:
    found = run("whatif", "--system", SLUG, "--add", text, "--draws", 100)
    assert found.exit_code == 2 and part in found.stderr


def test_whatif_starts_from_the_measured_stance_or_says_that_it_does_not(dossier) -> None:
    levers = ("--set", "deeds:JPN=1", "--draws", "200", "--format", "json")
    measured = run("whatif", "--dossier", dossier, "--as-of", DAY, *levers)
    average = run("whatif", "--system", SLUG, *levers)
    assert measured.exit_code == average.exit_code == 0
    a, b = json.loads(measured.stdout), json.loads(average.stdout)
    assert "measured on 2021-08-13" in a["basis"] and "at its prior" in b["basis"]
    assert a["effects"] != b["effects"]
    for found in (a, b):
        effects = found["effects"]
        ratio = effects["times likelier"]
        assert ratio["low"] < ratio["mean"] < ratio["high"]
        printed = (
            effects["chance of an attack within a year"],
            effects["the same without the change"],
        )
        assert np.isclose(ratio["mean"], printed[0]["mean"] / printed[1]["mean"])
        assert found["claims_in_conflict"]
    again = run("whatif", "--dossier", dossier, "--as-of", DAY, *levers)
    assert again.stdout == measured.stdout


def test_an_extrapolation_is_warned_in_the_output(dossier) -> None:
    far = run(
        "whatif", "--dossier", dossier, "--as-of", DAY, "--set", "deeds:JPN=4", "--draws", 100
    )
    assert "warning: deeds:JPN" in far.stdout and "beyond 3" in far.stdout


def test_tornado_and_voi_print_tables_and_json(dossier) -> None:
    common = ("--dossier", dossier, "--as-of", DAY, "--draws", "200")
    bars = json.loads(run("tornado", *common, "--format", "json").stdout)["bars"]
    assert {b["block"] for b in bars} >= {"stances", "base rate", "challenger payoffs"}
    assert "relative to base rate" in run("tornado", *common).stdout
    found = json.loads(run("voi", *common, "--format", "json").stdout)
    moves = [s["absolute_log_ratio"] for s in found["next_signals"]]
    assert moves == sorted(moves, reverse=True) and moves[0] > 0
    shares = [s["share_of_spread_removed"] for s in found["stances"]]
    assert shares == sorted(shares, reverse=True)
    assert "next signal" in run("voi", *common).stdout


def test_the_next_signal_is_what_assess_would_make_of_it(dossier) -> None:
    """A promise raises words and makes an attack less likely; its refusal does the opposite."""
    with Ledger.open(dossier) as ledger:
        bench = open_bench(ledger, load_system(SLUG), as_of=DAY, draws=400, seed=1)
        found = {
            (s.actor, s.target, s.act): s for s in next_signals(bench, ledger.events(as_of=DAY))
        }
    promise = found["USA", "TWN", "promises to defend it"]
    refusal = found["USA", "TWN", "says it will not defend it"]
    assert dict(promise.levels)["words"] > 0 > dict(refusal.levels)["words"]
    assert promise.multiplier.mean < 1 < refusal.multiplier.mean
    assert np.isclose(dict(promise.levels)["deeds"], 0, atol=0.1)
    assert found["CHN", "TWN", "reassures it"].multiplier.mean < 1
    assert found["CHN", "TWN", "threatens it"].multiplier.mean > 1
    assert found["CHN", "TWN", "draws forces back from it"].multiplier.high < 1
    assert found["CHN", "TWN", "shows force against it"].multiplier.low > 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["whatif", "--set", "deeds:JPN=1"], "--system"),
        (["whatif", "--system", SLUG, "--as-of", "2021-08-13", "--set", "trade=2"], "--as-of"),
        (["whatif", "--system", SLUG, "--set", "deeds:JPN=1", "--draws", "3"], "3 draws"),
        (["whatif", "--system", SLUG, "--set", "nothing=1"], "lever 'nothing'"),
        (["whatif", "--system", SLUG, "--set", "trade=inf"], "trade = inf"),
        (["tornado"], "--system"),
        (["voi"], "no dossier here"),
        (["voi", "--draws", "10"], "10 draws"),
    ],
)
def test_bad_commands_name_what_to_do(arguments, named, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    found = run(*arguments)
    assert found.exit_code == 2 and named in found.output + str(found.exception)


def test_a_dossier_of_another_system_is_refused(dossier, tmp_path) -> None:
    found = run("whatif", "--system", tmp_path / "x", "--dossier", dossier, "--set", "trade=2")
    assert found.exit_code == 2


@pytest.mark.parametrize("by", ["signals", "presence", "terms"])
def test_shapley_shares_multiply_to_the_total(by) -> None:
    """In log-odds the means add up, whatever the intervals: Shapley's efficiency."""
    from standoff.game import (
        build_game,
        load_coefficients,
        presence_factors,
        signal_factors,
        term_factors,
    )

    found = run(
        "shapley", "--system", SLUG, "--by", by, "--draws", "100", "--seed", "3", "--format", "json"
    )
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["largest_error_of_the_sum"] < 1e-10 and told["by"] == by
    make = {"signals": signal_factors, "presence": presence_factors, "terms": term_factors}[by]
    game, _ = build_game(
        load_system(SLUG), {}, load_coefficients(), draws=5, rng=np.random.default_rng(3)
    )
    assert list(told["multipliers"]) == [f.name for f in make(game)]
    assert shapley_groups(told) == ({"denial", "punishment"} if by == "terms" else set())
    if by == "terms":  # what raises the cost of force lowers the odds of war
        assert told["groups"]["punishment"]["high"] < 1
    table = run("shapley", "--system", SLUG, "--by", by, "--draws", "50").stdout
    assert "all together" in table and "Against" in table


def shapley_groups(told) -> set[str]:
    return set(told["groups"])
