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
        names = ("measure_fit", "measure_shifts", "measure_real", "measure")
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


def test_intervals_cover_in_simulate_and_refit(study):
    found = study["measure_fit"].refit_study(4)
    # Four sets: the standard error of the coverage is about .012.
    assert 0.85 < found["cover filter"] < 0.95
    assert found["converged"] == 1.0 and found["ess"] > 40
    assert max(found["rmse smoother/oracle"]) < 1.2
    assert max(found["rmse filter/static"]) < 1.0


def test_one_update_and_a_replay_are_fast(study):
    found = study["measure_fit"].speed_study(300)
    # Floors of the figures, on a machine that may be busy.
    assert found["p50"] < 2.0 and found["replay median"] < 100.0


def test_shown_probabilities_of_a_shift_are_calibrated(study):
    found = study["measure_shifts"].probability_study(3, 8)
    assert found["ece"] < 0.06


def test_copies_ruin_coverage_unless_they_are_merged(study):
    found = study["measure_shifts"].copies_study(1, 15)
    assert found["merged"] > 0.85 > found["not merged"]


def test_jumps_are_followed(study):
    s = study["measure_shifts"]
    found = s.after_jump_study(1, 8, draws=60, dynamics=s.RESTING)
    assert found["online"] > 0.6 > found["without jumps"]


def test_real_events_are_predicted_better_than_by_moving_frequencies(study):
    real = study["measure_real"]
    if not real.OPEN_EVENTS.is_file():
        pytest.skip(f"no event file at {real.OPEN_EVENTS.name} (optional folder ../shared)")
    found = real.prequential(real.OPEN_EVENTS)
    best = found["with story and own scales"]
    assert best["gain"] > 0.0 and best["low"] > -0.005
    assert best["gain"] > found["plain"]["gain"]
