"""Shares and amounts by release, ranks in a group, ratios between states.

A figure is (value, year, release, definition). A claim is supported if a release gives it within
tolerance for the year named, or for one of the four last years where none is named; the verdict
names the release. It is contradicted only if it lies further away than another definition of the
same thing can account for (`_DEFINITIONS`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from standoff.check.facts import Facts
from standoff.check.tolerance import Interval, interval, tolerance
from standoff.check.units import swapped_digits
from standoff.check.verdicts import number, plain, unknown
from standoff.reference import MILEX_MEASURES, Milex, milex, milex_actors
from standoff.terms import (
    Outcome,
    Period,
    Quantity,
    RankContent,
    RatioContent,
    Reference,
    ShareContent,
    Verdict,
)

# measure of a claim -> (measure of the table, factor to the unit of the claim, slack by definition)
_MEASURES: dict[str, tuple[str, float]] = {
    "milex_gdp_share": ("gdp_share_percent", 1.0),
    "milex_usd": ("current_usd_m", 1e6),
}
# National budgets, NATO's and SIPRI's definitions differ by so much at most (share of the value).
_DEFINITIONS = {"gdp_share_percent": 0.25, "current_usd_m": 1.0}
_LOOK_BACK = 4


def figures(actor: str, measure: str, years: Iterable[int]) -> list[Milex]:
    """Figures of all releases for the years, latest year first; only those with a value."""
    if measure not in MILEX_MEASURES or actor not in milex_actors():
        return []
    found = [f for year in years for f in milex(actor, year, measure)]  # pyright: ignore[reportArgumentType]
    return [f for f in found if f.value is not None]


def years_of(period: Period, published: date) -> tuple[list[int], bool]:
    """The years a figure may be for, latest first, and whether the text names them.

    >>> years_of(Period.unstated(), date(2021, 8, 13))
    ([2021, 2020, 2019, 2018], False)
    """
    if period.start is not None and period.end is not None:
        span = (period.end - period.start).days
        if span <= 800:
            return list(range(period.end.year, period.start.year - 1, -1)), True
    return [published.year - back for back in range(_LOOK_BACK)], False


def check_share(claim: str, content: ShareContent, published: date, facts: Facts) -> Verdict:
    """A measure of a state against every release. See the head of the file.

    Formula: |stated - f| <= tolerance(stated) for some figure f; CONTRADICTED if outside
    [min f * (1 - s), max f * (1 + s)] with s for the definition.
    """
    quantity = content.quantity
    if quantity.value is None:
        return unknown(claim, "the number is missing")
    whole = quantity.unit in ("%", "% of GDP")
    if whole and quantity.value > 100.0 and content.measure.endswith("share"):
        return Verdict(
            claim, Outcome.INCONSISTENT, f"a share of {number(quantity.value)} % of a whole",
            Reference("at most 100 %", "arithmetic"), f"{number(quantity.value)} > 100",
        )  # fmt: skip
    bounds = interval(quantity)
    slack = tolerance(quantity)
    allowed = f"{number(slack.amount)} ({slack.reason})"
    years, named = years_of(content.period, published)
    user = [
        f for f in facts.of("share")
        if f.subject == content.actor and f.object == content.measure
        and (not named or f.holds(date(years[-1], 1, 1), date(years[0], 12, 31)))
    ]  # fmt: skip
    strict = content.measure.endswith(":sipri")
    table = _MEASURES.get(content.measure.removesuffix(":sipri"))
    options = figures(content.actor, table[0], years) if table else []
    scale = table[1] if table else 1.0
    for fact in user:
        if fact.amount is not None and bounds.holds(fact.amount):
            shown = fact.reference()
            return Verdict(
                claim, Outcome.SUPPORTED, f"fits {shown.value} of {shown.source}", shown,
                f"{plain(quantity)} against {shown.value}", None, allowed,
                alternatives=tuple(_reference(f, scale) for f in options[:4]),
            )  # fmt: skip
    if not options:
        if user:
            shown = user[0].reference()
            return Verdict(
                claim, Outcome.CONTRADICTED, f"{shown.source} gives {shown.value}", shown,
                f"{plain(quantity)} against {shown.value}", None, allowed,
            )  # fmt: skip
        if table is None:
            return unknown(claim, f"no reference table for {content.measure.replace('_', ' ')}")
        return unknown(
            claim,
            f"military expenditure of {content.actor or 'an unnamed state'} in"
            f" {years[0]} is not covered by any release shipped",
        )
    references = tuple(_reference(f, scale) for f in options)
    stated = quantity.value
    hits = [f for f in options if bounds.holds((f.value or 0.0) * scale)]
    if hits:
        best = min(hits, key=lambda f: (abs((f.value or 0.0) * scale - stated), -f.year))
        value = (best.value or 0.0) * scale
        return Verdict(
            claim, Outcome.SUPPORTED,
            f"SIPRI's release {best.release} gives {_shown(best, scale)} for {best.year}",
            _reference(best, scale), f"{plain(quantity)} against {_shown(best, scale)}",
            (quantity.value - value) / value if value else None, allowed,
            _older_release(best, hits, options, published, scale),
            alternatives=tuple(r for r in references if r != _reference(best, scale))[:6],
        )  # fmt: skip
    values = [(f.value or 0.0) * scale for f in options]
    spread = 0.0 if strict else _DEFINITIONS[table[0] if table else ""]
    edge = Interval(min(values) / (1.0 + spread), max(values) * (1.0 + spread))
    nearest = min(options, key=lambda f: abs((f.value or 0.0) * scale - stated))
    value = (nearest.value or 0.0) * scale
    relative = (quantity.value - value) / value if value else None
    formula = f"{plain(quantity)} against {_shown(nearest, scale)} ({nearest.year}, release {nearest.release})"
    if bounds.overlaps(edge):
        return Verdict(
            claim, Outcome.NOT_CHECKABLE,
            f"no release gives it, but another definition of the budget could: {formula}",
            _reference(nearest, scale), formula, relative, allowed, alternatives=references[:6],
        )  # fmt: skip
    return Verdict(
        claim, Outcome.CONTRADICTED, f"no release comes near it: {formula}",
        _reference(nearest, scale), formula, relative, allowed,
        _slip(content, quantity, bounds, value, published), (), references[:6],
    )  # fmt: skip


def _older_release(
    best: Milex, hits: Iterable[Milex], options: Iterable[Milex], published: date, scale: float
) -> str:
    """Where only an older release gives the number although a newer one was out: both are named.

    A release "1949-2020" comes out in the April of the year after its last.
    """
    newer = [
        f
        for f in options
        if f.year == best.year
        and f.release > best.release
        and published >= date(int(f.release[-4:]) + 1, 5, 1)
    ]
    if not newer or any(f.year == best.year and f.release > best.release for f in hits):
        return ""
    last = max(newer, key=lambda f: f.release)
    return f"wrong release: {best.release}, where {last.release} gives {_shown(last, scale)}"


def _slip(
    content: ShareContent, quantity: Quantity, bounds: Interval, value: float, published: date
) -> str:
    """Another year, another state's figure, swapped digits, a wrong magnitude."""
    base = content.measure.removesuffix(":sipri")
    measure, scale = _MEASURES[base]
    for year in range(published.year, 1999, -1):
        for f in figures(content.actor, measure, [year]):
            if bounds.holds((f.value or 0.0) * scale):
                return f"wrong year: release {f.release} gives {_shown(f, scale)} for {year}"
    swapped = swapped_digits(quantity.value, value)
    if swapped:
        return f"swapped digits: {swapped}"
    for factor, name in ((10.0, "ten"), (1000.0, "a thousand")):
        for size, word in ((factor, "large"), (1.0 / factor, "small")):
            if bounds.holds(value * size):
                return f"{name} times too {word}"
    return ""


