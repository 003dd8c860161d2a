"""What came, what was decided, and which numbers moved between two moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import Decision, StoredDocument, StoredSignal


@dataclass(frozen=True, slots=True)
class Changes:
    """What `after` knows and `before` did not: rows gained, codings changed, and decisions."""

    documents: tuple[StoredDocument, ...]
    gained: tuple[StoredSignal, ...]
    lost: tuple[StoredSignal, ...]
    changed: tuple[tuple[StoredSignal, StoredSignal], ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that moved: its key, before and after, and the handles gained and lost."""

    key: str
    label: str
    before: float
    after: float
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def difference(self) -> float:
        """After less before, in the number's own unit."""
        return self.after - self.before


def compare(
    before: tuple[StoredSignal, ...], after: tuple[StoredSignal, ...]
) -> tuple[
    tuple[StoredSignal, ...],
    tuple[StoredSignal, ...],
    tuple[tuple[StoredSignal, StoredSignal], ...],
]:
    """Signals that count now and did not before, the other way round, and those that differ.

    A rejected signal counts as absent.
    """
    old = {s.handle: s for s in before if s.state != "rejected"}
    new = {s.handle: s for s in after if s.state != "rejected"}
    gained = tuple(s for h, s in new.items() if h not in old)
    lost = tuple(s for h, s in old.items() if h not in new)
    changed = tuple((old[h], s) for h, s in new.items() if h in old and old[h] != s)
    return gained, lost, changed


def changes_since(
    before: Ledger, after: Ledger, *, since: Any = None, until: Any = None
) -> Changes:
    """What differs between two views of one dossier, or between two days of what was available.

    `since` and `until` are days of availability; None means everything in the view.
    """
    first, second = before.signals(as_of=since), after.signals(as_of=until)
    gained, lost, changed = compare(first, second)
    known = {d.handle for d in before.documents() if since is None or d.published <= since}
    documents = tuple(
        d
        for d in after.documents()
        if d.handle not in known and (until is None or d.published <= until)
    )
    seen = {d.number for d in before.decisions()}
    decisions = tuple(d for d in after.decisions() if d.number not in seen)
    return Changes(documents, gained, lost, changed, decisions)


def compare_parts(
    before: Mapping[str, Any], after: Mapping[str, Any], digits: int = 4
) -> tuple[Moved, ...]:
    """Numbers of two runs' payloads that differ in the digits that are printed.

    Both payloads carry `parts`, and `levels` with the signals that each rests on.

    >>> one = {"parts": {"war": {"label": "war", "median": 0.02, "rests_on": []}}}
    >>> two = {"parts": {"war": {"label": "war", "median": 0.03, "rests_on": ["S-009"]}}}
    >>> [(m.key, round(m.difference, 3), m.gained) for m in compare_parts(one, two)]
    [('war', 0.01, ('S-009',))]
    """
    old, new = _parts(before), _parts(after)
    found: list[Moved] = []
    for key, item in new.items():
        other = old.get(key)
        if other is None or f"{_shown(other):.{digits}g}" == f"{_shown(item):.{digits}g}":
            continue
        base, now = _signals(before, other), _signals(after, item)
        found.append(
            Moved(
                key,
                str(item["label"]),
                _shown(other),
                _shown(item),
                tuple(sorted(now - base)),
                tuple(sorted(base - now)),
            )
        )
    return tuple(found)


def _shown(part: Mapping[str, Any]) -> float:
    """The number that is printed: the mean; runs of before 2026-11-30 hold the median alone."""
    return float(part.get("mean", part["median"]))


def compare_levels(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Moved, ...]:
    """Levels of two runs' payloads that moved by more than .005 sd, words and deeds apart."""
    old = {_series(v): v for v in before.get("levels") or ()}
    found: list[Moved] = []
    for level in after.get("levels") or ():
        other = old.get(_series(level))
        if other is None:
            continue
        base, now = set(other.get("signals") or ()), set(level.get("signals") or ())
        for channel in ("words", "deeds"):
            first, last = float(other[channel]["median"]), float(level[channel]["median"])
            if abs(last - first) >= 0.005:
                found.append(
                    Moved(
                        str(level["handle"]),
                        f"{_series(level)} {channel}",
                        first,
                        last,
                        tuple(sorted(now - base)),
                        tuple(sorted(base - now)),
                    )
                )
    return tuple(found)


def _series(level: Mapping[str, Any]) -> str:
    return f"{level['actor']}>{level['object']} {level['relation']}"


def _parts(payload: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return cast("Mapping[str, Mapping[str, Any]]", payload.get("parts") or {})


def _signals(payload: Mapping[str, Any], part: Mapping[str, Any]) -> set[str]:
    """The signals a part rests on, through the levels. A level's handle holds its day."""
    levels = {str(v["handle"]): v for v in payload.get("levels") or ()}
    found: set[str] = set()
    for handle in part.get("rests_on") or ():
        if handle in levels:
            found |= set(levels[handle].get("signals") or ())
        elif handle.startswith("S-"):
            found.add(handle)
    return found
