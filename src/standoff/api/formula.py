"""Formulas of several parts: `esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2`.

The notation of the R package `games`: outcomes to the left of `~`, one part per utility to the right,
parted by `|`. A part is a sum of terms with an intercept unless it says `0` or `- 1`; `0` alone
is a utility of zero, `1` alone an intercept. Terms: a column, `a:b`, `a * b` (= a + b + a:b),
`log(x)`, `log1p(x)`, `exp(x)`, `sqrt(x)`, `abs(x)`, `I(x^2 - 3 * z)`, `factor(x)`; odd names stand in
backquotes. Text columns, and those in `factor()`, become one 0/1 column per level but the first.

Example:
    >>> f = parse_formula("esc + war ~ x | 0 | x * z | log(x) - 1")
    >>> f.left, [p.text for p in f.parts], f.columns
    (('esc', 'war'), ['x', '0', 'x + z + x:z', 'log(x) - 1'], ('esc', 'war', 'x', 'z'))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import InputError, ModelError
from standoff.fit import Design

__all__ = ["Formula", "Part", "Term", "build_design", "parse_formula"]

Columns = Mapping[str, npt.NDArray[Any]]
_TOKEN = re.compile(
    r"\s*(?:(`[^`]+`)|([^\W\d][\w.]*|\.[A-Za-z][\w.]*)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(\*\*|[-+*/^:()|~,]))"
)
_FUNCTIONS = {"log": np.log, "log1p": np.log1p, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs}
_FACTORS = ("factor", "as.factor", "C")
_LEVELS = 20
"""A text column with more levels is likely a name or a number gone wrong; factor(x) insists."""
Node = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A product of factors, each with its text and how it is computed."""

    factors: tuple[tuple[str, Node], ...]

    @property
    def text(self) -> str:
        """As it is written, `a:log(b)`."""
        return ":".join(name for name, _ in self.factors)


@dataclass(frozen=True, slots=True)
class Part:
    """One utility: terms, with or without an intercept."""

    intercept: bool
    terms: tuple[Term, ...]

    @property
    def empty(self) -> bool:
        """A utility of zero."""
        return not self.intercept and not self.terms

    @property
    def text(self) -> str:
        """As it would be written."""
        terms = " + ".join(t.text for t in self.terms)
        if not terms:
            return "1" if self.intercept else "0"
        return terms if self.intercept else f"{terms} - 1"


