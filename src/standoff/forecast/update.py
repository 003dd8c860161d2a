"""From a base rate, pieces of evidence and the strategic model to the chance of an attack.

```
P(m) = (1 - a) q (1 - exp(-lambda m / 12)) + a q_open G(m)
a = (c - c0) / (1 - c0), not below 0:          what evidence adds to the chance of an open crisis
logit c = logit c0 + x + u max(logit top - logit c0, 0),  c0 = lambda D / (1 + lambda D)
x = C tanh(sum_k +-crisis_k f(v_k) / C),       u = 1 - exp(-(max(x, 0) / full)^2)
logit q = logit s + sum_k +-severity_k f(v_k) + w S
logit q_open = logit s + sum_k +-severity_k f(v_k) + w S_c + worse
```

lambda and s are the pair's yearly rate of disputes and their severity, D the years that a crisis
stays open, u how far the pair's own rarity of crises is set aside (the less usual an act is between
two states, the more it says), G the share of answers by force that come within m months, S the strategic model's
log-odds of war from the first move on, S_c its log-odds that an open crisis leads to war, both less
those of the average member of the class. Without evidence and game the answer is the base rate. All
on common draws; what is printed is the mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.forecast.evidence import EvidenceModel, Piece, saturate, strength
from standoff.terms import Estimate

__all__ = ["Answer", "Horizon", "Ingredients", "UpdateLine", "forecast"]

Array = npt.NDArray[np.float64]
MONTHS = (3, 6, 12)
_FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a forecast is made from, axis of each array: draw.

    `onset`: disputes a year begun by the challenger against the protege. `severity`: chance that
    one of them becomes an attack. `strategic`: log-odds by named step of the strategic model, in
    the order in which they are shown; they add up. `in_crisis`: the same at the node of an open
    crisis, by the same names.
    """

    onset: Array
    severity: Array
    strategic: Mapping[str, Array]
    in_crisis: Mapping[str, Array]
    parameters: Mapping[str, Array]
    model: EvidenceModel


