"""Where claims conflict, both levers are shown; elsewhere nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.game import build_game, conflicts, contrast, load_coefficients, solve_batch
from standoff.systems import load_system


@pytest.fixture(scope="module")
def built():
    return build_game(
        load_system("west-pacific-2021"),
        {},
        load_coefficients(),
        draws=200,
        rng=np.random.default_rng(3),
    )


def test_acting_with_the_patron_stands_beside_doubt_about_it(built) -> None:
    (pair,) = conflicts(*built, {"perceived:USA": -1.0})
    together, alone = pair.readings
    assert together.outcome == "fight:JPN" and together.change.high < 0 and together.share_up < 0.05
    assert alone.outcome == "arm:JPN|hold" and alone.change.low > 0 and alone.share_up > 0.95
    assert "JPN acts with USA" in pair.text and "bolder" in pair.text


def test_deterring_stands_beside_provoking_with_the_number_of_the_contrast(built) -> None:
    (pair,) = conflicts(*built, {"deeds:JPN": 1.0})
    war, challenge = pair.readings
    found = contrast(*built, {"deeds:JPN": 1.0})
    assert war.change == found.change["war"] and challenge.change == found.change["challenge"]
    assert war.change.median < 0 < challenge.change.median


def test_the_cascade_deters_and_narrows_the_margin(built) -> None:
    (pair,) = conflicts(*built, {"foresight": 0.0})
    assert [r.outcome for r in pair.readings] == ["war", "new_nuclear:2|hold"]
    assert pair.readings[1].change.low > 0


def test_other_levers_touch_no_conflict(built) -> None:
    assert conflicts(*built, {"trade": 1.5, "hostility": 1.0, "trade_share:USA": 2.0}) == ()
    assert solve_batch(*built).probabilities["war"].min() > 0
