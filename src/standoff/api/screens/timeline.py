"""The Timeline: words and deeds of one pair apart, every signal on its day, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from standoff.api.screens.benches import BENCHES
from standoff.api.screens.picture import Picture
from standoff.api.screens.timepicture import Mark, lanes_picture, pair_picture
from standoff.api.screens.view import View
from standoff.assess import is_note
from standoff.brief import level as level_text
from standoff.brief import percent
from standoff.errors import InputError
from standoff.ledger import SignalQuery, StoredSignal
from standoff.measure import Level, Shift, days_between
from standoff.systems import System
from standoff.terms import Relation

POINTS = 73
MOST_MARKS = 300
"""Signals in a lane beyond which bars by month stand for them."""
GAP_DAYS = 120
"""Days without any signal of a pair after which a stretch is hatched: not known, not quiet."""
FIRST = date(1900, 1, 1)
WINDOW = 52.0
OFFICIAL = ("official", "anonymous_official")


@dataclass(frozen=True, slots=True)
class Pair:
    """One series that can be shown: its key in addresses, and its name."""

    key: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """The probability that a level moved within the last year, in words, with what carries it."""

    said: str
    between: str
    signals: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Windows:
    """Where a person may go from here: first and last day of each view."""

    now: tuple[date, date]
    closer: tuple[date, date]
    wider: tuple[date, date]
    earlier: tuple[date, date]
    later: tuple[date, date]
    presets: tuple[tuple[str, date, date], ...]


@dataclass(frozen=True, slots=True)
class TimelineScreen:
    """One pair over time, with all pairs below it."""

    pair: Pair
    pairs: tuple[Pair, ...]
    windows: Windows
    picture: Picture
    lanes: Picture
    handle: str
    summary: str
    shifts: tuple[ShiftLine, ...]
    marks: tuple[Mark, ...]
    outside: int
    enough: bool


def pairs_of(system: System) -> tuple[Pair, ...]:
    """The series of a system: commitments to the protege, and the challenger's hostility."""
    t = system.protege
    name = system.name
    found = [
        Pair(f"{k}>{t}", f"{name(k)} to {name(t)}", "commitment")
        for k in (*system.defenders, *system.supporters)
    ]
    found += [
        Pair(f"{system.challenger}>{k}:hostility", f"{name(system.challenger)} against {name(k)}", "hostility")
        for k in (t, *system.defenders)
    ]  # fmt: skip
    return tuple(found)


def timeline_screen(
    view: View,
    *,
    pair: str = "",
    first: date | None = None,
    last: date | None = None,
    clock: str = "happened",
    href: str = "",
) -> TimelineScreen:
    """One pair between two days. Raises `InputError` for a pair or a window that cannot be.

    `href` leads to a signal, with {handle} and {document} in it.
    """
    known = pairs_of(view.system)
    chosen = next((p for p in known if p.key == pair), None)
    if chosen is None:
        if pair or not known:
            listed = ", ".join(p.key for p in known)
            raise InputError(f"the pair {pair!r}", f"one of {listed or 'none'}", "choose one")
        chosen = known[0]
    signals = _signals(view, chosen)
    days = [d for s in signals if (d := s.signal.date.start or s.available)]
    begin = max(min(days, default=view.day - timedelta(days=730)), FIRST)
    usual = max(begin, view.day - timedelta(days=3 * 365 + 1))
    start = first or min(usual, view.day - timedelta(days=365))
    end = min(last or view.day, view.day)
    if not FIRST <= start < end:
        raise InputError(
            f"{start} to {end}", f"two days in order, until {view.day}", "correct them"
        )
    actor, object_, relation = _key(chosen)
    stance = BENCHES.stance(view)
    sampled = days_between(start, end, POINTS)
    points = stance.timeline(actor, object_, relation, days=sampled)
    inner = [stance.level(actor, object_, relation, d, coverage=0.5) for d in sampled]
    moved = stance.shifts(actor, object_, relation, within=WINDOW)
    marks = tuple(_mark(view, s, clock, href) for s in signals)
    inside = tuple(m for m in marks if m.last >= start and m.first <= end)
    now = stance.level(actor, object_, relation)
    return TimelineScreen(
        pair=chosen,
        pairs=known,
        windows=_windows(start, end, begin, view.day),
        picture=pair_picture(
            points, inner, inside, start, end, gaps=_gaps(days, start, end), most=MOST_MARKS,
            label=chosen.name,
        ),
        lanes=lanes_picture(
            [(p.name, tuple(_mark(view, s, clock, href) for s in _signals(view, p))) for p in known],
            start, end,
        ),
        handle=now.handle,
        summary=_summary(now),
        shifts=tuple(_shift(s) for s in moved),
        marks=inside,
        outside=len(marks) - len(inside),
        enough=now.words_status == "measured" or now.deeds_status == "measured",
    )  # fmt: skip


