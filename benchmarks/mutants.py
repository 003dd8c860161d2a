"""Small faults planted in a source file: one change of the syntax tree at a time.

Each `Mutant` is one change of one file, named by operator, line and text before and after. What
cannot change behaviour is left alone: annotations, decorators, docstrings, what is raised (words of
an error), f-strings, type aliases, `if TYPE_CHECKING`. Strings are not changed: a wrong word is seen
by reading, a wrong bound is not.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SWAPPED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
EMPTY = {"list": ast.List, "tuple": ast.Tuple, "dict": ast.Dict}


@dataclass(frozen=True)
class Mutant:
    """One planted fault: where it stands, what was there, what stands there now."""

    path: Path
    line: int
    function: tuple[str, int] | None
    """Name and first line of the innermost function around it; None at the level of the module."""
    operator: str
    before: str
    after: str
    tree: ast.Module = field(repr=False, compare=False)
    old: ast.AST = field(repr=False, compare=False)
    new: ast.AST = field(repr=False, compare=False)

    @property
    def source(self) -> str:
        """The whole text of the changed file; made when asked for, a sample asks for few."""
        # The transformer changes lists in place: the memo keeps `old` itself inside the copy.
        whole = copy.deepcopy(self.tree, {id(self.old): self.old})
        changed = _Replace(self.old, self.new).visit(whole)
        return ast.unparse(ast.fix_missing_locations(changed)) + "\n"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  [{self.operator}]  {self.before}  ->  {self.after}"


@dataclass(frozen=True)
class _Site:
    node: ast.AST
    function: tuple[str, int] | None
    returns: ast.expr | None


def mutants(path: Path, shown: Path) -> list[Mutant]:
    """Every mutant of one file, in the order of its lines.

    Args:
        path: the file.
        shown: the path that the mutants name, relative to the root of the sources.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[Mutant] = []
    for site in _sites(tree, None, None):
        for operator, changed in _changes(site):
            before = ast.unparse(site.node)
            after = ast.unparse(changed)
            if before == after:
                continue
            found.append(
                Mutant(
                    path=shown,
                    line=getattr(site.node, "lineno", 0),
                    function=site.function,
                    operator=operator,
                    before=_short(before),
                    after=_short(after),
                    tree=tree,
                    old=site.node,
                    new=changed,
                )
            )
    return sorted(found, key=lambda m: (m.line, m.operator, m.before, m.after))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 110 else line[:107] + "..."


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _sites(
    node: ast.AST, function: tuple[str, int] | None, returns: ast.expr | None
) -> Iterator[_Site]:
    yield _Site(node, function, returns)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "format_spec"):
            continue
        children = value if isinstance(value, list) else [value]
        inner, result = function, returns
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and name == "body":
            inner, result = (node.name, _first_line(node)), node.returns
        for child in children:
            if isinstance(child, ast.AST) and not _silent(child):
                yield from _sites(child, inner, result)


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """What `co_firstlineno` says: the line of the first decorator where there is one."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def _silent(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
        # A type alias, or the door of a module.
        return any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("TypeVar", "NewType", "cast")


def _changes(site: _Site) -> Iterator[tuple[str, ast.AST]]:
    node = site.node
    match node:
        case ast.Compare(ops=[operator]):
            for other in SWAPPED.get(type(operator), ()):
                yield "comparison", ast.Compare(node.left, [other()], node.comparators)
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC and not _text(node):
            yield "arithmetic", ast.BinOp(node.left, ARITHMETIC[type(operator)](), node.right)
        case ast.BoolOp(op=operator):
            other = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield "and/or", ast.BoolOp(other, node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield "drop not", node.operand
        case ast.Constant(value=bool()):
            yield "truth", ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield "constant + 1", ast.Constant(node.value + 1)
            if node.value != 0 and node.value + 1 != node.value * 2:
                yield "constant x 2", ast.Constant(node.value * 2)
        case ast.If():
            for truth in (True, False):
                yield "condition", ast.If(ast.Constant(truth), node.body, node.orelse)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield "call", ast.Call(ast.Name(CALLS[name]), node.args, node.keywords)
        case ast.Return(value=value) if value is not None and site.returns is not None:
            yield from _returns(value, site.returns)
        case _:
            return


def _returns(value: ast.expr, annotation: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    """An empty answer where the signature allows one: None, or an empty list, tuple, dictionary."""
    if isinstance(value, ast.Constant):
        return
    words = ast.unparse(annotation)
    if words.endswith("| None"):
        yield "return", ast.Return(ast.Constant(None))
        return
    name = words.split("[")[0]
    if name == "list" or words.endswith(", ...]"):
        yield "return", ast.Return(EMPTY[name](elts=[])) if name in ("list", "tuple") else value
    elif name == "dict":
        yield "return", ast.Return(ast.Dict(keys=[], values=[]))


def _text(node: ast.BinOp) -> bool:
    """Whether it joins text: to take a minus there is a crash, which every test notices."""
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )
