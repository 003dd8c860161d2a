"""Speed, determinism and span fidelity of the default coder, and the minimal pairs.

    python benchmarks/read_speed.py [FILE.txt ...]

Without files the claims cases and the pairs that ship with the repository are read. Speed is
sentences a second of processor time, one core, everything that `standoff read` prints computed.
Determinism: the printed lines of two new processes with different hash seeds are compared.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

from standoff.read import read_report
from standoff.read.text import split_text
from standoff.terms import Status

ROOT = Path(__file__).resolve().parents[1]
STANDOFF = Path(sys.executable).parent / "standoff"
DAY = date(2023, 6, 1)
HELD_BACK = (Status.HYPOTHETICAL, Status.DENIED)


def texts() -> list[str]:
    """The texts named on the command line, else those of the repository."""
    if len(sys.argv) > 1:
        return [Path(name).read_text("utf-8") for name in sys.argv[1:]]
    found = [p.read_text("utf-8") for p in sorted((ROOT / "cases" / "claims").glob("*.txt"))]
    coded = sorted((ROOT / "cases" / "coded").rglob("*.txt"))
    return found + [p.read_text("utf-8") for p in coded]


def speed(every: list[str]) -> float:
    """Sentences a second of processor time; the first round warms the caches."""
    sentences = sum(len(split_text(t).sentences) for t in every)
    for text in every:
        read_report(text, published=DAY)
    begun, rounds = time.process_time(), 0
    while time.process_time() - begun < 5:
        for text in every:
            read_report(text, published=DAY)
        rounds += 1
    return sentences * rounds / (time.process_time() - begun)


def fidelity(every: list[str]) -> tuple[int, int]:
    """Spans that hold exactly the words of the text, of all spans."""
    right = total = 0
    for text in every:
        report = read_report(text, published=DAY)
        spans = [s.span for s in report.signals] + [s.trigger for s in report.signals]
        spans += [n.span for n in report.nonsignals] + [m.span for m in report.mentions]
        spans += [c.span for c in report.claims] + [q.span for q in report.quantities]
        spans += [d.span for d in report.dates] + [p.span for p in report.places]
        total += len(spans)
        right += sum(text[s.start : s.end] == s.quote for s in spans)
    return right, total


def printed(text: str, seed: str) -> str:
    """A digest of what a new process prints."""
    done = subprocess.run(
        [str(STANDOFF), "read", "-", "--published", "2023-06-01", "--format", "jsonl"],
        input=text.encode(), capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    return hashlib.sha256(done.stdout).hexdigest()


def cold(text: str) -> float:
    """Seconds of wall time of one text in a new process, the best of three."""
    times: list[float] = []
    for _ in range(3):
        begun = time.perf_counter()
        printed(text, "0")
        times.append(time.perf_counter() - begun)
    return min(times)


def pairs() -> tuple[int, int]:
    """Sentences of the minimal pairs that come out right, of all."""
    table = tomllib.loads((ROOT / "cases" / "pairs" / "pairs.toml").read_text("utf-8"))
    right = total = 0
    for rows in table.values():
        for row in rows:
            for text, expected in ((row[0], row[1]), (row[2], row[3])):
                signals = read_report(text, published=DAY).signals
                found = {
                    f"{s.event.value}:{s.status.value}"
                    for s in signals
                    if s.status not in HELD_BACK
                }
                allowed = set(expected.split("|"))
                total += 1
                right += bool(found & allowed) or (not found and "-" in allowed)
    return right, total


def main() -> None:
    """Print one line per figure."""
    every = texts()
    print(f"{len(every)} texts, {sum(len(split_text(t).sentences) for t in every)} sentences")
    print(f"speed: {speed(every):.0f} sentences/s of processor time, one core")
    right, total = fidelity(every)
    print(f"span fidelity: {right} of {total}")
    whole = "\n\n".join(every)
    same = printed(whole, "1") == printed(whole, "2") == printed(whole, "random")
    print(f"two hash seeds and a random one print the same: {same}")
    print(f"one text of {len(every[0])} characters in a cold process: {cold(every[0]):.2f} s")
    right, total = pairs()
    print(f"minimal pairs: {right} of {total} sentences right, {right / total:.3f}")


if __name__ == "__main__":
    main()
