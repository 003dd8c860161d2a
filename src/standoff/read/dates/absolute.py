"""Dates written in digits: 2021-08-13, 13/08/2021, 8/13, 2021/8, 20210813, 05-Aug-2016."""

from __future__ import annotations

import re
from bisect import bisect_left

from standoff.read.dates.calendar import make_day, month_span
from standoff.read.dates.names import MONTHS, WEEKDAYS
from standoff.read.dates.value import Context, Value, floating
from standoff.read.scan import words

_MON = r"(?P<mon>[A-Za-z]{3,9})\.?"
_FORMS = (
    r"(?P<y>[12]\d{3})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
    r"(?P<y>(?:19|20)\d\d) (?P<m>\d{1,2}) (?P<d>\d{1,2})",
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
    r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)",
    rf"(?P<y>[12]\d{{3}})[-/]{_MON}[-/](?P<d>\d{{1,2}})",
    rf"(?P<y>[12]\d{{3}})[-/](?P<d>\d{{1,2}})[-/]{_MON}",
    rf"(?P<d>\d{{1,2}})[-/]{_MON}[-/](?P<y>[12]\d{{3}}|\d\d)",
    rf"(?P<d>\d{{1,2}})[-/](?P<y>[12]\d{{3}})[-/]{_MON}",
    rf"{_MON}[-/](?P<d>\d{{1,2}})[-/](?P<y>[12]\d{{3}})",
    rf"{_MON}[-/](?P<y>[12]\d{{3}})[-/](?P<d>\d{{1,2}})",
    r"(?P<y>(?:19|20)\d\d)(?: ?[-/] ?|\.)(?P<m>\d{1,2})",
    r"(?P<m>\d{1,2}) ?[-/] ?(?P<y>(?:19|20)\d\d)",
    rf"{_MON}[-/](?P<y>[12]\d{{3}})",
    rf"(?P<y>[12]\d{{3}})[-/]{_MON}",
    rf"{_MON}[-/](?P<d>\d{{1,2}})",
    r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})",
)
_EDGE = r"(?![\w%°]|[/.:,]\d|-[A-Za-z]"
# A hyphen and a digit may follow only where the date itself is written with other marks.
FORMS = tuple(re.compile(f + _EDGE + ("|-\\d)" if "[-/" in f else ")")) for f in _FORMS)
SLASHED = re.compile(r"\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d\d))?(?=-\d)")
# Words after which two bare numbers with a mark between them are a day and not a ratio.
LEADS = words(
    "on from by before after since until till to through between this next last or and date dated the"
)


_ORDERED = re.compile(r"(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\w/-])")


def day_first_in(text: str) -> bool:
    """Whether a text writes the day before the month: shown by a date that is none otherwise.

    >>> day_first_in("from 14/02/2019 to 03/04/2019"), day_first_in("on 02/14/2019, on 03/04/2019")
    (True, False)
    """
    pairs = [(int(m[1]), int(m[3])) for m in _ORDERED.finditer(text)]
    day = any(12 < a <= 31 and b <= 12 for a, b in pairs)
    return day and not any(12 < b <= 31 and a <= 12 for a, b in pairs)


def numeric_date(ctx: Context, i: int) -> Value | None:
    """A date in digits at token `i`; the American order where both readings are possible.

    >>> from datetime import date
    >>> from standoff.read.scan import scan_text
    >>> ctx = Context(scan_text("signed 23/08/2019 there"), date(2021, 8, 13))
    >>> numeric_date(ctx, 1).start
    datetime.date(2019, 8, 23)
    """
    scan = ctx.scan
    kind = scan.kind(i)
    if kind == "w" and scan.word(i) not in MONTHS:
        return None
    if i >= len(scan):
        return None
    start = scan.starts[i]
    before = scan.text[max(0, start - 2) : start]
    if before[-1:] in "/.:+#$€£" and before[-1:]:
        return None
    slashed = SLASHED.match(scan.text, start)
    if before[-1:] == "-" and before[:1].isdigit() and scan.word(i + 1) != "/":
        return None
    if slashed is not None:
        return _slashed(ctx, i, slashed)
    for pattern in FORMS:
        match = pattern.match(scan.text, start)
        if match is None:
            continue
        last = bisect_left(scan.starts, match.end())
        if scan.ends[last - 1] != match.end():
            continue
        value = _read(ctx, match, i, last)
        if value is not None:
            return value
    return None


def _read(ctx: Context, match: re.Match[str], i: int, last: int) -> Value | None:
    part = match.groupdict()
    named = part.get("mon")
    month = MONTHS.get(named.lower()) if named else None
    if named and month is None:
        return None
    if part.get("m"):
        month = int(part["m"])
    day = int(part["d"]) if part.get("d") else None
    year = _year(part.get("y"))
    if part.get("a"):
        a, b = int(part["a"]), int(part["b"])
        if year is None:
            return _short(ctx, match, i, last, a, b)
        dotted = part["s"] == "."
        month, day = (b, a) if a > 12 or ((dotted or ctx.day_first) and b <= 12) else (a, b)
    if month is None or not 1 <= month <= 12:
        return None
    if year is None:
        if day is None or not 1 <= day <= 31:
            return None
        return floating(ctx, i, last, "day", month, day)
    if day is None:
        start, end = month_span(year, month)
        return Value(i, last, start, end, "month")
    if not 1 <= day <= 31:
        return None
    on = make_day(year, month, day)
    return Value(i, last, on, on, known=on is not None)


def _slashed(ctx: Context, i: int, match: re.Match[str]) -> Value | None:
    """The first end of 10/1-11/7 or 10/1/2018-10/7/2018."""
    parts = [int(n) for n in match.group().split("/")]
    last = bisect_left(ctx.scan.starts, match.end())
    swapped = parts[0] > 12 or (ctx.day_first and parts[1] <= 12)
    month, day = (parts[1], parts[0]) if swapped else (parts[0], parts[1])
    if not (1 <= month <= 12 and 1 <= day <= 31) or (
        len(parts) == 2 and "/" not in ctx.scan.lower[last : last + 3]
    ):
        return None
    if len(parts) == 2:
        return floating(ctx, i, last, "day", month, day)
    year = _year(match.group().rsplit("/", 1)[1])
    on = make_day(year or 0, month, day)
    return Value(i, last, on, on, known=on is not None)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    year = int(text)
    if len(text) > 2:
        return year if year > 0 else None
    return year + (2000 if year < 30 else 1900)


def _short(ctx: Context, match: re.Match[str], i: int, last: int, a: int, b: int) -> Value | None:
    """Two numbers and no year: a day of the year only where the words before say so."""
    scan = ctx.scan
    mark = match["s"]
    before = scan.word(i - 1)
    alone = i == 0 and last == len(scan)
    led = (
        before in LEADS
        or before in WEEKDAYS
        or (before == "-" and scan.kind(i - 2) == "n")
        or (before in (",", "-", "–", "?") and i > 1)
    )
    if not (led or alone or (i == 0 and mark == "/")):
        return None
    if mark == "-" and not (before in WEEKDAYS or alone):
        return None
    if mark == "." and before not in WEEKDAYS and before != "on":
        return None
    if (
        mark == "/"
        and scan.kind(last) == "w"
        and scan.word(last) in ("majority", "of", "cup", "vote", "share")
    ):
        return None
    month, day = (b, a) if a > 12 or (ctx.day_first and b <= 12) else (a, b)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if (month, day) == (9, 11) and mark == "/" and before in ("the", "since", "after", "before"):
        on = make_day(2001, 9, 11)
        return Value(i, last, on, on)
    return floating(ctx, i, last, "day", month, day)
