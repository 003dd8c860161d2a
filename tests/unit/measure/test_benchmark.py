"""The quick forms of the studies run, and the figures that must never slip hold."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def study():
    pytest.importorskip("numba")
    sys.path.insert(0, str(FOLDER))
    try:
        names = (
            "measure_events", "measure_fit", "measure_shifts", "measure_real", "stance_worlds",
            "measure_worlds", "measure",
        )  # fmt: skip
        yield {n: _load(n) for n in names}
    finally:
        sys.path.remove(str(FOLDER))


def _load(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_a_figure_knows_goal_and_floor(study):
    figure = study["measure"].Figure
    assert figure("M0", "low is good", 0.1, 0.2, 0.4, "low").state == "reached"
    assert figure("M0", "low is good", 0.3, 0.2, 0.4, "low").state == "missed"
    assert figure("M0", "low is good", 0.5, 0.2, 0.4, "low").state == "below floor"
    assert figure("M0", "a range", 0.95, (0.885, 0.915), (0.87, 0.93), "in").state == "below floor"


@pytest.mark.slow
def test_intervals_cover_in_simulate_and_refit(study):
    found = study["measure_fit"].refit_study(4)
    # Four sets: the standard error of the coverage is about .012.
    assert 0.85 < found["cover filter"] < 0.95
    assert found["converged"] == 1.0 and found["ess"] > 40
    assert max(found["rmse smoother/oracle"]) < 1.2
    assert max(found["rmse filter/static"]) < 1.0


@pytest.mark.slow
def test_one_update_and_a_replay_are_fast(study):
    found = study["measure_fit"].speed_study(300)
    # Floors of the figures, on a machine that may be busy.
    assert found["p50"] < 2.0 and found["replay median"] < 100.0


@pytest.mark.slow
def test_copies_ruin_coverage_unless_they_are_merged(study):
    found = study["measure_shifts"].copies_study(1, 15)
    # The width that selection leaves also shelters from copies: .91 and .86 with 30 series.
    assert found["merged"] > 0.86 and found["merged"] > found["not merged"] + 0.02


@pytest.mark.slow
def test_jumps_are_followed(study):
    s = study["measure_shifts"]
    found = s.after_jump_study(1, 8, draws=60, truth=s.RESTING)
    # The laws that wander follow a jump too, later.
    assert found["online"] > 0.6 and found["online"] >= found["without jumps"]


@pytest.mark.slow
def test_real_events_are_predicted_better_than_by_moving_frequencies(study):
    real = study["measure_real"]
    if not real.OPEN_EVENTS.is_file():
        pytest.skip(f"no event file at {real.OPEN_EVENTS.name} (optional folder ../shared)")
    best = "with story and own scales"
    found = real.prequential(real.OPEN_EVENTS, least=100, variants=("plain", best))
    assert found[best]["gain"] > 0.0 and found[best]["low"] > -0.005
    assert found[f"{best}, from earlier days"]["gain"] > 0.0
    assert found[best]["gain"] > found["plain"]["gain"]


def test_event_files_of_three_shapes_are_read_alike(study, tmp_path):
    events = study["measure_events"]
    decoded = tmp_path / "a.csv"
    decoded.write_text(
        "head,relation,tail,date\nChina,Threaten,Japan,2014-05-01\nChina,Use force,Japan,2014-05-02\n"
        "Japan,Consult,China,2014-05-03\n"
    )
    table = tmp_path / "b.tab"
    table.write_text(
        "Event Date\tSource Country\tEvent Text\tTarget Country\n"
        "2014-05-01\tChina\tThreaten\tJapan\n2014-05-03\tJapan\tConsult\tChina\n"
    )
    codes = tmp_path / "c.csv"
    codes.write_text("source,target,day,cameo\nChina,Japan,20140501,130\nJapan,China,20140503,40\n")
    one, two, three = (events.read_events(p) for p in (decoded, table, codes))
    assert [(e.dyad, e.level) for e in one] == [("China>Japan", 3), ("Japan>China", 0)]
    assert one == two == three
    with pytest.raises(SystemExit, match="no column"):
        empty = tmp_path / "d.csv"
        empty.write_text("a,b\n1,2\n")
        events.read_events(empty)


@pytest.mark.slow
def test_a_detector_told_the_truth_is_the_bound(study):
    found = study["measure_shifts"].shift_study(
        2, 12, 52.0, truth=study["measure_shifts"].RESTING, step=4.0, span=260.0
    )
    # Twelve series: an AUC errs by about .07.
    assert found["oracle"]["auc"] + 0.07 >= max(v["auc"] for v in found.values())
    # .86 with sixty series (RESULTS.md); the floor of the design page holds for twelve.
    assert found["ours, P(jump up)"]["auc"] > 0.65


def test_shown_probabilities_of_a_shift_are_calibrated(study, monkeypatch):
    monkeypatch.setattr(study["measure"], "WORLDS", ("rest",))
    shown, level = study["measure"].figures(parts=("chances",))
    # Eight series; model-2 has .18.
    assert shown.id == level.id == "M12" and shown.value < 0.12 and level.value > 0.8
    assert shown.row().count("|") == 8


def test_worlds_know_nothing_of_the_filter():
    text = (FOLDER / "stance_worlds.py").read_text("utf-8")
    assert "import standoff" not in text and "from standoff" not in text


def test_studies_read_by_the_model_that_ships(study, monkeypatch):
    """A study that kept constants of its own would not notice another default."""
    asked = []
    real = study["measure_shifts"].load_model

    def noted(*name):
        asked.append(name)
        return real(*name)

    monkeypatch.setattr(study["measure_shifts"], "load_model", noted)
    s = study["measure_shifts"]
    s.copies_study(1, 1)
    s.drift_study(1, 1)
    s.after_jump_study(1, 1, draws=4)
    assert asked == [(), (), ()]


def test_the_full_form_is_what_make_bench_runs(study):
    text = (FOLDER / "measure.py").read_text("utf-8")
    assert '__name__ == "__main__"' in text and "figures(not given.quick" in text
    assert "__main__" in (FOLDER / "run.py").read_text("utf-8")
