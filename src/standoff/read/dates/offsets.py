"""Distances in time: two months ago, three days earlier, in two weeks, within nine months."""

from __future__ import annotations

from datetime import date

from standoff.read.dates.calendar import shift
from standoff.read.dates.names import LAST, NEXT
from standoff.read.dates.relative import span_of
from standoff.read.dates.spans import Count, count_at
from standoff.read.dates.value import Context, Value
from standoff.read.scan import Scan
from standoff.terms import DateBasis

# What a loose count means when it is counted back: from so many units to so many.
LOOSE = {"few": (2, 5), "several": (3, 9), "couple": (2, 2)}


def offset(ctx: Context, i: int, anchor: date | None) -> Value | None:
    """Two months ago, three days earlier, a week from now, in two weeks, within nine months."""
    scan, published = ctx.scan, ctx.published
    word = scan.word(i)
    if word in ("in", "within"):
        return _ahead(ctx, i)
    more = (
        1
        if word == "more" and scan.word(i + 1) == "than"
        else -1
        if word == "less" and scan.word(i + 1) == "than"
        else 0
    )
    j = i + 2 if more else i
    count = count_at(scan, j)
    if count is None:
        return None
    k = count.last
    mark = scan.word(k)
    if mark == "ago" or (mark == "back" and scan.word(k + 1) in (",", ".", "")):
        return _back(ctx, i, k + 1, count, published, more)
    if mark in ("earlier", "before", "previously") and scan.word(k + 1) in (
        "",
        ".",
        ",",
        ";",
        ")",
        "in",
        "at",
        "and",
        "when",
        "that",
        "to",
        "on",
        "by",
    ):
        return _back(ctx, i, k + 1, count, anchor or published, more, DateBasis.INFERRED)
    if (
        mark in ("later", "after", "afterwards", "thereafter")
        and scan.word(k + 1)
        in (
            "",
            ".",
            ",",
            ";",
            ")",
            "in",
            "at",
            "and",
            "when",
            "that",
            "the",
            "it",
            "he",
            "she",
            "they",
            "to",
            "on",
        )
        and mark != "after"
    ):
        on = count.move(anchor or published, 1)
        return Value(i, k + 1, on, on, basis=DateBasis.INFERRED)
    if mark == "hence":
        return span_of(ctx, i, k + 1, count, 1)
    if mark == "in" and scan.word(k + 1) == "the" and scan.word(k + 2) == "future":
        return span_of(ctx, i, k + 3, count, 1)
    if mark == "to" and scan.word(k + 1) == "date":
        return None
    if (mark == "from" and scan.word(k + 1) in ("now", "today")) and not more:
        on = count.move(published, 1)
        return Value(i, k + 2, on, on)
    return None


def _back(
    ctx: Context,
    i: int,
    last: int,
    count: Count,
    day: date,
    more: int,
    basis: DateBasis = DateBasis.STATED,
) -> Value:
    if more > 0:
        return Value(i, last, None, count.move(day, -1), "other", basis=basis)
    if more < 0:
        return Value(i, last, count.move(day, -1), day, "other", basis=basis)
    if count.loose in LOOSE:
        unit = count.amounts[0][1]
        near, far = LOOSE[count.loose]
        return Value(
            i,
            last,
            shift(day, -far, unit),
            shift(day, -near, unit),
            "other",
            basis=DateBasis.INFERRED,
        )
    on = count.move(day, -1)
    return Value(i, last, on, on, basis=basis)


def _ahead(ctx: Context, i: int) -> Value | None:
    scan, published = ctx.scan, ctx.published
    within = scan.word(i) == "within"
    j = i + 1
    if scan.word(j) == "the":
        j += 1
        if not within and scan.word(j) not in NEXT:
            return None  # "in the six months to June" is a stretch, not a distance
    if scan.word(j) in NEXT:
        if not within:
            return None
        j += 1
    elif scan.word(j) in LAST:
        return None
    count = count_at(scan, j)
    if count is None:
        return None
    last = count.last
    if scan.word(last) == "of":
        return None
    if within:
        if scan.word(last) == "from" and scan.word(last + 1) in ("today", "now"):
            last += 2
        if scan.word(j - 1) not in NEXT and not ctx.future(i, last) and _reports_past(scan, last):
            return None
        return Value(i, last, published, shift(count.move(published, 1), -1, "day"), "other")
    if (
        not ctx.future(i, last)
        and scan.word(i - 1) not in ("meeting", "again", "days")
        and _past_frame(scan, i, last)
    ):
        return None
    if scan.word(last) == "from" and scan.word(last + 1) in ("today", "now"):
        i, last = i + 1, last + 2
    on = count.move(published, 1)
    return Value(i, last, on, on)


def _reports_past(scan: Scan, last: int) -> bool:
    return scan.word(last) in ("of", "after")


def _past_frame(scan: Scan, i: int, last: int) -> bool:
    """ "for the first time in two years", "the worst in 3 decades": a stretch that lies behind."""
    before = " ".join(scan.lower[max(0, i - 8) : i])
    if any(
        cue in before
        for cue in (
            "first time",
            "second time",
            "third",
            "lowest",
            "highest",
            "largest",
            "worst",
            "biggest",
            "first",
            "most",
            "time",
        )
    ):
        return True
    return scan.word(last) in ("of", "after") or any(
        w.endswith("ed") or w in ("was", "were", "had", "has", "have", "fell", "rose", "grew")
        for w in scan.lower[max(0, i - 10) : i]
    )
