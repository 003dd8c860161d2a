"""Words of likelihood and confidence, with the bands that published standards give them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """A likelihood word at its place; `low` and `high` span the bands of all standards.

    A word without a band has none: `bands` is empty, `low` 0 and `high` 1.
    """

    start: int
    end: int
    phrase: str
    low: float
    high: float
    bands: str

    @property
    def banded(self) -> bool:
        """Whether a standard gives the word a band."""
        return bool(self.bands)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = files("standoff.brief.checking") / "likelihood.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _phrase(words: str) -> str:
    return r"[\s-]+".join(re.escape(w) for w in re.split(r"[ -]", words))


@lru_cache(maxsize=1)
def _terms() -> tuple[re.Pattern[str], dict[str, tuple[float, float, str]]]:
    """The words, longest first, and the hull and text of the bands of each."""
    bands: dict[str, tuple[float, float, str]] = {}
    for term in _data()["term"]:
        given: dict[str, list[float]] = term["bands"]
        low, high = min(b[0] for b in given.values()), max(b[1] for b in given.values())
        shown = ", ".join(
            f"{100 * b[0]:.0f}-{100 * b[1]:.0f} % {name}" for name, b in given.items()
        )
        bands |= {_key(w): (low, high, shown) for w in term["words"]}
    for word in _data()["vague"]["words"]:
        bands.setdefault(_key(word), (0.0, 1.0, ""))
    every = [w for t in _data()["term"] for w in t["words"]] + _data()["vague"]["words"]
    alternatives = "|".join(_phrase(w) for w in sorted(every, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.I), bands


def _key(words: str) -> str:
    return " ".join(re.split(r"[\s-]+", words.lower()))


def find_terms(text: str) -> Iterator[Term]:
    """Every word of likelihood.

    With a capital, May is the month.

    >>> [(t.phrase, t.low, t.high) for t in find_terms("It is highly likely, and may be seen in May.")]
    [('highly likely', 0.8, 1.0), ('may', 0.0, 1.0)]
    """
    pattern, bands = _terms()
    for m in pattern.finditer(text):
        if m.group() == "May":
            continue
        low, high, shown = bands[_key(m.group())]
        yield Term(m.start(), m.end(), m.group(), low, high, shown)


@lru_cache(maxsize=4)
def words_of(name: str) -> frozenset[str]:
    """A list of single words of the data: ``goes_on``."""
    return frozenset(_data()[name]["words"])


@lru_cache(maxsize=8)
def pattern_of(name: str) -> re.Pattern[str]:
    """``confidence`` or ``source`` as given; ``exclusive`` built from its words."""
    found: dict[str, Any] = _data()[name]
    if "pattern" in found:
        return re.compile(found["pattern"], 0 if name == "source" else re.I)
    return re.compile(rf"\b(?:{'|'.join(_sorted(found['words']))})\b", re.I)


def _sorted(words: Iterable[str]) -> list[str]:
    return [_phrase(w) for w in sorted(words, key=lambda w: (-len(w), w))]
