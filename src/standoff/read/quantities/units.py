"""Units of measure: names, symbols, powers and rates, each to one canonical word.

Common units print their symbol (km, m, nmi, mi, ft, %, h, d, kg, t, kn, km/h, °C, kt TNT ...);
rare ones their English name in the singular. Squares are `km2`, cubes `cubic metre`, rates
`km per h`-like with "per" unless a symbol is usual.
"""

from __future__ import annotations

from standoff.read.quantities.tokens import Scan, words

# canonical: names that may stand in any case. Plurals in -s are added.
NAMES: dict[str, str] = {
    "km": "kilometre kilometer kilo-metre km kms klick",
    "m": "metre meter mtr",
    "cm": "centimetre centimeter cm cms",
    "mm": "millimetre millimeter",
    "dm": "decimetre decimeter",
    "micrometre": "micrometre micrometer micron",
    "nanometre": "nanometre nanometer",
    "picometre": "picometre picometer",
    "mi": "mile statute_mile mi",
    "nmi": "nautical_mile naut_mile sea_mile nmi nautical-mile",
    "ft": "foot feet ft",
    "yd": "yard yd yds",
    "in": "inch inches",
    "league": "league_of_distance",
    "fathom": "fathom",
    "light-year": "light-year light_year lightyear",
    "%": "percent per_cent percentage pct percents pc per-cent",
    "pp": "percentage_point percent_point per_cent_point percentage-point",
    "basis point": "basis_point bps",
    "d": "day",
    "h": "hour hr hrs",
    "min": "minute min mins",
    "s": "second sec secs",
    "ms": "millisecond",
    "wk": "week wk wks",
    "fortnight": "fortnight",
    "mo": "month",
    "quarter": "fiscal_quarter",
    "yr": "year yr yrs",
    "decade": "decade",
    "century": "century centuries",
    "gigayear": "gigaannum gigayear",
    "megayear": "megaannum megayear",
    "generation": "generation",
    "kg": "kilogram kilogramme kilo kg kgs",
    "g": "gram gramme",
    "mg": "milligram milligramme mg",
    "ug": "microgram microgramme mcg",
    "t": "tonne metric_ton metric-ton",
    "ton": "ton short_ton long_ton",
    "lb": "lb lbs pound",
    "oz": "ounce oz",
    "stone": "stone_weight",
    "km2": "square_kilometre square_kilometer sq_km km2 km_squared sqkm",
    "m2": "square_metre square_meter sq_m sqm m2",
    "mi2": "square_mile sq_mile sq_mi",
    "ft2": "square_foot square_feet sq_ft",
    "square nautical mile": "square_nautical_mile",
    "acre": "acre",
    "ha": "hectare ha",
    "cubic metre": "cubic_metre cubic_meter cu_m",
    "cubic kilometre": "cubic_kilometre cubic_kilometer",
    "cubic foot": "cubic_foot cubic_feet cu_ft",
    "cubic centimetre": "cubic_centimetre cubic_centimeter",
    "L": "litre liter",
    "mL": "millilitre milliliter ml",
    "cL": "centilitre centiliter cl",
    "gal": "gallon",
    "bbl": "barrel bbl",
    "pint": "pint",
    "cup": "cup",
    "tablespoon": "tablespoon tbsp",
    "teaspoon": "teaspoon tsp",
    "bushel": "bushel",
    "kn": "knot kn",
    "mach": "mach",
    "mph": "mph",
    "km/h": "kph kmph km_h",
    "°C": "degree_celsius degree_centigrade celsius degree_c °c",
    "°F": "degree_fahrenheit fahrenheit degree_f °f",
    "K": "kelvin",
    "degree": "degree",
    "radian": "radian rad",
    "turn": "turn",
    "W": "watt",
    "kW": "kilowatt kw",
    "MW": "megawatt",
    "GW": "gigawatt gw",
    "TW": "terawatt",
    "kWh": "kilowatt_hour kilowatt-hour kwh",
    "MWh": "megawatt_hour megawatt-hour mwh",
    "GWh": "gigawatt_hour gigawatt-hour gwh",
    "TWh": "terawatt_hour terawatt-hour twh",
    "watt hour": "watt_hour watt-hour wh",
    "horsepower": "horsepower hp",
    "joule": "joule",
    "kJ": "kilojoule",
    "MJ": "megajoule",
    "calorie": "calorie",
    "kilocalorie": "kilocalorie kcal",
    "british thermal unit": "british_thermal_unit btu",
    "electronvolt": "electronvolt electron_volt",
    "kiloton": "kiloton kilotonne",
    "megaton": "megaton megatonne",
    "newton": "newton",
    "kN": "kilonewton",
    "pascal": "pascal",
    "kPa": "kilopascal kpa",
    "bar": "bar_of_pressure",
    "psi": "psi",
    "V": "volt",
    "kV": "kilovolt kv",
    "A": "ampere amp",
    "ohm": "ohm",
    "Hz": "hertz hz",
    "kHz": "kilohertz khz",
    "MHz": "megahertz mhz",
    "GHz": "gigahertz ghz",
    "dB": "decibel",
    "rpm": "rpm revolutions_per_minute",
    "bit": "bit",
    "byte": "byte",
    "kB": "kilobyte",
    "kibibyte": "kibibyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "petabyte": "petabyte",
    "exabyte": "exabyte",
    "kilobit": "kilobit",
    "megabit": "megabit mbit",
    "gigabit": "gigabit gbit",
    "megapixel": "megapixel",
    "becquerel": "becquerel",
    "sievert": "sievert",
    "millisievert": "millisievert",
    "gray": "gray_of_dose",
    "milligray": "milligray mgy",
    "curie": "curie",
    "magnitude": "",
    "carat": "carat karat",
    "candela": "candela",
    "dram": "drachma_weight",
    "mole": "",
}
# Symbols that are read only in this case.
SYMBOLS: dict[str, str] = {
    "m": "m", "mm": "mm", "μm": "micrometre", "µm": "micrometre", "nm": "nanometre", "pm": "picometre",
    "am": "attometre", "NM": "nmi", "M": "m", "dm": "dm", "g": "g", "μg": "ug", "µg": "ug", "t": "t",
    "T": "T", "l": "L", "L": "L", "s": "s", "h": "h", "C": "°C", "F": "°F", "W": "W", "MW": "MW",
    "V": "V", "A": "A", "J": "joule", "N": "newton", "Pa": "pascal", "eV": "electronvolt",
    "keV": "kiloelectronvolt", "MeV": "megaelectronvolt", "GeV": "gigaelectronvolt",
    "TeV": "teraelectronvolt", "dB": "dB", "b": "bit", "B": "byte", "kB": "kB", "KB": "kB", "MB": "MB",
    "GB": "GB", "TB": "TB", "PB": "petabyte", "kb": "kilobit", "Mb": "megabit", "mb": "megabit",
    "Gb": "gigabit", "Gbps": "gigabit per s", "Mbps": "megabit per s", "kbps": "kilobit per s",
    "Ga": "gigayear", "Ma": "megayear", "kt": "kiloton", "Kt": "kiloton", "Mt": "megaton", "MT": "megaton",
    "Gy": "gray", "mGy": "milligray", "mSv": "millisievert", "Sv": "sievert", "Bq": "becquerel",
    "tpd": "ton per d", "Js": "joule second", "G": "G", "bpd": "bbl per d", "bcm": "billion cubic metre",
    "dwt": "dwt", "ms": "ms", "yo": "year of age", "K": "K", "wt": "wt", "MP": "megapixel", "Wh": "watt hour",
}  # fmt: skip
# Symbols too short to trust after a space unless they say what they measure elsewhere.
# Words behind a distance and before a place: nothing is a nanometre away from a coast.
FROM_PLACE = words("from off away north south east west northeast northwest southeast southwest")
GLUED_ONLY = words("A N J b B M T G K h s d k am V F C nm pm in")
SPACED_FINE = frozenset(["F", "C", "V", "b"])
PREFIXED = {
    "°c": "°C", "°f": "°F", "°": "degree", "º": "degree", "%": "%", "％": "%", "‰": "per mille",
}  # fmt: skip
POWERS = {"2": 2, "3": 3, "²": 2, "³": 3}
MINUTE = words(
    "chip chips wavelength wavelengths laser lasers node nodes process lithography semiconductor "
    "semiconductors transistor light film particle particles layer thick wafer optical optics band "
    "infrared ultraviolet"
)
SEA = words(
    "coast coasts coastal shore offshore sea seas off island islands strait baseline baselines zone eez "
    "waters ship ships vessel vessels fleet carrier destroyer frigate submarine navy naval aircraft missile "
    "missiles flew sailed north south east west northeast northwest southeast southwest radius exclusion "
    "territorial contiguous port reef shoal"
)
LENGTHS = frozenset(("km", "m", "cm", "mm", "mi", "ft", "in", "yd", "nmi", "dm"))
AREA = {"km": "km2", "m": "m2", "mi": "mi2", "ft": "ft2"}
VOLUME = {"km": "cubic kilometre", "m": "cubic metre", "ft": "cubic foot", "cm": "cubic centimetre"}
RATES = {"km per h": "km/h", "mi per h": "mph", "m per s": "m/s", "nmi per h": "kn"}
PER_NOUNS = words("person capita head unit vote time vehicle household pound minute second")
ARTICLE_PER = frozenset(
    ("d", "h", "wk", "mo", "yr", "min", "s", "bbl", "t", "ton", "kg", "L", "gal", "oz")
)
_RELATIVE = frozenset(["earlier", "ago", "later", "before", "after", "from"])
TIME = frozenset(("s", "min", "h", "d", "wk", "fortnight", "mo", "yr", "decade", "century"))

