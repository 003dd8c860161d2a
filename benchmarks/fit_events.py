"""Fit the weights of the linear fallback on labelled sentences; measure out of fold.

    python benchmarks/fit_events.py SUITE.jsonl            # figures only, ten folds
    python benchmarks/fit_events.py SUITE.jsonl --none FILE --none FILE --write   # and write the weights

The shipped weights are fitted on plv_train.jsonl with four files of texts that report no event: our own
benchmarks/data/no_event.txt, and recognizers_datetime.jsonl, recognizers_quantity.jsonl and
quantulum_quantities.jsonl of the same open suites.

SUITE holds {"text", "event", "source_span", "target_span"} a line. Folds are cut by the hash of the
text, so that sentences that occur twice stay together. The suite's text is never shipped.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from standoff.read.classify import EventWeights, features_of, hash_of, pack_weights, unpack_weights
from standoff.read.reading import Reading
from standoff.read.report import prepare
from standoff.read.signals import find_signals
from standoff.terms import Signal

RIDGE = 0.02
BALANCE = 0.5  # each label's sentences weigh (mean count / count) ** BALANCE
LEAST = 2  # a feature must occur in so many sentences
DAY = date(2021, 8, 13)
DATA = Path(__file__).parents[1] / "src/standoff/read/data/events.bin"


def features(reading: Reading) -> set[str]:
    """The features of a one-sentence text under the frames alone."""
    coded = find_signals(reading)
    return features_of(coded.tokens, coded.clauses, coded.signals, coded.nonsignals)


def fit(found: list[set[str]], labels: list[str]) -> EventWeights:
    """Balanced ridge logistic regression by L-BFGS."""
    names = sorted(set(labels))
    y = np.array([names.index(label) for label in labels])
    counts = Counter(f for x in found for f in x)
    kept = sorted(f for f, c in counts.items() if c >= LEAST)
    place = {f: i for i, f in enumerate(kept)}
    idf = np.array([np.log((1 + len(found)) / (1 + counts[f])) + 1 for f in kept])
    pairs = [(i, place[f]) for i, x in enumerate(found) for f in sorted(x) if f in place]
    rows, columns = zip(*pairs, strict=True)
    x = sparse.csr_matrix((idf[list(columns)], (rows, columns)), shape=(len(found), len(kept)))
    norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x = sparse.diags(1 / np.maximum(norm, 1e-9)) @ x
    k = len(names)
    share = np.bincount(y, minlength=k)
    weight = ((len(y) / k / share) ** BALANCE)[y][:, None]
    hot = np.eye(k)[y]

    def loss(w: Any) -> tuple[float, Any]:
        table, bias = w[:-k].reshape(len(kept), k), w[-k:]
        z = x @ table + bias
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        value = -(weight * hot * np.log(np.maximum(p, 1e-12))).sum()
        slope = weight * (p - hot)
        grad = np.concatenate([(x.T @ slope + RIDGE * table).ravel(), slope.sum(axis=0)])
        return float(value + 0.5 * RIDGE * (table**2).sum()), grad

    start = np.zeros((len(kept) + 1) * k)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    table, bias = best[:-k].reshape(len(kept), k), best[-k:]
    rows_out = [(hash_of(f), float(idf[i]), table[i].tolist()) for i, f in enumerate(kept)]
    return unpack_weights(pack_weights(names, rows_out, bias.tolist()))


def to_bytes(weights: EventWeights) -> bytes:
    """The file of fitted weights."""
    k = len(weights.labels)
    rows = [
        (h, weights.idf[i], [w * weights.scale for w in weights.weights[i * k : i * k + k]])
        for h, i in weights.index.items()
    ]
    return pack_weights(weights.labels, rows, weights.biases)


def label_of(row: dict[str, Any], signals: tuple[Signal, ...]) -> str:
    """The event of the signal that covers the two marks best, as the suite's scorer picks it."""
    marks = [s for s in (row["source_span"], row["target_span"]) if s] or [[0, len(row["text"])]]
    total = sum(b - a for a, b in marks)
    low, high = min(m[0] for m in marks), max(m[1] for m in marks)

    def key(signal: Signal) -> tuple[float, float]:
        a, b = signal.span.start, signal.span.end
        held = sum(max(0, min(b, y) - max(a, x)) for x, y in marks) / max(1, total)
        common = max(0, min(b, high) - max(a, low))
        return held, common / max(1, max(b, high) - min(a, low))

    if not signals:
        return "NONE"
    event = max(signals, key=key).event.value
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


