"""Speed of the game room beside Gambit and OpenSpiel, in one run.

    python benchmarks/game.py            # about a minute once kernels are compiled

A decision node is one mover's choice at one state after merging of equal states; quadrature points
are not counted.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from standoff.game import (
    Game,
    build_game,
    load_coefficients,
    load_game,
    play_years,
    shapley,
    signal_factors,
    solve_batch,
    solve_tree,
    write_efg,
)
from standoff.systems import load_system

OUT = Path(__file__).parent / "results" / "game.md"


def best(work: Callable[[], object], times: int = 5) -> float:
    """Shortest of several runs, seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def decision_nodes(game: Game) -> int:
    """Decision nodes per draw after merging equal states, both minds, no quadrature points.

    >>> decision_nodes(Game("s", "C", "T", ("D",), (), ()))
    19
    """
    k, x = len(game.defenders), len(game.supporters)
    patterns, acts = 2**k, 3 if k else 1
    trees = sum(3**i for i in range(k)) * (patterns + 1)
    crisis = sum(2**i for i in range(k))
    mind = 1 + (patterns + 1) + trees + crisis + x * (acts + (2 if k else 1))
    free = [m for m in game.proliferators if m not in game.armed]
    states = 8 if k else 6
    return 1 + patterns + 2 * mind + states * (2 ** len(free) - 1)


def rows() -> list[tuple[str, str, str]]:
    """What, figure, bound."""
    rng = np.random.default_rng(1)
    system = load_system("west-pacific-2021")
    stances = {k: rng.normal(0.3, 0.5, (4000, 2)) for k in system.defenders}
    game, draws = build_game(system, stances, load_coefficients(), draws=4000, rng=rng)
    nodes = decision_nodes(game)
    start = time.perf_counter()
    solve_batch(game, draws, backend="numba")
    first = time.perf_counter() - start
    solve_batch(game, draws, backend="numba", outputs=("war",))
    many = draws.take(np.arange(100_000) % 4000)
    found: list[tuple[str, str, str]] = [("decision nodes of the game", str(nodes), "")]
    for name, used, drawn, threads in (
        ("kernel, 4,000 draws (in cache)", "numba", draws, 1),
        ("kernel, 100,000 draws", "numba", many, 1),
        ("kernel, 100,000 draws, two threads", "numba", many, 2),
        ("NumPy twin, 4,000 draws", "numpy", draws, 1),
    ):
        t = best(lambda u=used, d=drawn, k=threads: solve_batch(game, d, backend=u, threads=k))
        speed = nodes * drawn.n / t
        found.append((f"{name}, nodes/s", f"{speed / 1e8:.2f}e8", "floor 1e8"))
        if drawn is many:
            found.append((f"{name}, seconds", f"{t:.3f}", "below 0.1"))
    found.append(("first call, kernel on disk, numba's import included, s", f"{first:.2f}", "2"))
    ten = draws.take(np.arange(10_000) % 4000)
    six = signal_factors(game)[:6]
    t = best(lambda: shapley(game, ten, six, backend="numba"), 3)
    found.append(("Shapley, 6 factors, 10,000 draws, s", f"{t:.2f}", "below 1"))
    found.append(("both kernels compiled in a new process and cache, s", f"{compiling():.1f}", ""))
    thousand = draws.take(np.arange(1000))
    t = best(lambda: play_years(game, thousand, system, years=10, paths=4), 2)
    found.append(("play, 10 years, 1,000 draws, 4 paths, s", f"{t:.2f}", ""))
    found += referees()
    return found


def compiling() -> float:
    """Seconds that `standoff game compile` takes where nothing is compiled yet."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from standoff.cli import main; main()",
             "game", "compile", "--system", "west-pacific-2021"],
            check=True, capture_output=True, env={**os.environ, "STANDOFF_CACHE": folder},
        )  # fmt: skip
        return time.perf_counter() - start


def referees() -> list[tuple[str, str, str]]:
    """One small game with Gambit and OpenSpiel; the latter by a recursion of our own."""
    tree = load_game("zagare_kilgour2003/tripartite_crisis")
    text, nodes = write_efg(tree), len(tree.nodes)
    # Every number differs from draw to draw: what does not would be solved once.
    noise = np.random.default_rng(2).normal(0.0, 0.1, (len(tree.defaults), 100_000))
    values = {k: v + noise[i] for i, (k, v) in enumerate(tree.defaults.items())}
    t = best(lambda: solve_tree(tree, values))
    found = [("any tree, NumPy, tripartite crisis, nodes/s", f"{nodes * 100_000 / t:.2g}", "")]
    own = solve_tree(tree)
    try:
        import pygambit
        import pyspiel
    except ImportError as error:
        return [*found, ("referees", f"not installed: {error.name}", "")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "game.efg"
        path.write_text(text)
        read = pygambit.read_efg(path)
        t = best(lambda: list(pygambit.qre.logit_solve_lambda(read, lam=[1.0])))
        found.append(("Gambit, the same tree, nodes/s", f"{nodes / t:.2g}", ""))
        game = pyspiel.load_game(f"efg_game(filename={path})")

    def value(state: pyspiel.State) -> list[float]:
        if state.is_terminal():
            return list(state.returns())
        actions = state.legal_actions()
        below = [value(state.child(a)) for a in actions]
        player = state.current_player()
        w = [math.exp(v[player]) for v in below]
        return [
            sum(q * v[i] for q, v in zip(w, below, strict=True)) / sum(w)
            for i in range(len(below[0]))
        ]

    t = best(lambda: value(game.new_initial_state()))
    found.append(("OpenSpiel (Python API), the same tree, nodes/s", f"{nodes / t:.2g}", ""))
    theirs = value(game.new_initial_state())
    worst = max(
        abs(a - float(own.utilities[p][0])) for a, p in zip(theirs, tree.players, strict=True)
    )
    found.append(
        ("largest difference to OpenSpiel's tree, expected utility", f"{worst:.1e}", "1e-10")
    )
    return found


def main() -> None:
    """Measure and write the table."""
    lines = [
        "# Game",
        "",
        f"`python benchmarks/game.py`, 2 cores shared with other work, x86-64, {date.today()}.",
        "",
        "| what | measured | bound |",
        "| --- | --- | --- |",
        *(f"| {a} | {b} | {c} |" for a, b, c in rows()),
        "",
    ]
    kept = OUT.read_text().split("## Notes", 1)[1] if OUT.is_file() else "\n"
    OUT.write_text("\n".join(lines) + "\n## Notes" + kept)
    print(OUT.read_text())


if __name__ == "__main__":
    main()
