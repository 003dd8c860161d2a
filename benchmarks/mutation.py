"""Do the tests of a room notice small faults in it? A seeded sample of mutants per room.

Each room's sources are copied; one mutant after the other is written into the copy and the room's
own tests run on it (its folder under `tests/unit`, its files in `laws`, `oracles`, `published`, and
the examples in its docstrings), in a process of its own with a limit of processor time. First run
the tests that call the changed function, then the rest of the room's. The score is the share of
mutants that turned a test red or ran out of time; some of the others change nothing that can be
seen, so that 1.0 is not to be had.

    python benchmarks/mutation.py                        # every room, 30 mutants each
    python benchmarks/mutation.py --rooms terms check --sample 40 --seed 7 --show
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import math
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
ROOMS = "terms reference check measure game assess brief ledger forecast read".split()
FLOORS = (
    "errors",
    "terms",
    "reference",
    "systems",
    "read check ledger measure game history evaluate",
    "fit",
    "forecast",
    "assess",
    "brief",
    "api",
    "web",
    "cli",
)
"""From below: what a room does not rest on it cannot change, and is imported once for all mutants."""
HEAVY = "numpy scipy.stats scipy.optimize spacy shapely pint rapidfuzz rich.table typer".split()
"""Packages that take long to import; none of them knows this project."""
ASIDE = ("__init__.py", "__main__.py")
"""Front doors hold no decisions."""
LEAST_LIMIT = 60.0
"""Seconds of processor time that a mutant has at least: a loop without an end is caught by it."""
MEMORY = 8 << 30
NOT_FOUND, NO_TESTS = 4, 5
"""What pytest answers where an argument names no test, and where nothing was collected."""
STAMPS = itertools.count()


@dataclass
class Baseline:
    """The room's tests on the untouched copy: what each calls, and the time they take."""

    callers: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)
    seconds: float = 0.0
    status: int = 0


@dataclass
class Found:
    """What became of one mutant."""

    mutant: Mutant
    caught: bool
    called: bool
    how: str


class Recorder:
    """A pytest plugin that notes which functions of a room run in which test."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.calls: dict[Any, list[str]] = {}
        self.seen: set[Any] = set()

    def _enter(self, frame: FrameType, event: str, argument: object) -> None:
        self.seen.add(frame.f_code)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.seen = set()
        sys.settrace(self._enter)
        yield
        sys.settrace(None)
        # An example in a docstring of the copy lies outside the root: its path is said in full.
        name = item.nodeid.split("::", 1)[1]
        for code in self.seen:
            if code.co_filename.startswith(self.folder):
                self.calls.setdefault(code, []).append(f"{item.path}::{name}")

    def callers(self) -> dict[tuple[str, str, int], list[str]]:
        return {
            (c.co_filename, c.co_name, c.co_firstlineno): tests for c, tests in self.calls.items()
        }


def tests_of(room: str, copy: Path) -> list[str]:
    """Folders and files of a room's own tests."""
    found = [f"tests/unit/{room}"]
    for kind in ("laws", "oracles", "published"):
        found += [
            str(p.relative_to(ROOT))
            for p in sorted((ROOT / "tests" / kind).glob("*.py"))
            if p.stem == f"test_{room}" or p.stem.startswith(f"test_{room}_")
        ]
    return [*found, str(copy / "standoff" / room)]


