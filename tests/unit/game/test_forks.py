"""Forks of the logit branch, ends without outcome, idle players, utilities beyond range."""

from __future__ import annotations

import json
import math
import time

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import GameError
from standoff.game import Tree, read_efg, solve_tree

HIDDEN = (
    'EFG 2 R "two" {{ "A" "B" }}\np "" 1 1 "" {{ "l" "r" }} 0\np "" 2 1 "" {{ "l" "r" }} 0\n'
    't "" 1 "" {{ {0} }}\nt "" 2 "" {{ {1} }}\np "" 2 1 "" {{ "l" "r" }} 0\n'
    't "" 3 "" {{ {2} }}\nt "" 4 "" {{ {3} }}\n'
)
MEET = HIDDEN.format("1 1", "0 0", "0 0", "1 1")


def meeting(precision: float) -> float:
    """The larger p with p = 1 / (1 + exp(-precision * (2 p - 1))), by plain iteration."""
    p = 0.99
    for _ in range(10_000):
        p = 1 / (1 + math.exp(-precision * (2 * p - 1)))
    return p


@pytest.mark.parametrize("precision", [2.5, 4.0, 12.0])
def test_the_fork_of_the_meeting_game_and_both_ways_out(precision: float) -> None:
    # The even choice loses its slope where precision * p * (1 - p) * 2 = 1: at 2.
    solved = solve_tree(read_efg(MEET), precision=precision)
    assert solved.forks[0] == pytest.approx((2.0,), abs=1e-9)
    assert solved.probability("n1", "l")[0] == pytest.approx(0.5, abs=1e-12)
    ends = sorted(float(o.probabilities["n1"][0]) for o in solved.others)
    p = meeting(precision)
    assert ends == pytest.approx([1 - p, p], abs=1e-8)
    assert all(o.residual < 1e-9 for o in solved.others)
    assert solved.lost == 0


def test_no_fork_is_told_where_there_is_none() -> None:
    for payoffs in (("3 3", "0 5", "5 0", "1 1"), ("2 2", "0 0", "0 0", "1 1")):
        solved = solve_tree(read_efg(HIDDEN.format(*payoffs)), precision=8.0)
        assert (solved.forks, solved.others) == (((),), ())
    assert solve_tree(read_efg(MEET), precision=1.9).forks == ((),)


def test_battle_of_the_sexes_has_its_two_pure_ends_beside_the_mixed_one() -> None:
    # Pure equilibria (l, l), (r, r); mixed: A plays l with 2/3, B with 1/3.
    bos = HIDDEN.format("2 1", "0 0", "0 0", "1 2")
    solved = solve_tree(read_efg(bos), precision=200.0)
    assert solved.probability("n1", "l")[0] == pytest.approx(2 / 3, abs=0.01)
    ends = sorted(tuple(np.round(o.probabilities["n1"], 6)) for o in solved.others)
    assert ends == [(0.0, 1.0), (1.0, 0.0)]


def test_the_command_tells_the_fork_and_lists_what_else_there_is(tmp_path) -> None:
    path = tmp_path / "meet.efg"
    path.write_text(MEET, encoding="utf-8")
    args = ["game", "solve", str(path), "--precision", "4"]
    shown = CliRunner().invoke(app, args).output
    assert "passes a fork at precision 2" in shown
    assert shown.count("other equilibrium") == 2
    told = json.loads(CliRunner().invoke(app, [*args, "--format", "json"]).output)
    assert len(told["other_equilibria"]) == 2
    assert told["forks"] == pytest.approx([2.0])


def test_an_end_without_outcome_earns_nothing() -> None:
    entry = (
        'EFG 2 R "e" { "A" "B" } p "" 1 1 "" { "out" "in" } 0 t "" 0 '
        'p "" 2 1 "" { "give" "fight" } 1 "on the way" { -1 2 } t "" 0 t "" 2 "" { -3 -1 }'
    )
    solved = solve_tree(read_efg(entry), precision=float("inf"))
    assert solved.utilities["A"][0] == 0.0  # out: nothing earned
    assert solved.values["n2"]["A"][0] == -1.0  # what was earned on the way stays
    assert solved.values["n2"]["B"][0] == 2.0


def test_a_player_who_never_moves_is_legal_in_a_file_and_a_slip_by_hand() -> None:
    for players in ('"A" "Watcher"', '"Watcher" "A"'):
        mover = 1 if players.startswith('"A"') else 2
        text = f'EFG 2 R "w" {{ {players} }} p "" {mover} 1 "" {{ "l" "r" }} 0 t "" 1 "" {{ 0 0 }} '
        solved = solve_tree(read_efg(text + 't "" 2 "" { 4 4 }'), precision=float("inf"))
        assert solved.utilities["Watcher"][0] == 4.0
    with pytest.raises(GameError, match="player 'B' without moves"):
        Tree.parse(
            'players = ["A", "B"]\n[nodes.a]\nplayer = "A"\nmoves = { x = "o", y = "q" }\n'
            "[outcomes]\no = { A = 0, B = 0 }\nq = { A = 0, B = 0 }\n"
        )


@pytest.mark.parametrize(
    "utility", ["inf", "-inf", "nan", "1e400", "1/0", "1/1e400", "1e301", "9" * 400]
)
def test_a_utility_beyond_range_is_refused(utility: str) -> None:
    with pytest.raises(GameError, match="finite number"):
        read_efg(HIDDEN.format(f"{utility} 1", "0 0", "0 0", "1 1"))


def test_a_whole_number_without_a_float_is_refused_by_hand_too() -> None:
    text = (
        'players = ["A"]\n[nodes.a]\nplayer = "A"\nmoves = { x = "o", y = "q" }\n'
        f"[outcomes]\no = {{ A = {'9' * 400} }}\nq = {{ A = 0 }}\n"
    )
    with pytest.raises(GameError, match="400 digits"):
        Tree.parse(text)


@pytest.mark.parametrize("size", ["1e8", "1e19", "1e299"])
def test_utilities_too_large_to_follow_are_refused_at_once(size: str) -> None:
    game = read_efg(HIDDEN.format(f"{size} {size}", "0 0", "0 0", "1 1"))
    began = time.process_time()
    with pytest.raises(GameError, match=f"utilities up to {float(size):g}".replace("+", r"\+")):
        solve_tree(game)
    assert time.process_time() - began < 1.0
    assert solve_tree(game, precision=1e-3 / float(size)).residual < 1e-9
