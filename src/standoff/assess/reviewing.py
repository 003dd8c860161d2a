"""What is worth reviewing: suggestions by how far a rejection would move the answer, with a stop line.

Below the line no choice of rejections moves the answer by more than so many percentage points: what
raises it and what lowers it are taken together, each in full, for these are the worst two choices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.assess.answer import Workbench
from standoff.assess.moves import LeaveOut, Move
from standoff.assess.sorting import act_of
from standoff.errors import InputError
from standoff.ledger import Ledger, StoredSignal

__all__ = ["Queue", "Waiting", "review_queue"]

SHARE = 0.05
"""Share of the answer that the rest may move it by, where no number of points is given."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event with signals that nobody has reviewed: what rejecting them all would move.

    `move` is that of having them, so a rejection moves the answer by its opposite.
    """

    event: str
    signals: tuple[str, ...]
    day: str
    act: str
    quote: str
    move: Move


@dataclass(frozen=True, slots=True)
class Queue:
    """Events to review, the widest mover first.

    Above the line stand the first `stop` of them; whatever is rejected below it moves the answer by
    at most `most` percentage points (`up` and `down`: all that would raise, all that would lower it).
    """

    items: tuple[Waiting, ...]
    stop: int
    least: float
    up: float
    down: float
    chance: float
    reviewed: int

    @property
    def most(self) -> float:
        """How far the rest can move the answer, in percentage points."""
        return max(abs(self.up), abs(self.down))


def review_queue(ledger: Ledger, bench: Workbench, *, least: float | None = None) -> Queue:
    """The queue of a dossier on the day of a workbench; `least` in percentage points, else 5 % of the answer.

    Events that cannot move the answer are not in it. Raises `InputError` for a line below zero.
    """
    if least is not None and least < 0:
        raise InputError(f"a stop line at {least:g} points", "zero or more", "--stop 0.1")
    every = ledger.signals(as_of=bench.at)
    mover = LeaveOut(bench, {s.handle: s.signal for s in every})
    least = 100.0 * SHARE * mover.chance if least is None else least
    groups: dict[str, list[StoredSignal]] = defaultdict(list)
    for item in every:
        if item.state == "suggested" and item.event_key in mover.keys:
            groups[item.event].append(item)
    sets = [[s.handle for s in members] for members in groups.values()]
    found = [
        Waiting(
            event,
            tuple(s.handle for s in members),
            str(members[0].signal.date.start or members[0].available),
            act_of(members[0]),
            members[0].signal.span.quote,
            move,
        )
        for (event, members), move in zip(groups.items(), mover.moves(sets), strict=True)
    ]
    found.sort(key=lambda w: (-w.move.size, w.event))
    stop, up, down = _line(mover, found, least)
    done = sum(s.state == "accepted" for s in every)
    return Queue(tuple(found), stop, least, up, down, mover.chance, done)


def _line(mover: LeaveOut, items: Sequence[Waiting], least: float) -> tuple[int, float, float]:
    """The first place from which on the rest cannot move the answer by more than `least`."""

    def rest(place: int) -> tuple[float, float]:
        """What rejecting all that lowers it, and all that raises it, from a place on would do."""
        calming = [h for w in items[place:] if w.move.points < 0 for h in w.signals]
        rousing = [h for w in items[place:] if w.move.points > 0 for h in w.signals]
        up, down = (mover.moves([s])[0] if s else None for s in (calming, rousing))
        return -up.points if up else 0.0, -down.points if down else 0.0

    low, high = 0, len(items)
    ends = {high: (0.0, 0.0)}
    while low < high:
        middle = (low + high) // 2
        ends[middle] = rest(middle)
        if max(map(abs, ends[middle])) <= least:
            high = middle
        else:
            low = middle + 1
    return low, *ends.get(low, (0.0, 0.0))
