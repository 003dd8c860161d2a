"""Kill writers at random moments and look whether anything that was acknowledged is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from standoff.ledger import Ledger, verify

WRITER = Path(__file__).with_name("writer.py")


@dataclass
class Tally:
    """What was acknowledged so far, and what was found missing."""

    documents: set[str] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    killed: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def kill_round(path: Path, round_number: int, rng: random.Random, tally: Tally) -> None:
    """Two processes write; both are killed with SIGKILL at a random moment; then the file is read."""
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(path), f"w{i}", str(round_number * 100_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for i in range(2)
    ]
    for w in writers:
        assert w.stdout is not None and w.stdout.readline() == "ready\n"
    time.sleep(rng.uniform(0.0, 0.25))
    for w in rng.sample(writers, 2):
        w.kill()
        time.sleep(rng.uniform(0.0, 0.02))
    for w in writers:
        out, _ = w.communicate()
        tally.killed += 1
        # A line cut in the middle by the kill was not acknowledged in full.
        for line in out.split("\n")[:-1]:
            kind, _, what = line.partition(" ")
            if kind == "D":
                tally.documents.add(what)
            elif kind == "A":
                tally.decisions.add(int(what))


def check(path: Path, tally: Tally) -> None:
    """Everything acknowledged is there, and the file is sound."""
    with Ledger.open(path) as ledger:
        held = {d.sha256 for d in ledger.documents()}
        numbers = {d.number for d in ledger.decisions()}
        tally.lost += sorted(tally.documents - held)
        tally.lost += [f"decision {n}" for n in sorted(tally.decisions - numbers)]
        tally.wrong += verify(ledger.store)
