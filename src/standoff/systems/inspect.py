"""A description read with open eyes: everything that does not hold, or holds only so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from standoff.errors import DescriptionError
from standoff.reference import state, states
from standoff.systems.lines import find_line
from standoff.systems.load import parse_system, read_raw
from standoff.systems.system import System
from standoff.systems.validate import SCHEMA_VERSION, SystemFinding, schema_findings

__all__ = ["inspect_system"]

At = Callable[..., int]
"""The line of a path in the text."""
_CORE, _AWAY = ("cinc", "milex"), ("distance",)


def inspect_system(text: str, origin: str) -> tuple[SystemFinding, ...]:
    """Everything that is wrong with a description, or to be known of it, in the order of its lines.

    Never raises for what a description holds: what `parse_system` refuses is the last error here.

    >>> [(f.line, f.error) for f in inspect_system("[system]", "mine.toml")][0]
    (1, True)
    """
    try:
        raw = read_raw(text, origin)
    except DescriptionError as error:
        return (_refused(error, origin),)
    found = list(schema_findings(raw, text, origin))
    if not any(f.error for f in found):
        try:
            system = parse_system(text, origin)
        except DescriptionError as error:
            found.append(_refused(error, origin))
        else:
            found += _findings(system, text, origin)
    return tuple(sorted(found, key=lambda f: (f.line, not f.error)))


def _refused(error: DescriptionError, origin: str) -> SystemFinding:
    place, _, rest = error.came.partition(" ")
    line = place.removeprefix(f"{origin}:")
    if line.isdigit():
        return SystemFinding(origin, int(line), rest, error.expected, error.remedy)
    return SystemFinding(origin, 1, error.came, error.expected, error.remedy)


def _findings(s: System, text: str, origin: str) -> Iterator[SystemFinding]:
    def at(*path: str | int) -> int:
        return find_line(text, path)

    if s.schema < SCHEMA_VERSION:
        yield SystemFinding(
            origin, at("system", "schema"), f"of schema {s.schema}",
            f"schema {SCHEMA_VERSION}, with year and coverage of each value and what is absent",
            f"it reads as it is; standoff system update FILE --on {s.as_of} -o NEW.toml writes it anew",
            error=False,
        )  # fmt: skip
    yield from _people(s, at, origin)
    yield from _treaties(s, at, origin)
    yield from _numbers(s, at, origin, _tables(text, origin))
    for i, t in enumerate(s.territories):
        if t.holder in t.claimants:
            yield SystemFinding(
                origin, at("territory", i, "claimants"), f"with {t.holder} as holder and claimant of {t.code}",
                "other states among the claimants", f"take {t.holder} out of claimants",
            )  # fmt: skip


def _people(s: System, at: At, origin: str) -> Iterator[SystemFinding]:
    for actor in s.actors:
        spells = [x for x in states() if x.actor == actor]
        if not spells or any(x.exists(s.as_of) for x in spells):
            continue
        if any(t.code == actor for t in s.territories):
            continue
        numbers = {x.cow for x in spells if x.cow}
        then = next((x for x in states() if x.cow in numbers and x.exists(s.as_of)), None)
        yield SystemFinding(
            origin, at("roles", _role_key(s, actor)),
            f"with {actor} ({state(actor).display}), which was no state on {s.as_of}",
            "states of that day, or a place under [[territory]]",
            f"take {then.actor} ({then.display})" if then else "take the state that held the ground then",
        )  # fmt: skip


def _role_key(s: System, actor: str) -> str:
    if actor in (s.challenger, s.protege):
        return "challenger" if actor == s.challenger else "protege"
    groups = ("defenders", "supporters", "proliferators")
    return next(g for g in groups if actor in getattr(s, g))


def _treaties(s: System, at: At, origin: str) -> Iterator[SystemFinding]:
    for i, c in enumerate(s.commitments):
        if c.owner == c.protege:
            yield SystemFinding(
                origin, at("commitment", i, "owner"), f"with a commitment of {c.owner} to itself",
                "owner (who is bound) and protege (to whom)", "name the other side",
            )  # fmt: skip
        elif c.since > s.as_of:
            yield SystemFinding(
                origin, at("commitment", i, "since"),
                f"with a commitment of {c.owner} to {c.protege} since {c.since}, after the day {s.as_of}",
                "what was in force on the day", "take it out, or move the system to a later day",
            )  # fmt: skip
        elif c.owner not in s.actors or c.protege not in s.actors:
            yield SystemFinding(
                origin, at("commitment", i), f"with a commitment of {c.owner} to {c.protege}, not both in a role",
                "actors of the system", "give them a role, or take it out", error=False,
            )  # fmt: skip


def _tables(text: str, origin: str) -> dict[tuple[str, str], int]:
    """Name and actor of each number to the table [[covariate]] that holds it."""
    raw = read_raw(text, origin)
    tables: list[dict[str, Any]] = raw.get("covariate", [])
    return {(t["name"], actor): i for i, t in enumerate(tables) for actor in t["values"]}


def _numbers(
    s: System, at: At, origin: str, tables: Mapping[tuple[str, str], int]
) -> Iterator[SystemFinding]:
    core = (s.challenger, s.protege, *s.defenders)
    away = (s.challenger, *s.defenders)
    for name, actor in (
        *((n, a) for n in _CORE for a in core),
        *((n, a) for n in _AWAY for a in away),
    ):
        item = s.covariate(name, actor)
        if item is None:
            yield SystemFinding(
                origin, at("roles"), f"without {name} of {actor}",
                "a [[covariate]] with it: the game needs it", "add it with unit, source and origin",
            )  # fmt: skip
        elif name in _CORE and item.value <= 0:
            yield SystemFinding(
                origin, at("covariate", tables.get((name, actor), 0), "values"),
                f"with {name} {item.value:g} of {actor}", "a number above zero", "correct it",
            )  # fmt: skip
    for c in s.covariates:
        line = at("covariate", tables.get((c.name, c.actor), 0))
        if c.year is not None and c.year > s.as_of.year:
            yield SystemFinding(
                origin, line, f"with {c.name} of {c.actor} of {c.year}, after the day {s.as_of}",
                "a figure that was known on the day", "take an earlier year", error=False,
            )  # fmt: skip
        if c.actor not in s.actors:
            yield SystemFinding(
                origin, line, f"with {c.name} of {c.actor}, who has no role", "actors of the system",
                "take it out, or give a role", error=False,
            )  # fmt: skip
