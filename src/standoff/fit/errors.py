"""Standard errors of a fit, of three kinds.

- `hessian`: the inverse of the information -H, as the R package `games` gives them;
- `opg`: the inverse of G' W G, the outer products of the gradients of single cases;
- `sandwich`: H^-1 (G' W G) H^-1, which holds where the model is not quite right (White 1982).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.estimate import Fit

__all__ = ["ErrorsBy", "standard_errors"]

Array = npt.NDArray[np.float64]
ErrorsBy = Literal["hessian", "opg", "sandwich"]
_KINDS = ("hessian", "opg", "sandwich")


def standard_errors(fit: Fit, by: ErrorsBy = "hessian") -> Array | None:
    """Standard errors, (parameter,); None where the likelihood is flat.

    Raises:
        ModelError: an unknown kind.

    Example:
        >>> from standoff.fit import design, fit_logit
        >>> fit = fit_logit([1, 1, 1, 0], design({}, n=4))
        >>> [round(float(standard_errors(fit, by)[0]), 4) for by in ("hessian", "sandwich")]
        [1.1547, 1.1547]
    """
    if by not in _KINDS:
        raise ModelError(f"standard errors by {by!r}", " | ".join(_KINDS), "take one of these")
    if fit.covariance is None or by == "hessian":
        return fit.errors
    _, slopes = fit.model.case_gradients(fit.coef)
    outer = (slopes.T * fit.model.weights) @ slopes
    if by == "sandwich":
        return np.sqrt(np.diag(fit.covariance @ outer @ fit.covariance))
    if np.linalg.matrix_rank(outer) < len(outer):
        return None
    return np.sqrt(np.diag(np.linalg.inv(outer)))
