"""Two numbers and which of them is the larger: "10.7 per cent, less than the 13.7 per cent of May"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from standoff.read.claims.common import TIMES, Draft, countable_together
from standoff.read.reading import Reading
from standoff.terms import Comparator, ComparisonContent

_THAN = re.compile(
    r"(?:\s+[\w’'-]+){0,6}?\s*,?\s+(?P<how>less|lower|smaller|fewer|below|under|down|short|more|higher|greater|larger|above|over|up|better|worse)"
    r"\s+(?:than\s+|of\s+|on\s+)?(?:(?:the|its|an?|last|previous)\s+){0,2}(?:[\w’'-]+\s+){0,2}?",
    re.I,
)
_LESS = frozenset("less lower smaller fewer below under down short".split())
_VAGUE = frozenset("better worse over under up down short".split())
_AGAINST = re.compile(
    r"(?:\s+[\w’'£$€-]+){0,4}?\s*,?\s+(?:compared\s+(?:to|with)|against|versus)\s+(?:just\s+|the\s+|an?\s+)?(?:[\w’'-]+\s+){0,1}?",
    re.I,
)
_RISE = re.compile(r"\b(?:rise|rose|increas\w+|grew|growth|jump\w*|surge\w*|gain\w*)\b", re.I)
_FALL = re.compile(
    r"\b(?:decline\w*|fall|fell|drop\w*|decreas\w+|reduction|fewer|slump\w*)\b", re.I
)
_RECORD = re.compile(
    r"\b(?:a|an|its)\s+(?:all-time\s+)?(?:record|new\s+high)\s+(?:of\s+|high\s+of\s+)?$", re.I
)
_QUALIFIES = re.compile(r"\d\s+[a-z-]+\s+(?:over|worth|above|under|costing|of\s+over)\s+$")
_AFTER = re.compile(
    r"[^.;]{0,60}?\bafter\s+(?:reaching|hitting|a|the\s+previous)\s+(?:\w+\s+){0,2}?", re.I
)


def find_compared(reading: Reading) -> Iterator[Draft]:
    """Pairs of numbers of one kind that the words put in order.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "Prices rose at a rate of 10.7%, less than the 13.7% rise in May."
    >>> [d.statement for d in find_compared(prepare(text, date(2005, 2, 15)))]
    ['10.7% is less than 13.7%']
    """
    for sentence in reading.prose():
        inside = [
            q
            for q in reading.quantities_in(sentence.start, sentence.end)
            if q.unit not in TIMES
            # "436 homes over £1m sold": how the things counted are told apart.
            and not _QUALIFIES.search(reading.text, sentence.start, q.span.start)
        ]
        for first, second in pairwise(inside):
            if first.value is None or second.value is None or first.unit in (*TIMES, "ratio"):
                continue
            if second.comparator in (Comparator.MORE, Comparator.LESS):
                # "Killed 45 and displaced more than 226,000": the words belong to the second alone.
                continue
            if not countable_together(first, second) or first.low != first.high:
                continue
            if (
                first.unit == second.unit == "count"
                and first.noun
                and second.noun
                and first.noun != second.noun
            ):
                continue
            gap = reading.text[first.span.end : second.span.start]
            lead = reading.text[sentence.start : first.span.start]
            more = _order(gap, lead)
            if more is None:
                continue
            word = "more" if more else "less"
            span = reading.span(first.span.start, second.span.end)
            statement = f"{first.span.quote} is {word} than {second.span.quote}"
            yield Draft(span, "comparison", statement, ComparisonContent(first, second, more))


def _order(gap: str, lead: str) -> bool | None:
    """True where the first is said to be the larger, None where the words do not say."""
    than = _THAN.fullmatch(gap)
    if than is not None:
        how = than.group("how").casefold()
        if how in _VAGUE or not re.search(rf"\b{how}\s+than\b", gap, re.I):
            return None
        return how not in _LESS
    if _AGAINST.fullmatch(gap):
        up, down = bool(_RISE.search(lead)), bool(_FALL.search(lead))
        return None if up == down else up
    if _RECORD.search(lead) and _AFTER.fullmatch(gap):
        return True
    return None
