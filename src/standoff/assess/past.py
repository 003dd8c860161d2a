"""Questions of the past that ship as cases, and the backtest cases: forecast and marked.

A case is a line of JSON: `id`, `as_of`, `challenger`, `protege`, `defenders`, `supporters`, `signals`
or `texts`; of a question also `question`, `deadline`, `resolution` (yes, no), `note`, `sources`; of a
backtest case `outcomes.violence`, within `months` (3, if not given).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, cast

from standoff.assess.cases import coded_texts, read_cases
from standoff.assess.chance import MONTH, bench_of_events, chance_by
from standoff.assess.scoring import Mark
from standoff.errors import BadRecord, InputError, StandoffError
from standoff.forecast import draft_system, events_of

__all__ = ["SHIPPED", "PastMark", "mark_cases", "shipped_cases"]

SHIPPED: Mapping[str, str] = {
    "questions/past-1.jsonl": "resolved questions of 1970 to 2025, no slope was fitted to them",
    "eves/held.jsonl": "backtest cases held out from the fit",
    "eves/open.jsonl": "backtest cases that the slopes were fitted to: in sample",
}
"""Files of cases that ship, with what to know of each."""
RATES_END = date(2011, 1, 1)
"""Base rates of days before it come from a fit that has seen these years."""


@dataclass(frozen=True, slots=True)
class PastMark:
    """A case with its mark, or the reason why it could not be forecast."""

    id: str
    as_of: str
    pair: str
    mark: Mark | None
    error: str = ""


def shipped_cases(name: str) -> Path:
    """A file of cases: beside the package when installed, under `cases/` in a checkout.

    >>> shipped_cases("questions/past-1.jsonl").name
    'past-1.jsonl'
    """
    places = (
        Path(str(resources.files("standoff.assess"))) / "cases" / name,
        Path(__file__).resolve().parents[3] / "cases" / name,
    )
    for place in places:
        if place.is_file():
            return place
    raise InputError(f"no file of cases {name}", "cases/ or an installed copy", "install again")


def mark_cases(path: Path, *, draws: int = 500, seed: int = 1) -> tuple[PastMark, ...]:
    """Forecast every case of a file with what was known on its day."""
    return tuple(_mark(case, draws, seed) for case in read_cases(path))


def _mark(case: Mapping[str, Any], draws: int, seed: int) -> PastMark:
    name = str(case["id"])
    pair = f"{case.get('challenger')}>{case.get('protege')}"
    day = str(case.get("as_of"))
    try:
        as_of = date.fromisoformat(day)
        came, deadline = _outcome(case, as_of)
        system = draft_system(
            str(case["challenger"]),
            str(case["protege"]),
            as_of,
            defenders=_codes(case, "defenders"),
            supporters=_codes(case, "supporters"),
        )
        records = [*coded_texts(case.get("texts") or ()), *(case.get("signals") or ())]
        taken = events_of(records)
        bench = bench_of_events(system, taken.events, as_of=as_of, draws=draws, seed=seed)
        chance = chance_by(bench, deadline)
    except (StandoffError, KeyError, ValueError) as error:
        return PastMark(name, day, pair, None, str(error))
    mark = Mark(
        name,
        as_of,
        came,
        chance.all.mean,
        ((chance.all.mean, 1.0),),
        ((chance.base.mean, 1.0),),
        ((chance.silent.mean, 1.0),),
        in_time=False,
        text=str(case.get("question") or name),
    )
    return PastMark(name, day, pair, mark)


def _outcome(case: Mapping[str, Any], as_of: date) -> tuple[bool, date]:
    """Whether it came, and by when that was asked."""
    said = case.get("resolution")
    if said is None:
        outcomes = cast("Mapping[str, Any]", case.get("outcomes") or {})
        said = {1: "yes", 0: "no"}.get(cast("int", outcomes.get("violence")))
    if said not in ("yes", "no"):
        raise BadRecord(f"{case['id']}: resolution {said!r}", "yes or no", "correct the case")
    given = case.get("deadline")
    months = int(case.get("months", 3))
    deadline = date.fromisoformat(str(given)) if given else as_of + timedelta(round(months * MONTH))
    return said == "yes", deadline


def _codes(case: Mapping[str, Any], key: str) -> Sequence[str]:
    return [str(c) for c in cast("Sequence[Any]", case.get(key) or ())]
