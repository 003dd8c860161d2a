"""Dates with names: 13 August 2021, Friday the 13th, August, last May, Christmas, 2014, the 1990s."""

from __future__ import annotations

from datetime import date

from standoff.read.dates.calendar import FEASTS, make_day, month_span, shift
from standoff.read.dates.names import (
    LAST,
    MONTHS,
    NEXT,
    THIS,
    cardinal_day,
    day_of_month,
    ordinal,
    year_at,
    year_words,
)
from standoff.read.dates.value import Context, Value, floating, settle
from standoff.read.scan import Scan, words

# Months that are also common words or names: alone they count only after such words.
HOMOGRAPHS = words("may march mar jan dec sep sept oct nov feb apr jun jul aug august june april")
ALWAYS = words("january february july september october november december")
LEADS = words(
    "in since until till by from before after during through between and to of last next this early late mid "
    "end beginning start middle around late-may coming past following previous every throughout or via -"
)
NAME_BEFORE = words("theresa brian lord mrs ms mr dr sir president minister prime")
YEAR_LEADS = words(
    "in since until till by from before after during through between and to of early late mid end year around "
    "circa = than or through throughout fy the"
)


def is_month(scan: Scan, i: int) -> int | None:
    """The number of the month whose name stands at token `i`; names and verbs are not decided here."""
    return MONTHS.get(scan.word(i)) if scan.kind(i) == "w" else None


def month_alone(scan: Scan, i: int) -> int | None:
    """A month without day and year; "may" and "march" only where grammar makes them months."""
    month = is_month(scan, i)
    if month is None:
        return None
    word, raw = scan.word(i), scan.raw[i]
    before = scan.word(i - 1)
    capital = raw[:1].isupper() and (len(raw) == 1 or raw[1:].islower())
    if scan.word(i - 1) == "$" or (capital and _before_surname(scan, i)):
        return None
    if word == "may":
        return (
            month
            if before in LEADS - {"and", "of", "or", "to", "-", "this"}
            or (
                capital
                and before in ("of", "this", "to", "and", "-", "–")
                and not _verbish(scan, i + 1)
            )
            else None
        )
    if word in ALWAYS:
        return month
    if word in ("march", "mar", "august") or len(word) <= 4:
        if before in LEADS and (
            capital or word not in ("march", "mar") or before in ("in", "since", "last", "next")
        ):
            if before == "to" and not capital:
                return None
            return month
        follows = scan.word(i + 1) in ("-", "–", "to", "through", "between") and capital
        return (
            month
            if follows
            or (capital and word in ("august", "june", "july") and before not in NAME_BEFORE)
            else None
        )
    return month


def _before_surname(scan: Scan, i: int) -> bool:
    """Whether a month that no word leads stands before a capitalised word: "April O'Neil".

    After "and" and "to" it is a month only if a date goes before: "in April and June Chinese ships".
    """
    nxt = scan.raw[i + 1] if i + 1 < len(scan) else ""
    if scan.kind(i + 1) != "w" or scan.gap(i + 1) != " " or not nxt[:1].isupper():
        return False
    if nxt.isupper() and len(nxt) > 1:
        return False  # "June US data"
    before = scan.word(i - 1)
    if before in ("and", "or", "to"):
        return is_month(scan, i - 2) is None and scan.kind(i - 2) != "n"
    return before not in LEADS


def _verbish(scan: Scan, i: int) -> bool:
    return scan.word(i) in (
        "be",
        "have",
        "not",
        "also",
        "well",
        "yet",
        "still",
        "never",
        "need",
        "take",
        "become",
        "i",
        "we",
        "you",
    )