def run_tests(arguments: list[str], plugins: list[object], words: Path) -> int:
    """Run pytest in this process; what it prints goes to a file."""
    with words.open("w") as out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        options = ["-q", "-x", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")]
        return int(pytest.main([*options, *arguments], plugins=plugins))


def apart(work: Callable[[], int], limit: float) -> tuple[int, float]:
    """Do `work` in a process of its own: its status (negative: killed) and its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        status = 99
        try:
            os.setpgid(0, 0)
            seconds = math.ceil(limit)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            # Not the address space: the engine that draws charts reserves far more of it than it uses.
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            status = work()
        finally:
            os._exit(status)
    status = _wait(child, 4 * limit)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return status, spent


def _wait(child: int, limit: float) -> int:
    # A process that sleeps uses no processor time: an outer limit by the clock ends it.
    end = time.monotonic() + limit
    pause = 0.02
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -signal.SIGKILL
        time.sleep(pause)
        pause = min(0.5, pause * 1.5)


def import_below(room: str, copy: Path) -> None:
    """Import what the room stands on, from the copy, so that each mutant need not."""
    sys.path[:] = [str(copy), *(p for p in sys.path if Path(p).resolve() != ROOT / "src")]
    os.environ["PYTHONPATH"] = str(copy)
    # An example that broke a mutant is no example of the next run.
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(copy.parent / "hypothesis")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for name in HEAVY:
            with contextlib.suppress(ImportError):
                __import__(name)
        below = next(n for n, floor in enumerate(FLOORS) if room in floor.split())
        for name in " ".join(FLOORS[: below + 1]).split():
            if name != room:
                __import__(f"standoff.{name}")
        if "standoff.read" in sys.modules:
            # The parser is loaded when it first reads.
            sys.modules["standoff.read"].read_report(
                "China warned Japan.", published=date(2021, 1, 1)
            )
        # Plugins of pytest are imported, and rewritten, when it first runs.
        pytest.main(["--collect-only", "-q", str(ROOT / "benchmarks" / "mutants.py")])
    if any(n == f"standoff.{room}" for n in sys.modules):
        sys.exit(
            f"{room} was imported by a room of its own floor or below: mutants would not be seen"
        )


def sample_of(room: str, copy: Path, size: int, seed: int) -> tuple[list[Mutant], int]:
    """A seeded sample of a room's mutants without replacement, and how many there are."""
    every: list[Mutant] = []
    for path in sorted((copy / "standoff" / room).rglob("*.py")):
        if path.name not in ASIDE:
            every += mutants(path, path.relative_to(copy))
    rng = random.Random(f"{room}/{seed}")
    return rng.sample(every, min(size, len(every))), len(every)


def baseline(room: str, copy: Path, scratch: Path, chosen: list[str] | None) -> Baseline:
    """Run the untouched room and note who calls what; of chosen tests only that they pass."""
    import pickle

    notes = scratch / f"{room}.callers"

    def work() -> int:
        if chosen:
            return run_tests(chosen, [], scratch / f"{room}.baseline")
        recorder = Recorder(str(copy / "standoff" / room))
        status = run_tests(tests_of(room, copy), [recorder], scratch / f"{room}.baseline")
        notes.write_bytes(pickle.dumps(recorder.callers()))
        return status

    status, seconds = apart(work, 3600.0)
    callers = pickle.loads(notes.read_bytes()) if notes.exists() else {}
    return Baseline(callers, seconds, status)


def try_mutant(
    mutant: Mutant,
    room: str,
    copy: Path,
    base: Baseline,
    scratch: Path,
    options: argparse.Namespace,
) -> Found:
    """Write the mutant into the copy, run the tests, put the file back."""
    target = copy / mutant.path
    kept = scratch / "kept.py"
    shutil.copy2(target, kept)
    callers: list[str] = []
    if mutant.function is not None:
        callers = base.callers.get((str(target), *mutant.function), [])
    limit = max(LEAST_LIMIT, 3 * base.seconds)
    words = scratch / "last.txt"
    called = bool(callers) or mutant.function is None or options.tests is not None
    try:
        target.write_text(mutant.source, encoding="utf-8")
        # Compiled files are known by second and size: no two mutants share a time.
        stamp = 2_000_000_000 + next(STAMPS)
        os.utime(target, (stamp, stamp))
        steps = [callers] if callers else []
        if mutant.function is None or not options.only_callers:
            steps.append(options.tests or tests_of(room, copy))
        for step in steps:
            status, _ = apart(lambda step=step: run_tests(step, [], words), limit)
            if status == NOT_FOUND and step is callers:
                # A test that the baseline named is no more (its parameters changed): run them all.
                whole = tests_of(room, copy)
                status, _ = apart(lambda whole=whole: run_tests(whole, [], words), limit)
            if status < 0:
                return Found(mutant, True, called, "out of time")
            if status not in (0, NO_TESTS):
                return Found(mutant, True, called, _red(words))
    finally:
        shutil.copy2(kept, target)
    return Found(mutant, False, called, "")


def _red(words: Path) -> str:
    for line in words.read_text(errors="replace").splitlines():
        if line.startswith(("FAILED", "ERROR")):
            return line[:160]
    return "stopped"


def interval(caught: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95 %."""
    z = 1.96
    share, n = caught / of, of
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def run_room(room: str, options: argparse.Namespace, scratch: Path) -> int:
    """One room from copy to score; prints its row."""
    copy = scratch / "src"
    if not copy.exists():
        shutil.copytree(ROOT / "src", copy)
        # What the sources look for beside themselves in a checkout: cases, pages.
        for name in ("cases", "docs", "pyproject.toml"):
            (scratch / name).symlink_to(ROOT / name)
    import_below(room, copy)
    base = baseline(room, copy, scratch, options.tests)
    if base.status != 0:
        print(f"{room:10}  its tests fail without any mutant ({base.status}):")
        print((scratch / f"{room}.baseline").read_text()[-3000:])
        return 1
    chosen, every = sample_of(room, copy, options.sample, options.seed)
    found = []
    for mutant in chosen:
        found.append(try_mutant(mutant, room, copy, base, scratch, options))
        if options.show:
            last = found[-1]
            print(f"   {'caught  ' if last.caught else 'SURVIVED'} {mutant}", end="")
            print(
                f"  {last.how}" if last.caught else ("" if last.called else "  (no caller)"),
                flush=True,
            )
    caught = sum(f.caught for f in found)
    silent = sum(not f.called for f in found)
    low, high = interval(caught, len(found))
    print(
        f"{room:10} {every:6d} {len(found):7d} {caught:7d} {silent:9d}"
        f"   {caught / len(found):.2f} ({low:.2f}-{high:.2f})   {base.seconds:5.0f} s",
        flush=True,
    )
    return 0


def main() -> int:
    """Score each room; 1 where a room's tests fail on the untouched copy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rooms", nargs="+", default=ROOMS, choices=ROOMS)
    parser.add_argument("--sample", type=int, default=30, help="mutants of a room")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print each mutant and its fate")
    parser.add_argument(
        "--only-callers",
        action="store_true",
        help="run the tests that call the changed function, not the rest (faster, a little stricter)",
    )
    parser.add_argument(
        "--tests",
        nargs="+",
        help="these tests only, for one room: a lower bound, where its whole suite takes too long",
    )
    options = parser.parse_args()
    print(f"seed {options.seed}; score with Wilson's 95 % interval")
    print("room       mutants sampled  caught  no caller   score               tests", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for room in options.rooms:
            scratch = Path(folder)
            status, _ = apart(
                lambda room=room, scratch=scratch: run_room(room, options, scratch),
                36_000.0,
            )
            failed |= status
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
