"""End-to-end backtests: cases with texts or coded signals and what came of them.

A case is one JSON object a line: `id`, `as_of`, `challenger`, `protege`, `defenders`, `supporters`,
`texts` ({"text", "published", "source"}), `signals`, `outcomes` ({"violence", "defender_fights"}).
Texts are read with the default coder and the gazetteer of the shipped reference; coded signals are
taken as they are; either may be missing. `violence` is an attack within `months` (3, if not given).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.assess.outlook import forecast_events
from standoff.errors import BadRecord, StandoffError
from standoff.fit import area_under_curve
from standoff.forecast import draft_system, events_of
from standoff.game import Coefficients
from standoff.read import read_report
from standoff.terms import read_records, signal_record

__all__ = ["CaseForecast", "CaseScores", "forecast_case", "read_cases", "score_cases"]

Array = npt.NDArray[np.float64]
MONTHS = 3
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class CaseForecast:
    """The forecast of one case: chance of violence, of a defender fighting if attacked, the base
    rate of violence, their ratio, how many signals counted and how many records were refused.
    `error` is set where the case could not be forecast; the chances are then NaN.
    """

    id: str
    kind: str
    months: int
    p_violence: float
    p_defender_fights: float | None
    base: float
    lr: float
    n_signals: int
    violence: int | None
    defender_fights: int | None
    error: str = ""
    refused: int = 0

    def record(self) -> dict[str, Any]:
        """As it is printed."""
        found: dict[str, Any] = {
            "id": self.id,
            "p_violence": _short(self.p_violence),
            "p_defender_fights": self.p_defender_fights,
            "base": _short(self.base),
            "lr": _short(self.lr),
            "n_signals": self.n_signals,
        }
        if self.refused:
            found["refused"] = self.refused
        return found | ({"error": self.error} if self.error else {})


@dataclass(frozen=True, slots=True)
class CaseScores:
    """Scores of the cases whose outcome is known; intervals by resampling cases.

    Each score is (value, low, high). `base_*`: the same for the base rate alone; `count_auc` for
    the number of signals that counted. `defenders`: cases with a known answer, Brier score of the
    chance that a defender fights, and that of their mean answer.
    """

    n: int
    events: int
    brier: tuple[float, float, float]
    log: tuple[float, float, float]
    auc: tuple[float, float, float]
    base_brier: float
    base_log: float
    base_auc: float
    count_auc: float
    mean_by_kind: Mapping[str, tuple[int, float]]
    defenders: tuple[int, float, float] | None

    def record(self) -> dict[str, Any]:
        """As it is printed."""

        def three(v: tuple[float, float, float]) -> dict[str, float | None]:
            return dict(zip(("value", "low", "high"), map(_short, v), strict=True))

        return {
            "n": self.n,
            "events": self.events,
            "brier": three(self.brier),
            "log": three(self.log),
            "auc": three(self.auc),
            "base": {
                "brier": _short(self.base_brier),
                "log": _short(self.base_log),
                "auc": _short(self.base_auc),
            },
            "count_of_signals": {"auc": _short(self.count_auc)},
            "defender_fights": (
                dict(zip(("n", "brier", "brier_of_mean"), self.defenders, strict=True))
                if self.defenders
                else None
            ),
            "mean_by_kind": {
                k: {"n": n, "mean": _short(m)} for k, (n, m) in self.mean_by_kind.items()
            },
        }


def _short(value: float) -> float | None:
    # JSON has no NaN: a score that cannot be computed is null.
    return float(f"{value:.10g}") if value == value else None


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a file. Raises `UnreadableFile` or `BadRecord` naming what is wrong."""
    found = read_records(path)
    for number, case in enumerate(found, start=1):
        if "id" not in case:
            raise BadRecord(f"case {number} without id", "an object with an id", "add it")
    return found


def _wrong(case: Mapping[str, Any]) -> str:
    """What is wrong with the form of a case; empty where nothing is."""
    for key in ("as_of", "challenger", "protege"):
        if not isinstance(case.get(key), str):
            return f"{key} = {case.get(key)!r}: a text is expected"
    for key in ("defenders", "supporters"):
        value: object = case.get(key) or []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in _list(value)):
            return f"{key} = {value!r}: a list of codes is expected"
    for key in ("texts", "signals"):
        value = cast("object", case.get(key) or [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in _list(value)):
            return f"{key}: a list of objects is expected"
    for item in _list(case.get("texts") or []):
        if not isinstance(item.get("text"), str) or not isinstance(item.get("published"), str):
            return "texts: each with text and published, a day as YYYY-MM-DD"
    if case.get("months", MONTHS) not in (3, 6, 12):
        return f"months = {case.get('months')!r}: 3, 6 or 12 is expected"
    outcomes: object = case.get("outcomes") or {}
    if not isinstance(outcomes, dict):
        return f"outcomes = {outcomes!r}: an object is expected"
    for key in ("violence", "defender_fights"):
        value = cast("dict[str, Any]", outcomes).get(key)
        if value not in (0, 1, None):
            return f"outcomes.{key} = {value!r}: 0, 1 or null is expected"
    return ""


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value)


