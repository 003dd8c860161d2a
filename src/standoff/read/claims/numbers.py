"""Numbers that a text relates to each other: ratios, sums, changes, shares of GDP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft, same_dimension, states_in
from standoff.read.reading import Reading, Sentence
from standoff.terms import (
    Mention,
    Period,
    Quantity,
    RatioContent,
    ShareContent,
)

_AS = re.compile(
    r"\s*(?:as\s+(?:much|many|large|big|high|long)\s+as|that\s+of|more\s+than|the\s+\w+\s+of)\s+(?:in\s+)?",
    re.I,
)
_SPEND = re.compile(
    r"\b(?:defen[cs]e|military)\s+(?:budgets?|spending|spends?|expenditures?|outlays?)\b|"
    r"\b(?:spen(?:d|ds|t|ding)|devot\w+|dedicat\w+|allocat\w+|earmark\w*|assign\w*|puts?|gave|gives?)\b"
    r"(?:[^.]|\.(?=\d)){0,60}\b(?:defen[cs]e|military|armed forces|(?:its|their) forces)\b|"
    r"\bspen(?:d|ds|t|ding)\b(?:[^.]|\.(?=\d)){0,40}\bGDP\b",
    re.I,
)
_EXCEPT = re.compile(
    r"\b(?:other\s+than|except(?:\s+for)?|besides|apart\s+from|excluding)\s+(?:the\s+)?$", re.I
)
_OF_GDP = re.compile(r"\b(?:GDP|gross domestic product)\b", re.I)
_TARGET = re.compile(
    r"\b(?:goal|target|aim\w*|pledg\w*|plan\w*|should|would|will|must|break|exceed|raise\w*|"
    r"margin|ceiling|limit|cap|cut|by)\b",
    re.I,
)


# "Agreed in The Hague to spend": where something was said is not who spends.
_SCENE = re.compile(r"\b(?:in|at|near|outside|from)\s+$")
# What is asked, promised or refused is no measure of what is spent; a finite "spends" after it is.
_ASKED = re.compile(
    r"\b(?:agree\w*|commit\w*|promis\w*|vow\w*|refus\w*|demand\w*|want\w*|urg\w+|ask\w*|propos\w*|require\w*|"
    r"call\w*\s+(?:for|on)|could|may|might|benchmark|threshold|guideline|to\s+(?:spend|raise|increase|boost|"
    r"allocate|devote|reach|hit|lift|earmark|invest|bring))\b(?!.*\b(?:spends|spent|amounts|amounted|stood|was|were)\b)",
    re.I | re.S,
)


def _asked(lead: str) -> bool:
    """Whether the clause before a share asks for it, promises or refuses it."""
    return _ASKED.search(re.split(r"[;:]", lead)[-1][-80:]) is not None


def find_ratios(reading: Reading) -> Iterator[Draft]:
    """`about three times as much as Japan does, at 2.7 %`: the two numbers must give the ratio.

    The number above the line stands in the sentence; the one below may stand up to three sentences
    before, in a sentence about the state compared with. Where several would do, the one that fits
    best is taken: a text is not wrong while one reading of it is right.
    """
    sentences = list(reading.prose())
    for place, sentence in enumerate(sentences):
        inside = reading.quantities_in(sentence.start, sentence.end)
        for q in inside:
            lead = _AS.match(reading.text, q.span.end) if q.unit == "ratio" else None
            if lead is None or q.value is None:
                continue
            mentions = reading.mentions_in(sentence.start, sentence.end)
            below = next(
                states_in(tuple(m for m in mentions if m.span.start >= lead.end() - 1)), ""
            )
            above = next(states_in(tuple(m for m in mentions if m.span.end <= q.span.start)), "")
            tops = [n for n in inside if n is not q and n.unit != "ratio" and n.value]
            if len(tops) != 1 or not below:
                continue
            top = tops[0]
            bottoms = _bottoms(reading, sentences[max(0, place - 3) : place], top, below)
            if not bottoms:
                continue
            bottom = _fittest(bottoms, top, q)
            content = RatioContent(above, below, "stated", q, top, bottom, Period.unstated())
            span = reading.span(q.span.start, max(q.span.end, top.span.end))
            statement = f"{top.span.quote} is {q.span.quote} {bottom.span.quote}"
            yield Draft(span, "ratio", statement, content)


def _bottoms(
    reading: Reading, sentences: list[Sentence], top: Quantity, actor: str
) -> list[Quantity]:
    found: list[Quantity] = []
    about = False
    for s in sentences:
        states = set(states_in(reading.mentions_in(s.start, s.end)))
        # A sentence without a state of its own goes on about the one before it.
        about = actor in states or (about and not states)
        if about:
            found += [
                n
                for n in reading.quantities_in(s.start, s.end)
                if n.value and same_dimension(n, top)
            ]
    return found


def _fittest(bottoms: list[Quantity], top: Quantity, ratio: Quantity) -> Quantity:
    """The number below the line that fits best, in the unit of the one above."""
    wanted = ratio.value or 0.0

    def miss(n: Quantity) -> float:
        return abs((top.value or 0.0) / (n.value or 1.0) - wanted)

    best = min(bottoms, key=miss)
    shares = ("%", "% of GDP")
    both = top.unit in shares and best.unit in shares
    return replace(best, unit=top.unit) if both else best


def find_shares(reading: Reading) -> Iterator[Draft]:
    """Defence spending as a share of GDP, with the state that the sentence is about."""
    for sentence in reading.prose():
        text = reading.text[sentence.start : sentence.end]
        if not _OF_GDP.search(text):
            continue
        mentions = reading.mentions_in(sentence.start, sentence.end)
        before = _SPEND.search(reading.text, max(0, sentence.start - 400), sentence.end)
        if before is None:
            continue
        for q in reading.quantities_in(sentence.start, sentence.end):
            if q.unit not in ("%", "% of GDP") or q.value is None or q.value > 40:
                continue
            lead = reading.text[max(sentence.start, q.span.start - 40) : q.span.start]
            if _TARGET.search(lead) or _asked(reading.text[sentence.start : q.span.start]):
                continue
            ahead = list(
                states_in(
                    tuple(
                        m
                        for m in mentions
                        if m.span.end <= q.span.start
                        and not (_SCENE if m.kind == "place" else _EXCEPT).search(
                            reading.text, max(0, m.span.start - 24), m.span.start
                        )
                    )
                )
            )
            actors = dict.fromkeys(ahead)
            if not actors:
                continue
            # In a comparison the sentence's subject owns the number, but for a list that leaves
            # the verb out: "Israel 4.3 per cent of GDP and Iran 2.5".
            actor = (
                _right_after(reading, mentions, q)
                or _right_before(reading, mentions, q)
                or next(iter(actors))
            )
            dates = reading.dates_in(sentence.start, sentence.end)
            period = dates[0].period if dates else Period.unstated()
            if period.start is not None and period.start > reading.published:
                continue
            content = ShareContent(actor, "milex_gdp_share", q, period)
            yield Draft(
                q.span, "share", f"{actor} spends {q.span.quote} of GDP on defence", content
            )


_HOLDS = re.compile(r"(?:['’]s?)?\s+(?:(?:spends?|spent|has|had|at|with|some|about|only)\s+){0,3}")


_FOR = re.compile(r"\s+(?:of\s+GDP\s+)?(?:for|in|by)\s+(?:the\s+)?", re.I)


def _right_after(reading: Reading, mentions: tuple[Mention, ...], q: Quantity) -> str:
    """The state that a number is given to behind it: `against 1.7 per cent for China`."""
    behind = [m for m in mentions if m.span.start >= q.span.end and m.kind in ("state", "scene")]
    if not behind or not _FOR.fullmatch(reading.text[q.span.end : behind[0].span.start]):
        return ""
    return next(states_in((behind[0],)), "")


def _right_before(reading: Reading, mentions: tuple[Mention, ...], q: Quantity) -> str:
    """The state whose name stands right before the number; "" if other words stand there."""
    ahead = [m for m in mentions if m.span.end <= q.span.start and m.kind in ("state", "capital")]
    if not ahead or not _HOLDS.fullmatch(reading.text[ahead[-1].span.end : q.span.start]):
        return ""
    return next(states_in((ahead[-1],)), "")
