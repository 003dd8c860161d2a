"""Numbers of a description with their origin, and what stands beside them: who was proposed and why,
what is not covered, whose territory it is about, how the sides stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standoff.terms import Origin

__all__ = ["Absence", "Absent", "Candidate", "Covariate", "Cover", "DyadicCovariate", "Territory"]


class Cover(StrEnum):
    """How a source covers the value that was taken from it.

    `year`: the source has the very year. `carried`: its last year, carried forward. `holder`: the
    value of the state that holds the place. `computed`: worked out from shipped outlines or counts.
    """

    YEAR = "year"
    CARRIED = "carried"
    HOLDER = "holder"
    COMPUTED = "computed"


class Absence(StrEnum):
    """What would fill a gap: a `fact` that some data set could hold, or a `judgement`."""

    FACT = "fact"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Covariate:
    """One measured or elicited number of one actor, with its long-run reference value.

    `year` is that of the figure and `coverage` how the source covers it; both None where the
    description does not say.
    """

    name: str
    actor: str
    value: float
    reference: float
    unit: str
    source: str
    origin: Origin
    year: int | None = None
    coverage: Cover | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A value that is not in the description, and why.

    `actors` are those for whom it is missing. `stand_in` is what the game takes instead, where it
    cannot do without (then a covariate of origin `elicited` holds it); None where the term is left
    out. `because` says what does not cover it, and what to do.
    """

    name: str
    kind: Absence
    actors: tuple[str, ...]
    because: str
    stand_in: float | None = None

    def covariates(self) -> tuple[Covariate, ...]:
        """What stands in, as the game takes it: one elicited number for each actor."""
        if self.stand_in is None:
            return ()
        return tuple(
            Covariate(
                self.name, actor, self.stand_in, self.stand_in, "stands in for a value that is absent",
                f"absent: {self.because}", Origin.ELICITED,
            )
            for actor in self.actors
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that facts suggest for a role, the role it has here ("none" where left out), and why."""

    actor: str
    role: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Territory:
    """A place that the question is about and that is no state, or whose standing is contested.

    Attributes:
        code: an alpha-3 code or short name.
        name: with the names of both sides.
        holder: the state in control on the day, or `local`; control, not right.
        claimants: other states that claim it.
        since: the day from which the holder has held it; None where no day is known.
        source, note: where it is said, and what to beware of.
    """

    code: str
    name: str
    holder: str
    claimants: tuple[str, ...]
    since: date | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DyadicCovariate:
    """One number of a directed pair: `actor` towards `towards`."""

    name: str
    actor: str
    towards: str
    value: float
    unit: str
    source: str
    year: int | None = None
    coverage: Cover | None = None
