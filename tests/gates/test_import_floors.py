"""The import contracts are seen to fail: each planted violation turns the check red."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

PLANTED = {
    "upwards: terms imports assess": ("terms/planted.py", "import standoff.assess\n"),
    "sideways: measure imports game": ("measure/planted.py", "import standoff.game\n"),
    "storage in a numerical room": ("game/planted.py", "import sqlite3\n"),
    "network in the ledger": ("ledger/planted.py", "import socket\n"),
    "past the front door": ("assess/planted.py", "import standoff.ledger.store\n"),
    "an undeclared room": ("attic/__init__.py", "\n"),
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        ROOT / "src" / "standoff",
        copy / "src" / "standoff",
        ignore=shutil.ignore_patterns("data", "__pycache__"),
    )
    return copy


def test_the_tree_as_it_stands_keeps_every_contract(tree: Path) -> None:
    result = lint(tree)
    assert result.returncode == 0, result.stdout
    # The linter must have looked at the copy, not at the installed package.
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_caught(tree: Path, name: str) -> None:
    where, text = PLANTED[name]
    path = tree / "src" / "standoff" / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    try:
        result = lint(tree)
    finally:
        path.unlink()
        if path.parent.name == "attic":
            path.parent.rmdir()
    assert result.returncode != 0, f"{name} passed unseen"
    assert (
        "BROKEN" in result.stdout
        or "not in" in result.stdout + result.stderr
        or "Missing" in result.stdout + result.stderr
    ), result.stdout
