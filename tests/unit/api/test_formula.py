"""Formulas of several parts, against what R's model.matrix makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.api.formula import build_design, parse_formula
from standoff.errors import InputError, ModelError

COLUMNS = {
    "x": np.array([1.0, 2.0, 3.0, 4.0, 6.0, 7.0]),
    "z": np.array([0.5, 1.5, 0.0, 2.0, 1.0, 3.5]),
    "g": np.array(["b", "a", "c", "a", "b", "c"]),
    "my col": np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0]),
}

# Names as R 4.2 prints colnames(model.matrix(~ ..., data)).
NAMES = {
    "1": "(Intercept)",
    "x": "(Intercept) x",
    "x - 1": "x",
    "0 + x": "x",
    "-1 + x": "x",
    "x + z + x": "(Intercept) x z",
    "x * z": "(Intercept) x z x:z",
    "x:z + x": "(Intercept) x x:z",
    "x + z - x": "(Intercept) z",
    "g": "(Intercept) gb gc",
    "g - 1": "ga gb gc",
    "g * x": "(Intercept) gb gc x gb:x gc:x",
    "log(x) + I(x^2 - 2*z)": "(Intercept) log(x) I(x^2-2*z)",
    "factor(z > 1)": None,
}


@pytest.mark.parametrize("text", [t for t, n in NAMES.items() if n])
def test_columns_have_the_names_of_r(text) -> None:
    made = build_design(parse_formula(f"y ~ {text}").parts[0], COLUMNS, 6)
    assert not isinstance(made, float)
    assert " ".join(made.names) == NAMES[text]


def test_values_are_those_of_the_terms() -> None:
    x, z = COLUMNS["x"], COLUMNS["z"]
    part = parse_formula("y ~ x:z + I(-x^2 / (1 + z)) + log1p(z) + `my col` - 1").parts[0]
    made = build_design(part, COLUMNS, 6)
    assert not isinstance(made, float)
    by = dict(zip(made.names, made.matrix.T, strict=True))
    assert by["my col"].tolist() == COLUMNS["my col"].tolist()
    assert by["x:z"].tolist() == (x * z).tolist()
    assert by["log1p(z)"] == pytest.approx([np.log(1 + v) for v in z])
    # The sign binds after the power, as in R and in Python.
    assert by["I(-x^2/(1+z))"] == pytest.approx(
        [-(a**2) / (1 + b) for a, b in zip(x, z, strict=True)]
    )


def test_a_part_of_zero_is_no_utility() -> None:
    formula = parse_formula("a + b ~ x | 0 | 1 | z - 1")
    assert formula.left == ("a", "b") and [p.empty for p in formula.parts] == [
        False,
        True,
        False,
        False,
    ]
    assert build_design(formula.parts[1], COLUMNS, 6) == 0.0
    assert formula.columns == ("a", "b", "x", "z")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("y", "'~' there"),
        ("~ x", "outcomes as columns"),
        ("y ~ x |", "'the end'"),
        ("y ~ x z", "between terms"),
        ("y ~ 2", "--fixed"),
        ("y ~ poly(x)", "log, log1p"),
        ("y ~ x $ z", r"'\$' in the formula"),
        ("y ~ I(x", r"'\)' there"),
        ("y ~ .", "names, numbers"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_place(text, reason) -> None:
    with pytest.raises(InputError, match=reason):
        parse_formula(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("log(z)", "not finite in 1 cases"),
        ("log(g)", "text column 'g' in log"),
        ("x:g", r"write x \* g"),
        ("x + I(2 * x)", "depend on each other"),
        ("wide", "21 values as text"),
        ("same", "1 values as text"),
    ],
)
def test_what_cannot_be_a_regressor_is_refused(text, reason) -> None:
    n = 21 if text == "wide" else 6
    columns = COLUMNS | {
        "wide": np.array([f"v{i}" for i in range(21)]),
        "same": np.array(["u"] * 6),
    }
    with pytest.raises(ModelError, match=reason):
        build_design(parse_formula(f"y ~ {text}").parts[0], columns, n)
