"""A made-up world of five states whose counts are done by hand."""

from __future__ import annotations

import numpy as np

from standoff.forecast import Facts
from standoff.forecast.facts import TABLES, Coverage

# Codes of real states, so that alpha-3 codes lead to them: USA 2, CHN 710, TWN 713, JPN 740, KOR 732.
A, B, C = 710, 713, 740
ROWS: dict[str, list[tuple[float, ...]]] = {
    "states": [(c, 1900, 1, 2100, 366) for c in (2, A, B, 732, C)],
    "capabilities": [
        (c, y, 0.1 * (c == A) + 0.01) for c in (2, A, B, 732, C) for y in (1989, 1990)
    ],
    "majors": [(2, 1900, 2100)],
    "contiguity": [(A, B, 2, 1900, 2100)],
    "pacts": [(2, B, 1, 1955, 1979)],
    "rivalries": [(A, B, 1, 1949, 1990)],
    "nuclear": [(A, 1964, 1990)],
    # number, first, second, year, month, onset, level, begun 1, begun 2, side A 1, side A 2
    "disputes": [
        (1, A, B, 1970, 6, 1, 1, 1, 0, 1, 0),
        (1, A, B, 1971, 6, 0, 1, 1, 0, 1, 0),
        (2, A, B, 1985, 3, 1, 2, 1, 0, 1, 0),
        (3, A, B, 1989, 11, 1, 0, 0, 1, 0, 1),
        # A joiner on side B: China joins against Korea and is no first mover.
        (4, A, 732, 1988, 1, 1, 3, 1, 0, 0, 1),
    ],
}
LAST = {"capabilities": 1990, "disputes": 1990, "rivalries": 1990, "nuclear": 1990, "pacts": 1990}


def small_facts() -> Facts:
    tables = {n: np.array(ROWS[n], dtype=float).reshape(-1, len(c)) for n, c in TABLES.items()}
    coverage = {n: Coverage(n, 1900, LAST.get(n, 2016), "made up", "free") for n in TABLES}
    return Facts(tables, coverage)
