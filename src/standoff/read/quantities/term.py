"""One number with its unit: the piece from which quantities and ranges are built."""

from __future__ import annotations

import re
from dataclasses import replace

from standoff.read.quantities.amounts import Term, money_after, money_first
from standoff.read.quantities.cardinals import Number, and_fraction
from standoff.read.quantities.money import currency_after, currency_before
from standoff.read.quantities.nouns import counted_noun, singular
from standoff.read.quantities.number_words import ONES, SUFFIXES, TENS
from standoff.read.quantities.numbers import parse_number
from standoff.read.quantities.units import TIME, parse_unit, rate_after
from standoff.read.quantities.tokens import Scan, words

PERSONAL = frozenset(["old"])
COMPARATIVES = words(
    "as more higher larger bigger greater the its that their what faster longer smaller fewer "
    "less lower stronger over worse better heavier wider deeper cheaper normal his her this "
    "those current average likelier further farther"
)
RATIO_WORDS = {
    "twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "doubles": 2.0,
    "triple": 3.0, "tripled": 3.0, "tripling": 3.0, "triples": 3.0, "treble": 3.0, "trebled": 3.0,
    "quadruple": 4.0, "quadrupled": 4.0, "quadrupling": 4.0, "quintupled": 5.0, "halved": 0.5,
    "halving": 0.5,
}  # fmt: skip
FOLDS = {f"{word}fold": value for word, value in {**ONES, **TENS}.items() if value >= 2} | {
    "hundredfold": 100.0,
    "thousandfold": 1000.0,
}
NO_HYPHEN_NOUN = words(
    "way sided track tier pronged star time off dimensional state party letter step thirds "
    "handed minded horned parent size fits stop on to and or up down man woman figure digit "
    "seater fold ish plus"
)
NOT_ONE_AFTER = words(
    "day thing another more too else time by after before once please such might way hand "
    "side reason senior former other final last big small large major key certain new"
)
NOT_ONE_BEFORE = words(
    "no any every some the this that which each another only a whatever whichever what 's "
    "good bad big little lucky same right wrong next last first second"
)
GDP_WORDS = frozenset(["gdp", "gni", "gnp"])
GDP_BETWEEN = words(
    "its the their national annual our his her total japan's country's nation's 's global "
    "world gross domestic product economic output"
)
CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


def parse_term(scan: Scan, i: int) -> Term | None:
    """The number with its unit that starts at token `i`, or None.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> term = parse_term(scan_text("$3.5 billion a year"), 0)
    >>> term.low, term.unit
    (3500000000.0, 'USD per yr')
    """
    ratio = _ratio_word(scan, i)
    if ratio is not None:
        return ratio
    money = currency_before(scan, i)
    if money is not None:
        return money_first(scan, i, *money)
    number = parse_number(scan, i)
    if number is None:
        return _article_unit(scan, i)
    if number.value == 1 and number.worded and number.last == i + 1 and not _one_counts(scan, i):
        return None
    return _with_unit(scan, number)


def _ratio_word(scan: Scan, i: int) -> Term | None:
    word = scan.word(i)
    if word in FOLDS:
        return _ratio(scan, i, i + 1, FOLDS[word])
    if (
        word == "half"
        and scan.word(i + 1) == "as"
        and scan.word(i + 2) in ("much", "many", "big", "large", "likely", "long")
    ):
        return _ratio(scan, i, i + 1, 0.5)
    if word not in RATIO_WORDS:
        return None
    nxt = scan.word(i + 1)
    if word == "twice" and nxt not in (
        "as", "the", "its", "that", "their", "what", "this", "his", "normal", "more",
    ):  # fmt: skip
        return None
    if word in ("double", "triple", "treble", "quadruple") and not (
        nxt
        in (
            "the",
            "its",
            "that",
            "their",
            "what",
            "this",
            "to",
            "by",
            "within",
            "in",
            "over",
            "our",
        )
        or (
            scan.word(i - 1)
            in ("to", "will", "would", "nearly", "almost", "than", "could", "about")
        )
    ):
        return None
    return _ratio(scan, i, i + 1, RATIO_WORDS[word])


