"""Forecasts without a dossier: cases, signals, facts, signs on real systems."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from standoff.assess import forecast_case, forecast_events, open_workbench, read_cases, score_cases
from standoff.cli.app import app
from standoff.errors import BadRecord
from standoff.forecast import draft_system, events_of, weigh
from standoff.game import solve_batch
from standoff.measure import measure_stance
from standoff.systems import load_system

AT = date(2022, 2, 23)


def signal(event="MOBILIZE", valence="threaten", channel="deeds", days=3, at=AT, **more):
    return {
        "event": event,
        "channel": channel,
        "valence": valence,
        "sources": ["RUS"],
        "targets": ["UKR"],
        "status": "done",
        "date": str(at - timedelta(days=days)),
        **more,
    }


def case(**more):
    return {"id": "x", "as_of": str(AT), "challenger": "RUS", "protege": "UKR", **more}


SYSTEMS = (
    ("west", None),
    ("RUS", "UKR", AT, ["USA", "POL"]),
    ("IRQ", "KWT", date(1990, 7, 31), ["USA", "SAU"]),
    ("XAA", "XBB", AT, ["XCC"]),
)


@pytest.mark.parametrize("which", SYSTEMS, ids=lambda s: f"{s[0]}-{s[1]}")
def test_signs_hold_on_whole_systems(which) -> None:
    """The printed mean, with game, base rate, patrons and draws of the system itself."""
    if which[0] == "west":
        system = load_system("west-pacific-2021")
        at = system.as_of
    else:
        at = which[2]
        system = draft_system(which[0], which[1], at, defenders=which[3])
    c, t, k = system.challenger, system.protege, system.defenders[0]
    record = [
        signal(days=20, at=at, sources=[c], targets=[t]),
        signal("CONSULT", "conciliate", "words", days=9, at=at, sources=[c], targets=[t]),
    ]
    events = events_of(record).events
    blank = measure_stance((), at=at)
    bench = open_workbench(system, blank, blank, at=at, draws=200, seed=1, events=events)
    solved = solve_batch(bench.game, bench.draws)
    before = bench.attack(solved).mean()
    from standoff.assess.answer import parties_of

    for event, valence, channel, sign in (
        ("MOBILIZE", "threaten", "deeds", 1),
        ("THREATEN", "threaten", "words", 1),
        ("ACCUSE", "accuse", "words", 1),
        ("REQUEST", "conciliate", "words", -1),
        ("AGREE", "conciliate", "words", -1),
        ("RETREAT", "conciliate", "deeds", -1),
    ):
        for sources, targets in (([c], [t]), ([t], [c]), ([c], [k])):
            added = signal(event, valence, channel, at=at, sources=sources, targets=targets)
            pieces, _ = weigh(
                events_of([added]).events,
                parties_of(system, bench.basis),
                bench.use.model,
                at=at,
            )
            assert sign * (bench.attack(solved, added=pieces).mean() - before) > 0, added


def test_facts_of_the_patrons_move_the_reference_system() -> None:
    west = load_system("west-pacific-2021")

    def attack(system):
        found = forecast_events(system, [], as_of=west.as_of, draws=400)
        return found.answer.at(12).mean, dict(found.defenders)

    whole, fights = attack(west)
    assert attack(replace(west, defenders=(), supporters=()))[0] > 1.5 * whole
    strong = [
        replace(c, value=west.value(c.name, "CHN"))
        if c.actor == "TWN" and c.name in ("cinc", "milex")
        else c
        for c in west.covariates
    ]
    assert attack(replace(west, covariates=tuple(strong)))[0] < whole
    bound = [
        replace(c, obligation="defence") if (c.owner, c.protege) == ("USA", "TWN") else c
        for c in west.commitments
    ]
    lower, more = attack(replace(west, commitments=tuple(bound)))
    assert lower < whole and more["USA"].mean > 1.2 * fights["USA"].mean


def test_a_case_with_signals_stands_above_the_same_without() -> None:
    quiet = forecast_case(case(), draws=200)
    loud = forecast_case(
        case(signals=[signal(days=d) for d in range(1, 20)], outcomes={"violence": 1}), draws=200
    )
    assert loud.p_violence > 5 * quiet.p_violence and loud.n_signals == 19
    assert quiet.lr < 1.5 and loud.lr == pytest.approx(loud.p_violence / loud.base)


def test_texts_are_read() -> None:
    text = {"text": "Russia sent troops to the border with Ukraine.", "published": "2022-02-20"}
    found = forecast_case(case(texts=[text]), draws=200)
    assert not found.error and found.p_violence > 0


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"months": 4}, "months"),
        ({"months": None}, "months"),
        ({"defenders": "USA"}, "defenders"),
        ({"signals": "none"}, "signals"),
        ({"texts": [{"text": "x"}]}, "published"),
        ({"outcomes": [1]}, "outcomes"),
        ({"outcomes": {"violence": "yes"}}, "violence"),
        ({"as_of": "someday"}, "someday"),
        ({"as_of": "1985-01-01"}, "RUS on 1985-01-01"),
        ({"challenger": "UKR"}, "UKR as challenger and protege"),
        ({"challenger": 5}, "challenger"),
    ],
)
def test_a_broken_case_says_so_and_stops_nothing(change, named) -> None:
    found = [forecast_case(case(**change), draws=200), forecast_case(case(), draws=200)]
    assert named in found[0].error and not found[1].error
    assert score_cases(found) is None


def test_very_small_challengers_are_forecast() -> None:
    found = forecast_case(case(challenger="MLT", protege="USA"), draws=200)
    assert not found.error and 0 < found.p_violence < 0.01


def test_scores_come_out_of_known_answers(tmp_path) -> None:
    """Brier and area of two cases by hand."""
    file = tmp_path / "cases.jsonl"
    rows = [
        case(id="a", outcomes={"violence": 1}, signals=[signal("ASSAULT")]),
        case(id="b", outcomes={"violence": 0}),
    ]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows))
    a, b = (forecast_case(c, draws=200) for c in read_cases(file))
    scores = score_cases([a, b])
    assert scores.brier[0] == pytest.approx(((1 - a.p_violence) ** 2 + b.p_violence**2) / 2)
    assert scores.auc[0] == 1.0 and scores.events == 1
    run = CliRunner().invoke(
        app, ["backtest", "--cases", str(file), "--draws", "200", "--format", "json"]
    )
    assert run.exit_code == 0
    assert set(json.loads(run.stdout)["cases"][0]) == {
        *("id", "p_violence", "p_defender_fights", "base", "lr", "n_signals"),
    }
    file.write_text("{broken\n")
    with pytest.raises(BadRecord, match="line 1"):
        read_cases(file)


def assess(tmp_path, records, *options):
    file = tmp_path / "signals.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in records))
    arguments = ["assess", "--signals", str(file), "--draws", "200", *options]
    return CliRunner().invoke(app, arguments)


def test_assess_from_a_file_of_signals(tmp_path) -> None:
    roles = ("--challenger", "RUS", "--protege", "ukr", "--defenders", "USA,POL")
    records = [signal(days=d) for d in range(1, 9)]
    run = assess(tmp_path, records, *roles, "--as-of", str(AT), "--format", "json")
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    product = 1.0
    for line in found["updates"]:
        product *= line["ratio"]
    year, base = found["forecast"][-1]["p"], found["base"][-1]["p"]
    assert product * base == pytest.approx(year, rel=1e-6)
    assert [f["months"] for f in found["forecast"]] == [3, 6, 12]
    assert [d["actor"] for d in found["defenders"]] == ["USA", "POL"]
    first = assess(tmp_path, records, *roles, "--as-of", str(AT))
    assert "by 2022-05-23" in first.stdout and "without" in first.stdout
    table = assess(tmp_path, records, *roles, "--as-of", str(AT), "--full")
    assert "within 3 months" in table.stdout and "build-up" in table.stdout


def test_fictional_states_work_from_the_first_signal(tmp_path) -> None:
    roles = ("--challenger", "XAA", "--protege", "XBB", "--as-of", str(AT), "--format", "json")
    records = [signal(days=d, sources=["XAA"], targets=["XBB"]) for d in range(1, 20)]
    loud, quiet = (
        json.loads(assess(tmp_path, r, *roles).stdout)
        for r in (
            records,
            [signal("CONSULT", "conciliate", "words", sources=["XAA"], targets=["XBB"])],
        )
    )
    assert loud["forecast"][0]["p"] > 3 * quiet["forecast"][0]["p"]
    assert any("class" in note for note in loud["notes"])


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--challenger", "RUS", "--as-of", "2022-02-23"), "--challenger X --protege Y"),
        (("--challenger", "RUS", "--protege", "UKR"), "--as-of"),
        (("--system", "west-pacific-2021", "--defenders", "USA"), "beside it"),
        (("--challenger", "CHN", "--protege", "HKG", "--as-of", "2021-01-01"), "held"),
        (("--challenger", "RUS", "--protege", "UKR", "--as-of", "1985-01-01"), "RUS on"),
    ],
)
def test_bad_questions_are_refused(tmp_path, options, named) -> None:
    from standoff.errors import StandoffError

    run = assess(tmp_path, [signal()], *options)
    assert isinstance(run.exception, StandoffError) or run.exit_code == 2
    assert named in run.output + str(run.exception)
