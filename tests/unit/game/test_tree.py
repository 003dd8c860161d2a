"""Bad games are refused with the place named; the catalogue loads; text reads."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from standoff.errors import GameError, StandoffError
from standoff.game import (
    Expression,
    Tree,
    list_games,
    load_game,
    play_through,
    read_efg,
    solve_tree,
    subgame_perfect,
)

GOOD = """
title = "entry"
players = ["A", "B"]
[nodes.a]
player = "A"
moves = { stay = "out", enter = "b" }
[nodes.b]
player = "B"
moves = { yield = "shared", fight = "fought" }
[outcomes.out]
A = 0
B = 2
[outcomes.shared]
A = "gain"
B = 1
[outcomes.fought]
A = -1
B = -1
[values]
gain = 1
"""
EFG = (
    'EFG 2 R "entry" { "A" "B" }\n"a comment"\n\np "" 1 1 "" { "out" "in" } 0\n'
    't "" 1 "out" { 1, 2 }\np "" 2 1 "" { "yield" "fight" } 0\n'
    't "" 2 "" { 2 1 }\nt "" 3 "" { 0 0 }\n'
)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('fight = "fought"', 'fight = "a"', "cycle a -> b -> a"),
        ('players = ["A", "B"]', 'players = ["A", "B", "C"]', "utilities of A, B"),
        ('moves = { yield = "shared", fight = "fought" }', "moves = {}", "'b' without moves"),
        ('player = "B"', 'player = "A"', "player 'B' without moves"),
        ("A = -1", "A = inf", "outcome 'fought', A"),
        ("A = -1", "A = nan", "outcome 'fought', A"),
        ("A = -1\n", "", "outcome 'fought'"),
        ("A = -1", 'A = "1e999"', "outcome 'fought', A"),
        ("A = -1", 'A = "gain ^ 2"', "outcome 'fought', A"),
        ('player = "B"', 'player = "Z"', "player 'Z'"),
        ('"shared", fight', '"nowhere", fight', "'nowhere'"),
        ("gain = 1", "", "without gain"),
        ("gain = 1", "gain = inf", "value 'gain'"),
        (
            'enter = "b" }',
            'enter = "c" }\n[nodes.c]\nchance = { x = 0.5, y = 0.6 }\nmoves = { x = "b", y = "out" }',
            "chances 0.5, 0.6",
        ),
        (
            'enter = "b" }',
            'enter = "c" }\n[nodes.c]\nchance = { x = 1.5, y = -0.5 }\nmoves = { x = "b", y = "out" }',
            "chances 1.5, -0.5",
        ),
        ('player = "B"', "chance = { yield = 1 }", "chance of yield"),
        ('title = "entry"', "title = ", "line"),
    ],
)
def test_bad_descriptions_are_refused_with_the_place(old, new, named) -> None:
    assert old in GOOD
    with pytest.raises(GameError) as caught:
        solve_tree(Tree.parse(GOOD.replace(old, new), "entry.toml"))
    assert named in str(caught.value)


@pytest.mark.parametrize("precision", [-1.0, -1e-300, float("nan"), float("-inf")])
def test_a_precision_that_is_no_precision_is_refused(precision) -> None:
    with pytest.raises(GameError, match="entry: precision"):
        solve_tree(Tree.parse(GOOD), precision=precision)


def test_both_limits_of_precision_are_solved() -> None:
    even = solve_tree(Tree.parse(GOOD), precision=0.0)
    assert even.outcomes["out"][0] == 0.5 and even.outcomes["shared"][0] == 0.25
    best = solve_tree(Tree.parse(GOOD), precision=float("inf"))
    assert best.outcomes["shared"][0] == 1.0 and best.method.value == "subgame perfection"
    # A shares the tie evenly; it is no tie when one number differs in the last digit.
    tied = solve_tree(Tree.parse(GOOD), {"gain": 0.0}, precision=float("inf"))
    assert tied.probability("a", "enter")[0] == 0.5
    assert solve_tree(Tree.parse(GOOD), {"gain": 5e-324}, precision=float("inf")).outcomes[
        "shared"
    ] == [1.0]


def test_the_perfect_limit_of_hidden_moves_is_refused_and_the_even_one_solved() -> None:
    tree = load_game("zagare_kilgour1993/asymmetric_deterrence")
    with pytest.raises(GameError, match="information sets of several nodes"):
        solve_tree(tree, precision=float("inf"))
    assert solve_tree(tree, precision=0.0).probability("facing hard", "wait")[0] == 0.5


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("{ 2 1 }", "{ 2 1 3 }", "line 7: outcome 2 with 3 utilities"),
        ("{ 2 1 }", "{ 2 }", "line 7: outcome 2 with 1 utilities"),
        ("{ 2 1 }", "{ 2 inf }", "line 7"),
        ("{ 2 1 }", "{ 2 1/0 }", "line 7"),
        ("{ 2 1 }", "{ 2 1e999 }", "line 7"),
        ("{ 2 1 }", "{ 2 nan }", "line 7"),
        ("{ 2 1 }", "{ 2 1/1e999 }", "line 7"),
        ("{ 2 1 }", "{ 2 -1e301 }", "below 1e300"),
        ('t "" 2 "" { 2 1 }', 't "" 9', "outcome 9 without utilities"),
        ('t "" 3 "" { 0 0 }', "", "end of the file"),
        ('t "" 3 "" { 0 0 }', 't "" 3 "" { 0 0 } t "" 4 "" { 1 1 }', "after the last node"),
        ('{ "yield" "fight" }', "{ }", "player 2 without moves"),
        ('p "" 2 1', 'p "" 3 1', "player 3"),
        ('p "" 2 1', 'p "" 0 1', "'0'"),
        ('"A" "B" }', '"A" "B" "C" }', "with 2 utilities"),
        ('{ "A" "B" }', "{ }", "player 1"),
        ("EFG 2 R", "NFG 1 R", "EFG"),
        ("EFG 2 R", "EFG 7 R", "'2'"),
        ('p "" 2 1 "" { "yield" "fight" } 0', 'c "" 1 "" { "a" 1/2 "b" 1/3 } 0', "chances"),
        ('p "" 2 1 "" { "yield" "fight" } 0', 'c "" 1 "" { "a" 1/2 "b" } 0', "chance of 'b'"),
        ('p "" 2 1 "" { "yield" "fight" } 0', 'q "" 1 "" { "a" "b" } 0', "'q'"),
        ('p "" 2 1 "" { "yield" "fight" } 0', 'p "" 1 1 "" { "up" "down" } 0', "before out, in"),
    ],
)
def test_files_that_lie_are_refused_with_the_line(old, new, named) -> None:
    assert old in EFG
    with pytest.raises(GameError) as caught:
        solve_tree(read_efg(EFG.replace(old, new), "x.efg"))
    assert named in str(caught.value)
    assert "x.efg" in str(caught.value)


def test_a_set_met_twice_on_one_history_is_refused() -> None:
    text = EFG.replace('p "" 2 1 "" { "yield" "fight" } 0', 'p "" 1 1 0').replace(
        't "" 1 "out" { 1, 2 }', 'p "" 2 1 "" { "l" "r" } 0 t "" 4 "" { 1 1 } t "" 5 "" { 2 1 }'
    )
    with pytest.raises(GameError, match="twice on one history"):
        solve_tree(read_efg(text))


def test_an_interior_outcome_adds_to_what_follows() -> None:
    text = EFG.replace('{ "yield" "fight" } 0', '{ "yield" "fight" } 4 "toll" { -1 -1/2 }')
    solved = solve_tree(read_efg(text), precision=1.0)
    plain = solve_tree(read_efg(EFG), precision=1.0)
    for player, toll in (("A", 1.0), ("B", 0.5)):
        assert solved.values["n2"][player][0] == pytest.approx(plain.values["n2"][player][0] - toll)


def test_a_thousand_moves_deep_is_no_recursion() -> None:
    lines = ['EFG 2 R "long" { "A" }']
    for i in range(3000):
        lines += [f'p "" 1 {i + 1} "" {{ "stop" "go" }} 0', f't "" {i + 1} "" {{ {i % 7} }}']
    lines.append('t "" 9999 "" { 1 }')
    assert 0 < solve_tree(read_efg("\n".join(lines))).utilities["A"][0] < 7


def test_a_huge_precision_overflows_nothing() -> None:
    solved = solve_tree(Tree.parse(GOOD), precision=1e300)
    assert solved.probability("a", "enter")[0] == 1.0
    assert subgame_perfect(Tree.parse(GOOD)).outcomes["shared"][0] == 1.0


def test_expressions_read_back() -> None:
    for text in ("a * x - 2 * b", "-a", "0", "1/2 * a * b + 3"):
        once = Expression.parse(text)
        assert Expression.parse(str(once)) == once


@pytest.mark.parametrize("text", ["", "a b", "a +", "* a", "(a)", "1/0", "inf", "2 * * a"])
def test_bad_expressions_are_refused(text) -> None:
    with pytest.raises(GameError, match="here"):
        Expression.parse(text, "here")


@pytest.mark.parametrize("name", sorted(list_games()))
def test_every_game_of_the_catalogue_loads_solves_and_names_its_source(name) -> None:
    tree = load_game(name)
    assert tree.source and solve_tree(tree).residual < 1e-10
    assert sum(p[0] for p in solve_tree(tree).outcomes.values()) == pytest.approx(1.0)
    assert tree.title in play_through(tree)


def test_the_command_solves_a_file(tmp_path) -> None:
    from standoff.cli.app import app

    path = tmp_path / "entry.efg"
    path.write_text(EFG)
    run = CliRunner().invoke(
        app, ["game", "solve", str(path), "--precision", "1.0", "--format", "json"]
    )
    assert run.exit_code == 0
    found = {a["action"]: a["probability"] for a in json.loads(run.stdout)["actions"]}
    # B: 1 against 0; A: 1 against 2 * p(yield).
    yields = 1 / (1 + 2.718281828459045**-1)
    assert found["yield"] == pytest.approx(yields, abs=1e-12)
    assert found["in"] == pytest.approx(1 / (1 + 2.718281828459045 ** (1 - 2 * yields)), abs=1e-12)


@pytest.mark.parametrize(
    "arguments",
    [
        ["game", "solve", "nowhere.efg"],
        ["game", "solve", "kenkel_signorino2014/egame12", "--precision", "0"],
        ["game", "solve", "kenkel_signorino2014/egame12", "--precision", "inf"],
        ["game", "solve", "kenkel_signorino2014/egame12", "--value", "x"],
        ["game", "solve", "kenkel_signorino2014/egame12", "--value", "q=1"],
        ["whatif", "--system", "west-pacific-2021", "--set", "deeds:ZZZ=1", "--draws", "20"],
    ],
)
def test_bad_commands_end_with_one_line_and_exit_code_two(arguments) -> None:
    from standoff.cli.app import app

    run = CliRunner().invoke(app, arguments)
    assert run.exit_code == 2
    assert "expected" in run.output or isinstance(run.exception, StandoffError)
