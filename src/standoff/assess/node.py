"""A node of `why`: a handle, what it is, what it rests on, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Why:
    """One node: a handle, what it is in one line, details, what it rests on, and what on it.

    `used_by` names every number of every saved run that rests on the handle; it is filled for the
    handle that was asked for, not below it.
    """

    handle: str
    line: str
    details: tuple[tuple[str, str], ...] = ()
    rests_on: tuple[Why, ...] = field(default=())
    used_by: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The tree as plain data; a detail that stands several times is a list."""
        details: dict[str, Any] = {}
        for key, value in self.details:
            held = details.get(key)
            details[key] = (
                value if held is None else [*([held] if isinstance(held, str) else held), value]
            )
        return {
            "handle": self.handle,
            "line": self.line,
            "details": details,
            "rests_on": [w.record() for w in self.rests_on],
            "used_by": list(self.used_by),
        }