def _shown(figure: Milex, scale: float) -> str:
    value = (figure.value or 0.0) * scale
    if figure.measure == "gdp_share_percent":
        return f"{number(value)} % of GDP"
    return f"{number(value / 1e9)} bn USD"


def _reference(figure: Milex, scale: float) -> Reference:
    return Reference(
        f"{_shown(figure, scale)} ({figure.actor}, {figure.year})", figure.source, figure.release,
        date(figure.year, 12, 31), figure.url,
    )  # fmt: skip


def check_state_ratio(claim: str, content: RatioContent, published: date) -> Verdict:
    """A ratio between two states where the text gives no numbers: the releases do.

    Formula: f(numerator, year, release) / f(denominator, same year, same release).
    """
    table = _MEASURES.get(content.measure)
    if table is None:
        return unknown(claim, "the two numbers behind the ratio are not given")
    years, _ = years_of(content.period, published)
    bounds = interval(content.quantity)
    slack = tolerance(content.quantity)
    found: list[tuple[float, Milex, Milex]] = []
    for top in figures(content.numerator_actor, table[0], years):
        for bottom in figures(content.denominator_actor, table[0], [top.year]):
            if bottom.release == top.release and bottom.value:
                found.append(((top.value or 0.0) / bottom.value, top, bottom))
    if not found:
        return unknown(claim, "no release gives both states' figures for these years")
    stated = content.quantity.value or 0.0
    ratio, top, bottom = min(found, key=lambda f: abs(f[0] - stated))
    formula = (
        f"{_shown(top, table[1])} / {_shown(bottom, table[1])} = {number(ratio)}"
        f" ({top.year}, release {top.release}), stated {plain(content.quantity)}"
    )
    reference = Reference(number(ratio), top.source, top.release, date(top.year, 12, 31), top.url)
    allowed = f"{number(slack.amount)} ({slack.reason})"
    relative = (stated - ratio) / ratio if ratio else None
    if bounds.holds(ratio):
        return Verdict(claim, Outcome.SUPPORTED, f"the ratio holds: {formula}", reference, formula,
                       relative, allowed)  # fmt: skip
    spread = _DEFINITIONS[table[0]]
    wide = Interval(
        min(f[0] for f in found) / (1 + spread), max(f[0] for f in found) * (1 + spread)
    )
    if bounds.overlaps(wide):
        return Verdict(claim, Outcome.NOT_CHECKABLE,
                       f"no release gives it, but another definition could: {formula}", reference,
                       formula, relative, allowed)  # fmt: skip
    return Verdict(claim, Outcome.CONTRADICTED, f"the ratio does not hold: {formula}", reference,
                   formula, relative, allowed)  # fmt: skip


