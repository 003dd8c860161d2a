"""What a measurement was made of: how much went in, what did not, and under which constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.measure.observation import Refused


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What went in, what did not, and under which constants."""

    n_events: int
    n_later: int
    n_observations: int
    refused: tuple[Refused, ...]
    log_evidence: Mapping[str, float]
    model: str
    items: str
    model_origin: str
