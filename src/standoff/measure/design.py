"""Observations as arrays, and the priors of what a fit estimates.

One row per signal, series by series in order of time. A parameter vector theta holds, in this
order (prior means come from the model and the item table that a fit starts from):

    log half-life of words, of deeds        N(log h, .5)
    atanh follow-through                    N(., .4)
    log spread of series means              N(., .3)
    g_o, g_e                                N(., .35)
    per item type: log al                   N(., .35)
                   b_1                      N(., .7)
                   log gaps b_j+1 - b_j     N(., .35)
    log sd and log half-life of the story   N(., .5), N(., .7), if the model has a story
    per actor and type, if seen often: u    N(0, .2)   log weight
                                       v_j  N(0, .25)  log change of each gap
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.measure.dynamics import DRIFT_HALF_LIFE, SLOTS, Array, prior_moments, stationary
from standoff.measure.evidence import Observation
from standoff.measure.items import Items
from standoff.measure.model import Dynamics, Model, TypeParameters
from standoff.measure.series import Series
from standoff.measure.simulate import Pattern, Quality, Simulated

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
    return _design(
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


def design_of_simulated(
    made: Sequence[Simulated], patterns: Sequence[Pattern], model: Model
) -> Design:
    """The design of simulated series, one source each."""
    from datetime import date

    from standoff.terms import Channel

    names: list[str] = []
    seen: list[Observation] = []
    kinds: list[int] = []
    day = date(2000, 1, 1)
    for i, one in enumerate(made):
        qualities = one.qualities or (Quality(0.0),) * len(one.sites)
        for site, kind, quality in zip(one.sites, one.kinds, qualities, strict=True):
            names.append(f"s{i}")
            kinds.append(kind)
            seen.append(
                Observation(
                    "", (), Channel.WORDS, str(kind), day, day, site.week, site.level, site.levels,
                    site.discrimination, site.thresholds, site.loading, site.eps, site.power,
                    site.regime, False, officialness=quality.officialness,
                    explicitness=quality.explicitness,
                )
            )  # fmt: skip
    table = tuple(Kind(str(i), p.discrimination, p.thresholds) for i, p in enumerate(patterns))
    labels = [f"s{i}" for i in range(len(made))]
    return _design(labels, table, (), names, seen, kinds, [-1] * len(seen), model)


def _design(
    labels: list[str],
    kinds: tuple[Kind, ...],
    actors: tuple[tuple[str, int], ...],
    names: list[str],
    seen: list[Observation],
    kind: list[int],
    actor: list[int],
    model: Model,
) -> Design:
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


# ---------------------------------------------------------------- parameters


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names, prior means and prior sds of theta, each of shape (parameter,)."""

    names: tuple[str, ...]
    mean: Array
    sd: Array


def parameters(design: Design, hold: Collection[str] = ()) -> Parameters:
    """The priors of a design's parameters; those named in `hold` are kept where they are."""
    d, model = design.model.dynamics, design.model
    entries: list[tuple[str, float, float]] = [
        ("log half-life words", math.log(d.half_life_words), 0.5),
        ("log half-life deeds", math.log(d.half_life_deeds), 0.5),
        ("atanh follow-through", math.atanh(d.follow_through), 0.4),
        ("log series sd", math.log(d.series_sd), 0.3),
        ("officialness", model.officialness, 0.35),
        ("explicitness", model.explicitness, 0.35),
    ]
    for kind in design.kinds:
        entries.append((f"{kind.name} log discrimination", math.log(kind.discrimination), 0.35))
        entries.append((f"{kind.name} b1", kind.thresholds[0], 0.7))
        for j, (low, high) in enumerate(
            zip(kind.thresholds[:-1], kind.thresholds[1:], strict=True), start=1
        ):
            entries.append((f"{kind.name} log gap {j}", math.log(high - low), 0.35))
    if d.story_sd > 0.0:
        entries.append(("log story sd", math.log(d.story_sd), 0.5))
        entries.append(("log story half-life", math.log(d.story_half_life), 0.7))
    for actor, kind_index in design.actors:
        kind = design.kinds[kind_index]
        entries.append((f"{actor}/{kind.name} log weight", 0.0, 0.2))
        for j in range(1, len(kind.thresholds)):
            entries.append((f"{actor}/{kind.name} log gap {j}", 0.0, 0.25))
    if unknown := sorted(set(hold) - {e[0] for e in entries}):
        raise ModelError(
            f"constants {unknown} to hold", f"some of {[e[0] for e in entries]}", "correct the name"
        )
    return Parameters(
        tuple(e[0] for e in entries),
        np.array([e[1] for e in entries]),
        np.array([HELD if e[0] in hold else e[2] for e in entries]),
    )


