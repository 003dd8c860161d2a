"""Triage: many reports of some days to their events, to the few that move the answer, and what is wrong.

Reports are the documents that were read; the record that ships with a system is none. An event that
was known before the days in question counts as known, and what the new reports of it move is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.assess.answer import Workbench
from standoff.assess.conflicts import Conflict, find_conflicts
from standoff.assess.moves import LeaveOut, Move
from standoff.errors import ImpossibleDate
from standoff.ledger import Ledger, StoredClaim, StoredDocument, StoredSignal
from standoff.terms import Outcome

__all__ = ["Triage", "TriagedEvent", "since_day", "triage"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class TriagedEvent:
    """One event of the days: who did what to whom, which new reports tell of it, what they move.

    `known` is set where it was reported before, `bears` where it is between the parties of the question.
    `contested` are claims inside the words of its new reports that a check found wrong. `passed` says
    why an event that bears on the question is no evidence of an attack; empty where it is.
    """

    event: str
    signals: tuple[str, ...]
    documents: tuple[str, ...]
    day: str
    act: str
    quote: str
    known: bool
    bears: bool
    contested: tuple[str, ...]
    passed: str
    move: Move


@dataclass(frozen=True, slots=True)
class Triage:
    """The reports of some days, sorted. `events` come by how far they move the answer.

    `wrong` begins with the claims inside the words of an event that bears on the question.
    `together` is what all the reports move; `chance` the chance of an attack within twelve months
    with them. `silent` are documents in which no signal was found.
    """

    since: date
    until: date
    documents: tuple[StoredDocument, ...]
    silent: tuple[str, ...]
    n_signals: int
    events: tuple[TriagedEvent, ...]
    together: Move
    chance: float
    wrong: tuple[StoredClaim, ...]
    conflicts: tuple[Conflict, ...]

    def movers(self, least: float) -> tuple[TriagedEvent, ...]:
        """The events that move the answer by at least so many percentage points."""
        return tuple(e for e in self.events if e.move.size >= least)


def since_day(text: str, until: date) -> date:
    """The first day whose reports count: a date, a weekday, yesterday, or so many days or weeks ago.

    A weekday is its last one before `until`. Raises `ImpossibleDate` for other words.

    >>> monday = date(2021, 8, 16)
    >>> [str(since_day(t, monday)) for t in ("friday", "Monday", "3d", "2w", "2021-08-01")]
    ['2021-08-13', '2021-08-09', '2021-08-13', '2021-08-02', '2021-08-01']
    """
    word = text.strip().casefold()
    if word in _DAYS:
        back = (until.weekday() - _DAYS.index(word)) % 7
        return until - timedelta(back or 7)
    if word == "yesterday":
        return until - timedelta(1)
    if word[:-1].isdigit() and word[-1:] in ("d", "w"):
        return until - timedelta(int(word[:-1]) * (7 if word[-1] == "w" else 1))
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ImpossibleDate(
            f"--since {text!r}",
            "a day (2021-08-06), a weekday (friday), yesterday, 3d or 2w",
            "--since friday",
        ) from error


def triage(ledger: Ledger, bench: Workbench, since: date) -> Triage:
    """Sort the reports that were published from `since` on, up to the day of the workbench."""
    if since > bench.at:
        raise ImpossibleDate(
            f"reports from {since} on, as known on {bench.at}",
            f"a day up to {bench.at}",
            "--since an earlier day, or --as-of a later one",
        )
    documents = tuple(
        d
        for d in ledger.documents()
        if since <= d.published <= bench.at and not d.source.startswith("standoff chron")
    )
    names = {d.handle for d in documents}
    every = ledger.signals(as_of=bench.at)
    new = [s for s in every if s.document in names and s.state != "rejected"]
    groups: dict[str, list[StoredSignal]] = defaultdict(list)
    for item in new:
        groups[item.event].append(item)
    before = {s.event for s in every if s.document not in names and s.state != "rejected"}
    mover = LeaveOut(bench, {s.handle: s.signal for s in every})
    sets = [[s.handle for s in members] for members in groups.values()]
    *single, together = mover.moves([*sets, [s.handle for s in new]])
    wrong = _wrong(ledger, names)
    reasons = _passed(bench, groups)
    inside = _inside(wrong)
    events = [
        TriagedEvent(
            event=event,
            signals=tuple(s.handle for s in members),
            documents=tuple(dict.fromkeys(s.document for s in members)),
            day=str(members[0].signal.date.start or members[0].available),
            act=act_of(members[0]),
            quote=members[0].signal.span.quote,
            known=event in before,
            bears=members[0].event_key in mover.keys or event in reasons,
            contested=tuple(dict.fromkeys(c for s in members for c in inside(s))),
            passed=reasons.get(event, ""),
            move=move,
        )
        for (event, members), move in zip(groups.items(), single, strict=True)
    ]
    first = {c for e in events if e.bears for c in e.contested}
    return Triage(
        since=since,
        until=bench.at,
        documents=documents,
        silent=tuple(d.handle for d in documents if not any(s.document == d.handle for s in new)),
        n_signals=len(new),
        events=tuple(sorted(events, key=lambda e: (-e.move.size, e.event))),
        together=together,
        chance=mover.chance,
        wrong=tuple(sorted(wrong, key=lambda c: (c.handle not in first, int(c.handle[2:])))),
        conflicts=tuple(
            c
            for c in find_conflicts(ledger)
            if c.newer_document in names or c.older_document in names
        ),
    )


def act_of(item: StoredSignal) -> str:
    """Who did what to whom, in one line of codes."""
    s = item.signal
    who = " ".join(s.source_actors) or "nobody named"
    whom = " ".join(s.target_actors) or s.protege or "nobody named"
    kind = s.x_event.value if s.x_event else s.event.value
    said = "" if s.status.value == "done" else f", {s.status.value}"
    return f"{who} to {whom}: {'not ' if s.negated else ''}{kind} ({s.channel.value}{said})"


def _passed(bench: Workbench, groups: Mapping[str, Sequence[StoredSignal]]) -> dict[str, str]:
    """Why an event is no evidence, by its handle."""
    reasons = {h: p.reason for p in bench.passed for h in p.handles}
    found: dict[str, str] = {}
    for event, members in groups.items():
        said = [reasons[s.handle] for s in members if s.handle in reasons]
        if said:
            found[event] = said[0]
    return found


def _wrong(ledger: Ledger, names: set[str]) -> list[StoredClaim]:
    return [
        c
        for c in ledger.claims()
        if c.document in names
        and c.outcome in (Outcome.CONTRADICTED, Outcome.INCONSISTENT)
        and c.state != "rejected"
    ]


def _inside(wrong: Sequence[StoredClaim]) -> Callable[[StoredSignal], list[str]]:
    """A function from a signal to the wrong claims inside its words."""

    def inside(item: StoredSignal) -> list[str]:
        return [
            c.handle
            for c in wrong
            if c.document == item.document and item.signal.span.overlaps(c.span)
        ]

    return inside