_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}


def _index() -> None:
    irregular = {
        "feet",
        "inches",
        "centuries",
        "mph",
        "hertz",
        "horsepower",
        "celsius",
        "fahrenheit",
    }
    for canonical, names in NAMES.items():
        for name in names.split():
            words = tuple(name.replace("-", "_-_").split("_"))
            forms = {words}
            last = words[-1]
            if len(last) > 2 and not last.endswith("s") and last not in irregular:
                forms.add((*words[:-1], last + "s"))
            if words[0] == "degree":
                forms |= {("degrees", *f[1:]) for f in forms}
            for form in forms:
                _FIRST.setdefault(form[0], []).append((form, canonical))
    for options in _FIRST.values():
        options.sort(key=lambda o: -len(o[0]))


_index()


def parse_unit(scan: Scan, index: int, *, integer_clock: bool = False) -> tuple[str, int] | None:
    """The unit of measure that starts at token `index`: (canonical, next token), or None.

    `integer_clock` says that the numeral could be a time of day, so "pm" is no picometre.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> parse_unit(scan_text("70 nautical miles from"), 1)
    ('nmi', 3)
    >>> parse_unit(scan_text("35 km/h"), 1)
    ('km/h', 4)
    """
    base = _simple(scan, index, integer_clock)
    if base is None:
        return None
    unit, j = base
    return _rate(scan, unit, j)


