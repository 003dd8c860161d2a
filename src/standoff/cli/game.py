"""`standoff game solve|show|list|compile`: finite games of any kind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_table, say
from standoff.errors import GameError

if TYPE_CHECKING:
    from standoff.game import Followed, TreeSolution

ValueOption = Annotated[
    list[str] | None,
    typer.Option("--value", help="NAME=NUMBER, replacing a value of the game. May be repeated."),
]
PrecisionOption = Annotated[
    float, typer.Option("--precision", help="Above zero: near 0 is chance, large is no error.")
]
PerfectOption = Annotated[
    bool, typer.Option("--perfect", help="The limit without errors: subgame perfection.")
]


def _precision(given: float, perfect: bool) -> float:
    """The precision to solve with. A typed 0 or inf is a slip more often than a wish."""
    if perfect:
        return math.inf
    if not (math.isfinite(given) and given > 0):
        raise GameError(
            f"--precision {given:g}",
            "a finite number above zero",
            "--perfect for players without errors; 1 for errors as large as one unit of utility",
        )
    return given


def pairs(given: list[str] | None, option: str) -> dict[str, float]:
    """NAME=NUMBER of a repeated option. Raises `GameError` naming the option."""
    found: dict[str, float] = {}
    for text in given or []:
        name, _, raw = text.rpartition("=")
        try:
            found[name] = float(raw)
        except ValueError as error:
            raise GameError(f"{option} {text!r}", "NAME=NUMBER", f"{option} cost=1.5") from error
        if not name:
            raise GameError(f"{option} {text!r}", "NAME=NUMBER", f"{option} cost=1.5")
    return found


def register(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(
        name="game", help="Solve, show and list games.", no_args_is_help=True, rich_markup_mode=None
    )
    family.command("solve")(solve)
    family.command("show")(show)
    family.command("list")(list_)
    family.command("compile")(compile_)
    app.add_typer(family)


def solve(
    game: Annotated[str, typer.Argument(help="A .efg or .toml file, or a citation.")],
    precision: PrecisionOption = 1.0,
    perfect: PerfectOption = False,
    value: ValueOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Agent quantal response equilibrium: the probability of every action."""
    from standoff.game import load_game, solve_tree

    precision = _precision(precision, perfect)
    solved = solve_tree(load_game(game), pairs(value, "--value"), precision=precision)
    tree = solved.tree
    actions: list[dict[str, Any]] = [
        {
            "player": player,
            "information_set": information,
            "nodes": list(tree.sets[player, information]),
            "action": action,
            "probability": float(p[0]),
        }
        for (player, information), table in solved.probabilities.items()
        for action, p in table.items()
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "title": tree.title,
                "players": list(tree.players),
                "precision": precision if math.isfinite(precision) else "inf",
                "method": solved.method.value,
                "residual": solved.residual,
                "actions": actions,
                "outcomes": [
                    {"outcome": name, "reached": float(p[0])} for name, p in solved.outcomes.items()
                ],
                "expected_utility": {p: float(u[0]) for p, u in solved.utilities.items()},
                "forks": list(solved.forks[0]) if solved.forks else [],
                "other_equilibria": [_other(solved, o) for o in solved.others],
                "not_followed": solved.lost,
            }
        )
        return
    emit_table(
        ["player", "at", "action", "probability"],
        [
            [a["player"], ", ".join(a["nodes"]), a["action"], f"{a['probability']:.6g}"]
            for a in actions
        ],
        title=f"{tree.title}, precision {precision:g}, {solved.method.value}",
    )
    say()
    emit_table(
        ["player", "expected utility"],
        [[p, f"{float(u[0]):.6g}"] for p, u in solved.utilities.items()],
    )
    for number, precision_at in enumerate(solved.forks[0] if solved.forks else (), start=1):
        say(
            f"fork {number}   the branch passes a fork at precision {precision_at:.6g}; it goes "
            "straight on, which is a convention"
        )
    for number, other in enumerate(solved.others, start=1):
        say()
        emit_table(
            ["player", "at", "action", "probability"],
            [
                [a["player"], ", ".join(a["nodes"]), a["action"], f"{a['probability']:.6g}"]
                for a in _other(solved, other)
            ],
            title=f"other equilibrium {number}, from a fork",
        )
    if solved.lost:
        say(
            f"{solved.lost} other ways out of forks could not be followed to precision {precision:g}"
        )


def _other(solved: TreeSolution, found: Followed) -> list[dict[str, Any]]:
    """The probabilities of an equilibrium beside the one followed, a record an action."""
    tree = solved.tree
    return [
        {
            "player": player,
            "information_set": information,
            "nodes": list(names),
            "action": action,
            "probability": float(found.probabilities[names[0]][a]),
        }
        for (player, information), names in tree.sets.items()
        for a, action in enumerate(tree.nodes[names[0]].actions)
    ]


def show(
    game: Annotated[str, typer.Argument(help="A .efg or .toml file, or a citation.")],
    precision: PrecisionOption = 1.0,
    perfect: PerfectOption = False,
    value: ValueOption = None,
    efg: Annotated[bool, typer.Option("--efg", help="Print the game as .efg instead.")] = False,
) -> None:
    """A game played move by move, as text."""
    from standoff.game import load_game, play_through, write_efg

    tree, values = load_game(game), pairs(value, "--value")
    if efg:
        say(write_efg(tree, values).rstrip("\n"))
    else:
        say(play_through(tree, values, precision=_precision(precision, perfect)))


def list_(form: FormatOption = OutputFormat.TABLE) -> None:
    """The catalogue: citation, title, players, source."""
    from standoff.game import list_games, load_game

    records = [
        {
            "citation": name,
            "title": tree.title,
            "players": list(tree.players),
            "source": tree.source,
        }
        for name, path in list_games().items()
        for tree in [load_game(path)]
    ]
    if form is OutputFormat.JSON:
        emit_json(records)
        return
    emit_table(
        ["citation", "title", "players"],
        [[r["citation"], r["title"], ", ".join(r["players"])] for r in records],
    )


def compile_(
    system: Annotated[str, typer.Option("--system", help="A system description.")],
) -> None:
    """Compile the kernels of games of a system's shape and of the filter, and keep them on disk.

    Else the first answer of a shape does it, once, in some seconds.
    """
    import numpy as np

    from standoff.assess import forecast_events
    from standoff.game import build_game, compile_game, load_coefficients
    from standoff.systems import load_system

    game, drawn = build_game(
        load_system(system), {}, load_coefficients(), draws=2, rng=np.random.default_rng(1)
    )
    for path in compile_game(game, frozenset({**drawn.values, **drawn.constants})):
        say(path)
    # An answer walks every path of the filter.
    described = load_system(system)
    forecast_events(described, [], as_of=described.as_of, draws=100, explained=True)
