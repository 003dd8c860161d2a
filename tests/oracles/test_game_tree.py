"""Any tree against a walk of every history written with floats, and against Gambit.

The walk knows nothing of the solver: trees are nested tuples; the same tuple is turned into a
`Tree`, into .efg text by hand, and walked.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest

from standoff.game import (
    Expression,
    Node,
    Outcome,
    Tree,
    read_efg,
    solve_tree,
    subgame_perfect,
    write_efg,
)

EXACT = 1e-10
"""Both sides use doubles on trees of depth four with utilities of size ten."""
GAMBIT = 1e-8
"""Gambit stops its own Newton steps near 1e-10."""


def grow(rng, players, depth, scale):
    """("t", payoffs) | ("c", chances, children) | (player, children)."""
    if depth == 0 or (depth < 3 and rng.random() < 0.25):
        return ("t", tuple(round(rng.uniform(-scale, scale), 3) for _ in range(players)))
    kids = tuple(grow(rng, players, depth - 1, scale) for _ in range(rng.randint(2, 3)))
    if depth < 4 and rng.random() < 0.2:
        cuts = [rng.randint(1, 9) for _ in kids]
        return ("c", tuple(c / sum(cuts) for c in cuts), kids)
    return (rng.randrange(players), kids)


def movers(tree):
    if tree[0] == "t":
        return set()
    found = set() if tree[0] == "c" else {tree[0]}
    return found.union(*(movers(k) for k in tree[-1]))


def random_tree(seed, scale=3.0):
    rng = random.Random(seed)
    while True:
        players = rng.randint(1, 3)
        tree = grow(rng, players, 4, scale)
        if movers(tree) == set(range(players)):
            return players, tree


def walk(tree, precision, found):
    """Values per player; appends each choice, first mover last, as (player, probabilities)."""
    if tree[0] == "t":
        return tree[1]
    at = len(found)
    found.append(None)
    below = [walk(k, precision, found) for k in tree[-1]]
    if tree[0] == "c":
        p = tree[1]
    else:
        top = max(v[tree[0]] for v in below)
        w = [math.exp(precision * (v[tree[0]] - top)) for v in below]
        p = [v / sum(w) for v in w]
    found[at] = (tree[0], list(p))
    return tuple(sum(q * v[i] for q, v in zip(p, below, strict=True)) for i in range(len(below[0])))


def build(players, tree):
    nodes, outcomes = {}, {}

    def put(t):
        if t[0] == "t":
            name = f"o{len(outcomes)}"
            outcomes[name] = Outcome(name, tuple(Expression.number(v) for v in t[1]))
            return name
        name = f"n{len(nodes)}"
        nodes[name] = None
        moves = tuple((f"m{i}", put(k)) for i, k in enumerate(t[-1]))
        chance = t[0] == "c"
        nodes[name] = Node(
            name,
            None if chance else f"P{t[0]}",
            moves,
            chance=tuple(Expression.number(v) for v in t[1]) if chance else (),
        )
        return name

    start = put(tree)
    return Tree("random", tuple(f"P{i}" for i in range(players)), start, nodes, outcomes)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("precision", [0.2, 1.0, 7.0])
def test_backward_induction_equals_a_walk_of_every_history(seed, precision) -> None:
    players, raw = random_tree(seed)
    found: list = []
    values = walk(raw, precision, found)
    solved = solve_tree(build(players, raw), precision=precision)
    for i in range(players):
        assert abs(solved.utilities[f"P{i}"][0] - values[i]) < EXACT
    for number, (player, p) in enumerate(found):
        if player == "c":
            continue
        for action, q in enumerate(p):
            assert abs(solved.probability(f"n{number}", f"m{action}")[0] - q) < EXACT


def flat(tree, solved):
    """Probabilities by player, then information set in order of the file, then action."""
    return [
        float(p[0])
        for player in tree.players
        for (owner, _), table in solved.probabilities.items()
        if owner == player
        for p in table.values()
    ]


def gambit(text, precision):
    pygambit = pytest.importorskip("pygambit", reason="the referees are not installed")
    import io

    game = pygambit.read_efg(io.BytesIO(text.encode()))
    return [float(v) for v in next(iter(pygambit.qre.logit_solve_lambda(game, lam=[precision])))]


@pytest.mark.parametrize("seed", range(100, 115))
@pytest.mark.parametrize("precision", [0.5, 2.0])
def test_random_trees_equal_gambit(seed, precision) -> None:
    tree = build(*random_tree(seed))
    theirs = gambit(write_efg(tree), precision)
    assert (
        np.max(np.abs(np.array(flat(tree, solve_tree(tree, precision=precision))) - theirs))
        < GAMBIT
    )


# Files whose every player remembers and whose branch has no fork of symmetry before precision 2:
# beyond such a fork Gambit leaves the symmetric branch by a small random push, we stay on it.
FORKED = {"fig5_10", "fig9", "fig5_15"}


def real_files():
    try:
        import pygambit
    except ImportError:
        return []
    root = Path(pygambit.__file__).parent / "catalog_data"
    return sorted(root.rglob("*.efg"))


@pytest.mark.parametrize("path", real_files(), ids=lambda p: f"{p.parent.name}/{p.stem}")
@pytest.mark.parametrize("precision", [1.0, 2.0])
def test_real_files_equal_gambit(path, precision) -> None:
    import pygambit

    game = pygambit.read_efg(path)
    if not game.is_perfect_recall:
        pytest.skip("Gambit's own equations differ where a player forgets")
    if path.stem in FORKED:
        pytest.skip("a fork of symmetry lies below this precision; tested below")
    tree = read_efg(path.read_text(), path.name)
    solved = solve_tree(tree, precision=precision)
    theirs = [float(v) for v in next(iter(pygambit.qre.logit_solve_lambda(game, lam=[precision])))]
    assert np.max(np.abs(np.array(flat(tree, solved)) - theirs)) < GAMBIT
    again = read_efg(write_efg(tree))
    assert flat(again, solve_tree(again, precision=precision)) == flat(tree, solved)


@pytest.mark.parametrize(
    "path", [p for p in real_files() if p.stem in FORKED], ids=lambda p: p.stem
)
def test_symmetric_games_are_solved_on_their_symmetric_branch(path) -> None:
    tree = read_efg(path.read_text(), path.name)
    assert solve_tree(tree, precision=2.0).residual < 1e-10


@pytest.mark.parametrize("seed", range(200, 212))
def test_growing_precision_ends_in_subgame_perfection(seed) -> None:
    tree = build(*random_tree(seed))
    perfect = subgame_perfect(tree)
    near = solve_tree(tree, precision=1e7)
    for player in tree.players:
        assert abs(near.utilities[player][0] - perfect.utilities[player][0]) < 1e-5


def test_merged_states_equal_the_whole_tree() -> None:
    text = """
    players = ["A", "B"]
    [nodes.a]
    player = "A"
    moves = { x = "b1", y = "b2" }
    [nodes.b1]
    player = "B"
    moves = { l = "end", r = "out" }
    [nodes.b2]
    player = "B"
    moves = { l = "end", r = "out" }
    [nodes.end]
    player = "A"
    moves = { stop = "s", go = "g" }
    [outcomes]
    out = { A = 0.3, B = 1 }
    s = { A = 1, B = 0 }
    g = { A = 2, B = 2 }
    """
    merged = Tree.parse(text)
    whole = read_efg(write_efg(merged))
    assert len(whole.nodes) == 5 and len(merged.nodes) == 4
    a, b = solve_tree(merged, precision=1.7), solve_tree(whole, precision=1.7)
    for player in ("A", "B"):
        assert abs(a.utilities[player][0] - b.utilities[player][0]) < 1e-14


def test_draws_are_solved_as_if_alone() -> None:
    tree = read_efg('EFG 2 R "g" { "A" } p "" 1 1 "" { "l" "r" } 0 t "" 1 "" { 0 } t "" 2 "" { 1 }')
    assert tree.perfect
    hidden = Tree.parse("""
    players = ["A", "B"]
    [nodes.a]
    player = "A"
    moves = { x = "b1", y = "b2" }
    [nodes.b1]
    player = "B"
    information = "unseen"
    moves = { l = "o1", r = "o2" }
    [nodes.b2]
    player = "B"
    information = "unseen"
    moves = { l = "o2", r = "o3" }
    [outcomes]
    o1 = { A = "v", B = 1 }
    o2 = { A = 0, B = 0 }
    o3 = { A = 1, B = "2 * v" }
    """)
    together = solve_tree(hidden, {"v": np.array([0.5, 2.0])}, precision=1.3)
    for i, v in enumerate((0.5, 2.0)):
        alone = solve_tree(hidden, {"v": v}, precision=1.3)
        for key, table in together.probabilities.items():
            for action, p in table.items():
                assert abs(p[i] - alone.probabilities[key][action][0]) < 1e-12
