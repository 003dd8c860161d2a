"""The fitted model of events: which event a predicate tells, and whether it tells one at all.

Multinomial logistic regression over the hashed features of one predicate (`features.py`); names are
replaced by a mark, so that it cannot learn who acts. With x the vector of inverse document
frequencies of the features that are known, scaled to length one,

    P(event = k) = exp(w_k x + b_k) / sum_j exp(w_j x + b_j).

`data/events.bin` holds the weights, fitted by `benchmarks/fit_events.py`; no text is in it. What it
adds is marked `EVENT.fitted`. Model card: docs/reference/read-model.md.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from standoff.errors import DescriptionError

MAGIC = b"SEW1"


@dataclass(frozen=True, slots=True)
class EventWeights:
    """Weights by feature hash: `weights[i * K + k]` times `scale` is w of feature i, event k.

    `idf` is aligned with `index`, the map from hash to i; `biases` and `labels` have length K.
    """

    labels: tuple[str, ...]
    index: dict[int, int]
    idf: array[float]
    weights: array[int]
    scale: float
    biases: tuple[float, ...]

    def probabilities(self, features: Iterable[str]) -> list[tuple[float, str]]:
        """Events with their probabilities, likeliest first; ties by name."""
        known: dict[int, float] = {}
        for feature in features:
            place = self.index.get(hash_of(feature))
            if place is not None:
                known[place] = self.idf[place]
        norm = math.sqrt(sum(v * v for v in known.values())) or 1.0
        width = len(self.labels)
        totals = list(self.biases)
        for place, value in known.items():
            share = value / norm * self.scale
            row = place * width
            for k, weight in enumerate(self.weights[row : row + width]):
                if weight:
                    totals[k] += weight * share
        top = max(totals)
        odds = [math.exp(t - top) for t in totals]
        total = math.fsum(odds)
        ranked = [(-o / total, label) for o, label in zip(odds, self.labels, strict=True)]
        return [(-p, label) for p, label in sorted(ranked)]


def hash_of(feature: str) -> int:
    """The 32-bit hash under which a feature is stored.

    >>> hash_of("w:attack")
    967192932
    """
    return zlib.crc32(feature.encode("utf-8"))


def pack_weights(
    labels: Sequence[str],
    rows: Sequence[tuple[int, float, Sequence[float]]],
    biases: Sequence[float],
) -> bytes:
    """The file of weights: rows of (hash, idf, weights per label), quantised to 8 bits."""
    largest = max((abs(w) for _, _, row in rows for w in row), default=1.0)
    scale = largest / 127 or 1.0
    ordered = sorted(rows, key=lambda r: r[0])
    head = json.dumps({"labels": list(labels), "biases": [round(b, 6) for b in biases],
                       "scale": scale, "n": len(rows)}).encode()  # fmt: skip
    hashes = b"".join(struct.pack("<I", h) for h, _, _ in ordered)
    idf = b"".join(struct.pack("<f", i) for _, i, _ in ordered)
    weights = b"".join(struct.pack("<b", round(w / scale)) for _, _, row in ordered for w in row)
    return MAGIC + struct.pack("<I", len(head)) + head + hashes + idf + weights


def unpack_weights(data: bytes) -> EventWeights:
    """The weights of a file made by `pack_weights`.

    >>> w = unpack_weights(pack_weights(["A", "B"], [(hash_of("x"), 1.0, [2.0, -2.0])], [0.0, 0.0]))
    >>> w.probabilities(["x"])[0][1]
    'A'
    """
    if data[:4] != MAGIC:
        raise DescriptionError(
            f"weights that begin with {data[:4]!r}", f"{MAGIC!r}", "make them with fit_events.py"
        )
    (size,) = struct.unpack_from("<I", data, 4)
    head = json.loads(data[8 : 8 + size])
    count = int(head["n"])
    at = 8 + size
    hashes = struct.unpack_from(f"<{count}I", data, at)
    idf = array("f", struct.unpack_from(f"<{count}f", data, at + 4 * count))
    weights = array("b")
    weights.frombytes(data[at + 8 * count :])
    return EventWeights(
        tuple(head["labels"]), {h: i for i, h in enumerate(hashes)}, idf, weights,
        float(head["scale"]), tuple(head["biases"]),
    )  # fmt: skip


@lru_cache(maxsize=1)
def shipped_weights() -> EventWeights:
    """The weights that ship with the package.

    >>> len(shipped_weights().labels)
    16
    """
    path = files("standoff.read").joinpath("data/events.bin")
    return unpack_weights(path.read_bytes())
