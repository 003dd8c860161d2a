"""Every unit against its definition: NIST SP 811 (2008), appendix B, and the SI brochure."""

from __future__ import annotations

import pytest

from standoff.reference import canonical_unit, convert, dimension_of

# One of the unit, in the base unit of its kind.
DEFINED = {
    "m": ("km", 0.001),
    "nmi": ("m", 1852.0),
    "mi": ("m", 1609.344),
    "ft": ("m", 0.3048),
    "cm": ("m", 0.01),
    "mm": ("m", 0.001),
    "yd": ("m", 0.9144),
    "in": ("cm", 2.54),
    "km^2": ("m^2", 1e6),
    "mi^2": ("km^2", 2.589988110336),
    "ft^2": ("m^2", 0.09290304),
    "ha": ("m^2", 1e4),
    "acre": ("m^2", 4046.872609874252),
    "km^3": ("m^3", 1e9),
    "ft^3": ("L", 28.316846592),
    "L": ("m^3", 0.001),
    "gal": ("L", 3.785411784),
    "bbl": ("gal", 42.0),
    "kn": ("km/h", 1.852),
    "mph": ("km/h", 1.609344),
    "m/s": ("km/h", 3.6),
    "t": ("kg", 1000.0),
    "g": ("kg", 0.001),
    "lb": ("kg", 0.45359237),
    "oz": ("lb", 1 / 16),
    "Mt": ("kt", 1000.0),
    "min": ("s", 60.0),
    "h": ("s", 3600.0),
    "d": ("h", 24.0),
    "wk": ("d", 7.0),
    "a": ("d", 365.25),
    "mo": ("a", 1 / 12),
    "%": ("ratio", 0.01),
}


@pytest.mark.parametrize("unit", DEFINED)
def test_a_unit_is_what_it_is_defined_to_be(unit: str) -> None:
    base, amount = DEFINED[unit]
    # The acre of the survey foot and the international one differ by 4 in a million.
    close = 5e-6 if unit == "acre" else 1e-9
    assert convert(1.0, unit, base) == pytest.approx(amount, rel=close)
    assert convert(amount, base, unit) == pytest.approx(1.0, rel=close)


def test_a_kiloton_of_explosive_is_energy_and_no_mass() -> None:
    """4.184e12 J by convention; a thousand tons of freight weigh a million kilograms."""
    assert dimension_of("kt") == dimension_of("Mt") == "energy"
    assert convert(1000.0, "t", "kg") == 1e6


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("sq km", "km^2"),
        ("hectares", "ha"),
        ("barrels", "bbl"),
        ("knots", "kn"),
        ("tonnes", "t"),
        ("megatons", "Mt"),
        ("per cent", "%"),
        ("percentage points", "percentage point"),
        ("smoots", None),
    ],
)
def test_words_of_reports(word: str, symbol: str | None) -> None:
    assert canonical_unit(word) == symbol