def _ratio(scan: Scan, first: int, last: int, value: float) -> Term:
    return Term(
        value, value, "ratio", first, last, scan.starts[first], scan.ends[last - 1], measured=True
    )


def _one_counts(scan: Scan, i: int) -> bool:
    """The word "one" is a number before a unit or a noun, never as a pronoun."""
    if scan.word(i - 1) in NOT_ONE_BEFORE and scan.kind(i - 1) == "w":
        return False
    if scan.word(i + 1) == "-":
        return parse_unit(scan, i + 2) is not None or currency_after(scan, i + 2) is not None
    unit = parse_unit(scan, i + 1)
    if unit is not None:
        return unit[0] not in ("d", "in", "s", "turn") or scan.word(i + 1) in (
            "hour",
            "second",
            "turn",
        )
    if currency_after(scan, i + 1) is not None:
        return True
    if scan.word(i + 1) in NOT_ONE_AFTER:
        return False
    if scan.word(i + 1) in ("and", "or", "to") and scan.word(i + 2) in ("two", "a"):
        return True
    return counted_noun(scan, i + 1, 1.0) is not None


def _article_unit(scan: Scan, i: int) -> Term | None:
    """ "a mile", "a gallon": one of a unit that nobody uses otherwise."""
    if scan.word(i) not in ("a", "an") or scan.kind(i - 1) == "n":
        return None
    word = scan.word(i + 1)
    if word not in _ARTICLE_UNITS or scan.word(i - 1) in ("dollars", "cents", "$"):
        return None
    unit = "penny" if word == "penny" else (parse_unit(scan, i + 1) or ("", 0))[0]
    if not unit:
        return None
    term = Term(1.0, 1.0, unit, i, i + 2, scan.starts[i], scan.ends[i + 1], measured=True)
    return _and_half(scan, term)


_ARTICLE_UNITS = words(
    "mile kilometre kilometer gallon litre liter kilogram kilogramme tonne hectare kibibyte "
    "gigabyte megabyte terabyte kilowatt megawatt gigawatt kiloton megaton penny decade "
    "century fortnight"
)


def _with_unit(scan: Scan, number: Number) -> Term | None:
    i, last, end = number.first, number.last, number.end
    value, magnitude = number.value, number.magnitude
    term = Term(
        value, value, "count", i, last, number.start, end, magnitude,
        bare=number.bare, worded=number.worded, fraction=number.fraction,
    )  # fmt: skip
    if end < scan.ends[last - 1]:
        return term
    j = last
    hyphen = False
    if (
        scan.word(j) in ("-", "‑")
        and scan.glued(j)
        and scan.glued(j + 1)
        and scan.kind(j + 1) == "w"
    ):
        hyphen, j = True, j + 1
    elif scan.word(j) in CLOSING:
        inner = parse_unit(scan, j + 1)
        if inner is not None and scan.word(inner[1]) == CLOSING[scan.word(j)]:
            close = inner[1]
            return replace(term, unit=inner[0], last=close + 1, end=scan.ends[close], measured=True)
    if j < len(scan) and j > last - 1 and "\n" in scan.gap(j):
        return term
    letter = _letter(scan, j)
    if letter is not None and magnitude == 1.0 and not hyphen:
        magnitude = letter
        term = replace(
            term, low=value * letter, high=value * letter, magnitude=letter, last=j + 1,
            end=scan.ends[j], bare=False,
        )  # fmt: skip
        j += 1
    money = currency_after(scan, j)
    if money is not None:
        return money_after(scan, term, *money)
    if scan.word(j) in ("pound", "pounds", "lb") and magnitude >= 1e6 and scan.word(j) != "lb":
        return replace(term, unit="GBP", last=j + 1, end=scan.ends[j], measured=True, money=True)
    times = _times(scan, term, j)
    if times is not None:
        return times
    clock = number.bare and 1 <= value <= 12
    unit = parse_unit(
        scan,
        j,
        integer_clock=clock
        or (
            scan.text[number.start : end].count(".") == 1
            and value < 13
            and len(scan.text[number.start : end].split(".")[-1]) == 2
        ),
    )
    if unit is not None:
        measured = _measured(scan, term, unit[0], unit[1])
        return _and_half(scan, measured) if measured is not None and value >= 1 else measured
    if term.fraction and not number.worded and scan.kind(j) == "w" and hyphen:
        return term
    if hyphen:
        noun = scan.word(j)
        if noun == "strong":
            return replace(term, noun="strong")
        if noun == "odd":  # 5,000-odd tanks
            counted = counted_noun(scan, j + 1, value)
            return replace(term, unit=singular(counted[0]), noun=counted[0]) if counted else term
        if noun in NO_HYPHEN_NOUN or value == 1:
            return None if number.worded else term
        if scan.raw[j][:1].isupper() and number.worded:
            return None
        if not number.worded and len(noun) <= 2:
            return None
        return replace(term, unit=singular(noun), noun=noun)
    if scan.glued(j) and scan.kind(j) == "w" and letter is None:
        return None
    noun = counted_noun(scan, j, value)
    if noun is not None and not (term.fraction and value < 1):
        whole = _grouped_by_points(scan.text[number.start : end]) if magnitude == 1.0 else None
        if whole is not None:
            term = replace(term, low=whole, high=whole, bare=False)
        return replace(term, unit=singular(noun[0]), noun=noun[0])
    return term


