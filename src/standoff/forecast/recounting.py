"""Every "n of m" of a description held against a count from the shipped facts."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.errors import StandoffError
from standoff.forecast.classes import OWN, classes_for, reference_counts
from standoff.forecast.facts_file import load_facts
from standoff.forecast.holders import holder_of
from standoff.forecast.joining_cases import pact_counts
from standoff.systems import System

__all__ = ["Recount", "recount"]


@dataclass(frozen=True, slots=True)
class Recount:
    """One count of a description.

    Attributes:
        what: the class or rate.
        declared: (n, m) as the description says.
        counted: (n, m) from the shipped facts; None where they cannot count it.
    """

    what: str
    declared: tuple[int, int]
    counted: tuple[int, int] | None

    @property
    def agrees(self) -> bool | None:
        """Whether the two are the same; None where there is no count."""
        return None if self.counted is None else self.declared == self.counted


def recount(system: System) -> tuple[Recount, ...]:
    """Count again what a description counts: its classes, its challenges, who joined.

    Example:
        >>> from standoff.systems import load_system
        >>> found = recount(load_system("west-pacific-2021"))
        >>> [(r.declared, r.agrees) for r in found][:3]
        [((78, 2539), True), ((24, 1849), True), ((102, 4388), True)]
    """
    counts = reference_counts()
    known = {name: (c.attacks, c.dyad_years) for name, c in counts.items()}
    known |= {c.name: (c.attacks, c.dyad_years) for c in counts.values()}
    own = _own(system)
    if own is not None:
        known[OWN] = own
    found = [
        Recount(c.name, (c.attacks, c.dyad_years), known.get(c.name))
        for c in system.reference_classes
    ]
    rate = system.challenge_rate
    found.append(
        Recount("challenges", (rate.events or 0, rate.cases or 0), _challenges(rate.source))
    )
    came = {r.name: (r.events or 0, r.cases or 0) for r in pact_counts(load_facts())}
    found += [
        Recount(r.name, (r.events or 0, r.cases or 0), came.get(r.name))
        for r in system.joining_rates
    ]
    return tuple(found)


def _challenges(source: str) -> tuple[int, int] | None:
    """Disputes that were no attack, of the widest class that the source names."""
    counts = reference_counts()
    for c in counts.values():
        if c.name.split(",")[0].removeprefix("all ") in source:
            whole = counts["all territorial rivals"] if "territorial" in c.name else c
            return whole.disputes - whole.attacks, whole.dyad_years
    return None


def _own(system: System) -> tuple[int, int] | None:
    held = holder_of(system.protege, system.as_of)
    for protege in (system.protege, held.holder if held else ""):
        try:
            first = classes_for(system.challenger, protege, system.as_of)[0]
        except StandoffError:
            continue
        return first.attacks, first.dyad_years
    return None
