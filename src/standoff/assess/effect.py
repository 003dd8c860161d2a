"""The effect of one asserted cause in the game: changes, outcomes, differences draw by draw."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from standoff.errors import DescriptionError
from standoff.game import Draws, Game, Solutions, solve_batch
from standoff.systems import CausalLink

Array = npt.NDArray[np.float64]
_CHANGE = re.compile(r"([\w:]+)([+*=-])(\d+(?:\.\d+)?)")


def effect_of(game: Game, draws: Draws, link: CausalLink) -> Array:
    """The outcome with the change less the outcome without it, axis: draw.

    Without a change, the outcome itself. With `given`, how much larger the effect is under those
    changes: f(change, given) - f(given) - f(change) + f().
    """
    start = changed(draws, link.base)

    def outcome(*changes: str) -> Array:
        return measured(solve_batch(game, changed(start, changes)), link.outcome)

    if not link.change:
        return outcome()
    effect = outcome(*link.change) - outcome()
    if link.given:
        effect = outcome(*link.change, *link.given) - outcome(*link.given) - effect
    return effect


def without(draws: Draws, names: Sequence[str]) -> Draws:
    """The same draws with some coefficients at zero."""
    return changed(draws, [f"{name}=0" for name in names])


def changed(draws: Draws, changes: Sequence[str]) -> Draws:
    """Apply changes such as "words:JPN+1", "ambition*1.5" or "foresight=0", in order.

    Raises `DescriptionError` for one that cannot be read, or names nothing of the draws.
    """
    for text in changes:
        found = _CHANGE.fullmatch(text)
        if found is None or found[1] not in draws.values:
            raise DescriptionError(
                f"change {text!r}",
                "NAME+1, NAME-1, NAME*1.5 or NAME=1, with a name of the draws",
                f"one of {', '.join(sorted(draws.values))}",
            )
        name, sign, amount = found[1], found[2], float(found[3])
        old = draws.values[name]
        new = {"+": old + amount, "-": old - amount, "*": old * amount}.get(sign, amount)
        draws = draws.with_values({name: new})
    return draws


def measured(solved: Solutions, outcome: str) -> Array:
    """An outcome by name: "war", "logit war", "- resist|challenge", "CHN|attack - CHN|hold".

    Raises `DescriptionError` for a name that the game does not compute.
    """
    if outcome.startswith("logit "):
        p = _named(solved, outcome.removeprefix("logit "))
        return np.log(p) - np.log1p(-p)
    if outcome.startswith("- "):
        return -_named(solved, outcome.removeprefix("- "))
    first, _, second = outcome.partition(" - ")
    return _named(solved, first) - (_named(solved, second) if second else 0.0)


def _named(solved: Solutions, name: str) -> Array:
    for table in (solved.probabilities, solved.utilities):
        if name in table:
            return table[name]
    known = (*solved.probabilities, *solved.utilities)
    raise DescriptionError(f"outcome {name!r}", f"one of {', '.join(known)}", "correct the file")
