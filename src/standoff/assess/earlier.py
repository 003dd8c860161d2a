"""Precedents of a signal in the record: how often the like came before, since when not, what followed.

Three classes, from narrow to wide: the same actor, act and object; the same actor and act, whomever it
is about; the same act about the same object, by anybody. Act: event, extension and channel. The record
is that of the dossier: what it does not hold is not what never was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.assess.described import system_of
from standoff.assess.noted import is_note
from standoff.errors import ImpossibleDate, UnknownHandle
from standoff.forecast import Parties, load_evidence, weigh
from standoff.ledger import Ledger, StoredSignal
from standoff.measure import signal_day
from standoff.terms import Event, Quantity

__all__ = ["Earlier", "Precedents", "precedents"]

GRAVE = ("force used", "ultimatum", "evacuation", "blockade or seizure")
"""Kinds of evidence that are looked for after each precedent: the gravest four of the table."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The events of one class before a day: how many, first and last, and those of the last year.

    `a_year` is their mean number a year from the first event of the record on. `events` are handles, the
    latest last.
    """

    name: str
    n: int
    first: date | None
    last: date | None
    in_year: int
    a_year: float
    events: tuple[str, ...]
    last_quote: str
    last_noted: bool


@dataclass(frozen=True, slots=True)
class Precedents:
    """What the record says of a signal's like before it.

    `begins` is the day of the earliest event of the record by the same actors, `recorded` how many of
    them there are. `larger`: (unit, its number, how many earlier ones have a number in that unit, the
    largest of them). `followed`: (kind, after how many of `judged` precedents it came within `within`
    days). `kind` is the kind of evidence of an attack that it is, if it is any; then `counted` is what
    public tables say of the kind, and `followed` is judged. `quote` is the note of a coder where `noted`,
    and so is `last_quote` where `last_noted`.
    """

    handle: str
    event: str
    day: date
    act: str
    quote: str
    noted: bool
    begins: date | None
    recorded: int
    classes: tuple[Earlier, ...]
    larger: tuple[tuple[str, float, int, float], ...]
    within: int
    judged: int
    followed: tuple[tuple[str, int], ...]
    kind: str
    counted: str

    @property
    def sentence(self) -> str:
        """The narrowest class in one sentence."""
        found = self.classes[0]
        if self.begins is None:
            return "The record holds nothing by this actor before it."
        if not found.n:
            return (
                f"First of its kind in the record, which begins on {self.begins} and holds "
                f"{self.recorded} earlier event{'s' if self.recorded != 1 else ''} of this actor."
            )
        gap = (self.day - found.last).days if found.last else 0
        return f"First of its kind since {found.last} ({gap} days), {found.n} before it."


def precedents(ledger: Ledger, handle: str, *, within: int = 90) -> Precedents:
    """Precedents of a signal (S-014) or event (E-021), among what had happened before its day.

    Raises `UnknownHandle`, or `ImpossibleDate` for a signal without a day.
    """
    item = _signal(ledger, handle)
    names = {s.handle: s.event for s in ledger.signals()}
    every = [(d, e) for e in ledger.events() if isinstance(d := signal_day(e), date)]
    mine = next((e for _, e in every if item.handle in e.handles), None)
    if mine is None:
        raise ImpossibleDate(
            f"{item.handle}, whose day cannot be told", "a signal with a day", "standoff why"
        )
    day = next(d for d, e in every if e is mine)
    before = [(d, e) for d, e in every if d < day]
    own = [(d, e) for d, e in before if _actors(e) & _actors(mine)]
    begins = min((d for d, _ in own), default=None)
    about = _objects(mine)
    alike = [(d, e) for d, e in before if _act(e) == _act(mine)]
    narrow = [(d, e) for d, e in alike if _actors(e) & _actors(mine) and _objects(e) & about]
    years = max((day - begins).days / 365.25, 1.0) if begins else 1.0
    who, whom = " ".join(sorted(_actors(mine))), " ".join(sorted(about)) or "nobody named"
    act = _act_name(mine)
    classes = (
        _earlier(f"{act} by {who}, about {whom}", narrow, day, years, names),
        _earlier(
            f"{act} by {who}, whomever about",
            [(d, e) for d, e in alike if _actors(e) & _actors(mine)], day, years, names,
        ),
        _earlier(
            f"{act} by anybody, about {whom}",
            [(d, e) for d, e in alike if _objects(e) & about], day, years, names,
        ),
    )  # fmt: skip
    judged, followed = _followed(narrow, own, about, day, within)
    kind = _evidence(ledger, mine, day)
    if not kind:
        judged, followed = 0, ()
    return Precedents(
        item.handle,
        item.event,
        day,
        f"{who} to {whom}: {act}",
        item.signal.span.quote,
        is_note(item.signal),
        begins,
        len(own),
        classes,
        tuple(_larger(item.signal.quantities, narrow)),
        within,
        judged,
        followed,
        kind,
        next((k.precedent for k in load_evidence().kinds if k.name == kind), ""),
    )


def _signal(ledger: Ledger, handle: str) -> StoredSignal:
    name = handle.strip().upper()
    if name.startswith("E-"):
        for item in ledger.signals():
            if item.event == name:
                return item
        raise UnknownHandle(handle, "an event of this dossier", "standoff events list")
    return ledger.signal(name)


def _actors(event: Event) -> set[str]:
    return set(event.signal.source_actors)


def _objects(event: Event) -> set[str]:
    """Whom it is about: the protege where there is one, else the targets."""
    s = event.signal
    shared = {name for name, _ in s.protege_weights}
    about = {s.protege} if s.protege else shared
    return about or set(s.target_actors)


def _act(event: Event) -> tuple[str, str, str, bool]:
    s = event.signal
    return s.event.value, s.x_event.value if s.x_event else "", s.channel.value, s.negated


def _act_name(event: Event) -> str:
    kind, extension, channel, negated = _act(event)
    return f"{'not ' if negated else ''}{extension or kind} in {channel}"


def _earlier(
    name: str,
    found: Sequence[tuple[date, Event]],
    day: date,
    years: float,
    names: dict[str, str],
) -> Earlier:
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].key))
    year_ago = day - timedelta(365)
    return Earlier(
        name,
        len(ordered),
        ordered[0][0] if ordered else None,
        ordered[-1][0] if ordered else None,
        sum(d >= year_ago for d, _ in ordered),
        len(ordered) / years,
        tuple(names.get(e.handles[0], e.key) for _, e in ordered),
        ordered[-1][1].signal.span.quote if ordered else "",
        bool(ordered) and is_note(ordered[-1][1].signal),
    )


def _larger(
    own: Sequence[Quantity], earlier: Sequence[tuple[date, Event]]
) -> list[tuple[str, float, int, float]]:
    """Each number of the signal beside earlier numbers in the same unit."""
    found: list[tuple[str, float, int, float]] = []
    for q in own:
        others = [
            x.value
            for _, e in earlier
            for x in e.signal.quantities
            if x.unit == q.unit and x.value is not None
        ]
        if q.value is not None and others:
            found.append((q.noun or q.unit, q.value, len(others), max(others)))
    return found


def _evidence(ledger: Ledger, event: Event, day: date) -> str:
    """The kind of evidence of an attack that an event is in the system of the dossier; or none."""
    system = system_of(ledger)
    patrons = frozenset((*system.defenders, *system.supporters))
    parties = Parties(system.challenger, system.protege, patrons, holder=system.protege)
    pieces, _ = weigh([event], parties, load_evidence(), at=max(day, event.available))
    return pieces[0].kind if pieces else ""


def _grave(event: Event) -> str:
    """The name of a grave kind that an event belongs to, whoever it is between; or none."""
    found = load_evidence().kind_of(event.signal, False)
    return found.name if found and found.name in GRAVE else ""


def _followed(
    narrow: Sequence[tuple[date, Event]],
    own: Sequence[tuple[date, Event]],
    about: set[str],
    day: date,
    within: int,
) -> tuple[int, tuple[tuple[str, int], ...]]:
    """After how many precedents whose window had closed a grave act of the same actor about the same came."""
    closed = [d for d, _ in narrow if d + timedelta(within) <= day]
    grave = [(d, _grave(e)) for d, e in own if _objects(e) & about]
    counts = [
        (name, sum(any(k == name and 0 < (d - c).days <= within for d, k in grave) for c in closed))
        for name in GRAVE
    ]
    return len(closed), tuple(counts)
