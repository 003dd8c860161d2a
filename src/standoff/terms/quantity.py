"""Numbers with their unit, hedge and words; dates as intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from standoff.errors import ImpossibleDate
from standoff.terms.enums import Comparator, DateBasis
from standoff.terms.text import Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text gives it: both ends of a range, the unit, the hedge.

    `low == high` for a single number; an open end is None ("more than 500": low 500, high
    None). `unit` is canonical (km, nmi, mi, %, % of GDP, ratio, person, USD ...); `noun` is
    what was counted ("warships"), where something was.

    >>> Quantity(Span(0, 6, "70 nmi"), 70, 70, "nmi").value
    70
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    comparator: Comparator = Comparator.EQUAL
    noun: str | None = None

    @property
    def value(self) -> float | None:
        """The number, or the middle of the range; None where neither end is known."""
        if self.low is None or self.high is None:
            return self.low if self.high is None else self.high
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def approximate(self) -> bool:
        """True for "about", "around", "nearly"."""
        return self.comparator is Comparator.ABOUT


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of calendar days in the place of the event; both ends inclusive, None if open.

    >>> Period(date(2021, 8, 1), date(2021, 8, 7), "first week of August").days
    7
    """

    start: date | None
    end: date | None
    text: str = ""
    basis: DateBasis = DateBasis.STATED

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ImpossibleDate(
                f"the period {self.start} to {self.end}",
                "a start that is not after the end",
                "swap the two dates or correct one",
            )

    @classmethod
    def day(cls, on: date, text: str = "", basis: DateBasis = DateBasis.STATED) -> Period:
        """The period of one day."""
        return cls(on, on, text, basis)

    @classmethod
    def unstated(cls) -> Period:
        """No date given."""
        return cls(None, None, "", DateBasis.UNSTATED)

    @property
    def days(self) -> int | None:
        """Length in days, None if open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def overlaps(self, other: Period, slack_days: int = 0) -> bool:
        """True if the two could share a day, allowing `slack_days` on either side."""
        slack = timedelta(days=slack_days)
        if self.end is not None and other.start is not None and self.end + slack < other.start:
            return False
        return not (
            self.start is not None and other.end is not None and other.end + slack < self.start
        )


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in the text, resolved against the day of publication."""

    span: Span
    period: Period
