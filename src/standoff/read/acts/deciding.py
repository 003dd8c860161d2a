"""Frame or model: which event a predicate tells, the surer one.

With p the model's probabilities: a frame stands unless the model sees no act (1 - p(NONE) below `ACT`), or
another event with at least `RATHER`; a predicate without a frame is an event if the model gives it
`ADD` and its source is named by grammar. `ACT` and `RATHER` were set on the open half of the coded
passages, `ADD` on the other half once it was spent (docs/reference/read-model.md); none depends on
the length of the text.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from standoff.read.acts.model import shipped_weights
from standoff.read.frames import Frame, plain_frame

ACT = 0.35
RATHER = 0.7
ADD = 0.2
SPECIFIC = 4
"""A frame that asks for so much stands whatever the model thinks."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The frame that stands, None for no act, and the probability of its event."""

    frame: Frame | None
    probability: float


@lru_cache(maxsize=32)
def _fitted(event: str) -> Frame:
    return plain_frame("CONCEDE" if event == "YIELD" else event, "fitted")


def decide(
    frame: Frame | None, features: Set[str], modality: str = "", *, spoken: bool = False
) -> Decided:
    """Which frame stands for a predicate with these features; what is said to be planned is an act, and
    a judgement that somebody is named to speak (`spoken`)."""
    found = {label: p for p, label in shipped_weights().probabilities(sorted(features))}
    act = 1 - found.get("NONE", 0.0)
    best = max((label for label in found if label != "NONE"), key=lambda label: found[label])
    if frame is not None and frame.event.value == "NONE":
        return Decided(frame, max(found.get("NONE", 0.0), act))
    if frame is None:
        return Decided(_fitted(best) if found[best] >= ADD else None, found[best])
    own = "YIELD" if frame.event.value in ("CONCEDE", "RETREAT") else frame.event.value
    firm = frame.pledge or frame.weight >= SPECIFIC or (frame.speaker and spoken)
    if act < ACT and not firm and modality not in ("plan", "will", "decide"):
        return Decided(None, act)
    if best != own and found[best] >= RATHER and frame.weight < 2 and not frame.speaker:
        return Decided(_fitted(best), found[best])
    return Decided(frame, found.get(own, 0.0))
