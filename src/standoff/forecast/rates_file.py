"""The fit behind the base rates as a file: two logits, their levels, and the counts of distant pairs.

`rates-1.toml` ships; `standoff fit forecast --save` writes one of the user's own data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import numpy as np

from standoff.errors import DescriptionError, ModelError
from standoff.forecast.logit import Logit

__all__ = ["Rates", "load_rates", "read_rates", "write_rates"]

_LEVEL_PRIOR = 10.0
"""Attacks expected before the level of later years may move by half of what they say."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A fit, as it ships.

    Attributes:
        name: such as rates-1.
        first, last: years of training.
        plain: the first logit, by which the effects of pairs are reckoned.
        shapes: shrinkage of the effects, of ordered pairs and of two states together.
        onset, severity: the two logits.
        onset_level, severity_level: standard deviation of ln(level) between years.
        distant: (dyad-years, disputes, attacks) of the pairs outside the scope.
        reasons: regressor to why it is there.
        later: (year, attacks expected, attacks in the table of clashes) after the fit.
    """

    name: str
    first: int
    last: int
    plain: Logit
    shapes: tuple[float, float]
    onset: Logit
    severity: Logit
    onset_level: float
    severity_level: float
    distant: tuple[int, int, int]
    reasons: Mapping[str, str]
    later: tuple[tuple[int, float, int], ...] = ()

    def level(self, year: int) -> float:
        """Attacks that came over attacks expected in the ten years before one, shrunk to one.

        Only years after the fit count: within it the trend holds the level.
        """
        rows = [r for r in self.later if year - 10 <= r[0] < year]
        expected, came = sum(r[1] for r in rows), sum(r[2] for r in rows)
        return (came + _LEVEL_PRIOR) / (expected + _LEVEL_PRIOR)


@lru_cache(maxsize=1)
def load_rates() -> Rates:
    """The fit that ships.

    Example:
        >>> rates = load_rates()
        >>> rates.name, rates.last
        ('rates-1', 2010)
    """
    file = resources.files("standoff.forecast") / "data" / "rates-1.toml"
    return _parse(file.read_text("utf-8"), "rates-1.toml")


def read_rates(file: Path) -> Rates:
    """A fit from a file that `standoff fit forecast --save` wrote.

    Raises:
        DescriptionError: no such file, or one that does not hold together.
    """
    try:
        return _parse(file.read_text("utf-8"), file.name)
    except OSError as error:
        raise DescriptionError(
            f"{file} ({error.strerror})", "a file of rates", "standoff fit forecast --save FILE"
        ) from error


def _parse(text: str, name: str) -> Rates:
    try:
        data = tomllib.loads(text)
        return Rates(
            name=data["name"],
            first=data["trained"][0],
            last=data["trained"][1],
            plain=_logit(data["plain"]),
            shapes=(float(data["shapes"][0]), float(data["shapes"][1])),
            onset=_logit(data["onset"]),
            severity=_logit(data["severity"]),
            onset_level=float(data["level"]["onset"]),
            severity_level=float(data["level"]["severity"]),
            distant=(
                data["distant"]["dyad_years"],
                data["distant"]["disputes"],
                data["distant"]["attacks"],
            ),
            later=tuple((int(y), float(e), int(n)) for y, e, n in data.get("later", ())),
            reasons={r["name"]: r["why"] for r in data["regressor"]},
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, ModelError) as error:
        raise DescriptionError(
            f"{name} ({type(error).__name__}: {error})",
            "a file of rates with onset, severity, level, distant and regressors",
            "standoff fit forecast --save FILE writes one",
        ) from error


def _logit(part: Mapping[str, Any]) -> Logit:
    names = tuple(cast("list[str]", part["names"]))
    mean, sd, coef = (np.array(part[k], dtype=float) for k in ("mean", "sd", "coef"))
    lower = np.array(part["cov"], dtype=float)
    size = len(names) + 1
    if len(coef) != size or len(mean) != size - 1 or len(lower) != size * (size + 1) // 2:
        raise ValueError(f"{len(names)} names, {len(coef)} coefficients, {len(lower)} covariances")
    cov = np.zeros((size, size))
    cov[np.tril_indices(size)] = lower
    cov = cov + np.tril(cov, -1).T
    return Logit(names, mean, sd, coef, cov)


def write_rates(rates: Rates, file: Path, when: date | None = None) -> None:
    """Write a fit as TOML.

    Args:
        rates: the fit.
        file: where.
        when: the day to note in it.
    """
    lines: list[str] = [
        f'name = "{rates.name}"',
        *([f"date = {when.isoformat()}"] if when else []),
        f"trained = [{rates.first}, {rates.last}]",
        "# Shrinkage of the effects of an ordered pair, and of two states together.",
        f"shapes = [{rates.shapes[0]:.4f}, {rates.shapes[1]:.4f}]",
        *_later(rates),
        "",
        "# Spread of ln(level) between years, beyond what the regressors say.",
        "[level]",
        f"onset = {rates.onset_level:.4f}",
        f"severity = {rates.severity_level:.4f}",
        "",
        "# Pairs outside the scope: no neighbours, rivals or major power, no dispute in 20 years.",
        "[distant]",
        *(
            f"{k} = {v}"
            for k, v in zip(("dyad_years", "disputes", "attacks"), rates.distant, strict=True)
        ),
    ]
    for title, logit in (
        ("plain", rates.plain),
        ("onset", rates.onset),
        ("severity", rates.severity),
    ):
        lower = logit.cov[np.tril_indices(len(logit.coef))]
        lines += [
            "",
            f"[{title}]",
            f"names = [{', '.join(chr(34) + n + chr(34) for n in logit.names)}]",
        ]
        for key, values, form in (
            ("mean", logit.mean, ".6g"),
            ("sd", logit.sd, ".6g"),
            ("coef", logit.coef, ".6g"),
            ("cov", lower, ".4g"),
        ):
            lines.append(f"{key} = [{', '.join(_number(v, form) for v in values)}]")
    for name, why in rates.reasons.items():
        lines += ["", "[[regressor]]", f'name = "{name}"', f'why = "{why}"']
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _later(rates: Rates) -> list[str]:
    if not rates.later:
        return []
    rows = [f"  [{year}, {expected:.2f}, {came}]," for year, expected, came in rates.later]
    title = "# Year after the fit, attacks expected, attacks in the table of clashes."
    return [title, "later = [", *rows, "]"]


def _number(value: float, form: str) -> str:
    text = f"{value:{form}}"
    return text if any(c in text for c in ".en") else text + ".0"
