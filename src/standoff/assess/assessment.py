"""What an assessment holds: every number with its interval, its handle and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from standoff.forecast import OutsideNumber
from standoff.terms import Estimate


@dataclass(frozen=True, slots=True)
class BaseRate:
    """A reference class: attacks per directed dyad-year, as counted."""

    key: str
    name: str
    rate: float
    source: str
    default: bool
    counts: str


@dataclass(frozen=True, slots=True)
class Update:
    """One line of the ledger of updates: how many times likelier one thing makes an attack.

    `ratio.mean` is the ratio of the printed probabilities after it and before it; the lines of an
    assessment multiply to the answer over the base rate.
    """

    key: str
    name: str
    ratio: Estimate
    signals: tuple[str, ...]
    day: str
    quote: str
    precedent: str
    origin: str


def widest(updates: Sequence[Update], n: int = 10) -> tuple[Update, ...]:
    """The `n` updates that move the answer most, up or down."""

    def move(u: Update) -> tuple[float, str]:
        return (-abs(math.log(max(u.ratio.mean, 1e-12))), u.key)

    return tuple(sorted(updates, key=move)[:n])


@dataclass(frozen=True, slots=True)
class Stage:
    """The probability of an attack within a year at one stage, and its ratio to the base rate."""

    key: str
    name: str
    war: Estimate
    ratio: Estimate
    note: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named probability of the solved game. `key` is its part of the run's handle."""

    key: str
    label: str
    estimate: Estimate
    unit: str = "probability"
    given: str = ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A stance on one date: words and deeds with intervals, and how much each rests on."""

    handle: str
    actor: str
    object: str
    relation: str
    words: Estimate
    deeds: Estimate
    gap: Estimate
    words_status: str
    deeds_status: str
    n_words: int
    n_deeds: int
    n_signals: int
    n_reviewed: int
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """The probability that a level moved by more than `delta` sd within `weeks` up to the date."""

    level: str
    channel: str
    direction: str
    probability: float
    delta: float
    weeks: float
    status: str
    between: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """What one thing does to the odds of war: a multiplier, by denial or punishment.

    `share_lower` is the share of draws in which it makes war less likely.
    """

    key: str
    name: str
    multiplier: Estimate
    share_lower: float
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Influence:
    """What one event does to the answer: the chance of an attack with it over that without it.

    `words` and `deeds` are its changes of the level it bears on most, in standard deviations.
    `noted` is set where `quote` is the note of a coder and not what a report says; `by_hand` where a
    person coded or reviewed the event; `said` are the source's own words beside a note.
    """

    event: str
    signals: tuple[str, ...]
    quote: str
    day: str
    level: str
    words: float
    deeds: float
    multiplier: Estimate
    actor: str = ""
    noted: bool = False
    by_hand: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor of the system: code, name without what stands in brackets, role."""

    code: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Grades:
    """How good the evidence is and how good the model is, apart, with what each word rests on.

    `evidence` and `model` are high, moderate or low. `sources` are independent sources of signals,
    `graded` those of them with a grade other than F6, `good` those graded B2 or better and
    `enough_good` whether they make confidence high; `by_hand` is the share of the leading events'
    influence that a person coded or reviewed; `estimated` the share of the way from the base rate to
    the answer that rests on coefficients estimated from data (both 0 to 1).
    """

    evidence: str
    model: str
    sources: int
    graded: int
    good: int
    enough_good: bool
    reviewed: int
    by_hand: float
    estimated: float
    elicited: int
    coefficients: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What something that was read changes, on the same draws: a multiplier of the chance of an attack.

    `levels` are the changes of the median words and deeds of each level it touches. `nothing` is
    set where nine tenths of the draws move by less than one part in a hundred.
    """

    key: str
    name: str
    multiplier: Estimate
    sentence: str
    events: tuple[str, ...]
    signals: tuple[str, ...]
    levels: tuple[tuple[str, float, float], ...]
    nothing: bool


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim of a report that a check contradicted."""

    handle: str
    quote: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a number rests on: quote and offsets, source and grade, dates.

    `noted` is set where `quote` is the note of a coder and not what a report says; `said` are then
    the source's own words, where they were kept.
    """

    handle: str
    event: str
    quote: str
    start: int
    end: int
    document: str
    title: str
    source: str
    grade: str
    url: str
    happened: str
    available: date
    noted: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A level on one day."""

    at: date
    words: Estimate
    deeds: Estimate


@dataclass(frozen=True, slots=True)
class Timeline:
    """A level over time, filtered: each day uses what had happened by then."""

    level: str
    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class PriorSet:
    """The answer under one named set of priors."""

    name: str
    war: Estimate
    meaning: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A coefficient the answer uses: prior, origin, source."""

    name: str
    prior: str
    unit: str
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The document whose effect is shown."""

    handle: str
    title: str
    source: str
    published: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """One question answered from one dossier on one date.

    `run` is the handle R-...: the hash of everything else here, so that equal answers have equal
    handles. `horizons` and `base_horizons` map months to the chance of an attack within them, with
    the evidence and before it; `updates` lead from one to the other at twelve months. `ceiling` is
    the most that any evidence could make of it. `remarks` are those of the warnings that come
    before any number.
    """

    run: str
    system: str
    title: str
    question: str
    act: str
    as_of: date
    seed: int
    draws: int
    software: str
    focus: Focus | None
    base_rates: tuple[BaseRate, ...]
    stages: tuple[Stage, ...]
    quantities: tuple[Quantity, ...]
    horizons: tuple[tuple[int, Estimate], ...]
    base_horizons: tuple[tuple[int, Estimate], ...]
    updates: tuple[Update, ...]
    ceiling: float
    prior_sets: tuple[PriorSet, ...]
    levels: tuple[LevelLine, ...]
    shifts: tuple[ShiftLine, ...]
    factors: tuple[Factor, ...]
    effects: tuple[Effect, ...]
    influences: tuple[Influence, ...]
    levers: tuple[Factor, ...]
    contested: tuple[Contested, ...]
    evidence: tuple[Evidence, ...]
    timelines: tuple[Timeline, ...]
    published_rates: tuple[tuple[str, float, str], ...]
    beside: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[str, ...]
    n_documents: int
    n_events: int
    n_signals: int
    n_claims: int
    n_unsettled: int
    grades: Grades
    actors: tuple[ActorLine, ...]
    outside: tuple[OutsideNumber, ...]
    remarks: tuple[str, ...]

    def quantity(self, key: str) -> Quantity:
        """A quantity by key. Raises `KeyError` for one the game does not have."""
        for item in self.quantities:
            if item.key == key:
                return item
        raise KeyError(key)

    def widest_updates(self, n: int = 10) -> tuple[Update, ...]:
        """The lines of the ledger that move the answer most, up or down."""
        return widest(self.updates, n)

    @property
    def war(self) -> Estimate:
        """Probability of an attack within a year, with everything that was available."""
        return self.stages[-1].war

    def payload(self) -> dict[str, Any]:
        """The assessment as plain data, without its own handle."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "run"}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {k: _plain(v) for k, v in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # Eight digits: after a thousand reports builds of numerical libraries differ beyond them, and
        # handles are hashes.
        return float(f"{value:.8g}")
    return value
