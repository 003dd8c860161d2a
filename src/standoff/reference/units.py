"""Units: the canonical symbols of the whole project, and conversion between them.

READ emits these symbols, CHECK compares quantities that carry them. One symbol per unit:

=====================  ============================================================  ============
symbol                 meaning                                                       dimension
=====================  ============================================================  ============
``m`` ``km``           metre, kilometre; also ``cm`` ``mm``                          length
``nmi``                international nautical mile, 1,852 m exactly                  length
``mi``                 statute mile, 1,609.344 m exactly                             length
``ft``                 foot, 0.3048 m exactly; also ``yd`` ``in``                    length
``m^2`` ``km^2``       square metre, square kilometre                                area
``mi^2`` ``ft^2``      square mile, square foot; also ``ha`` ``acre``                area
``m^3`` ``km^3``       cubic metre, kilometre; also ``ft^3`` ``L`` ``gal`` ``bbl``   volume
``km/h`` ``kn``        kilometres per hour, knots (nautical miles per hour)          speed
``mph`` ``m/s``        miles per hour, metres per second                             speed
``t`` ``kg`` ``g``     tonne (1,000 kg), kilogram, gram                              mass
``lb`` ``oz``          avoirdupois pound (0.45359237 kg exactly), ounce              mass
``kt`` ``Mt``          kiloton, megaton of TNT equivalent (4.184e12 J, 4.184e15 J)   energy
``h`` ``d`` ``wk``     hour, day of 24 h, week of 7 d                                time
``min`` ``s``          minute, second                                                time
``mo`` ``a``           calendar month (1/12 a), year of 365.25 d                     time
``%``                  per cent of something not said                                share
``% of GDP``           per cent of gross domestic product                            share of GDP
``percentage point``   difference between two percentages                            points
``ratio``              "three times", "half as many"                                 ratio
``person``             people: troops, dead, inhabitants                             persons
``count``              things counted; the noun says which                           count
``USD``, ``JPY`` ...   amounts of money, ISO 4217 codes; no exchange rates here      money
=====================  ============================================================  ============

A per cent is not a percentage point: 0.9 % to 1.1 % is a rise of 0.2 percentage points and of
22 %. ``%`` converts to ``ratio`` (as a share of one) and back, ``percentage point`` to nothing.
Months and years are averages: a conversion between days and months is approximate.
pint does the arithmetic for lengths, areas, speeds and masses; it is imported when the
first such conversion is asked for.

Examples:
    >>> convert(70, "nautical miles", "km")
    129.64
    >>> round(convert(70, "mi", "km"), 3)
    112.654
    >>> canonical_unit("percentage points"), canonical_unit("troops"), canonical_unit("furlong")
    ('percentage point', 'person', None)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from standoff.errors import FactError

__all__ = [
    "CURRENCIES",
    "Unit",
    "canonical_unit",
    "convert",
    "dimension_of",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its symbol, its dimension, its factor to the base of the dimension, its words.

    ``pint`` is the name that pint knows it by; empty for units that pint has no say in.
    """

    symbol: str
    dimension: str
    factor: float
    words: tuple[str, ...]
    pint: str = ""


