"""How likely each event is under rival hypotheses, by the model.

```
L_h(e) = P(h | everything) / P(h | everything but e)          by Bayes, up to a factor common to all h
```

Hypotheses about the challenger: it attacks within twelve months; a crisis, short of an attack; no crisis.
About a patron, if the protege is attacked and resists: it fights; it supports; it stands aside.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import Workbench, parties_of
from standoff.assess.moves import LeaveOut, reduced_events
from standoff.errors import InputError
from standoff.forecast import chances, volumes, weigh
from standoff.game import FORECAST, Solutions, solve_batch
from standoff.terms import Relation, Signal

__all__ = ["ATTACK", "Shares", "hypotheses_about", "shares_without"]

Array = npt.NDArray[np.float64]
ATTACK = "attack"
"""The question that `ach` asks unless it is about a patron."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of the hypotheses, in their order, summing to one."""

    values: tuple[float, ...]

    def over(self, other: Shares) -> tuple[float, ...]:
        """Ratios to another set of probabilities: likelihoods, up to a common factor."""
        return tuple(a / b for a, b in zip(self.values, other.values, strict=True))


def hypotheses_about(bench: Workbench, about: str) -> tuple[tuple[str, str], ...]:
    """Keys and names of the hypotheses about the challenger (`attack`) or about a patron by its code.

    Raises `InputError` for an actor that is no defender or supporter.
    """
    system = bench.system
    c, t = system.name(system.challenger), system.name(system.protege)
    if about == ATTACK:
        return (
            ("attack", f"{c} attacks {t} within a year"),
            ("crisis", f"{c} opens a crisis within a year and does not attack"),
            ("quiet", f"{c} opens no crisis within a year"),
        )
    name = system.name(about)
    if about in system.defenders:
        return (
            ("fights", f"{name} fights, if {t} is attacked and resists"),
            ("supports", f"{name} supports it without fighting"),
            ("aside", f"{name} stands aside"),
        )
    if about in system.supporters:
        return (
            ("supports", f"{name} supports {t}, if it is attacked and resists"),
            ("aside", f"{name} stands aside"),
        )
    known = ", ".join((ATTACK, *system.defenders, *system.supporters))
    raise InputError(f"--about {about}", f"one of {known}", f"--about {ATTACK}")


def shares_without(
    bench: Workbench,
    mover: LeaveOut,
    codings: Mapping[str, Signal],
    about: str,
    sets: Sequence[Collection[str]],
    *,
    whole: bool = False,
) -> list[Shares]:
    """Probabilities of the hypotheses without each set of reports (handles of signals), in order.

    On every fourth draw, or with `whole` on all of them, as an assessment prints them. The game is
    solved again only where a stance rests on what is left out.
    """
    step = 1 if whole else bench.step
    draws = bench.draws if whole else bench.few
    outputs = FORECAST if about == ATTACK else None
    same = solve_batch(bench.game, draws, outputs=outputs)
    found: list[Shares] = []
    for gone in sets:
        cut = reduced_events(bench.events, set(gone), codings)
        solved = same
        if cut.touched & mover.stance_keys:
            columns = bench.columns_under(bench.stance.without(gone))
            changed = {k: v[::step] for k, v in columns.items() if v is not bench.columns[k]}
            if changed:
                solved = solve_batch(bench.game, draws.with_values(changed), outputs=outputs)
        if about != ATTACK:
            found.append(_of_patron(solved, bench, about))
            continue
        parties = parties_of(bench.system, bench.basis)
        added, _ = weigh(cut.left, parties, bench.use.model, at=bench.at) if cut.left else ((), ())
        pieces = [p for p in bench.pieces if p.key not in cut.touched] + list(added)
        volume = volumes(pieces, bench.use.model, bench.at)
        found.append(_of_challenger(bench, solved, volume, step))
    return found


def _of_challenger(
    bench: Workbench, solved: Solutions, volume: Mapping[str, float], step: int
) -> Shares:
    use = replace(
        bench.use,
        onset=bench.use.onset[::step],
        severity=bench.use.severity[::step],
        strategic={"game": solved.strategic},
        in_crisis={"game": solved.strategic_in_crisis},
        parameters={k: v[::step] for k, v in bench.use.parameters.items()},
    )
    found, _, crisis = chances(use, volume, None, (12,))
    attack = float(found[12].mean())
    opened = max(float(crisis.mean()), attack)
    return Shares((attack, opened - attack, 1.0 - opened))


def _of_patron(solved: Solutions, bench: Workbench, about: str) -> Shares:
    if about in bench.system.supporters:
        supports = float(solved.probabilities[f"support:{about}"].mean())
        return Shares((supports, 1.0 - supports))
    fights = float(solved.estimate(f"fight:{about}").mean)
    supports = float(solved.estimate(f"support:{about}").mean)
    return Shares((fights, supports, 1.0 - fights - supports))


def in_series(bench: Workbench, actor: str) -> frozenset[str]:
    """Keys of the events that the stance of a patron rests on."""
    seen = bench.stance.observations(actor, bench.system.protege, Relation.COMMITMENT)
    return frozenset(o.key for o in seen)
