"""CHECK on ten texts with thirty planted errors, on the open gold texts, and its speed.

Run: .venv/bin/python benchmarks/check.py [open|held|all]
"""

from __future__ import annotations

import sys
import time
import tomllib
from datetime import date
from pathlib import Path

from standoff.assess import read_and_check
from standoff.check import check_claims

CASES = Path(__file__).resolve().parents[1] / "cases" / "claims"
FALSE = ("CONTRADICTED", "INCONSISTENT")


def score(half: str, *, show: bool = False) -> dict[str, int]:
    """Planted errors caught, false alarms and claims of one half ("open", "held" or "all")."""
    raw = tomllib.loads((CASES / "manifest.toml").read_text(encoding="utf-8"))
    total = {"planted": 0, "caught": 0, "claims": 0, "false alarms": 0}
    for item in raw["text"]:
        if half not in ("all", item["half"]):
            continue
        text = (CASES / item["file"]).read_text(encoding="utf-8")
        day: date = item["published"]
        report, verdicts = read_and_check(text, published=day)
        found = [(c, v) for c, v in zip(report.claims, verdicts, strict=True) if v.outcome in FALSE]
        spans = {p: text.index(p) for p in item["planted"]}
        hit = {
            p
            for p, at in spans.items()
            if any(c.span.start < at + len(p) and at < c.span.end for c, _ in found)
        }
        alarms = [
            (c, v)
            for c, v in found
            if not any(c.span.start < at + len(p) and at < c.span.end for p, at in spans.items())
        ]
        total["planted"] += len(spans)
        total["caught"] += len(hit)
        total["claims"] += len(report.claims)
        total["false alarms"] += len(alarms)
        if show:
            for p in sorted(set(spans) - hit):
                print(f"  missed  {item['file']}  {p}")
            for c, v in alarms:
                print(f"  alarm   {item['file']}  {c.span.quote}: {v.why}")
    return total


def speed() -> float:
    """Claims checked per second of processor, over the claims of all ten texts."""
    batches = []
    for path in sorted(CASES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        report, _ = read_and_check(text, published=date(2022, 1, 1))
        batches.append(report.claims)
    done = 0
    start = time.process_time()
    while time.process_time() - start < 2.0:
        for claims in batches:
            done += len(check_claims(claims, published=date(2022, 1, 1)))
    return done / (time.process_time() - start)


def main() -> None:
    """Print both halves."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    for half in ("open", "held"):
        if wanted in (half, "all"):
            print(f"{half}: {score(half, show=True)}")
    print(f"speed: {speed():,.0f} claims a second of processor time")


if __name__ == "__main__":
    main()
