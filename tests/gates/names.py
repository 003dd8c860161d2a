"""Names that a tree of sources defines, and those that nothing uses."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[A-Za-z_]\w*")
_CALLED_BY_OTHERS = {"handle_starttag", "handle_endtag", "handle_data"}
"""Methods that `html.parser` calls by name."""
_PLAIN = "cache cached_property classmethod contextmanager intrinsic lru_cache overload property staticmethod"
_REGISTERS_NOT = set(_PLAIN.split())
"""Decorators that change a function and call it for nobody; any other hands it on (a route, a rule)."""


def defined(tree: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """(name, dotted name, handed on by a decorator) of functions, classes, methods and constants of a module."""
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node.name, any(_registers(d) for d in node.decorator_list)
            case ast.ClassDef():
                yield node.name, node.name, False
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield inner.name, f"{node.name}.{inner.name}", False
            case ast.Assign():
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, target.id, False
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, name, False
            case _:
                pass


def _registers(decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    name = decorator.attr if isinstance(decorator, ast.Attribute) else ast.unparse(decorator)
    return name not in _REGISTERS_NOT


def used(tree: ast.Module) -> Iterator[str]:
    """Every name that a module reads: variables, attributes, keywords. Imports use nothing."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Load()):
                yield node.id
            case ast.Attribute():
                yield node.attr
            case ast.keyword(arg=str(name)):
                yield name
            case _:
                pass


def dead_names(sources: Path, pages: list[Path]) -> set[str]:
    """`room/file.py name` for each name that no source reads and no page or template names.

    A name in `__all__` alone is not used: somebody must be told of it, by a page.
    """
    reads: dict[str, int] = defaultdict(int)
    names: list[tuple[str, str, str]] = []
    for path in sorted(sources.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in used(tree):
            reads[name] += 1
        place = path.relative_to(sources).as_posix()
        for name, dotted, handed_on in defined(tree):
            if not name.startswith("__") and not handed_on and name not in _CALLED_BY_OTHERS:
                names.append((name, dotted, place))
    told: set[str] = set()
    for page in pages:
        told |= set(_WORD.findall(page.read_text(encoding="utf-8")))
    return {
        f"{place} {dotted}" for name, dotted, place in names if not reads[name] and name not in told
    }


def classes_by_name(sources: Path) -> dict[str, list[str]]:
    """Every public class that stands in more than one file, with the files."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(sources.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(sources).as_posix())
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}
