"""Utilities that are linear in named terms: sums of products of numbers and names.

`"value * ambition - 0.5 * cost"` has two terms. A name is a parameter or a covariate; which of
them varies over draws is decided by the values a game is solved with.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from standoff.errors import GameError
from standoff.game.ops import Value

MOST = 1e300
"""Sums of larger numbers leave the range of double precision."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:\s*/\s*\d+\.?\d*)?)"
    r"|(?P<name>[A-Za-z_][\w:.@]*)|(?P<sign>[-+*]))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """`weight` times the product of the named values."""

    weight: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum of terms.

    >>> e = Expression.parse("value * ambition - 1/2")
    >>> e.value({"value": 4.0, "ambition": 0.5})
    1.5
    >>> str(e)
    'value * ambition - 0.5'
    """

    terms: tuple[Term, ...] = ()

    @classmethod
    def number(cls, value: float, place: str = "utility") -> Expression:
        """A constant. Raises `GameError` naming `place` when it is not finite."""
        # A whole number of more than 308 digits has no float at all.
        if not -MOST <= value <= MOST:
            shown = (
                f"{value:g}"
                if isinstance(value, float)
                else f"a number of {len(str(value))} digits"
            )
            raise GameError(
                f"{place}: {shown}", "a finite number below 1e300", "correct the utility"
            )
        return cls((Term(float(value)),) if value else ())

    @classmethod
    def parse(cls, raw: str | float | int, place: str = "utility") -> Expression:
        """Read a number or a text such as "a * x - 2 * b". Raises `GameError` naming `place`."""
        if isinstance(raw, bool):
            raise GameError(f"{place}: {raw}", "a number or a sum of terms", "correct it")
        if isinstance(raw, int | float):
            return cls.number(raw, place)
        tokens = _tokens(raw, place)
        if not tokens:
            raise GameError(f"{place}: nothing", "a number or a sum of terms", "write 0 for none")
        terms: list[Term] = []
        sign, weight, names, want = 1.0, 1.0, list[str](), True
        for kind, text in tokens:
            if kind == "sign":
                if text == "*" and not want:
                    want = True
                elif text != "*" and want and not names and weight == 1.0:
                    sign = -sign if text == "-" else sign
                elif text != "*" and not want:
                    terms.append(Term(sign * weight, tuple(names)))
                    sign, weight, names, want = -1.0 if text == "-" else 1.0, 1.0, [], True
                else:
                    raise GameError(f"{place}: {raw!r}", "a term after each sign", "correct it")
                continue
            if not want:
                raise GameError(f"{place}: {raw!r}", f"a sign before {text!r}", "correct it")
            if kind == "name":
                names.append(text)
            else:
                weight *= _fraction(text, place)
            want = False
        if want:
            raise GameError(f"{place}: {raw!r}", "a term at the end", "correct it")
        terms.append(Term(sign * weight, tuple(names)))
        return cls(tuple(t for t in terms if t.weight))

    @property
    def names(self) -> frozenset[str]:
        """Every name that occurs."""
        return frozenset(n for t in self.terms for n in t.names)

    def value(self, values: Mapping[str, Value]) -> Value:
        """The sum at `values`: a float, or an array over draws."""
        total: Value = 0.0
        for term in self.terms:
            part: Value = term.weight
            for name in term.names:
                part = part * values[name]
            total = total + part
        return total

    def __str__(self) -> str:
        text = ""
        for term in self.terms:
            size = abs(term.weight)
            names = " * ".join(term.names)
            body = names if names and size == 1.0 else f"{size:g}{' * ' + names if names else ''}"
            lead = ("-" if term.weight < 0 else "") if not text else f" {'-+'[term.weight > 0]} "
            text += lead + body
        return text or "0"


def _tokens(raw: str, place: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, text = 0, raw.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise GameError(
                f"{place}: {raw!r} at {text[at : at + 12]!r}",
                "numbers and names joined by + - *",
                "utilities are linear in named terms; compute other functions beforehand",
            )
        kind = str(match.lastgroup)
        if kind == "name" and match[kind].casefold() in ("nan", "inf", "infinity"):
            raise GameError(f"{place}: {raw!r}", "a finite number", "correct the utility")
        found.append((kind, match[kind]))
        at = match.end()
    return found


def _fraction(text: str, place: str) -> float:
    top, _, bottom = text.partition("/")
    below = float(bottom) if bottom else 1.0
    if below == 0.0 or not math.isfinite(float(top) / below):
        raise GameError(f"{place}: {text}", "a finite number", "correct the utility")
    return float(top) / below
