"""What docs/reference/evaluate.md shows runs, and it names every figure that is printed."""

from __future__ import annotations

import doctest
from pathlib import Path

from standoff.cli.evaluate import ROWS

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/evaluate.md"


def test_the_example_runs() -> None:
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


def test_every_figure_is_explained() -> None:
    page = PAGE.read_text("utf-8")
    # The first of a family stands for it: `..._strict`, `event` ... `cost`.
    family = ("_strict", "_all_four")
    fields = {"sources", "targets", "status", "channel", "officialness", "explicitness", "protege",
              "mode", "valence"}  # fmt: skip
    named = [r for r in ROWS if f"`{r}`" not in page and not r.endswith(family) and r not in fields]
    assert named == []
