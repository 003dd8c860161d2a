"""What a careful reader marks as a claim though the words alone seldom settle it.

Firsts, forces counted in an act, the numbers of hulls, deaths in a year, days told by other days.
Each has its own reason where nothing decides it; what the text itself decides is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from standoff.read.claims.common import Draft
from standoff.read.claims.hulls import is_listed
from standoff.read.claims.when import token_at, tree_of, verb_over
from standoff.read.reading import Reading, Sentence
from standoff.reference import offices_of
from standoff.terms import (
    DateContent,
    DateMention,
    OpenContent,
    Period,
    Quantity,
    SumContent,
    TermContent,
)

_FIRST = re.compile(
    r"\b(?:the|its|their|his|her)\s+(?:very\s+)?first\s+(?:such\s+)?(?:time|ever)\b|\bfirst\s+time\s+ever\b|"
    r"\bfirst\b[^.;,]{0,40}\b(?:in|since)\s+(?:more\s+than\s+|nearly\s+|about\s+|over\s+)?(?:\d+|\w+)\s+(?:years?|yrs|decades?)\b|"
    r"\b(?:largest|biggest|sharpest|worst|deadliest|heaviest|highest|lowest|longest)\s+(?:[\w’'-]+\s+){1,6}?"
    r"(?:ever|on\s+record|in\s+(?:years|decades|history|\w+\s+years|\d+\s+years)|since\s+(?:\w+\s+){0,4}\d{4})\b",
    re.I,
)
_NO_FIRST = re.compile(r"\bfor\s+the\s+first\s+time\s*[,.]?\s*$", re.I)
_FORCES = frozenset(
    "missiles missile warheads warhead warships warship ships vessels frigates destroyers submarines carriers"
    " aircraft planes jets fighters bombers drones helicopters tanks troops soldiers sailors launchers"
    " rockets boats sorties".split()
)
_ACTS = frozenset(
    "launch fire fly enter cross sail deploy send transit intercept shoot test patrol detect land fall carry"
    " take conduct pass hit strike station stage withdraw move arrive".split()
)
_OF_THOSE = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\d)\s+of\s+(?:the|those)\s+"
    r"(?:(?P<w>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\d)\b|(?P<what>[a-z]+s)\b)",
    re.I,
)
_HULL = re.compile(
    r"\b(?P<ship>[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4})\s+\((?P<hull>(?:DDG|DD|CVN|CV|CG|FFG|FF|LHD|LHA|LPD|SSN|SSBN|DDH|LCS|A|F|D|L|P|R|S)[\s-]?\d{1,4})\)"
)
_DIED = re.compile(
    r",?\s+(?:who\s+)?(?:died|was\s+(?:assassinated|killed|executed|murdered))\s+in\s+(?:[A-Z][a-z]+\s+)?(?:1[89]\d\d|20\d\d)\b"
)
_AFTER_LEAVING = re.compile(
    r"\bin\s+(?P<y>(?:19|20)\d\d),\s+(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+years?\s+(?:after|before)\s+"
    r"(?:(?P<end>leaving|he\s+left|she\s+left|stepping\s+down\s+from)|(?P<start>taking|assuming|entering|he\s+took|she\s+took))\s+office\b"
)
_WORDS = "two three four five six seven eight nine ten eleven twelve".split()
_SMALL = {"a": 1, "an": 1, "one": 1} | {w: i for i, w in enumerate(_WORDS, 2)}
_EARLIER = re.compile(
    r"\b(?P<n>\d{1,2}|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<u>day|week)s?\s+(?P<how>earlier|later)\b",
    re.I,
)
_LEAVES = re.compile(
    r"\b(?:days|weeks|hours)\s+before\s+(?:he|she)\s+(?:leaves|is\s+to\s+leave|steps\s+down\s+from)\s+(?:office|power)\b",
    re.I,
)


def find_marked(reading: Reading) -> Iterator[Draft]:
    """All of these, sentence by sentence.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "China launched nine missiles. Twelve of the missiles fell into the sea."
    >>> [(d.kind, d.statement) for d in find_marked(prepare(text, date(2022, 8, 4)))]
    [('count', 'nine missiles'), ('sum', 'Twelve of nine')]
    """
    for sentence in reading.prose():
        if sentence.kind == "question":
            continue
        yield from _firsts(reading, sentence)
        yield from _counts(reading, sentence)
        yield from _of_those(reading, sentence)
        yield from _hulls(reading, sentence)
        yield from _relative(reading, sentence)
        yield from _lives(reading, sentence)


def _open(reading: Reading, start: int, end: int, kind: str, reason: str) -> Draft:
    span = reading.span(start, end)
    return Draft(span, kind, span.quote, OpenContent(reason))


def _firsts(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for m in _FIRST.finditer(reading.text, sentence.start, sentence.end):
        if not _NO_FIRST.search(reading.text, sentence.start, m.end()):
            yield _open(reading, m.start(), m.end(), "rank", "no table tells of every earlier case")


def _counts(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """Forces counted in an act that the sentence tells: "nine ballistic missiles were launched"."""
    tree = tree_of(reading, sentence)
    if tree is None:
        return
    for q in reading.quantities_in(sentence.start, sentence.end):
        if (q.noun or "").casefold() not in _FORCES or q.value is None or q.value < 2:
            continue
        word = token_at(reading, sentence, q.span.start)
        verb = verb_over(tree, word.index) if word else -1
        if verb >= 0 and tree[verb].lemma in _ACTS:
            end = q.span.end
            if not q.span.quote.casefold().endswith((q.noun or "").casefold()):
                noun = re.compile(rf"(?:\s+[\w-]+){{0,3}}?\s+{re.escape(q.noun or '')}\b", re.I)
                behind = noun.match(reading.text, end, sentence.end)
                end = behind.end() if behind else end
            yield _open(reading, q.span.start, end, "count", "no dated reference counts this act")


def _of_those(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`Five of the nine`, `four of the missiles`: a part of what was counted before."""
    for m in _OF_THOSE.finditer(reading.text, sentence.start, sentence.end):
        whole = _whole(reading, sentence, m)
        if whole is None:
            continue
        part = _number(m.group("n"))
        span = reading.span(m.start(), m.end())
        content = SumContent(whole, (Quantity(span, part, part, "count"),), part_only=True)
        yield Draft(span, "sum", f"{m.group('n')} of {whole.span.quote}", content)


