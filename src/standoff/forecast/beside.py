"""What stands beside a forecast and never in it: who owes the protege what, and numbers of others.

Both tables ship with their sources (docs/reference/forecast-tables.md). A day sees what was in force, or
published, by then.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from standoff.forecast.differing import Ours, alongside, differing

__all__ = ["Obligation", "OutsideNumber", "numbers_beside", "obligations_to"]

_GENERAL = ("all alliances 1945-2003", "defence pacts 1816-2003")
"""Published rates of the class to which any joining of a patron belongs: the lowest and the nearest."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What `owner` owes the protege: `kind` defence, consultation, arms or none; `form` its act."""

    owner: str
    kind: str
    form: str
    since: str
    instrument: str
    source: str
    note: str

    @property
    def line(self) -> str:
        """On one line, with its source."""
        what = f"{self.owner}: {self.kind} ({self.form}), {self.instrument}"
        rest = f"; {self.note}" if self.note else ""
        return f"{what}{f', since {self.since}' if self.since else ''}{rest} [{self.source}]"


@dataclass(frozen=True, slots=True)
class OutsideNumber:
    """A number of somebody else. `measure`: rate, crowd, market, expert probability, or the share of
    experts who call it likely, which is no probability. `event`: beside an attack as here it is alike,
    narrower, wider, about who joins, or another. `deadline`: a day, or "". `ours`: our number for as long, or ""
    where we have none. `differs`: why the two are more than a factor of two apart, in full and in brief; "" where
    they are not or ours is not known.
    """

    question: str
    about: str
    as_of: str
    value: float
    low: float | None
    high: float | None
    measure: str
    event: str
    deadline: str
    definition: str
    source: str
    url: str
    ours: str = ""
    differs: str = ""
    differs_briefly: str = ""

    @property
    def line(self) -> str:
        """On one line, with its source and why ours differs."""
        spread = f" ({self.low or 0:.0%} to {self.high:.0%})" if self.high is not None else ""
        value = f"{self.value:.1%}" if self.value < 0.1 else f"{self.value:.0%}"
        return (
            f"{self.question} {value}{spread}, {self.measure} of {self.as_of} ({self.about}): "
            f"{self.definition} "
            f"[{self.source}]{f'; {self.differs}' if self.differs else ''}"
        )

    def beside(self, ours: Ours, on: date) -> OutsideNumber:
        """The same with why ours differs."""
        days = (_last(self.as_of), date.fromisoformat(self.deadline) if self.deadline else None)
        full, brief = differing(
            (self.value, self.value if self.high is None else self.high),
            (self.measure, self.event),
            days,
            ours,
            on,
        )
        own = alongside(self.event, days, ours)
        return replace(self, ours=own, differs=full, differs_briefly=brief)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    file = resources.files("standoff.forecast") / "data" / name
    return tuple(csv.DictReader(file.read_text("utf-8").splitlines()))


def _last(text: str) -> date:
    """The last day that a date names: 2024-04 is over on 30 April (here at the latest on the 31st)."""
    year, month, day = (*(int(p) for p in text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _first(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10]) if text else date.min


def obligations_to(protege: str, on: date) -> tuple[Obligation, ...]:
    """What is owed to a state on a day: rows between two states, then its groups.

    >>> [o.line for o in obligations_to("TWN", date(2021, 8, 13))][0][:34]
    'USA: arms (statute), Taiwan Relati'
    """
    rows = [(r["owner"], r) for r in _rows("obligations.csv") if r["protege"] == protege]
    rows += [(f"each of {r['group']}", r) for r in _rows("groups.csv") if r["member"] == protege]
    return tuple(
        Obligation(
            owner,
            r["kind"],
            r.get("form", "treaty"),
            r["from"],
            r["instrument"],
            r["source"],
            r["note"],
        )
        for owner, r in rows
        if _first(r["from"]) <= on and (not r["to"] or on <= _last(r["to"]))
    )


def numbers_beside(
    challenger: str, protege: str, on: date, ours: Ours | None = None
) -> tuple[OutsideNumber, ...]:
    """Numbers of others that were out on a day: of this pair, then rates of alliances in general.

    Of the pair probabilities come first, then shares of experts, each with the latest first. Each says why
    it differs from `ours`, if given.

    >>> [(n.as_of, n.value) for n in numbers_beside("CHN", "TWN", date(2021, 8, 13))]
    [('2020-11-11', 0.0519), ('2018-04', 0.22), ('2018-04', 0.41)]
    """
    own: list[OutsideNumber] = []
    general: list[OutsideNumber] = []
    for r in _rows("elsewhere.csv"):
        if _last(r["as_of"]) > on:
            continue
        number = OutsideNumber(
            r["question"], r["pair_or_class"], r["as_of"], float(r["value"]), _number(r["low"]),
            _number(r["high"]), r["measure"], r["event"], r["deadline"], r["definition"], r["source"], r["url"],
        )  # fmt: skip
        name = r["pair_or_class"]
        one_way, both = name.split(">"), name.split("-")
        if one_way[:2] == [challenger, protege] or set(both) == {challenger, protege}:
            own.append(number)
        elif name in _GENERAL:
            general.append(number)
    own.sort(key=lambda n: n.as_of, reverse=True)
    own.sort(key=lambda n: n.measure == "share of experts")
    found = (*own, *general)
    return found if ours is None else tuple(n.beside(ours, on) for n in found)


def _number(text: str) -> float | None:
    return float(text) if text else None
