"""How long it takes from a budget line, a plan or an agreement to forces in place.

Cases stand in ``data/lead_times.csv``, each with both days and their source. They are few and were not
drawn at random: cases that were written about, and only such as came to their end. Plans that were
dropped are not among them, so that a lead time says when a unit comes if it comes.

Examples:
    >>> [c.id for c in lead_times() if c.site == "new"]
    ['yonaguni-observation', 'ishigaki-missiles', 'deveselu']
    >>> round(lead_times()[0].years, 1)
    4.3
    >>> found = lead_time(date(2026, 1, 1), site="new")
    >>> found.cases, round(found.median, 1)
    (3, 5.3)
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, read_rows

__all__ = ["LeadCase", "LeadTime", "lead_time", "lead_times"]

Site = Literal["new", "existing"]
_T95 = {1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 9: 1.833}
"""95 % points of Student's t by degrees of freedom; 1.645 at last."""


@dataclass(frozen=True, slots=True)
class LeadCase:
    """One unit: the day of the first budget line, plan or agreement, and the day it was in place.

    `site` is "new" where a base had to be built, else "existing"; `stage` says what the first day is.
    """

    id: str
    actor: str
    unit: str
    place: str
    site: Site
    stage: str
    began: date
    in_place: date
    origin: Provenance

    @property
    def years(self) -> float:
        """Years from the first day to the last."""
        return (self.in_place - self.began).days / 365.25


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Years to expect for one more unit: `median`, and `low` to `high` with a chance of 90 %.

    `log_mean` and `log_sd` are those of the logarithms of the cases.
    """

    cases: int
    median: float
    low: float
    high: float
    log_mean: float
    log_sd: float

    def expected(self, began: date) -> tuple[date, date, date]:
        """The days low, median and high after a first day."""
        first = began.toordinal()
        low, middle, high = (
            date.fromordinal(min(first + round(365.25 * y), date.max.toordinal()))
            for y in (self.low, self.median, self.high)
        )
        return low, middle, high


@lru_cache(maxsize=1)
def lead_times() -> tuple[LeadCase, ...]:
    """Every case of the table, in its order."""
    return tuple(_case(row) for row in read_rows("lead_times.csv"))


def lead_time(on: date, site: Site | None = None) -> LeadTime:
    """What the cases that had ended by a day say of the next: log-normal, by the t distribution.

    log years ~ mean +- t(n - 1) sd sqrt(1 + 1/n).

    Raises:
        FactError: fewer than two cases had ended.
    """
    logs = [
        math.log(c.years)
        for c in lead_times()
        if c.in_place <= on and (site is None or c.site == site)
    ]
    n = len(logs)
    if n < 2:
        raise FactError(f"{n} cases that had ended by {on}", "two at least", "a later day")
    mean, sd = statistics.mean(logs), statistics.stdev(logs)
    half = _T95.get(n - 1, 1.645) * sd * math.sqrt(1.0 + 1.0 / n)
    return LeadTime(n, math.exp(mean), math.exp(mean - half), math.exp(mean + half), mean, sd)


def _case(row: dict[str, str]) -> LeadCase:
    began, done = date.fromisoformat(row["began"]), date.fromisoformat(row["in_place"])
    if done <= began or row["site"] not in ("new", "existing"):
        raise FactError(
            f"the lead time {row['id']!r} from {began} to {done}, site {row['site']!r}",
            "a later day of arrival, and a site that is new or existing",
            "correct the row of lead_times.csv",
        )
    return LeadCase(
        id=row["id"], actor=row["actor"], unit=row["unit"], place=row["place"],
        site="new" if row["site"] == "new" else "existing", stage=row["stage"],
        began=began, in_place=done, origin=Provenance.of(row, "lead_times.csv"),
    )  # fmt: skip