def forecast_case(
    case: Mapping[str, Any],
    *,
    draws: int = 500,
    seed: int = 1,
    coefficients: Coefficients | None = None,
) -> CaseForecast:
    """Forecast one case. A case that cannot be forecast comes back with its reason."""
    problem = _wrong(case)
    if problem:
        return _failed(case, problem)
    months = int(case.get("months", MONTHS))
    outcomes = cast("Mapping[str, Any]", case.get("outcomes") or {})
    try:
        as_of = date.fromisoformat(str(case["as_of"]))
        system = draft_system(
            str(case["challenger"]).upper(),
            str(case["protege"]).upper(),
            as_of,
            defenders=[str(d).upper() for d in _list(case.get("defenders") or [])],
            supporters=[str(d).upper() for d in _list(case.get("supporters") or [])],
        )
        records = [*coded_texts(case.get("texts") or ()), *(case.get("signals") or ())]
        taken = events_of(records)
        found = forecast_events(
            system, taken.events, as_of=as_of, draws=draws, seed=seed, coefficients=coefficients
        )
    except (StandoffError, ValueError) as error:
        return _failed(case, str(error))
    p, base = found.answer.at(months).mean, found.answer.base_at(months).mean
    return CaseForecast(
        str(case["id"]),
        str(case.get("kind", "")),
        months,
        p,
        found.defender_fights.mean if found.defender_fights else None,
        base,
        p / base,
        found.n_pieces,
        outcomes.get("violence"),
        outcomes.get("defender_fights"),
        refused=len(taken.refused),
    )


def _failed(case: Mapping[str, Any], why: str) -> CaseForecast:
    nan = float("nan")
    return CaseForecast(
        str(case["id"]), str(case.get("kind", "")), MONTHS, nan, None, nan, nan, 0, None, None, why
    )


def coded_texts(texts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Signals that the default coder reads in texts, as records with what is known of the source."""
    found: list[dict[str, Any]] = []
    for number, item in enumerate(texts, start=1):
        text = str(item.get("text") or "").strip()
        if not text:
            continue
        published = date.fromisoformat(str(item["published"]))
        source = str(item.get("source") or f"text {number}")
        report = read_report(text, published=published, source=source, title="")
        for signal in report.signals:
            record = signal_record(signal)
            record |= {"doc": f"text {number}", "source": source, "grade": item.get("grade") or "F"}
            found.append(record | {"available": published.isoformat()})
    return found


def score_cases(found: Sequence[CaseForecast], seed: int = 1) -> CaseScores | None:
    """Scores over the cases with a known outcome and a forecast; None where there are none."""
    kept = [c for c in found if c.violence is not None and not c.error]
    if not kept:
        return None
    p = np.array([c.p_violence for c in kept])
    base = np.array([c.base for c in kept])
    y = np.array([float(c.violence or 0) for c in kept])
    n_signals = np.array([float(c.n_signals) for c in kept])
    rng = np.random.default_rng(seed)
    rows = [rng.integers(0, len(y), len(y)) for _ in range(RESAMPLES)]

    def spread(score: Callable[[Array, Array], float]) -> tuple[float, float, float]:
        values = np.array([score(p[r], y[r]) for r in rows])
        values = values[np.isfinite(values)]
        low, high = np.quantile(values, [0.05, 0.95]) if len(values) else (np.nan, np.nan)
        return score(p, y), float(low), float(high)

    kinds = dict.fromkeys(c.kind for c in kept if c.kind)
    by_kind = {k: np.array([c.p_violence for c in kept if c.kind == k]) for k in kinds}
    return CaseScores(
        len(kept),
        int(y.sum()),
        spread(_brier),
        spread(_log),
        spread(_auc),
        _brier(base, y),
        _log(base, y),
        _auc(base, y),
        _auc(n_signals, y),
        {k: (len(v), float(v.mean())) for k, v in by_kind.items()},
        _defenders(kept),
    )


def _defenders(kept: Sequence[CaseForecast]) -> tuple[int, float, float] | None:
    pairs = [
        (c.p_defender_fights, float(c.defender_fights))
        for c in kept
        if c.p_defender_fights is not None and c.defender_fights is not None
    ]
    if not pairs:
        return None
    p, y = (np.array(column) for column in zip(*pairs, strict=True))
    return len(y), _brier(p, y), _brier(np.full(len(y), y.mean()), y)


def _brier(p: Array, y: Array) -> float:
    return float(np.mean((p - y) ** 2))


def _log(p: Array, y: Array) -> float:
    q = np.clip(np.where(y > 0, p, 1.0 - p), 1e-9, 1.0)
    return float(-np.mean(np.log(q)))


def _auc(p: Array, y: Array) -> float:
    mixed = 0 < y.sum() < len(y)
    return float(area_under_curve(p, y > 0)) if mixed else float("nan")
