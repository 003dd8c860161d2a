"""One bad line of a batch is named and never stops the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app

GOOD = "Japan condemned China on Monday."
TINY = "Exports were 200 yen, up from 0.000000000000000000001, a rise of 5 %."
# What the line holds, and whether it is refused: numbers at the edge are read, days there are not.
LINES = {
    "first day": ({"text": GOOD, "published": "0001-01-01"}, True),
    "last day": ({"text": GOOD, "published": "9999-12-31"}, True),
    "tiny number": ({"text": TINY, "published": "2021-08-13"}, False),
    "huge number": ({"text": f"Exports were {'9' * 400} yen, a rise of 5 %.", "published": "2021-08-13"}, False),
    "no day": ({"text": GOOD, "published": "soon"}, True),
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_the_rest_is_read(case: str, tmp_path: Path) -> None:
    line, refused = LINES[case]
    good = {"text": GOOD, "published": "2021-08-13"}
    rows = [{"id": f"d{n}", **row} for n, row in enumerate((good, line, good))]
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    args = [
        "read",
        "--batch",
        str(tmp_path / "b.jsonl"),
        "--out",
        str(tmp_path / "o.jsonl"),
        "--workers",
        "1",
    ]
    done = CliRunner().invoke(app, args)
    read = [json.loads(x) for x in (tmp_path / "o.jsonl").read_text().split("\n") if x]
    assert {r["doc"] for r in read if r["type"] == "signal"} >= {"d0", "d2"}
    assert done.exit_code == (1 if refused else 0)
    assert ("line 2" in done.stderr) == refused


def test_a_fault_of_ours_is_named_with_its_line(tmp_path: Path) -> None:
    from standoff.read.bulk.items import BatchItem, Line
    from standoff.read.bulk.workers import Chunk, run_chunk

    def work(item: BatchItem):
        if item.id == "d1":
            raise ZeroDivisionError("planted")
        yield {"type": "note", "text": "read"}

    rows = [
        json.dumps({"id": f"d{n}", "text": "x", "published": "2021-08-13"}).encode()
        for n in range(3)
    ]
    lines = tuple(Line(n, row, 0, len(row)) for n, row in enumerate(rows, start=1))
    found = run_chunk(work, Chunk(lines, 0, 3))
    assert found.done == 2
    assert found.refused == (
        "line 2: not read, by a fault of standoff (ZeroDivisionError: planted)",
    )
