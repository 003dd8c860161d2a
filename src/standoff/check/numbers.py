"""Arithmetic inside a text: ratios, sums, changes, repeats, durations.

Numbers that a text adds up itself must add up: each number is allowed half a unit of its last
printed digit, and 5 % only where the text says about.
"""

from __future__ import annotations

from datetime import date

from standoff.check.tolerance import Interval, hedged, interval, rounding, tolerance
from standoff.check.units import convert, swapped_digits
from standoff.check.verdicts import BARE, number, plain, unknown
from standoff.terms import (
    ChangeContent,
    Comparator,
    ComparisonContent,
    DurationContent,
    Outcome,
    Quantity,
    RatioContent,
    Reference,
    RepeatContent,
    SumContent,
    Verdict,
)

_ARITHMETIC = "arithmetic on the text's own numbers"


def check_ratio(claim: str, content: RatioContent) -> Verdict | None:
    """`numerator / denominator` against the stated ratio.

    Formula: |n / d - r| <= tolerance(r), or n / d inside [n_low / d_high, n_high / d_low] of the
    rounded numbers overlapping r. None where the text does not give both numbers.
    """
    top, bottom = content.numerator, content.denominator
    if top is None or bottom is None or top.value is None or bottom.value is None:
        return None
    factor = convert(1.0, top.unit, bottom.unit)
    if factor is None and top.unit != bottom.unit:
        return unknown(claim, f"{top.unit} and {bottom.unit} cannot be divided")
    if bottom.value == 0:
        return unknown(claim, "the number below the line is zero")
    actual = top.value * (factor or 1.0) / bottom.value
    if content.quantity.unit == "%":
        actual *= 100.0
    bounds = interval(content.quantity)
    slack = tolerance(content.quantity)
    formula = f"{number(top.value)} / {number(bottom.value)} = {number(actual)}, stated {plain(content.quantity)}"
    reference = Reference(number(actual), _ARITHMETIC)
    stated = content.quantity.value or 0.0
    relative = (stated - actual) / actual if actual else None
    allowed = f"{number(slack.amount)} ({slack.reason})"
    if bounds.holds(actual):
        return Verdict(
            claim, Outcome.SUPPORTED, f"the ratio holds: {formula}", reference, formula, relative,
            allowed,
        )  # fmt: skip
    slip = ""
    if bounds.holds(1.0 / actual):
        slip = "the two numbers are the wrong way round"
    elif bounds.holds(actual - 1.0):
        slip = "times as much taken for times more"
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the ratio does not hold: {formula}", reference, formula,
        relative, allowed, slip,
    )  # fmt: skip


def _range(quantity: Quantity) -> Interval:
    """The values of a number that is added up: exact but for its rounding."""
    return interval(quantity, exact=True)


def _is_count(quantity: Quantity) -> bool:
    """A bare whole number: nothing of it is rounded unless it ends in two zeros."""
    value = quantity.value
    return (
        value is not None
        and value == int(value)
        and not hedged(quantity)
        and quantity.low == quantity.high
        and not _is_round(quantity)
        and quantity.unit not in ("%", "% of GDP")
    )


def _is_round(quantity: Quantity) -> bool:
    """A thousand or more that ends in two zeros: it may stand for what is near it."""
    value = abs(quantity.value or 0.0)
    return value >= 1000 and value % 100 == 0 and quantity.unit not in ("%", "% of GDP")


