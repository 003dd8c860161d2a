"""The extended-deterrence game: who moves, with which masks, and its draws.

```
C1 hold | challenge | attack
 hold      -> N stage (threat 0)
 challenge -> T concede -> N stage (threat .4, patron half doubted)
              T resist  -> D_1..D_K abstain|support (crisis) -> C2 back down -> N (threat .2)
                                                                escalate  -> WAR, crisis pattern s
 attack    -> WAR, no crisis, surprise
WAR: T concede (C wins) | resist -> D_1..D_K abstain|support|fight -> X_1..X_L abstain|support
     -> chance: C wins | fails -> N_1 -> N_2 ... stay|arm
```

C challenger, T protege, D defenders (patron first), X supporters, N proliferators. One play is
one year. "Challenge": a new demand backed by threat, display or force with fewer than 26 deaths.
"Attack": war, or force with at least 26 deaths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError

Array = npt.NDArray[np.float64]
Column = Array | float
"""One number per draw, or one for all draws."""

ABSTAIN, SUPPORT, FIGHT = 0, 1, 2
AVERAGE = "class"
"""The name of the average protector in the game at which constants are found."""
LOADINGS = (0.0, 0.5, 1.0)
"""How much of a defender's resolve each action uses."""


@dataclass(frozen=True, slots=True)
class Game:
    """Structure of one system's game: roles in order of moves, and masks.

    `barred` defenders cannot fight (a legal ban); `armed` proliferators have no move left.
    `second_order`: the challenger's idea of what the protege expects differs from its own belief.
    `warnings` say what came in beyond the range the model was built for; `priors` name the
    channels ("JPN:words") that rest on their prior alone.
    """

    system: str
    challenger: str
    protege: str
    defenders: tuple[str, ...]
    supporters: tuple[str, ...]
    proliferators: tuple[str, ...]
    barred: frozenset[str] = frozenset()
    armed: frozenset[str] = frozenset()
    second_order: bool = False
    reference_class: str = ""
    warnings: tuple[str, ...] = ()
    priors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        movers = (*self.defenders, *self.supporters)
        if self.challenger == self.protege or self.challenger in movers:
            raise GameError(
                f"challenger {self.challenger} in a second role", "one role", "correct the roles"
            )
        for role in (movers, self.proliferators):
            if len(set(role)) != len(role):
                raise GameError(f"an actor twice in {role}", "each actor once", "correct the roles")
        unknown = (self.barred - set(self.defenders)) | (self.armed - set(self.proliferators))
        if unknown:
            raise GameError(
                f"a mask on {', '.join(sorted(unknown))}",
                "barred defenders and armed proliferators of this game",
                "correct the masks",
            )

    @property
    def patron(self) -> str | None:
        """The first defender."""
        return self.defenders[0] if self.defenders else None

    @property
    def movers(self) -> tuple[str, ...]:
        """Defenders and supporters: those whose resolve is private."""
        return (*self.defenders, *self.supporters)


@dataclass(frozen=True, slots=True)
class Draws:
    """Everything a game needs, one number per draw.

    `values` holds parameters, covariates now, stances and levers; `reference` overrides the
    covariates and stances by their long-run values; `normals` the standard normal draws behind
    each parameter (to redraw one block); `constants` the calibrated constants, empty before
    calibration; `offset` the log of the mean odds ratio of war over the reference class, `crisis`
    the log-odds of that class that a challenge leads to war. Names of one actor end in `:ACTOR`.
    """

    n: int
    values: Mapping[str, Column]
    reference: Mapping[str, Column]
    normals: Mapping[str, Array]
    constants: Mapping[str, Array]
    sets: tuple[str, ...]
    set_index: npt.NDArray[np.int64]
    targets: Mapping[str, Array]
    notes: Mapping[str, float]
    offset: Column = 0.0
    crisis: Column = 0.0

    def at_reference(self) -> dict[str, Column]:
        """The values at the reference: no stance, long-run covariates, same parameters."""
        return {**self.values, **self.reference}

    def changed(self, **changes: Column) -> Draws:
        """The same draws and constants with some values replaced."""
        return self.with_values(changes)

    def with_values(self, changes: Mapping[str, Column]) -> Draws:
        """The same draws and constants with some values replaced. Unknown names are refused."""
        unknown = sorted(set(changes) - set(self.values))
        if unknown:
            raise GameError(
                f"value {', '.join(unknown)}", "a name of Draws.values", "list draws.values"
            )
        return replace(self, values={**self.values, **changes})

    def take(self, index: npt.NDArray[np.int64]) -> Draws:
        """The draws at `index`, in that order."""

        def cut(items: Mapping[str, Column]) -> dict[str, Column]:
            return {k: v[index] if isinstance(v, np.ndarray) else v for k, v in items.items()}

        def cut_arrays(items: Mapping[str, Array]) -> dict[str, Array]:
            return {k: v[index] for k, v in items.items()}

        return replace(
            self,
            n=len(index),
            values=cut(self.values),
            reference=cut(self.reference),
            normals=cut_arrays(self.normals),
            constants=cut_arrays(self.constants),
            set_index=self.set_index[index],
            targets=cut_arrays(self.targets),
            **cut({"offset": self.offset, "crisis": self.crisis}),
        )
