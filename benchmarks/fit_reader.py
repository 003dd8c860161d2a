"""Fit the models of the reader on coded passages; measure out of fold.

    python benchmarks/fit_reader.py --coded FOLDER ... --suite plv_train.jsonl [--without ids.txt] [--write]

FOLDER holds texts/ID.txt, meta_*.jsonl (id, published, publisher) and one folder of codings a coder (code1,
code2), as benchmarks/read_passages.py reads them: passages of government statements, news and think-tank
updates, coded by coders who did not see the reader. Of these only the weights ship
(`src/standoff/read/data/reader.bin`; model card in docs/reference/read-model.md). Beside them the open suite
PLV_train (sentences with one event), the examples of the frames, and benchmarks/data/no_event.txt, sentences
that tell no act; these teach only which word tells an act and which.

A coded signal belongs to the word of its trigger that stands highest in the tree; every other word that may
tell an act is none. --without leaves out passages that are held back. Without --write each passage is scored
by models that were fitted on the other folds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from standoff.read.acts.coding import Coder
from standoff.read.acts.deciding import Weighed
from standoff.read.acts.judging import for_source, for_status, for_target
from standoff.read.acts.model import MODELS, hash_of, pack_models, pack_weights, unpack_weights
from standoff.read.contexts import places_of
from standoff.read.frames import all_frames
from standoff.read.report import prepare

RIDGE = {"act": 0.3, "event": 0.15, "status": 0.3, "source": 0.5, "target": 0.5}
"""Chosen by log loss out of fold on passages of 2026-11-30."""
BALANCE = {"event": 0.3, "status": 0.2}
"""Each label's rows weigh (mean count / count) ** BALANCE; the others are as they come, to be calibrated."""
LEAST = 2  # a feature must occur with so many rows
FOLDS = 5
SUITE, EXAMPLE = 0.6, 0.7
"""A sentence of the suite and the example of a frame count for less than a passage's."""
DAY = date(2021, 8, 13)
HERE = Path(__file__).parents[1]
DATA = HERE / "src/standoff/read/data/reader.bin"
Row = dict[str, Any]


