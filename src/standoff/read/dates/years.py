"""Years and decades: 2014, nineteen ninety-six, calendar year 2008, the 1990s, the seventies."""

from __future__ import annotations

from datetime import date

from standoff.read.dates.calendar import decade_span
from standoff.read.dates.names import CARDINALS, DECADES, TENS, year_at, year_words
from standoff.read.dates.value import Context, Value
from standoff.read.quantities.exclude import is_year
from standoff.read.scan import Scan, words

YEAR_LEADS = words(
    "in since until till by from before after during through between and to of early late mid end year around "
    "circa = than or through throughout fy the"
)


def short_year(ctx: Context, i: int) -> Value | None:
    """A year of two digits behind an apostrophe: "in '96"."""
    scan = ctx.scan
    if scan.word(i) not in ("'", "’") or not scan.glued(i + 1) or scan.kind(i + 1) != "n":
        return None
    if scan.word(i - 1) not in YEAR_LEADS or scan.glued(i) or scan.kind(i + 2) == "w":
        return None
    found = year_at(scan, i, short=True)
    return _whole_year(i, found[1], found[0]) if found else None


def year_date(ctx: Context, i: int) -> Value | None:
    """A year alone: 2014, year 247, nineteen ninety-six, calendar year 2008, cy18."""
    scan = ctx.scan
    word = scan.word(i)
    if word in ("calendar", "year", "cy"):
        j = i + 2 if word == "calendar" and scan.word(i + 1) == "year" else i + 1
        if word == "calendar" and j == i + 1:
            return None
        if scan.word(j) == "of":
            j += 1
        found = year_at(scan, j, short=word == "cy") or _odd_year(scan, j)
        if found and found[0] < 1000 and scan.kind(found[1]) == "w":
            return None  # "since the start of the year 300 sorties were flown"
        return _whole_year(i, found[1], found[0]) if found and found[0] else None
    if scan.kind(i) == "n":
        if (
            scan.glued(i)
            and i
            and scan.word(i - 1) not in ("=", "-", "–", "~", "(", "/", "—", "“", '"', "'")
        ):
            return None
        part = scan.word(i - 2) in ("mid", "early", "late")
        if scan.word(i - 1) in ("$", "€", "£", "#", "-") and scan.glued(i) and not part:
            return None
        found = year_at(scan, i)
        if found is None or (
            scan.word(i + 1) in ("%", "-", "/")
            and scan.glued(i + 1)
            and scan.kind(i + 2) == "n"
            and scan.glued(i + 2)
            and len(scan.raw[i + 2]) > 2
            and not (scan.plain[i + 2] and len(scan.raw[i + 2]) == 4)
        ):
            return None
        lead = scan.word(i - 1) in YEAR_LEADS or (scan.word(i - 1) in (".",) and scan.glued(i - 1))
        if not is_year(scan, i) and not (
            lead
            and 1500 <= found[0] < 2200
            and scan.kind(i + 1) != "w"
            and scan.word(i + 1) not in ("-", "%")
        ):
            return None
        if scan.word(i - 1) in ("to", "and", "or", "of", "the") and not is_year(scan, i):
            return None
        return _whole_year(i, found[1], found[0])
    found = year_words(scan, i)
    if (
        found is None
        or found[1] - i < 2
        or (
            scan.word(i + 1) == "-"
            and scan.word(i + 2) not in TENS
            and scan.word(i + 2) not in CARDINALS
        )
    ):
        return None
    if not 1100 <= found[0] < 2200 or scan.word(i - 1) not in YEAR_LEADS:
        return None
    if scan.kind(found[1]) == "w" and scan.word(found[1]) not in (
        "and",
        "until",
        "till",
        "to",
        "through",
        "the",
        "but",
        "when",
        "he",
        "she",
        "they",
        "it",
        "was",
        "by",
        "with",
    ):
        return None
    return _whole_year(i, found[1], found[0])


def _odd_year(scan: Scan, j: int) -> tuple[int, int] | None:
    """After the word "year": 247, two hundred and sixty seven."""
    if scan.kind(j) == "n" and scan.plain[j] and len(scan.raw[j]) == 3:
        return int(scan.values[j]), j + 1
    if scan.word(j) in CARDINALS and scan.word(j + 1) == "hundred":
        base, k = CARDINALS[scan.word(j)] * 100, j + 2
        if scan.word(k) == "and":
            k += 1
        if scan.word(k) in TENS:
            below = CARDINALS.get(scan.word(k + 1), 99)
            return (
                (base + TENS[scan.word(k)] + below, k + 2)
                if below < 10
                else (base + TENS[scan.word(k)], k + 1)
            )
        if scan.word(k) in CARDINALS:
            return base + CARDINALS[scan.word(k)], k + 1
        return base, j + 2
    return None


def _whole_year(first: int, last: int, year: int) -> Value | None:
    if not 1 <= year <= 9998:
        return None
    return Value(first, last, date(year, 1, 1), date(year, 12, 31), "year")


def decade_date(ctx: Context, i: int) -> Value | None:
    """The 1990s, the '40s, the seventies, nineteen seventies, the two thousand and tens."""
    scan = ctx.scan
    j = i + 1 if scan.word(i) == "the" else i
    k = j + 1 if scan.word(j) in ("'", "’") and scan.glued(j + 1) else j
    if (
        scan.kind(k) == "n"
        and scan.plain[k]
        and len(scan.raw[k]) in (2, 4)
        and scan.values[k] % 10 == 0
    ):
        m = k + 1
        if scan.word(m) in ("'", "’") and scan.glued(m):
            m += 1
        if scan.word(m) == "s" and (scan.glued(m) or scan.word(k - 1) == "in"):
            base = int(scan.values[k])
            if len(scan.raw[k]) == 2:
                base += 2000 if base < 30 else 1900
            elif not 1000 <= base < 2200:
                return None
            start, end = decade_span(base)
            return Value(i, m + 1, start, end, "decade")
        return None
    century, m = 1900, j
    if scan.word(j) in ("nineteen", "eighteen", "seventeen", "twenty") and scan.word(j + 1) not in (
        "first",
    ):
        century = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700, "twenty": 2000}[
            scan.word(j)
        ]
        m = j + 2 if scan.word(j + 1) == "-" else j + 1
    elif scan.word(j) == "two" and scan.word(j + 1) in ("thousand", "thousands"):
        if scan.word(j + 1) == "thousands":
            start, end = decade_span(2000)
            return Value(i, j + 2, start, end, "decade")
        century, m = 2000, j + 2
        m = m + 1 if scan.word(m) == "and" else m
    if scan.word(m) not in DECADES or (
        m == j
        and not (j > i or scan.word(i - 1) in ("in", "of", "the", "late", "early", "mid", "since"))
    ):
        return None
    if scan.word(i - 1) in ("his", "her", "their"):
        return None
    if scan.word(m) == "tens" and (m == j):
        return None
    start, end = decade_span(
        (2000 if scan.word(m) == "noughties" else century) + DECADES[scan.word(m)]
    )
    return Value(i, m + 1, start, end, "decade")
