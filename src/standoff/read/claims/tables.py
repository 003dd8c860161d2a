"""Sentences about the text's own table: its numbers, ranks, comparisons, sums, and what holds of all.

What a sentence says is held against the column that its words name, by the year or a word of the
head; where a table has several columns and the words name none, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft, countable_together
from standoff.read.claims.grids import Grid, grids_of
from standoff.read.reading import Reading, Sentence
from standoff.terms import Comparator, ComparisonContent, Quantity, RepeatContent, Span

_CHANGE = re.compile(
    r"\b(?:rose|fell|up|down|increase\w*|more|fewer|additional|another|by|of the)\b", re.I
)
_ORDER = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_RANK = re.compile(
    r"\b(?:ranks?|ranked|comes?|came|stands?|stood|is|was|has|had)\s+(?:in\s+|the\s+)?(?P<o>"
    + "|".join(_ORDER)
    + r"|last)\b"
    r"(?:[\s-]+(?P<end>highest|largest|lowest|smallest))?|"
    r"\b(?:is|was|has|had|shows?|spends?)\s+the\s+(?P<most>highest|largest|most|lowest|smallest|least)\b",
    re.I,
)
_LOW = frozenset(("lowest", "smallest", "least"))
_THAN = re.compile(
    r"\b(?P<how>more|higher|larger|greater|above|less|lower|smaller|fewer|below)\b(?:\s+\w+){0,2}?\s+(?:than\s+)?(?:the\s+)?$",
    re.I,
)
_MORE = frozenset(("more", "higher", "larger", "greater", "above"))
_MEAN = re.compile(r"\b(?P<how>above|below)\s+the\s+(?:average|mean)\b", re.I)
_NUMBERS = {
    w: i
    for i, w in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_ALL = re.compile(
    r"\b(?:(?P<all>all|each|every|both|none|no)(?:\s+(?:of\s+)?(?:the\s+|them\s*)?(?P<n>\w+))?|only\s+(?P<only>\w+))\b"
    r"[^.;]{0,50}?\b(?P<how>above|over|more\s+than|at\s+least|exceeds?|exceeded|below|under|less\s+than|reach(?:es|ed)?|pass(?:es|ed)?)\s+(?:the\s+)?$",
    re.I,
)
_UNDER = ("below", "under", "less than")
_SUM = re.compile(r"\b(?:in\s+all|in\s+total|together|altogether|combined)\b", re.I)


_ROWS = 20
"""Rows of one label that are held against the prose; a table does not name one thing more often."""


def find_tables(reading: Reading) -> Iterator[Draft]:
    """Everything that the prose says of the tables.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "| State | 2023 |\\n|---|---|\\n| Poland | 3.90 |\\n| Greece | 3.01 |\\n\\nGreece ranks first."
    >>> [d.statement for d in find_tables(prepare(text, date(2024, 1, 1)))]
    ['Greece is number 1 of 2']
    """
    grids = list(grids_of(reading))
    for grid in grids:
        for sentence in reading.prose():
            if any(g.start <= sentence.start < g.end for g in grids):
                continue
            at = _column(reading, sentence, grid)
            if at is None:
                continue
            labels = _labels(reading, sentence, grid)
            yield from _values(reading, sentence, grid, at, labels)
            yield from _ranks(reading, sentence, grid, at, labels)
            yield from _pairs(reading, sentence, grid, at, labels)
            yield from _everything(reading, sentence, grid, at, labels)
            yield from _sums(reading, sentence, grid, at, labels)


def _column(reading: Reading, sentence: Sentence, grid: Grid) -> int | None:
    """The column that a sentence is about: the one that it names, else the only one."""
    used = [i for i in range(len(grid.heads)) if len(grid.column(i)) >= 2]
    if len(used) == 1:
        years = set(re.findall(r"\b(?:19|20)\d\d\b", grid.heads[used[0]]))
        told = set(re.findall(r"\b(?:19|20)\d\d\b", reading.text[sentence.start : sentence.end]))
        return None if years and told and not years & told else used[0]
    words = set(re.findall(r"\w+", reading.text[sentence.start : sentence.end].casefold()))
    named = [i for i in used if set(re.findall(r"\w{4,}", grid.heads[i].casefold())) & words]
    return named[0] if len(named) == 1 else None


def _labels(reading: Reading, sentence: Sentence, grid: Grid) -> list[tuple[int, int, str]]:
    """Where the labels of rows stand in a sentence, in order."""
    found: list[tuple[int, int, str]] = []
    for label in sorted(set(grid.labels), key=lambda w: (-len(w), w)):
        pattern = re.compile(rf"(?<![\w-]){re.escape(label)}(?![\w-])", re.I)
        for m in pattern.finditer(reading.text, sentence.start, sentence.end):
            if not any(a < m.end() and m.start() < b for a, b, _ in found):
                found.append((m.start(), m.end(), label))
    return sorted(found)


def _values(
    reading: Reading, sentence: Sentence, grid: Grid, at: int, labels: list[tuple[int, int, str]]
) -> Iterator[Draft]:
    text = reading.text[sentence.start : sentence.end]
    for label, cell in grid.column(at):
        if [n for _, _, n in labels] != [label]:
            continue
        told = [
            q
            for q in reading.quantities_in(sentence.start, sentence.end)
            if q.value is not None and (countable_together(q, cell) or q.unit.startswith("%"))
        ]
        if (
            len(told) != 1
            or _CHANGE.search(text)
            or _ALL.search(text[: told[0].span.start - sentence.start])
        ):
            continue
        first, second = _one_kind(cell, told[0])
        yield Draft(
            told[0].span, "table", f"{label}: {told[0].span.quote}",
            RepeatContent(label, first, second),
        )  # fmt: skip


def _one_kind(cell: Quantity, told: Quantity) -> tuple[Quantity, Quantity]:
    if cell.unit != told.unit and "count" in (cell.unit, told.unit):
        return replace(cell, unit="count"), replace(told, unit="count")
    if cell.unit.startswith("%") and told.unit.startswith("%"):
        return replace(cell, unit="%"), replace(told, unit="%")
    return cell, told


def _ranks(
    reading: Reading, sentence: Sentence, grid: Grid, at: int, labels: list[tuple[int, int, str]]
) -> Iterator[Draft]:
    column = grid.column(at)
    for place, (_, end, label) in enumerate(labels):
        stop = labels[place + 1][0] if place + 1 < len(labels) else sentence.end
        m = _RANK.search(reading.text, end, min(stop, end + 60))
        if (
            m is None
            or re.search(r"[;.]", reading.text[end : m.start()])
            or label not in dict(column)
        ):
            continue
        low = (m.group("end") or m.group("most") or "").casefold() in _LOW
        word = (m.group("o") or "first").casefold()
        low = low or (word == "last" and not low)
        of_rank = m.group("end") or word == "last" or re.match(r"rank|com|came|st", m.group(), re.I)
        if m.group("o") and not of_rank and not re.search(r"\branks?\b", _words(reading, sentence)):
            # "Is second" of what? Only beside a word of rank.
            continue
        claimed = 1 if word in ("first", "last") else _ORDER.index(word) + 1
        own = dict(column)[label].value or 0.0
        better = sum((q.value or 0.0) < own if low else (q.value or 0.0) > own for _, q in column)
        ties = sum(q.value == own for _, q in column)
        actual = claimed if better < claimed <= better + ties else better + 1
        span = reading.span(labels[place][0], m.end())
        yield _counted(
            span, label, "table", f"{label} is number {claimed} of {len(column)}", claimed, actual
        )


def _words(reading: Reading, sentence: Sentence) -> str:
    return reading.text[sentence.start : sentence.end]


def _counted(
    span: Span, label: str, kind: str, statement: str, claimed: float, actual: float
) -> Draft:
    """A number of the sentence against the number that the table gives."""
    first = Quantity(span, actual, actual, "count", Comparator.EQUAL, "by the table")
    second = Quantity(span, claimed, claimed, "count", Comparator.EQUAL, "by the sentence")
    return Draft(span, kind, statement, RepeatContent(label, first, second))


def _pairs(
    reading: Reading, sentence: Sentence, grid: Grid, at: int, labels: list[tuple[int, int, str]]
) -> Iterator[Draft]:
    cells = dict(grid.column(at))
    if len(labels) == 2 and labels[0][2] in cells and labels[1][2] in cells:
        than = _THAN.search(reading.text[labels[0][1] : labels[1][0]])
        if than and not reading.quantities_in(labels[0][1], labels[1][0]):
            more = than.group("how").casefold() in _MORE
            content = ComparisonContent(cells[labels[0][2]], cells[labels[1][2]], more, own=False)
            span = reading.span(labels[0][0], labels[1][1])
            yield Draft(span, "table", f"{labels[0][2]} against {labels[1][2]}", content)
    mean = _MEAN.search(reading.text, sentence.start, sentence.end)
    if mean and len(labels) == 1 and labels[0][2] in cells:
        told = grid.mean[at] if grid.mean else None
        values = [q.value or 0.0 for q in cells.values()]
        own = cells[labels[0][2]]
        level = told or replace(own, low=sum(values) / len(values), high=sum(values) / len(values))
        more = mean.group("how").casefold() == "above"
        span = reading.span(min(labels[0][0], mean.start()), max(labels[0][1], mean.end()))
        yield Draft(
            span,
            "table",
            f"{labels[0][2]} {mean.group()}",
            ComparisonContent(own, level, more, own=False),
        )


def _everything(
    reading: Reading, sentence: Sentence, grid: Grid, at: int, labels: list[tuple[int, int, str]]
) -> Iterator[Draft]:
    """`All three stand above 3.5`, `only two exceed 2 per cent`, `none is below 1`."""
    column = grid.column(at)
    for q in reading.quantities_in(sentence.start, sentence.end):
        m = _ALL.search(reading.text[sentence.start : q.span.start])
        if m is None or labels or q.value is None or not _fits(q, column[0][1]):
            continue
        word = (m.group("n") or m.group("only") or "").casefold()
        number = _NUMBERS.get(word) or (int(word) if word.isdigit() else None)
        said = (m.group("all") or "").casefold()
        if said == "both":
            number = 2
        if said and number is not None and number != len(column):
            continue
        holds = _passes(" ".join(m.group("how").casefold().split()))
        level = q.value / (
            1e9 if column[0][1].value and q.value > 1e6 * abs(column[0][1].value) else 1.0
        )
        passing = sum(holds(c.value or 0.0, level) for _, c in column)
        if m.group("only"):
            claimed = number
        else:
            claimed = 0 if said in ("none", "no") else len(column)
        if claimed is None:
            continue
        span = reading.span(sentence.start + m.start(), q.span.end)
        statement = f"{claimed} of {len(column)} {m.group('how')} {q.span.quote}"
        yield _counted(
            span, f"rows {m.group('how')} {q.span.quote}", "table", statement, claimed, passing
        )


def _fits(q: Quantity, cell: Quantity) -> bool:
    return (
        q.unit == cell.unit
        or "count" in (q.unit, cell.unit)
        or (q.unit[:1] == cell.unit[:1] == "%")
    )


def _passes(how: str) -> Callable[[float, float], bool]:
    if how in _UNDER:
        return lambda value, level: value < level
    if how.startswith(("at least", "reach")):
        return lambda value, level: value >= level
    return lambda value, level: value > level


def _sums(
    reading: Reading, sentence: Sentence, grid: Grid, at: int, labels: list[tuple[int, int, str]]
) -> Iterator[Draft]:
    """`6,000 in all`: the sum of the column, or its own line of totals."""
    if labels or not _SUM.search(reading.text, sentence.start, sentence.end):
        return
    column = grid.column(at)
    told = [q for q in reading.quantities_in(sentence.start, sentence.end) if q.value is not None]
    if len(told) != 1 or column[0][1].unit == "%" or told[0].unit in ("%", "yr", "d"):
        return
    total = grid.total[at] if grid.total else None
    added = sum(q.value or 0.0 for _, q in column)
    first = total or replace(column[0][1], low=added, high=added)
    pair = _one_kind(replace(first, unit="count"), replace(told[0], unit="count"))
    yield Draft(
        told[0].span, "table", f"{told[0].span.quote} in all", RepeatContent("all rows", *pair)
    )
