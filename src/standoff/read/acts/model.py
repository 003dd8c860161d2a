"""The fitted models of the reader: which word tells an act, which act, how far it got, who does it to whom.

Five logistic regressions over hashed features (`triggers.py`, `arguments.py`). With x the vector of
inverse document frequencies of the features that are known, scaled to length one,

    P(label = k) = exp(w_k x + b_k) / sum_j exp(w_j x + b_j).

Names are never features, so that no model can learn who acts. `data/reader.bin` holds the weights,
fitted by `benchmarks/fit_reader.py`; no text is in it. Model card: docs/reference/read-model.md.
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

MAGIC = b"SRW2"
MODELS = ("act", "event", "status", "source", "target")
"""Whether a word tells an act; which; its status; whether somebody is its source; its target."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature hash: `weights[i * K + k]` times `scale` is w of feature i, label k.

    `idf` is aligned with `index`, the map from hash to i; `biases` and `labels` have length K. A model
    of two labels has K = 1: the weights of the second, "yes".
    """

    labels: tuple[str, ...]
    index: dict[int, int]
    idf: array[float]
    weights: array[int]
    scale: float
    biases: tuple[float, ...]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each label."""
        known = {i for f in features if (i := self.index.get(hash_of(f))) is not None}
        norm = math.sqrt(math.fsum(self.idf[i] ** 2 for i in known)) or 1.0
        width = len(self.biases)
        totals = list(self.biases)
        for place in sorted(known):
            share = self.idf[place] / norm * self.scale
            row = place * width
            for k, weight in enumerate(self.weights[row : row + width]):
                if weight:
                    totals[k] += weight * share
        if width == 1:
            totals = [0.0, *totals]
        top = max(totals)
        odds = [math.exp(t - top) for t in totals]
        total = math.fsum(odds)
        return {label: o / total for o, label in zip(odds, self.labels, strict=True)}

    def yes(self, features: Iterable[str]) -> float:
        """The probability of "yes"."""
        return self.probabilities(features)["yes"]

    def likeliest(self, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest label with its probability; of equal ones the first by name."""
        found = self.probabilities(features)
        best = max(sorted(found), key=lambda label: found[label])
        return best, found[best]


@lru_cache(maxsize=1 << 17)
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
    """One model as bytes: rows of (hash, idf, weights per label), quantised to 8 bits."""
    largest = max((abs(w) for _, _, row in rows for w in row), default=1.0)
    scale = largest / 127 or 1.0
    ordered = sorted(rows, key=lambda r: r[0])
    head = json.dumps({"labels": list(labels), "biases": [round(b, 6) for b in biases],
                       "scale": scale, "n": len(rows)}).encode()  # fmt: skip
    hashes = b"".join(struct.pack("<I", h) for h, _, _ in ordered)
    idf = b"".join(struct.pack("<f", i) for _, i, _ in ordered)
    weights = b"".join(struct.pack("<b", round(w / scale)) for _, _, row in ordered for w in row)
    return struct.pack("<I", len(head)) + head + hashes + idf + weights


def unpack_weights(data: bytes) -> Weights:
    """One model from what `pack_weights` made.

    >>> w = unpack_weights(pack_weights(["A", "B"], [(hash_of("x"), 1.0, [2.0, -2.0])], [0.0, 0.0]))
    >>> w.likeliest(["x"])[0]
    'A'
    """
    (size,) = struct.unpack_from("<I", data, 0)
    head = json.loads(data[4 : 4 + size])
    count = int(head["n"])
    at = 4 + size
    hashes = struct.unpack_from(f"<{count}I", data, at)
    idf = array("f", struct.unpack_from(f"<{count}f", data, at + 4 * count))
    weights = array("b")
    weights.frombytes(data[at + 8 * count :])
    return Weights(
        tuple(head["labels"]), {h: i for i, h in enumerate(hashes)}, idf, weights,
        float(head["scale"]), tuple(head["biases"]),
    )  # fmt: skip


def pack_models(models: Sequence[bytes]) -> bytes:
    """The file of the models of `MODELS`, in order."""
    sizes = struct.pack(f"<{len(models)}I", *map(len, models))
    return MAGIC + zlib.compress(sizes + b"".join(models), 9)


def unpack_models(data: bytes) -> dict[str, Weights]:
    """The models of a file that `pack_models` made, by name."""
    if data[:4] != MAGIC:
        raise DescriptionError(
            f"weights that begin with {data[:4]!r}", f"{MAGIC!r}", "make them with fit_reader.py"
        )
    held = zlib.decompress(data[4:])
    sizes = struct.unpack_from(f"<{len(MODELS)}I", held, 0)
    out: dict[str, Weights] = {}
    at = 4 * len(MODELS)
    for name, size in zip(MODELS, sizes, strict=True):
        out[name] = unpack_weights(held[at : at + size])
        at += size
    return out


@lru_cache(maxsize=1)
def shipped_models() -> dict[str, Weights]:
    """The models that ship with the package.

    >>> list(shipped_models())
    ['act', 'event', 'status', 'source', 'target']
    """
    return unpack_models(files("standoff.read").joinpath("data/reader.bin").read_bytes())
