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

from standoff.errors import GameError
from standoff.game import (
    Expression,
    GameOutcome,
    Node,
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
            outcomes[name] = GameOutcome(name, tuple(Expression.number(v) for v in t[1]))
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


def real_files():
    try:
        import pygambit
    except ImportError:
        return []
    root = Path(pygambit.__file__).parent / "catalog_data"
    return sorted(root.rglob("*.efg"))


# A player of these meets one information set twice on one history.
ABSENT_MINDED = {"fig5_12", "gilboa1997/fig1"}
# Games with a fork of symmetry: beyond it Gambit leaves the symmetric branch by a small push of
# its own, we stay on it. Below it, at 0.25, both agree; beyond, both solve the same equations.
FORKED = {"fig5_10", "fig5_15", "gilboa1997/fig2", "wichardt2008"}
LOOSE = 2e-6
"""Beyond a fork Gambit solves its equations to the size of its push."""


def short(path):
    return f"{path.parent.name}/{path.stem}"


def response_gap(tree, probabilities, precision):
    """Largest distance of a profile from the quantal response to itself, by plain sums."""
    at = {}
    sets = iter(probabilities)
    for player in tree.players:
        for (owner, _), names in tree.sets.items():
            if owner == player:
                for name in names:
                    at[name] = (owner, names)
                for a in range(len(tree.nodes[names[0]].moves)):
                    at[names[0], a] = next(sets)

    def choice(name, a):
        node = tree.nodes[name]
        if node.player is None:
            return float(node.chance[a].value({}))
        return at[at[name][1][0], a]

    worth, reach = {}, {}

    def value(name):
        if name in tree.outcomes:
            return [float(e.value({})) for e in tree.outcomes[name].payoffs]
        if name not in worth:
            node = tree.nodes[name]
            below = [value(to) for _, to in node.moves]
            own = [float(e.value({})) for e in node.payoffs] or [0.0] * len(tree.players)
            worth[name] = [
                own[i] + sum(choice(name, a) * v[i] for a, v in enumerate(below))
                for i in range(len(tree.players))
            ]
        return worth[name]

    def spread(name, w):
        if name in tree.nodes:
            reach[name] = reach.get(name, 0.0) + w
            for a, (_, to) in enumerate(tree.nodes[name].moves):
                spread(to, w * choice(name, a))

    value(tree.start)
    spread(tree.start, 1.0)
    worst = 0.0
    for (player, _), names in tree.sets.items():
        i = tree.players.index(player)
        total = sum(reach[n] for n in names)
        count = len(tree.nodes[names[0]].moves)
        mean = [
            sum(reach[n] * value(tree.nodes[n].moves[a][1])[i] for n in names) / total
            for a in range(count)
        ]
        weights = [math.exp(precision * (m - max(mean))) for m in mean]
        for a in range(count):
            worst = max(worst, abs(at[names[0], a] - weights[a] / sum(weights)))
    return worst


@pytest.mark.parametrize("path", real_files(), ids=short)
@pytest.mark.parametrize("precision", [0.25, 1.0, 2.0])
def test_real_files_equal_gambit(path, precision) -> None:
    import pygambit

    tree = read_efg(path.read_text(), path.name)
    if {path.stem, short(path)} & ABSENT_MINDED:
        with pytest.raises(GameError, match="twice on one history"):
            solve_tree(tree, precision=precision)
        return
    game = pygambit.read_efg(path)
    solved = solve_tree(tree, precision=precision)
    ours = flat(tree, solved)
    theirs = [float(v) for v in next(iter(pygambit.qre.logit_solve_lambda(game, lam=[precision])))]
    assert response_gap(tree, ours, precision) < EXACT
    if {path.stem, short(path)} & FORKED and precision > 0.25:
        assert response_gap(tree, theirs, precision) < LOOSE
    else:
        assert np.max(np.abs(np.array(ours) - theirs)) < GAMBIT
    again = read_efg(write_efg(tree))
    assert flat(again, solve_tree(again, precision=precision)) == ours


def test_the_check_of_a_response_sees_a_wrong_profile() -> None:
    tree = build(*random_tree(7))
    right = flat(tree, solve_tree(tree, precision=1.5))
    assert response_gap(tree, right, 1.5) < EXACT
    assert response_gap(tree, right, 1.6) > 1e-4


def best(tree):
    """Values per player under the best choices, ties shared evenly."""
    if tree[0] == "t":
        return tree[1]
    below = [best(k) for k in tree[-1]]
    if tree[0] == "c":
        p = tree[1]
    else:
        top = max(v[tree[0]] for v in below)
        equal = [v[tree[0]] == top for v in below]
        p = [e / sum(equal) for e in equal]
    return tuple(sum(q * v[i] for q, v in zip(p, below, strict=True)) for i in range(len(below[0])))


def rounded(tree):
    """The same tree with utilities that are whole numbers, so that ties are frequent."""
    if tree[0] == "t":
        return ("t", tuple(float(round(v)) for v in tree[1]))
    kids = tuple(rounded(k) for k in tree[-1])
    return ("c", tree[1], kids) if tree[0] == "c" else (tree[0], kids)


@pytest.mark.parametrize("seed", range(300, 330))
@pytest.mark.parametrize("ties", [False, True])
def test_infinite_precision_is_subgame_perfection_by_enumeration(seed, ties) -> None:
    players, raw = random_tree(seed, 1.5)
    if ties:
        raw = rounded(raw)
    solved = solve_tree(build(players, raw), precision=math.inf)
    for i, v in enumerate(best(raw)):
        assert abs(solved.utilities[f"P{i}"][0] - v) < EXACT


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
