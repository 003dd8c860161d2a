"""Why numbers moved: what each new event does, measured, and not which came last."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.assess.answer import Workbench
from standoff.assess.assessment import Influence
from standoff.assess.contributions import influences_of
from standoff.game import FORECAST, solve_batch
from standoff.terms import Relation


@dataclass(frozen=True, slots=True)
class Causes:
    """New events by what they do to the answer, and new signals by what they do to each level.

    `levels` maps the handle of a level to the size of each signal's change of it, in sd.
    """

    influences: tuple[Influence, ...]
    levels: Mapping[str, Mapping[str, float]]

    def of(self, key: str, gained: Sequence[str]) -> tuple[str, ...]:
        """The signals that a number gained, those that move it most first.

        A level is moved by its own signals, any other number by what moves the answer; what moves
        neither is left out.
        """
        sizes = self.levels.get(key)
        if sizes is None:
            sizes = {
                h: abs(math.log(max(i.multiplier.mean, 1e-12)))
                for i in self.influences
                for h in i.signals
            }
        known = [h for h in gained if sizes.get(h, 0.0) > 0.0]
        return tuple(sorted(known, key=lambda h: (-sizes[h], h)))


def rank_causes(bench: Workbench, gained: Mapping[str, str]) -> Causes:
    """What each of the events `gained` (handles by keys) does under the later of two answers."""
    few = solve_batch(bench.game, bench.few, outputs=FORECAST)
    found = influences_of(bench, gained, tuple(gained), few)
    t = bench.system.protege
    c = bench.system.challenger
    series = [(k, t, Relation.COMMITMENT)
              for k in (*bench.system.defenders, *bench.system.supporters)]  # fmt: skip
    series += [(c, k, Relation.HOSTILITY) for k in (t, *bench.system.defenders)]
    levels: dict[str, dict[str, float]] = {}
    for one in series:
        seen = bench.stance.observations(*one)
        new = [i for i, o in enumerate(seen) if o.key in gained]
        if new:
            weights = bench.stance.weights(*one, latest=len(seen) - new[0])
            levels[bench.stance.level(*one).handle] = {
                h: math.hypot(w.words, w.deeds) for w in weights for h in w.handles
            }
    return Causes(found, levels)
