"""Which reported event is which known event: by actor, act, target, place, words and date.

A report is not an event. Reports misdate, misattribute and round, so that no single field decides:
each agreement or clash adds evidence in log odds, the best event wins if it is clear of the
threshold and of the runner-up. The weights are elicited; every match prints its reasons.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from standoff.terms import Channel, DateBasis, Event, Period, PloverEvent, Signal, Status

# Log-odds of "same event" that each finding adds; a match needs the sum to reach THRESHOLD.
SAME_PERSON = 2.0
OTHER_PERSON = -3.0
SAME_ACT = 1.0
KINDRED_ACT = 0.4
OTHER_ACT = -1.5
SAME_CHANNEL = 0.3
OTHER_CHANNEL = -1.5
SHARED_TARGET = 0.6
OTHER_TARGET = -1.0
SAME_PROTEGE = 0.8
SAME_PLACE = 1.6
DATES_MEET = 1.0
DATES_FAR = -4.0
UNDATED_FAR = -2.0
UNDATED_WEEK = -0.12
WORDS_FULL = 3.5
ENOUGH_WORDS = 3.0
THRESHOLD = 2.6
MARGIN = 0.3

# Acts that coders, and reporters, exchange for one another.
_KINDRED = (
    {
        PloverEvent.SUPPORT,
        PloverEvent.AGREE,
        PloverEvent.THREATEN,
        PloverEvent.COOPERATE,
        PloverEvent.REQUEST,
    },
    {PloverEvent.ACCUSE, PloverEvent.REJECT, PloverEvent.THREATEN, PloverEvent.REQUEST},
    {PloverEvent.MOBILIZE, PloverEvent.COERCE, PloverEvent.ASSAULT, PloverEvent.COOPERATE},
    {PloverEvent.CONCEDE, PloverEvent.RETREAT, PloverEvent.COERCE},
    {PloverEvent.CONSULT, PloverEvent.COOPERATE, PloverEvent.AGREE},
    {PloverEvent.AID, PloverEvent.SUPPORT, PloverEvent.AGREE},
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


@dataclass(frozen=True, slots=True)
class Match:
    """The event a signal is taken to report, with the evidence in log odds and the reasons."""

    key: str
    score: float
    reasons: tuple[str, ...]


def match_event(
    signal: Signal, published: date, known: Sequence[Event], rarity: Rarity | None = None
) -> Match | None:
    """The known event that `signal` reports, or None where none is clear enough.

    `rarity` may be passed where many signals meet the same events. Only events
    that were available by `published` can be meant. Two events that fit almost
    equally well match neither: a wrong merge hides an event, a missed one only repeats it.
    """
    if signal.aggregate or signal.status in (Status.HYPOTHETICAL, Status.DENIED):
        return None
    rarity = rarity or Rarity(known)
    mine = frozenset(signal.source_actors)
    scored = [
        _score(signal, event, rarity)
        for event in known
        if not mine.isdisjoint(event.signal.source_actors)
        and (event.happened.start or event.available) <= published
    ]
    scored.sort(key=lambda m: (-m.score, m.key))
    if not scored or scored[0].score < THRESHOLD:
        return None
    if len(scored) > 1 and scored[0].score - scored[1].score < MARGIN:
        return None
    return scored[0]


class Rarity:
    """How much a shared word says: the fewer known events use it, the more (inverse frequency).

    >>> Rarity(()).overlap("Missile unit goes to Ishigaki", "Missile unit for Ishigaki")
    0.75
    """

    def __init__(self, known: Sequence[Event] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._events = 0
        for event in known:
            self.take(event)

    def take(self, event: Event) -> None:
        """Count an event that is known from now on."""
        self._counts.update(_stems(_text(event.signal)))
        self._events += 1

    def drop(self, event: Event) -> None:
        """Take back what `take` counted."""
        self._counts.subtract(_stems(_text(event.signal)))
        self._events -= 1

    def overlap(self, one: str, other: str) -> float:
        """Shared weight over the weight of the shorter text, 0 to 1.

        A text of two or three words cannot overlap fully: it says too little.
        """
        mine, theirs = _stems(one), _stems(other)
        least = max(min(self._sum(mine), self._sum(theirs)), ENOUGH_WORDS * self._weight(""))
        return self._sum(mine & theirs) / least if least > 0 else 0.0

    def _sum(self, stems: frozenset[str]) -> float:
        # Sorted, so that the order of a set cannot reach the last digit of a sum.
        return sum(map(self._weight, sorted(stems)))

    def _weight(self, stem: str) -> float:
        return math.log((self._events + 2) / (self._counts.get(stem, 0) + 1))


def _score(signal: Signal, event: Event, rarity: Rarity) -> Match:
    other = event.signal
    findings: list[tuple[str, float]] = []
    findings += _persons(signal, other)
    findings += _acts(signal, other)
    objects, others = _objects(signal), _objects(other)
    if objects and others:
        shared = bool(objects & others)
        findings.append(("target", SHARED_TARGET if shared else OTHER_TARGET))
    if signal.protege and signal.protege == other.protege:
        findings.append((f"protege {signal.protege}", SAME_PROTEGE))
    if _same_place(signal, other):
        findings.append(("place", SAME_PLACE))
    findings += _dates(signal.date, event.happened)
    words = rarity.overlap(_text(signal), _text(other))
    if words > 0:
        findings.append((f"words {words:.2f}", WORDS_FULL * words))
    score = round(sum(weight for _, weight in findings), 6)
    reasons = tuple(f"{name} {weight:+.1f}" for name, weight in findings)
    return Match(event.key, score, reasons)


def _objects(signal: Signal) -> set[str]:
    """Whom the act is about: reports name the target, the protege or both."""
    proteges = {name for name, _ in signal.protege_weights}
    return {*signal.target_actors, *proteges, *([signal.protege] if signal.protege else [])}


def _text(signal: Signal) -> str:
    people = " ".join(p.person for p in signal.sources if p.person)
    return f"{signal.span.quote} {signal.commitment} {people}"


def _persons(signal: Signal, other: Signal) -> list[tuple[str, float]]:
    mine = {p.person for p in signal.sources if p.person}
    theirs = {p.person for p in other.sources if p.person}
    if not mine or not theirs:
        return []
    alike = any(fuzz.token_sort_ratio(a, b) >= 85 or _surname(a, b) for a in mine for b in theirs)
    return [("same person", SAME_PERSON) if alike else ("other person", OTHER_PERSON)]


def _surname(one: str, two: str) -> bool:
    return one.split()[-1] == two.split()[-1] or two.split()[-1] in one.split()


def _acts(signal: Signal, other: Signal) -> list[tuple[str, float]]:
    same = signal.event is other.event or (signal.x_event and signal.x_event is other.x_event)
    kindred = any({signal.event, other.event} <= group for group in _KINDRED)
    act = SAME_ACT if same else KINDRED_ACT if kindred else OTHER_ACT
    if PloverEvent.NONE in (signal.event, other.event) and not same:
        act = 0.0
    same_channel = signal.channel is other.channel
    # A planned deployment may be reported as an announcement: words about a deed.
    soft = Channel.DEEDS in (signal.channel, other.channel) and Status.PLANNED in (
        signal.status,
        other.status,
    )
    channel = SAME_CHANNEL if same_channel else 0.0 if soft else OTHER_CHANNEL
    return [(f"act {signal.event.value}/{other.event.value}", act), ("channel", channel)]


def _same_place(signal: Signal, other: Signal) -> bool:
    names = {signal.place.name.lower()} if signal.place else set[str]()
    theirs = f"{other.place.name if other.place else ''} {other.span.quote} {other.commitment}"
    return any(name and name in theirs.lower() for name in names)


def _dates(mine: Period, theirs: Period) -> list[tuple[str, float]]:
    """Meeting dates speak for a match; each month apart against it, to a floor.

    A report that gives no date of the act is dated by its publication: the act may be older, and
    each week of age makes the match a little less likely.
    """
    if (mine.start is None and mine.end is None) or (theirs.start is None and theirs.end is None):
        return []
    if mine.basis is DateBasis.PUBLICATION:
        age = _gap_days(mine, theirs) / 7.0
        return [(f"undated, {age:.0f} weeks", max(UNDATED_FAR, 0.5 + UNDATED_WEEK * age))]
    if mine.overlaps(theirs, slack_days=1):
        length = mine.days
        # A wide interval meets many events: it says less.
        weight = DATES_MEET if length is not None and length <= 45 else DATES_MEET / 4
        return [("dates meet", weight)]
    gap = _gap_days(mine, theirs)
    return [(f"dates {gap} days apart", max(DATES_FAR, -gap / 30.0))]


def _gap_days(mine: Period, theirs: Period) -> int:
    if mine.end is not None and theirs.start is not None and mine.end < theirs.start:
        return (theirs.start - mine.end).days
    if theirs.end is not None and mine.start is not None and theirs.end < mine.start:
        return (mine.start - theirs.end).days
    return 0


# The known events of a dossier are asked again for every report that is read into it.
@lru_cache(maxsize=200_000)
def _stems(text: str) -> frozenset[str]:
    """Content words cut to six letters, a stem good enough for overlap."""
    return frozenset(w.lower()[:6] for w in _WORD.findall(text))
