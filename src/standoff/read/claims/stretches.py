"""Years counted beside the year they are counted from: anniversaries, "in 1986, after 34 years".

Each form names both ends by its own words; the other end is the day of publication only where the
clause is told of now. A number of years whose start the text does not give claims nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from standoff.read.claims.common import Draft
from standoff.read.claims.when import told_at
from standoff.read.reading import Reading, Sentence
from standoff.terms import DateBasis, DurationContent, Period, Quantity

_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)"
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[\s-]+(?:anniversary|birthday)\b", re.I)
_OF_YEAR = re.compile(
    rf"(?:(?!\b(?:since|until|before)\b)[^.;]){{0,160}}?\b(?:in|of)\s+(?:[A-Z][a-z]+\s+)?{_YEAR}\b"
)
_FIRST_IN = re.compile(
    r"\b(?:first|only|last|highest|lowest|worst|best|biggest|largest|deadliest|level)\b[^.;]{0,60}?\b(?:in|for)\s+"
    r"(?:(?:nearly|almost|about|more\s+than|over|some|at\s+least)\s+)?$|"
    r"^[^.;]{0,80}\bin\s+$",
    re.I,
)
_SINCE = re.compile(
    rf"\bsince\s+(?:[\w’'.,-]+\s+){{0,12}}?(?:in\s+)?(?:the\s+)?(?:[A-Z][a-z]+\s+)?{_YEAR}(?:[–-]\d\d)?\b"
)
_EMPTY = frozenset(
    "first only last highest lowest worst best biggest largest level time than other".split()
)
_IN_AFTER = re.compile(
    rf"\bin\s+(?:[A-Z][a-z]+\s+)?{_YEAR}\s+after\s+(?:(?:nearly|almost|about|more\s+than|over|some)\s+)?$"
)
_RULED = re.compile(
    r"\b(?:ruled|governed|led|headed|reigned|served|held|on\s+the\s+run|exile\w*|imprisoned|detained|jailed)\b[^.;]{0,40}?\bfor\s+"
    r"(?:(?:nearly|almost|about|more\s+than|over|some)\s+)?$",
    re.I,
)
_UNTIL = re.compile(r"\s*,?\s*(?:until|to|through)\s+$")


def find_stretches(reading: Reading) -> Iterator[Draft]:
    """Numbers of years with both ends in the words.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "It marked the 46th anniversary of the act of 1979."
    >>> [d.statement for d in find_stretches(prepare(text, date(2025, 4, 10)))]
    ['1979 to 2025 is 46th anniversary']
    """
    for sentence in reading.prose():
        yield from _anniversaries(reading, sentence)
        for q in reading.quantities_in(sentence.start, sentence.end):
            if q.unit not in ("yr", "a") or q.value is None or q.value < 1:
                continue
            yield from _since(reading, sentence, q)
            yield from _after(reading, sentence, q)
            yield from _served(reading, sentence, q)
            yield from _until(reading, sentence, q)
            yield from _term(reading, sentence, q)


def _draft(reading: Reading, q: Quantity, start: Period, end: Period) -> Draft:
    shown = f"{_shown(start)} to {_shown(end)} is {q.span.quote}"
    return Draft(q.span, "duration", shown, DurationContent(q, start, end))


def _shown(period: Period) -> str:
    return str(period.start.year) if period.start else "?"


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), str(year), DateBasis.STATED)


def _now(reading: Reading) -> Period:
    return Period.day(reading.published, "", DateBasis.PUBLICATION)


def _anniversaries(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for found in _ORDINAL.finditer(reading.text, sentence.start, sentence.end):
        year = _OF_YEAR.match(reading.text, found.end(), sentence.end)
        told = told_at(reading, sentence, found.start())
        if year is None:
            continue
        first = int(year.group("y"))
        if first >= reading.published.year - 1:
            # "Before its 55th anniversary in November 2021": the year is that of the feast.
            continue
        end = told.period
        if end.start is None or end.start.year == first:
            end = _now(reading)
        number = float(found.group(1))
        span = reading.span(found.start(), found.end())
        q = Quantity(span, number, number, "yr")
        last = _year((end.start or reading.published).year)
        yield _draft(reading, q, _year(first), last)


def _since(reading: Reading, sentence: Sentence, q: Quantity) -> Iterator[Draft]:
    """`the first since 1979 ... in 42 years`: in one sentence or two that follow each other."""
    lead = reading.text[sentence.start : q.span.start]
    if not _FIRST_IN.search(lead) or not re.search(
        r"\b(?:first|highest|lowest|biggest|largest|worst|only|title|visit)\b", lead, re.I
    ):
        return
    if re.match(r"\s+(?:of|ago|old|earlier|later|after|before|from)\b", reading.text[q.span.end :]):
        return
    years: set[int] = set()
    told = set(re.findall(r"[a-z]{4,}", lead.casefold())[-8:]) - _EMPTY
    for near in reading.sentences[max(0, sentence.index - 2) : sentence.index + 1]:
        words = reading.text[near.start : near.end]
        linked = near is sentence or told & set(re.findall(r"[a-z]{4,}", words.casefold()))
        if near.paragraph == sentence.paragraph and linked:
            years |= {int(m.group("y")) for m in _SINCE.finditer(words)}
    if len(years) == 1 and (first := next(iter(years))) < reading.published.year:
        yield _draft(reading, q, _year(first), _now(reading))


def _after(reading: Reading, sentence: Sentence, q: Quantity) -> Iterator[Draft]:
    """`the murder of X in 1986 after 34 years of investigation`: counted to the day of the report."""
    lead = _IN_AFTER.search(reading.text[sentence.start : q.span.start])
    told = told_at(reading, sentence, q.span.start)
    if lead and told.tense == "present" and int(lead.group("y")) < reading.published.year:
        yield _draft(reading, q, _year(int(lead.group("y"))), _now(reading))


def _served(reading: Reading, sentence: Sentence, q: Quantity) -> Iterator[Draft]:
    """`ruled for 27 years ... before resigning in 2014`, with the one earlier year of the paragraph."""
    if not _RULED.search(reading.text[sentence.start : q.span.start]):
        return
    first = next(s.start for s in reading.sentences if s.paragraph == sentence.paragraph)
    before = {
        int(m.group("y"))
        for m in re.compile(rf"\b{_YEAR}\b").finditer(reading.text, first, q.span.start)
    }
    ends = [
        int(m.group("y"))
        for m in re.compile(
            rf"\b(?:before|until)\s+(?:\w+ing|he|she|they|his|her)\b[^.;]{{0,80}}?\bin\s+{_YEAR}\b"
        ).finditer(reading.text, q.span.end, sentence.end)
    ]
    if len(before) == 1 and len(ends) == 1:
        yield _draft(reading, q, _year(before.pop()), _year(ends[0]))
    elif (
        len(before) == 1
        and not ends
        and re.search(r"had been|has been", reading.text[sentence.start : q.span.start])
    ):
        # "He had been on the run for 26 years": until now, from the one year told before.
        yield _draft(reading, q, _year(before.pop()), _now(reading))


def _until(reading: Reading, sentence: Sentence, q: Quantity) -> Iterator[Draft]:
    """`extended for five years, until 5 February 2026`, in a sentence that dates its start."""
    ends = [
        d
        for d in reading.dates_in(q.span.end, sentence.end)
        if _UNTIL.fullmatch(reading.text[q.span.end : d.span.start])
        or (
            d.span.quote.startswith("until ")
            and not reading.text[q.span.end : d.span.start].strip(" ,")
        )
    ]
    starts = [
        d
        for d in reading.dates_in(sentence.start, q.span.start)
        if d.period.start and re.search(r"\d{4}", d.span.quote)
    ]
    lead = reading.text[sentence.start : q.span.start]
    last = ends[0].period.end if ends else None
    if last and len(starts) == 1 and re.search(r"\b(?:for|by)\s+$", lead):
        yield _draft(reading, q, starts[0].period, Period.day(last))


def _term(reading: Reading, sentence: Sentence, q: Quantity) -> Iterator[Draft]:
    """`his five-year term ends in 2022 as he took office in 2017`."""
    rest = reading.text[q.span.end : sentence.end]
    found = re.match(
        rf"[\s-]+(?:presidential\s+)?(?:term|mandate)\s+(?:ends?|ended|expires?|expired|runs\s+out)\s+in\s+{_YEAR}"
        r"[^.;]{0,40}?\b(?:took\s+office|was\s+sworn\s+in|was\s+elected|began|started)\s+in\s+(?P<f>20\d\d|19\d\d)",
        rest,
    )
    if found:
        yield _draft(reading, q, _year(int(found.group("f"))), _year(int(found.group("y"))))
