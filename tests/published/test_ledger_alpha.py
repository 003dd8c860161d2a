"""Krippendorff's own worked examples.

K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C and D: four
observers, twelve units, missing data: nominal .743, ordinal .815, interval .849, ratio .797.
Section A (two observers, binary): .095. Section B (two observers, nominal): .692.
"""

from __future__ import annotations

import pytest

from standoff.errors import InputError
from standoff.ledger import krippendorff_alpha

N = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_four_observers_with_missing_values(level: str, value: float) -> None:
    units = list(zip(*OBSERVERS, strict=True))
    # Three printed digits.
    assert krippendorff_alpha(units, level) == pytest.approx(value, abs=5e-4)


def test_two_observers_binary() -> None:
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(list(zip(first, second, strict=True))) == pytest.approx(
        0.095, abs=5e-4
    )


def test_two_observers_nominal() -> None:
    first = "a a b b d c c c e d d a".split()
    second = "b a b b b c c c e d d d".split()
    assert krippendorff_alpha(list(zip(first, second, strict=True))) == pytest.approx(
        0.692, abs=5e-4
    )


def test_what_has_no_variation_has_no_alpha() -> None:
    assert krippendorff_alpha([[1, 1], [1, 1]]) is None
    assert krippendorff_alpha([[1, None], [None, 2]]) is None
    with pytest.raises(InputError):
        krippendorff_alpha([[1, 1]], "cardinal")
