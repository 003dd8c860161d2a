"""Acts with a day, lengths of a flight, and who runs what: claims that a dated reference would settle.

At most one dated act a sentence: the finite verb of the main clause with a named or counted subject and
a day that hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft, is_length
from standoff.read.claims.when import tense_of, token_at, tree_of, verb_over
from standoff.read.reading import Reading, Sentence
from standoff.terms import OpenContent, OrderContent

_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d", re.I)
# What is said is found with its speaker; plans are no acts.
_NO_ACT = frozenset(
    "say tell add state note report announce claim quote warn plan schedule expect set be have".split()
)
_FLOWN = re.compile(
    r"\b(?:flight\s+distances?|range|altitude|apogee|impact\s+point|flew|flying|travell?ed|landed|fell|north|south|east|west)\b",
    re.I,
)
_RUNS = re.compile(
    r"(?P<name>(?<!\w)[A-Z][\w’'-]{1,40}(?:\s+[A-Z][\w’'.-]{1,40}){1,3}),\s+who\s+"
    r"(?i:runs|heads|leads|commands|chairs|directs|oversees)\s+(?:[\w’'-]+\s+){0,8}?"
    r"(?i:ministry|department|bureau|office|agency|council|committee|command|forces?|division|delegation|"
    r"mission|directorate|administration)\b"
)


def find_dated_acts(reading: Reading) -> Iterator[Draft]:
    """Acts with their day, lengths flown, and who runs a body.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "On Tuesday two panels of the party resolved that he should go."
    >>> [d.statement for d in find_dated_acts(prepare(text, date(2025, 11, 12)))]
    ['On Tuesday two panels of the party resolved']
    """
    for sentence in reading.prose():
        if sentence.kind == "question":
            continue
        yield from _act(reading, sentence)
        yield from _told_too_early(reading, sentence)
        yield from _lengths(reading, sentence)
        for m in _RUNS.finditer(reading.text, sentence.start, sentence.end):
            span = reading.span(m.start(), m.end())
            reason = f"{m.group('name')} stands in no table of office-holders"
            yield Draft(span, "office", span.quote, OpenContent(reason))


def _act(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    tree = tree_of(reading, sentence)
    dates = [
        d
        for d in reading.dates_in(sentence.start, sentence.end)
        if d.period.days is not None and d.period.days <= 8 and _DAY.search(d.span.quote)
    ]
    if tree is None or not dates:
        return
    for found in dates:
        word = token_at(reading, sentence, found.span.start)
        verb = verb_over(tree, word.index) if word else -1
        if verb < 0 or tree[verb].lemma in _NO_ACT or tree[verb].tag != "VERB":
            continue
        if tree[verb].dep not in ("ROOT", "conj", "relcl", "ccomp") or tense_of(tree, verb) not in (
            "past",
            "perfect",
            "pluperfect",
        ):
            continue
        subject = tree.kid(verb, "nsubj", "nsubjpass")
        if subject < 0 or tree[subject].tag not in ("PROPN", "NOUN"):
            continue
        first, _ = tree.span(subject)
        start = min(found.span.start, tree[first].start)
        lead = re.compile(r"\b(?:on|by|at|in)\s+(?:the\s+same\s+)?$", re.I).search(
            reading.text[max(sentence.start, found.span.start - 14) : found.span.start]
        )
        if start == found.span.start and lead:
            start -= len(lead.group())
        end = max(found.span.end, tree[verb].end)
        span = reading.span(start, end)
        yield Draft(span, "event", span.quote, OpenContent("no dated reference tells of this act"))
        return


_PLANNED = frozenset(
    "plan schedule expect set delay postpone extend due announce agree promise want decide intend move".split()
)


# "Discussed the upcoming visit on April 26": the verb is past, the visit is not.
_AHEAD = re.compile(r"\b(?:upcoming|coming|forthcoming|scheduled|planned|future|next)\b", re.I)


def _told_too_early(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """A day after the report, with its year, on which something is told to have happened."""
    tree = tree_of(reading, sentence)
    for found in reading.dates_in(sentence.start, sentence.end):
        day = found.period.start
        if (
            tree is None
            or day is None
            or day != found.period.end
            or not re.search(r"\d{4}", found.span.quote)
        ):
            continue
        if (day - reading.published).days < 2:
            continue
        word = token_at(reading, sentence, found.span.start)
        verb = verb_over(tree, word.index) if word else -1
        if verb < 0 or tree[verb].lemma in _PLANNED or tree[verb].form not in ("VBD",):
            continue
        if _AHEAD.search(reading.text, sentence.start, found.span.start):
            continue
        lead = reading.text[max(sentence.start, found.span.start - 12) : found.span.start]
        if re.search(r"\bon\s+$", lead):
            told = f"{reading.published}"
            content = OrderContent(found.span.quote, str(day), "the day of the report", told)
            statement = f"{found.span.quote} before the day of the report"
            yield Draft(found.span, "order", statement, content)


def _lengths(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """Lengths of a flight or to a point that has no name: what no map settles."""
    words = reading.text[sentence.start : sentence.end]
    if not _FLOWN.search(words):
        return
    for q in reading.quantities_in(sentence.start, sentence.end):
        if (is_length(q) or (q.unit in ("km", "nmi", "mi") and q.low)) and q.unit in (
            "km",
            "nmi",
            "mi",
        ):
            before = reading.text[max(sentence.start, q.span.start - 2) : q.span.start]
            if "(" not in before:
                yield Draft(
                    q.span,
                    "distance",
                    q.span.quote,
                    OpenContent("one end of the distance has no name"),
                )
