"""Observations as arrays: one row per signal, series by series in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.measure.dynamics import SLOTS, Array
from standoff.measure.items import Items
from standoff.measure.model import Model
from standoff.measure.observation import Observation
from standoff.measure.series import Series

# An actor's own discrimination is estimated where it has so many signals of a type.
OFTEN = 15
FIXED = 6
# Prior sd of a constant that is held: small, yet the search stays smooth.
HELD = 1e-3


@dataclass(frozen=True, slots=True)
class Kind:
    """An item type as a fit sees it: where its parameters start."""

    name: str
    discrimination: float
    thresholds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Design:
    """The data of a fit, axis `row`: one per signal."""

    series: tuple[str, ...]
    kinds: tuple[Kind, ...]
    actors: tuple[tuple[str, int], ...]
    first: npt.NDArray[np.int64]
    week: Array
    kind: npt.NDArray[np.int64]
    level: npt.NDArray[np.int64]
    fixed: Array
    official: Array
    explicit: Array
    actor: npt.NDArray[np.int64]
    model: Model

    @property
    def count(self) -> int:
        """Number of signals."""
        return len(self.week)


def design_of(
    series: Mapping[Series, Sequence[Observation]], model: Model, kinds: Mapping[str, Kind]
) -> Design:
    """The design of measured observations; `kinds` gives the item types by name."""
    flat = [(name, o) for name, seen in series.items() for o in seen]
    if not flat:
        raise ModelError("no observation", "signals on at least one series", "read reports first")
    used = sorted({o.kind for _, o in flat})
    counts = Counter((name.actor, used.index(o.kind)) for name, o in flat)
    actors = tuple(sorted(k for k, n in counts.items() if n >= OFTEN))
    return make_design(
        [str(s) for s in series],
        tuple(kinds[k] for k in used),
        actors,
        [str(name) for name, _ in flat],
        [o for _, o in flat],
        [used.index(o.kind) for _, o in flat],
        [
            actors.index(key) if (key := (name.actor, used.index(o.kind))) in actors else -1
            for name, o in flat
        ],
        model,
    )


def kinds_of(items: Items, model: Model) -> dict[str, Kind]:
    """Where the parameters of every item type start: the model's, else the table's."""
    found: dict[str, Kind] = {}
    for name, kind in items.types.items():
        fitted = model.types.get(name)
        al = kind.discrimination if fitted is None else fitted.discrimination
        found[name] = Kind(name, al, model.thresholds(kind))
    return found


def make_design(
    labels: list[str],
    kinds: tuple[Kind, ...],
    actors: tuple[tuple[str, int], ...],
    names: list[str],
    seen: list[Observation],
    kind: list[int],
    actor: list[int],
    model: Model,
) -> Design:
    """The design of rows in the order of series and time: each with its series, item type and actor.

    `kind` and `actor` (-1 for none) are places in `kinds` and `actors`, one for each row.
    """
    first = np.array([1 if i == 0 or names[i] != names[i - 1] else 0 for i in range(len(names))])
    slots, resets = _slots(first, [o.regime for o in seen])
    # Columns: levels, loading of words and of deeds, eps, power, slot, unnamed source, reset.
    fixed = np.array(
        [
            (o.levels, *o.loading, o.eps, o.power, slot, float(not o.regime), reset)
            for o, slot, reset in zip(seen, slots, resets, strict=True)
        ]
    )
    return Design(
        tuple(labels), kinds, actors, first,
        np.array([o.week for o in seen]), np.array(kind), np.array([o.level for o in seen]), fixed,
        np.array([o.officialness - 0.5 for o in seen]),
        np.array([o.explicitness / 3.0 - 0.5 for o in seen]),
        np.array(actor), model,
    )  # fmt: skip


def _slots(first: npt.NDArray[np.int64], regimes: Sequence[str]) -> tuple[list[float], list[float]]:
    """Slot of each row's source and whether it takes it over from another one."""
    slots: list[float] = []
    resets: list[float] = []
    order: list[str] = []
    held: dict[str, int] = {}
    for new, regime in zip(first.tolist(), regimes, strict=True):
        if new:
            order, held = [], {}
        if not regime:
            slots.append(-1.0)
            resets.append(0.0)
            continue
        reset = 0.0
        if regime in held:
            order.remove(regime)
        elif len(held) < SLOTS:
            held[regime] = 4 + len(held)
        else:
            gone = order.pop(0)
            held[regime] = held.pop(gone)
            reset = 1.0
        order.append(regime)
        slots.append(float(held[regime]))
        resets.append(reset)
    return slots, resets
