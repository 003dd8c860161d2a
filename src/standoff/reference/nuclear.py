"""Nuclear weapons by state: status, warheads, and how near a state was to a weapon.

What the table holds, each row with its source and years:

* ``status``: none, considering, pursuing, armed; by year to 2022 (Bleek 2017 and NTI 2022, as
  coded by Our World in Data). Status after 2022 is not covered.
* ``warheads_stockpile``: warheads in military stockpiles (FAS to 2017, SIPRI from 2022).
* ``warheads_inventory``: the same with retired warheads that await dismantlement (SIPRI, 2021 on).
  The two definitions differ by a thousand and more for the United States and Russia.
* ``latency_score``: nu-CLEAR, a latent scale of proficiency, last year 2001, with its interval.
* ``facilities``: enrichment and reprocessing facilities in operation in 2012, the last year of the
  Nuclear Latency data set.

Years to a weapon are not covered: no estimate with a stated method covers more than one state.

Examples:
    >>> nuclear_status("CHN", 2021)
    'armed'
    >>> nuclear_status("JPN", 2021), nuclear_status("JPN", 2024) is None
    ('none', True)
    >>> [(w.kind, w.value) for w in warheads("CHN", 2021)]
    [('warheads_inventory', 350.0)]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, read_rows

__all__ = [
    "SCORE_SOURCE",
    "SCORE_YEARS",
    "NuclearFact",
    "NuclearStatus",
    "is_latent",
    "latency",
    "nuclear_status",
    "proficiency",
    "warheads",
]

SCORE_YEARS = (1945, 2001)
"""First and last year of nuclear_scores.csv."""
SCORE_SOURCE = "nu-CLEAR, Smith and Spaniel 2018, public replication data"

NuclearStatus = Literal["none", "considering", "pursuing", "armed"]
_STATUSES = ("none", "considering", "pursuing", "armed")
_KINDS = ("status", "warheads_stockpile", "warheads_inventory", "latency_score", "facilities")


@dataclass(frozen=True, slots=True)
class NuclearFact:
    """One row: a status spell or a number for a span of years.

    ``value`` is the number, None for a status or where the source gives only a range; ``low`` and
    ``high`` are the range or interval where there is one.
    """

    actor: str
    kind: str
    first: int
    last: int
    status: NuclearStatus | None
    value: float | None
    low: float | None
    high: float | None
    origin: Provenance


def _number(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[NuclearFact, ...]]:
    found: dict[tuple[str, str], list[NuclearFact]] = {}
    for row in read_rows("nuclear.csv"):
        kind, value = row["kind"], row["value"]
        if kind not in _KINDS or (kind == "status" and value not in _STATUSES):
            raise FactError(f"the nuclear row {kind!r} {value!r}", " | ".join(_KINDS), "correct it")
        fact = NuclearFact(
            actor=row["actor"],
            kind=kind,
            first=int(row["from"]),
            last=int(row["to"]),
            status=cast("NuclearStatus", value) if kind == "status" else None,
            value=None if kind == "status" else _number(value),
            low=_number(row["low"]),
            high=_number(row["high"]),
            origin=Provenance.of(row, "nuclear.csv"),
        )
        found.setdefault((fact.actor, kind), []).append(fact)
    return {key: tuple(v) for key, v in found.items()}


def _facts(actor: str, kind: str, year: int) -> tuple[NuclearFact, ...]:
    return tuple(f for f in _table().get((actor, kind), ()) if f.first <= year <= f.last)


def nuclear_status(actor: str, year: int) -> NuclearStatus | None:
    """Status of a state in a year, or None where the table does not cover it.

    Example:
        >>> nuclear_status("ZAF", 1985), nuclear_status("ZAF", 2000)
        ('armed', 'none')
    """
    rows = _facts(actor, "status", year)
    return rows[0].status if rows else None


def warheads(actor: str, year: int) -> tuple[NuclearFact, ...]:
    """Warheads of a state in a year, one fact per definition; () where not covered.

    A state of status ``none`` has no row: absence here is not zero, ask :func:`nuclear_status`.

    Example:
        >>> [(w.kind.removeprefix("warheads_"), w.value) for w in warheads("RUS", 2025)]
        [('stockpile', 4309.0), ('inventory', 5459.0)]
    """
    return _facts(actor, "warheads_stockpile", year) + _facts(actor, "warheads_inventory", year)


def latency(actor: str) -> NuclearFact | None:
    """The last nu-CLEAR score of a state (2001), or None.

    Example:
        >>> latency("JPN").value > latency("MNG").value
        True
    """
    rows = _table().get((actor, "latency_score"), ())
    return rows[-1] if rows else None


@lru_cache(maxsize=1)
def _scores() -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    for row in read_rows("nuclear_scores.csv"):
        first = int(row["from"])
        years = {first + i: float(s) for i, s in enumerate(row["scores"].split(" "))}
        found.setdefault(int(row["cow"]), {}).update(years)
    return found


def proficiency(cow: int, year: int) -> float | None:
    """The mean nu-CLEAR score of a state, by its COW code, in a year from 1945 to 2001, or None.

    Two decimals: the intervals of the source are half a point wide.

    Example:
        >>> proficiency(740, 2001), proficiency(740, 2010) is None
        (1.54, True)
    """
    return _scores().get(cow, {}).get(year)


def is_latent(actor: str) -> bool | None:
    """Did a state run enrichment or reprocessing facilities in 2012 without being armed?

    None for a state without any row in the table.

    Example:
        >>> is_latent("JPN"), is_latent("CHN"), is_latent("MNG")
        (True, False, False)
    """
    if (actor, "status") not in _table():
        return None
    return nuclear_status(actor, 2012) != "armed" and bool(_facts(actor, "facilities", 2012))
