"""The app knows the façade, the vocabulary of errors, and nothing else of the project."""

from __future__ import annotations

import ast
from pathlib import Path

import standoff.web

ALLOWED = ("standoff.api.screens", "standoff.errors", "standoff.web")


def imports(source: str) -> set[str]:
    """Modules of the project that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return {name for name in found if name.split(".")[0] == "standoff"}


def test_the_app_imports_only_what_the_facade_offers() -> None:
    folder = Path(standoff.web.__file__).parent
    for file in folder.rglob("*.py"):
        for name in imports(file.read_text("utf-8")):
            assert name.startswith(ALLOWED), f"{file.name} imports {name}"


def test_the_check_sees_a_forbidden_import() -> None:
    assert imports("from standoff.ledger import Ledger") == {"standoff.ledger"}
    assert not "standoff.ledger".startswith(ALLOWED)
