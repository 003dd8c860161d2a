"""All longer studies and the slow tests, one after the other: `make bench`. Each prints its figures."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SLOW = ["-m", "pytest", "-q", "-m", "slow", "tests", "--durations=0", "--durations-min=1"]


def studies() -> list[Path]:
    """Every script of this folder that can be run by itself."""
    found = sorted(p for p in FOLDER.glob("*.py") if p.name != "run.py")
    return [p for p in found if '__name__ == "__main__"' in p.read_text(encoding="utf-8")]


def main() -> int:
    """Run the slow tests and each study in a process of its own; 1 if one of them failed."""
    failed: list[str] = []
    jobs = {"slow tests": SLOW} | {script.name: [str(script)] for script in studies()}
    for name, arguments in jobs.items():
        print(f"\n== {name}", flush=True)
        start = time.perf_counter()
        done = subprocess.run([sys.executable, *arguments], check=False, cwd=FOLDER.parent)
        if done.returncode:
            failed.append(name)
        print(f"-- {name}: {time.perf_counter() - start:.0f} s", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
