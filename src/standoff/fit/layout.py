"""What a utility is made of: a number that is known, or regressors with unknown weights.

Examples:
    >>> d = design({"balance": [0.2, 0.6, 0.5]})
    >>> d.names, d.matrix.shape
    (('(Intercept)', 'balance'), (3, 2))
    >>> design({"regime": ["autoc", "dem", "mixed", "autoc"]}).names
    ('(Intercept)', 'regimedem', 'regimemixed')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError

__all__ = ["Design", "Utilities", "design"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """Regressors of one utility.

    Attributes:
        names: one per column.
        matrix: (case, regressor), finite.

    Raises:
        ModelError: names and columns differ in number, a value is not finite, or a column is a
            sum of others.
    """

    names: tuple[str, ...]
    matrix: Array

    def __post_init__(self) -> None:
        if self.matrix.ndim != 2 or self.matrix.shape[1] != len(self.names) or not self.names:
            raise ModelError(
                f"{len(self.names)} names for a matrix of shape {self.matrix.shape}",
                "one name per column of a (case, regressor) matrix",
                "design({'name': values, ...})",
            )
        if not np.all(np.isfinite(self.matrix)):
            bad = self.names[int(np.argmin(np.all(np.isfinite(self.matrix), axis=0)))]
            raise ModelError(
                f"a missing or infinite value in the regressor {bad!r}",
                "finite values",
                "drop those cases; a missing value is never a zero",
            )
        scale = np.linalg.norm(self.matrix, axis=0)
        scaled = self.matrix / np.where(scale > 0, scale, 1.0)
        if int(np.linalg.matrix_rank(scaled)) < len(self.names):
            raise ModelError(
                f"regressors {', '.join(self.names)} that depend on each other",
                "columns none of which is a sum of others",
                "drop one of them",
            )


Utilities = Mapping[tuple[int, str], Design | float]
"""What each player gets at each outcome: (player, outcome) to regressors or a fixed number.
A pair that is not named is a fixed zero."""


def design(
    columns: Mapping[str, Sequence[float] | Sequence[str] | npt.NDArray[np.generic]],
    *,
    intercept: bool = True,
    n: int | None = None,
) -> Design:
    """Regressors from columns; text becomes one 0/1 column per level but the first, in order.

    Args:
        columns: name to values, all of one length.
        intercept: begin with a column of ones.
        n: number of cases; needed only when there is no column.

    Raises:
        ModelError: columns of different lengths, none at all, or a text column with one level.

    Example:
        >>> design({}, n=4).matrix.ravel()
        array([1., 1., 1., 1.])
    """
    arrays = {name: np.asarray(values) for name, values in columns.items()}
    lengths = {len(a) for a in arrays.values()} | ({n} if n is not None else set[int]())
    if len(lengths) != 1:
        raise ModelError(
            f"columns of lengths {sorted(lengths)}",
            "one length for all",
            "design({}, n=...) when there is no column",
        )
    (length,) = lengths
    names: list[str] = []
    parts: list[Array] = []
    if intercept:
        names.append("(Intercept)")
        parts.append(np.ones(length))
    for name, values in arrays.items():
        if values.dtype.kind in "US":
            levels = sorted({str(v) for v in values})
            if len(levels) < 2:
                raise ModelError(
                    f"the text column {name!r} with the one level {levels}",
                    "two levels or more",
                    "leave the column out",
                )
            for level in levels[1:]:
                names.append(f"{name}{level}")
                parts.append((values == level).astype(np.float64))
        else:
            names.append(name)
            parts.append(values.astype(np.float64))
    return Design(tuple(names), np.column_stack(parts))