@dataclass(frozen=True, slots=True)
class Horizon:
    """The chance of an attack within so many months."""

    months: int
    attack: Estimate


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """One line of the ledger of updates: how far one thing moved the answer at twelve months.

    `ratio.mean` is the ratio of the means after and before, so that all lines multiply to the
    answer over the base rate.
    """

    key: str
    name: str
    ratio: Estimate
    handles: tuple[str, ...] = ()
    day: date | None = None
    quote: str = ""
    precedent: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A forecast: by horizon, the base rate, the ledger of updates, and the ceiling.

    `crisis`: a crisis is open today. `arrays`, axis draw, at twelve months: "" the base rate,
    "strategic" with the game, "all" with everything, "crisis" a crisis of any outcome.
    """

    horizons: tuple[Horizon, ...]
    base: tuple[Horizon, ...]
    lines: tuple[UpdateLine, ...]
    crisis: Estimate
    ceiling: float
    arrays: Mapping[str, Array]

    def at(self, months: int) -> Estimate:
        """The chance within 3, 6 or 12 months."""
        return next(h.attack for h in self.horizons if h.months == months)

    def base_at(self, months: int) -> Estimate:
        """The base rate within 3, 6 or 12 months."""
        return next(h.attack for h in self.base if h.months == months)


def volumes(pieces: Sequence[Piece], model: EvidenceModel, at: date) -> dict[str, float]:
    """Volume of each kind on a day, kinds in the order of the table."""
    lives = {k.name: k.half_life for k in model.kinds}
    found = {k.name: 0.0 for k in model.kinds}
    for piece in pieces:
        found[piece.kind] += piece.volume(at, lives[piece.kind])
    return found


def chances(
    use: Ingredients,
    volume: Mapping[str, float] | Mapping[str, Array],
    steps: Sequence[str] | None = None,
    months: Sequence[float] = MONTHS,
) -> tuple[dict[float, Array], Array, Array]:
    """P(attack within m months) by m; that a crisis is open; that one is or opens within a year.

    `steps`: the steps of the strategic model that are taken; all, if None.
    """
    p, model = use.parameters, use.model
    crisis, severity = np.zeros_like(use.onset), np.zeros_like(use.onset)
    for kind in model.kinds:
        f = strength(volume.get(kind.name, 0.0))
        if np.any(f):
            sign = -1.0 if kind.calms else 1.0
            crisis = crisis + sign * f * p[f"{kind.name}.crisis"]
            severity = severity + sign * f * p[f"{kind.name}.severity"]
    taken = [name for name in use.strategic if steps is None or name in steps]
    strategic = sum((use.strategic[n] for n in taken), start=np.zeros_like(use.onset))
    in_crisis = sum((use.in_crisis[n] for n in taken), start=np.zeros_like(use.onset))
    c0 = use.onset * p["crisis.years"]
    c0 = c0 / (1.0 + c0)
    open_now = _moved(c0, _unusual(c0, saturate(crisis, model.ceiling_crisis), model))
    added = np.maximum(open_now - c0, 0.0) / (1.0 - c0)
    said, weight = saturate(severity, model.ceiling_severity), p["weight.strategic"]
    q = _moved(use.severity, said + weight * strategic)
    q_open = _moved(use.severity, said + weight * in_crisis + p["crisis.worse"])
    found: dict[float, Array] = {}
    for m in months:
        soon = 1.0 - np.exp(-p["reply.per_month"] * m)
        later = 1.0 - np.exp(-use.onset * m / 12.0)
        found[m] = q * later + added * np.maximum(q_open * soon - q * later, 0.0)
    year = 1.0 - np.exp(-use.onset)
    return found, open_now, year + added * (1.0 - year)


def _unusual(c0: Array, x: Array, model: EvidenceModel) -> Array:
    """Evidence x with what the rarity of crises between the two adds to it: never less than x."""
    top = np.log(model.rarity_top) - np.log1p(-model.rarity_top)
    own = np.log(np.maximum(c0, _FLOOR)) - np.log1p(-np.minimum(c0, 1.0 - _FLOOR))
    used = 1.0 - np.exp(-((np.maximum(x, 0.0) / model.rarity_full) ** 2))
    return x + used * np.maximum(top - own, 0.0)


def _moved(chance: Array, log_odds: Array) -> Array:
    p = np.clip(chance, _FLOOR, 1.0 - _FLOOR)
    return 1.0 / (1.0 + np.exp(-np.clip(np.log(p) - np.log1p(-p) + log_odds, -60.0, 60.0)))


def forecast(use: Ingredients, pieces: Sequence[Piece], *, at: date) -> Answer:
    """The forecast of a day with its ledger of updates.

    The ledger takes first the steps of the strategic model, then the kinds of evidence in the
    order of their table. Within a kind each piece has its share by the weight that is left of it.
    """
    model = use.model
    volume = volumes(pieces, model, at)
    nothing: dict[str, float] = {}
    base, _, _ = chances(use, nothing, ())
    before = base[12]
    lines: list[UpdateLine] = []
    taken: list[str] = []
    for name in use.strategic:
        taken.append(name)
        after = chances(use, nothing, taken, (12,))[0][12]
        ratio = Estimate.ratio(after, before)
        origin = model.origins["weight"]
        lines.append(UpdateLine(f"strategic.{len(taken)}", name, ratio, origin=origin))
        before = after
    strategic = before
    so_far: dict[str, float] = {}
    for number, kind in enumerate(model.kinds, start=1):
        if not volume[kind.name]:
            continue
        so_far[kind.name] = volume[kind.name]
        after = chances(use, so_far, None, (12,))[0][12]
        mine = [p for p in pieces if p.kind == kind.name]
        total = Estimate.ratio(after, before)
        for place, piece in enumerate(mine, start=1):
            share = piece.volume(at, kind.half_life) / volume[kind.name]
            ratio = Estimate(
                total.median**share,
                total.low**share,
                total.high**share,
                total.coverage,
                total.mean**share,
            )
            lines.append(
                UpdateLine(
                    f"evidence.{number}.{place}",
                    f"{kind.name} ({piece.direction})",
                    ratio,
                    piece.handles,
                    piece.day,
                    piece.quote,
                    kind.precedent,
                    kind.origin,
                )
            )
        before = after
    final, open_now, crisis = chances(use, volume)
    worst = {k.name: 1e12 for k in model.kinds if not k.calms}
    ceiling = float(chances(use, worst, None, (12,))[0][12].mean())
    return Answer(
        tuple(Horizon(m, Estimate.of(final[m])) for m in MONTHS),
        tuple(Horizon(m, Estimate.of(base[m])) for m in MONTHS),
        tuple(lines),
        Estimate.of(open_now),
        ceiling,
        {"": base[12], "strategic": strategic, "all": final[12], "crisis": crisis},
    )
