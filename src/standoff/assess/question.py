"""What a question is and what was said about it: forecasts, crowd lines, resolutions.

A question is a decision `ask` about Q-001; every forecast, crowd line and resolution is a further
decision about it. None of them can be undone: a mistake is mended by a record that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from standoff.ledger import Decision

__all__ = [
    "LONGEST",
    "Asked",
    "Crowd",
    "Forecast",
    "Question",
    "Resolution",
    "Said",
    "crowd_from",
    "forecast_from",
    "question_from",
    "resolution_from",
]

LONGEST = 366
"""Days to a deadline: the forecast is made, and was tested, for a year and less."""
IN_TIME = 7
"""Days between the day that a forecast knows of and the day it was recorded, to count as said in time."""


class Said(StrEnum):
    """How a question was resolved."""

    YES = "yes"
    NO = "no"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks. `text` and `rule` are stored as said; `links` are numbers on other sites."""

    text: str
    challenger: str
    protege: str
    as_of: date
    deadline: date
    rule: str
    defenders: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    event: str = "attack"


@dataclass(frozen=True, slots=True)
class Forecast:
    """One forecast of a question: probabilities by the deadline, with what was known on `as_of`.

    `base` is the base rate alone, `silent` the model without any report. `run` is the assessment it
    belongs to; empty where the pair is not that of the dossier.
    """

    as_of: date
    at: str
    by: str
    p: float
    low: float
    high: float
    base: float
    silent: float
    run: str
    basis: str

    @property
    def in_time(self) -> bool:
        """Whether it was recorded when it says, and not later with the outcome in sight."""
        return (date.fromisoformat(self.at[:10]) - self.as_of).days <= IN_TIME


@dataclass(frozen=True, slots=True)
class Crowd:
    """What others said on a day."""

    day: date
    p: float
    source: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of it, by whom and from which source. `correction` is set where it replaces one."""

    outcome: Said
    on: date
    source: str
    at: str
    by: str
    because: str
    correction: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question with everything that was said about it, in order."""

    handle: str
    asked: Asked
    at: str
    by: str
    forecasts: tuple[Forecast, ...] = ()
    crowd: tuple[Crowd, ...] = ()
    resolutions: tuple[Resolution, ...] = ()

    @property
    def resolution(self) -> Resolution | None:
        """The resolution that stands: the last, for others agree with it or were corrected by it."""
        return self.resolutions[-1] if self.resolutions else None

    @property
    def last_day(self) -> date:
        """The day on which it stopped being open: that of a yes, else the deadline."""
        found = self.resolution
        return found.on if found and found.outcome is Said.YES else self.asked.deadline

    def record(self) -> dict[str, Any]:
        """As plain data."""
        a, r = self.asked, self.resolution
        return {
            "question": self.handle,
            "text": a.text,
            "event": a.event,
            "challenger": a.challenger,
            "protege": a.protege,
            "defenders": list(a.defenders),
            "supporters": list(a.supporters),
            "as_of": a.as_of.isoformat(),
            "deadline": a.deadline.isoformat(),
            "rule": a.rule,
            "links": dict(a.links),
            "recorded": self.at,
            "author": self.by,
            "forecasts": [
                {
                    "as_of": f.as_of.isoformat(), "recorded": f.at, "author": f.by, "p": f.p,
                    "low": f.low, "high": f.high, "base_rate": f.base, "without_reports": f.silent,
                    "run": f.run or None, "basis": f.basis, "in_time": f.in_time,
                }
                for f in self.forecasts
            ],
            "crowd": [
                {"day": c.day.isoformat(), "p": c.p, "source": c.source} for c in self.crowd
            ],
            "outcome": r.outcome.value if r else None,
            "resolutions": [
                {
                    "outcome": x.outcome.value, "on": x.on.isoformat(), "source": x.source,
                    "recorded": x.at, "author": x.by, "because": x.because,
                    "correction": x.correction,
                }
                for x in self.resolutions
            ],
        }  # fmt: skip


def question_from(d: Decision) -> Question:
    """The question that a decision `ask` put, without what was said later."""
    p = d.payload
    asked = Asked(
        str(p["text"]),
        str(p["challenger"]),
        str(p["protege"]),
        date.fromisoformat(str(p["as_of"])),
        date.fromisoformat(str(p["deadline"])),
        str(p["rule"]),
        _codes(p["defenders"]),
        _codes(p["supporters"]),
        tuple(sorted((str(k), str(v)) for k, v in p["links"].items())),
        str(p["event"]),
    )
    return Question(d.subject, asked, d.at, d.author)


def forecast_from(d: Decision) -> Forecast:
    """The forecast of a decision."""
    p = d.payload
    return Forecast(
        date.fromisoformat(str(p["as_of"])),
        d.at,
        d.author,
        float(p["p"]),
        float(p["low"]),
        float(p["high"]),
        float(p["base"]),
        float(p["silent"]),
        str(p["run"]),
        str(p["basis"]),
    )


def crowd_from(d: Decision) -> Crowd:
    """The crowd line of a decision."""
    p = d.payload
    return Crowd(date.fromisoformat(str(p["day"])), float(p["p"]), str(p["source"]))


def resolution_from(d: Decision) -> Resolution:
    """The resolution of a decision."""
    p = d.payload
    return Resolution(
        Said(str(p["outcome"])),
        date.fromisoformat(str(p["on"])),
        str(p["source"]),
        d.at,
        d.author,
        d.reason,
        bool(p["correction"]),
    )


def _codes(raw: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(c) for c in raw)
