"""Prior distributions of coefficients, as transforms of standard normal draws.

Every prior is a quantile function applied to a standard normal: two priors fed with the same
normal draws move together, which is what common random numbers need.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from standoff.errors import ModelError

Array = npt.NDArray[np.float64]

_FIELDS: dict[str, tuple[str, ...]] = {
    "fixed": ("value",),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd"),
    "uniform": ("low", "high"),
    "spike_lognormal": ("zero", "median", "sd"),
}


@dataclass(frozen=True, slots=True)
class Prior:
    """A prior: `kind` and its numbers, in the order of the table below.

    | kind | numbers | quantile at standard normal z |
    |---|---|---|
    | fixed | value | value |
    | normal | mean, sd | mean + sd z |
    | lognormal | median, sd | median exp(sd z) |
    | uniform | low, high | low + (high - low) Phi(z) |
    | spike_lognormal | zero, median, sd | 0 where Phi(z) < zero, else a lognormal quantile |

    >>> Prior.parse({"kind": "lognormal", "median": 4.0, "sd": 0.35}).transform(np.zeros(2))
    array([4., 4.])
    """

    kind: str
    numbers: tuple[float, ...]

    @classmethod
    def parse(cls, raw: Mapping[str, Any], place: str = "prior") -> Prior:
        """Read a prior from a TOML table. Raises `ModelError` naming `place`."""
        kind = raw.get("kind")
        fields = _FIELDS.get(str(kind))
        if fields is None:
            raise ModelError(
                f"{place}: prior of kind {kind!r}", f"one of {', '.join(_FIELDS)}", "correct it"
            )
        if set(raw) != {"kind", *fields}:
            raise ModelError(
                f"{place}: {kind} with {', '.join(sorted(set(raw) - {'kind'}))}",
                f"exactly {', '.join(fields)}",
                "correct the prior",
            )
        prior = cls(str(kind), tuple(float(raw[f]) for f in fields))
        prior.check(place)
        return prior

    def check(self, place: str = "prior") -> None:
        """Refuse numbers that are no distribution. Raises `ModelError` naming `place`."""
        named = dict(zip(_FIELDS[self.kind], self.numbers, strict=True))
        came = f"{place}: {self.kind} {named}"
        if not all(math.isfinite(v) for v in self.numbers):
            raise ModelError(came, "finite numbers", "correct the prior")
        if named.get("sd", 1.0) < 0:
            raise ModelError(came, "a standard deviation of zero or more", "correct sd")
        if named.get("median", 1.0) <= 0:
            raise ModelError(came, "a median above zero", "correct median")
        if self.kind == "uniform" and named["low"] > named["high"]:
            raise ModelError(came, "low no higher than high", "swap low and high")
        if not 0.0 <= named.get("zero", 0.5) < 1.0:
            raise ModelError(came, "a probability of zero in [0, 1)", "correct zero")

    def transform(self, z: Array) -> Array:
        """Draws of the prior at standard normal draws `z`, axis: draw."""
        match self.kind:
            case "fixed":
                return np.full_like(z, self.numbers[0])
            case "normal":
                return self.numbers[0] + self.numbers[1] * z
            case "lognormal":
                return self.numbers[0] * np.exp(self.numbers[1] * z)
            case "uniform":
                low, high = self.numbers
                return low + (high - low) * ndtr(z)
            case _:
                return self._spike(z)

    def _spike(self, z: Array) -> Array:
        from scipy.special import ndtri

        zero, median, sd = self.numbers
        rank = ndtr(z)
        # The part of the normal above the spike is stretched over the whole lognormal.
        inner = np.clip((rank - zero) / (1.0 - zero), 1e-12, 1.0 - 1e-12)
        return np.where(rank < zero, 0.0, median * np.exp(sd * np.asarray(ndtri(inner))))

    def interval(self, coverage: float = 0.9) -> tuple[float, float, float]:
        """Median and central interval.

        >>> Prior("normal", (0.0, 1.0)).interval()
        (0.0, -1.64, 1.64)
        """
        from scipy.special import ndtri

        tail = float(ndtri(0.5 + coverage / 2))
        values = self.transform(np.array([0.0, -tail, tail]))
        return tuple(float(f"{v:.3g}") for v in values)  # type: ignore[return-value]
