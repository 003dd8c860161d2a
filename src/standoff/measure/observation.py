"""One signal as evidence on one series, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from standoff.measure.response import Site
from standoff.measure.series import Series
from standoff.terms import Channel


@dataclass(frozen=True, slots=True)
class Observation:
    """One signal as evidence on one series, ready for the filter.

    `loading` is (cos angle, sin angle); `power` the share of the deed that belongs to this
    protege (the likelihood is raised to it); `eps` the doubt as first known, raised to
    `later_eps` from `doubted_on` on; `regime` names the source whose thresholds it shares.
    """

    key: str
    handles: tuple[str, ...]
    channel: Channel
    kind: str
    day: date
    available: date
    week: float
    level: int
    levels: int
    discrimination: float
    thresholds: tuple[float, ...]
    loading: tuple[float, float]
    eps: float
    power: float
    regime: str
    reviewed: bool
    doubted_on: date | None = None
    later_eps: float = 0.0
    officialness: float = 0.5
    explicitness: float = 1.5

    def eps_at(self, known: date) -> float:
        """Doubt as known on the day `known`: retractions and denials count from their day on."""
        if self.doubted_on is not None and self.doubted_on <= known:
            return self.later_eps
        return self.eps


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that is no evidence, and why."""

    key: str
    handles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Observations by series, in order of time, and what was refused."""

    series: Mapping[Series, tuple[Observation, ...]]
    refused: tuple[Refused, ...]

    def of(self, keys: Set[str]) -> Evidence:
        """The evidence of these events alone; the doubt in them is left as it was."""
        kept = {name: tuple(o for o in seen if o.key in keys) for name, seen in self.series.items()}
        refused = tuple(r for r in self.refused if r.key in keys)
        return Evidence({name: seen for name, seen in kept.items() if seen}, refused)


def site_of(o: Observation, known: date) -> Site:
    """An observation in numbers, with its doubt as known on the day `known`."""
    return Site(
        o.week,
        o.level,
        o.levels,
        o.discrimination,
        o.thresholds,
        o.loading,
        o.eps_at(known),
        o.power,
        o.regime,
    )
