"""Fit the model of events on labelled predicates; measure out of fold.

    python benchmarks/fit_events.py --suite plv_train.jsonl --coded FOLDER ... [--coded-as code1 ...] [--write]
    python benchmarks/fit_events.py --suite plv_train.jsonl --coded FOLDER ... --spent --before events.bin --write

Three sources, of which only the weights ship (`src/standoff/read/data/events.bin`; model card in
docs/reference/read-model.md): the open suite PLV_train, sentences with one event and its two sides
marked; passages of government statements and news coded by two coders who did not see the reader
(FOLDER holds texts/ID.txt, meta_*.jsonl and one folder of codings a coder; half of them, those whose
SHA-1 of the id is odd, were held back, read once and counted as spent: --spent fits on them too); and
what is in the repository, the examples of the frames and benchmarks/data/no_event.txt.

With --before the ridge draws towards the weights of an earlier fit, on coded passages alone: how new
passages are added when the older ones are no longer at hand.

A label goes to the predicate that covers the marks of a row best, or whose verb stands in the trigger of
a coded signal; predicates of passages that no coder marked are NONE. Folds are cut by the hash of the
text or of the passage, so that nothing is measured on what it was fitted on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from standoff.read.acts.coding import Coder, Seen
from standoff.read.acts.model import EventWeights, hash_of, pack_weights, unpack_weights
from standoff.read.contexts import places_of
from standoff.read.frames import all_frames
from standoff.read.report import prepare

RIDGE = 0.02
NEAR = 0.3  # ridge towards the weights of --before
BALANCE = 0.3  # each label's predicates weigh (mean count / count) ** BALANCE
LEAST = 2  # a feature must occur with so many predicates
FOLDS = 5
WEIGHT = {"suite": 1.0, "coded": 0.6, "frame": 0.7, "none": 0.5}
"""Two coders code each passage, and examples of frames are short: they count for less."""
DAY = date(2021, 8, 13)
HERE = Path(__file__).parents[1]
DATA = HERE / "src/standoff/read/data/events.bin"


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled predicate; `fold` is -1 for what is in every training set."""

    fold: int
    kind: str
    features: frozenset[str]
    label: str
    framed: str


def seen(text: str, published: date = DAY) -> list[Seen]:
    """Every predicate of a text as the model sees it."""
    reading = prepare(text, published)
    coder = Coder(replace(reading, places=places_of(reading)))
    coder.seen = []
    coder.run()
    return coder.seen


def label_of(event: str) -> str:
    """The suite does not tell CONCEDE from RETREAT."""
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


def fold_of(text: str) -> int:
    """The fold of a text, by its hash."""
    return zlib.crc32(text.encode("utf-8")) % FOLDS


def of_suite(path: Path) -> Iterator[Item]:
    """The predicate of each row that covers its marks best."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        marks = [m for m in (row["source_span"], row["target_span"]) if m] or [
            [0, len(row["text"])]
        ]

        def covers(item: Seen, marks: list[list[int]] = marks) -> tuple[float, int, int]:
            a, b = item.clause.start, item.clause.end
            held = sum(max(0, min(b, y) - max(a, x)) for x, y in marks) / sum(
                y - x for x, y in marks
            )
            return round(held, 2), a - b, -item.verb.start

        found = seen(row["text"])
        if found:
            best = max(found, key=covers)
            yield Item(
                fold_of(row["text"]), "suite", best.features, row["event"], label_of(best.event)
            )


def of_repository() -> Iterator[Item]:
    """Examples of the frames, and sentences that report no event."""
    for line in (HERE / "benchmarks/data/no_event.txt").read_text("utf-8").splitlines():
        for item in seen(line) if line.strip() else ():
            yield Item(fold_of(line), "none", item.features, "NONE", label_of(item.event))
    for frame in all_frames():
        for item in seen(frame.example)[:1]:
            label = label_of(frame.event.value)
            yield Item(-1, "frame", item.features, label, label_of(item.event))


def open_half(name: str) -> bool:
    """Whether a passage may be looked at."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % 2 == 0


def of_passages(folder: Path, coders: list[str], spent: bool) -> Iterator[Item]:
    """Predicates of coded passages: those of a trigger have its event, those of no clause none."""
    for meta in sorted(folder.glob("meta_*.jsonl")):
        for line in meta.read_text("utf-8").splitlines():
            row = json.loads(line)
            if not (spent or open_half(row["id"])):
                continue
            text = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            found = seen(text, date.fromisoformat(row["published"]))
            for path in (folder / coder / f"{row['id']}.jsonl" for coder in coders):
                if path.exists():
                    yield from _coded(row["id"], text, found, path)


def _coded(name: str, text: str, found: list[Seen], path: Path) -> Iterator[Item]:
    signals: list[tuple[int, int, str]] = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        start = text.find(row["quote"])
        at = text.find(row["trigger"], max(0, start))
        if not row.get("trap") and start >= 0 and at >= 0:
            signals.append((at, at + len(row["trigger"]), row["plover"]))
    fold = int(hashlib.sha1(name.encode()).hexdigest(), 16) // 2 % FOLDS
    used: set[int] = set()
    for item in found:
        inside = [i for i, (a, b, _) in enumerate(signals) if a <= item.verb.start < b]
        fresh = [i for i in inside if i not in used]
        if fresh:
            used.add(fresh[0])
            label = label_of(signals[fresh[0]][2])
        elif inside or any(
            item.clause.start <= (a + b) / 2 <= item.clause.end for a, b, _ in signals
        ):
            continue
        else:
            label = "NONE"
        yield Item(fold, "coded", item.features, label, label_of(item.event))


