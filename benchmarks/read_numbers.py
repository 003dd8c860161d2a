"""Dates and quantities against open suites of earlier projects.

    python benchmarks/read_numbers.py [--errors N] [--suite NAME]

Needs the optional folder ../shared/data/reading beside the checkout (suites and their scorers); says
so and stops where it is absent. Prints one row a metric, then speed in characters and sentences a
second on one core.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from standoff.read.dates import find_dates
from standoff.read.quantities import find_quantities

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "reading"
SUITES = ("recognizers_datetime", "recognizers_quantity", "quantulum_quantities")


def lines_of(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """What the coder prints for one document, dates and quantities only."""
    out: list[dict[str, Any]] = []
    for m in find_dates(doc["text"], date.fromisoformat(doc["published"])):
        p = m.period
        out.append({"type": "date", "doc": doc["id"], "start": m.span.start, "end": m.span.end,
                    "quote": m.span.quote, "from": p.start and p.start.isoformat(),
                    "to": p.end and p.end.isoformat()})  # fmt: skip
    for q in find_quantities(doc["text"]):
        out.append({"type": "quantity", "doc": doc["id"], "start": q.span.start, "end": q.span.end,
                    "quote": q.span.quote, "low": q.low, "high": q.high, "unit": q.unit,
                    "comparator": q.comparator.value})  # fmt: skip
    return out


def main() -> int:
    """Score every suite and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--suite", action="append", choices=SUITES)
    args = parser.parse_args()
    if not FOLDER.is_dir():
        print(f"{FOLDER} is absent: nothing measured")
        return 2
    sys.path.insert(0, str(FOLDER))
    scorer: Any = importlib.import_module("score_open")
    lib: Any = importlib.import_module("suitelib")
    seconds, chars, docs_read = 0.0, 0, 0
    for name in args.suite or SUITES:
        file, make, _perfect, score, _extra = scorer.SUITES[name]
        rows = lib.load(str(FOLDER / file))
        docs = make(rows)
        begun = time.perf_counter()
        lines = [line for doc in docs for line in lines_of(doc)]
        spent = time.perf_counter() - begun
        seconds, chars, docs_read = (
            seconds + spent,
            chars + sum(len(d["text"]) for d in docs),
            docs_read + len(docs),
        )
        run = lib.Run(docs, lines, spent)
        errors: list[Any] | None = [] if args.errors else None
        for metric, value in score(rows, run, errors):
            print(f"{name:24s} {metric:52s} {value if value is None else format(value, '.3f')}")
        print(f"{name:24s} {'span fidelity':52s} {run.fidelity}")
        for error in (errors or [])[: args.errors]:
            print("   ", *error, sep=" | ")
    if seconds:
        print(
            f"both grammars: {docs_read / seconds:,.0f} texts/s, {chars / seconds / 1e6:.2f} M characters/s"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
