"""A timeline of levels as a Vega-Lite specification, and as lines of text for a terminal."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from standoff.errors import ImpossibleDate, InputError
from standoff.measure.level import Level
from standoff.terms import Channel, Estimate

# Okabe-Ito blue and vermilion: told apart without colour vision, and by their dashes.
_COLOURS = {"words": "#0072B2", "deeds": "#D55E00"}


def days_between(start: date, end: date, count: int = 61) -> tuple[date, ...]:
    """At most `count` days from `start` to `end`, evenly spread, both included.

    >>> [d.day for d in days_between(date(2021, 1, 1), date(2021, 1, 9), 3)]
    [1, 5, 9]
    """
    if start >= end:
        raise ImpossibleDate(
            f"a timeline from {start} to {end}", "a start before the end", "swap the two dates"
        )
    count = max(2, min(count, (end - start).days + 1))
    span = (end - start).days
    days = (start + timedelta(days=round(span * i / (count - 1))) for i in range(count))
    return tuple(dict.fromkeys(days))


def timeline_chart(levels: Sequence[Level], signals: Sequence[date] = ()) -> dict[str, Any]:
    """Words and deeds over time with their intervals: one plain Vega-Lite 5 specification.

    `signals` are the days of the signals, drawn as ticks along the bottom.
    """
    _need(levels)
    values = [
        {
            "day": level.at.isoformat(),
            "channel": channel.value,
            "median": estimate.median,
            "low": estimate.low,
            "high": estimate.high,
            "status": level.words_status if channel is Channel.WORDS else level.deeds_status,
            "handle": level.handle,
        }
        for level in levels
        for channel, estimate in _pair(level)
    ]
    coverage = levels[0].words.coverage
    colour = {
        "field": "channel",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(_COLOURS), "range": list(_COLOURS.values())},
    }
    day = {"field": "day", "type": "temporal", "title": None}
    title = "level, stationary sd"
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "opacity": 0.18},
            "encoding": {
                "x": day,
                "y": {"field": "low", "type": "quantitative", "title": title},
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {
                "x": day,
                "y": {"field": "median", "type": "quantitative", "title": title},
                "color": colour,
                "strokeDash": {"field": "channel", "type": "nominal", "title": None},
                "tooltip": [
                    {"field": f, "type": t}
                    for f, t in (
                        ("handle", "nominal"),
                        ("channel", "nominal"),
                        ("median", "quantitative"),
                        ("low", "quantitative"),
                        ("high", "quantitative"),
                        ("status", "nominal"),
                    )
                ],
            },
        },
    ]
    if signals:
        layers.append(
            {
                "data": {"values": [{"day": d.isoformat()} for d in sorted(signals)]},
                "mark": {"type": "tick", "orient": "vertical", "color": "#555", "yOffset": -4},
                "encoding": {"x": day, "y": {"value": "height"}},
            }
        )
    series = levels[0].series
    relation = f"signalled {series.relation.value}"
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{series.actor} to {series.object}: {relation}",
            "subtitle": f"median and {coverage:.0%} interval, each day from what was known by then",
        },
        "description": f"Timeline of {series}, {levels[0].at} to {levels[-1].at}.",
        "width": 560,
        "height": 240,
        "data": {"values": values},
        "layer": layers,
    }


def sketch(levels: Sequence[Level], channel: Channel, *, width: int = 72, height: int = 13) -> str:
    """The timeline of one channel in characters: `o` the median, `:` the interval.

    Days rest on fewer than three signals where the median is drawn as `.`. The last line counts the
    signals of both channels that came since the column before (9: nine or more).
    """
    _need(levels)
    width, height = max(width, 16), max(height, 5)
    columns = [levels[min(len(levels) - 1, i * len(levels) // width)] for i in range(width)]
    shown = [dict(_pair(level))[channel] for level in columns]
    low, high = min(e.low for e in shown), max(e.high for e in shown)
    scale = (height - 1) / ((high - low) or 1.0)

    def row(value: float) -> int:
        return round((value - low) * scale)

    grid = [[" "] * width for _ in range(height)]
    for x, (level, e) in enumerate(zip(columns, shown, strict=True)):
        for y in range(row(e.low), row(e.high) + 1):
            grid[y][x] = ":"
        status = level.words_status if channel is Channel.WORDS else level.deeds_status
        grid[row(e.median)][x] = "o" if status == "measured" else "."
    zero = row(0.0) if low < 0.0 < high else -1
    lines: list[str] = []
    for y in range(height - 1, -1, -1):
        value = low + y / scale
        edge = "0" if y == zero else "|"
        lines.append(f"{value:+6.2f} {edge}{''.join(grid[y])}".rstrip())
    first, last = columns[0].at.isoformat(), columns[-1].at.isoformat()
    lines.append(f"{'':7}+{first}{last:>{width - len(first)}}")
    new = (b.n_signals - a.n_signals for a, b in itertools.pairwise(columns))
    marks = " " + "".join(str(min(n, 9)) if n > 0 else " " for n in new)
    lines.append(f"{'new':>7} {marks}".rstrip())
    return "\n".join(lines)


def _pair(level: Level) -> tuple[tuple[Channel, Estimate], ...]:
    return ((Channel.WORDS, level.words), (Channel.DEEDS, level.deeds))


def _need(levels: Sequence[Level]) -> None:
    if len(levels) < 2:
        raise InputError(
            f"{len(levels)} levels", "at least two days", "Stance.timeline(..., days=...)"
        )
