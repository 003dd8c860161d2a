"""Open intervals and distances from a date: since August, before 2010, two weeks after Easter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from standoff.read.dates.calendar import shift
from standoff.read.dates.names import NEXT, WEEKDAYS
from standoff.read.dates.parse import atom, of_week
from standoff.read.dates.ranges import plain_year
from standoff.read.dates.spans import Count, count_at
from standoff.read.dates.value import Context, Value
from standoff.read.scan import Scan, words

# Words before a date, longest first: what they bound and whether the named period belongs to it.
BEFORE: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (("no", "later", "than"), "end", True),
    (("not", "later", "than"), "end", True),
    (("no", "earlier", "than"), "start", True),
    (("not", "before"), "start", True),
    (("as", "early", "as"), "start", True),
    (("as", "late", "as"), "end", False),
    (("as", "of"), "start", True),
    (("year", "greater", "than"), "start", False),
    (("greater", "than"), "start", False),
    (("later", "than"), "start", False),
    (("earlier", "than"), "end", False),
    (("prior", "to"), "end", False),
    (("ahead", "of"), "", False),
    (("starting", "on"), "start", True),
    (("starting", "from"), "start", True),
    (("starting", "in"), "start", True),
    (("starting",), "start", True),
    (("beginning", "on"), "start", True),
    (("beginning", "in"), "start", True),
    (("beginning",), "start", True),
    (("effective",), "start", True),
    (("ever", "since"), "start", True),
    (("since",), "start", True),
    (("before",), "end", False),
    (("after",), "start", False),
    (("until",), "end", True),
    (("till",), "end", True),
    (("by",), "end", True),
)
_FIRST = frozenset(lead[0] for lead, _, _ in BEFORE)
NOUNS = words(
    "attack attacks talks summit election elections war strike strikes vote test tests drills deal treaty accord "
    "crisis coup visit ceasefire truce speech raid clash clashes protest protests"
)
FAR = frozenset(["before", "after", "from", "since", "earlier", "prior"])


def bound_at(ctx: Context, i: int, anchor: date | None = None) -> Value | None:
    """An interval open on one side that starts at token `i`.

    >>> from standoff.read.scan import scan_text
    >>> value = bound_at(Context(scan_text("before 2010"), date(2021, 8, 13)), 0)
    >>> value.start, str(value.end)
    (None, '2009-12-31')
    """
    scan = ctx.scan
    if scan.word(i) in ("<", ">"):
        return _signs(ctx, i)
    if scan.word(i) not in _FIRST:
        return None
    for lead, side, inside in BEFORE:
        if tuple(scan.lower[i : i + len(lead)]) != lead:
            continue
        j = i + len(lead)
        if not side:
            return None
        start = (
            j + 1
            if scan.word(j) == "the"
            and (scan.word(j + 1) in ("end", "beginning", "start", "middle", "year", "calendar"))
            else j
        )
        value = _inner(ctx, start, anchor)
        if value is None or value.name == "now":
            return None
        if _is_adjunct(scan, lead[0], i, value):
            return None
        return _bounded(ctx, value, i, side, inside, lead[0])
    return None


def _inner(ctx: Context, j: int, anchor: date | None) -> Value | None:
    value = far_at(ctx, j, anchor) or atom(ctx, j, anchor)
    year = plain_year(ctx, j)
    if year is not None and (value is None or value.last <= year.last):
        return year
    return value


def _is_adjunct(scan: Scan, word: str, i: int, value: Value) -> bool:
    """ "after Friday's talks", "before last year's vote": the date belongs to the noun, not to "after"."""
    last = value.last
    if word in ("after", "before", "since", "by", "until", "ahead", "beginning", "starting"):
        if scan.word(last) in ("'", "’") and scan.word(last + 1) == "s" and scan.glued(last + 1):
            return True
        if scan.word(last) == "'s":
            return True
        if (
            word in ("after", "before")
            and scan.kind(last) == "w"
            and not scan.glued(last)
            and value.grain in ("day", "week", "year", "month")
        ):
            nxt = scan.word(last)
            return nxt in NOUNS or nxt.endswith(("tion", "ment", "ing", "ings", "tions", "ments"))
    return False


def _bounded(
    ctx: Context, value: Value, first: int, side: str, inside: bool, word: str
) -> Value | None:
    start, end = value.start, value.end
    if start is None or end is None:
        return replace(value, first=first) if not value.known else None
    parted = value.grain == "other" and ctx.scan.word(value.first) in ("end", "late")
    if side == "start":
        if inside:
            low = start
        elif value.grain == "day":
            low = start  # the act after a day may fall on the rest of that day
        elif value.grain == "other" and ctx.scan.word(value.first) in (
            "beginning",
            "early",
            "start",
        ):
            low = start
        else:
            low = shift(end, 1, "day")
        return Value(first, value.last, low, None, "other")
    if inside or (parted and word in ("before", "by")):
        return Value(first, value.last, None, end, "other")
    return Value(first, value.last, None, shift(start, -1, "day"), "other")


def _signs(ctx: Context, i: int) -> Value | None:
    """> = 2019, < 2010."""
    scan = ctx.scan
    equal = scan.word(i + 1) == "="
    year = plain_year(ctx, i + 2 if equal else i + 1)
    if year is None or year.start is None or year.end is None:
        return None
    if scan.word(i) == ">":
        return Value(
            i, year.last, year.start if equal else shift(year.end, 1, "day"), None, "other"
        )
    return Value(i, year.last, None, year.end if equal else shift(year.start, -1, "day"), "other")


def bound_after(ctx: Context, value: Value) -> Value:
    """Bounds behind a date: 2012 or later, 2016 and after, from 2018 onwards, 3 May or earlier."""
    scan, j = ctx.scan, value.last
    if value.start is None or value.end is None:
        return value
    word, nxt = scan.word(j), scan.word(j + 1)
    if word in ("or", "and") and nxt in (
        "later",
        "after",
        "greater",
        "beyond",
        "onward",
        "onwards",
        "newer",
    ):
        if scan.word(j + 2) == "than" or (nxt == "after" and scan.kind(j + 2) == "w"):
            return value
        return Value(value.first, j + 2, value.start, None, "other")
    if (
        word in ("or", "and")
        and nxt in ("earlier", "before", "older")
        and scan.kind(j + 2) not in ("w", "n")
    ):
        return Value(value.first, j + 2, None, value.end, "other")
    if word in ("onward", "onwards"):
        return Value(value.first, j + 1, value.start, None, "other")
    return value


def far_at(ctx: Context, i: int, anchor: date | None = None) -> Value | None:
    """A distance from a named day: 3 days from Tuesday, two weeks before Christmas, in two years since 2011.

    >>> from standoff.read.scan import scan_text
    >>> str(far_at(Context(scan_text("2 weeks before May 13 1999"), date(2021, 8, 13)), 0).start)
    '1999-04-29'
    """
    scan = ctx.scan
    word = scan.word(i)
    if word == "for":
        return _lasting(ctx, i, anchor)
    more = (
        1
        if (word, scan.word(i + 1)) == ("more", "than")
        else -1
        if (word, scan.word(i + 1)) == ("less", "than")
        else 0
    )
    within = word == "within"
    j = i + 2 if more else i + 1 if word in ("in", "within") else i
    count = count_at(scan, j)
    if count is None:
        return None
    mark = scan.word(count.last)
    if mark in ("starting", "beginning", ",") and word != "in":
        return _lasting(ctx, i, anchor)
    if mark not in FAR:
        return None
    k = count.last + 1
    if mark == "prior" and scan.word(k) != "to":
        return None
    k = k + 1 if mark in ("prior", "earlier") else k
    if scan.word(k) == "the" and scan.word(k + 1) == "year":
        k += 1
    base = atom(ctx, k, anchor) or (
        plain_year(ctx, k) if mark in ("before", "after", "since") else None
    )
    now = scan.word(k) == "now"
    if now:
        base = Value(k, k + 1, ctx.published, ctx.published)
    if (
        base is None
        or base.start is None
        or base.end is None
        or base.grain not in ("day", "year", "month")
    ):
        return None
    if (scan.word(base.last) in ("'", "’") and scan.word(base.last + 1) == "s") or scan.word(
        base.last
    ) == "'s":
        return None
    return _distance(i, base, count, mark, more, within)


def _distance(
    first: int, base: Value, count: Count, mark: str, more: int, within: bool
) -> Value | None:
    back = mark in ("before", "earlier", "prior")
    if base.start is None:
        return None
    on = count.move(base.start, -1 if back else 1)
    if more > 0 and back:
        return Value(first, base.last, None, shift(on, -1, "day"), "other")
    if more > 0:
        return Value(first, base.last, on, None, "other")
    if more < 0 or within:
        if back:
            return Value(first, base.last, on, base.start, "other")
        return Value(
            first,
            base.last,
            base.start,
            shift(on, -1, "day") if mark != "after" else shift(on, 0, "day"),
            "other",
        )
    return Value(first, base.last, on, on)


def _lasting(ctx: Context, i: int, anchor: date | None) -> Value | None:
    """A stretch from a day on: for 3 days from today, 2 weeks starting May 20th."""
    scan = ctx.scan
    led = scan.word(i) == "for"
    count = count_at(scan, i + 1 if led else i)
    if count is None:
        return None
    k = count.last
    if scan.word(k) == ",":
        k += 1
        if not led:
            return None
    if scan.word(k) in ("starting", "beginning"):
        k += 1
        k = k + 1 if scan.word(k) in ("on", "from") else k
        first = i + 1 if led else i
    elif led and scan.word(k) == "from":
        k, first = k + 1, i
    else:
        return None
    base = atom(ctx, k, anchor)
    if base is None or base.start is None or base.grain != "day":
        return None
    return Value(first, base.last, base.start, shift(count.move(base.start, 1), -1, "day"), "other")


def weekday_joined(ctx: Context, value: Value) -> Value:
    """A weekday next to a distance: Monday two weeks from now, in 3 days on Friday."""
    scan = ctx.scan
    j = value.last
    if value.start is None or value.end != value.start:
        return value
    if scan.word(j) == "on" and scan.word(j + 1) in WEEKDAYS and scan.word(value.first) not in NEXT:
        day = WEEKDAYS[scan.word(j + 1)]
        on = shift(value.start, day - value.start.weekday(), "day")
        return Value(value.first, j + 2, on, on)
    return value


def weekday_led(ctx: Context, i: int, anchor: date | None = None) -> Value | None:
    """Monday two weeks from now; Thursday, two years from now; Tuesday of last week."""
    scan = ctx.scan
    found = of_week(ctx, i)
    if found is not None:
        return found
    day = WEEKDAYS.get(scan.word(i)) if scan.kind(i) == "w" else None
    if day is None:
        return None
    j = i + 2 if scan.word(i + 1) == "," else i + 1
    if count_at(scan, j) is None:
        return None
    value = far_at(ctx, j, anchor) or atom(ctx, j, anchor)
    if (
        value is None
        or value.start is None
        or value.end != value.start
        or (scan.word(value.last - 1) == "ago" and j > i + 1)
    ):
        return None
    on = shift(value.start, day - value.start.weekday(), "day")
    return Value(i, value.last, on, on)