def figures(gold: list[str], told: list[str]) -> str:
    """Accuracy and macro-F1 over the labels of the suite."""
    scores: list[float] = []
    for name in sorted(set(gold)):
        hit = sum(g == p == name for g, p in zip(gold, told, strict=True))
        scores.append(2 * hit / (gold.count(name) + told.count(name)))
    accuracy = sum(g == p for g, p in zip(gold, told, strict=True)) / len(gold)
    return (
        f"accuracy {accuracy:.3f}  macro-F1 {sum(scores) / len(scores):.3f}  "
        f"answered {1 - told.count('NONE') / len(told):.3f}"
    )


def main() -> None:
    """Print the figures; with --write, fit on everything and write the weights."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("suite", type=Path)
    ask.add_argument("--none", type=Path, action="append", default=[],
                     help="texts that report no event: a {text} a line, or in a .txt the text itself")  # fmt: skip
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    lines = given.suite.read_text("utf-8").split("\n")
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    texts = dict.fromkeys(row["text"] for row in rows)
    readings = {t: prepare(t, DAY) for t in texts}
    found = {t: features(r) for t, r in readings.items()}
    gold = [row["event"] for row in rows]
    fold = [zlib.crc32(row["text"].encode("utf-8")) % 10 for row in rows]
    frames = [label_of(row, find_signals(readings[row["text"]]).signals) for row in rows]
    empties = {
        line if path.suffix == ".txt" else json.loads(line)["text"] for path in given.none
        for line in path.read_text("utf-8").split("\n") if line
    } - set(texts)  # fmt: skip
    empty = sorted(t for t in empties if len(t.split()) > 4)
    nothing = {t: prepare(t, DAY) for t in empty}
    none_found = {t: features(r) for t, r in nothing.items()}
    model, joined, fooled = [""] * len(rows), [""] * len(rows), 0
    for held in range(10):
        train = [i for i in range(len(rows)) if fold[i] != held]
        others = [t for t in empty if zlib.crc32(t.encode("utf-8")) % 10 != held]
        weights = fit(
            [found[rows[i]["text"]] for i in train] + [none_found[t] for t in others],
            [gold[i] for i in train] + ["NONE"] * len(others),
        )
        for text in (t for t in empty if zlib.crc32(t.encode("utf-8")) % 10 == held):
            fooled += bool(find_signals(nothing[text], weights).signals)
        for i in (i for i in range(len(rows)) if fold[i] == held):
            text = rows[i]["text"]
            model[i] = weights.probabilities(found[text])[0][1]
            joined[i] = label_of(rows[i], find_signals(readings[text], weights).signals)
    print("frames alone     ", figures(gold, frames))
    print("model alone      ", figures(gold, model), "(out of fold)")
    print("frames with model", figures(gold, joined), "(out of fold)")
    if empty:
        plain = sum(bool(find_signals(r).signals) for r in nothing.values())
        print(f"texts without event {len(empty)}: coded by frames {plain}, with model {fooled}")
    if given.write:
        every = fit(
            [found[row["text"]] for row in rows] + [none_found[t] for t in empty],
            gold + ["NONE"] * len(empty),
        )
        DATA.write_bytes(to_bytes(every))
        print(f"wrote {DATA.name}, {DATA.stat().st_size} bytes")


if __name__ == "__main__":
    main()
