"""What a fit estimates: names, priors, and the kernel's input for one vector of constants.

A parameter vector theta holds, in this order (prior means come from the model and the item table
that a fit starts from):

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
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from standoff.errors import ModelError
from standoff.measure.design import Design
from standoff.measure.dynamics import DRIFT_HALF_LIFE, Array, prior_moments, stationary
from standoff.measure.model import Dynamics, Model, TypeParameters

FIXED = 6
# Prior sd of a constant that is held: small, yet the search stays smooth.
HELD = 1e-3


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
    """What the kernel takes for one theta; see `kernel_plain.plain_run`."""

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
