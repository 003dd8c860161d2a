"""One date expression at a place of the text: every rule that can begin there, the longest is kept."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from standoff.read.dates import absolute, periods, ranges, relative
from standoff.read.dates.value import GRAMMAR, MAKERS, Context, Hit, Value
from standoff.read.scan import Rule

MAKING = (absolute, periods, ranges, relative)  # imported: each registers its makers
KEY = re.compile(r"(?<!\w)\w+|['<>½¼¾]")
_COUNT = GRAMMAR.pattern(r"[\d,.]*[\d½¼¾] ?-?(?:and a half|{:unit}|{:filler}|{:step})")
_DIGITS = re.compile(r"\d+\s?[-/.]\s?\w|\d{4}\s\d|\d{8}(?!\d)")


def _index(kind: str) -> dict[str, tuple[Rule, ...]]:
    index: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in GRAMMAR.rules:
        if kind in rule.kind.split():
            for key in rule.begins:
                index[key].append(rule)
    for key in ("#-", "#u"):
        index[key] += index["#"]
    return {key: tuple(rules) for key, rules in index.items()}


KINDS = {kind: _index(kind) for kind in ("top", "far", "end", "now", "year", "day", "behind")}
DATES, TOPS = _index("date"), KINDS["top"]
# What may stand at a slot: kinds of rules; of values equally long the later kind's is taken.
SLOTS = {
    "date": (), "end": ("end", "now"), "span": ("far", "year"), "base": ("now", "year"),
    "far": ("far",), "near": ("day",), "year": ("year",),
}  # fmt: skip


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


def slot(name: str, ctx: Context, at: int) -> Value | None:
    """The value that stands where a rule has a slot."""
    best = None if name == "year" else atom(ctx, at)
    for kind in SLOTS[name]:
        value = longest(KINDS[kind].get(key_at(ctx, at), ()), ctx, at)
        if value is not None and (best is None or value.last >= best.last):
            best = value
    return best


def match(rule: Rule, ctx: Context, at: int, before: Value | None = None) -> Value | None:
    """What a rule makes of the text at a place (and of the value before it), or None.

    The values of slots have both ends; one whose interval is not known makes the whole unknown.
    """
    found = rule.head.match(ctx.low, at)
    if found is None or not _fits(rule, ctx, at):
        return None
    groups, place = _groups(found), found.end()
    values = [before] if before else []
    for part in rule.rest:
        if isinstance(part, str) and part[-1] not in "!?":
            value = slot(part, ctx, place)
            if value is None or not _allowed(rule, value):
                return None
            values.append(value)
            place = value.last
            continue
        found = (GRAMMAR.shared(part[:-1]) if isinstance(part, str) else part).match(ctx.low, place)
        if found is not None:
            groups += _groups(found)
            place = found.end()
        elif not isinstance(part, str) or part[-1] == "!":
            return None
    first = before.first if before else at
    unknown = next((value for value in values if not value.known), None)
    if unknown is not None:
        return unknown.at(first, place)
    made = MAKERS[rule.make](Hit(ctx, rule, first, place, tuple(groups), tuple(values)))
    if made is None or rule.make in ("now", "same"):
        return made
    return replace(made, made=rule.make)


def _allowed(rule: Rule, value: Value) -> bool:
    """Whether a value has both ends and the grain and maker that the rule wants."""
    if value.known and (value.start is None or value.end is None):
        return False
    grains, makers = (rule.args.get(name) for name in ("grains", "made"))
    return (not grains or value.grain in grains.split()) and (
        not makers or value.made in makers.split()
    )


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
        ctx.memo[at] = behind(ctx, value, "week") if value and value.grain == "week" else value
    return ctx.memo[at]


def behind(ctx: Context, value: Value, kind: str) -> Value:
    """A value with what stands behind it: 2012 or later, next week Wednesday, in 3 days on Friday."""
    for rule in KINDS["behind"]["*"]:
        found = match(rule, ctx, value.last, value) if rule.args["behind"] == kind else None
        if found is not None:
            return found
    return value