def _grouped_by_points(printed: str) -> float | None:
    """1,500 for "1.500" before what is counted: nobody counts tanks to three decimals, and much of
    the world groups digits by points."""
    found = re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", printed)
    return float(printed.replace(".", "")) if found else None


def _and_half(scan: Scan, term: Term) -> Term:
    """ "a mile and a half", "two miles and a quarter": the fraction behind the unit."""
    if scan.word(term.last) != "and" or term.low != term.high:
        return term
    part = and_fraction(scan, term.last + 1)
    if part is None or (scan.kind(part[1]) == "w" and scan.word(part[1]) in ("of", "a", "million")):
        return term
    value = term.low + part[0]
    return replace(term, low=value, high=value, last=part[1], end=scan.ends[part[1] - 1])


def _letter(scan: Scan, j: int) -> float | None:
    """m, b, t glued to a numeral, where people or money follow; k and M are settled before."""
    if not (scan.kind(j) == "w" and scan.glued(j) and scan.kind(j - 1) == "n"):
        return None
    raw = scan.raw[j]
    if raw not in ("m", "b", "t") or (scan.kind(j + 1) in ("n", "w") and scan.glued(j + 1)):
        return None
    if currency_after(scan, j + 1) is not None:
        return SUFFIXES[raw]
    noun = counted_noun(scan, j + 1, 2.0)
    if noun is not None and noun[1] <= j + 3 and raw == "m":
        return 1e6
    if raw == "b" and not scan.plain[j - 1]:
        return 1e9
    return None


def _times(scan: Scan, term: Term, j: int) -> Term | None:
    word = scan.word(j)
    if word == "fold" or (word in ("x", "×") and scan.glued(j) and scan.kind(j + 1) not in ("n",)):
        return replace(term, unit="ratio", last=j + 1, end=scan.ends[j], measured=True)
    if word not in ("times", "time") or (word == "time" and not term.worded):
        return None
    if word == "time":
        return None
    nxt = scan.word(j + 1)
    if nxt in ("a", "an", "per"):
        unit, after = rate_after(scan, "count", j + 1)
        if after > j + 1:
            return replace(term, unit=unit, last=after, end=scan.ends[after - 1], measured=True)
    whose = j + 1 < len(scan) and scan.raw[j + 1][:1].isupper() and scan.gap(j + 1) == " "
    unit = "ratio" if nxt in COMPARATIVES or whose else "time"
    return replace(
        term,
        unit=unit,
        last=j + 1,
        end=scan.ends[j],
        measured=True,
        noun="times" if unit == "time" else None,
    )


