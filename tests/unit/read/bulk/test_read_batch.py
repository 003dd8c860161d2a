"""A batch: order, refusals, resuming after a kill, workers that die, constant memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standoff.errors import UnreadableFile
from standoff.read.bulk import read_batch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from helpers import count_words  # noqa: E402


def batch(path: Path, count: int, words: str = "one two three") -> Path:
    with path.open("w", encoding="utf-8") as handle:
        for n in range(count):
            handle.write(
                json.dumps({"id": f"d{n}", "text": f"{words} {n}", "published": "2021-08-13"})
                + "\n"
            )
    return path


def run(
    source: Path, out: Path, work: str = "count_words", *, parquet: bool = False
) -> subprocess.Popen[bytes]:
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        f"from helpers import {work}\nfrom pathlib import Path\nfrom standoff.read.bulk import read_batch\n"
        f"read_batch({str(source)!r}, {work}, out=Path({str(out)!r}), parquet={parquet}, workers=1)\n"
    )
    return subprocess.Popen([sys.executable, "-c", code])


def docs(path: Path) -> list[str]:
    return [json.loads(line)["doc"] for line in path.read_text("utf-8").splitlines()]


def test_records_come_in_the_order_of_the_input(tmp_path: Path) -> None:
    source = batch(tmp_path / "in.jsonl", 200)
    result = read_batch(source, count_words, out=tmp_path / "out.jsonl")
    assert (result.done, result.refused, result.records) == (200, 0, 400)
    assert docs(tmp_path / "out.jsonl") == [f"d{n}" for n in range(200) for _ in range(2)]


def test_two_workers_write_the_same_bytes_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standoff.read.bulk import run as module

    monkeypatch.setattr(module, "SMALL", 0)
    source = batch(tmp_path / "in.jsonl", 500)
    read_batch(source, count_words, out=tmp_path / "one.jsonl", workers=1)
    read_batch(source, count_words, out=tmp_path / "two.jsonl", workers=2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_bad_lines_are_refused_and_named_and_the_rest_is_read(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(
        b'{"id": "a", "text": "one two", "published": "2021-08-13"}\n'
        b"no json\n\n"
        b'{"id": "b", "text": "one"}\n'
        b'{"id": "c", "text": "one two", "published": "2021-02-30"}\n'
        b'{"id": "d", "text": "", "published": "2021-08-13"}\n'
        b'["a list"]\n'
        b'{"id": "e", "text": "\xff\xfe", "published": "2021-08-13"}\n'
        + b"[" * 100_000 + b"\n"
        b'{"id": "z", "text": "one \\ud800 two", "published": "2021-08-13"}'
    )  # fmt: skip
    said: list[str] = []
    result = read_batch(source, count_words, out=tmp_path / "out.jsonl", refuse=said.append)
    assert (result.done, result.refused) == (2, 7)
    assert [m.split("line ")[1].split(":")[0] for m in said] == ["2", "4", "5", "6", "7", "8", "9"]
    assert docs(tmp_path / "out.jsonl") == ["a", "a", "z", "z"]


def test_a_line_too_long_is_refused_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standoff.read.bulk import items

    monkeypatch.setattr(items, "LONGEST_LINE", 1000)
    source = batch(tmp_path / "in.jsonl", 3)
    text = (
        source.read_text()
        + json.dumps({"id": "long", "text": "x" * 5000, "published": "2021-08-13"})
        + "\n"
    )
    source.write_text(
        text + json.dumps({"id": "last", "text": "one", "published": "2021-08-13"}) + "\n"
    )
    said: list[str] = []
    result = read_batch(source, count_words, out=tmp_path / "out.jsonl", refuse=said.append)
    assert (result.done, result.refused) == (4, 1) and "line 4" in said[0]


@pytest.mark.parametrize("parquet", [False, True])
def test_a_killed_run_goes_on_with_nothing_lost_and_nothing_twice(
    tmp_path: Path, parquet: bool
) -> None:
    source = batch(tmp_path / "in.jsonl", 500)
    out = tmp_path / "out"
    kills = 0
    for attempt in range(6):
        process = run(source, out, "slow_words", parquet=parquet)
        begun = time.perf_counter()
        journal = out.with_name("out.progress")
        before = journal.read_bytes() if journal.exists() else b""
        while process.poll() is None and attempt < 2:
            moved = (
                out.exists() if parquet else (journal.exists() and journal.read_bytes() != before)
            )
            if (moved and time.perf_counter() - begun > 0.3) or time.perf_counter() - begun > 20:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
                break
            time.sleep(0.02)
        if process.wait() == 0:
            break
    assert kills >= 1
    expected = [f"d{n}" for n in range(500) for _ in range(2)]
    if parquet:
        import pyarrow.parquet as pq

        parts = sorted(out.glob("*"))
        assert all(p.suffix == ".parquet" for p in parts)
        assert [d for p in parts for d in pq.read_table(p).column("doc").to_pylist()] == expected
    else:
        assert docs(out) == expected


def test_what_an_unfinished_chunk_wrote_is_cut_off(tmp_path: Path) -> None:
    from standoff.read.bulk.journal import journal_of

    source = batch(tmp_path / "in.jsonl", 300)
    out = tmp_path / "out.jsonl"
    read_batch(source, count_words, out=out)
    whole = out.read_bytes()
    state = json.loads(journal_of(out).read_text())
    half = json.loads(json.dumps(state))
    from standoff.read.bulk.journal import tail_of

    lines = source.read_bytes().splitlines(keepends=True)
    half["offset"], half["line"], half["finished"] = sum(map(len, lines[:128])), 128, False
    half["length"] = sum(map(len, whole.splitlines(keepends=True)[:256]))
    half["tail"] = tail_of(source, half["offset"])
    half["done"], half["records"] = 128, 256
    journal_of(out).write_text(json.dumps(half))
    out.write_bytes(whole[: half["length"]] + b'{"type": "half a rec')
    result = read_batch(source, count_words, out=out)
    assert out.read_bytes() == whole
    assert (result.done, result.records) == (300, 600)


def test_a_run_killed_before_its_first_chunk_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standoff.read.bulk import run as module

    source = batch(tmp_path / "in.jsonl", 5)
    out = tmp_path / "out.jsonl"

    def killed(*_: object) -> None:
        out.write_bytes(b'{"type": "half')
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, "outcomes", killed)
        read_batch(source, count_words, out=out)
    assert read_batch(source, count_words, out=out).done == 5
    assert docs(out) == [f"d{n}" for n in range(5) for _ in range(2)]


def test_workers_of_a_killed_run_end(tmp_path: Path) -> None:
    source = batch(tmp_path / "in.jsonl", 20_000)
    script = tmp_path / "go.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from pathlib import Path\nfrom helpers import slow_words\nfrom standoff.read.bulk import read_batch, run\n"
        "if __name__ == '__main__':\n    run.SMALL = 0\n"
        f"    read_batch({str(source)!r}, slow_words, out=Path({str(tmp_path / 'out')!r}), workers=2)\n"
    )
    process = subprocess.Popen([sys.executable, str(script)])
    deadline = time.monotonic() + 30
    while len(children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = children(process.pid)
    assert len(workers) >= 2
    time.sleep(0.5)
    process.kill()
    process.wait()
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(alive(pid) for pid in workers)


def children(parent: int) -> list[int]:
    """The processes that another one started (Linux)."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def alive(pid: int) -> bool:
    """True if a process runs; a zombie does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_a_finished_run_does_nothing_again_and_a_grown_input_goes_on(tmp_path: Path) -> None:
    source = batch(tmp_path / "in.jsonl", 5)
    out = tmp_path / "out.jsonl"
    read_batch(source, count_words, out=out)
    first = out.read_bytes()
    assert read_batch(source, count_words, out=out).done == 5 and out.read_bytes() == first
    with source.open("a") as handle:
        handle.write(json.dumps({"id": "new", "text": "a b", "published": "2021-08-13"}) + "\n")
    assert read_batch(source, count_words, out=out).done == 6
    assert docs(out)[-1] == "new"


def test_the_journal_of_another_run_is_refused(tmp_path: Path) -> None:
    source = batch(tmp_path / "in.jsonl", 5)
    out = tmp_path / "out.jsonl"
    read_batch(source, count_words, out=out)
    with pytest.raises(UnreadableFile, match="another"):
        read_batch(source, count_words, out=out, settings="other actors")
    source.write_text(source.read_text().replace("three 4", "THREE 4"))
    with pytest.raises(UnreadableFile, match="another"):
        read_batch(source, count_words, out=out)


def test_a_file_that_is_already_there_is_never_overwritten(tmp_path: Path) -> None:
    source = batch(tmp_path / "in.jsonl", 5)
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    with pytest.raises(UnreadableFile, match="already there"):
        read_batch(source, count_words, out=out)
    assert out.read_text() == "mine"


def test_a_document_that_kills_its_worker_is_refused_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standoff.read.bulk import run as module

    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "CHUNK_LINES", 4)
    source = batch(tmp_path / "in.jsonl", 12)
    source.write_text(source.read_text().replace('"d5"', '"deadly"'))
    said: list[str] = []
    result = read_batch(
        source, count_words, out=tmp_path / "out.jsonl", workers=2, refuse=said.append
    )
    assert (result.done, result.refused) == (11, 1)
    assert "line 6" in said[0] and "died" in said[0]
    assert docs(tmp_path / "out.jsonl") == [f"d{n}" for n in range(12) if n != 5 for _ in range(2)]


def test_memory_does_not_grow_with_the_batch(tmp_path: Path) -> None:
    import tracemalloc

    peaks: list[int] = []
    for count in (300, 4000):
        source = batch(tmp_path / f"in{count}.jsonl", count, "word " * 40)
        tracemalloc.start()
        read_batch(source, count_words, out=tmp_path / f"out{count}.jsonl")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # Sixteen times the documents: what is held is one chunk, so half as much again is noise.
    assert peaks[1] < 1.5 * peaks[0] + 500_000
