"""Codings from files: what `standoff read --format jsonl` printed, or a gold folder as a coding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from standoff.errors import UnreadableFile
from standoff.evaluate.coding import (
    CodedClaim,
    CodedSignal,
    Coding,
    Record,
    bad,
    check_quote,
    coded_claim,
    coded_signal,
)
from standoff.evaluate.gold import json_lines, read_gold


def read_coding(path: Path, texts: Mapping[str, str] | None = None) -> Coding:
    """A coding from JSON Lines with `doc`, or the codings of a gold folder or of sentences.

    `texts` by document are what spans are held against. Raises `UnreadableFile` and `BadRecord`.
    """
    if path.is_dir():
        return read_gold(path).as_coding()
    rows = list(json_lines(path))
    if not rows:
        raise UnreadableFile(
            f"{path} is empty", "what standoff read --batch FILE --format jsonl prints", "check it"
        )
    if all("right" in row for row, _ in rows):
        return read_gold(path).as_coding()
    return coding_of(path.name, rows, texts)


def coding_of(
    coder: str, rows: Iterable[tuple[Record, str]], texts: Mapping[str, str] | None = None
) -> Coding:
    """A coding from printed records, each with the words that say where it stands."""
    signals: dict[str, list[CodedSignal]] = {}
    claims: dict[str, list[CodedClaim]] = {}
    for record, where in rows:
        doc = record.get("doc")
        if not isinstance(doc, str):
            raise bad(where, f"doc {doc!r}", "the name of the text, as the gold names it")
        kind = record.get("type") or ("claim" if "verdict" in record else "signal")
        text = (texts or {}).get(doc)
        here = signals.setdefault(doc, [])
        if kind not in ("signal", "claim"):
            continue
        if text is not None:
            check_quote(record, text, where)
        if kind == "claim":
            claims.setdefault(doc, []).append(coded_claim(record, where))
        else:
            here.append(coded_signal(_dated(record), where))
    return Coding(
        coder,
        {doc: tuple(found) for doc, found in signals.items()},
        {doc: tuple(found) for doc, found in claims.items()},
    )


def _dated(record: Record) -> Record:
    """A line with its date in one place; the shared scorers take date_from and date_to."""
    if "date" in record or "date_from" not in record:
        return record
    first = record["date_from"]
    return {**record, "date": {"from": first, "to": record.get("date_to", first)}}
