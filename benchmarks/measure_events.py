"""Event files of others as talk between states: who, to whom, when, how hostile.

Three shapes are read: `head,relation,tail,date` (decoded graphs of ICEWS), ICEWS's own
tab-separated table of twenty columns, and any table with columns for source, target, day and a CAMEO
code or term. Talk only: verbal cooperation and conflict, four levels by the CAMEO root of the act, as in
items-2. The files are data of others and stay where they are.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from standoff.reference import state_names

LEVELS = 4
# An optional folder beside the repository; studies skip with a reason where it is absent.
OPEN_EVENTS = (
    Path(__file__).resolve().parents[2] / "shared/data/history/icews14_events_full_xERTE.csv"
)
# Columns under the names that such files give them, first match first.
COLUMNS = {
    "who": ("head", "Source Country", "source", "source_actor", "Actor1Name", "actor1"),
    "whom": ("tail", "Target Country", "target", "target_actor", "Actor2Name", "actor2"),
    "what": ("relation", "Event Text", "event", "event_text", "CAMEO Code", "cameo", "EventCode"),
    "when": ("date", "Event Date", "event_date", "day", "SQLDATE"),
}
# Roots of CAMEO that are talk; the acts of root 01 differ among themselves.
TALK_ROOTS = {"02": 1, "03": 0, "04": 0, "05": 0, "10": 1, "11": 2, "12": 2, "13": 3}
TALK_01 = {"012": 2, "013": 0, "017": 0, "018": 0, "019": 0}

# CAMEO's terms as ICEWS prints them, by the first words; on the scale of
# items-2: 0 cooperates or meets, 1 demands, asks or states, 2 accuses or rejects, 3 threatens.
TALK_TERMS = {
    "express intent to cooperate": 0, "express intent to engage": 0, "express intent to provide": 0,
    "express intent to meet": 0, "praise or endorse": 0, "apologize": 0, "forgive": 0,
    "express accord": 0, "engage in diplomatic cooperation": 0, "make empathetic comment": 0,
    "sign formal agreement": 0, "defend verbally": 0, "rally support on behalf": 0,
    "express intent to yield": 0, "express intent to release": 0, "express intent to settle": 0,
    "express intent to accept": 0, "express intent to allow": 0, "express intent to ease": 0,
    "express intent to de-escalate": 0, "express intent to change": 0, "express intent to institute": 0,
    "consult": 0, "make a visit": 0, "host a visit": 0, "meet at a": 0, "engage in negotiation": 0,
    "discuss by telephone": 0, "mediate": 0, "make optimistic comment": 0, "engage in symbolic": 0,
    "make statement": 1, "decline comment": 1, "consider policy option": 1, "make an appeal": 1,
    "appeal for": 1, "demand": 1, "acknowledge or claim": 1, "deny responsibility": 1, "appeal to": 1,
    "make pessimistic comment": 2, "criticize or denounce": 2, "accuse": 2, "complain officially": 2,
    "reject": 2, "refuse to": 2, "rally opposition": 2, "bring lawsuit": 2,
    "investigate": 2, "defy norms": 2, "veto": 2, "find guilty": 2,
    "threaten": 3, "give ultimatum": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """One verbal event: day, directed dyad, level."""

    day: date
    dyad: str
    level: int


def level_of(term: str) -> int | None:
    """The level of a CAMEO term, None for material acts and unknown terms."""
    low = term.strip().lower()
    if low.isdigit():
        # Tables lose leading zeros: 4 is root 04, 42 is 042 (no root is above 20).
        code = low.zfill(2)
        code = f"0{code}" if int(code[:2]) > 20 else code
        return TALK_01.get(code[:3], 1) if code[:2] == "01" else TALK_ROOTS.get(code[:2])
    best = max((k for k in TALK_TERMS if low.startswith(k)), key=len, default=None)
    return None if best is None else TALK_TERMS[best]


def read_events(path: Path) -> list[Talk]:
    """Verbal events between different parties; countries where the file names them."""
    found: list[Talk] = []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        tab = "\t" in handle.readline()
        handle.seek(0)
        rows = csv.DictReader(handle, delimiter="\t" if tab else ",")
        held = rows.fieldnames or []
        name = {k: next((c for c in some if c in held), None) for k, some in COLUMNS.items()}
        if missing := [k for k, v in name.items() if v is None]:
            raise SystemExit(f"{path}: no column for {missing}; known: {COLUMNS}")
        for row in rows:
            who, whom, what, when = (row[name[k]] or "" for k in ("who", "whom", "what", "when"))
            level = level_of(what)
            if level is not None and who and whom and who != whom:
                found.append(Talk(date.fromisoformat(when[:10]), f"{who}>{whom}", level))
    return sorted(found, key=lambda t: (t.dyad, t.day, t.level))


@cache
def _names_of_states() -> frozenset[str]:
    return frozenset(n.name for n in state_names() if n.kind in ("name", "abbreviation"))


def is_state(name: str) -> bool:
    """Whether a party is a state by its name or its code of three letters."""
    known = _names_of_states()
    return name in known or (len(name) == 3 and name.isupper())


def dyads(
    events: list[Talk], least: int, only: set[str] | Callable[[str], bool] | None = None
) -> dict[str, list[Talk]]:
    """Dyads with at least `least` events, most events first; both parties in `only`."""
    fits = only if callable(only) else (lambda p: only is None or p in only)
    groups: dict[str, list[Talk]] = defaultdict(list)
    for e in events:
        groups[e.dyad].append(e)
    chosen = {
        k: v for k, v in groups.items() if len(v) >= least and all(fits(p) for p in k.split(">"))
    }
    return dict(sorted(chosen.items(), key=lambda kv: (-len(kv[1]), kv[0])))
