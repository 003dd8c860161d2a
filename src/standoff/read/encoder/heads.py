"""What is read off the vectors: whether a word tells an act, which, how far it got, how explicit, who takes part.

With h the vector of a word (mean of its first and last piece) and F the features of the rules, n of them,

    logits(word)   = A h + b + sum_F W_f / sqrt(n)
    z(word, name)  = gelu(U h + V m + E_event + D_distance + M (U h * V m))
    logits(party)  = log sum_names exp(C z + c) + sum_F S_f / sqrt(n)

for the names m of a party in the window. The logit of a target has one more sum, over features of who the
sources are. Trained together with the network by `benchmarks/fit_reader.py`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.read.encoder.network import Floats, gelu, unpacked

EVENTS = tuple(
    "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE NONE PROTEST REJECT REQUEST"
    " RETREAT SANCTION SUPPORT THREATEN".split()
)
STATUSES = tuple(
    "alleged conditional denied done historical hypothetical ongoing planned proposed".split()
)
LEVELS = 4
"""Explicitness runs from 0 to 3."""
BUCKETS = 1 << 17
"""Features are hashed into so many rows."""
NEAR, FAR, NOWHERE = 4, 9, 10
"""Rows of the distances: 0 to 4 for phrases of the same sentence by threes of words, 5 to 9 for other
names of the party by fifteens, 10 where the window does not name it."""


@lru_cache(maxsize=1 << 17)
def bucket_of(feature: str) -> int:
    """The row of a feature.

    >>> bucket_of("noR") == bucket_of("noR") < BUCKETS
    True
    """
    return zlib.crc32(feature.encode("utf-8")) % BUCKETS


def distance_row(words: int, *, phrase: bool) -> int:
    """The row of a distance in words.

    >>> [distance_row(w, phrase=True) for w in (0, 3, 50)], distance_row(40, phrase=False)
    ([0, 1, 4], 7)
    """
    return min(words // 3, NEAR) if phrase else min(NEAR + 1 + words // 15, FAR)


@dataclass(frozen=True, slots=True)
class Logits:
    """What one word tells: log odds of telling an act, logits of its event, its status, its explicitness."""

    act: float
    events: Floats
    statuses: Floats
    levels: Floats


class Heads:
    """The heads; `held` are the arrays of the file."""

    def __init__(self, held: Mapping[str, NDArray[Any]]) -> None:
        self._word = (unpacked(held, "word.weight"), unpacked(held, "word.bias"))
        self._status_of, self._level_of = (
            unpacked(held, f"{name}_of_event") for name in ("status", "level")
        )
        self._pair = {n: unpacked(held, f"pair.{n}") for n in _PAIR}
        self._tables = {n: (held[n], float(held[f"{n}.scale"])) for n in ("told", "side", "given")}

    def told(self, vector: Floats, shown: Iterable[str]) -> Logits:
        """What a word with these features tells."""
        weight, bias = self._word
        out = weight @ vector + bias + self._of("told", shown)
        events, statuses, levels = np.split(out[1:], (len(EVENTS), len(EVENTS) + len(STATUSES)))
        return Logits(float(out[0]), events, statuses, levels)

    def statuses(self, told: Logits, event: str) -> Floats:
        """The logits of the statuses of an event."""
        return told.statuses + self._status_of[EVENTS.index(event)]

    def levels(self, told: Logits, event: str) -> Floats:
        """The logits of the explicitness of an event, (4,)."""
        return told.levels + self._level_of[EVENTS.index(event)]

    def side(
        self, vector: Floats, names: Floats, far: Sequence[int], event: str, shown: Iterable[str]
    ) -> Floats:
        """Log odds that a party is the source and the target; the vectors of its names, (names, 384), with
        the rows of their distances."""
        p = self._pair
        m, rows = (names, list(far)) if far else (p["nobody"][None], [NOWHERE])
        u, v = p["u.weight"] @ vector + p["u.bias"], m @ p["v.weight"].T + p["v.bias"]
        joined = (u * v) @ p["m.weight"].T + p["m.bias"]
        z = u + v + p["event"][EVENTS.index(event)] + p["distance"][rows] + joined
        out = gelu(z) @ p["out.weight"].T + p["out.bias"]
        top = out.max(axis=0)
        pooled: Floats = np.log(np.exp(out - top).sum(axis=0)) + top
        return pooled + self._of("side", shown)

    def given(self, shown: Iterable[str]) -> float:
        """What is added to the log odds of a target for who the sources are."""
        return float(self._of("given", shown)[0])

    def _of(self, table: str, shown: Iterable[str]) -> Floats:
        rows = [bucket_of(f) for f in sorted(shown)]
        weights, scale = self._tables[table]
        total: Floats = weights[rows].sum(axis=0, dtype=np.int32).astype(np.float32)
        return total * np.float32(scale / max(len(rows), 1) ** 0.5)


_PAIR = ("u.weight", "u.bias", "v.weight", "v.bias", "m.weight", "m.bias", "event", "distance",
         "out.weight", "out.bias", "nobody")  # fmt: skip