@dataclass(frozen=True, slots=True)
class Formula:
    """Outcomes and the parts of the utilities."""

    left: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, once."""
        inner = (n for p in self.parts for t in p.terms for _, e in t.factors for n in _names(e))
        return tuple(dict.fromkeys((*self.left, *inner)))


def _names(node: Node) -> Iterator[str]:
    if node[0] == "name":
        yield node[1]
    for child in node[1:]:
        if isinstance(child, tuple):
            yield from _names(cast(Node, child))


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise self.wrong(text[at:].strip()[:1], "names, numbers and + - * : ^ ( ) | ~")
            quoted, name, number, sign = found.groups()
            if quoted:
                self.tokens.append(("name", quoted[1:-1]))
            elif name:
                self.tokens.append(("name", name))
            else:
                self.tokens.append(("number", number) if number else ("sign", sign))
            at = found.end()
        self.tokens.append(("end", ""))
        self.at = 0

    def wrong(self, came: str, expected: str) -> InputError:
        return InputError(
            f"{came or 'the end'!r} in the formula {self.text!r}",
            expected,
            '"esc + war ~ x1 + x2 | 0 | x3 | z"',
        )

    def peek(self, *signs: str) -> bool:
        kind, value = self.tokens[self.at]
        return kind == "sign" and value in signs

    def take(self) -> tuple[str, str]:
        found = self.tokens[self.at]
        self.at += 1
        return found

    def need(self, sign: str) -> None:
        if not self.peek(sign):
            raise self.wrong(self.tokens[self.at][1], f"{sign!r} there")
        self.at += 1

    def left(self) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            kind, value = self.take()
            if kind != "name":
                raise self.wrong(value, "outcomes as columns joined by + before ~")
            names.append(value)
            if not self.peek("+"):
                break
            self.at += 1
        self.need("~")
        return tuple(names)

    def part(self) -> Part:
        intercept = True
        terms: list[Term] = []
        minus = self.peek("-")
        if self.peek("+", "-"):
            self.at += 1
        while True:
            kind, value = self.tokens[self.at]
            if kind == "number":
                self.at += 1
                if value not in ("0", "1"):
                    raise self.wrong(
                        value, "0 or 1 as a number on its own; a fixed utility is --fixed"
                    )
                intercept = (value == "1") != minus
            else:
                for term in self.product():
                    if minus:
                        terms = [t for t in terms if t.text != term.text]
                    elif term.text not in [t.text for t in terms]:
                        terms.append(term)
            if not self.peek("+", "-"):
                break
            minus = self.take()[1] == "-"
        # Main effects stand before products, as in R.
        return Part(intercept, tuple(sorted(terms, key=lambda t: len(t.factors))))

    def product(self) -> list[Term]:
        found = [self.interaction()]
        while self.peek("*"):
            self.at += 1
            right = self.interaction()
            found += [right, *(_joined(t, right) for t in found)]
        return found

    def interaction(self) -> Term:
        term = Term((self.factor(),))
        while self.peek(":"):
            self.at += 1
            term = _joined(term, Term((self.factor(),)))
        return term

    def factor(self) -> tuple[str, Node]:
        kind, value = self.take()
        if kind != "name":
            raise self.wrong(
                value, "a column, or log(), sqrt(), exp(), abs(), I(), factor() of one"
            )
        if not self.peek("("):
            return value, ("name", value)
        begin = self.at
        if value in _FACTORS:
            self.at += 1
            kind, name = self.take()
            if kind != "name":
                raise self.wrong(name, "a column in factor()")
            node: Node = ("factor", ("name", name))
            self.need(")")
        elif value == "I" or value in _FUNCTIONS:
            self.need("(")
            node = self.sum()
            self.need(")")
            node = node if value == "I" else ("call", value, node)
        else:
            raise self.wrong(f"{value}(", "log, log1p, exp, sqrt, abs, I or factor")
        return value + "".join(v for _, v in self.tokens[begin : self.at]), node

    def sum(self) -> Node:
        node = self.scaled()
        while self.peek("+", "-"):
            node = (self.take()[1], node, self.scaled())
        return node

    def scaled(self) -> Node:
        node = self.signed()
        while self.peek("*", "/"):
            node = (self.take()[1], node, self.signed())
        return node

    def signed(self) -> Node:
        if self.peek("-"):
            self.at += 1
            return ("-", ("number", 0.0), self.signed())
        node = self.atom()
        if self.peek("^", "**"):
            self.at += 1
            return ("^", node, self.signed())
        return node

    def atom(self) -> Node:
        if self.peek("("):
            self.at += 1
            node = self.sum()
            self.need(")")
            return node
        kind, value = self.take()
        if kind == "number":
            return ("number", float(value))
        if kind == "name" and self.peek("(") and value in _FUNCTIONS:
            self.at += 1
            node = self.sum()
            self.need(")")
            return ("call", value, node)
        if kind == "name" and not self.peek("("):
            return ("name", value)
        raise self.wrong(value, "a column or a number there")


def _joined(a: Term, b: Term) -> Term:
    have = {name for name, _ in a.factors}
    return Term((*a.factors, *(f for f in b.factors if f[0] not in have)))


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        InputError: something that is no formula, with the place.
    """
    reader = _Reader(text)
    left = reader.left()
    parts = [reader.part()]
    while reader.peek("|"):
        reader.at += 1
        parts.append(reader.part())
    if reader.tokens[reader.at][0] != "end":
        raise reader.wrong(reader.tokens[reader.at][1], "+, -, *, : or | between terms")
    return Formula(left, tuple(parts))