@lru_cache(maxsize=64)
def _group(name: str) -> tuple[str, ...]:
    from standoff.reference import organisations

    wanted = name.casefold().strip()
    for item in organisations():
        if wanted in (
            item.code.casefold(),
            item.name.casefold(),
            *(a.casefold() for a in item.aliases),
        ):
            return item.members
    return ()


def check_rank(claim: str, content: RankContent, published: date) -> Verdict:
    """A rank among states by a measure of the tables, within a named group or the world.

    The table holds the states shipped, so a rank counted in it is the best rank possible:
    CONTRADICTED if that is already behind the rank claimed in every release and year; SUPPORTED
    only where the group is fully covered, or for the world's first fifteen by amount.
    """
    table = _MEASURES.get(content.measure)
    if table is None or content.rank is None:
        return unknown(claim, "a rank without a table, or too vague to count")
    years, _ = years_of(content.period, published)
    members = _group(content.group) if content.group else tuple(milex_actors())
    if not members:
        return unknown(claim, f"the group {content.group!r} has no list of members here")
    if content.actor not in milex_actors():
        return unknown(claim, f"{content.actor or 'the state'} is not in the tables of expenditure")
    seen: list[tuple[int, int, str, bool]] = []
    for year in years:
        releases = {f.release for f in figures(content.actor, table[0], [year])}
        for release in sorted(releases):
            values: dict[str, float] = {}
            for actor in members:
                for f in figures(actor, table[0], [year]):
                    if f.release == release:
                        values[actor] = f.value or 0.0
            if content.actor not in values:
                continue
            sign = -1.0 if content.end == "highest" else 1.0
            order = sorted(values, key=lambda a: (sign * values[a], a))
            complete = len(values) == len(members) if content.group else table[0] == "current_usd_m"
            seen.append((order.index(content.actor) + 1, year, release, complete))
    if not seen:
        return unknown(claim, "no release covers the state in these years")
    for place, year, release, complete in seen:
        if place == content.rank and complete and (content.group or place <= 15):
            return Verdict(
                claim, Outcome.SUPPORTED,
                f"rank {place} from the {content.end} in {year} by release {release}",
                Reference(f"rank {place}", "SIPRI Military Expenditure Database", release),
                f"rank {place}, stated {content.rank}", None, "none: ranks are exact",
            )  # fmt: skip
    best = min(seen)
    if best[0] > content.rank + 1 or (
        all(s[3] for s in seen) and all(abs(s[0] - content.rank) > 1 for s in seen)
    ):
        return Verdict(
            claim, Outcome.CONTRADICTED,
            f"at best rank {best[0]} from the {content.end}, in {best[1]} by release {best[2]}",
            Reference(f"rank {best[0]}", "SIPRI Military Expenditure Database", best[2]),
            f"rank {best[0]}, stated {content.rank}", None, "one place, for other definitions",
        )  # fmt: skip
    return unknown(claim, f"rank {best[0]} among the states shipped; the table is no list of all")