_UNITS = (
    Unit("m", "length", 1.0, ("metre", "metres", "meter", "meters"), "meter"),
    Unit("km", "length", 1000.0, ("kilometre", "kilometres", "kilometer", "kilometers", "kms"),
         "kilometer"),
    Unit("nmi", "length", 1852.0, ("nautical mile", "nautical miles", "nm", "sea mile",
         "sea miles", "nautical-mile", "M"), "nautical_mile"),
    Unit("mi", "length", 1609.344, ("mile", "miles", "statute mile", "statute miles"), "mile"),
    Unit("ft", "length", 0.3048, ("foot", "feet"), "foot"),
    Unit("cm", "length", 0.01, ("centimetre", "centimetres", "centimeter", "centimeters")),
    Unit("mm", "length", 0.001, ("millimetre", "millimetres", "millimeter", "millimeters")),
    Unit("yd", "length", 0.9144, ("yard", "yards")),
    Unit("in", "length", 0.0254, ("inch", "inches")),
    Unit("m^2", "area", 1.0, ("square metre", "square metres", "square meters", "m2", "m²"),
         "meter**2"),
    Unit("km^2", "area", 1e6, ("square kilometre", "square kilometres", "square kilometers",
         "km2", "km²", "sq km"), "kilometer**2"),
    Unit("mi^2", "area", 1609.344**2, ("square mile", "square miles", "mi2", "sq mi")),
    Unit("ft^2", "area", 0.3048**2, ("square foot", "square feet", "ft2", "sq ft")),
    Unit("ha", "area", 1e4, ("hectare", "hectares")),
    Unit("acre", "area", 4046.8564224, ("acres",)),
    Unit("m^3", "volume", 1.0, ("cubic metre", "cubic metres", "cubic meters", "m3")),
    Unit("km^3", "volume", 1e9, ("cubic kilometre", "cubic kilometres", "cubic kilometers", "km3")),
    Unit("ft^3", "volume", 0.3048**3, ("cubic foot", "cubic feet", "ft3")),
    Unit("L", "volume", 1e-3, ("litre", "litres", "liter", "liters")),
    Unit("gal", "volume", 3.785411784e-3, ("gallon", "gallons")),
    Unit("bbl", "volume", 0.158987294928, ("barrel", "barrels")),
    Unit("km/h", "speed", 1000.0 / 3600.0, ("kilometres per hour", "kilometers per hour", "kph",
         "kmh"), "kilometer/hour"),
    Unit("kn", "speed", 1852.0 / 3600.0, ("knot", "knots", "kts"), "knot"),
    Unit("mph", "speed", 1609.344 / 3600.0, ("miles per hour",)),
    Unit("m/s", "speed", 1.0, ("metres per second", "meters per second")),
    Unit("kg", "mass", 1.0, ("kilogram", "kilograms", "kilogramme", "kilo", "kilos"), "kilogram"),
    Unit("t", "mass", 1000.0, ("tonne", "tonnes", "ton", "tons", "metric ton", "metric tons"),
         "metric_ton"),
    Unit("g", "mass", 1e-3, ("gram", "grams")),
    Unit("lb", "mass", 0.45359237, ("pound", "pounds", "lbs")),
    Unit("oz", "mass", 0.028349523125, ("ounce", "ounces")),
    Unit("kt", "energy", 4.184e12, ("kiloton", "kilotons", "kilotonne", "kilotonnes")),
    Unit("Mt", "energy", 4.184e15, ("megaton", "megatons", "megatonne", "megatonnes")),
    Unit("s", "time", 1.0, ("second", "seconds", "sec")),
    Unit("min", "time", 60.0, ("minute", "minutes", "mins")),
    Unit("h", "time", 3600.0, ("hour", "hours", "hr", "hrs")),
    Unit("d", "time", 86400.0, ("day", "days")),
    Unit("wk", "time", 604800.0, ("week", "weeks")),
    Unit("mo", "time", 86400.0 * 365.25 / 12.0, ("month", "months")),
    Unit("a", "time", 86400.0 * 365.25, ("year", "years", "yr", "yrs")),
    Unit("%", "share", 0.01, ("percent", "per cent", "pct")),
    Unit("ratio", "share", 1.0, ("times", "fold", "x", "-fold")),
    Unit("% of GDP", "share of GDP", 0.01, ("percent of gdp", "per cent of gdp",
         "% of gross domestic product", "percent of gross domestic product")),
    Unit("percentage point", "points", 1.0, ("percentage points", "percent point",
         "percent points", "pp", "ppt", "point", "points")),
    Unit("person", "persons", 1.0, ("persons", "people", "troops", "soldiers", "personnel",
         "inhabitants")),
    Unit("count", "count", 1.0, ("counts", "")),
)  # fmt: skip

