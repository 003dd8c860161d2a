"""Evidence that is supposed and not reported: `standoff whatif --add MOBILIZE:30:CHN>TWN@2021-08-01`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from math import prod
from typing import Any

from standoff.errors import InputError
from standoff.forecast import UpdateLine, events_of
from standoff.systems import System
from standoff.terms import Event

__all__ = ["added_events", "by_kind", "kinds_to_add"]

MOST = 1000
"""Acts in one addition: more would be no supposition, and slow."""
_FORM = re.compile(
    r"(?P<name>[A-Za-z_]+)(:(?P<count>\d+))?(:(?P<source>[^>:@]+)>(?P<target>[^>:@]+))?"
    r"(@(?P<first>[\d-]+)(\.\.(?P<last>[\d-]+))?)?"
)


@cache
def kinds_to_add() -> Mapping[str, Mapping[str, str]]:
    """How an act is coded that is added by its name: event, extension, channel, valence.

    >>> kinds_to_add()["ULTIMATUM"]["event"]
    'THREATEN'
    """
    file = resources.files("standoff.assess") / "data" / "added.toml"
    return tomllib.loads(file.read_text("utf-8"))


def added_events(text: str, system: System, at: date) -> tuple[Event, ...]:
    """The events of NAME[:COUNT][:SOURCE>TARGET][@DAY[..DAY]], one act each.

    Without a pair the challenger acts towards the protege; without a day all acts fall on `at`, between
    two days they are spread evenly. Raises `InputError` naming the part that is wrong.

    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> found = added_events("MOBILIZE:3@2021-08-01..2021-08-11", west, date(2021, 8, 13))
    >>> [str(e.happened.start) for e in found], found[0].signal.source_actors
    (['2021-08-01', '2021-08-06', '2021-08-11'], ('CHN',))
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise InputError(
            f"--add {text!r}", "NAME[:COUNT][:SOURCE>TARGET][@DAY[..DAY]]", "--add MOBILIZE:30"
        )
    name, count = found["name"].upper(), int(found["count"] or 1)
    coding = kinds_to_add().get(name)
    if coding is None:
        raise InputError(f"--add {name}", f"one of {', '.join(kinds_to_add())}", "correct it")
    if not 1 <= count <= MOST:
        raise InputError(f"--add {text}: {count} acts", f"1 to {MOST}", "correct the number")
    source = _actor(found["source"] or system.challenger, system, text)
    target = _actor(found["target"] or system.protege, system, text)
    first = _day(found["first"], text) or at
    last = _day(found["last"], text) or first
    if not first <= last <= at:
        raise InputError(f"--add {text}", f"days in order, none after {at}", "correct the days")
    record: dict[str, Any] = {
        "event": coding["event"],
        "x_event": coding.get("extension"),
        "channel": coding["channel"],
        "valence": coding["valence"],
        "sources": [source],
        "targets": [target],
        "status": "done",
        "quote": f"supposed: {name}",
    }
    if source in (*system.defenders, *system.supporters) and target == system.protege:
        record |= {"valence": "commit", "protege": target}
    span = (last - first).days
    days = [first + timedelta(days=round(i * span / max(count - 1, 1))) for i in range(count)]
    numbered = [
        {**record, "date": day.isoformat(), "id": f"{text} {i}", "event_key": f"~{text} {i:04d}"}
        for i, day in enumerate(days, start=1)
    ]
    taken = events_of(numbered)
    for refused in taken.refused:
        raise InputError(f"--add {text}", "an act that can be coded", refused.reason)
    return taken.events


def _actor(code: str, system: System, text: str) -> str:
    known = {a.casefold(): a for a in (system.challenger, system.protege, *system.defenders,
                                       *system.supporters)}  # fmt: skip
    found = known.get(code.strip().casefold())
    if found is None:
        raise InputError(
            f"--add {text}: actor {code!r}", f"one of {', '.join(known.values())}", "correct it"
        )
    return found


def _day(text: str | None, where: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--add {where}: {text}", "a day as YYYY-MM-DD", "correct it") from error


def by_kind(lines: Sequence[UpdateLine]) -> dict[str, tuple[int, float]]:
    """Lines of a ledger of updates by name: how many, and the product of their ratios."""
    groups: dict[str, list[float]] = {}
    for line in lines:
        groups.setdefault(line.name, []).append(line.ratio.mean)
    return {name: (len(ratios), prod(ratios)) for name, ratios in groups.items()}
