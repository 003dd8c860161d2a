"""What the text says came first, beside the days and times of day that it gives.

`announced on 22 April, three days after the envoy had left on 19 April`; `the reply of 7 July to a
letter of 5 July`; `began on 3 March and ended on 9 March`; `at 17:00 after a call at 16:35`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from standoff.read.claims.common import Draft
from standoff.read.claims.times import nearest_year
from standoff.read.reading import Reading, Sentence
from standoff.terms import DateMention, DurationContent, OrderContent, Quantity

_CLOCK = re.compile(
    r"\b(?:at\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)\b(?:\s*(?:local time|UTC|GMT|hours|h))?", re.I
)
_THEN = re.compile(
    r"\b(?:then|later|afterwards|after that|minutes later|hours later|before)\b", re.I
)
_BEHIND = re.compile(r"\b(?:after|following)\s+(?!that\b|which\b)", re.I)
_OTHER_DAY = re.compile(
    r"\b(?:day|night|yesterday|tomorrow|morning|evening|previous|next|earlier that|\w+day)\b", re.I
)


def find_orders(reading: Reading) -> Iterator[Draft]:
    """Two times of day in one sentence, joined by "then", "later", "before" or "after"."""
    for sentence in reading.prose():
        clocks = list(_CLOCK.finditer(reading.text, sentence.start, sentence.end))
        if len(clocks) != 2:
            continue
        first, second = clocks
        gap = reading.text[first.end() : second.start()]
        joined, turned = _THEN.search(gap), _BEHIND.search(gap)
        if len(gap) > 120 or (joined is None) == (turned is None):
            continue
        if turned is not None and (_OTHER_DAY.search(gap) or re.search(r"[;:]", gap)):
            continue
        earlier, later = (first, second) if turned is None else (second, first)
        at = [f"{reading.published}T{int(m.group(1)):02d}:{m.group(2)}" for m in (earlier, later)]
        content = OrderContent(earlier.group(), at[0], later.group(), at[1])
        span = reading.span(first.start(), second.end())
        yield Draft(span, "order", f"{earlier.group()} before {later.group()}", content)


_LINK = r"(?:\w[\w’'-]*\s+){0,9}?(?:(?:on|of|dated|from)\s+)?(?:the\s+)?"
"""The words between a link and the date it governs: no comma, no second clause."""
_LATER = re.compile(rf"[^.;:]{{0,60}}?\b(?:after|following)\s+({_LINK})$", re.I)
_EARLIER = re.compile(rf"[^.;:]{{0,60}}?\b(?:before|ahead\s+of|prior\s+to)\s+({_LINK})$", re.I)
_ANSWER = re.compile(
    r"[^.;:,]{0,40}?\b(?:(?:in\s+|an?\s+|as\s+an?\s+)(?:reply|answer|response|reaction)\s+to|"
    r"(?:replied|responded|reacted|replies|responds)\s+to|answered|answers|followed|repl(?:y|ies)\s+to)\s+"
    rf"({_LINK})$",
    re.I,
)
_ANSWERED = re.compile(rf"\s+to\s+({_LINK})$", re.I)
_ANSWERING = re.compile(
    r"\b(?:repl(?:ied|ies)|respond(?:ed|s)|react(?:ed|s)|answer(?:ed|s))\s+(?:\w+\s+){0,2}on\s+(?:the\s+)?$",
    re.I,
)
# What comes first, and what follows it: `signed on 1 March and entered into force on 1 June`.
_PAIRS = (
    (
        "signed|concluded|adopted|passed|agreed|enacted",
        (
            "entered into force|came into force|came into effect|took effect|ratified|went into effect|"
            "expired|lapsed"
        ),
    ),
    (
        "left|departed|sailed|set out|set sail|set off|took off",
        "returned|arrived|came back|reached|landed|docked",
    ),
    (
        "arrested|detained|captured|seized|kidnapped|abducted",
        "released|freed|let go|set free|exchanged",
    ),
    ("launched|laid down", "commissioned|decommissioned|sank|sunk"),
    ("closed", "reopened"),
    ("born", "died"),
    ("elected", "sworn in|inaugurated"),
)
_VERB_ON = r"(?:\s+(?!and\b|but\b)[\w’'-]+){0,4}?\s+on\s+(?:the\s+)?$"
_AND = (
    r"\s*,?\s*(?:and|before|but)\s+(?:(?:was|were|it|they|he|she|only|finally|later|then)\s+){0,3}"
)
_BEGUN = re.compile(
    r"\b(?:began|begun|started|opened|broke\s+out)\s+(?:\w+\s+){0,3}on\s+(?:the\s+)?$", re.I
)
_ENDED = re.compile(
    r"\s*,?\s*(?:and\s+)?(?:it\s+|they\s+)?(?:was\s+to\s+|is\s+to\s+|will\s+)?"
    r"(?:ended|ends?|closed|closes?|finished|was\s+over|came\s+to\s+an\s+end)\s+(?:\w+\s+){0,3}?on\s+(?:the\s+)?$",
    re.I,
)
# A second thing said inside the link: then the link does not govern the date.
_BROKEN = re.compile(
    r"\b(?:and|but|or|will|would|is|are|takes?|to|which|who|that|until|before|after|by|since|for)\b",
    re.I,
)
_LEAD = re.compile(rf"\b(after|before)\s+({_LINK})$", re.I)
_UNITS = ("d", "wk", "mo", "yr")


def find_dated_orders(reading: Reading) -> Iterator[Draft]:
    """Two days of one sentence and the word that puts one before the other.

    Where a number stands before the word ("five days after") it must be the days between them.
    """
    for sentence in reading.prose():
        days = [
            d
            for d in reading.dates_in(sentence.start, sentence.end)
            if d.period.start is not None
            and d.period.start == d.period.end
            and re.search(r"\d", d.span.quote)
        ]
        for first, second in pairwise(days):
            yield from _pair(reading, sentence, first, second)


def _pair(
    reading: Reading, sentence: Sentence, first: DateMention, second: DateMention
) -> Iterator[Draft]:
    text = reading.text
    gap = text[first.span.end : second.span.start]
    lead = text[max(sentence.start, first.span.start - 100) : first.span.start]
    aside = re.fullmatch(r",\s+(?:on|namely\s+on)\s+(?:the\s+)?", gap)
    if aside is not None and (led := _LEAD.search(lead)) and not _BROKEN.search(led.group(2)):
        # "Two days before the vote of 20 March, on 18 March".
        at = first.span.start - len(lead) + led.start()
        turned = led.group(1).casefold() == "after"
        yield from _ordered(reading, sentence, second, first, at, turned)
        return
    for pattern, turned in ((_LATER, True), (_EARLIER, False)):
        m = pattern.fullmatch(gap)
        if m is not None and not _BROKEN.search(m.group(1)):
            word = re.search(r"\w+(?:\s+of|\s+to)?\s+$", gap[: m.start(1)])
            at = first.span.end + (word.start() if word else 0)
            yield from _ordered(reading, sentence, first, second, at, turned)
            return
    answer = _ANSWER.fullmatch(gap)
    if answer is None and _ANSWERING.search(lead):
        answer = _ANSWERED.fullmatch(gap)
    if answer is not None and not _BROKEN.search(answer.group(1)):
        yield _order(reading, second, first, "an answer is not older than what it answers")
    elif _in_pair(lead, gap):
        yield _order(reading, first, second, "the second follows from the first")
    elif _BEGUN.search(lead) and _ENDED.fullmatch(gap):
        yield _order(reading, first, second, "an end does not come before its beginning")


def _in_pair(lead: str, gap: str) -> bool:
    """Whether the verb before the first date must come before the verb of the second."""
    for earlier, later in _PAIRS:
        if re.search(rf"\b(?:{earlier})\b{_VERB_ON}", lead, re.I) and re.fullmatch(
            rf"{_AND}(?:{later})\b{_VERB_ON}", gap, re.I
        ):
            return True
    return False


def _ordered(
    reading: Reading,
    sentence: Sentence,
    one: DateMention,
    other: DateMention,
    link: int,
    turned: bool,
) -> Iterator[Draft]:
    """`one` before `other`, or after it (`turned`); `link` is where the linking word begins."""
    earlier, later = (other, one) if turned else (one, other)
    length = _length_before(reading, sentence, link)
    if length is None:
        yield _order(reading, earlier, later, "")
        return
    start = min(earlier.span.start, later.span.start, length.span.start)
    span = reading.span(start, max(earlier.span.end, later.span.end))
    statement = f"{length.span.quote} from {earlier.span.quote} to {later.span.quote}"
    content = DurationContent(length, earlier.period, later.period)
    yield Draft(span, "duration", statement, content)


def _length_before(reading: Reading, sentence: Sentence, link: int) -> Quantity | None:
    """The stretch of time right before a link: `five days after`."""
    for q in reading.quantities_in(sentence.start, link):
        if q.unit in _UNITS and q.value and not reading.text[q.span.end : link].strip():
            return q
    return None


def _order(reading: Reading, earlier: DateMention, later: DateMention, why: str) -> Draft:
    start = min(earlier.span.start, later.span.start)
    span = reading.span(start, max(earlier.span.end, later.span.end))
    first, second = earlier.period, later.period
    if not any(re.search(r"\d{4}", d.span.quote) for d in (earlier, later)):
        # Days without a year belong to one season: each to the year nearest to the report.
        first, second = (nearest_year(reading.published, p) for p in (first, second))
    content = OrderContent(
        earlier.span.quote, str(first.start), later.span.quote, str(second.start)
    )
    shown = f"{earlier.span.quote} before {later.span.quote}"
    return Draft(span, "order", f"{shown}: {why}" if why else shown, content)