_CODES = (
    "AED AFN AMD AUD AZN BDT BGN BHD BND BRL BYN CAD CHF CLP CNY COP CZK DKK EGP ETB EUR FJD GBP "
    "GEL HKD HRK HUF IDR ILS INR IQD IRR ISK JOD JPY KES KGS KHR KPW KRW KWD KZT LAK LBP LKR LYD "
    "MAD MDL MKD MMK MNT MOP MXN MYR NGN NOK NPR NZD OMR PGK PHP PKR PLN QAR RON RSD RUB SAR SDG "
    "SEK SGD SYP THB TJS TMT TND TRY TWD UAH USD UZS VES VND YER ZAR"
)
CURRENCIES: frozenset[str] = frozenset(_CODES.split())
"""ISO 4217 codes that may stand as a unit of money."""

_BY_SYMBOL: Mapping[str, Unit] = {unit.symbol: unit for unit in _UNITS}
_BY_WORD: Mapping[str, Unit] = {
    **{word.casefold(): unit for unit in _UNITS for word in unit.words if word != "M"},
    **{unit.symbol.casefold(): unit for unit in _UNITS if unit.symbol not in ("Mt", "mo")},
}


@lru_cache(maxsize=1024)
def canonical_unit(text: str) -> str | None:
    """The canonical symbol for a symbol or word, or None.

    Symbols are tried as they stand first: ``Mt`` is a megaton, ``mt`` nothing, ``kt`` a kiloton.

    Example:
        >>> canonical_unit("Nautical Miles"), canonical_unit("miles"), canonical_unit("usd")
        ('nmi', 'mi', 'USD')
    """
    cleaned = " ".join(text.split())
    if cleaned in _BY_SYMBOL:
        return cleaned
    found = _BY_WORD.get(cleaned.casefold())
    if found is not None:
        return found.symbol
    upper = cleaned.upper()
    return upper if upper in CURRENCIES else None


def _unit(text: str) -> Unit:
    symbol = canonical_unit(text)
    if symbol is None:
        raise FactError(
            f"the unit {text!r}",
            "a canonical symbol or its word, such as km, nmi, % of GDP, JPY",
            "see standoff.reference.units",
        )
    return _BY_SYMBOL.get(symbol) or Unit(symbol, f"money {symbol}", 1.0, ())


def dimension_of(text: str) -> str:
    """What kind of quantity a unit measures; two units convert when this agrees.

    Raises:
        FactError: the unit is unknown.

    Example:
        >>> dimension_of("nmi"), dimension_of("JPY"), dimension_of("percentage point")
        ('length', 'money JPY', 'points')
    """
    return _unit(text).dimension


@lru_cache(maxsize=1)
def _pint() -> Any:
    import pint  # 0.2 s: only when a length, area, speed or mass is converted

    return cast("Any", pint.UnitRegistry())


@lru_cache(maxsize=512)
def _factor(from_symbol: str, to_symbol: str) -> float:
    a, b = _unit(from_symbol), _unit(to_symbol)
    if a.pint and b.pint and a.symbol != b.symbol:
        return float(_pint().Quantity(1.0, a.pint).to(b.pint).magnitude)
    return a.factor / b.factor


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """The value in another unit of the same dimension, rounded to 12 significant digits.

    Raises:
        FactError: a unit is unknown or the two measure different things.

    Example:
        >>> convert(1, "nmi", "m"), convert(25, "%", "ratio"), convert(2, "wk", "d")
        (1852.0, 0.25, 14.0)
        >>> convert(1, "km", "d")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        standoff.errors.FactError: fact: km to d came; expected two units of one dimension...
    """
    a, b = _unit(from_unit), _unit(to_unit)
    if a.dimension != b.dimension:
        raise FactError(
            f"{a.symbol} to {b.symbol}",
            f"two units of one dimension, not {a.dimension} and {b.dimension}",
            "compare quantities of the same kind",
        )
    if a.symbol == b.symbol:
        return float(value)
    return float(f"{value * _factor(a.symbol, b.symbol):.12g}")