def _simple(scan: Scan, i: int, clock: bool) -> tuple[str, int] | None:
    word, raw = scan.word(i), scan.raw[i] if i < len(scan) else ""
    glued = scan.glued(i)
    if word in ("°", "º"):
        nxt = scan.word(i + 1)
        if nxt in ("c", "f", "celsius", "fahrenheit") and (scan.glued(i + 1) or len(nxt) > 1):
            return ("°C" if nxt[0] == "c" else "°F"), i + 2
        return "degree", i + 1
    if word in PREFIXED:
        return PREFIXED[word], i + 1
    found: tuple[str, int] | None = None
    if raw in SYMBOLS and not (
        scan.kind(i + 1) in ("n", "w") and scan.glued(i + 1) and scan.word(i + 1) not in POWERS
    ):
        allowed = glued or raw not in GLUED_ONLY or raw in SPACED_FINE
        # "70 nm from Taiwan": with a space only where it is of the sea or leads from a place.
        allowed = allowed or (raw == "nm" and _at_sea(scan, i))
        if raw in ("pm", "am"):
            allowed = not clock and scan.word(i + 1) != "."
            allowed = allowed or (not clock and scan.word(i + 1) == "." and i + 2 == len(scan))
        if raw in ("F", "V", "A", "C", "b") and not glued:
            allowed = scan.word(i + 1) in ("", ".", ",", "outside", ")", "and", "(") or raw == "b"
        if raw in ("M", "T", "G", "k"):
            allowed = False
        if allowed:
            found = ("nmi" if raw == "nm" and _at_sea(scan, i) else SYMBOLS[raw]), i + 1
    if found is None:
        for form, canonical in _FIRST.get(word, ()):
            if all(scan.word(i + n) == w for n, w in enumerate(form)):
                found = canonical, i + len(form)
                break
    if found is None and word == "in" and _inch(scan, i):
        found = "in", i + 1
    if found is None and word in ('"', "″") and glued and scan.word(i - 1) not in ("", '"'):
        found = ("in", i + 1) if _inch_mark(scan, i) else None
    if found is None:
        return None
    return _powered(scan, *found)


