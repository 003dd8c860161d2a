"""The description of a deterrence system: who deters whom from what, declared and validated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from standoff.errors import DescriptionError, UnknownActor
from standoff.systems.origins import Absent, Candidate, Covariate, DyadicCovariate, Territory
from standoff.terms import Role, SourceGrade


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """A base rate of attack per directed dyad-year: counted, or a shrunk rate with interval."""

    name: str
    attacks: int
    dyad_years: int
    source: str
    default: bool = False
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def probability(self) -> float:
        """Attacks per directed dyad-year."""
        return self.rate if self.rate is not None else self.attacks / self.dyad_years


@dataclass(frozen=True, slots=True)
class Rate:
    """A published or counted rate shown beside the model's own number."""

    name: str
    rate: float
    source: str
    events: int | None = None
    cases: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A directed obligation of `owner` to defend `protege`, or the lack of one."""

    owner: str
    protege: str
    obligation: str
    since: date
    source: str

    @property
    def defence(self) -> bool:
        """Whether the owner is bound by treaty to defend the protege."""
        return self.obligation.casefold().startswith("defence")


@dataclass(frozen=True, slots=True)
class RedLine:
    """An act forbidden by `owner`, the consequence named (or "unspecified"), and when."""

    owner: str
    act: str
    consequence: str
    drawn: date
    by: str
    signal: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A legal rule on the use of force, with the condition that triggers it."""

    actor: str
    name: str
    since: date
    trigger: str
    source: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A line that an actor has set itself; the distance to it is computed."""

    actor: str
    measure: str
    value: float
    since: date
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """A unit at a place: planned, under way or done; `reach_km` where a source gives it."""

    actor: str
    place: str
    unit: str
    status: str
    start: str
    signal: str
    weapon: str = ""
    reach_km: float | None = None
    reach_source: str = ""


@dataclass(frozen=True, slots=True)
class GradeRule:
    """The Admiralty letter of sources whose name matches `pattern`, with the reason."""

    pattern: str
    grade: SourceGrade
    because: str


@dataclass(frozen=True, slots=True)
class System:
    """A deterrence system. Order matters: defenders move in the order declared, patron first."""

    slug: str
    title: str
    as_of: date
    question: str
    act: str
    challenge: str
    worldview: str
    challenger: str
    protege: str
    defenders: tuple[str, ...]
    supporters: tuple[str, ...]
    proliferators: tuple[str, ...]
    names: Mapping[str, str]
    reference_classes: tuple[ReferenceClass, ...]
    challenge_rate: Rate
    joining_rates: tuple[Rate, ...]
    published_rates: tuple[Rate, ...]
    commitments: tuple[Commitment, ...]
    red_lines: tuple[RedLine, ...]
    rules: tuple[Rule, ...]
    ceilings: tuple[Ceiling, ...]
    sites: tuple[Site, ...]
    covariates: tuple[Covariate, ...]
    grade_rules: tuple[GradeRule, ...]
    schema: int = 1
    territories: tuple[Territory, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    relations: tuple[DyadicCovariate, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def patron(self) -> str | None:
        """The first defender, whose choice the others watch; None without defenders."""
        return self.defenders[0] if self.defenders else None

    @property
    def actors(self) -> tuple[str, ...]:
        """Every actor of the system once, in order of role."""
        roles = (self.challenger, self.protege, *self.defenders, *self.supporters)
        return tuple(dict.fromkeys((*roles, *self.proliferators)))

    def roles(self, actor: str) -> tuple[Role, ...]:
        """The roles an actor has; a defender may be a proliferator too."""
        held = (
            (Role.CHALLENGER, (self.challenger,)),
            (Role.PROTEGE, (self.protege,)),
            (Role.DEFENDER, self.defenders),
            (Role.SUPPORTER, self.supporters),
            (Role.PROLIFERATOR, self.proliferators),
        )
        return tuple(role for role, actors in held if actor in actors)

    def name(self, actor: str) -> str:
        """The display name of an actor."""
        return self.names.get(actor, actor)

    def covariate(self, name: str, actor: str) -> Covariate | None:
        """The covariate of an actor, or None where the description holds none."""
        for item in self.covariates:
            if item.name == name and item.actor == actor:
                return item
        return None

    def value(self, name: str, actor: str, default: float | None = None) -> float:
        """The value of a covariate; `default` where it may be absent.

        Raises `DescriptionError` when it is absent and no default is given.
        """
        item = self.covariate(name, actor)
        if item is not None:
            return item.value
        if default is None:
            raise DescriptionError(
                f"system {self.slug!r} without covariate {name!r} of {actor}",
                "a [[covariate]] table with that name and actor",
                "add it to the system description, with unit, source and origin",
            )
        return default

    def relation(self, name: str, actor: str, towards: str) -> DyadicCovariate | None:
        """A number of a directed pair, or None where the description holds none."""
        for item in self.relations:
            if (item.name, item.actor, item.towards) == (name, actor, towards):
                return item
        return None

    def reference(self, name: str, actor: str, default: float = 0.0) -> float:
        """The long-run value at which the model is calibrated."""
        item = self.covariate(name, actor)
        return item.reference if item is not None else default

    def grade(self, source: str) -> tuple[SourceGrade, str]:
        """The letter that the description gives a source, with the reason; F where none does."""
        for rule in self.grade_rules:
            if re.search(rule.pattern, source):
                return rule.grade, rule.because
        return SourceGrade.F, "no rule of the system description names this source"

    @property
    def default_class(self) -> ReferenceClass:
        """The reference class to which the model is calibrated."""
        return next(c for c in self.reference_classes if c.default)

    def require(self, actor: str) -> str:
        """Return `actor` if it belongs to the system, else raise `UnknownActor`."""
        if actor not in self.actors:
            raise UnknownActor(
                repr(actor), f"one of {', '.join(self.actors)}", "use a code of this system"
            )
        return actor
