"""Conversions between units, and the slips that come from taking one unit for another.

Factors are exact by definition: the international mile is 1,609.344 m, the nautical mile 1,852 m,
the foot 0.3048 m, the pound 0.45359237 kg.

>>> round(convert(70, "nmi", "km"), 2)
129.64
>>> convert(1, "km", "kg") is None
True
"""

from __future__ import annotations

from standoff.check.tolerance import Interval, rounding, tolerance
from standoff.check.verdicts import number, plain
from standoff.terms import Outcome, Quantity, Reference, UnitContent, Verdict

# unit -> (dimension, factor to its base, name)
_FACTORS: dict[str, tuple[str, float, str]] = {
    "m": ("length", 1.0, "metres"), "km": ("length", 1000.0, "kilometres"),
    "cm": ("length", 0.01, "centimetres"), "mm": ("length", 0.001, "millimetres"),
    "mi": ("length", 1609.344, "statute miles"), "nmi": ("length", 1852.0, "nautical miles"),
    "ft": ("length", 0.3048, "feet"), "yd": ("length", 0.9144, "yards"),
    "in": ("length", 0.0254, "inches"), "league": ("length", 4828.032, "leagues"),
    "kg": ("mass", 1.0, "kilograms"), "g": ("mass", 0.001, "grams"),
    "t": ("mass", 1000.0, "tonnes"), "lb": ("mass", 0.45359237, "pounds"),
    "ton": ("mass", 907.18474, "short tons"), "long ton": ("mass", 1016.0469088, "long tons"),
    "oz": ("mass", 0.028349523125, "ounces"),
    "km/h": ("speed", 1.0, "km/h"), "mph": ("speed", 1.609344, "mph"), "kn": ("speed", 1.852, "knots"),
    "m/s": ("speed", 3.6, "m/s"), "mach": ("speed", 1225.0, "Mach"),
    "km2": ("area", 1.0, "square kilometres"), "mi2": ("area", 2.589988110336, "square miles"),
    "ha": ("area", 0.01, "hectares"), "acre": ("area", 0.0040468564224, "acres"),
    "m2": ("area", 1e-6, "square metres"), "ft2": ("area", 9.290304e-8, "square feet"),
    "square nautical mile": ("area", 3.429904, "square nautical miles"),
    "h": ("time", 1.0, "hours"), "min": ("time", 1 / 60, "minutes"), "d": ("time", 24.0, "days"),
    "wk": ("time", 168.0, "weeks"), "s": ("time", 1 / 3600, "seconds"),
    "L": ("volume", 1.0, "litres"), "gal": ("volume", 3.785411784, "US gallons"),
    "bbl": ("volume", 158.987294928, "barrels"), "cubic metre": ("volume", 1000.0, "cubic metres"),
    "kt TNT": ("yield", 1.0, "kilotons"), "Mt TNT": ("yield", 1000.0, "megatons"),
}  # fmt: skip
_ALIASES = {
    "kilometre": "km", "kilometer": "km", "mile": "mi", "nautical mile": "nmi", "metre": "m",
    "foot": "ft", "feet": "ft", "yard": "yd", "pound": "lb", "tonne": "t", "knot": "kn",
    "square km": "km2", "sq km": "km2", "kph": "km/h", "km per h": "km/h", "mi per h": "mph",
    "metric ton": "t", "hour": "h", "minute": "min", "day": "d", "week": "wk",
}  # fmt: skip
# What a writer may have meant when the printed unit does not fit.
_CONFUSED = {
    "nmi": ("mi", "km"), "mi": ("nmi", "km"), "km": ("mi", "nmi"), "ton": ("t",), "t": ("ton",),
    "kn": ("mph", "km/h"), "mph": ("kn", "km/h"), "km/h": ("mph", "kn"), "ft": ("m",), "m": ("ft",),
    "lb": ("kg",), "kg": ("lb",), "mi2": ("km2",), "km2": ("mi2",),
}  # fmt: skip
# Temperature is no pure factor.
_TEMPERATURE = {"°C", "°F", "K"}


def canonical(unit: str) -> str:
    """The name of a unit in the table; unknown ones come back unchanged.

    >>> canonical("nautical mile")
    'nmi'
    """
    return _ALIASES.get(unit, unit)


def unit_name(unit: str) -> str:
    """A unit in words.

    >>> unit_name("nmi")
    'nautical miles'
    """
    known = _FACTORS.get(canonical(unit))
    return known[2] if known else unit


def convert(value: float, source: str, target: str) -> float | None:
    """`value` from one unit into another; None where the two measure different things."""
    source, target = canonical(source), canonical(target)
    if source == target:
        return value
    if source in _TEMPERATURE and target in _TEMPERATURE:
        kelvin = {"°C": value + 273.15, "°F": (value + 459.67) / 1.8, "K": value}[source]
        return {"°C": kelvin - 273.15, "°F": kelvin * 1.8 - 459.67, "K": kelvin}[target]
    first, second = _FACTORS.get(source), _FACTORS.get(target)
    if first is None or second is None or first[0] != second[0]:
        return None
    return value * first[1] / second[1]


def converted(bounds: Interval, source: str, target: str) -> Interval | None:
    """An interval in another unit; None where the units do not convert."""
    ends = [None if v is None else convert(v, source, target) for v in (bounds.low, bounds.high)]
    if convert(1.0, source, target) is None:
        return None
    return Interval(ends[0], ends[1])


