"""When an act was: the date in its own clause, else of what it is told beside, else publication."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from standoff.read.acts.predicates import Predicate
from standoff.read.acts.views import own_words
from standoff.read.reading import Reading, Sentence
from standoff.read.syntax import Tree
from standoff.terms import DateBasis, DateMention, Period, Status

BACKGROUND_DAYS = 200
"""Older than this on the day of publication, an act is background."""
_AFTER_DONE = timedelta(days=1)
"""Time zones: a report may be dated a day before what it tells."""
_MOVED = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?P<unit>day|week)s? "
    r"(?P<way>earlier|later|afterwards|(?:before|after)(?=\s*(?:[,.;]|$)))"
    r"|\bthe (?:day|night) (?P<eve>before|after)(?=\s*(?:[,.;]|$))",
    re.IGNORECASE,
)
_NUMBERS: dict[str, int] = {"a": 1, "an": 1} | {
    str(word): n
    for n, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
}
_OF_ANOTHER = re.compile(
    r"\b(?:since|until|till|before|after|following)\s+(?:the |late |early |mid-)?$", re.I
)
_YEAR = re.compile(r"\d{4}|\b(?:last|past|previous|ago|earlier|year)\b", re.I)


def date_of(
    reading: Reading, sentence: Sentence, tree: Tree, verb: Predicate, verbs: dict[int, Predicate],
    before: Period | None,
) -> Period:  # fmt: skip
    """The date of what `verb` tells; `before` is that of the act told before ("a day earlier")."""
    around = reading.dates_in(sentence.start, sentence.end)
    moved = moved_from(before, sentence_words(reading, tree, verb, verbs))
    if moved is not None:
        return moved
    own = {tree[i].start for i in own_words(tree, verb.head, verbs)}
    inside = [
        d for d in around if d.span.start in own or any(d.span.start <= s < d.span.end for s in own)
    ]
    inside = [d for d in inside if not _of_another(reading, d, verb)]
    if inside:
        at = tree[verb.head].end
        behind = [d for d in inside if d.span.start >= at]
        return _this_year((behind or inside[-1:])[0].period, reading.published)
    above = _above(tree, verb, verbs)
    if above is not None and above is not verb:
        told = [d for d in around if not _of_another(reading, d, verb)]
        words = {tree[i].start for i in own_words(tree, above.head, verbs)}
        shared = [d for d in told if any(d.span.start <= s < d.span.end for s in words)]
        if shared:
            found = _this_year(shared[-1].period, reading.published)
            return Period(found.start, found.end, found.text, DateBasis.INFERRED)
    return Period.day(reading.published, "", DateBasis.PUBLICATION)


def not_after(period: Period, status: Status, published: date) -> Period:
    """The date of what was done: never after publication."""
    done = status in (Status.DONE, Status.HISTORICAL, Status.ALLEGED)
    if done and period.start is not None and period.start > published + _AFTER_DONE:
        return Period.day(published, "", DateBasis.PUBLICATION)
    return period


def sentence_words(
    reading: Reading, tree: Tree, verb: Predicate, verbs: dict[int, Predicate]
) -> str:
    """The words of the verb's own clause, from its first to its last."""
    own = own_words(tree, verb.head, verbs)
    return reading.text[tree[own[0]].start : tree[own[-1]].end]


def _above(tree: Tree, verb: Predicate, verbs: dict[int, Predicate]) -> Predicate | None:
    """The verb whose time is the verb's too: that it is joined to, or that governs it."""
    if tree[verb.head].dep in ("conj", "xcomp"):
        return verbs.get(tree[verb.head].head)
    return None


def moved_from(before: Period | None, words: str) -> Period | None:
    """The date of "a day earlier", counted from the act told before; None without such words.

    >>> moved_from(Period.day(date(2025, 11, 10)), "a day earlier he protested").start
    datetime.date(2025, 11, 9)
    """
    found = _MOVED.search(words)
    if found is None or before is None or before.start is None or before.end != before.start:
        return None
    if found["eve"]:
        days, back = 1, found["eve"].lower() == "before"
    else:
        word = found["n"].lower()
        days = int(word) if word.isdigit() else _NUMBERS[word]
        days *= 7 if found["unit"].lower() == "week" else 1
        back = found["way"].lower() in ("earlier", "before")
    day = before.start + timedelta(days=-days if back else days)
    return Period(day, day, found.group(), DateBasis.STATED)


def _of_another(reading: Reading, found: DateMention, verb: Predicate) -> bool:
    """Whether a date is not that of the verb: behind "since" or "after", or past beside a perfect."""
    before = reading.text[max(0, found.span.start - 24) : found.span.start]
    if _OF_ANOTHER.search(before):
        return True
    since = found.span.quote[:5].lower() == "since"
    if since:
        return not verb.perfect
    end = found.period.end
    past = end is not None and end < reading.published
    return verb.perfect and verb.tense == "present" and past


def _this_year(period: Period, published: date) -> Period:
    """A month or season told without a year that holds the day of publication is this year's."""
    start, end = period.start, period.end
    if start is None or end is None or start == end or _YEAR.search(period.text):
        return period
    if (start.month, start.day) == (2, 29) or (end.month, end.day) == (2, 29):
        return period
    later = start.replace(year=start.year + 1), end.replace(year=end.year + 1)
    if later[0] <= published <= later[1]:
        return replace(period, start=later[0], end=later[1])
    return period


def is_background(period: Period, published: date) -> bool:
    """True for an act so long before publication that it is told as history."""
    return period.end is not None and period.end < published - timedelta(days=BACKGROUND_DAYS)
