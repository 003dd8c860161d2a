"""Words of the calendar."""

from __future__ import annotations

from standoff.read.scan import Scan, words

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: dict[str, int] = {
    **{word: n + 1 for n, word in enumerate(_MONTHS)},
    **{word[:3]: n + 1 for n, word in enumerate(_MONTHS)},
    "sept": 9,
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: dict[str, int] = {
    **{word: n for n, word in enumerate(_WEEKDAYS)},
    **{word[:3]: n for n, word in enumerate(_WEEKDAYS)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
AMBIGUOUS_WEEKDAYS = words("mon tue wed thu fri sat sun")
UNITS: dict[str, str] = {
    "day": "day", "days": "day", "night": "day", "nights": "day", "week": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month", "quarter": "quarter",
    "quarters": "quarter", "year": "year", "years": "year", "yr": "year", "yrs": "year", "decade": "decade",
    "decades": "decade", "century": "century", "centuries": "century",
}  # fmt: skip
SEASONS = words("spring summer autumn fall winter")
LAST = words("last past previous preceding prior")
NEXT = words("next coming following upcoming")
THIS = words("this current")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS: dict[str, int] = {word: n + 1 for n, word in enumerate(_ORDINALS.split(" "))}
ORDINALS["thirtieth"] = 30
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
CARDINALS: dict[str, int] = {word: n + 1 for n, word in enumerate(_CARDINALS.split(" "))}
TENS: dict[str, int] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
DECADES: dict[str, int] = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "noughties": 0, "tens": 10,
}  # fmt: skip
# Years that count from the accession of an emperor or the founding of a state; the year before the
# first one, of the Gregorian calendar (Japan, the Republic of China, the DPRK).
ERAS: dict[str, int] = {
    "reiwa": 2018, "heisei": 1988, "showa": 1925, "shōwa": 1925, "taisho": 1911, "meiji": 1867,
    "minguo": 1911, "juche": 1911,
}  # fmt: skip
SUFFIX = words("st nd rd th")


def ordinal(scan: Scan, i: int) -> tuple[int, int] | None:
    """An ordinal at token `i`: 4th, the eleventh, twenty-third: (number, next token).

    >>> from standoff.read.scan import scan_text
    >>> ordinal(scan_text("twenty third of May"), 0)
    (23, 2)
    """
    word = scan.word(i)
    if scan.kind(i) == "n" and scan.plain[i] and scan.word(i + 1) in SUFFIX and scan.glued(i + 1):
        return (int(scan.values[i]), i + 2) if scan.values[i] < 1e4 else None
    if word in ORDINALS:
        return ORDINALS[word], i + 1
    if word in TENS:
        j = i + 1
        if scan.word(j) == "-":
            j += 1
        below = ORDINALS.get(scan.word(j), 99)
        if below < 10:
            return TENS[word] + below, j + 1
    return None


def cardinal_day(scan: Scan, i: int) -> tuple[int, int] | None:
    """A day of the month without suffix, in digits or words, 1 to 31."""
    if (
        scan.kind(i) == "n"
        and scan.plain[i]
        and 1 <= scan.values[i] <= 31
        and len(scan.raw[i]) <= 2
    ):
        if scan.kind(i + 1) == "w" and scan.glued(i + 1):
            return None
        return int(scan.values[i]), i + 1
    word = scan.word(i)
    if word in ("twenty", "thirty"):
        below = CARDINALS.get(scan.word(i + 1), 99)
        if scan.word(i + 1) == "-":
            below = CARDINALS.get(scan.word(i + 2), 99)
            if below < 10:
                return TENS[word] + below, i + 3
        if below < 10 and TENS[word] + below <= 31:
            return TENS[word] + below, i + 2
        return TENS[word], i + 1
    if word in CARDINALS:
        return CARDINALS[word], i + 1
    return None


def day_of_month(scan: Scan, i: int) -> tuple[int, int] | None:
    """A day of the month: 4, 4th, the fourth, twenty-nine."""
    j = i + 1 if scan.word(i) == "the" else i
    found = ordinal(scan, j) or (cardinal_day(scan, j) if j == i else None)
    if found is None or not 1 <= found[0] <= 31:
        return None
    if scan.word(found[1]) == "day" and scan.word(found[1] + 1) == "of":
        return found[0], found[1] + 1
    return found


def year_at(scan: Scan, i: int, *, short: bool = False) -> tuple[int, int] | None:
    """A year: four digits, or in words; with `short` also two digits ('87): (year, next token).

    >>> from standoff.read.scan import scan_text
    >>> year_at(scan_text("nineteen ninety-six"), 0)
    (1996, 4)
    """
    if scan.word(i) in ERAS and scan.kind(i + 1) == "n" and scan.plain[i + 1]:
        counted = int(scan.values[i + 1])
        return (ERAS[scan.word(i)] + counted, i + 2) if 1 <= counted <= 150 else None
    if scan.kind(i) == "n" and scan.plain[i]:
        if len(scan.raw[i]) == 4 and 1000 <= scan.values[i] < 2200:
            if scan.kind(i + 1) == "w" and scan.glued(i + 1):
                return None
            return int(scan.values[i]), i + 1
        if short and len(scan.raw[i]) == 2:
            year = int(scan.values[i])
            return year + (2000 if year < 40 else 1900), i + 1
        return None
    if (
        short
        and scan.word(i) in ("'", "’")
        and scan.kind(i + 1) == "n"
        and len(scan.raw[i + 1]) == 2
    ):
        year = int(scan.values[i + 1])
        return year + (2000 if year < 40 else 1900), i + 2
    return year_words(scan, i)


def year_words(scan: Scan, i: int) -> tuple[int, int] | None:
    """A year in words: nineteen ninety six, two thousand and fifteen, seventeen hundred thirty."""
    word = scan.word(i)
    if word in ("one", "two") and scan.word(i + 1) == "thousand":
        base, j = CARDINALS[word] * 1000, i + 2
        if scan.word(j + 1) == "hundred" and scan.word(j) in CARDINALS:
            base += CARDINALS[scan.word(j)] * 100
            j += 2
        k = j + 1 if scan.word(j) == "and" else j
        below = _below_hundred(scan, k)
        return (base + below[0], below[1]) if below else (base, j)
    if CARDINALS.get(word, 0) in range(10, 20) or word == "twenty":
        base = (CARDINALS.get(word) or 20) * 100
        j = i + 2 if scan.word(i + 1) == "-" else i + 1
        if scan.word(j) == "hundred":
            k = j + 2 if scan.word(j + 1) == "and" else j + 1
            below = _below_hundred(scan, k)
            return (base + below[0], below[1]) if below else (base, j + 1)
        below = _below_hundred(scan, j)
        if below is not None and below[0] >= 10:
            return base + below[0], below[1]
    return None


def _below_hundred(scan: Scan, i: int) -> tuple[int, int] | None:
    word = scan.word(i)
    if word in CARDINALS:
        return CARDINALS[word], i + 1
    if word in TENS:
        j = i + 2 if scan.word(i + 1) == "-" else i + 1
        below = CARDINALS.get(scan.word(j), 99)
        if below < 10:
            return TENS[word] + below, j + 1
        return TENS[word], i + 1
    return None
