"""How likely it is that a coded signal says nothing about the act: eps.

    eps = 1 - (1 - prod eps_grade) (1 - eps_coder), then raised by each further doubt
    P_obs(y) = (1 - eps) P(y) + eps / K

The product runs over independent sources (different names), each with its best report: four
copies from one source are one report. The coder's error belongs to the coding that represents
the event; copies do not lower it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from standoff.measure.items import Items
from standoff.terms import Event, EventReport, Status


def grade_error(report: EventReport, items: Items) -> float:
    """eps_grade of one report: its source's letter and its item's digit.

    Where the digit is known the two are averaged on the log-odds scale, because AJP-2.1 grades
    source and item independently; 6 means unknown and adds nothing.
    """
    letters = cast("Mapping[str, float]", items.table["grades"]["source"])
    digits = cast("Mapping[str, float]", items.table["grades"]["item"])
    eps = float(letters[report.grade.value])
    digit = digits.get(report.item_grade.value)
    if digit is not None:
        odds = 0.5 * (_logit(eps) + _logit(float(digit)))
        eps = 1.0 / (1.0 + math.exp(-odds))
    if report.contested:
        eps = either(eps, float(items.table["doubt"]["contested"]))
    return eps


def coder_error(report: EventReport, items: Items) -> float:
    """eps_coder: a reviewed signal has its own; else by rule where it was measured, else by coder."""
    table = cast("Mapping[str, Any]", items.table["coder"])
    if report.reviewed:
        return float(table["reviewed"])
    rules = cast("Mapping[str, float]", table.get("rule", {}))
    if report.rule in rules:
        return float(rules[report.rule])
    return float(table.get(report.coder, table["unknown"]))


def event_error(event: Event, items: Items) -> float:
    """eps of an event before any denial or retraction, from all who report it."""
    best: dict[str, float] = {}
    for report in event.reports:
        name = report.source or report.document or report.handle
        best[name] = min(best.get(name, 1.0), grade_error(report, items))
    product = math.prod(best[name] for name in sorted(best)) if best else 0.35
    coder = coder_error(event.reports[0], items) if event.reports else 0.2
    eps = max(either(product, coder), float(items.table["doubt"]["floor"]))
    if event.signal.status is Status.ALLEGED:
        eps = either(eps, float(items.table["doubt"]["alleged"]))
    return eps


def either(first: float, second: float) -> float:
    """Probability that at least one of two independent failures happened.

    >>> either(0.5, 0.5)
    0.75
    """
    return 1.0 - (1.0 - first) * (1.0 - second)


def _logit(p: float) -> float:
    return math.log(p / (1.0 - p))