def check_sum(claim: str, content: SumContent) -> Verdict:
    """Parts against their total: sum(parts) = total; or each part <= total with `part_only`.

    Whole numbers are exact; rounded ones are allowed half a unit each; shares of one whole must
    not pass 100 %.
    """
    values = [p.value for p in content.parts]
    total = content.total.value
    if total is None or any(v is None for v in values) or not values:
        return unknown(claim, "a number is missing from the sum")
    amounts = [v for v in values if v is not None]
    added = sum(amounts)
    ranges = [_exact(p) if _is_count(p) else _range(p) for p in content.parts]
    whole = _exact(content.total) if _is_count(content.total) else _range(content.total)
    low = None if any(r.low is None for r in ranges) else sum(r.low or 0.0 for r in ranges)
    high = None if any(r.high is None for r in ranges) else sum(r.high or 0.0 for r in ranges)
    shown = " + ".join(number(v) for v in amounts)
    reason = (
        "none: whole numbers are exact"
        if all(_is_count(q) for q in (content.total, *content.parts))
        else "half a unit of the last printed digit of each number, 5 % where the text says about"
    )
    if content.part_only:
        formula = f"{shown} of {number(total)}"
        bad = whole.high is not None and low is not None and low > whole.high + 1e-9
        if not bad:
            return Verdict(
                claim, Outcome.NOT_CHECKABLE, f"{BARE}: the part fits into the whole, {formula}",
                Reference(f"at most {number(total)}", _ARITHMETIC), formula, None, reason,
            )  # fmt: skip
        return Verdict(
            claim, Outcome.INCONSISTENT, f"the part is larger than the whole: {formula}",
            Reference(f"at most {number(total)}", _ARITHMETIC), formula,
            (added - total) / total if total else None, reason,
            swapped_digits_slip(added, total),
        )  # fmt: skip
    formula = (
        f"{shown} = {number(added)}, stated {number(total)}"
        if len(amounts) > 1
        else f"{number(added)} against {number(total)}"
    )
    relative = (total - added) / added if added else None
    reference = Reference(number(added), _ARITHMETIC)
    if Interval(low, high).overlaps(_widened(whole)):
        return Verdict(
            claim, Outcome.SUPPORTED, f"the numbers add up: {formula}", reference, formula,
            relative, reason,
        )  # fmt: skip
    # "1,000 in all: 499 and 500": a round number may be told for what it is near to.
    slack = sum(rounding(q) for q in (content.total, *content.parts) if _is_round(q))
    if abs(added - total) <= slack + 1e-9:
        return unknown(
            claim,
            f"holds only if a number was rounded to its last digit that is no zero: {formula}",
        )
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the numbers do not add up: {formula}", reference, formula,
        relative, reason, swapped_digits_slip(total, added),
    )  # fmt: skip


def _exact(quantity: Quantity) -> Interval:
    low, high = quantity.low, quantity.high
    if quantity.comparator is Comparator.MORE:
        high = None
    elif quantity.comparator is Comparator.LESS:
        low = None
    return Interval(low, high)


def _widened(bounds: Interval) -> Interval:
    low = None if bounds.low is None else bounds.low - 1e-9
    high = None if bounds.high is None else bounds.high + 1e-9
    return Interval(low, high)


def swapped_digits_slip(printed: float, true: float) -> str:
    """ "swapped digits: 54 for 45" where that explains the difference, else "".

    >>> swapped_digits_slip(54.0, 45.0)
    'swapped digits: 54 for 45'
    """
    found = swapped_digits(printed, true)
    return f"swapped digits: {found}" if found else ""