def fit(items: list[Item], before: EventWeights | None = None) -> EventWeights:
    """Balanced ridge logistic regression by L-BFGS; with `before`, the ridge draws towards its weights
    and what it knows and these items do not show is kept as it was."""
    names = list(before.labels) if before else sorted({i.label for i in items})
    y = np.array([names.index(i.label) for i in items])
    counts = Counter(f for i in items for f in i.features)
    old = before.index if before else {}
    kept = sorted(f for f, c in counts.items() if c >= LEAST or hash_of(f) in old)
    place = {f: i for i, f in enumerate(kept)}
    idf = np.array(
        [
            before.idf[old[hash_of(f)]]
            if before and hash_of(f) in old
            else np.log((1 + len(items)) / (1 + counts[f])) + 1
            for f in kept
        ]
    )
    pairs = [(n, place[f]) for n, i in enumerate(items) for f in sorted(i.features) if f in place]
    rows, columns = zip(*pairs, strict=True)
    x = sparse.csr_matrix((idf[list(columns)], (rows, columns)), shape=(len(items), len(kept)))
    norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x = sparse.diags(1 / np.maximum(norm, 1e-9)) @ x
    k = len(names)
    share = np.bincount(y, minlength=k)
    weight = np.array([WEIGHT[i.kind] for i in items]) * ((len(y) / k / share) ** BALANCE)[y]
    weight, hot = weight[:, None], np.eye(k)[y]
    centre, middle, ridge = np.zeros((len(kept), k)), np.zeros(k), RIDGE
    if before:
        ridge, middle = NEAR, np.array(before.biases)
        for i, f in enumerate(kept):
            if (at := old.get(hash_of(f))) is not None:
                centre[i] = np.array(before.weights[at * k : at * k + k]) * before.scale

    def loss(w: Any) -> tuple[float, Any]:
        table, bias = w[:-k].reshape(len(kept), k), w[-k:]
        z = x @ table + bias
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        value = -(weight * hot * np.log(np.maximum(p, 1e-12))).sum()
        slope = weight * (p - hot)
        off, shift = table - centre, (bias - middle) * bool(before)
        grad = [(x.T @ slope + ridge * off).ravel(), slope.sum(axis=0) + ridge * shift]
        return float(value + 0.5 * ridge * ((off**2).sum() + (shift**2).sum())), np.concatenate(
            grad
        )

    start = np.concatenate([centre.ravel(), middle])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    table, bias = best[:-k].reshape(len(kept), k), best[-k:]
    rows_out = [(hash_of(f), float(idf[i]), table[i].tolist()) for i, f in enumerate(kept)]
    shown = {h for h, _, _ in rows_out}
    rows_out += [r for r in _rows(before) if r[0] not in shown] if before else []
    return unpack_weights(pack_weights(names, rows_out, bias.tolist()))


def _rows(weights: EventWeights) -> list[tuple[int, float, list[float]]]:
    """(hash, inverse document frequency, weight of each label) of each feature."""
    k = len(weights.labels)
    return [
        (h, weights.idf[i], [w * weights.scale for w in weights.weights[i * k : i * k + k]])
        for h, i in weights.index.items()
    ]


def to_bytes(weights: EventWeights) -> bytes:
    """The file of fitted weights."""
    return pack_weights(weights.labels, _rows(weights), weights.biases)


def figures(gold: list[str], told: list[str]) -> str:
    """Accuracy and macro-F1 over the labels."""
    scores = [
        2
        * sum(g == p == name for g, p in zip(gold, told, strict=True))
        / (gold.count(name) + told.count(name))
        for name in sorted(set(gold))
    ]
    accuracy = sum(g == p for g, p in zip(gold, told, strict=True)) / len(gold)
    return f"n {len(gold)}  accuracy {accuracy:.3f}  macro-F1 {sum(scores) / len(scores):.3f}"


def main() -> None:
    """Print the figures; with --write, fit on everything and write the weights."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--suite", type=Path, required=True)
    ask.add_argument("--coded", type=Path, nargs="*", default=[])
    ask.add_argument("--before", type=Path, help="weights of an earlier fit to stay near to")
    ask.add_argument("--coded-as", nargs="*", default=["code1", "code2"])
    ask.add_argument("--spent", action="store_true", help="fit on the half held back too")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    before = unpack_weights(given.before.read_bytes()) if given.before else None
    items = [] if before else [*of_suite(given.suite), *of_repository()]
    for folder in given.coded:
        items += of_passages(folder, given.coded_as, given.spent)
    if given.write:
        DATA.write_bytes(to_bytes(fit(items, before)))
        print(f"wrote {DATA.name}, {DATA.stat().st_size} bytes, from {len(items)} predicates")
        return
    told: dict[int, str] = {}
    for held in range(FOLDS):
        weights = fit([i for i in items if i.fold != held], before)
        told |= {
            n: weights.probabilities(i.features)[0][1]
            for n, i in enumerate(items)
            if i.fold == held
        }
    for kind in ("suite", "coded", "none"):
        chosen = [n for n in told if items[n].kind == kind]
        if chosen:
            gold = [items[n].label for n in chosen]
            print(f"{kind:6s} frames alone", figures(gold, [items[n].framed for n in chosen]))
            print(
                f"{kind:6s} model alone ", figures(gold, [told[n] for n in chosen]), "(out of fold)"
            )


if __name__ == "__main__":
    main()