@dataclass
class Rows:
    """Labelled rows of one model: features, label, weight, fold (-1: in every training set)."""

    features: list[frozenset[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(self, features: Iterable[str], label: str, weight: float, fold: int) -> None:
        """Add a row."""
        self.features.append(frozenset(features))
        self.labels.append(label)
        self.weights.append(weight)
        self.folds.append(fold)

    def some(self, which: list[int]) -> Rows:
        """Some of the rows."""
        return Rows(
            [self.features[i] for i in which], [self.labels[i] for i in which],
            [self.weights[i] for i in which], [self.folds[i] for i in which],
        )  # fmt: skip


Table = dict[str, Rows]


def weighed(text: str, published: date = DAY, source: str = "") -> list[Weighed]:
    """Every word of a text that may tell an act, as the models see it."""
    reading = prepare(text, published, source)
    coder = Coder(replace(reading, places=places_of(reading)))
    coder.seen = []
    coder.run()
    return coder.seen


def fold_of(name: str) -> int:
    """The fold of a passage or a sentence, by its hash."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) // 2 % FOLDS


def coded(path: Path, text: str) -> list[Row]:
    """The signals of one coding, with the places of their triggers."""
    out: list[Row] = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        start = text.find(row["quote"])
        at = text.find(row["trigger"], max(0, start))
        if not row.get("trap") and start >= 0:
            at = start if at < 0 else at
            out.append({**row, "at": at, "to": at + len(row["trigger"])})
    return out


def linked(words: list[Weighed], signals: list[Row]) -> dict[int, Row]:
    """The signal of each word: of the words in its trigger the highest that has none yet."""
    out: dict[int, Row] = {}
    for signal in signals:
        inside = [
            (w.depth, w.word.start, i)
            for i, w in enumerate(words)
            if signal["at"] <= w.word.start < signal["to"] and i not in out
        ]
        if inside:
            out[min(inside)[2]] = signal
    return out


def of_passages(folder: Path, without: set[str], table: Table) -> None:
    """Add the words of coded passages."""
    for meta in sorted(folder.glob("meta_*.jsonl")):
        for line in meta.read_text("utf-8").splitlines():
            row = json.loads(line)
            paths = sorted(folder.glob(f"code*/{row['id']}.jsonl"))
            if row["id"] in without or not paths:
                continue
            text = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            words = weighed(text, date.fromisoformat(row["published"]), row.get("publisher") or "")
            codings = [linked(words, coded(p, text)) for p in paths]
            for i, word in enumerate(words):
                for coding in codings:
                    add_word(table, word, coding.get(i), 1 / len(codings), fold_of(row["id"]))


def add_word(table: Table, word: Weighed, signal: Row | None, weight: float, fold: int) -> None:
    """Add what a word teaches each model."""
    table["act"].add(word.shown, "no" if signal is None else "yes", weight, fold)
    if signal is None:
        return
    event = signal["plover"]
    table["event"].add(word.shown, event, weight, fold)
    table["status"].add(for_status(set(word.shown), event), signal["status"], weight, fold)
    actors = sorted(word.arguments)
    doers, hit = codes(signal["sources"]), codes(signal["targets"])
    sources = [a for a in actors if bare(a) in doers]
    lemma, tag = (next(f[2:] for f in word.shown if f.startswith(p)) for p in ("l:", "t:"))
    for actor in actors:
        shown = for_source(word.arguments, actor, lemma, tag, event, word.rule)
        table["source"].add(shown, yes(bare(actor) in doers), weight, fold)
        shown = for_target(shown, actor, sources, actors)
        table["target"].add(shown, yes(bare(actor) in hit), weight, fold)


def yes(holds: bool) -> str:
    """The label."""
    return "yes" if holds else "no"


def bare(actor: str) -> str:
    """The code as coders write it: the Soviet Union is Russia, all armed groups XXX."""
    code = actor.partition(":")[0]
    return "RUS" if code == "SUN" else code


def codes(actors: list[str]) -> set[str]:
    """The codes of a coded side."""
    return {bare(a) for a in actors}


def of_suite(path: Path, table: Table) -> None:
    """Add the word of each sentence that covers its marks best, with the suite's event."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        words = weighed(row["text"])
        marks = [m for m in (row["source_span"], row["target_span"]) if m]
        ruled = [w for w in words if w.rule is not None]

        def covers(word: Weighed, marks: list[list[int]] = marks) -> tuple[int, int, int]:
            held = sum(
                max(0, min(word.clause.end, y) - max(word.clause.start, x)) for x, y in marks
            )
            return held, word.clause.start - word.clause.end, -word.depth

        if words:
            best = max(ruled or words, key=covers)
            table["act"].add(best.shown, "yes", SUITE, fold_of(row["text"]))
            for event in ("CONCEDE", "RETREAT") if row["event"] == "YIELD" else (row["event"],):
                weight = SUITE / 2 if row["event"] == "YIELD" else SUITE
                table["event"].add(best.shown, event, weight, fold_of(row["text"]))


def of_repository(table: Table) -> None:
    """Add the examples of the frames, and sentences that tell no act."""
    for line in (HERE / "benchmarks/data/no_event.txt").read_text("utf-8").splitlines():
        for word in weighed(line) if line.strip() else ():
            table["act"].add(word.shown, "no", SUITE, -1)
    for frame in all_frames():
        for word in weighed(frame.example):
            if word.rule is not None and word.rule.rule == frame.id:
                table["act"].add(word.shown, "yes", EXAMPLE, -1)
                table["event"].add(word.shown, frame.event.value, EXAMPLE, -1)


def fit(rows: Rows, ridge: float, balance: float) -> bytes:
    """Ridge logistic regression by L-BFGS on rows of length one, as bytes."""
    labels = sorted(set(rows.labels))
    y = np.array([labels.index(label) for label in rows.labels])
    counts = Counter(f for features in rows.features for f in features)
    kept = sorted(f for f, c in counts.items() if c >= LEAST)
    place = {f: i for i, f in enumerate(kept)}
    idf = np.array([np.log((1 + len(y)) / (1 + counts[f])) + 1 for f in kept])
    pairs = [
        (n, place[f]) for n, row in enumerate(rows.features) for f in sorted(row) if f in place
    ]
    at, columns = (np.array(side) for side in zip(*pairs, strict=True))
    x = sparse.csr_matrix((idf[columns], (at, columns)), shape=(len(y), len(kept)))
    norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x = sparse.diags(1 / np.maximum(norm, 1e-9)) @ x
    share = np.bincount(y)
    weight = np.array(rows.weights) * ((len(y) / len(labels) / share) ** balance)[y]
    hot = np.eye(len(labels))[y]
    if len(labels) == 2:
        hot = hot[:, 1:]
    k = hot.shape[1]

    def loss(w: Any) -> tuple[float, Any]:
        table, bias = w[:-k].reshape(len(kept), k), w[-k:]
        z = x @ table + bias
        z = z if k > 1 else np.hstack([np.zeros_like(z), z])
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        told = p[np.arange(len(y)), y]
        slope = weight[:, None] * (p[:, -k:] - hot)
        value = -(weight * np.log(np.maximum(told, 1e-12))).sum() + 0.5 * ridge * (table**2).sum()
        return float(value), np.concatenate(
            [(x.T @ slope + ridge * table).ravel(), slope.sum(axis=0)]
        )

    start = np.zeros((len(kept) + 1) * k)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    table, bias = best[:-k].reshape(len(kept), k), best[-k:]
    keep = [i for i in range(len(kept)) if np.abs(table[i]).max() > np.abs(table).max() / 254]
    found = [(hash_of(kept[i]), float(idf[i]), table[i].tolist()) for i in keep]
    return pack_weights(labels, found, bias.tolist())


def fitted(name: str, rows: Rows) -> bytes:
    """One model."""
    return fit(rows, RIDGE[name], BALANCE.get(name, 0.0))


def figures(name: str, rows: Rows) -> str:
    """Log loss, accuracy and calibration of one model out of fold."""
    held: list[tuple[float, bool]] = []
    loss = 0.0
    for fold in range(FOLDS):
        test = [i for i, f in enumerate(rows.folds) if f == fold]
        weights = unpack_weights(
            fitted(name, rows.some([i for i, f in enumerate(rows.folds) if f != fold]))
        )
        for i in test:
            told = weights.probabilities(rows.features[i])
            best = max(told, key=lambda label: told[label])
            held.append((told[best], best == rows.labels[i]))
            loss -= float(np.log(max(told.get(rows.labels[i], 0), 1e-9)))
    return (
        f"{name:6s} n {len(held)}  log loss {loss / len(held):.4f}  right {np.mean([ok for _, ok in held]):.3f}"
        f"  calibration error {calibration(held):.3f}"
    )


def calibration(points: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins."""
    bins: dict[int, list[float]] = defaultdict(list)
    for p, ok in points:
        bins[min(int(p * 10), 9)].append(p - ok)
    return sum(abs(sum(b)) for b in bins.values()) / len(points)


def models_of(table: Table) -> Iterator[bytes]:
    """Each model of `MODELS`, in order."""
    for name in MODELS:
        yield fitted(name, table[name])


def main() -> None:
    """Print the figures; with --write, fit on everything and write the weights."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--coded", type=Path, nargs="+", required=True)
    ask.add_argument("--suite", type=Path)
    ask.add_argument("--without", type=Path, help="ids of passages that are held back, a line each")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    without = set(given.without.read_text().split()) if given.without else set[str]()
    table: Table = {name: Rows() for name in MODELS}
    for folder in given.coded:
        of_passages(folder, without, table)
    of_repository(table)
    if given.suite:
        of_suite(given.suite, table)
    if given.write:
        DATA.write_bytes(pack_models(list(models_of(table))))
        print(
            f"wrote {DATA.name}, {DATA.stat().st_size} bytes, from {len(table['event'].labels)} acts"
        )
        return
    for name in MODELS:
        print(figures(name, table[name]), flush=True)


if __name__ == "__main__":
    main()
