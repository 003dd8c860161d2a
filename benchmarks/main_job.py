"""Times and figures of the main job: the demo, the reference article, the open gold texts.

Run: .venv/bin/python benchmarks/main_job.py [FOLDER-OF-THE-SHARED-DATA]
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
STANDOFF = Path(sys.executable).parent / "standoff"


def timed(*words: str, cwd: Path) -> tuple[float, str]:
    """Seconds of wall time of a command in a new process, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        [str(STANDOFF), *words], cwd=cwd, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Print one line per figure."""
    print(f"{platform.machine()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for round_ in ("first", "second"):
            seconds, out = timed("demo", "--folder", round_, cwd=folder)
            print(f"demo, {round_} run: {seconds:.1f} s, {len(out.splitlines())} lines")
        dossier = str(folder / "first" / "west-pacific.standoff")
        article = SHARED / "seed" / "article.txt"
        if article.is_file():
            day = "2021-08-13"
            seconds, _ = timed(
                "read", str(article), "--published", day, "--dossier", dossier, cwd=folder
            )
            print(f"read the article into the dossier: {seconds:.1f} s")
            seconds, out = timed(
                "assess", "--as-of", day, "--format", "json", "--dossier", dossier, cwd=folder
            )
            answer = json.loads(out)
            print(f"assess with the article: {seconds:.1f} s")
            for effect in answer["effects"]:
                m = effect["multiplier"]
                print(f"  {effect['name']}: x{m['median']:.3f} ({m['low']:.3f} to {m['high']:.3f})")
        gold = SHARED / "data" / "reading" / "score_gold.py"
        if gold.is_file():
            command = f"{STANDOFF} read --batch {{file}} --format jsonl"
            done = subprocess.run(
                [sys.executable, str(gold), str(SHARED / "gold"), "--cmd", command],
                cwd=folder, capture_output=True, text=True, check=True,
            )  # fmt: skip
            print("open gold texts:")
            for line in done.stdout.splitlines():
                print(f"  {line}")


if __name__ == "__main__":
    main()