@dataclass(frozen=True, slots=True)
class Arrays:
    """What the kernel takes for one theta; see `kernel.plain_run`."""

    rows: Array
    mean: Array
    cov: Array
    rates: Array
    be: float
    p: Array
    slow: Array


Scale = tuple[float, Array]


def unpack(design: Design, theta: Array) -> tuple[Dynamics, list[Scale], list[Scale]]:
    """Dynamics, (discrimination, thresholds) by kind, (log weight, thresholds) by actor."""
    dynamics = replace(
        design.model.dynamics,
        half_life_words=float(np.exp(theta[0])),
        half_life_deeds=float(np.exp(theta[1])),
        follow_through=float(np.tanh(theta[2])),
        series_sd=float(np.exp(theta[3])),
    )
    at = FIXED
    kinds: list[Scale] = []
    gaps_of: list[Array] = []
    for kind in design.kinds:
        k = len(kind.thresholds)
        al, b1, gaps = float(np.exp(theta[at])), theta[at + 1], theta[at + 2 : at + 1 + k]
        kinds.append((al, b1 + np.concatenate([[0.0], np.cumsum(np.exp(gaps))])))
        gaps_of.append(gaps)
        at += 1 + k
    if dynamics.story_sd > 0.0:
        dynamics = replace(
            dynamics,
            story_sd=float(np.exp(theta[at])),
            story_half_life=float(np.exp(theta[at + 1])),
        )
        at += 2
    actors: list[Scale] = []
    for _, index in design.actors:
        own = gaps_of[index] + theta[at + 1 : at + 1 + len(gaps_of[index])]
        first = kinds[index][1][0]
        actors.append((float(theta[at]), first + np.concatenate([[0.0], np.cumsum(np.exp(own))])))
        at += 1 + len(own)
    return dynamics, kinds, actors


def arrays(design: Design, theta: Array) -> Arrays:
    """The kernel's input for one parameter vector."""
    dynamics, kinds, actors = unpack(design, theta)
    scales = [*kinds, *((math.log(kinds[k][0]) + u, b) for (_, k), (u, b) in zip(
        design.actors, actors, strict=True))]  # fmt: skip
    widest = max(len(b) for _, b in kinds)
    edges = np.zeros((len(scales), widest + 2))
    for i, (_, b) in enumerate(scales):
        edges[i, 1 : 1 + len(b)] = b
    base = [math.log(al) for al, _ in kinds] + [u for u, _ in scales[len(kinds) :]]
    which = np.where(design.actor >= 0, len(kinds) + design.actor, design.kind)
    log_al = np.array(base)[which] + theta[4] * design.official + theta[5] * design.explicit
    f = design.fixed
    rows = np.column_stack(
        [
            design.level, f[:, 0], np.exp(log_al),
            edges[which, design.level], edges[which, design.level + 1],
            f[:, 1], f[:, 2], f[:, 3], f[:, 4], f[:, 5], f[:, 6] * dynamics.drift_sd**2, f[:, 7],
        ]
    )  # fmt: skip
    mean, cov = prior_moments(dynamics)
    return Arrays(
        np.ascontiguousarray(rows, dtype=np.float64), mean, cov, np.array(dynamics.rates), dynamics.follow_through,
        stationary(dynamics),
        np.array([
            math.log(2.0) / DRIFT_HALF_LIFE, dynamics.drift_sd**2,
            math.log(2.0) / dynamics.story_half_life, dynamics.story_sd**2,
        ]),
    )  # fmt: skip


def model_of(design: Design, theta: Array, *, name: str, version: int, how: str) -> Model:
    """The model that a parameter vector stands for, ready to be written and shipped."""
    dynamics, kinds, weights = unpack(design, theta)
    thresholds = dict(design.model.actor_thresholds)
    types = dict(design.model.types)
    for kind, (al, b) in zip(design.kinds, kinds, strict=True):
        types[kind.name] = TypeParameters(round(al, 6), tuple(round(float(v), 6) for v in b))
    actors = dict(design.model.actors)
    for (actor, k), (u, b) in zip(design.actors, weights, strict=True):
        name_of = f"{actor}/{design.kinds[k].name}"
        actors[name_of] = round(u, 6)
        thresholds[name_of] = tuple(round(float(v), 6) for v in b)
    tidy = {
        field: round(getattr(dynamics, field), 6)
        for field in (
            "half_life_words",
            "half_life_deeds",
            "follow_through",
            "series_sd",
            "story_sd",
            "story_half_life",
        )
    }
    return replace(
        design.model, name=name, version=version, origin="fitted", how=how,
        dynamics=replace(dynamics, **tidy), officialness=round(float(theta[4]), 6),
        explicitness=round(float(theta[5]), 6), types=types, actors=actors, actor_thresholds=thresholds,
    )  # fmt: skip
