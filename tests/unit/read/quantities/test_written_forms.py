"""Fractions with multipliers, points that group, units between a number and its half, sea miles."""

from __future__ import annotations

import pytest

from standoff.read.quantities import find_quantities

# Values by hand.
CASES = {
    "2½ million refugees left.": [(2_500_000.0, "refugee")],
    "It cost ¾ billion dollars.": [(750_000_000.0, "USD")],
    "The pier is 1½ km long.": [(1.5, "km")],
    "China keeps 2.035.000 men and 3.284 tanks.": [(3284.0, "tank")],
    "Some 12.500 soldiers and 4.250 guns crossed.": [(12_500.0, "soldier"), (4250.0, "gun")],
    "It is 12.500 km off, and 3.284 % fell.": [(12.5, "km"), (3.284, "%")],
    "It lies two miles and a half away.": [(2.5, "mi")],
    "The reef is a kilometre and a quarter off.": [(1.25, "km")],
    "A mile and a fleet.": [(1.0, "mi")],
    "It lies 120 nm off Okinawa, 40 nm from shore.": [(120.0, "nmi"), (40.0, "nmi")],
    "A chip of 7 nm and one of 5nm.": [(7.0, "count"), (5.0, "nanometre")],
}


@pytest.mark.parametrize("text", CASES)
def test_values(text: str) -> None:
    found = [(q.low, q.unit) for q in find_quantities(text)]
    for wanted in CASES[text]:
        assert wanted in found, found