def build_design(part: Part, columns: Columns, n: int) -> Design | float:
    """Regressors of one utility, or zero where the part is `0`.

    Args:
        part: of a formula.
        columns: (case,) each, numbers or text, none missing.
        n: cases.

    Raises:
        ModelError: a column of text in arithmetic, a text column with one level or too many, a
            value that is not finite, or regressors that depend on each other.

    Example:
        >>> part = parse_formula("y ~ x + regime").parts[0]
        >>> d = build_design(part, {"x": np.arange(3.0), "regime": np.array(["a", "b", "b"])}, 3)
        >>> d.names, d.matrix[2].tolist()
        (('(Intercept)', 'x', 'regimeb'), [1.0, 2.0, 1.0])
    """
    if part.empty:
        return 0.0
    names = ["(Intercept)"] if part.intercept else []
    parts = [np.ones((n, 1))] if part.intercept else []
    whole = not part.intercept  # without an intercept, the first text term keeps all its levels
    mains = {t.text for t in part.terms}
    for term in part.terms:
        labels, block = [""], np.ones((n, 1))
        for label, node in term.factors:
            found = _levels(label, node, columns, len(term.factors) == 1 and whole)
            if found is None:
                values = _value(label, node, columns)
                new, matrix = [label], np.broadcast_to(values, (n,)).astype(np.float64)[:, None]
            else:
                whole = whole and len(term.factors) > 1
                if len(term.factors) > 1 and label not in mains:
                    raise ModelError(
                        f"the product {term.text} without {label} itself",
                        "the levels of a text column beside its products",
                        f"write {term.text.replace(':', ' * ')}",
                    )
                new, matrix = found
            labels = [f"{a}:{b}" if a else b for b in new for a in labels]
            block = np.hstack([block * matrix[:, [k]] for k in range(matrix.shape[1])])
        names += labels
        parts.append(block)
    return Design(tuple(names), np.hstack(parts))


def _levels(
    label: str, node: Node, columns: Columns, whole: bool
) -> tuple[list[str], npt.NDArray[np.float64]] | None:
    """0/1 columns of a text column or a `factor()`; None for numbers."""
    forced = node[0] == "factor"
    name = node[1][1] if forced else node[1]
    if not forced and (node[0] != "name" or columns[name].dtype.kind not in "US"):
        return None
    values = columns[name]
    found = sorted(set(values.tolist()))
    if len(found) < 2 or (len(found) > _LEVELS and not forced):
        raise ModelError(
            f"the column {name!r} with {len(found)} values as text, {', '.join(map(str, found[:3]))}",
            f"2 to {_LEVELS} levels",
            "leave it out" if len(found) < 2 else f"correct it, or insist with factor({name})",
        )
    kept = found if whole else found[1:]
    texts = [f"{v:g}" if isinstance(v, float) else str(v) for v in kept]
    matrix = np.column_stack([(values == level).astype(np.float64) for level in kept])
    return [f"{label}{t}" for t in texts], matrix


def _value(label: str, node: Node, columns: Columns) -> npt.NDArray[np.float64]:
    kind = node[0]
    if kind == "number":
        return np.array(node[1])
    if kind == "name":
        values = columns[node[1]]
        if values.dtype.kind in "US":
            raise ModelError(
                f"the text column {node[1]!r} in {label}",
                "a column of numbers",
                f"use {node[1]} alone",
            )
        return values.astype(np.float64)
    with np.errstate(all="ignore"):  # what is not finite is refused below, by name
        if kind == "call":
            out = _FUNCTIONS[node[1]](_value(label, node[2], columns))
        else:
            a, b = _value(label, node[1], columns), _value(label, node[2], columns)
            out = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power}[
                kind
            ](a, b)
    bad = int(np.sum(~np.isfinite(out)))
    if bad:
        raise ModelError(
            f"{label}, which is not finite in {bad} cases",
            "a finite value in every case",
            "log1p(x) or I(x + 1) for zeros, or drop those cases before",
        )
    return np.asarray(out, dtype=np.float64)
