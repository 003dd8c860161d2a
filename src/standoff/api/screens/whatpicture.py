"""Drawings of the What-if: quantile dots without and with a change, and one lever at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.api.screens.picture import Picture, Scale, canvas, tag, title, words
from standoff.api.tables import Table
from standoff.brief import percent

Array = npt.NDArray[np.float64]
DOTS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A lever moved alone, down and up: how many times likelier an attack becomes."""

    name: str
    label: str
    low: float
    high: float
    down: float
    up: float


def dots_picture(before: Array, after: Array, *, changed: bool) -> Picture:
    """Twenty quantile dots of the chance of an attack, without the change and with it.

    Each dot is one chance in twenty that the true rate lies there: dots are counted, not read off.
    """
    at = (np.arange(DOTS) + 0.5) / DOTS
    rows = [("without the change", np.quantile(before, at), "before")]
    if changed:
        rows.append(("with the change", np.quantile(after, at), "after"))
    low = max(min(float(q.min()) for _, q, _ in rows), 1e-5)
    high = max(float(q.max()) for _, q, _ in rows)
    x = Scale(math.log10(low * 0.8), math.log10(high * 1.25), 150.0, 680.0)
    bins = 34
    parts: list[str] = []
    height = 34.0 + 92 * len(rows)
    for value in (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3):
        if low * 0.8 <= value <= high * 1.25:
            px = x(math.log10(value))
            parts.append(tag("line", {"x1": px, "x2": px, "y1": 4.0, "y2": height - 26,
                                      "stroke": "currentColor", "opacity": 0.14}))  # fmt: skip
            parts.append(words(percent(value), px, height - 8, text_anchor="middle", font_size=11))
    for i, (name, quantiles, kind) in enumerate(rows):
        floor = 88.0 + 92 * i
        parts.append(words(name, 0, floor - 8, font_size=13))
        parts.append(tag("line", {"x1": 150.0, "x2": 680.0, "y1": floor, "y2": floor,
                                  "stroke": "currentColor", "opacity": 0.4}))  # fmt: skip
        stacks: dict[int, int] = {}
        width = (680.0 - 150.0) / bins
        for q in quantiles:
            slot = int((x(math.log10(max(float(q), low))) - 150.0) / width)
            stacks[slot] = stacks.get(slot, 0) + 1
            parts.append(
                tag(
                    "circle",
                    {
                        "cx": 150.0 + (slot + 0.5) * width,
                        "cy": floor - 7.5 - 13.5 * (stacks[slot] - 1),
                        "r": 6.0,
                        "fill": "#0072B2" if kind == "before" else "#D55E00",
                        "class": f"dot {kind}",
                    },
                    title(f"{name}: {percent(float(q))}"),
                )
            )
    caption = (
        "Chance of an attack within a year, logarithmic: each of the 20 dots is one chance in 20 that "
        "the rate lies there"
    )
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    table = Table(
        tuple(
            {"quantile": f"{q:.0%}", "without": percent(float(np.quantile(before, q))),
             "with": percent(float(np.quantile(after, q))) if changed else ""}
            for q in levels
        ),
        "Quantiles of the chance of an attack",
        ("quantile", "without", "with"),
    )  # fmt: skip
    return Picture(canvas(700, height, caption, *parts, class_="dots"), caption, table)


def tornado_picture(bars: Sequence[Bar]) -> Picture:
    """How many times likelier an attack becomes with each lever alone, lowered and raised."""
    ends = [v for b in bars for v in (b.down, b.up)] or [1.0]
    low, high = math.log(min(*ends, 0.8)), math.log(max(*ends, 1.25))
    x = Scale(low, high, 310.0, 660.0)
    height = 26.0 * len(bars) + 36
    parts: list[str] = []
    for value in (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0):
        if low <= math.log(value) <= high:
            px = x(math.log(value))
            parts.append(tag("line", {"x1": px, "x2": px, "y1": 4.0, "y2": height - 26,
                                      "stroke": "currentColor",
                                      "opacity": 0.6 if value == 1 else 0.14}))  # fmt: skip
            parts.append(words(f"×{value:g}", px, height - 8, text_anchor="middle", font_size=11))
    for i, b in enumerate(bars):
        y = 18.0 + 26 * i
        shown = b.label if len(b.label) <= 46 else f"{b.label[:45]}…"
        parts.append(words(shown, 0, y + 4))
        for amount, times, kind in ((b.low, b.down, "down"), (b.high, b.up, "up")):
            first, last = sorted((x(0.0), x(math.log(times))))
            parts.append(
                tag(
                    "rect",
                    {
                        "x": first, "y": y - 7, "width": max(last - first, 0.8), "height": 14.0,
                        "class": kind, "fill": "#0072B2" if kind == "up" else "none",
                        "stroke": "#0072B2", "opacity": 0.75,
                    },
                    title(f"{b.label} at {amount:g}: ×{times:.2f}"),
                )
            )  # fmt: skip
    caption = (
        "Each lever alone, how many times likelier an attack becomes: filled raised, hollow lowered by "
        "one sd, a quarter, or .25"
    )
    table = Table(
        tuple(
            {"lever": b.label, "lowered to": f"{b.low:g}", "times": f"{b.down:.2f}",
             "raised to": f"{b.high:g}", "times then": f"{b.up:.2f}"}
            for b in bars
        ),
        "One lever at a time",
        ("lever", "lowered to", "times", "raised to", "times then"),
    )  # fmt: skip
    return Picture(canvas(700, height, caption, *parts), caption, table)
