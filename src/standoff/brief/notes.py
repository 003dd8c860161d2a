"""Small numbered notes in place of handles, and which events are worth a line."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.assess import Influence
from standoff.terms import Estimate

__all__ = ["Notes", "moving", "stands_still"]


class Notes:
    """Small numbered notes in place of handles: each opens what `standoff why` shows."""

    def __init__(self) -> None:
        self.held: list[tuple[str, ...]] = []

    def number(self, handles: Sequence[str]) -> int:
        """The number of the note for these handles; the same handles, the same note.

        >>> notes = Notes()
        >>> notes.number(["S-001"]), notes.number(["S-002"]), notes.number(["S-001"])
        (1, 2, 1)
        """
        wanted = tuple(handles)
        if wanted not in self.held:
            self.held.append(wanted)
        return self.held.index(wanted) + 1


def moving(influences: Sequence[Influence], most: int = 12) -> list[Influence]:
    """The events that move the answer as it is printed: at most twelve, and none that reads ×1.00."""
    return [i for i in influences if not stands_still(i.multiplier)][:most]


def stands_still(ratio: Estimate) -> bool:
    """Whether a ratio is printed as ×1.00."""
    return f"{ratio.mean:.2f}" == "1.00"
