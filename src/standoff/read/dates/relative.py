"""Dates counted from the day of publication: today, last week, two months ago, on Friday."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from standoff.read.dates.calendar import (
    business_day,
    feast_day,
    make_day,
    month_span,
    moved_unit,
    season_span,
    shift,
    unit_span,
)
from standoff.read.dates.value import GRAMMAR, MONTH, STEP, WEEKDAY, Hit, Value, maker
from standoff.read.dates.words import count_in, number_of, step_of
from standoff.terms import DateBasis

_NEAR_COUNT, _FAR_COUNT = GRAMMAR.numbers("near_count"), GRAMMAR.numbers("far_count")
_BEHIND_CUE = GRAMMAR.pattern(r"(?<!\w){:behind_cue}")
_WAS = GRAMMAR.pattern(r"(?<!\w)(?:{:was}|\w+ed(?!\w))")
_OPEN = GRAMMAR.pattern(" ?(?:{:open_of}|\\d)| (?!(?:and|or|on|at|for|with|before)\\b)[^\\W\\d_]")


@maker
def simple_day(hit: Hit) -> Value:
    """Today, yesterday, the day after tomorrow; "the day before" hangs on a day not named."""
    name = " ".join(hit["simple"].split())
    basis = DateBasis.INFERRED if name in ("day before", "day after") else DateBasis.STATED
    return hit.day(shift(hit.ctx.published, GRAMMAR.numbers("simple")[name], "day"), basis)


@maker
def stepped(hit: Hit) -> Value:
    """Last week, next month, the year after next, the working days of this week."""
    unit, args = hit["unit"] or "week", hit.rule.args
    start, end = moved_unit(hit.ctx.published, unit, args.get("step") or step_of(hit))
    end = shift(start, args["days"] - 1, "day") if "days" in args else end
    return hit.value((start, end), unit)


@maker
def stepped_weekday(hit: Hit) -> Value:
    """Last Friday is that of last week; this past Friday and the coming Friday are the nearest."""
    published, weekday, step = hit.ctx.published, WEEKDAY[hit["weekday"]], step_of(hit)
    if not hit["this"] and hit["step"] not in GRAMMAR.words("near"):
        return hit.day(shift(unit_span(published, "week")[0], 7 * step + weekday, "day"))
    gap = (weekday - published.weekday()) % 7
    return hit.day(shift(published, gap - 7 if step < 0 else gap or 7, "day"))


@maker
def stepped_month(hit: Hit) -> Value | None:
    """Last May: the last one that is over; next May: the next one that has not begun."""
    published, month, step = hit.ctx.published, MONTH[hit["month"]], step_of(hit)
    if hit["month"] == "may" and not hit.ctx.capital(hit.place("month")) and step == 0:
        return None
    if hit["d"]:
        return hit.day(make_day(published.year + step, month, int(hit["d"])))
    year = published.year + (step if (month - published.month) * step <= 0 else 0)
    return hit.value(month_span(year, month), "month")


@maker
def stepped_season(hit: Hit) -> Value:
    """Last summer, this winter."""
    published, step = hit.ctx.published, step_of(hit)
    month = GRAMMAR.numbers("season")[hit["season"]]
    spans = [season_span(month, published.year + n) for n in (-2, -1, 0, 1, 2)]
    if step < 0:
        chosen = ([s for s in spans if s[1] < published] or spans)[-1]
    elif step > 0:
        chosen = next((s for s in spans if s[0] > published), spans[-1])
    else:
        chosen = next((s for s in spans if s[0] <= published <= s[1]), spans[2])
    return hit.value(chosen, basis=DateBasis.INFERRED)


@maker
def stepped_feast(hit: Hit) -> Value | None:
    """The last Easter before, or the next one after, the day of publication."""
    published, step, name = hit.ctx.published, step_of(hit), " ".join(hit["feast"].split())
    days = [feast_day(name, published.year + n) for n in (-1, 0, 1)]
    if step == 0:
        return hit.day(days[1])
    fit = [d for d in days if d and (d < published if step < 0 else d > published)]
    return hit.day(fit[-1] if step < 0 else fit[0]) if fit else None


@maker
def stepped_day(hit: Hit) -> Value | None:
    """This 3 May: the day and month of a year named by its place; last Friday 13 August."""
    (value,) = hit.values
    if value.floats and value.made != "weekday_date":
        value = value.settled(hit.ctx.published.year + step_of(hit))
    return value.at(hit.first, hit.last) if value.made == "weekday_date" or value.known else None


@maker
def rolling(hit: Hit) -> Value | None:
    """The last or next N units: counted from the day of publication, or in whole quarters and decades."""
    unit = hit["unit"] or ("" if hit["count"] else "decade")
    count, step = count_in(f"{hit['count'] or 'a'} {unit}"), step_of(hit)
    if count is None or step == 0:
        return None
    published = hit.ctx.published
    number, unit = count.amounts[0]
    whole = max(1, int(number))
    if unit == "fortnight" and step > 0:
        start = shift(unit_span(published, unit)[0], 14, "day")
        return hit.value((start, shift(start, 14 * whole - 1, "day")))
    if unit in ("quarter", "decade", "century", "fortnight") and len(count.amounts) == 1:
        near, far = sorted((step, step * whole))
        start, end = moved_unit(published, unit, near)[0], moved_unit(published, unit, far)[1]
        return hit.value((start, end), unit)
    if step < 0:
        return hit.value((count.move(published, -1), shift(published, -1, "day")))
    start = business_day(published, 1) if count.business else shift(published, 1, "day")
    return hit.value((start, count.move(published, 1)))


@maker
def this_unit(hit: Hit) -> Value | None:
    """The week, the same month, that weekend, my week: the current unit."""
    ctx, unit = hit.ctx, hit["unit"]
    if hit["the"]:
        before, behind = ctx.before(hit.first), ctx.after(hit.last)
        led_off = behind and (
            unit == "fortnight" or (behind == "before" and unit in ("day", "week"))
        )
        if led_off or _OPEN.match(ctx.low, hit.last):
            return None
        held = before in GRAMMAR.words("held_in") or not before
        if not held and (unit == "day" or (unit == "week" and before not in (".", "!"))):
            return None
    elif unit == "day":
        return None
    basis = DateBasis.STATED if hit["my"] else DateBasis.INFERRED
    return hit.value(unit_span(ctx.published, unit), unit, basis)


@maker
def special(hit: Hit) -> Value | None:
    """EOY, to date, the year to date, a weekend alone."""
    ctx = hit.ctx
    before, (start, end) = ctx.before(hit.first), unit_span(ctx.published, "year")
    yesterday = shift(ctx.published, -1, "day")
    if hit["eoy"]:
        return hit.value((date(start.year, 7, 1), end))
    if hit["ytd"]:
        return hit.value((start, yesterday))
    if hit["weekend"]:
        found = hit.value(unit_span(ctx.published, "weekend"), "weekend")
        return found if before in ("on", "at", "over") else None
    return None if before in ("up", "-") else hit.value((None, yesterday))


@maker
def distance(hit: Hit) -> Value | None:
    """Two weeks ago, from now (from the publication); two weeks earlier, later (from the last day named)."""
    count, way, named = count_in(hit["count"]), hit.rule.args["way"], "from" in hit.rule.args
    if count is None:
        return None
    day = (named and hit.ctx.anchor) or hit.ctx.published
    on, basis = count.move(day, way), DateBasis.INFERRED if named else DateBasis.STATED
    if way < 0 and hit["more"]:
        return hit.value((None, on) if hit["more"] == "more" else (on, day), basis=basis)
    if way < 0 and count.loose:
        unit = count.amounts[0][1]
        far, near = -_FAR_COUNT[count.loose], -_NEAR_COUNT[count.loose]
        return hit.value((shift(day, far, unit), shift(day, near, unit)), basis=DateBasis.INFERRED)
    return hit.day(on, basis)


@maker
def within(hit: Hit) -> Value | None:
    """Within two years: up to the day before two years are over."""
    ctx, count = hit.ctx, count_in(hit["count"])
    if count is None:
        return None
    after = not hit["step"] and ctx.after(hit.last) == "after"
    if after and not ctx.future(hit.first, hit.last):
        return None
    return hit.value((ctx.published, shift(count.move(ctx.published, 1), -1, "day")))


@maker
def ahead(hit: Hit) -> Value | None:
    """In three months; not "for the first time in two years", a stretch that lies behind."""
    ctx, count = hit.ctx, count_in(hit["count"])
    if count is None:
        return None
    around = " ".join(re.findall(r"\w+|[^\w\s]", ctx.low[max(0, hit.first - 90) : hit.first])[-12:])
    behind = ctx.after(hit.last) == "after" or _BEHIND_CUE.search(around)
    if behind or (_WAS.search(around) and not ctx.future(hit.first, hit.last)):
        return None
    value = hit.day(count.move(ctx.published, 1))
    return replace(value, first=hit.place("count")) if hit["now"] else value


@maker
def century(hit: Hit) -> Value | None:
    """The 19th century: the years 1800 to 1899, as in everyday use."""
    nth = number_of(hit["nth"])
    if not 1 <= nth <= 40:
        return None
    value = hit.value(unit_span(date(max(1, (nth - 1) * 100), 1, 1), "century"), "century")
    return replace(value, first=hit.place("nth"))


def _written(hit: Hit) -> bool:
    """Whether a word is written as a weekday is: the short ones with a capital."""
    return len(hit["weekday"]) > 5 or hit.ctx.capital(hit.place("weekday"))


@maker
def weekday_date(hit: Hit) -> Value | None:
    """Friday, 13 August; Tue May 9; Friday (13 August)."""
    (value,) = hit.values
    if not _written(hit):
        return None
    last = hit.last if "(" in hit["open"] else value.last
    return _with_weekday(hit, value, WEEKDAY[hit["weekday"]]).at(hit.first, last)


def _with_weekday(hit: Hit, value: Value, weekday: int) -> Value:
    """Where the year floats, the nearest year in which the weekday fits."""
    published, start = hit.ctx.published, value.start
    if value.floats is None or start is None or start.weekday() == weekday or start <= published:
        return value
    others = [value.settled(start.year + step) for step in (-1, 1)]
    near = [
        o for o in others
        if o.start and o.start.weekday() == weekday and abs((o.start - published).days) < 366
    ]  # fmt: skip
    return near[0] if len(near) == 1 else value


@maker
def weekday_number(hit: Hit) -> Value | None:
    """Friday the 13th, Mon 13th: the nearest month in which the day has that weekday."""
    number, ctx = number_of(hit["nth"]), hit.ctx
    if not 1 <= number <= 31 or not _written(hit):
        return None
    month = ctx.published.replace(day=1)
    steps = range(40) if ctx.future(hit.first, hit.last) else range(0, -40, -1)
    for step in steps:  # the day of this month counts whether it lies ahead or behind
        on = shift(month, step, "month")
        day = make_day(on.year, on.month, number)
        if day is not None and day.weekday() == WEEKDAY[hit["weekday"]]:
            return hit.day(day)
    return None


@maker
def weekday_alone(hit: Hit) -> Value:
    """The last such day up to that of publication, or the next one where the tense is future."""
    published = hit.ctx.published
    back = (published.weekday() - WEEKDAY[hit["weekday"]]) % 7
    ahead = hit.ctx.future(hit.first, hit.last)
    return hit.day(shift(published, (7 - back) % 7 if ahead else -back, "day"))


@maker
def weekday_of_week(hit: Hit) -> Value:
    """Tuesday of next week, on Monday of the following week."""
    monday = unit_span(hit.ctx.published, "week")[0]
    value = hit.day(shift(monday, 7 * step_of(hit) + WEEKDAY[hit["weekday"]], "day"))
    return value if hit["the"] else replace(value, first=hit.place("weekday"))


@maker
def weekday_in_week(hit: Hit) -> Value | None:
    """Next week Wednesday, last week on Tuesday."""
    monday, _ = hit.values[0].span
    return hit.day(shift(monday, WEEKDAY[hit["weekday"]], "day")) if _written(hit) else None


@maker
def weekday_near(hit: Hit) -> Value | None:
    """In 3 days on Friday: the weekday of that week."""
    (value,) = hit.values
    stepped = STEP.get(hit.ctx.after(value.first), 0) > 0
    if (
        value.start is None
        or value.end != value.start
        or stepped
        or value.made.startswith("weekday")
    ):
        return None
    return hit.day(shift(value.start, WEEKDAY[hit["weekday"]] - value.start.weekday(), "day"))


@maker
def weekday_far(hit: Hit) -> Value | None:
    """Monday two weeks from now; Thursday, two years from now."""
    (value,) = hit.values
    start = value.start
    if start is None or value.end != start:
        return None
    if hit["comma"] and hit.ctx.low[: value.last].endswith("ago"):
        return None
    return hit.day(shift(start, WEEKDAY[hit["weekday"]] - start.weekday(), "day"))
