"""How sure each field of a signal is: measured shares, not a feeling.

An event that the fitted model adds has its probability; that of a frame the share right where the model
gave it so much; sources, targets and status have the share that coders agreed with, by the way the
reader came to them (`data/confidence.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import cast

from standoff.read.acts.recall import Reached
from standoff.terms import Status


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, object]]:
    raw = tomllib.loads(files("standoff.read").joinpath("data/confidence.toml").read_text("utf-8"))
    return cast("dict[str, dict[str, object]]", raw)


def shares() -> dict[str, dict[str, float]]:
    """For sources, targets and status the share right by the way the reader came to them."""
    return {f: cast("dict[str, float]", t) for f, t in _table().items() if f != "event"}


def share_of_event(probability: float) -> float:
    """The share of frames' events that were right where the model gave them this probability.

    >>> share_of_event(0.0), share_of_event(0.4), share_of_event(1.0)
    (0.36, 0.69, 0.94)
    """
    told = cast("dict[str, list[float]]", _table()["event"])
    points = list(zip(told["probability"], told["share"], strict=True))
    for (low, a), (high, b) in pairwise(points):
        if probability <= high:
            return round(a + (b - a) * max(0.0, probability - low) / (high - low), 3)
    return points[-1][1]


def confidences_of(
    event: float, sources: Sequence[Reached], targets: Sequence[Reached], status: Status
) -> tuple[tuple[str, float], ...]:
    """(field, share right) for event, sources, targets and status.

    >>> dict(confidences_of(0.9, (), (), Status.DONE))["targets"]
    0.1
    """
    table = shares()
    return (
        ("event", round(event, 3)),
        ("sources", table["sources"][_way(sources) if sources else "unnamed"]),
        ("targets", table["targets"][_way(targets) if targets else "none"]),
        ("status", table["status"].get(status.value, 0.5)),
    )


def inferred(confidences: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The same with a target that was inferred from the rest of the text."""
    share = shares()["targets"]["inferred"]
    return tuple((f, share if f == "targets" else p) for f, p in confidences)


def _way(reached: Sequence[Reached]) -> str:
    if any(r.party.actor == "XXX" for r in reached):
        return "unnamed" if len(reached) == 1 else "coreference"
    return "grammar" if all(r.sure for r in reached) else "coreference"
