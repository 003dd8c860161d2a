"""How unexpected a signal was, in bits; and whether it is the first of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.measure.model import Dynamics
from standoff.measure.observation import Observation
from standoff.measure.replay import Replay
from standoff.measure.response import Site
from standoff.measure.step import predictive


@dataclass(frozen=True, slots=True)
class Surprise:
    """How unexpected one signal was when it came, in bits.

    `bits` is -log2 of its probability; `excess` is that less the entropy expected beforehand, so that
    a signal from a wide scale is not called surprising for its scale alone. `first` is set where
    no earlier signal of the series had its kind and at least its level.
    """

    key: str
    handles: tuple[str, ...]
    day: date
    bits: float
    excess: float
    first: bool


def read_surprises(
    seen: Sequence[Observation], sites: Sequence[Site], replay: Replay, dynamics: Dynamics
) -> tuple[Surprise, ...]:
    """The surprise of each observation of one series, given those before it."""
    found: list[Surprise] = []
    highest: dict[str, int] = {}
    for i, (o, site) in enumerate(zip(seen, sites, strict=True)):
        before = replay.state(sites[:i], None if i else site.week)
        p = predictive(before, dynamics, site)[0]
        bits = -float(np.log2(p[o.level]))
        entropy = -float(p @ np.log2(p))
        first = o.level > highest.get(o.kind, -1)
        highest[o.kind] = max(o.level, highest.get(o.kind, -1))
        found.append(
            Surprise(o.key, o.handles, o.day, round(bits, 9), round(bits - entropy, 9), first)
        )
    return tuple(found)
