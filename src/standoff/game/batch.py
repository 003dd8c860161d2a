"""Solve a game for all its draws at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game import kernel
from standoff.game.evaluate import evaluate
from standoff.game.extended import Draws, Game
from standoff.game.ops import NumpyOps, Value
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Solutions:
    """Named results, axis: draw.

    `probabilities`: "hold", "challenge", "attack", "war" (attack, or a challenge that escalates),
    "resist|attack", "fight:USA" (given a resisted attack), "fight:USA@CHN" (as the challenger
    reads it), "support:GBR", "arm:JPN|attack", "new_nuclear:1|attack", "win", ...
    `utilities`: "CHN" over the year and "CHN|attack" by branch, in logit units.
    `base` is the sampled base rate of war at the reference.
    """

    game: Game
    probabilities: Mapping[str, Array]
    utilities: Mapping[str, Array]
    base: Array
    sets: tuple[str, ...]
    set_index: npt.NDArray[np.int64]
    clipped: float
    backend: str
    offset: Array | float = 0.0
    crisis: Array | float = 0.0

    @classmethod
    def of(
        cls,
        game: Game,
        draws: Draws,
        probabilities: Mapping[str, Value],
        utilities: Mapping[str, Value] | None = None,
        backend: str = "numpy",
    ) -> Solutions:
        """What was solved for `draws`, with their base rates."""
        return cls(
            game=game,
            probabilities=_columns(probabilities, draws.n),
            utilities=_columns(utilities or {}, draws.n),
            base=draws.targets["attack"],
            sets=draws.sets,
            set_index=draws.set_index,
            clipped=draws.notes.get("clipped", 0.0),
            backend=backend,
            offset=draws.offset,
            crisis=draws.crisis,
        )

    @property
    def ratio_to_base(self) -> Array:
        """P(war) over the base rate."""
        return self.probabilities["war"] / self.base

    @property
    def strategic(self) -> Array:
        """Log-odds of war now, less those of the mean member of the class, axis: draw."""
        return log_odds(self.probabilities["war"]) - log_odds(self.base) - self.offset

    @property
    def strategic_in_crisis(self) -> Array:
        """Log-odds that a challenge leads to war, less those of the mean member of the class."""
        return log_odds(self.probabilities["escalate|challenge"]) - self.crisis

    @property
    def odds_ratio_to_reference(self) -> Array:
        """Odds of war now over odds at the reference."""
        return np.exp(log_odds(self.probabilities["war"]) - log_odds(self.base))

    def estimate(self, name: str, coverage: float = 0.9) -> Estimate:
        """Median and interval of a named probability or utility."""
        return Estimate.of(self._named(name), coverage)

    def by_set(self, name: str, coverage: float = 0.9) -> dict[str, Estimate]:
        """The same quantity under each prior set: both answers are kept."""
        values = self._named(name)
        return {
            s: Estimate.of(values[self.set_index == i], coverage)
            for i, s in enumerate(self.sets)
            if np.any(self.set_index == i)
        }

    def _named(self, name: str) -> Array:
        for table in (self.probabilities, self.utilities):
            if name in table:
                return table[name]
        raise GameError(
            f"result {name!r}",
            f"a name such as {', '.join(list(self.probabilities)[:6])}",
            "list solutions.probabilities and solutions.utilities",
        )


def log_odds(p: Array) -> Array:
    """Log-odds, axis: draw.

    A chance that rounds to 0 or 1 keeps finite odds.

    >>> float(log_odds(np.array(0.5))), bool(np.isfinite(log_odds(np.array(1.0))))
    (0.0, True)
    """
    q = np.clip(p, 1e-300, 1.0 - 1e-16)
    return np.log(q) - np.log1p(-q)


def check_precision(precision: float) -> float:
    """Refuse a precision that is zero or less, or no number; infinity is the perfect player.

    >>> check_precision(2.0)
    2.0
    """
    if math.isnan(precision) or precision <= 0:
        raise GameError(f"precision {precision}", "a number above zero, or inf", "precision=1.0")
    return precision


def inputs(draws: Draws) -> dict[str, Value]:
    """The values and constants that a solve reads."""
    if not draws.constants:
        raise GameError(
            "draws without constants", "calibrated draws", "use build_game or calibrate"
        )
    return {**draws.values, **draws.constants}


def solve_batch(
    game: Game,
    draws: Draws,
    *,
    precision: float = 1.0,
    backend: str = "auto",
    outputs: tuple[str, ...] | None = None,
    threads: int = 1,
) -> Solutions:
    """Solve the game for every draw by exact backward induction (agent quantal response).

    `backend`: "numpy", "numba" (compiled, extra `fast`), or "auto": compiled where numba is installed,
    at first use of a shape (some seconds, once: `standoff game compile`). `outputs` names the probabilities that
    are wanted (all, and the utilities, if None); the kernel then computes nothing else.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> game, draws = build_game(load_system("west-pacific-2021"), {}, load_coefficients(),
    ...                          draws=20, rng=np.random.default_rng(1))
    >>> s = solve_batch(game, draws)
    >>> total = s.probabilities["hold"] + s.probabilities["challenge"] + s.probabilities["attack"]
    >>> bool(np.allclose(total, 1.0))
    True
    """
    check_precision(precision)
    x = inputs(draws)
    used = choose_backend(backend, draws.n, precision)
    if used == "numba":
        p, u, bad = kernel.run(game, x, draws.n, precision, outputs, threads)
        if len(bad):
            few = draws.take(bad)
            exact = evaluate(NumpyOps(precision), game, inputs(few), outputs)
            for table, values in ((p, exact[0]), (u, exact[1])):
                for name, column in table.items():
                    column[bad] = values[name]
    else:
        p, u = evaluate(NumpyOps(precision), game, x, outputs)
        if outputs is not None:
            p, u = {k: p[k] for k in outputs}, {}
    return Solutions.of(game, draws, p, u, used)


def choose_backend(backend: str, n: int, precision: float) -> str:
    """Which of the two solves `n` draws; "auto" never hangs on what is on disk.

    One path at every size of an answer: else the last digits would depend on the day on which the
    kernel was first compiled.
    """
    if backend not in ("auto", "numpy", "numba"):
        raise GameError(f"backend {backend!r}", "auto, numpy or numba", "backend='auto'")
    if backend == "numpy" or math.isinf(precision):
        return "numpy"
    if backend == "numba":
        return "numba"
    return "numba" if n >= kernel.LEAST and kernel.available() else "numpy"


def _columns(named: Mapping[str, Value], n: int) -> dict[str, Array]:
    return {k: np.broadcast_to(np.asarray(v, dtype=float), (n,)) for k, v in named.items()}
