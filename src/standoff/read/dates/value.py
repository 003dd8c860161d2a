"""What the grammar of dates builds: an interval with what is known and what is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from standoff.read.dates.calendar import feast, make_day, month_span, season_span, shift, week_of
from standoff.read.scan import Scan, words
from standoff.terms import DateBasis

Grain = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century", "other"
]
FUTURE = words(
    "will shall would opens begins starts expires concludes resumes convenes going plan plans "
    "planned planning scheduled due "
    "expected expects upcoming intends intend aims aim let's schedule book please set ahead forthcoming "
    "won't hopes hope slated"
)
PAST = words(
    "was were had did said told went came met gave took made saw began left held sent flew sailed ran wrote "
    "fell rose won lost spoke became brought fought found heard struck shot hit cut set built has have "
    "'ve been happened"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The scan, the day of publication, and whether the text writes the day before the month.

    `day_first` holds for the whole text: where one date of it can only be read so (13/07/2021) and
    none only the other way, 05/08/2021 beside it is 5 August.
    """

    scan: Scan
    published: date
    day_first: bool = False

    def future(self, first: int, last: int) -> bool:
        """True if the nearest verb cue around tokens `first:last` points ahead."""
        scan = self.scan
        for j in range(first - 1, max(-1, first - 30), -1):
            word = scan.word(j)
            if word in ".!?;" and scan.kind(j) == "s" and not scan.word(j + 1).islower():
                break
            if word in FUTURE:
                return True
            if word in PAST or (len(word) > 4 and word.endswith("ed")):
                return False
        for j in range(last, min(len(scan), last + 15)):
            word = scan.word(j)
            if word in ".!?;" and scan.kind(j) == "s":
                break
            if word in FUTURE:
                return True
            if word in PAST or (len(word) > 4 and word.endswith("ed")):
                return False
        return False


@dataclass(frozen=True, slots=True)
class Value:
    """A date expression, tokens `first:last`. Ends inclusive; None on an open or unknown side.

    `open_year` holds what floats where no year was said: ("month", m, 0), ("day", m, d),
    ("feast", name), ("season", name). `known` says that start and end mean something.
    """

    first: int
    last: int
    start: date | None
    end: date | None
    grain: Grain = "day"
    open_year: tuple[str, int, int] | None = None
    name: str = ""
    basis: DateBasis = DateBasis.STATED
    known: bool = True

    def at(self, first: int, last: int) -> Value:
        """The same value over other tokens."""
        return replace(self, first=first, last=last)


def floating(
    ctx: Context, first: int, last: int, kind: str, a: int, b: int, name: str = ""
) -> Value:
    """A value without a year, resolved by the tense around it and the day of publication."""
    value = Value(first, last, None, None, open_year=(kind, a, b), name=name)
    published = ctx.published
    future = ctx.future(first, last)
    if kind == "dom":
        return _day_of_near_month(ctx, value, a)
    candidates = [with_year(value, published.year + n) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
    found = [c for c in candidates if c.known and c.start is not None and c.end is not None]
    if not found:
        return replace(value, known=False)
    if future:
        ahead = [c for c in found if c.end is not None and c.end >= published]
        if kind == "month":  # "in May" said in May is this month
            ahead = [c for c in found if c.end is not None and c.end >= published]
        return (ahead or found[-1:])[0]
    behind = [c for c in found if c.start is not None and c.start <= published]
    return (behind or found)[-1] if behind else found[0]


def _day_of_near_month(ctx: Context, value: Value, day: int) -> Value:
    """The 18th: of this month or the last one, of this or the next where the tense is future."""
    future, months = ctx.future(value.first, value.last), range(0, 13)
    for step in months:
        month = shift(ctx.published.replace(day=1), step if future else -step, "month")
        on = make_day(month.year, month.month, day)
        if on is not None and (on >= ctx.published if future else on <= ctx.published):
            return replace(value, start=on, end=on, open_year=None)
    return replace(value, known=False)


def with_year(value: Value, year: int) -> Value:
    """A floating value put into a year."""
    if value.open_year is None or not 1 <= year <= 9998:
        return value
    kind, a, b = value.open_year
    if kind == "month":
        start, end = month_span(year, a)
        return replace(value, start=start, end=end, grain="month", known=True)
    if kind == "day":
        day = make_day(year, a, b)
        return replace(value, start=day, end=day, grain="day", known=day is not None)
    if kind == "feast":
        day = feast(value.name, year)
        return replace(value, start=day, end=day, grain="day", known=day is not None)
    if kind == "season":
        start, end = season_span(value.name, year)
        return replace(value, start=start, end=end, grain="other", known=True)
    if kind == "quarter":
        start = date(year, 3 * a - 2, 1)
        return replace(
            value, start=start, end=month_span(year, 3 * a)[1], grain="quarter", known=True
        )
    if kind == "week":
        start = shift(week_of(date(year, 1, 4))[0], 7 * (a - 1), "day")
        return replace(value, start=start, end=shift(start, 6, "day"), grain="week", known=True)
    return value


def settle(value: Value, year: int) -> Value:
    """The value in `year`, no longer floating."""
    return replace(with_year(value, year), open_year=None)
