"""Groups of states act through their members: an act of NATO is its members' act, marked so."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from standoff.terms import Event, Party

__all__ = ["SharedGroup", "group_members", "shared_groups", "with_members"]


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """A group of which two states are members: what its members owe each other, and since when."""

    name: str
    kind: str
    instrument: str
    since: date
    source: str


@cache
def _table() -> tuple[tuple[str, str, date, date], ...]:
    file = resources.files("standoff.forecast") / "data" / "groups.csv"
    return tuple(
        (row["group"], row["member"], _day(row["from"], "01-01"), _day(row["to"], "12-31"))
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )


def _day(text: str, rest: str) -> date:
    if not text:
        return date.max if rest == "12-31" else date.min
    return date.fromisoformat(text if len(text) > 4 else f"{text}-{rest}")


@cache
def group_members(group: str, on: date) -> tuple[str, ...]:
    """The members of a group on a day, by its name; empty for what is no group.

    >>> "FIN" in group_members("NATO", date(2024, 1, 1)), group_members("Japan", date(2024, 1, 1))
    (True, ())
    """
    wanted = group.casefold()
    return tuple(
        member
        for name, member, first, last in _table()
        if name.casefold() == wanted and first <= on <= last
    )


@cache
def shared_groups(a: str, b: str, on: date) -> tuple[SharedGroup, ...]:
    """The groups of which both states are members on a day; `since` is the later accession.

    >>> [g.name for g in shared_groups("USA", "EST", date(2022, 6, 8))]
    ['NATO']
    """
    file = resources.files("standoff.forecast") / "data" / "groups.csv"
    held: dict[str, dict[str, dict[str, str]]] = {}
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        if row["member"] in (a, b) and _day(row["from"], "01-01") <= on <= _day(row["to"], "12-31"):
            held.setdefault(row["group"], {})[row["member"]] = row
    return tuple(
        SharedGroup(
            name, of[a]["kind"], of[a]["instrument"],
            max(_day(r["from"], "01-01") for r in of.values()), of[a]["source"],
        )
        for name, of in sorted(held.items())
        if a in of and b in of
    )  # fmt: skip


def with_members(events: Iterable[Event], actors: Collection[str]) -> tuple[Event, ...]:
    """The events with groups replaced by those of their members that are among `actors`.

    A party that stands for a group keeps the group's name in `organisation`. A group none of whose
    members is among the actors stays as it is.
    """
    return tuple(_expanded(event, frozenset(actors)) for event in events)


def _expanded(event: Event, actors: frozenset[str]) -> Event:
    signal, on = event.signal, event.available
    sources = _parties(signal.sources, actors, on)
    targets = _parties(signal.targets, actors, on)
    if sources == signal.sources and targets == signal.targets:
        return event
    return replace(event, signal=replace(signal, sources=sources, targets=targets))


def _parties(parties: tuple[Party, ...], actors: frozenset[str], on: date) -> tuple[Party, ...]:
    found: list[Party] = []
    for party in parties:
        group = party.actor if len(party.actor) > 3 else party.organisation or ""
        members = [m for m in group_members(group, on) if m in actors] if group else []
        if members and party.actor not in actors:
            found += [replace(party, actor=m, organisation=group) for m in members]
        else:
            found.append(party)
    return tuple(found)
