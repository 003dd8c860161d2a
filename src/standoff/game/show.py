"""A game as text: every history move by move, with chances, choices and values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from standoff.errors import GameError
from standoff.game.ops import Value
from standoff.game.quantal import TreeSolution, given, solve_tree
from standoff.game.tree import Tree

MOST_LINES = 2000


def play_through(
    tree: Tree, values: Mapping[str, Value] | None = None, *, precision: float = 1.0
) -> str:
    """The game played move by move at one set of values, for reading and for golden files.

    >>> tree = Tree.parse('''
    ... title = "take it or leave it"
    ... players = ["A"]
    ... [nodes.start]
    ... player = "A"
    ... moves = { leave = "nothing", take = "prize" }
    ... [outcomes]
    ... nothing = { A = 0 }
    ... prize = { A = "value" }
    ... [values]
    ... value = 1
    ... ''')
    >>> print(play_through(tree))
    take it or leave it
    players    A
    values     value = 1
    precision  1
    <BLANKLINE>
    start: A chooses (A 0.7311)
      leave 0.2689 -> nothing (A 0)
      take 0.7311 -> prize (A 1)
    <BLANKLINE>
    expected   A 0.7311
    outcomes   nothing 0.2689, prize 0.7311
    """
    x, draws = given(tree, values)
    if draws != 1:
        raise GameError(f"values of {draws} draws", "one number per name", "show one draw")
    solved = solve_tree(tree, values, precision=precision)
    lines = [tree.title, f"players    {', '.join(tree.players)}"]
    if tree.source:
        lines.append(f"source     {tree.source}")
    if x:
        lines.append("values     " + ", ".join(f"{k} = {v:.6g}" for k, v in x.items()))
    lines += [f"precision  {precision:g}", ""]
    shown: set[str] = set()
    stack = [(tree.start, 0, "")]
    while stack and len(lines) < MOST_LINES:
        name, depth, lead = stack.pop()
        pad = "  " * depth
        if name in tree.outcomes:
            at_end = [float(e.value(x)) for e in tree.outcomes[name].payoffs]
            lines.append(f"{pad}{lead}{name} ({_numbers(tree, at_end)})")
            continue
        node = tree.nodes[name]
        here = [float(solved.values[name][p][0]) for p in tree.players]
        head = f"{pad}{lead}{name}: {_who(tree, name)} ({_numbers(tree, here)})"
        if name in shown:
            lines.append(f"{head}, as above")
            continue
        shown.add(name)
        lines.append(head)
        for i, (label, to) in reversed(list(enumerate(node.moves))):
            p = float(_chances(solved, x, name)[i])
            stack.append((to, depth + 1, f"{label} {_number(p)} -> "))
    if stack:
        lines.append(f"... {len(stack)} branches more")
    end = [float(solved.utilities[p][0]) for p in tree.players]
    ends = ", ".join(f"{k} {_number(float(v[0]))}" for k, v in solved.outcomes.items())
    lines += ["", f"expected   {_numbers(tree, end)}", f"outcomes   {ends}"]
    return "\n".join(lines)


def _who(tree: Tree, name: str) -> str:
    node = tree.nodes[name]
    if node.player is None:
        return "chance"
    others = tree.sets[node.player, node.information or name]
    unseen = f", not knowing which of {', '.join(others)}" if len(others) > 1 else ""
    return f"{node.player} chooses{unseen}"


def _chances(solved: TreeSolution, x: Mapping[str, Value], name: str) -> list[float]:
    node = solved.tree.nodes[name]
    if node.player is None:
        return [float(e.value(x)) for e in node.chance]
    table = solved.probabilities[node.player, node.information or name]
    return [float(table[a][0]) for a in node.actions]


def _number(value: float) -> str:
    if value and (abs(value) < 1e-3 or abs(value) >= 1e6) and math.isfinite(value):
        return f"{value:.2e}"
    # Minus zero reads as a slip.
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _numbers(tree: Tree, values: list[float]) -> str:
    return ", ".join(f"{p} {_number(v)}" for p, v in zip(tree.players, values, strict=True))
