"""The words of coded passages, as the models see them, each with the signals that coders gave it.

A coded signal belongs to the word of its trigger that stands highest in the tree; every other word that may
tell an act is none. Beside the passages the open suite PLV_train, the examples of the frames, and
benchmarks/data/no_event.txt, sentences that tell no act; these teach only which word tells an act and which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from standoff.read.acts.coding import Coder
from standoff.read.acts.deciding import Weighed
from standoff.read.contexts import places_of
from standoff.read.frames import all_frames
from standoff.read.reading import Reading
from standoff.read.report import prepare

FOLDS = 5
SUITE, EXAMPLE = 0.6, 0.7
"""A sentence of the suite and the example of a frame count for less than a passage's."""
DAY = date(2021, 8, 13)
HERE = Path(__file__).parents[1]
Row = dict[str, Any]


@dataclass
class Passage:
    """A text with its words; for each word that counts the signals that coders gave it, None for none."""

    name: str
    reading: Reading
    words: list[Weighed]
    labels: dict[int, list[Row | None]]
    weight: float = 1.0
    sides: bool = True

    @property
    def fold(self) -> int:
        """The fold, by the hash of the name."""
        return int(hashlib.sha1(self.name.encode()).hexdigest(), 16) // 2 % FOLDS


def weighed(text: str, published: date = DAY, source: str = "") -> tuple[Reading, list[Weighed]]:
    """Every word of a text that may tell an act, as the models see it."""
    reading = prepare(text, published, source)
    reading = replace(reading, places=places_of(reading))
    coder = Coder(reading)
    coder.seen = []
    coder.run()
    return reading, coder.seen


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


def of_passages(folder: Path, without: set[str]) -> Iterator[Passage]:
    """Coded passages."""
    for meta in sorted(folder.glob("meta_*.jsonl")):
        for line in meta.read_text("utf-8").splitlines():
            row = json.loads(line)
            paths = sorted(folder.glob(f"code*/{row['id']}.jsonl"))
            if row["id"] in without or not paths:
                continue
            text = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            reading, words = weighed(
                text, date.fromisoformat(row["published"]), row.get("publisher") or ""
            )
            codings = [linked(words, coded(p, text)) for p in paths]
            labels = {i: [c.get(i) for c in codings] for i in range(len(words))}
            yield Passage(row["id"], reading, words, labels)


def of_suite(path: Path) -> Iterator[Passage]:
    """Of each sentence of the suite the word that covers its marks best, with its event."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        reading, words = weighed(row["text"])
        marks = [m for m in (row["source_span"], row["target_span"]) if m]
        ruled = [i for i, w in enumerate(words) if w.rule is not None]

        def covers(i: int, marks: list[list[int]] = marks, words: list[Weighed] = words) -> Any:
            clause = words[i].clause
            held = sum(max(0, min(clause.end, y) - max(clause.start, x)) for x, y in marks)
            return held, clause.start - clause.end, -words[i].depth

        if words:
            best = max(ruled or range(len(words)), key=covers)
            events = ("CONCEDE", "RETREAT") if row["event"] == "YIELD" else (row["event"],)
            labels: dict[int, list[Row | None]] = {best: [{"plover": e} for e in events]}
            yield Passage(row["text"], reading, words, labels, SUITE, sides=False)


def of_repository() -> Iterator[Passage]:
    """The examples of the frames, and sentences that tell no act."""
    for line in (HERE / "benchmarks/data/no_event.txt").read_text("utf-8").splitlines():
        if line.strip():
            reading, words = weighed(line)
            yield Passage("", reading, words, {i: [None] for i in range(len(words))}, SUITE)
    for frame in all_frames():
        reading, words = weighed(frame.example)
        labels: dict[int, list[Row | None]] = {
            i: [{"plover": frame.event.value}]
            for i, w in enumerate(words)
            if w.rule is not None and w.rule.rule == frame.id
        }
        yield Passage("", reading, words, labels, EXAMPLE, sides=False)


def bare(actor: str) -> str:
    """The code as coders write it: the Soviet Union is Russia, all armed groups XXX."""
    code = actor.partition(":")[0]
    return "RUS" if code == "SUN" else code


def codes(actors: list[str]) -> set[str]:
    """The codes of a coded side."""
    return {bare(a) for a in actors}
