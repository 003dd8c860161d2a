"""One batch from its first line to its last, resumed where a killed run stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from standoff.errors import UnreadableFile
from standoff.read.bulk.items import Line, lines_of
from standoff.read.bulk.journal import State, fingerprint, load, save, tail_of
from standoff.read.bulk.sinks import FileSink, ParquetSink, Sink, StreamSink
from standoff.read.bulk.workers import Chunk, Work, outcomes

CHUNK_LINES = 64
CHUNK_BYTES = 400_000
SMALL = 1_000_000
"""Input of fewer bytes is read in this process: starting workers would take longer."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is: bytes of the input read and in all (0 if unknown), and counts."""

    offset: int
    size: int
    done: int
    refused: int
    records: int


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run did, with the documents of earlier runs that it went on from."""

    done: int
    refused: int
    records: int
    resumed_at: int = 0


def read_batch(
    source: str | Path,
    work: Work,
    *,
    out: Path | None = None,
    parquet: bool = False,
    workers: int = 2,
    chunk: int = CHUNK_LINES,
    settings: str = "",
    report: Callable[[Progress], None] | None = None,
    refuse: Callable[[str], None] | None = None,
) -> BatchResult:
    """Read every document of a JSON Lines file (or "-", the standard input) with `work`.

    `work` gives the records of one document; for several workers it must be a function that can be
    pickled. Records go to `out` (JSON Lines, or with `parquet` a folder of Parquet parts), else to
    the standard output, in the order of the input. `settings` is any text that tells runs apart
    (dictionaries, coder): a run goes on from the journal beside `out` only if input and settings are
    the same. `chunk` lines are settled together: few where each is dear. A line that cannot be read
    is passed to `refuse` and counted. Raises `UnreadableFile`.
    """
    handle, size = _open(source)
    with handle:
        state, sink = _begin(source, out, parquet, settings)
        if state.finished:
            sink.close()
            return BatchResult(state.done, state.refused, state.records, state.offset)
        if state.offset:
            handle.seek(state.offset)
        count = workers if size == 0 or size - state.offset > SMALL else 1
        result = BatchResult(state.done, state.refused, state.records, state.offset)
        last = state
        for part, outcome in outcomes(work, _chunks(handle, state, chunk), count):
            sink.write(outcome.lines)
            result = replace(
                result,
                done=result.done + outcome.done,
                refused=result.refused + len(outcome.refused),
                records=result.records + len(outcome.lines),
            )
            if refuse is not None:
                for message in outcome.refused:
                    refuse(message)
            last = State(
                state.run, part.offset, part.line, last.length, result.done, result.refused,
                result.records,
            )  # fmt: skip
            length = sink.settle()
            if length is not None and out is not None:
                last = replace(last, length=length, tail=tail_of(Path(source), last.offset))
                save(out, last)
            if report is not None:
                report(Progress(part.offset, size, result.done, result.refused, result.records))
        length = sink.close()
        if out is not None:
            tail = tail_of(Path(source), last.offset)
            save(out, replace(last, length=length, finished=True, tail=tail))
        return result


def _open(source: str | Path) -> tuple[BinaryIO, int]:
    if str(source) == "-":
        return sys.stdin.buffer, 0
    path = Path(source)
    try:
        return path.open("rb"), path.stat().st_size
    except OSError as error:
        raise UnreadableFile(
            f"{path}: {error.strerror or error}", "a JSON Lines file", "check --batch"
        ) from error


def _begin(
    source: str | Path, out: Path | None, parquet: bool, settings: str
) -> tuple[State, Sink]:
    """Where the run starts, and where its records go."""
    if out is None:
        if parquet:
            raise UnreadableFile("Parquet on the standard output", "a folder", "add --out FOLDER")
        return State(""), StreamSink(sys.stdout.buffer)
    if str(source) == "-":
        raise UnreadableFile(
            "--out with the standard input", "a file to read from, so that the run can be resumed",
            "write the lines to a file first",
        )  # fmt: skip
    run = fingerprint(Path(source), f"{settings}\n{'parquet' if parquet else 'jsonl'}")
    state = load(Path(source), out, run)
    if state is None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UnreadableFile(
            f"{out}: already there, and no journal beside it",
            "a new file, or one of a stopped run",
            "another --out, or remove it",
        )  # fmt: skip
    if state is None:
        # Before the output appears: a run killed in its first chunk must find its journal.
        state = State(run, tail=tail_of(Path(source), 0))
        save(out, state)
    grown = state.finished and Path(source).stat().st_size > state.offset
    if grown:
        state = replace(state, finished=False)
    sink: Sink = ParquetSink(out, state.length) if parquet else FileSink(out, state.length)
    return state, sink


def _chunks(handle: BinaryIO, state: State, most: int) -> Iterator[Chunk]:
    """Lines gathered until they are many or long enough."""
    gathered: list[Line] = []
    size = 0
    for line in lines_of(handle, state.line, state.offset):
        gathered.append(line)
        size += line.size
        if len(gathered) >= most or size >= CHUNK_BYTES:
            yield Chunk(tuple(gathered), line.after, line.number)
            gathered, size = [], 0
    if gathered:
        yield Chunk(tuple(gathered), gathered[-1].after, gathered[-1].number)
