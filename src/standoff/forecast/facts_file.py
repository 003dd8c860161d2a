"""Reading the tables of what is known of all pairs of states: one zip, and the clashes after it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from standoff.errors import FactError, UnreadableFile
from standoff.forecast.facts import LEVELS, TABLES, Clash, Coverage, Facts
from standoff.forecast.lookup import Array

__all__ = ["add_clashes", "load_facts", "read_facts"]


@lru_cache(maxsize=1)
def load_facts() -> Facts:
    """The shipped tables, with the clashes after 2010.

    Example:
        >>> facts = load_facts()
        >>> facts.coverage["disputes"].last, facts.coverage["capabilities"].last
        (2010, 2022)
    """
    folder = resources.files("standoff.forecast") / "data"
    found = read_facts((folder / "dyads-1.zip").read_bytes())
    clashes = folder / "clashes.csv"
    return add_clashes(found, clashes.read_text("utf-8")) if clashes.is_file() else found


def read_facts(source: bytes | Path) -> Facts:
    """Tables from a file that :func:`standoff.forecast.write_facts` wrote.

    Raises:
        UnreadableFile: no such file, or not one of these.
    """
    try:
        raw = source if isinstance(source, bytes) else source.read_bytes()
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            texts = {n.removesuffix(".csv"): archive.read(n).decode() for n in archive.namelist()}
        tables = {name: _parse(texts[name], columns) for name, columns in TABLES.items()}
        rows = csv.DictReader(texts["SOURCES"].splitlines())
        coverage = {
            r["table"]: Coverage(
                r["table"], int(r["first"]), int(r["last"]), r["source"], r["terms"]
            )
            for r in rows
        }
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableFile(
            f"{'the shipped file' if isinstance(source, bytes) else source} ({error})",
            f"a zip of the tables {', '.join(TABLES)} and SOURCES",
            "make it with standoff fit forecast, or install the package again",
        ) from error
    return Facts(tables, coverage)


def _parse(text: str, columns: Sequence[str]) -> Array:
    head, _, body = text.partition("\n")
    if head.split(",") != list(columns):
        raise ValueError(f"columns {head}")
    cells = body.replace("\n", ",").rstrip(",")
    flat = np.array(cells.split(",") if cells else [], dtype=float)
    return flat.reshape(-1, len(columns))


def add_clashes(facts: Facts, text: str) -> Facts:
    """The same facts with a table of clashes after the disputes end.

    Args:
        facts: as read.
        text: CSV with challenger, protege, start, level, origin, name.

    Raises:
        FactError: a row with another level, or without a day.
    """
    after = date(facts.coverage["disputes"].last, 12, 31)
    found: list[Clash] = []
    last = after
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            start = date.fromisoformat(row["start"])
            last = max(last, date.fromisoformat(row.get("end") or row["start"]))
        except ValueError as error:
            raise FactError(
                f"line {line} of the clashes ({error})", "a day", "correct it"
            ) from None
        if row["level"] not in LEVELS:
            raise FactError(f"the level {row['level']!r}", " | ".join(LEVELS), f"line {line}")
        if start > after:
            begun = row.get("origin", "originator") != "reply"
            found.append(
                Clash(row["challenger"], row["protege"], start, row["level"], begun, row["name"])
            )
    return replace(facts, clashes=tuple(found), clashes_end=last)
