"""A number that is never shown without its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standoff.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean, median and central interval of a quantity. `coverage` is the interval's probability.

    The mean of draws of a probability is the probability: that is what is printed. A level is
    printed by its median. Without draws the mean is the median.

    >>> Estimate.of([1.0, 2.0, 3.0, 4.0, 5.0])
    Estimate(median=3.0, low=1.2, high=4.8, coverage=0.9)
    >>> Estimate.of([0.0, 0.0, 0.3]).mean
    0.1
    """

    median: float
    low: float
    high: float
    coverage: float = 0.9
    mean: float = field(default=float("nan"), repr=False)

    def __post_init__(self) -> None:
        if self.mean != self.mean:
            object.__setattr__(self, "mean", self.median)

    @classmethod
    def of(
        cls, draws: Sequence[float] | npt.NDArray[np.float64], coverage: float = 0.9
    ) -> Estimate:
        """Median and central interval of `draws` (axis: draw). Raises on empty or NaN draws."""
        import numpy as np  # here: records are needed where no number is drawn, and it takes 0.1 s

        values = np.asarray(draws, dtype=float)
        if values.size == 0 or not np.all(np.isfinite(values)):
            raise ModelError(
                f"{values.size} draws, {int(np.sum(~np.isfinite(values)))} of them not finite",
                "at least one draw, all finite",
                "look at the model's status before summarising it",
            )
        tail = (1.0 - coverage) / 2.0
        low, median, high = np.quantile(values, [tail, 0.5, 1.0 - tail])
        return cls(
            round(float(median), 12),
            round(float(low), 12),
            round(float(high), 12),
            coverage,
            round(float(values.mean()), 12),
        )

    @classmethod
    def ratio(
        cls,
        above: Sequence[float] | npt.NDArray[np.float64],
        below: Sequence[float] | npt.NDArray[np.float64],
        coverage: float = 0.9,
    ) -> Estimate:
        """A ratio of two quantities on common draws: mean over mean, and the spread by draw.

        The ratio of the means is the ratio of what is printed; a mean of ratios is not.

        >>> Estimate.ratio([0.2, 0.4], [0.1, 0.5]).mean
        1.0
        """
        import numpy as np

        over, under = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
        spread = cls.of(over / under, coverage)
        mean = round(float(over.mean() / under.mean()), 12)
        return cls(spread.median, spread.low, spread.high, coverage, mean)
