"""Chunks of documents over worker processes, results in the order of the input.

At most a few chunks are under way, so memory does not grow with the batch. A worker that dies
(out of memory, killed) takes its chunk with it; the documents of that chunk are then tried one by
one, and the one that kills again is refused and named.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from standoff.errors import InputError, NoConsent, StandoffError, UnusableAnswer
from standoff.read.bulk.items import BatchItem, Line, parse_line
from standoff.terms import Record, escaped

Work = Callable[[BatchItem], Iterable[Record]]
AHEAD = 3
"""Chunks under way for each worker."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines read together; `offset` and `line` are where the input stands behind them."""

    lines: tuple[Line, ...]
    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The records of a chunk as JSON Lines, how many documents were read, and what was refused."""

    lines: tuple[bytes, ...]
    done: int
    refused: tuple[str, ...]


def run_chunk(work: Work, chunk: Chunk) -> Outcome:
    """Read the documents of a chunk here and now."""
    out: list[bytes] = []
    refused: list[str] = []
    done = 0
    for line in chunk.lines:
        try:
            item = parse_line(line)
            if item is None:
                continue
            records = [_json(item.id, record) for record in work(item)]
        except NoConsent:
            raise
        except (InputError, UnusableAnswer) as error:
            text = str(error)
            named = f"line {line.number}" in text
            refused.append(text if named else f"line {line.number}: {text}")
            continue
        except StandoffError:
            # A server that is gone or a full disk: the next document would fare no better. The run
            # stops at the last chunk that was settled and can go on from there.
            raise
        except Exception as error:
            # A fault of ours that one document meets must not take the rest of the batch with it.
            refused.append(
                f"line {line.number}: not read, by a fault of standoff ({type(error).__name__}: {error})"
            )
            continue
        out += records
        done += 1
    return Outcome(tuple(out), done, tuple(refused))


def _json(name: str, record: Record) -> bytes:
    whole = {"type": record.get("type"), "doc": name, **record}
    # Lone surrogates can stand in JSON input; UTF-8 has no bytes for them, so they are escaped.
    text = escaped(json.dumps(whole, ensure_ascii=False))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(whole).encode() + b"\n"


def outcomes(work: Work, chunks: Iterable[Chunk], workers: int) -> Iterator[tuple[Chunk, Outcome]]:
    """Each chunk with its outcome, in order. One worker means this process."""
    if workers <= 1:
        for chunk in chunks:
            yield chunk, run_chunk(work, chunk)
        return
    pool = _pool(workers)
    waiting: deque[tuple[Chunk, Future[Outcome]]] = deque()
    source = iter(chunks)
    try:
        while True:
            while len(waiting) < workers * AHEAD:
                chunk = next(source, None)
                if chunk is None:
                    break
                waiting.append((chunk, pool.submit(run_chunk, work, chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                outcome = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                outcome = _one_by_one(work, chunk)
                pool = _pool(workers)
                waiting = deque((c, pool.submit(run_chunk, work, c)) for c, _ in waiting)
            yield chunk, outcome
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # "spawn": a fork would copy the locks of whatever threads numerical libraries have started.
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_die_with,
        initargs=(os.getpid(),),
    )


def _die_with(parent: int) -> None:
    """End this worker when the process that started it is gone: a killed run leaves nothing behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _one_by_one(work: Work, chunk: Chunk) -> Outcome:
    """Each document of a chunk that killed its worker, in a process of its own."""
    lines: list[bytes] = []
    refused: list[str] = []
    done = 0
    for line in chunk.lines:
        single = Chunk((line,), line.after, line.number)
        with _pool(1) as pool:
            try:
                outcome = pool.submit(run_chunk, work, single).result()
            except BrokenProcessPool:
                refused.append(
                    f"line {line.number}: the process that read it died (out of memory?)"
                )
                continue
        lines += outcome.lines
        refused += outcome.refused
        done += outcome.done
    return Outcome(tuple(lines), done, tuple(refused))