def _at_sea(scan: Scan, i: int) -> bool:
    """ "nm" means nautical miles where the words around are of the sea, the air or the compass."""
    around = scan.lower[max(0, i - 12) : i + 8]
    if scan.word(i + 1) in FROM_PLACE and not MINUTE.intersection(around):
        return True
    return not MINUTE.intersection(around) and bool(SEA.intersection(around))


def _inch(scan: Scan, i: int) -> bool:
    after = scan.word(i + 1)
    if after in ("thick", "wide", "long", "tall", "high", "deep", "x", "by", "more", ")", "("):
        return True
    return after == "" or (after == "." and (i + 2 >= len(scan) or scan.raw[i + 2][:1].isupper()))


def _inch_mark(scan: Scan, i: int) -> bool:
    """A double prime after a numeral, not the end of a quotation opened on the same line."""
    line = scan.text.rfind("\n", 0, scan.starts[i]) + 1
    return scan.text.count('"', max(line, scan.starts[i] - 400), scan.starts[i]) % 2 == 0


def _powered(scan: Scan, unit: str, j: int) -> tuple[str, int]:
    if unit not in LENGTHS:
        return unit, j
    power = 0
    k = j
    if scan.word(j) == "^" and scan.word(j + 1) in ("2", "3"):
        power, k = int(scan.word(j + 1)), j + 2
    elif scan.glued(j) and scan.word(j) in POWERS:
        power, k = POWERS[scan.word(j)], j + 1
    elif scan.word(j) in ("squared", "cubed"):
        power, k = (2 if scan.word(j) == "squared" else 3), j + 1
    if power == 2:
        return AREA.get(unit, f"square {unit}"), k
    if power == 3:
        return VOLUME.get(unit, f"cubic {unit}"), k
    return unit, j


def _rate(scan: Scan, unit: str, j: int) -> tuple[str, int]:
    """ "per hour", "/h", "an hour": a rate, once."""
    word = scan.word(j)
    below: tuple[str, int] | None = None
    if word == "per" and scan.word(j + 1) != "cent":
        below = _simple(scan, j + 1, False)
        if below is None and scan.word(j + 1) in PER_NOUNS:
            below = scan.word(j + 1), j + 2
    elif word == "/" and scan.glued(j) and scan.glued(j + 1):
        below = _simple(scan, j + 1, False)
    elif word in ("a", "an") and unit not in TIME:
        below = _simple(scan, j + 1, False)
        if below is not None and (below[0] not in ARTICLE_PER or scan.word(below[1]) in _RELATIVE):
            below = None
    if below is None:
        return unit, j
    name = f"{unit} per {below[0]}"
    return RATES.get(name, name), below[1]


def rate_after(scan: Scan, unit: str, j: int) -> tuple[str, int]:
    """Add a rate to a unit that was found elsewhere (money): "$15.4/hour", "$70-a-share".

    >>> from standoff.read.quantities.tokens import scan_text
    >>> rate_after(scan_text("$ 5 per barrel"), "USD", 2)
    ('USD per bbl', 4)
    """
    return _rate(scan, unit, j)
