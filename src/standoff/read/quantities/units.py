"""Units of measure: names, symbols, powers and rates, each to one canonical word.

Common units print their symbol (km, m, nmi, mi, ft, %, h, d, kg, t, kn, km/h, °C, kt TNT ...);
rare ones their English name in the singular. Squares are `km2`, cubes `cubic metre`, rates
`km per h`-like with "per" unless a symbol is usual.
"""

from __future__ import annotations

from standoff.read.quantities.tokens import GRAMMAR, Phrases, Scan

_SYMBOLS, _POWERED, _RATES = (GRAMMAR.words(name) for name in ("symbol", "powered", "rate"))
_POWERS = {"2": "2", "3": "3", "²": "2", "³": "3", "squared": "2", "cubed": "3"}


def _with_plurals() -> dict[str, str]:
    """The names of units with their plurals in -s; a hyphen in a name is a token of its own."""
    named: dict[str, str] = {}
    for name, unit in GRAMMAR.words("unit").items():
        name = name.replace("-", " - ")
        plural = len(name.split()[-1]) > 2 and not name.endswith("s")
        for form in (name, f"{name}s" if plural else name):
            named[form] = unit
            if form.startswith("degree "):
                named[form.replace("degree", "degrees")] = unit
    return named


UNITS = Phrases(_with_plurals())


def parse_unit(scan: Scan, index: int, *, clock: bool = False) -> tuple[str, int] | None:
    """The unit of measure that starts at token `index`: (canonical, next token), or None.

    `clock` says that the numeral could be a time of day, so "pm" is no picometre.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> parse_unit(scan_text("70 nautical miles from"), 1)
    ('nmi', 3)
    >>> parse_unit(scan_text("35 km/h"), 1)
    ('km/h', 4)
    """
    base = _simple(scan, index, clock)
    return rate_after(scan, *base) if base else None


def rate_after(scan: Scan, unit: str, j: int) -> tuple[str, int]:
    """A unit with what it is a rate of: "per hour", "/h", "an hour"; once.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> rate_after(scan_text("$ 5 per barrel"), "USD", 2)
    ('USD per bbl', 4)
    """
    word = scan.word(j)
    per, slash, article = (
        word == "per",
        word == "/" and scan.glued(j) and scan.glued(j + 1),
        word in ("a", "an"),
    )
    if not (per or slash or (article and not is_time(unit))):
        return unit, j
    below = _simple(scan, j + 1, False) if scan.word(j + 1) != "cent" else None
    if below is None and per and scan.has(j + 1, "per_noun"):
        below = scan.word(j + 1), j + 2
    if below is None:
        return unit, j
    if article and (below[0] not in GRAMMAR.words("article_per") or scan.has(below[1], "then")):
        return unit, j
    name = f"{unit} per {below[0]}"
    return _RATES.get(name, name), below[1]


def is_time(unit: str) -> bool:
    """Whether a unit is one of time."""
    return unit in GRAMMAR.words("time")


def _simple(scan: Scan, i: int, clock: bool) -> tuple[str, int] | None:
    word = scan.word(i)
    if word in ("°", "º"):
        scale = scan.word(i + 1)[:1]
        named = scan.word(i + 1) in ("celsius", "fahrenheit") or (
            scale in ("c", "f") and scan.glued(i + 1)
        )
        return (
            (f"°{scale.upper()}", i + 2)
            if named and len(scan.word(i + 1)) in (1, 7, 10)
            else ("degree", i + 1)
        )
    if scan.has(i, "unit_mark"):
        return GRAMMAR.words("unit_mark")[word], i + 1
    found = _symbol(scan, i, clock) or UNITS.at(scan, i)
    if found is None and (
        (word == "in" and _inch(scan, i)) or (word in ('"', "″") and _inch_mark(scan, i))
    ):
        found = "in", i + 1
    return _powered(scan, *found) if found else None


def _symbol(scan: Scan, i: int, clock: bool) -> tuple[str, int] | None:
    raw, glued, behind = scan.name(i), scan.glued(i), scan.word(i + 1)
    goes_on = scan.kind(i + 1) in ("n", "w") and scan.glued(i + 1) and behind not in _POWERS
    if raw not in _SYMBOLS or goes_on or raw in ("M", "T", "G", "k"):
        return None
    sea = raw == "nm" and _at_sea(scan, i)
    if raw in ("pm", "am"):
        allowed = not clock and (behind != "." or i + 2 == len(scan))
    elif raw in ("F", "V", "A", "C") and not glued:
        allowed = behind in ("", ".", ",", "outside", ")", "and", "(")
    else:
        # "70 nm from Taiwan": with a space only where it is of the sea or leads from a place.
        allowed = glued or raw == "b" or sea or raw not in GRAMMAR.words("glued_symbol")
    return ("nmi" if sea else _SYMBOLS[raw], i + 1) if allowed else None


def _at_sea(scan: Scan, i: int) -> bool:
    """ "nm" means nautical miles where the words around are of the sea, the air or the compass."""
    around = scan.lower[max(0, i - 12) : i + 8]
    sea = scan.has(i + 1, "from_place") or not GRAMMAR.words("sea").keys().isdisjoint(around)
    return sea and GRAMMAR.words("minute").keys().isdisjoint(around)


def _inch(scan: Scan, i: int) -> bool:
    after = scan.word(i + 1)
    ends = after == "." and (i + 2 >= len(scan) or scan.raw[i + 2][:1].isupper())
    return not after or ends or scan.has(i + 1, "inch_before")


def _inch_mark(scan: Scan, i: int) -> bool:
    """A double prime after a numeral, not the end of a quotation opened on the same line."""
    if not scan.glued(i) or scan.word(i - 1) in ("", '"'):
        return False
    line = scan.text.rfind("\n", 0, scan.starts[i]) + 1
    return scan.text.count('"', max(line, scan.starts[i] - 400), scan.starts[i]) % 2 == 0


def _powered(scan: Scan, unit: str, j: int) -> tuple[str, int]:
    """km², m^3, feet squared."""
    if f"{unit} 1" not in _POWERED:
        return unit, j
    k = j + (scan.word(j) == "^")
    power = _POWERS.get(scan.word(k), "")
    if not power or not (k > j or scan.glued(j) or len(scan.word(j)) > 1):
        return unit, j
    return _POWERED.get(f"{unit} {power}", f"{'square' if power == '2' else 'cubic'} {unit}"), k + 1
