"""One date expression at a place of the text: every rule that can begin there, the longest is kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from standoff.read.dates import absolute, periods, ranges, relative, weekdays
from standoff.read.dates.calendar import shift
from standoff.read.dates.value import GRAMMAR, MAKERS, WEEKDAY, Context, Hit, Value
from standoff.read.scan import Rule

MAKING = (absolute, periods, ranges, relative, weekdays)  # imported: each registers its makers
KEY = re.compile(r"(?<!\w)\w+|['<>½¼¾]")
_COUNT = GRAMMAR.pattern(r"[\d,.]*[\d½¼¾] ?-?(?:and a half|{:unit}|{:filler}|{:step})")
_DIGITS = re.compile(r"\d+\s?[-/.]\s?\w|\d{4}\s\d|\d{8}(?!\d)")
_WEEKDAY = GRAMMAR.pattern(r"(?:(?:\.? on)? |-| - ){weekday}")
_NOW = re.compile(r"now(?!\w)|(?P<past>date|present)(?!\w)")
_YEAR = re.compile(r"(\d{4})(?!\w)")
_OF = re.compile(r"the\s+(?=end|start|beginning|middle|present|last|next|second|first)")
_TO = re.compile(r"(?:\bto|till|until|through|thru|[-–—~‑])\s*$")


def _index(kind: str) -> dict[str, tuple[Rule, ...]]:
    index: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in GRAMMAR.rules:
        if rule.kind == kind:
            for key in rule.begins:
                index[key].append(rule)
    for key in ("#-", "#u"):
        index[key] += index["#"]
    return {key: tuple(rules) for key, rules in index.items()}


DATES, TOPS = _index("date"), _index("top")
BARE = next(rule for rule in GRAMMAR.rules if rule.make == "bare_day")


def key_at(ctx: Context, at: int) -> str:
    """What the index of rules knows the word at a place by: itself; "#" for a numeral, "#u" before
    a unit, "#-" before a mark that dates in digits have."""
    found = KEY.match(ctx.low, at)
    word = found.group() if found else ""
    if not word[:1].isnumeric():
        return word.rstrip("0123456789")
    if _COUNT.match(ctx.low, at):
        return "#u"
    return "#-" if _DIGITS.match(ctx.low, at) else "#"


def match(rule: Rule, ctx: Context, at: int) -> Value | None:
    """What a rule makes of the text at a place, or None."""
    found = rule.head.match(ctx.low, at)
    if found is None or not _fits(rule, ctx, at):
        return None
    groups, values, place = _groups(found), list[Value](), found.end()
    for part in rule.rest:
        if isinstance(part, str):
            value = SLOTS[part](ctx, place)
            if value is None:
                return None
            values.append(value)
            place = value.last
            continue
        found = part.match(ctx.low, place)
        if found is None:
            return None
        groups += _groups(found)
        place = found.end()
    made = MAKERS[rule.make](Hit(ctx, rule, at, place, tuple(groups), tuple(values)))
    return replace(made, made=rule.make) if made else None


def _fits(rule: Rule, ctx: Context, at: int) -> bool:
    """Whether the word before and the first letter are as the rule wants them."""
    if rule.capital is not None and ctx.capital(at) != rule.capital:
        return False
    if rule.after is None and rule.not_after is None:
        return True
    before = ctx.before(at)
    return (rule.after is None or before in rule.after) and before not in (rule.not_after or ())


def _groups(found: re.Match[str]) -> list[tuple[str, str, int]]:
    return [
        (name.split("_")[0], text, found.start(name))
        for name, text in found.groupdict().items()
        if text is not None
    ]


def longest(rules: tuple[Rule, ...], ctx: Context, at: int) -> Value | None:
    """The value of the rule that reaches furthest."""
    best: Value | None = None
    for rule in rules:
        value = match(rule, ctx, at)
        if value is not None and (best is None or value.last > best.last):
            best = value
    return best


def atom(ctx: Context, at: int) -> Value | None:
    """The longest single date expression at a place, or None.

    >>> from datetime import date
    >>> value = atom(Context("first week of August", "first week of august", date(2021, 8, 13)), 0)
    >>> str(value.start), str(value.end)
    ('2021-08-02', '2021-08-08')
    """
    if at not in ctx.memo:
        ctx.memo[at] = None  # a rule that calls itself at the same place finds nothing
        value = longest(DATES.get(key_at(ctx, at), ()), ctx, at)
        ctx.memo[at] = _of_week(ctx, value) if value and value.grain == "week" else value
    return ctx.memo[at]


def _of_week(ctx: Context, value: Value) -> Value:
    """A weekday behind a week: next week Wednesday, last week on Tuesday."""
    found = _WEEKDAY.match(ctx.low, value.last)
    if found is None or value.start is None:
        return value
    if len(found["weekday"]) <= 5 and not ctx.capital(found.start("weekday")):
        return value
    on = shift(value.start, WEEKDAY[found["weekday"]], "day")
    return Value(value.first, found.end(), on, on)


def end(ctx: Context, at: int) -> Value | None:
    """An end of a range: a date, now, a bare year."""
    found = _NOW.match(ctx.low, at)
    joined = _TO.search(ctx.low[max(0, at - 10) : at])
    if found and (not found["past"] or joined):
        on = shift(ctx.published, -1, "day") if found["past"] else ctx.published
        return Value(at, found.end(), on, on, made="now")
    the = _OF.match(ctx.low, at)
    value = atom(ctx, the.end()) if the else None
    value = value.at(at, value.last) if value else atom(ctx, at)
    year = _YEAR.match(ctx.low, at)
    if value is None and year and 1900 <= int(year[1]) < 2200:
        return absolute.whole_year(at, year.end(), int(year[1]))
    return value


def year(ctx: Context, at: int) -> Value | None:
    """A year, for bounds: after 2016, since 1990."""
    found = _YEAR.match(ctx.low, at)
    if found is None or not 1500 <= int(found[1]) < 2200:
        return None
    behind = ctx.after(found.end())
    if behind[:1].isalpha() and behind.endswith("s") and behind not in ("was", "is", "as", "has"):
        return None
    return absolute.whole_year(at, found.end(), int(found[1]))


def span(ctx: Context, at: int) -> Value | None:
    """What a bound stands before: a distance from a day, a date, a year."""
    value = far(ctx, at) or atom(ctx, at)
    plain = year(ctx, at)
    return plain if plain and (value is None or value.last <= plain.last) else value


def base(ctx: Context, at: int) -> Value | None:
    """The day that a distance is counted from: a date, a year, or now."""
    found = re.compile(r"now(?!\w)").match(ctx.low, at)
    if found:
        return Value(at, found.end(), ctx.published, ctx.published)
    return atom(ctx, at) or year(ctx, at)


def far(ctx: Context, at: int) -> Value | None:
    """A distance from a day or a stretch from a day on."""
    rules = TOPS.get(key_at(ctx, at), ())
    return longest(tuple(rule for rule in rules if rule.make in ("far", "lasting")), ctx, at)


def near(ctx: Context, at: int) -> Value | None:
    """A date, or a day whose month is left to the reader."""
    return atom(ctx, at) or match(BARE, ctx, at)


SLOTS: dict[str, Callable[[Context, int], Value | None]] = {
    "date": atom, "end": end, "year": year, "span": span, "base": base, "near": near,
    "far": lambda ctx, at: far(ctx, at) or atom(ctx, at),
}  # fmt: skip
