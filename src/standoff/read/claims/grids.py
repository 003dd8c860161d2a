"""The text's own table as rows and columns of numbers, with units and without footnote marks.

Rows are lines with bars or tabs, Markdown and what HTML, DOCX and PDF are turned into, or lines of a
label and one number. A row with fewer or more cells than the head (merged cells) is left out, and so
is a column whose cells have different units: nothing is said of what cannot be read surely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.read.reading import Reading
from standoff.terms import Quantity

_CELL = re.compile(
    r"^[~≈<>]?\s*(?P<lead>[£$€¥]?)\s*(?P<n>[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?)\s*"
    r"(?P<unit>%|per\s?cent|km|nmi|m|bn|billion|million)?\s*(?:[*†‡§]+|\[\w\]|\([a-z]\))?$",
    re.I,
)
_RULE = re.compile(r"^[|\s:+=-]+$")
_ONE = re.compile(
    r"^[ \t]*(?P<label>[A-Za-z][\w .'’()/-]{2,40}?)[ \t]*(?:[:\t]|[ ]{2,})[ \t]*(?P<cell>\S.*?)[ \t]*$"
)
_HEAD_UNIT = re.compile(r"%|\bper\s?cent\b|\b(?:km|nmi|billion|million|bn)\b", re.I)
_TOTAL = re.compile(r"^(?:grand\s+)?(?:totals?|sum|all|overall|world)\b", re.I)
_MEAN = re.compile(r"^(?:average|mean|median)\b", re.I)


@dataclass(frozen=True, slots=True)
class Grid:
    """`labels` of the rows, `heads` of the number columns, and a quantity or None for each cell.

    `total` and `mean` hold rows that are no members; `start` and `end` bound the table.
    """

    labels: tuple[str, ...]
    heads: tuple[str, ...]
    cells: tuple[tuple[Quantity | None, ...], ...]
    total: tuple[Quantity | None, ...] = ()
    mean: tuple[Quantity | None, ...] = ()
    start: int = 0
    end: int = 0

    def column(self, at: int) -> list[tuple[str, Quantity]]:
        """The labels with their numbers of one column; rows without a number are left out."""
        return [
            (label, q)
            for label, row in zip(self.labels, self.cells, strict=True)
            if (q := row[at]) is not None
        ]


def grids_of(reading: Reading) -> Iterator[Grid]:
    """The tables of a text, in order.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "| State | 2023 |\\n|---|---|\\n| Poland | 3.90 |\\n| Greece* | 3.01 |\\n"
    >>> [(g.labels, g.heads, [q.value for _, q in g.column(0)]) for g in grids_of(prepare(text, date(2024, 1, 1)))]
    [(('Poland', 'Greece'), ('2023',), [3.9, 3.01])]
    """
    block: list[tuple[int, list[tuple[int, str]]]] = []
    gap = 0
    for start, line in _lines(reading.text):
        cells = _split(start, line)
        if not line.strip() or _RULE.match(line):
            gap += not line.strip()
            continue
        if cells is None or (block and (gap > 1 or len(block[-1][1]) == 2 != len(cells) == 0)):
            yield from _grid(reading, block)
            block = []
        if cells is not None:
            block.append((start, cells))
        gap = 0
    yield from _grid(reading, block)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _split(start: int, line: str) -> list[tuple[int, str]] | None:
    """The cells of a line with their offsets; None where the line is no row."""
    if line.count("|") >= 1 and len(line) < 400:
        body, first = line.strip(), start + len(line) - len(line.lstrip())
        if body.startswith("|"):
            body, first = body[1:], first + 1
        pieces = body.removesuffix("|").split("|")
    elif "\t" in line and len(line) < 400:
        pieces, first = line.split("\t"), start
    else:
        one = _ONE.match(line)
        if one is None or len(line) > 90 or not _CELL.match(one.group("cell")):
            return None
        return [
            (start + one.start("label"), one.group("label")),
            (start + one.start("cell"), one.group("cell")),
        ]
    cells: list[tuple[int, str]] = []
    for piece in pieces:
        cells.append((first + len(piece) - len(piece.lstrip()), piece.strip()))
        first += len(piece) + 1
    return cells if len(cells) >= 2 else None


def _grid(reading: Reading, block: list[tuple[int, list[tuple[int, str]]]]) -> Iterator[Grid]:
    if len(block) < 2:
        return
    head = block[0][1]
    named = not any(_CELL.match(c) and not re.fullmatch(r"(?:19|20)\d\d", c) for _, c in head[1:])
    heads = [c for _, c in head[1:]] if named else [""] * (len(head) - 1)
    labels: list[str] = []
    rows: list[tuple[Quantity | None, ...]] = []
    total: tuple[Quantity | None, ...] = ()
    mean: tuple[Quantity | None, ...] = ()
    for _, cells in block[1 if named else 0 :]:
        if len(cells) != len(head):
            continue
        label = re.sub(r"\s*(?:[*†‡§]+|\[\w\])$", "", cells[0][1]).strip()
        row = tuple(_number(reading, at, c, h) for (at, c), h in zip(cells[1:], heads, strict=True))
        if not label or all(q is None for q in row):
            continue
        if _TOTAL.match(label):
            total = row
        elif _MEAN.match(label):
            mean = row
        else:
            labels.append(label)
            rows.append(row)
    if len(rows) < 2:
        return
    cells_kept = tuple(zip(*(_one_unit(column) for column in zip(*rows, strict=True)), strict=True))
    last = block[-1][1][-1]
    yield Grid(
        tuple(labels), tuple(heads), cells_kept, total, mean, block[0][0], last[0] + len(last[1])
    )


def _one_unit(column: tuple[Quantity | None, ...]) -> tuple[Quantity | None, ...]:
    units = {q.unit for q in column if q is not None}
    return column if len(units) == 1 else tuple(None for _ in column)


def _number(reading: Reading, at: int, cell: str, head: str) -> Quantity | None:
    found = _CELL.match(cell)
    if found is None:
        return None
    value = float(found.group("n").replace(",", "").replace("−", "-"))
    told = found.group("unit") or ""
    if not told and (unit := _HEAD_UNIT.search(head)):
        told = unit.group()
    scale = {"billion": 1e9, "bn": 1e9, "million": 1e6}.get(told.casefold(), 1.0)
    unit = "%" if told.casefold() in ("%", "per cent", "percent") else "count"
    unit = told.casefold() if told.casefold() in ("km", "nmi", "m") else unit
    span = reading.span(at + found.start("n"), at + found.end("n"))
    return Quantity(span, value * scale, value * scale, unit)
