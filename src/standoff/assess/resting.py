"""What a number rests on, measured: the share of its spread that each uncertain input carries.

The share is the squared correlation, over the draws, of the number (chances as log-odds, ratios as
logarithms) with the input. Inputs are drawn apart, so shares of one number add up to at most one; what
is left is what inputs do only together. An input is a coefficient, a slope of evidence, a rate of the
pair, or a stance; what does not vary over the draws carries no spread and has no share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import Workbench
from standoff.assess.assessment import Update
from standoff.forecast import chances, volumes
from standoff.terms import Estimate, Relation

Array = npt.NDArray[np.float64]
LEAST = 0.01
"""Shares below this cannot be told from chance in two thousand draws (1/n), nor in the few of them."""
SHOWN = 8
UNITS = {
    "years": "years that a crisis stays open",
    "worse": "log-odds, of an attack in an open crisis",
    "per_month": "answers by force a month",
    "strategic": "of the game's log-odds, believed",
}
ANSWERS = ("war", "stage.3", "within.3", "within.6", "within.12")
"""Numbers that the lines of the ledger of updates lead to."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something uncertain that a number may rest on; `kind` coefficient, slope, rate or stance.

    `handle` is that of a stance; the others are named by themselves.
    """

    name: str
    kind: str
    value: Estimate
    unit: str
    origin: str
    source: str
    handle: str = ""

    def payload(self) -> dict[str, Any]:
        """As it is stored with a run."""
        return {
            "kind": self.kind,
            "value": [
                float(f"{v:.6g}") for v in (self.value.median, self.value.low, self.value.high)
            ],
            "unit": self.unit,
            "origin": self.origin,
            "source": self.source,
            "handle": self.handle,
        }


def inputs_of(bench: Workbench) -> dict[str, tuple[Input, Array]]:
    """Every input that varies over the draws, by name, with its draws."""
    found: dict[str, tuple[Input, Array]] = {}

    def put(
        name: str,
        kind: str,
        draws: Array | float | None,
        unit: str,
        origin: str,
        source: str,
        handle: str = "",
    ) -> None:
        if isinstance(draws, np.ndarray) and float(np.std(draws)) > 0:
            made = Input(name, kind, Estimate.of(draws), unit, origin, source, handle)
            found[name] = (made, draws)

    for item in bench.coefficients.items:
        for name in bench.draws.normals:
            if name == item.name or name.startswith(f"{item.alias}:"):
                values = bench.draws.values.get(name)
                put(name, "coefficient", values, item.unit, item.origin.value, item.source)
    t = bench.system.protege
    for k in (*bench.system.defenders, *bench.system.supporters):
        handle = bench.stance.level(k, t, Relation.COMMITMENT).handle
        for channel in ("words", "deeds"):
            name = f"{channel}:{k}"
            put(name, "stance", bench.columns[name], "sd", "measured", "signals", handle)
    basis = "the pair's own record" if bench.basis.pair else "the record of its class"
    put("rate of disputes", "rate", bench.use.onset, "disputes a year", "historical", basis)
    put("severity", "rate", bench.use.severity, "attacks a dispute", "historical", basis)
    model = bench.use.model
    slopes = {k.name: (k.origin, k.precedent) for k in model.kinds}
    for name, draws in bench.use.parameters.items():
        head, _, what = name.rpartition(".")
        origin, source = slopes.get(
            head, (model.origins.get(head.partition(".")[0], ""), model.name)
        )
        unit = "log-odds per doubling of volume" if head in slopes else UNITS.get(what, "")
        put(name, "slope", draws, unit, origin, source)
    return found


def line_arrays(bench: Workbench) -> dict[str, Array]:
    """Draws of the answers and of the lines of the ledger of updates, by part (axis: draw).

    A kind of evidence is left out of all; its lines share what that does.
    """
    use, model = bench.use, bench.use.model
    volume = volumes(bench.pieces, model, bench.at)
    months, open_now, crisis = chances(use, volume)
    base = chances(use, {}, ())[0]
    found = {f"within.{m}": log_odds(p) for m, p in months.items()}
    found |= {f"base.{m}": log_odds(p) for m, p in base.items()}
    found["stage.1"] = found["base.12"]
    found["stage.2"] = log_odds(chances(use, {}, None, (12,))[0][12])
    found |= {"crisis.now": log_odds(open_now), "crisis": log_odds(crisis - months[12])}
    found |= dict.fromkeys(("war", "stage.3"), found["within.12"])
    found |= {f"strategic.{i}": v for i, v in enumerate(use.strategic.values(), 1)}
    for number, kind in enumerate(model.kinds, 1):
        if volume[kind.name]:
            lacking = chances(use, {**volume, kind.name: 0.0}, None, (12,))[0][12]
            found[f"evidence.{number}"] = np.log(months[12] / lacking)
    return found


def log_odds(p: Array) -> Array:
    """Log-odds, chances of exactly nothing or one kept finite."""
    q = np.clip(p, 1e-300, 1.0 - 1e-16)
    return np.log(q) - np.log1p(-q)


def shares(
    numbers: Mapping[str, Array], inputs: Mapping[str, tuple[Input, Array]]
) -> dict[str, dict[str, float]]:
    """By number the largest shares of its spread, by name of the input.

    A number on fewer draws was made from every n-th.
    """
    names = list(inputs)
    columns = np.stack([inputs[n][1] for n in names])
    found: dict[str, dict[str, float]] = {}
    for key, values in numbers.items():
        step = -(-columns.shape[1] // len(values))
        spread = float(np.std(values))
        if spread < 1e-12:
            continue
        x = columns[:, ::step]
        x = x - x.mean(axis=1, keepdims=True)
        size = np.sqrt((x**2).mean(axis=1))
        r = (x @ (values - values.mean())) / (len(values) * np.maximum(size, 1e-300) * spread)
        ranked = sorted(zip((r**2).tolist(), names, strict=True), reverse=True)[:SHOWN]
        # Five digits: a share is a measure of weight, not a result.
        found[key] = {name: float(f"{s:.4g}") for s, name in ranked if s >= LEAST}
    return found


def line_shares(updates: Sequence[Update]) -> dict[str, float]:
    """How much of the way from the base rate to the answer each line of the ledger goes, up or down."""
    sizes = {u.key: abs(math.log(max(u.ratio.mean, 1e-12))) for u in updates}
    whole = sum(sizes.values())
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    return {k: float(f"{v / whole:.4g}") for k, v in ranked[:SHOWN] if whole and v / whole >= LEAST}
