"""Classes of words that the grammar asks for, from `data/words.toml`, each with its reason."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import cast


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files("standoff.read").joinpath("data/words.toml").read_text("utf-8"))
    return {name: frozenset(cast("str", row["words"]).split()) for name, row in raw.items()}


def words_of(name: str) -> frozenset[str]:
    """The words of a class.

    >>> "urge" in words_of("object_control")
    True
    """
    return _table()[name]