def check_change(claim: str, content: ChangeContent) -> Verdict:
    """A change: `after = before + change` or `after = before * (1 + change / 100)`.

    Also the direction: "rose from 8 to 6" cannot be. The printed change may be rounded; both ends
    may be too, and the change is compared with everything that their rounding allows.
    """
    before, after, change = content.before, content.after, content.change
    if before.value is None or after.value is None:
        return unknown(claim, "one end of the change is missing")
    scale = convert(1.0, before.unit, after.unit)
    start = before.value * (scale or 1.0)
    difference = after.value - start
    formula = f"from {plain(before)} to {plain(after)}: {number(difference)}"
    if content.rising is not None and difference != 0 and (difference > 0) != content.rising:
        said = "rise" if content.rising else "fall"
        return Verdict(
            claim, Outcome.INCONSISTENT, f"called a {said}, but goes {formula}",
            Reference(number(difference), _ARITHMETIC), formula,
            None, "none: only the direction is compared",
        )  # fmt: skip
    if change is None or change.value is None:
        return Verdict(
            claim, Outcome.NOT_CHECKABLE, f"{BARE}: the direction holds, {formula}",
            Reference(number(difference), _ARITHMETIC), formula, None, "",
        )  # fmt: skip
    if start == 0:
        return unknown(claim, "the change starts from zero")
    low_after, high_after = _ends(after)
    low_before, high_before = (v * (scale or 1.0) for v in _ends(before))
    percent = change.unit == "%"
    points = change.unit in ("percentage point", "pp")
    if percent:
        actual = 100.0 * difference / start
        spread = sorted(
            abs(100.0 * (a - b) / b)
            for a in (low_after, high_after)
            for b in (low_before, high_before)
            if b
        )
    else:
        actual = difference
        spread = sorted(
            abs(a - b) for a in (low_after, high_after) for b in (low_before, high_before)
        )
    stated = abs(change.value)
    slack = tolerance(change)
    bounds = interval(change)
    unit = "%" if percent else change.unit
    formula = f"({number(after.value)} - {number(start)})" + (
        f" / {number(start)} = {number(actual)} %" if percent else f" = {number(actual)}"
    )
    # Where both ends of the earlier number round to zero there is no spread.
    reach = (*spread, abs(actual))
    fits = bounds.overlaps(Interval(min(reach), max(reach)))
    relative = (stated - abs(actual)) / abs(actual) if actual else None
    reference = Reference(f"{number(actual)} {unit}", _ARITHMETIC)
    allowed = f"{number(slack.amount)} ({slack.reason}) and the rounding of both ends"
    if fits:
        return Verdict(
            claim, Outcome.SUPPORTED, f"the change holds: {formula}", reference, formula, relative,
            allowed,
        )  # fmt: skip
    slip = ""
    if percent and before.unit.startswith("%") and bounds.holds(abs(difference)):
        slip = f"per cent printed for percentage points: {number(abs(difference))} points"
    elif points and bounds.holds(abs(100.0 * difference / start)):
        slip = f"percentage points printed for per cent: {number(abs(100 * difference / start))} %"
    elif percent and after.value and bounds.holds(abs(100.0 * difference / after.value)):
        slip = "per cent of the later number, not of the earlier"
    elif percent and bounds.holds(abs(100.0 * after.value / start)):
        slip = "the ratio printed as the change"
    else:
        slip = swapped_digits_slip(stated, abs(actual))
    return Verdict(
        claim, Outcome.INCONSISTENT,
        f"the change does not hold: {formula}, stated {plain(change)}", reference, formula,
        relative, allowed, slip,
    )  # fmt: skip


def check_comparison(claim: str, content: ComparisonContent) -> Verdict:
    """Which of two numbers of the text is the larger: INCONSISTENT only where no rounding explains it."""
    first, second = content.first, content.second
    scale = convert(1.0, second.unit, first.unit)
    one, two = interval(first, exact=True), interval(second, exact=True).scaled(scale or 1.0)
    if first.value is None or second.value is None:
        return unknown(claim, "one of the two numbers is missing")
    if content.exact:
        two = _exact(second).scaled(scale or 1.0)
    said = "more" if content.more else "less"
    formula = f"{plain(first)} {said} than {plain(second)}"
    reference = Reference(number(first.value - second.value * (scale or 1.0)), _ARITHMETIC)
    large, small = (one, two) if content.more else (two, one)
    if large.high is not None and small.low is not None and large.high < small.low:
        return Verdict(
            claim, Outcome.INCONSISTENT, f"the comparison is the wrong way round: {formula}",
            reference, formula, None, "the rounding of both numbers",
        )  # fmt: skip
    if large.low is not None and small.high is not None and large.low >= small.high - 1e-12:
        held = f"the comparison holds: {formula}"
        return Verdict(
            claim,
            Outcome.NOT_CHECKABLE if content.own else Outcome.SUPPORTED,
            f"{BARE}: {held}" if content.own else held,
            reference,
            formula,
            None,
            "the rounding of both numbers",
        )
    return unknown(claim, f"the two numbers are too close for their rounding: {formula}")


def _ends(quantity: Quantity) -> tuple[float, float]:
    value = quantity.value or 0.0
    if _is_count(quantity):
        return value, value
    bounds = _range(quantity)
    return (
        value if bounds.low is None else bounds.low,
        value if bounds.high is None else bounds.high,
    )


def check_repeat(claim: str, content: RepeatContent) -> Verdict:
    """One thing counted twice in a text: the two toleranced intervals must overlap."""
    first, second = content.first, content.second
    exact = _is_count(first) and _is_count(second)
    one = _exact(first) if exact else interval(first)
    two = _exact(second) if exact else interval(second)
    scale = convert(1.0, second.unit, first.unit)
    if scale is None and first.unit != second.unit:
        return unknown(claim, f"{first.unit} and {second.unit} cannot be compared")
    two = two.scaled(scale or 1.0)
    formula = f"{content.label}: {plain(first)} and {plain(second)}"
    allowed = "none: whole numbers are exact" if exact else "both numbers' tolerances"
    # "At least seven" is still wrong once the text itself has told of twelve.
    if one.overlaps(two) and not content.outdated:
        return Verdict(
            claim, Outcome.SUPPORTED, f"the text repeats itself rightly: {formula}",
            Reference(plain(first), "the same text"), formula, None, allowed,
        )  # fmt: skip
    relative = None
    if first.value and second.value:
        relative = (second.value * (scale or 1.0) - first.value) / first.value
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the text gives two numbers for one thing: {formula}",
        Reference(plain(first), "the same text"), formula, relative, allowed,
        f"a superseded figure: the text gave it {content.outdated}" if content.outdated
        else swapped_digits_slip(second.value or 0.0, first.value or 0.0),
    )  # fmt: skip


