"""What differs between two descriptions: every field by its name, values by actor and pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.systems.system import System

__all__ = ["SystemDifference", "diff_systems"]


@dataclass(frozen=True, slots=True)
class SystemDifference:
    """One difference: what, of whom, before and after ("" where it is not there), and why.

    `why` is the source or reason of the new value; empty where the description gives none.
    """

    what: str
    of: str
    before: str
    after: str
    why: str = ""


Row = tuple[str, str]
"""What is shown of an item, and its reason."""


def diff_systems(before: System, after: System) -> tuple[SystemDifference, ...]:
    """What the second description says otherwise than the first, in the order of the file.

    >>> from dataclasses import replace
    >>> from standoff.systems import load_system
    >>> held = load_system("west-pacific-2021")
    >>> [(d.what, d.before, d.after) for d in diff_systems(held, replace(held, supporters=("GBR",)))]
    [('supporters', 'GBR, DEU, AUS', 'GBR')]
    """
    found: list[SystemDifference] = []
    head = ("title", "as_of", "question", "act", "challenge", "challenger", "protege")
    for name in (*head, "defenders", "supporters", "proliferators"):
        old, new = _shown(getattr(before, name)), _shown(getattr(after, name))
        if old != new:
            found.append(SystemDifference(name, "", old, new, _reason(after, name)))
    for what, rows in _ITEMS.items():
        old, new = rows(before), rows(after)
        for key in dict.fromkeys((*old, *new)):
            a, b = old.get(key, ("", "")), new.get(key, ("", ""))
            if a[0] != b[0]:
                found.append(SystemDifference(what, key, a[0], b[0], b[1] or a[1]))
    return tuple(found)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(value) if isinstance(value, Sequence) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _reason(s: System, role: str) -> str:
    """Why the actors of a role have it, from the candidates."""
    mine = [c for c in s.candidates if f"{c.role}s" == role]
    return "; ".join(f"{c.actor}: {c.because[0]}" for c in mine)


def _numbers(s: System) -> dict[str, Row]:
    return {
        f"{c.name} of {c.actor}": (
            f"{c.value:g} {c.unit}" + (f" ({c.year})" if c.year else ""),
            c.source + (f"; {c.coverage.value}" if c.coverage else ""),
        )
        for c in s.covariates
    }


def _references(s: System) -> dict[str, Row]:
    return {
        f"{c.name} of {c.actor}": (f"{c.reference:g}", c.source)
        for c in s.covariates
        if c.reference != c.value
    }


_ITEMS: Mapping[str, Callable[[System], dict[str, Row]]] = {
    "name": lambda s: {k: (v, "") for k, v in s.names.items()},
    "territory": lambda s: {
        t.name: (f"held by {t.holder}, claimed by {', '.join(t.claimants) or 'nobody else'}", t.source)
        for t in s.territories
    },
    "reference class": lambda s: {
        c.name: (
            f"{c.attacks} of {c.dyad_years}" + (", default" if c.default else ""), c.source
        ) for c in s.reference_classes
    },
    "challenge rate": lambda s: {
        "": (f"{s.challenge_rate.events} of {s.challenge_rate.cases}", s.challenge_rate.source)
    },
    "joining rate": lambda s: {r.name: (f"{r.events} of {r.cases}", r.source) for r in s.joining_rates},
    "published rate": lambda s: {r.name: (f"{r.rate:g}", r.source) for r in s.published_rates},
    "commitment": lambda s: {
        f"{c.owner} to {c.protege}, {c.since}": (c.obligation, c.source) for c in s.commitments
    },
    "red line": lambda s: {f"{r.owner}: {r.act}": (f"{r.consequence}, {r.drawn}", r.by) for r in s.red_lines},
    "rule": lambda s: {f"{r.actor}: {r.name}": (f"since {r.since}: {r.trigger}", r.source) for r in s.rules},
    "ceiling": lambda s: {f"{c.actor}: {c.measure}": (f"{c.value:g}", c.source) for c in s.ceilings},
    "site": lambda s: {f"{u.actor}: {u.place}, {u.unit}": (f"{u.status}, {u.start}", u.signal) for u in s.sites},
    "value": _numbers,
    "reference value": _references,
    "relation": lambda s: {
        f"{r.name} {r.actor}>{r.towards}": (f"{r.value:g} {r.unit}", r.source) for r in s.relations
    },
    "absent": lambda s: {
        f"{g.name} of {a}": ("absent", g.because) for g in s.absent for a in g.actors or ("",)
    },
    "source grade": lambda s: {g.pattern: (g.grade.value, g.because) for g in s.grade_rules},
}  # fmt: skip
