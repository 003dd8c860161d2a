"""M14, M15: real events, one series per directed dyad, against a tuned EWMA of frequencies.

Reads event files of two shapes: `head,relation,tail,date` (ICEWS terms, decoded) and ICEWS's own
tab-separated one. Talk only: verbal cooperation and conflict, five levels of hostility by the
CAMEO root of the act. Files are data of others and stay where they are.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

# CAMEO's terms as ICEWS prints them, by the first words; level 0 cooperative ... 4 threatening.
TALK_TERMS = {
    "express intent to cooperate": 0, "express intent to engage": 0, "express intent to provide": 0,
    "express intent to meet": 0, "praise or endorse": 0, "apologize": 0, "forgive": 0,
    "express accord": 0, "engage in diplomatic cooperation": 0, "make empathetic comment": 0,
    "sign formal agreement": 0, "defend verbally": 0, "rally support on behalf": 0,
    "express intent to yield": 0, "express intent to release": 0, "express intent to settle": 0,
    "express intent to accept": 0, "express intent to allow": 0, "express intent to ease": 0,
    "express intent to de-escalate": 0, "express intent to change": 0, "express intent to institute": 0,
    "consult": 1, "make a visit": 1, "host a visit": 1, "meet at a": 1, "engage in negotiation": 1,
    "discuss by telephone": 1, "mediate": 1, "make optimistic comment": 1, "engage in symbolic": 1,
    "make statement": 2, "decline comment": 2, "consider policy option": 2, "make an appeal": 2,
    "appeal for": 2, "acknowledge or claim": 2, "deny responsibility": 2, "appeal to": 2,
    "make pessimistic comment": 3, "criticize or denounce": 3, "accuse": 3, "complain officially": 3,
    "demand": 3, "reject": 3, "refuse to": 3, "rally opposition": 3, "bring lawsuit": 3,
    "investigate": 3, "defy norms": 3, "veto": 3, "find guilty": 3,
    "threaten": 4, "give ultimatum": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """One verbal event: day, directed dyad, level."""

    day: date
    dyad: str
    level: int


def level_of(term: str) -> int | None:
    """The level of a CAMEO term, None for material acts and unknown terms."""
    low = term.lower()
    best = max((k for k in TALK_TERMS if low.startswith(k)), key=len, default=None)
    return None if best is None else TALK_TERMS[best]


def read_events(path: Path) -> list[Talk]:
    """Verbal events between different parties; countries where the file names them."""
    found: list[Talk] = []
    tab = path.suffix == ".tab" or "\t" in path.open(encoding="utf-8").readline()
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t" if tab else ","):
            if "Event Text" in row:
                who, what, whom, when = (
                    row["Source Country"], row["Event Text"], row["Target Country"], row["Event Date"]
                )  # fmt: skip
            else:
                who, what, whom, when = row["head"], row["relation"], row["tail"], row["date"]
            level = level_of(what or "")
            if level is not None and who and whom and who != whom:
                found.append(Talk(date.fromisoformat(when), f"{who}>{whom}", level))
    return sorted(found, key=lambda t: (t.dyad, t.day, t.level))


def dyads(events: list[Talk], least: int, only: set[str] | None = None) -> dict[str, list[Talk]]:
    """Dyads with at least `least` events, most events first."""
    groups: dict[str, list[Talk]] = defaultdict(list)
    for e in events:
        groups[e.dyad].append(e)
    chosen = {
        k: v
        for k, v in groups.items()
        if len(v) >= least and (only is None or set(k.split(">")) <= only)
    }
    return dict(sorted(chosen.items(), key=lambda kv: (-len(kv[1]), kv[0])))


def ewma_log_loss(days: np.ndarray, levels: np.ndarray, half_life: float, prior: np.ndarray,
                  weight: float) -> np.ndarray:  # fmt: skip
    """One-step log loss of exponentially weighted frequencies, `prior` worth `weight` events."""
    counts = np.zeros(len(prior))
    out = np.empty(len(levels))
    last = days[0]
    for i, (t, y) in enumerate(zip(days, levels, strict=True)):
        counts *= 2.0 ** (-(t - last) / half_life)
        last = t
        p = (counts + weight * prior) / (counts.sum() + weight)
        out[i] = -np.log(p[y])
        counts[y] += 1.0
    return out