def check_duration(claim: str, content: DurationContent) -> Verdict:
    """A stretch of time against the two dates that bound it.

    Formula: end - start in the unit of the quantity, counted with and without the last day; the
    stated number must lie within tolerance of one of the two, or inside what vague dates allow.
    """
    quantity = content.quantity
    ends = (content.start.start, content.start.end, content.end.start, content.end.end)
    if quantity.value is None or any(e is None for e in ends):
        return unknown(claim, "a date that bounds the stretch is missing")
    first_low, first_high, last_low, last_high = (e for e in ends if e is not None)
    shortest = max(_length(first_high, last_low, quantity.unit), 0.0)
    longest = _length(first_low, last_high, quantity.unit)
    one_day = _length(date(2001, 1, 1), date(2001, 1, 2), quantity.unit)
    if longest < 0:
        return Verdict(
            claim, Outcome.INCONSISTENT, "the end lies before the start", None,
            f"{first_low} to {last_high}",
        )  # fmt: skip
    high = longest + one_day
    bounds = interval(quantity)
    unit = {"d": "days", "wk": "weeks", "mo": "months", "yr": "years", "a": "years", "h": "hours"}
    name = unit.get(quantity.unit, quantity.unit)
    shown = (
        f"{number(shortest)} to {number(high)}" if abs(high - shortest) > 0.05 else number(shortest)
    )
    slack = 0.5 if quantity.unit in ("yr", "a", "mo", "wk") else 0.0
    years = _year_apart(content)
    if years is not None and quantity.comparator is Comparator.EQUAL and not hedged(quantity):
        return _by_years(claim, quantity, years, content)
    formula = f"{first_low} to {last_high}: {shown} {name}, stated {number(quantity.value)}"
    reference = Reference(f"{shown} {name}", "calendar")
    if bounds.overlaps(Interval(shortest - slack, high + slack)):
        return Verdict(
            claim, Outcome.SUPPORTED, f"the dates fit: {formula}", reference, formula, None,
            "the days at both ends may count or not",
        )  # fmt: skip
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the dates do not fit: {formula}", reference, formula, None,
        "the days at both ends may count or not", swapped_digits_slip(quantity.value, shortest),
    )  # fmt: skip


def _year_apart(content: DurationContent) -> int | None:
    """The difference of two years, where one end at least is known by its year alone."""
    start, end = content.start, content.end
    if content.quantity.unit not in ("yr", "a") or start.start is None or end.start is None:
        return None
    vague = any((p.days or 0) >= 360 for p in (start, end))
    return end.start.year - start.start.year if vague else None


def _by_years(claim: str, quantity: Quantity, years: int, content: DurationContent) -> Verdict:
    """A number of years against the difference of two years: equal, one off, or wrong."""
    stated = quantity.value or 0.0
    formula = (
        f"{content.start.start} to {content.end.start}: {years} years, stated {number(stated)}"
    )
    reference = Reference(f"{years} years", "calendar")
    if stated == years:
        return Verdict(
            claim, Outcome.SUPPORTED, f"the dates fit: {formula}", reference, formula, None,
            "years are counted as the calendar counts them",
        )  # fmt: skip
    if abs(stated - years) <= 1:
        why = f"the months of both years decide whether it is one more or less: {formula}"
        return Verdict(claim, Outcome.NOT_CHECKABLE, why, reference, formula)
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the dates do not fit: {formula}", reference, formula, None,
        "a year, for the months at both ends", swapped_digits_slip(stated, float(years)),
    )  # fmt: skip


def _length(start: date, end: date, unit: str) -> float:
    days = (end - start).days
    per = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.436875, "yr": 365.2425, "a": 365.2425}
    return days / per.get(unit, 1.0)
