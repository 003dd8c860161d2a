"""All longer studies, one after the other: `make bench`. Each prints its own figures."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def studies() -> list[Path]:
    """Every script of this folder that can be run by itself."""
    found = sorted(p for p in FOLDER.glob("*.py") if p.name != "run.py")
    return [p for p in found if '__name__ == "__main__"' in p.read_text(encoding="utf-8")]


def main() -> int:
    """Run each study in a process of its own; 1 if one of them failed."""
    failed: list[str] = []
    for script in studies():
        print(f"\n== {script.name}", flush=True)
        start = time.perf_counter()
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(script.name)
        print(f"-- {script.name}: {time.perf_counter() - start:.0f} s", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