def confused_units(unit: str) -> tuple[str, ...]:
    """Units that are taken for `unit` by mistake, likeliest first.

    >>> confused_units("nmi")
    ('mi', 'km')
    """
    return _CONFUSED.get(canonical(unit), ())


def check_unit(claim: str, content: UnitContent) -> Verdict:
    """A conversion printed in the text: `first` in the unit of `second` must be `second`.

    Formula: |convert(first) - second| <= larger of the two tolerances, each in the second's unit.
    INCONSISTENT if not; the slip names the unit with which it would hold.
    """
    first, second = content.first, content.second
    factor = _slope(first.unit, second.unit)
    if factor is None or first.value is None or second.value is None:
        return Verdict(
            claim,
            Outcome.NOT_CHECKABLE,
            f"{unit_name(first.unit)} and {unit_name(second.unit)} measure different things",
        )
    true_low = convert(first.low if first.low is not None else first.value, first.unit, second.unit)
    true_high = convert(
        first.high if first.high is not None else first.value, first.unit, second.unit
    )
    assert true_low is not None and true_high is not None
    slack_first = tolerance(first).amount * abs(factor)
    slack_second = tolerance(second).amount
    slack = max(slack_first, slack_second)
    low = second.low if second.low is not None else second.value
    high = second.high if second.high is not None else second.value
    off = max(abs(true_low - low), abs(true_high - high))
    middle = (true_low + true_high) / 2.0
    relative = (second.value - middle) / middle if middle else None
    formula = f"{plain(first)} = {number(middle)} {unit_name(second.unit)}, printed {plain(second)}"
    reference = Reference(
        f"{number(middle)} {unit_name(second.unit)}", "arithmetic; units exact by definition"
    )
    reason = f"{number(slack)} {unit_name(second.unit)}: the larger of the two numbers' tolerances"
    if off <= slack + 1e-9:
        return Verdict(
            claim, Outcome.SUPPORTED, f"the conversion holds: {formula}", reference, formula,
            relative, reason,
        )  # fmt: skip
    if "°" in first.unit + second.unit and abs(second.value - first.value * factor) <= slack:
        # A warming of 1.5 °C is one of 2.7 °F: a difference, not a reading of the thermometer.
        true = number(first.value * factor)
        formula = f"a difference of {plain(first)} is one of {true}, printed {plain(second)}"
        return Verdict(claim, Outcome.SUPPORTED, f"the conversion holds: {formula}", None, formula)
    if off <= max(rounding(second), rounding(first) * abs(factor)) + 1e-9:
        why = f"holds only if a number was rounded to its last digit that is no zero: {formula}"
        return Verdict(claim, Outcome.NOT_CHECKABLE, why, reference, formula, relative, reason)
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the conversion does not hold: {formula}", reference, formula,
        relative, reason, _unit_slip(first, second),
    )  # fmt: skip


def _slope(source: str, target: str) -> float | None:
    """How much one unit more is in the other; of temperatures not what the first degree is."""
    one, none = convert(1.0, source, target), convert(0.0, source, target)
    return None if one is None or none is None else one - none


def _unit_slip(first: Quantity, second: Quantity) -> str:
    """With which other unit on either side the pair would hold."""
    for meant in confused_units(first.unit):
        value = convert(first.value or 0.0, meant, second.unit)
        if value is not None and _near(value, second, _slack(first, meant, second)):
            given = f"{number(first.value or 0.0)} {unit_name(meant)}"
            would = f"{given} would be {number(value)} {unit_name(second.unit)}"
            return f"{would}: {unit_name(meant)} taken for {unit_name(first.unit)}"
    for meant in confused_units(second.unit):
        value = convert(first.value or 0.0, first.unit, meant)
        slack = _slack(first, first.unit, second, meant)
        if value is not None and _near(value, second, slack):
            would = f"{plain(first)} would be {number(value)} {unit_name(meant)}"
            return f"{would}: {unit_name(second.unit)} taken for {unit_name(meant)}"
    swapped = swapped_digits(second.value, convert(first.value or 0.0, first.unit, second.unit))
    return f"swapped digits: {swapped}" if swapped else ""


def _near(value: float, second: Quantity, slack: float) -> bool:
    """Within the larger of the two tolerances, as for the conversion itself."""
    return abs(value - (second.value or 0.0)) <= max(slack, tolerance(second).amount) + 1e-9


def _slack(first: Quantity, unit: str, second: Quantity, target: str | None = None) -> float:
    factor = _slope(unit, target or second.unit)
    return tolerance(first).amount * abs(factor or 0.0)


def swapped_digits(printed: float | None, true: float | None) -> str:
    """The number with two neighbouring digits swapped that would fit, as "192 for 129"; else "".

    >>> swapped_digits(192.0, 129.2)
    '192 for 129'
    >>> swapped_digits(150.0, 129.2)
    ''
    """
    if printed is None or true is None or printed <= 0 or true <= 0:
        return ""
    shown = f"{printed:g}"
    for at in range(len(shown) - 1):
        pair = shown[at : at + 2]
        if not pair.isdigit() or pair[0] == pair[1]:
            continue
        other = shown[:at] + pair[::-1] + shown[at + 2 :]
        if not other.startswith("0") and abs(float(other) - true) <= 0.02 * true:
            return f"{shown} for {other}"
    return ""