def tail_year(ctx: Context, j: int, *, short: bool) -> tuple[int, int] | None:
    """A year after a day or month, with comma, "of" or "in" between: (year, next token)."""
    scan, k = ctx.scan, j
    if scan.word(k) == "." and scan.glued(k):
        k += 1
    if (
        scan.word(k) == "-"
        and scan.glued(k)
        and scan.kind(k + 1) == "n"
        and len(scan.raw[k + 1]) != 4
    ):
        return None
    if scan.word(k) in (",", "of", "in", "-", "/"):
        if scan.word(k) == "-" and not scan.glued(k):
            return None
        comma = scan.word(k) == ","
        k += 1
        if comma:
            found = year_at(scan, k)
            if found and scan.kind(k) == "w" and found[1] == k + 1:
                return None
            return found
    if scan.word(k) == "the" and scan.word(k + 1) == "year":
        k += 2
    relative = _relative_year(ctx, k)
    if relative is not None:
        return relative
    found = year_at(scan, k, short=short or scan.word(k - 1) == "of" or scan.word(k) in ("'", "’"))
    if (
        found
        and scan.kind(k) == "n"
        and len(scan.raw[k]) == 2
        and scan.word(found[1]) in (":", ".", "th", "st", "am", "pm", "-", "–")
    ) and (scan.word(found[1]) != "." or (scan.glued(found[1]) and scan.kind(found[1] + 1) == "n")):
        return None
    return found


def _relative_year(ctx: Context, k: int) -> tuple[int, int] | None:
    scan = ctx.scan
    word = scan.word(k)
    if scan.word(k + 1) == "year" and (
        word in LAST or word in NEXT or word in THIS or word in ("the", "that", "same")
    ):
        step = -1 if word in LAST else 1 if word in NEXT else 0
        return ctx.published.year + step, k + 2
    if scan.word(k) == "the" and scan.word(k + 2) == "year" and scan.word(k + 1) in (*LAST, *NEXT):
        return ctx.published.year + (-1 if scan.word(k + 1) in LAST else 1), k + 3
    return None


def month_first(ctx: Context, i: int) -> Value | None:
    """August 13, August 13, 2021, August 2021, Aug. the 13th, or the month alone."""
    scan = ctx.scan
    month = is_month(scan, i)
    if month is None or (
        scan.raw[i].isupper() and len(scan.raw[i]) > 4 and scan.word(i) in ("march", "may")
    ):
        return None
    if scan.glued(i) and scan.kind(i - 1) == "n" and scan.word(i) in ("mar", "sep", "dec"):
        return None
    j = i + 1
    if (
        scan.word(j) == "."
        and scan.glued(j)
        and (len(scan.raw[i]) <= 4 or (scan.glued(j + 1) and scan.kind(j + 1) == "n"))
    ):
        j += 1
    if (
        scan.word(j) == ","
        and scan.kind(j + 1) == "n"
        and scan.word(j + 2) in ("st", "nd", "rd", "th")
    ):
        j += 1
    if scan.word(j) == "the":
        found = day_of_month(scan, j)
    else:
        found = day_of_month(scan, j) if scan.word(j) != "of" else None
    worded = scan.kind(j) == "w" and scan.word(j) != "the"
    if found and worded and ordinal(scan, j) is None and year_words(scan, j):
        found = None  # August two thousand and fifteen, October nineteen ninety
    if found and worded and scan.word(i) in ("may", "march") and not scan.raw[i][:1].isupper():
        found = None
    if (
        found
        and scan.kind(j) == "n"
        and (
            scan.word(found[1]) in ("%", "percent", "people", "km", "million", ":")
            or _grouped(scan, j)
        )
    ):
        found = None
    if found:
        day, last = found
        year = tail_year(ctx, last, short=ordinal(scan, j) is not None and worded)
        if year:
            on = make_day(year[0], month, day)
            return Value(i, year[1], on, on, known=on is not None)
        return floating(ctx, i, last, "day", month, day)
    year = tail_year(ctx, j, short=True)
    if (
        year
        and scan.word(i) in ("may", "march")
        and not scan.raw[i][:1].isupper()
        and scan.word(i - 1) not in LEADS
    ):
        year = None
    if year:
        start, end = month_span(year[0], month)
        return Value(i, year[1], start, end, "month")
    if month_alone(scan, i) is None:
        return None
    return floating(ctx, i, i + 1, "month", month, 0)


def _grouped(scan: Scan, j: int) -> bool:
    return (
        scan.word(j + 1) in (".", ",")
        and scan.glued(j + 1)
        and scan.glued(j + 2)
        and scan.kind(j + 2) == "n"
        and len(scan.raw[j + 2]) != 4
    )