def _measured(scan: Scan, term: Term, unit: str, j: int) -> Term | None:
    first = scan.word(j - 1)
    end = scan.ends[j - 1]
    if unit == "quarter" or (unit in ("degree",) and not first):
        return None
    if unit == "yr":
        k = j + 1 if scan.word(j) == "-" and scan.glued(j) else j
        if scan.word(k) in ("old", "olds"):
            unit, j, end = "year of age", k + 1, scan.ends[k]
        elif scan.word(k) == "of" and scan.word(k + 1) == "age":
            unit, j, end = "year of age", k + 2, scan.ends[k + 1]
    elif unit in ("%",):
        gdp = _of_gdp(scan, j)
        if gdp is not None:
            unit, j, end = "% of GDP", gdp, scan.ends[gdp - 1]
        elif scan.word(j) == "-" and scan.word(j + 1) in ("point", "points"):
            unit, j, end = "pp", j + 2, scan.ends[j + 1]
        elif scan.word(j) in ("point", "points"):
            unit, j, end = "pp", j + 1, scan.ends[j]
    elif unit == "degree":
        scale = _named_scale(scan, j)
        unit = scale or unit
    elif unit in ("ft", "m", "lb", "h", "min"):
        compound = _compound(scan, unit, j)
        if compound is not None:
            extra, j = compound
            end = scan.ends[j - 1]
            term = replace(term, low=term.low + extra, high=term.high + extra)
    elif (
        unit in ("kiloton", "megaton", "ton", "t")
        and scan.word(j) == "of"
        and scan.word(j + 1) == "tnt"
    ):
        j, end = j + 2, scan.ends[j + 1]
    elif unit in ("h", "min", "s") and scan.word(j) in ("gmt", "utc"):
        return None
    if (
        unit in TIME
        and end < len(scan.text)
        and scan.text[end] in "'’"
        and scan.text[end - 1] == "s"
    ):
        end += 1
    return replace(term, unit=unit, last=j, end=end, measured=True)


def _of_gdp(scan: Scan, j: int) -> int | None:
    """Where "of GDP", "of its gross domestic product" ends, None if it does not stand here."""
    if scan.word(j) not in ("of", "gdp"):
        return None
    k = j if scan.word(j) == "gdp" else j + 1
    while k < j + 6:
        word = scan.word(k)
        if word in GDP_WORDS:
            return k + 1
        if word == "gross" and scan.word(k + 1) == "domestic" and scan.word(k + 2) == "product":
            return k + 3
        if word not in GDP_BETWEEN and not word.endswith(("'s", "s'", "al")):
            return None
        k += 1
    return None


def _named_scale(scan: Scan, j: int) -> str | None:
    """The temperature scale named shortly after a degree sign."""
    for k in range(j, min(j + 5, len(scan))):
        word = scan.word(k)
        if word in ("celsius", "centigrade"):
            return "°C"
        if word == "fahrenheit":
            return "°F"
        if scan.kind(k) == "n":
            return None
    return None


def _compound(scan: Scan, unit: str, j: int) -> tuple[float, int] | None:
    """5 feet 2 inches, 6 lb 4 oz: the smaller unit added to the larger, as a share of it."""
    below = {"ft": ("in", 12.0), "lb": ("oz", 16.0)}.get(unit)
    if below is None:
        return None
    k = j + 1 if scan.word(j) == "and" else j
    number = parse_number(scan, k)
    if number is None or not 0 <= number.value < below[1]:
        return None
    name = scan.word(number.last)
    if (
        unit == "ft"
        and name in ("in", "inch", "inches")
        and not (name == "in" and scan.word(number.last + 1) in ("the", "a", "19", "20"))
    ):
        return number.value / below[1], number.last + 1
    if unit == "lb" and name in ("oz", "ounce", "ounces"):
        return number.value / below[1], number.last + 1
    return None