def _key(pair: Pair) -> tuple[str, str, Relation]:
    actor, _, rest = pair.key.partition(">")
    return actor, rest.partition(":")[0], Relation(pair.relation)


def _signals(view: View, pair: Pair) -> tuple[StoredSignal, ...]:
    """What a pair's series may rest on: not rejected, of the actor, on the object."""
    actor, object_, _ = _key(pair)
    query = SignalQuery(actor=actor, on=object_, as_of=view.day, order="happened")
    return tuple(s for s in view.ledger.find(query) if s.state != "rejected")


def _mark(view: View, item: StoredSignal, clock: str, href: str) -> Mark:
    s = item.signal
    first = s.date.start or s.date.end or item.available
    last = s.date.end or first
    if clock == "reported":
        first = last = item.available
    return Mark(
        handle=item.handle,
        event=item.event,
        channel=s.channel.value,
        first=first,
        last=max(first, last),
        available=item.available,
        explicit=s.explicitness,
        official=s.officialness.value in OFFICIAL,
        act=s.event.value,
        who=" ".join(s.source_actors),
        whom=" ".join(s.target_actors),
        quote=s.span.quote,
        noted=is_note(s),
        said=s.said,
        source=item.source,
        state=item.state,
        href=href.format(handle=item.handle, document=item.document) if href else "",
    )


def _gaps(days: Sequence[date], first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Stretches of the window in which nothing is known of the pair for longer than `GAP_DAYS`."""
    inside = [first, *sorted(d for d in set(days) if first <= d <= last), last]
    before = max((d for d in days if d < first), default=first)
    pairs = [(before, inside[1]), *pairwise(inside[1:])]
    return tuple((max(a, first), b) for a, b in pairs if (b - a).days > GAP_DAYS and b > first)


def _windows(start: date, end: date, begin: date, day: date) -> Windows:
    span = end - start
    quarter, half = span / 4, span / 2

    def held(a: date, b: date) -> tuple[date, date]:
        b = min(b, day)
        a = max(min(a, b - timedelta(days=14)), FIRST)
        return a, b

    presets = [
        (name, held(day - timedelta(days=d), day))
        for name, d in (("3 months", 91), ("1 year", 365), ("3 years", 1096), ("10 years", 3653))
    ]
    presets.append(("all", held(begin, day)))
    return Windows(
        now=(start, end),
        closer=held(start + quarter, end - quarter) if span.days > 30 else (start, end),
        wider=held(start - half, end + half),
        earlier=held(start - quarter, end - quarter),
        later=held(start + quarter, end + quarter) if end < day else (start, end),
        presets=tuple((n, a, b) for n, (a, b) in presets),
    )


def _summary(now: Level) -> str:
    gap = now.gap
    clear = gap.low > 0 or gap.high < 0
    told = (
        ("deeds ahead of words" if gap.median > 0 else "words ahead of deeds")
        if clear
        else "words and deeds not told apart"
    )
    return (
        f"On {now.at.isoformat()}: words {level_text(now.words)}"
        f"{' (prior)' if now.words_status == 'prior' else ''}, deeds {level_text(now.deeds)}"
        f"{' (prior)' if now.deeds_status == 'prior' else ''}; gap {level_text(gap)}: {told}. "
        f"Rests on {now.n_signals} signals, {now.reviewed} reviewed."
    )


def _shift(s: Shift) -> ShiftLine:
    if s.status != "measured":
        return ShiftLine(f"{s.channel.value}: cannot be told ({s.status})", "", (), False)
    said = (
        f"{s.channel.value}: a {s.direction} by more than {s.delta:g} sd in {s.weeks:g} weeks, "
        f"{percent(s.probability)}"
    )
    between = f"{s.between[0]} to {s.between[1]}" if s.between else ""
    return ShiftLine(said, between, tuple(h for h, _ in s.signals)[:4], s.probability > 0.8)
