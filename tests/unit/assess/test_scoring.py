"""Scores against numbers worked by hand, a day-by-day twin, and another library's intervals."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import beta

from standoff.assess import (
    Asked,
    Crowd,
    Forecast,
    Mark,
    Question,
    Resolution,
    Said,
    export_questions,
    marks_of,
    score_marks,
)
from standoff.errors import InputError
from standoff.fit import score

DAY = date(2021, 1, 1)
ASKED = Asked("Will it?", "CHN", "TWN", DAY, DAY + timedelta(100), "=rule")


def said(day: date, p: float, base: float = 0.01) -> Forecast:
    return Forecast(
        day, f"{day}T10:00:00Z", "me", p, p / 2, min(1.0, 2 * p), base, 0.02, "R-1", "b"
    )


def question(
    outcome: Said | None, *forecasts: Forecast, on: date | None = None, **more
) -> Question:
    done = ()
    if outcome is not None:
        on = on or ASKED.deadline
        done = (Resolution(outcome, on, "wire", f"{on}T10:00:00Z", "me", "", False),)
    return Question("Q-001", ASKED, f"{DAY}T10:00:00Z", "me", forecasts, (), done, **more)


def test_brier_and_log_of_three_questions_by_hand() -> None:
    # (.7 - 1)^2 = .09, (.2 - 0)^2 = .04, (.5 - 0)^2 = .25: mean .38 / 3
    # -ln .7 = .3567, -ln .8 = .2231, -ln .5 = .6931: mean 1.2730 / 3
    marks = [
        Mark(f"q{i}", DAY, came, p, ((p, 1.0),), ((0.5, 1.0),), ((0.5, 1.0),))
        for i, (p, came) in enumerate([(0.7, True), (0.2, False), (0.5, False)])
    ]
    line = score_marks(marks).lines[0]
    assert line.brier == pytest.approx(0.38 / 3)
    assert line.log == pytest.approx(1.2729657 / 3, abs=1e-6)
    assert line.gain_brier[0] == pytest.approx(0.25 - 0.38 / 3)


def test_the_sum_over_both_outcomes_is_twice_this_brier() -> None:
    p, y = np.array([0.7, 0.2, 0.5]), np.array([1, 0, 0])
    marks = [Mark(str(i), DAY, bool(y[i]), p[i], ((p[i], 1.0),), ((0.5, 1.0),), ((0.5, 1.0),))
             for i in range(3)]  # fmt: skip
    both = score(np.column_stack([1 - p, p]), y)
    line = score_marks(marks).lines[0]
    assert both.brier == pytest.approx(2 * line.brier) and both.log == pytest.approx(line.log)


def test_the_score_over_the_days_is_that_of_every_day_on_its_own() -> None:
    days = [0, 10, 45, 99]
    ps = [0.1, 0.3, 0.05, 0.6]
    q = question(Said.YES, *(said(DAY + timedelta(d), p) for d, p in zip(days, ps, strict=True)),
                 on=DAY + timedelta(80))  # fmt: skip
    daily = []
    for d in range(80):  # the yes came on day 80: what was said on day 99 does not count
        held = [p for start, p in zip(days, ps, strict=True) if start <= d][-1]
        daily.append((held - 1.0) ** 2)
    lines = {x.name: x for x in score_marks(marks_of([q])).lines}
    assert lines["standoff, over the days"].brier == pytest.approx(np.mean(daily))
    assert lines["standoff, when asked"].brier == pytest.approx(0.81)


def test_void_and_open_questions_are_not_scored() -> None:
    f = said(DAY, 0.1)
    assert marks_of([question(None, f), question(Said.VOID, f)]) == ()
    assert score_marks([]) is None


def test_the_crowd_is_compared_on_its_own_questions() -> None:
    lone = question(Said.NO, said(DAY, 0.4))
    told = replace(question(Said.NO, said(DAY, 0.4)), crowd=(Crowd(DAY, 0.1, "site"),))
    lines = {x.name: x for x in score_marks(marks_of([lone, told])).lines}
    assert lines["crowd"].n == lines["standoff on those"].n == 1
    assert lines["crowd"].brier == pytest.approx(0.01)
    assert lines["standoff"].n == 2


def test_an_impossible_forecast_that_came_costs_much_and_not_everything() -> None:
    mark = Mark("q", DAY, True, 0.0, ((0.0, 1.0),), ((0.5, 1.0),), ((0.5, 1.0),))
    assert score_marks([mark]).lines[0].log == pytest.approx(-math.log(1e-4))


def test_calibration_counts_and_its_intervals() -> None:
    marks = [Mark(str(i), DAY, i < 3, 0.3, ((0.3, 1.0),), ((0.5, 1.0),), ((0.5, 1.0),))
             for i in range(10)]  # fmt: skip
    (band,) = score_marks(marks).bands
    assert (band.n, band.came, band.low, band.high) == (10, 3, 0.20, 0.45)
    assert band.share_low == pytest.approx(beta.ppf(0.05, 3.5, 7.5), rel=1e-6)
    assert band.share_high == pytest.approx(beta.ppf(0.95, 3.5, 7.5), rel=1e-6)


def test_an_interval_of_equal_gains_has_no_width_and_the_seed_decides_the_rest() -> None:
    def mark(i: int, p: float) -> Mark:
        return Mark(str(i), DAY, i % 2 == 0, p, ((p, 1.0),), ((0.5, 1.0),), ((0.5, 1.0),))

    flat = score_marks([mark(i, 0.8 if i % 2 == 0 else 0.2) for i in range(20)]).lines[0]
    assert flat.gain_brier[1] == pytest.approx(flat.gain_brier[2])
    mixed = [mark(i, p) for i, p in enumerate(np.linspace(0.1, 0.9, 20))]
    assert score_marks(mixed, 3) == score_marks(mixed, 3) != score_marks(mixed, 4)


def test_exports_for_sites_go_by_their_numbers_and_guard_cells() -> None:
    linked = replace(
        question(None, said(DAY, 0.0002)), asked=replace(ASKED, links=(("metaculus", "77"),))
    )
    text, left = export_questions([linked, question(None, said(DAY, 0.3))], "metaculus")
    assert '"question": 77' in text and '"probability_yes": 0.001' in text
    assert left == ("Q-001: no number at metaculus; ask it with --link metaculus=NUMBER",)
    table, _ = export_questions([linked], "csv")
    assert "'=rule" in table and "0.0002" in table
    infer = replace(linked, asked=replace(ASKED, links=(("infer", "9"),)))
    text, _ = export_questions([infer], "infer")
    assert '"forecasted_probability": 0.9998' in text and "Base rate of the pair" in text
    history, left = export_questions(
        [replace(linked, forecasts=(said(DAY, 0.2), said(DAY, 0.3)))], "metaculus-csv"
    )
    lines = history.splitlines()
    assert lines[0] == "Question ID,Forecaster Username,Start Time,End Time,Probability Yes"
    assert [line.rsplit(",", 1)[1] for line in lines[1:]] == ["0.2", "0.3"] and left == ()
    assert "question_id,question_name,answer_name" in export_questions([infer], "gjopen-csv")[0]
    with pytest.raises(InputError, match="csv, json, metaculus"):
        export_questions([], "xlsx")