def day_first(ctx: Context, i: int) -> Value | None:
    """13 August 2021, the 13th of August, twenty five January, 2021 August."""
    scan = ctx.scan
    if scan.kind(i) == "n" and scan.plain[i] and len(scan.raw[i]) == 4:
        return _year_month(ctx, i)
    the = scan.word(i) == "the"
    found = day_of_month(scan, i)
    if found is None:
        return None
    day, j = found
    if scan.word(i - 1) in ("$", "€", "£"):
        return None
    if scan.word(j) == "of":
        j += 1
        if scan.word(j) in LAST or scan.word(j) in NEXT or scan.word(j) in THIS:
            return _day_of_relative(ctx, i, day, j)
        if (
            scan.word(j) == "the"
            and scan.word(j + 1) == "month"
            and "day" in (scan.word(j - 2), scan.word(j - 1))
        ):
            return _in_month(i, j + 2, ctx.published, day)
    if scan.word(j) == "-" and scan.glued(j):
        j += 1
    month = is_month(scan, j)
    if month is None or (scan.kind(i) == "n" and scan.word(j) == "may" and _verbish(scan, j + 1)):
        return None
    if (
        not the
        and scan.kind(i) == "w"
        and cardinal_day(scan, i)
        and scan.word(j) == "may"
        and not scan.raw[j][:1].isupper()
    ):
        return None
    last = j + 1
    if (
        scan.word(last) == "."
        and scan.glued(last)
        and len(scan.raw[j]) <= 4
        and tail_year(ctx, last, short=False)
    ):
        last += 1
    year = tail_year(ctx, last, short=False)
    if year:
        on = make_day(year[0], month, day)
        return Value(i, year[1], on, on, known=on is not None)
    return floating(ctx, i, last, "day", month, day)


def _year_month(ctx: Context, i: int) -> Value | None:
    scan = ctx.scan
    year = year_at(scan, i)
    if year is None:
        return None
    j = year[1]
    if scan.word(j) == ",":
        j += 1
    month = is_month(scan, j)
    if month is None or day_of_month(scan, j + 1) or _verbish(scan, j + 1):
        return None
    if scan.word(j) in ("march", "may") and not scan.raw[j][:1].isupper():
        return None
    start, end = month_span(year[0], month)
    return Value(i, j + 1, start, end, "month")


def _day_of_relative(ctx: Context, i: int, day: int, j: int) -> Value | None:
    scan = ctx.scan
    if scan.word(j + 1) != "month":
        return None
    step = -1 if scan.word(j) in LAST else 1 if scan.word(j) in NEXT else 0
    return _in_month(i, j + 2, shift(ctx.published, step, "month"), day)


def _in_month(first: int, last: int, month: date, day: int) -> Value:
    on = make_day(month.year, month.month, day)
    return Value(first, last, on, on, known=on is not None)


def bare_day(ctx: Context, i: int) -> Value | None:
    """The 18th, where the month is left to the reader: only after "on" or in a week or range."""
    scan = ctx.scan
    if scan.word(i) != "the":
        return None
    found = ordinal(scan, i + 1)
    if found is None or not 1 <= found[0] <= 31 or (scan.kind(i + 1) == "w"):
        return None
    after = scan.kind(found[1]) == "w" and scan.word(found[1]) not in (
        "and", "or", "at", "in", "to", "until", "but", "when", "where", "for", "with", "as", "by", "the", "after",
    )  # fmt: skip
    if after or (scan.word(found[1]) == "-" and scan.glued(found[1])):
        return None
    return floating(ctx, i, found[1], "dom", found[0], 0)


def feast_date(ctx: Context, i: int) -> Value | None:
    """Christmas, Easter 2018, the next new year's day, independence day of this year."""
    scan = ctx.scan
    name, last = "", i
    for count in (5, 4, 3, 2, 1):
        if i + count > len(scan):
            continue
        text = scan.text[scan.starts[i] : scan.ends[i + count - 1]].lower().replace("’", "'")
        if " ".join(text.split()) in FEASTS:
            name, last = " ".join(text.split()), i + count
            break
    if not name:
        return None
    if name == "may day" and not scan.raw[i][:1].isupper():
        return None
    year = tail_year(ctx, last, short=False)
    if year:
        return settle(Value(i, year[1], None, None, open_year=("feast", 0, 0), name=name), year[0])
    return floating(ctx, i, last, "feast", 0, 0, name)
