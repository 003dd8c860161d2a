"""The map of the seventy elements is true: every file and every test it names exists."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "system-map.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| `(.+?)` \| `(.+?)` \| (.+?) \|$", re.M)
ROWS = ROW.findall(PAGE)


@lru_cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def problem(file: str, test: str, status: str) -> str:
    """What is wrong with a row, or nothing."""
    if not (ROOT / "src" / "standoff" / file).is_file():
        return f"no file {file}"
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file() or name not in functions(ROOT / path):
        return f"no test {test}"
    word, _, why = status.partition(": ")
    if word not in ("live", "partial", "absent") or (word != "live" and len(why) < 10):
        return f"status {status!r} without a word why"
    return ""


def test_seventy_rows_in_order() -> None:
    assert [int(r[0]) for r in ROWS] == list(range(1, 71))


@pytest.mark.parametrize("row", ROWS, ids=[r[0] for r in ROWS])
def test_a_row_is_true(row) -> None:
    assert problem(*row[2:]) == ""


def test_the_count_at_the_head_is_the_count_of_the_rows() -> None:
    live, partial, absent = (
        sum(r[4].startswith(word) for r in ROWS) for word in ("live", "partial", "absent")
    )
    assert f"Count: {live} live, {partial} partial, {absent} absent." in PAGE


def test_a_false_row_is_found() -> None:
    test = "tests/gates/test_system_map.py::test_a_false_row_is_found"
    assert "no file" in problem("read/nothing.py", test, "live")
    assert "no test" in problem("errors.py", test + "s", "live")
    assert "without a word" in problem("errors.py", test, "partial")
