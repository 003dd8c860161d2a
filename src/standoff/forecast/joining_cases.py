"""States that could have come to the aid of one that was attacked, and whether they did.

An opportunity is an attack (war, or force with at least 26 deaths) since 1946 and a state that could
come: bound to defend the target, a major power, a neighbour of the target, or a rival of the
challenger, and not in the dispute from the start.

| name | value |
| --- | --- |
| pact | 1 for a defence pact with the target |
| major | 1 for a major power |
| near_target | 1 for a neighbour of the target, on land or over up to 400 miles of water |
| near_challenger | the same of the challenger |
| rival | 1 for a strategic rival of the challenger |
| strength | ln of its capabilities over those of the challenger |
| war | 1 where the attack became a war |

Where a dispute has several targets from the start the weakest is the target, of several challengers
the strongest is the challenger.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from standoff.forecast.facts import ATTACK, WAR, Facts
from standoff.forecast.lookup import Array, Ints, pair_key
from standoff.systems import Rate

__all__ = [
    "NAMES",
    "Opportunities",
    "could_come",
    "gather_opportunities",
    "joining_regressors",
    "pact_counts",
]

NAMES = ("pact", "major", "near_target", "near_challenger", "rival", "strength", "war")
_FLOOR = 1e-5
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Opportunities:
    """States that could come, with whether they did.

    Attributes:
        dispute, year, state, target, challenger: (row,).
        x: (row, regressor) in the order of NAMES.
        joined: (row,).
    """

    dispute: Ints
    year: Ints
    state: Ints
    target: Ints
    challenger: Ints
    x: Array
    joined: Mask

    def where(self, keep: Mask) -> Opportunities:
        """The rows kept."""
        return Opportunities(
            self.dispute[keep],
            self.year[keep],
            self.state[keep],
            self.target[keep],
            self.challenger[keep],
            self.x[keep],
            self.joined[keep],
        )


def gather_opportunities(facts: Facts, first: int = 1946) -> Opportunities:
    """All opportunities since a year."""
    table = facts.tables["disputes"].astype(np.int64)
    rows: list[tuple[int, int, int, int, int, bool, bool]] = []
    for number in np.unique(table[table[:, 3] >= first, 0]):
        part = table[table[:, 0] == number]
        year, level = int(part[:, 3].min()), int(part[:, 6].max())
        if level < ATTACK or year < first:
            continue
        begun, targets, came = _sides(part)
        if not targets:
            continue
        target, challenger = _ranked(facts, targets, year)[0], _ranked(facts, begun, year)[-1]
        for state in could_come(facts, target, challenger, year, begun | targets):
            row = (int(number), year, state, target, challenger, level >= WAR, state in came)
            rows.append(row)
    dispute, year, state, target, challenger = (
        np.array([r[k] for r in rows], dtype=np.int64) for k in range(5)
    )
    war = np.array([r[5] for r in rows], dtype=float)
    return Opportunities(
        dispute,
        year,
        state,
        target,
        challenger,
        joining_regressors(facts, state, target, challenger, year, war),
        np.array([r[6] for r in rows], dtype=bool),
    )


@lru_cache(maxsize=4)
def pact_counts(facts: Facts) -> tuple[Rate, ...]:
    """How often states bound to defend the target came, of the opportunities: any, and major powers.

    Example:
        >>> from standoff.forecast.facts_file import load_facts
        >>> [(r.events, r.cases) for r in pact_counts(load_facts())]
        [(25, 888), (3, 46)]
    """
    rows = gather_opportunities(facts)
    bound = rows.x[:, NAMES.index("pact")] > 0
    major = bound & (rows.x[:, NAMES.index("major")] > 0)
    last = facts.coverage["disputes"].last
    source = f"Gibler-Miller-Little MID 2.2.1, ATOP 5.1; attacks 1946-{last}, counted"
    return tuple(
        Rate(
            name,
            int(rows.joined[of].sum()) / int(of.sum()),
            source,
            int(rows.joined[of].sum()),
            int(of.sum()),
        )
        for name, of in (
            ("a state bound to defend the target joins when it is attacked", bound),
            ("a major power bound to defend the target joins when it is attacked", major),
        )
    )


def _sides(part: Ints) -> tuple[set[int], set[int], set[int]]:
    """(challengers and who joined them, first targets, who came to their aid)."""
    begun: set[int] = set()
    targets: set[int] = set()
    came: set[int] = set()
    for row in part:
        cells = [int(v) for v in row]
        for code, moved, side_a in ((1, 7, 9), (2, 8, 10)):
            group = begun if cells[side_a] else came if cells[moved] else targets
            group.add(cells[code])
    return begun, targets, came


def _ranked(facts: Facts, codes: set[int], year: int) -> list[int]:
    """States from weak to strong."""
    order = np.array(sorted(codes), dtype=np.int64)
    share = facts.capabilities.at(order, np.full(len(order), year))
    return [int(c) for c in order[np.argsort(share, kind="stable")]]


def could_come(
    facts: Facts, target: int, challenger: int, year: int, inside: set[int]
) -> list[int]:
    codes = np.unique(facts.whole("states", "ccode"))
    codes = codes[facts.births.find(codes, np.full(len(codes), year))[1]]
    x = joining_regressors(
        facts,
        codes,
        np.full(len(codes), target),
        np.full(len(codes), challenger),
        np.full(len(codes), year),
        np.zeros(len(codes)),
    )
    able = x[:, [NAMES.index(n) for n in ("pact", "major", "near_target", "rival")]].any(axis=1)
    return [int(c) for c in codes[able] if int(c) not in inside]


def joining_regressors(
    facts: Facts, state: Ints, target: Ints, challenger: Ints, year: Ints, war: Array
) -> Array:
    ratio = np.log(facts.capabilities.at(state, year) + _FLOOR) - np.log(
        facts.capabilities.at(challenger, year) + _FLOOR
    )
    columns = {
        "pact": facts.defence.at(pair_key(state, target), year),
        "major": facts.majors.at(state, year),
        "near_target": facts.contiguity.at(pair_key(state, target), year) > 0,
        "near_challenger": facts.contiguity.at(pair_key(state, challenger), year) > 0,
        "rival": facts.rivalry.at(pair_key(state, challenger), year),
        "strength": ratio,
        "war": war,
    }
    return np.stack([np.asarray(columns[n], dtype=float) for n in NAMES], axis=1)
