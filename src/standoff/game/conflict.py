"""Where claims of the field conflict: both readings of a lever, each with its own number.

The literature holds that an ally acts with its patron, and that doubt about the patron makes it
bolder; that deeds deter, and that they provoke; that a feared cascade deters, and that it leaves
less margin for error. The model does not settle such a pair: it shows what each says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from standoff.game.batch import Solutions, solve_batch
from standoff.game.extended import Draws, Game
from standoff.game.whatif import told, with_lever
from standoff.terms import Estimate


@dataclass(frozen=True, slots=True)
class ClaimOnLever:
    """One claim: the lever that stands for it and what that does to one probability.

    `share_up` is the share of draws in which the probability rises.
    """

    claim: str
    lever: str
    outcome: str
    change: Estimate
    share_up: float


@dataclass(frozen=True, slots=True)
class LeverConflict:
    """Two claims that pull apart, on common draws."""

    readings: tuple[ClaimOnLever, ClaimOnLever]

    @property
    def text(self) -> str:
        """Both readings in one line."""
        parts = [
            f"{r.claim} ({r.lever}: P({r.outcome}) {100 * r.change.median:+.2g} points, "
            f"up in {r.share_up:.0%} of the draws)"
            for r in self.readings
        ]
        return "; but ".join(parts)


@dataclass(frozen=True, slots=True)
class _Claim:
    claim: str
    changes: Mapping[str, float]
    outcome: str


def conflicts(game: Game, draws: Draws, changes: Mapping[str, float]) -> tuple[LeverConflict, ...]:
    """The conflicts that the levers in `changes` touch, each side on the same draws.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> game, draws = build_game(load_system("west-pacific-2021"), {}, load_coefficients(),
    ...                          draws=100, rng=np.random.default_rng(1))
    >>> found = conflicts(game, draws, {"patron_doubt": 0.8})
    >>> [r.claim for r in found[0].readings]
    ['JPN acts with USA', 'doubt about USA makes JPN bolder']
    >>> conflicts(game, draws, {"trade": 2.0})
    ()
    """
    pairs = _touched(game, changes)
    if not pairs:
        return ()
    before = solve_batch(game, draws)
    return tuple(
        LeverConflict((_read(game, draws, before, a), _read(game, draws, before, b)))
        for a, b in pairs
    )


def _touched(game: Game, changes: Mapping[str, float]) -> list[tuple[_Claim, _Claim]]:
    found: list[tuple[_Claim, _Claim]] = []
    names = {name.partition(":")[0]: name.partition(":")[2] for name in changes}
    patron = game.patron
    about_patron = "patron_doubt" in names or any(
        actor == patron for family, actor in names.items() if family != "trade_share"
    )
    for k in game.defenders[1:] if patron and about_patron else ():
        shift = {f"perceived:{patron}": -1.0, f"true:{patron}": -1.0}
        bold = f"arm:{k}|hold" if k in game.proliferators and k not in game.armed else f"fight:{k}"
        found.append(
            (
                _Claim(f"{k} acts with {patron}", shift, f"fight:{k}"),
                _Claim(f"doubt about {patron} makes {k} bolder", {"patron_doubt": 1.0}, bold),
            )
        )
    for name, amount in changes.items():
        family, _, k = name.partition(":")
        if family in ("words", "deeds") and amount:
            own = {name: amount}
            found.append(
                (
                    _Claim(f"{family} of {k} deter war", own, "war"),
                    _Claim(f"{family} of {k} provoke a challenge", own, "challenge"),
                )
            )
    if "foresight" in names and game.proliferators:
        seen = {"foresight": 1.0}
        found.append(
            (
                _Claim("a foreseen cascade deters attack", seen, "war"),
                _Claim(
                    "each new nuclear neighbour leaves less margin for error",
                    {f"arming:{game.proliferators[0]}": 1.0},
                    f"new_nuclear:{len(game.proliferators)}|hold",
                ),
            )
        )
    return found


def _read(game: Game, draws: Draws, before: Solutions, claim: _Claim) -> ClaimOnLever:
    moved_game, moved = game, draws
    for name, amount in claim.changes.items():
        moved_game, moved, _ = with_lever(moved_game, moved, name, amount)
    after = solve_batch(moved_game, moved)
    gap = after.probabilities[claim.outcome] - before.probabilities[claim.outcome]
    return ClaimOnLever(
        claim.claim,
        ", ".join(told(game, k, v) for k, v in claim.changes.items()),
        claim.outcome,
        Estimate.of(gap),
        float(np.mean(gap > 0)),
    )


__all__ = ["ClaimOnLever", "LeverConflict", "conflicts"]
