"""A batch of reports: documents a second, memory, and a run that is killed and goes on.

    python benchmarks/read_bulk.py [--documents N]

The reports are put together from sentences of our own, so that no two are alike. Prints one row a
measurement.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACTORS = (
    "Japan",
    "China",
    "India",
    "Pakistan",
    "Iran",
    "Israel",
    "Russia",
    "Ukraine",
    "The Philippines",
    "Germany",
)
ACTS = (
    "sent {n} warships towards {b} on Tuesday.", "condemned {b} over the launch, a spokesperson said.",
    "said it would defend {b} if it came under attack.", "held joint drills with {b} in the first week of August.",
    "rejected the proposal of {b} and recalled its ambassador.",
    "raised its defence budget by {n} per cent this year.",
    "warned {b} that the {n} km zone was a red line.", "agreed with {b} to share intelligence within two years.",
    "denied that it had fired missiles at {b}.", "urged {b} to withdraw about {n} troops from the border.",
)  # fmt: skip
CODE = """
import resource, sys
from functools import partial
from pathlib import Path
from standoff.cli.batch import batch_records
from standoff.read import read_batch
if __name__ == "__main__":
    done = read_batch(sys.argv[1], batch_records, out=Path(sys.argv[2]), workers=int(sys.argv[3]))
    print(done.done, done.records, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
          resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def write(path: Path, count: int) -> None:
    """`count` reports of ten sentences."""
    rng = random.Random(1)
    with path.open("w", encoding="utf-8") as handle:
        for n in range(count):
            sentences = []
            for _ in range(10):
                a, b = rng.sample(ACTORS, 2)
                sentences.append(
                    f"{a} {rng.choice(ACTS).format(b=b.replace('The ', 'the '), n=rng.randint(2, 400))}"
                )
            row = {"id": f"d{n}", "text": " ".join(sentences), "published": "2021-08-13"}
            handle.write(json.dumps(row) + "\n")


def start(script: Path, source: Path, out: Path, workers: int) -> subprocess.Popen[str]:
    """One run in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(script), str(source), str(out), str(workers)],
        stdout=subprocess.PIPE,
        text=True,
    )


def digest(path: Path) -> str:
    """The sha256 of a file, read in pieces: a child starts with the peak memory of its parent."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()[:16]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=4000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        script = root / "run.py"
        script.write_text(CODE)
        small, large = root / "small.jsonl", root / "large.jsonl"
        write(small, count // 8)
        write(large, count)
        reference = ""
        for source, workers in ((small, 1), (large, 1), (large, 2)):
            out = root / f"{source.stem}-{workers}"
            begun = time.perf_counter()
            run = start(script, source, out, workers)
            said = (run.communicate()[0] or "").split()
            spent = time.perf_counter() - begun
            print(f"{source.stem:6s} {workers} workers: {said[0]} documents, {said[1]} records, {spent:.1f} s, "
                  f"{int(said[0]) / spent:.0f} documents/s ({int(said[0]) * 10 / spent:.0f} sentences/s), "
                  f"peak {said[2]} MB here, {said[3]} MB in the largest worker")  # fmt: skip
            if source is large and not reference:
                reference = digest(out)
        same = digest(root / "large-2") == reference
        print(f"two workers wrote the same bytes as one: {same}")
        out = root / "killed"
        kills = 0
        for _ in range(6):
            run = start(script, large, out, 2)
            begun = time.perf_counter()
            while run.poll() is None:
                if kills < 3 and time.perf_counter() - begun > 5:
                    os.kill(run.pid, signal.SIGKILL)
                    kills += 1
                    break
                time.sleep(0.1)
            if run.wait() == 0:
                break
        whole = digest(out) == reference
        print(f"killed {kills} times and gone on: the same bytes: {whole}")
        return 0 if same and whole else 1


if __name__ == "__main__":
    raise SystemExit(main())
