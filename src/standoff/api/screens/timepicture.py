"""Drawings over time: two levels in panels of their own, signals on their days, gaps hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.api.screens.picture import (
    DEEDS,
    WORDS,
    Picture,
    Scale,
    canvas,
    link,
    path,
    tag,
    title,
    words,
)
from standoff.api.tables import Table
from standoff.measure import Level
from standoff.terms import Estimate

LEFT, RIGHT, WIDTH = 118.0, 985.0, 1000.0
PANEL = 104.0
X = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A signal on the drawing: between two days it happened, on one it was known.

    `quote` is the note of a coder where `noted`, and `said` are then the source's own words, if kept.
    """

    handle: str
    event: str
    channel: str
    first: date
    last: date
    available: date
    explicit: int
    official: bool
    act: str
    who: str
    whom: str
    quote: str
    noted: bool
    source: str
    state: str
    href: str
    said: str = ""

    @property
    def day(self) -> str:
        """The day it happened, or the days between which it did."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first} to {last}"


def pair_picture(
    points: Sequence[Level],
    inner: Sequence[Level],
    marks: Sequence[Mark],
    first: date,
    last: date,
    *,
    gaps: Sequence[tuple[date, date]],
    most: int,
    label: str,
    lanes: bool = True,
) -> Picture:
    """Words and deeds of one pair: a panel and a lane each, on one axis of days."""
    x = _days(first, last)
    low = min([-2.0, *(e.low for p in points for e in (p.words, p.deeds))])
    high = max([2.0, *(e.high for p in points for e in (p.words, p.deeds))])
    parts = [_hatch_pattern()]
    below = 62.0 if lanes else 18.0
    height = 2 * (PANEL + below) + 34
    parts += _axis(x, first, last, height)
    top = 8.0
    for channel, colour in (("words", WORDS), ("deeds", DEEDS)):
        series = [(p.at, p.words if channel == "words" else p.deeds) for p in points]
        half = [(p.at, p.words if channel == "words" else p.deeds) for p in inner]
        parts += _panel(series, half, channel, colour, x, Scale(low, high, top + PANEL, top))
        if lanes:
            parts += _lane(channel, colour, marks, gaps, x, top + PANEL + 24, most)
        top += PANEL + below
    caption = f"{label}: level in standard deviations, median with 50 % and 90 % bands"
    if lanes:
        caption += (
            "; below each its signals (size: explicitness, ring: official, line: days it may have "
            "happened, whisker: day it was known). Hatched: nothing known"
        )
    table = Table(
        tuple(
            {"day": p.at.isoformat(), "words": _plain(p.words), "words 90 %": _ends(p.words),
             "deeds": _plain(p.deeds), "deeds 90 %": _ends(p.deeds)}
            for p in points
        ),
        f"{label}: levels",
        ("day", "words", "words 90 %", "deeds", "deeds 90 %"),
    )  # fmt: skip
    return Picture(canvas(WIDTH, height, caption, *parts, class_="timeline"), caption, table)


def _lane(
    channel: str,
    colour: str,
    marks: Sequence[Mark],
    gaps: Sequence[tuple[date, date]],
    x: X,
    y: float,
    most: int,
) -> list[str]:
    """The signals of one channel on their days, over what is not known."""
    own = [m for m in marks if m.channel == channel]
    found = [
        tag("rect", {"x": x(a), "y": y - 14, "width": max(x(b) - x(a), 1.0), "height": 28.0,
                     "fill": "url(#hatch)", "class": "gap"},
            title(f"no signal known {a} to {b}: not known, not quiet"))
        for a, b in gaps
    ]  # fmt: skip
    found.append(words(f"{channel}, signals", 0, y + 4))
    return found + (_bars(own, x, y, colour) if len(own) > most else _marks(own, x, y, colour))


def lanes_picture(lanes: Sequence[tuple[str, Sequence[Mark]]], first: date, last: date) -> Picture:
    """Every pair in a lane: words above its line, deeds below."""
    x = _days(first, last, left=230.0)
    height = 40.0 * len(lanes) + 36
    parts = _axis(x, first, last, height, left=230.0)
    rows: list[dict[str, object]] = []
    for i, (name, marks) in enumerate(lanes):
        y = 22.0 + 40 * i
        inside = [m for m in marks if m.last >= first and m.first <= last]
        parts.append(words(name[:38], 0, y + 4, font_size=11.5))
        parts.append(tag("line", {"x1": 230.0, "x2": RIGHT, "y1": y, "y2": y,
                                  "stroke": "currentColor", "opacity": 0.25}))  # fmt: skip
        for m in inside:
            up = m.channel == "words"
            at = max(x(m.first), 230.0)
            shape = (
                tag("circle", {"cx": at, "cy": y - 6, "r": 3.2, "fill": WORDS, "class": "words"})
                if up
                else tag("rect", {"x": at - 3, "y": y + 3, "width": 6.0, "height": 6.0,
                                  "fill": DEEDS, "class": "deeds"})
            )  # fmt: skip
            parts.append(_linked(m, shape))
        rows.append(
            {
                "pair": name,
                "words": sum(m.channel == "words" for m in inside),
                "deeds": sum(m.channel == "deeds" for m in inside),
                "last": max((m.first.isoformat() for m in inside), default="none"),
            }
        )
    caption = "All pairs in the same window: words above the line (round), deeds below (square)"
    table = Table(tuple(rows), "Signals by pair", ("pair", "words", "deeds", "last"))
    return Picture(canvas(WIDTH, height, caption, *parts, class_="lanes"), caption, table)


def _days(first: date, last: date, left: float = LEFT) -> X:
    scale = Scale(first.toordinal(), last.toordinal(), left, RIGHT)
    return lambda day: scale(day.toordinal())


def _axis(x: X, first: date, last: date, height: float, left: float = LEFT) -> list[str]:
    """Lines at the beginnings of years, quarters, months or weeks, as the window allows."""
    found: list[str] = []
    for day, text in ticks(first, last):
        at = x(day)
        if at < left - 0.5:
            continue
        found.append(tag("line", {"x1": at, "x2": at, "y1": 4.0, "y2": height - 22,
                                  "stroke": "currentColor", "opacity": 0.12}))  # fmt: skip
        if at < RIGHT - 24:
            found.append(words(text, at + 3, height - 7, font_size=11))
    return found


def ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Days to write under an axis, at most about a dozen.

    >>> [t for _, t in ticks(date(2019, 5, 1), date(2021, 8, 1))][:3]
    ['2019-07', '2020-01', '2020-07']
    """
    days = (last - first).days
    if days > 366 * 3:
        step = max(1, round(days / 366 / 10))
        years = range(first.year + 1, last.year + 1)
        return [(date(y, 1, 1), str(y)) for y in years if y % step == 0]
    if days > 70:
        step = 6 if days > 500 else 3 if days > 270 else 1
        found: list[tuple[date, str]] = []
        for index in range(first.year * 12 + first.month, last.year * 12 + last.month):
            if index % step == 0:
                found.append(
                    (date(index // 12, index % 12 + 1, 1), f"{index // 12}-{index % 12 + 1:02d}")
                )
        return found
    step = max(1, round(days / 8))
    return [(first + timedelta(days=i), (first + timedelta(days=i)).isoformat()[5:])
            for i in range(step, days, step)]  # fmt: skip


def _panel(
    series: Sequence[tuple[date, Estimate]],
    half: Sequence[tuple[date, Estimate]],
    channel: str,
    colour: str,
    x: X,
    y: Scale,
) -> list[str]:
    found: list[str] = []
    for value in (-2.0, -1.0, 0.0, 1.0, 2.0):
        if y.low <= value <= y.high:
            at = y(value)
            found.append(tag("line", {"x1": LEFT, "x2": RIGHT, "y1": at, "y2": at,
                                      "stroke": "currentColor",
                                      "opacity": 0.35 if value == 0 else 0.1}))  # fmt: skip
            found.append(words(f"{value:+g}" if value else "0", LEFT - 8, at + 4,
                               text_anchor="end", font_size=11))  # fmt: skip
    found.append(words(f"{channel}, level", 0, y.last + 14, font_weight=600))
    for band in (series, half):
        upper = [(x(d), y(e.high)) for d, e in band]
        lower = [(x(d), y(e.low)) for d, e in reversed(band)]
        found.append(tag("path", {"d": path([*upper, *lower], closed=True), "fill": colour,
                                  "opacity": 0.16, "class": channel}))  # fmt: skip
    found.append(
        tag("path", {"d": path([(x(d), y(e.median)) for d, e in series]), "fill": "none",
                     "stroke": colour, "stroke-width": 2, "class": f"{channel} line",
                     "stroke-dasharray": "6 3" if channel == "words" else None})
    )  # fmt: skip
    return found


def _marks(marks: Sequence[Mark], x: X, y: float, colour: str) -> list[str]:
    found: list[str] = []
    lane, ends = y, [-1e9, -1e9, -1e9]
    for m in sorted(marks, key=lambda m: (m.first, m.handle)):
        size = 3.0 + 1.4 * m.explicit
        # Marks that would cover each other go above or below the line, while there is room.
        left = max(x(m.first), LEFT) - size - 3
        row = next((i for i in range(3) if ends[i] <= left), 0)
        ends[row] = left + 2 * size + 6
        y = lane + (0.0, -11.0, 11.0)[row]
        first, last = max(x(m.first), LEFT), min(x(m.last), RIGHT)
        middle = (first + last) / 2
        inner: list[str] = []
        if last - first > 2 * size:
            inner.append(tag("line", {"x1": first, "x2": last, "y1": y, "y2": y, "stroke": colour,
                                      "stroke-width": 3, "opacity": 0.5, "class": m.channel}))  # fmt: skip
        known = min(x(m.available), RIGHT)
        if known - last > 3:
            inner.append(tag("path", {"d": path([(last, y + 9), (known, y + 9), (known, y + 5)]),
                                      "fill": "none", "stroke": "currentColor", "opacity": 0.35}))  # fmt: skip
        given = {"fill": colour, "class": m.channel, "opacity": 0.8}
        if m.channel == "words":
            inner.append(tag("circle", {"cx": middle, "cy": y, "r": size, **given}))
        else:
            inner.append(tag("rect", {"x": middle - size, "y": y - size, "width": 2 * size,
                                      "height": 2 * size, **given}))  # fmt: skip
        if m.official:
            inner.append(tag("circle", {"cx": middle, "cy": y, "r": size + 2.6, "fill": "none",
                                        "stroke": colour, "class": f"{m.channel} ring"}))  # fmt: skip
        found.append(_linked(m, *inner))
    return found


def _bars(marks: Sequence[Mark], x: X, y: float, colour: str) -> list[str]:
    """Counts by month in place of single signals: none is left out."""
    counts: dict[tuple[int, int], int] = {}
    for m in marks:
        counts[m.first.year, m.first.month] = counts.get((m.first.year, m.first.month), 0) + 1
    most = max(counts.values(), default=1)
    found: list[str] = []
    for (year, month), n in sorted(counts.items()):
        start = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1)
        tall = 26.0 * n / most
        found.append(
            tag("rect", {"x": max(x(start), LEFT), "y": y + 13 - tall,
                         "width": max(x(end) - x(start) - 1, 1.0), "height": tall, "fill": colour,
                         "class": "density"},
                title(f"{year}-{month:02d}: {n} signals"))
        )  # fmt: skip
    return found


def _linked(m: Mark, *shapes: str) -> str:
    words = f"note: {m.quote[:160]}" if m.noted else f"«{m.quote[:160]}»"
    told = f"{m.handle} {m.day}: {m.who} to {m.whom or 'nobody named'}, {m.act}: {words}"
    inner = tag("g", {"data-h": m.handle}, title(told), *shapes)
    return link(m.href, inner, label=told, class_="mark") if m.href else inner


def _hatch_pattern() -> str:
    line = tag("path", {"d": "M0,6 L6,0", "stroke": "currentColor", "opacity": 0.45})
    return tag(
        "defs", None,
        tag("pattern", {"id": "hatch", "width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}, line),
    )  # fmt: skip


def _plain(e: Estimate) -> str:
    return f"{e.median:+.2f}"


def _ends(e: Estimate) -> str:
    return f"{e.low:+.2f} to {e.high:+.2f}"
