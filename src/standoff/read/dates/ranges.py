"""Ranges, open sides and distances from a day: from March to May, since August, two weeks after Easter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from standoff.read.dates.absolute import yearly
from standoff.read.dates.calendar import make_day, month_span, shift
from standoff.read.dates.value import GRAMMAR, MONTH, WEEKDAY, Context, Hit, Value, maker
from standoff.read.dates.words import count_in, number_of, said_year, step_of

_BOUND, _EVENT, _FAR = GRAMMAR.words("bound"), GRAMMAR.words("event"), GRAMMAR.numbers("far")
_EDGE = GRAMMAR.pattern("(?:the )?{edge} (?:of )?(?:the )?")
_ALIKE = ("day", "month", "year", "quarter", "week", "decade", "other", "half")


@maker
def joined(hit: Hit) -> Value | None:
    """A range between two dates; without "from" only between alike ends, or tied by a dash or "until"."""
    a, b = hit.values
    if hit["and"] and hit["lead"] != "between":
        return None
    if not hit["lead"] and not hit["dash"]:
        to = hit.ctx.before(b.first) == "to"
        alike = a.grain == b.grain or {a.grain, b.grain} <= {"day", "month", "year"}
        if a.grain not in _ALIKE or (to and (not alike or a.grain == "other")):
            return None
    elif not hit["lead"] and a.grain not in _ALIKE:
        return None
    year = said_year(hit)
    if year is not None and b.floats:
        return _combine(hit, a, b.settled(year))
    return _combine(hit.__class__(hit.ctx, hit.rule, hit.first, b.last, (), ()), a, b)


def _combine(hit: Hit, a: Value, b: Value) -> Value | None:
    """Both ends put into their years; the later end may lend its year to the earlier one."""
    if a.made == b.made == "now":
        return None
    if a.floats and not b.floats and b.start and b.made != "now":
        lent = a.settled(b.start.year)
        a = a.settled(b.start.year - 1) if lent.start and b.end and lent.start > b.end else lent
    elif b.floats and not a.floats and a.start:
        b = _not_before(b, a.start)
    elif a.floats and b.floats and a.start and b.end:
        a, b = _nearest(hit, a, b)
    if a.start is None or b.end is None:
        return None if a.known and b.known else hit.unknown()
    start, end = _edge(hit.ctx, a, opening=True), _edge(hit.ctx, b, opening=False)
    if start > end and hit.ctx.low[b.first : b.last] in WEEKDAY:
        end = shift(end, 7 * ((start - end).days // 7 + 1), "day")
    return hit.value((start, end)) if start <= end else None


def _not_before(b: Value, start: date) -> Value:
    """The later end in the first year that does not put it before the earlier one."""
    moved = b.settled(start.year)
    return b.settled(start.year + 1) if moved.end and moved.end < start else moved


def _nearest(hit: Hit, a: Value, b: Value) -> tuple[Value, Value]:
    """Both ends without a year: the range that holds the day of publication, else the nearest by tense."""
    published = hit.ctx.published
    lows = [a.settled(published.year + n) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
    pairs = [(low, _not_before(b, low.start)) for low in lows if low.start]
    spans = [(low.start, high.end, low, high) for low, high in pairs if low.start and high.end]
    held = [(low, high) for start, end, low, high in spans if start <= published <= end]
    ahead = [(low, high) for start, _, low, high in spans if start > published]
    behind = [(low, high) for _, end, low, high in spans if end < published]
    if held or (ahead and hit.ctx.future(hit.first, hit.last)):
        return (held or ahead)[0]
    return behind[-1] if behind else (a, b)


def _edge(ctx: Context, value: Value, *, opening: bool) -> date:
    """The end that a part of a period gives to a range: "to the end of June" is 30 June."""
    low, high = value.span
    found = _EDGE.match(ctx.low, value.first)
    whole = ctx.memo.get(found.end()) if found else None
    if value.made != "part" or found is None or whole is None or not whole.start or not whole.end:
        return low if opening else high
    years = low.year - whole.start.year
    start, end = shift(whole.start, years, "year"), shift(whole.end, years, "year")
    part = GRAMMAR.words("edge")[found["edge"]]
    if part == "mid":
        start = shift(start, ((end - start).days + 1) // 2, "day")
    if part == "late":
        return shift(end, 1, "day") if opening else end
    return start if opening else shift(start, -1, "day")


@maker
def range_to_day(hit: Hit) -> Value | None:
    """November 19 to 20, from April the 9th till the 17th: the second day in the month of the first."""
    (a,) = hit.values
    number = number_of(hit["dom"])
    if (hit["and"] and hit["lead"] != "between") or not 1 <= number <= 31:
        return None
    start, _ = a.span
    on = make_day(start.year, start.month, number)
    if on is None or on < start:
        month = shift(start.replace(day=1), 1, "month")
        on = make_day(month.year, month.month, number)
    if on is None:
        return None
    year = said_year(hit)
    b = replace(hit.day(on), floats=yearly(on.month, on.day) if a.floats else None)
    return _combine(hit, a, b.settled(year) if year and b.floats else b)


@maker
def range_in_month(hit: Hit) -> Value | None:
    """4-22 January 1995, 9 to 12 of June, from 4 to 23 next month."""
    first, second = (number_of(day) for day in hit.all("dom")[:2])
    if hit["and"] and hit["lead"] != "between":
        return None
    year = said_year(hit)
    if hit["step"]:
        month = shift(hit.ctx.published, step_of(hit), "month")
        month, year = month.month, month.year
    else:
        month = MONTH[hit["month"]]
    if year is None:
        late = hit.floating("day", yearly(month, second))
        if late.start is None:
            return None
        year = late.start.year
    end, start = make_day(year, month, second), make_day(year, month, first)
    if start and end and start > end:
        before = shift(month_span(year, month)[0], -1, "month")
        start = make_day(before.year, before.month, first)
    return hit.value((start, end)) if start and end else None


@maker
def range_from_day(hit: Hit) -> Value | None:
    """From 4 to January 22, 1995: the first day takes the month of the second end."""
    (_, late), day = hit.values[0].span, number_of(hit["dom"])
    return hit.value((late.replace(day=day), late)) if day <= late.day else None


@maker
def range_in_week(hit: Hit) -> Value | None:
    """Next week between Wednesday and Friday."""
    a, b = (WEEKDAY[word] for word in hit.all("weekday"))
    monday = shift(hit.ctx.published, 7 * step_of(hit) - hit.ctx.published.weekday(), "day")
    return hit.value((shift(monday, a, "day"), shift(monday, b, "day"))) if a <= b else None


@maker
def bounded(hit: Hit) -> Value | None:
    """Since 2014, by mid-2023, until 1 September: open on one side."""
    (value,) = hit.values
    lead = " ".join(hit["bound"].split())
    if value.made == "now" or _is_adjunct(hit.ctx, lead, value):
        return None
    if lead.endswith("since") and value.floats and value.span[0] > hit.ctx.published:
        value = value.settled(
            max(value.span[0].year - 1, 1)
        )  # "since" looks back whatever the tense
    (start, end), side = value.span, _BOUND[lead]
    part = GRAMMAR.words("part").get(hit.ctx.after(value.first)) if value.grain == "other" else ""
    if side in ("start+", "start-"):
        # The act after a day, or after the start of a period, may fall into it.
        whole = side == "start+" or value.grain == "day" or part == "early"
        return hit.value((start if whole else shift(end, 1, "day"), None))
    whole = side == "end+" or (lead == "before" and part == "late")
    return hit.value((None, end if whole else shift(start, -1, "day")))


def _is_adjunct(ctx: Context, lead: str, value: Value) -> bool:
    """After Friday's talks, before last year's vote: the date belongs to the noun, not to "after"."""
    if ctx.low.startswith("'s", value.last) and lead in GRAMMAR.words("adjunct_lead"):
        return True
    if lead not in ("after", "before") or value.grain not in ("day", "week", "year", "month"):
        return False
    noun = ctx.after(value.last) if ctx.low[value.last : value.last + 1].isspace() else ""
    return noun in _EVENT or noun.endswith(("tion", "ment", "ing", "ings", "tions", "ments"))


@maker
def opened(hit: Hit) -> Value | None:
    """2012 or later, from 2018 onwards, 3 May or earlier."""
    (value,) = hit.values
    if value.start is None or value.end is None:
        return None
    return hit.value((None, value.end) if hit["before"] else (value.start, None))


@maker
def now(hit: Hit) -> Value:
    """Now, as an end of a range; "to date", "to the present" is up to the day before."""
    on = shift(hit.ctx.published, hit.rule.args["days"], "day")
    return replace(hit.day(on), made="now")


@maker
def same(hit: Hit) -> Value:
    """The end of June: "the" belongs to it."""
    return hit.values[0].at(hit.first, hit.last)


@maker
def signed(hit: Hit) -> Value | None:
    """> 2010, <= 2019."""
    start, end = hit.values[0].span
    if hit["sign"] == ">":
        return hit.value((start if hit["equal"] else shift(end, 1, "day"), None))
    return hit.value((None, end if hit["equal"] else shift(start, -1, "day")))


@maker
def far(hit: Hit) -> Value | None:
    """Two weeks before Christmas, more than 3 days after Tuesday, in two years since 2011."""
    base, count = hit.values[0].span[0], count_in(hit["count"])
    if count is None or hit.ctx.low.startswith("'s", hit.last):
        return None
    way = _FAR[" ".join(hit["far"].split())]
    on = count.move(base, way)
    if hit["more"] == "more":
        return hit.value((None, shift(on, -1, "day")) if way < 0 else (on, None))
    if hit["more"] or hit["lead"] == "within":
        if way < 0:
            return hit.value((on, base))
        return hit.value((base, on if hit["far"] == "after" else shift(on, -1, "day")))
    return hit.day(on)


@maker
def lasting(hit: Hit) -> Value | None:
    """For 3 days from today, 2 weeks starting May 20th."""
    base, count = hit.values[0].span[0], count_in(hit["count"])
    if count is None:
        return None
    value = hit.value((base, shift(count.move(base, 1), -1, "day")))
    led = hit["lead"] and hit["from"].strip(", ") != "from"
    return replace(value, first=hit.place("count")) if led else value