def _whole(reading: Reading, sentence: Sentence, m: re.Match[str]) -> Quantity | None:
    first = max(0, sentence.index - 3)
    before = [
        q
        for q in reading.quantities_in(reading.sentences[first].start, m.start())
        if q.value is not None and q.low == q.high
    ]
    if m.group("w"):
        value = _number(m.group("w"))
        at = reading.span(m.start("w"), m.end("w"))
        return Quantity(at, value, value, "count")
    noun = m.group("what").casefold()
    same = [q for q in before if (q.noun or "").casefold() == noun]
    return Quantity(same[0].span, same[0].low, same[0].high, "count") if len(same) == 1 else None


def _number(word: str) -> float:
    return float(_SMALL.get(word.casefold(), 0) or int(word))


def _hulls(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for m in _HULL.finditer(reading.text, sentence.start, sentence.end):
        if is_listed(reading, max(sentence.start, m.start() - 40), m.end("ship")):
            continue
        yield _open(
            reading, m.start(), m.end(), "name", f"no table gives the number of {m.group('ship')}"
        )


def _relative(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`on Monday ... three days earlier`: decided where the text names the weekday of both."""
    for m in _EARLIER.finditer(reading.text, sentence.start, sentence.end):
        days = int(_number(m.group("n"))) * (7 if m.group("u").casefold() == "week" else 1)
        day = _told_day(reading, sentence, m.start())
        if day is None:
            yield _open(reading, m.start(), m.end(), "date", "the text gives no day to count from")
            continue
        other = day + timedelta(days=days if m.group("how").casefold() == "later" else -days)
        named = _named_day(reading, sentence, other)
        span = reading.span(m.start(), m.end())
        statement = f"{m.group()} is {other}"
        if named is None:
            yield Draft(
                span, "date", statement, OpenContent(f"{other}, which no dated event settles")
            )
        else:
            period = Period(other, other, m.group())
            about = f"{named.span.quote} in the text"
            yield Draft(
                span, "date", statement, DateContent(period, weekday=other.weekday(), about=about)
            )


def _told_day(reading: Reading, sentence: Sentence, before: int) -> date | None:
    """The single day that the sentence, or the one before it, has named last."""
    first = reading.sentences[max(0, sentence.index - 1)].start
    days = [
        d.period.start
        for d in reading.dates_in(first, before)
        if d.period.start is not None and d.period.start == d.period.end
    ]
    return days[-1] if days else None


def _named_day(reading: Reading, sentence: Sentence, wanted: date) -> DateMention | None:
    """A date of the neighbouring sentences that names the wanted day itself."""
    near = reading.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    for d in reading.dates_in(near[0].start, near[-1].end):
        if d.period.start == wanted == d.period.end and re.search(r"day\b|\d", d.span.quote):
            return d
    return None


def _lives(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """Deaths in a year, and years counted from entering or leaving office."""
    people = [m for m in reading.mentions_in(sentence.start, sentence.end) if m.party.person]
    for m in people:
        died = _DIED.match(reading.text, m.span.end, sentence.end)
        if died:
            yield _open(reading, m.span.start, died.end(), "date", "no table of births and deaths")
        leaves = _LEAVES.search(reading.text, m.span.end, sentence.end)
        ends = [s for s in offices_of(m.party.person or "") if s.end and s.end >= reading.published]
        if leaves and len(people) == 1 and ends:
            near = ends[-1].end
            within = (near - reading.published).days <= 31 if near else False
            if within and near:
                span = reading.span(leaves.start(), leaves.end())
                period = Period(reading.published, near, leaves.group())
                content = TermContent(
                    m.party.person or "", ends[-1].title.casefold(), ends[-1].actor, "end", period
                )
                yield Draft(span, "term", f"{m.party.person} leaves office by {near}", content)
    for found in _AFTER_LEAVING.finditer(reading.text, sentence.start, sentence.end):
        before = [m for m in people if m.span.end <= found.start()]
        if not before:
            continue
        person = before[0].party.person or ""
        edge = "end" if found.group("end") else "start"
        held = [s for s in offices_of(person) if s.office == "head_of_government"]
        if not held:
            continue
        year = int(found.group("y")) - int(_number(found.group("n")))
        period = Period(date(year, 1, 1), date(year, 12, 31), found.group())
        content = TermContent(person, held[-1].title.casefold(), held[-1].actor, edge, period)
        span = reading.span(found.start(), found.end())
        yield Draft(span, "term", f"{person} {edge} of office in {year}", content)
