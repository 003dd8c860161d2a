"""The words of coded passages, as the models see them, each with the signals that coders gave it.

A coded signal belongs to the word of its trigger that stands highest in the tree; every other word that may
tell an act is none. Beside the passages the open suite PLV_train, the examples of the frames, and
benchmarks/data/no_event.txt, sentences that tell no act; these teach only which word tells an act and which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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
FAMILY = 0.7
"""So does a constructed text."""
DAY = date(2021, 8, 13)
CONSTRUCTED = date(2024, 5, 15)
HERE = Path(__file__).parents[1]
Row = dict[str, Any]


@dataclass(frozen=True)
class Marked:
    """What the teacher makes of a word: the chance of an act, of each event, status and level, and of each
    party of the likeliest event that it is source, and target."""

    act: float
    events: tuple[float, ...]
    statuses: tuple[float, ...]
    levels: tuple[float, ...]
    sides: dict[str, tuple[float, float]]


@dataclass
class Passage:
    """A text with its words; for each word that counts the signals that coders gave it, None for none; `traps`
    are words that coders found a hasty reader to take for an act. Without labels nobody coded it; `marked` is
    then what the teacher makes of it."""

    name: str
    reading: Reading
    words: list[Weighed]
    labels: dict[int, list[Row | None]] | None
    weight: float = 1.0
    sides: bool = True
    traps: set[int] = field(default_factory=set[int])
    marked: dict[int, Marked] = field(default_factory=dict[int, Marked])

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


def placed(rows: Iterable[Row], text: str) -> list[Row]:
    """The signals and traps of one coding, with the places of their triggers."""
    out: list[Row] = []
    for row in rows:
        start = text.find(row["quote"])
        at = text.find(row["trigger"], max(0, start))
        if start >= 0:
            at = start if at < 0 else at
            out.append({**row, "at": at, "to": at + len(row["trigger"])})
    return out


def linked(words: list[Weighed], signals: list[Row]) -> dict[int, Row]:
    """The signal of each word: of the words in its trigger the highest that has none yet."""
    out: dict[int, Row] = {}
    for signal in (s for s in signals if not s.get("trap")):
        inside = [
            (w.depth, w.word.start, i)
            for i, w in enumerate(words)
            if signal["at"] <= w.word.start < signal["to"] and i not in out
        ]
        if inside:
            out[min(inside)[2]] = signal
    return out


def trapped(words: list[Weighed], codings: list[list[Row]]) -> set[int]:
    """The words in traps."""
    traps = [r for rows in codings for r in rows if r.get("trap")]
    return {i for i, w in enumerate(words) if any(t["at"] <= w.word.start < t["to"] for t in traps)}


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
            lines = [p.read_text("utf-8").splitlines() for p in paths]
            codings = [placed(map(json.loads, rows), text) for rows in lines]
            told = [linked(words, c) for c in codings]
            labels = {i: [c.get(i) for c in told] for i in range(len(words))}
            yield Passage(row["id"], reading, words, labels, traps=trapped(words, codings))


def of_texts(folder: Path, without: set[str]) -> Iterator[Passage]:
    """Passages that nobody coded."""
    for meta in sorted(folder.glob("meta_*.jsonl")):
        for line in meta.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in without or list(folder.glob(f"code*/{row['id']}.jsonl")):
                continue
            text = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            published = date.fromisoformat(row["published"])
            reading, words = weighed(text, published, row.get("publisher") or "")
            yield Passage(row["id"], reading, words, None)


def of_families(path: Path) -> Iterator[Passage]:
    """Constructed texts, each with its coding; those of a family differ in little and are coded apart."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        reading, words = weighed(row["text"], CONSTRUCTED, "")
        rows = placed(row["signals"], row["text"])
        signals = linked(words, rows)
        labels: dict[int, list[Row | None]] = {i: [signals.get(i)] for i in range(len(words))}
        traps = trapped(words, [rows])
        yield Passage(row["family"], reading, words, labels, FAMILY, traps=traps)


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
    """The code as coders write it: the Soviet Union is Russia, both Vietnams VNM, all armed groups XXX."""
    code = actor.partition(":")[0]
    return {"SUN": "RUS", "RVN": "VNM"}.get(code, code)


def codes(actors: list[str]) -> set[str]:
    """The codes of a coded side."""
    return {bare(a) for a in actors}
