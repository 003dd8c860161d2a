"""What the desk's commands share: the open workbench of a dossier on a day, said in the first line."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.cli.common import open_dossier, parse_day
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.assess import Move, Workbench
    from standoff.ledger import Ledger
    from standoff.systems import System
    from standoff.terms import Estimate


@dataclass(frozen=True, slots=True)
class Desk:
    """An open dossier with its workbench on a day, and the line that says which."""

    ledger: Ledger
    system: System
    bench: Workbench
    line: str

    @property
    def day(self) -> date:
        """The day whose knowledge is used."""
        return self.bench.at


@contextmanager
def at_desk(
    dossier: Path | None,
    as_of: str | None,
    draws: int,
    seed: int,
    recorded_by: str | None = None,
) -> Generator[Desk]:
    """A dossier open on the day of `as_of`, else on that of the next assessment."""
    from standoff.assess import day_to_assess, open_bench, system_of

    if draws < 100:
        raise InputError(f"{draws} draws", "at least 100, for an interval", "--draws 2000")
    with open_dossier(dossier, recorded_by) as ledger:
        system = system_of(ledger)
        day, why = (parse_day(as_of), "--as-of") if as_of else day_to_assess(ledger, system)
        bench = open_bench(ledger, system, as_of=day, draws=draws, seed=seed)
        line = f"of        {ledger.path.name}, what was available by {day} ({why})"
        yield Desk(ledger, system, bench, line)


def chance(p: float) -> str:
    """A probability in per cent, two digits that count.

    >>> chance(0.0043), chance(0.0172), chance(0.62), chance(0.9991), chance(1.0)
    ('0.43', '1.7', '62', '99.91', '100')
    """
    if 0.995 <= p < 1.0:
        return f"{100 - float(f'{100 * (1.0 - p):.2g}'):.6g}"
    return f"{100 * p:.2g}" if p < 0.995 else "100"


def points(move: Move, chance: float) -> str:
    """A move in percentage points of an answer that is `chance`."""
    return signed(move.points, chance)


def signed(value: float, chance: float) -> str:
    """Percentage points with their sign, two digits that count; 0 below a five-hundredth of the answer.

    A chance of one in ten thousand is moved by thousandths of a point, and they are what there is to say.

    >>> signed(0.573, 0.017), signed(-0.0438, 0.017), signed(0.0003, 0.017), signed(12.34, 0.017)
    ('+0.57', '-0.044', '0', '+12')
    >>> signed(0.0087, 0.0001)
    '+0.0087'
    """
    if abs(value) < 0.2 * chance:
        return "0"
    return f"{value:+.2g}" if abs(value) < 99.5 else f"{value:+.0f}"


def times(ratio: Estimate) -> str:
    """How many times likelier, with its interval.

    >>> from standoff.terms import Estimate
    >>> times(Estimate(1.5, 1.2, 1.9))
    '1.50 (1.20 to 1.90)'
    """
    return f"{ratio.mean:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"


def count(n: int, what: str) -> str:
    """A number with its noun.

    >>> count(1, "report"), count(3, "report")
    ('1 report', '3 reports')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def move_record(move: Move) -> dict[str, float]:
    """A move as plain data."""
    r = move.ratio
    return {
        "points": _short(move.points), "times": _short(r.mean), "low": _short(r.low),
        "high": _short(r.high), "chance_without": _short(move.without),
        "share_of_draws_with_less_war": _short(move.share_lower),
    }  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.10g}")
