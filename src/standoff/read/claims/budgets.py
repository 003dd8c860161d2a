"""Military expenditure in money: `China's military spending was about 250 billion dollars in 2020`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft, states_in
from standoff.read.reading import Reading, Sentence
from standoff.terms import Period, Quantity, ShareContent

_LEAST = 5e7
_WHAT = r"(?:total\s+|annual\s+|national\s+)?(?:defen[cs]e|military)\s+(?:budget|spending|expenditures?|outlays?)"
_HEDGES = (
    r"(?:(?:about|around|some|roughly|nearly|almost|an\s+estimated|more\s+than|over|just)\s+){0,2}"
)
_IS = re.compile(
    rf"\b{_WHAT}\s*(?:,[^,.;]{{0,40}},\s*)?(?:\s(?:in|for)\s+(?:fiscal\s+)?\d{{4}}\s+)?"
    r"(?:of|was|were|is|stood\s+at|stands\s+at|reached|totall?ed|amounted\s+to|came\s+to|hit|at)\s+"
    rf"{_HEDGES}$",
    re.I,
)
_SPENT = re.compile(rf"\bspen(?:t|ds)\s+{_HEDGES}$", re.I)
_ON = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:a\s+year\s+)?(?:in\s+\d{4}\s+)?on\s+(?:its|their|the|her|his)?\s*"
    r"(?:defen[cs]e|military|armed\s+forces)\b(?!\s+(?:aid|assistance|equipment|satellites?|research))",
    re.I,
)
_OPEN = re.compile(
    r"\b(?:will|would|plans?|planned|propos\w+|request\w*|should|could|may|by\s+20\d\d|target|goal|aid)\b",
    re.I,
)


def find_budgets(reading: Reading) -> Iterator[Draft]:
    """Amounts in US dollars that a state spent on defence, past or present, not planned."""
    for sentence in reading.prose():
        for q in reading.quantities_in(sentence.start, sentence.end):
            if q.unit != "USD" or q.value is None or q.value < _LEAST:
                continue
            actor = _spender(reading, sentence, q)
            if not actor:
                continue
            dates = reading.dates_in(sentence.start, sentence.end)
            period = dates[0].period if dates else Period.unstated()
            content = ShareContent(actor, "milex_usd", q, period)
            yield Draft(q.span, "share", f"{actor} spends {q.span.quote} on defence", content)


def _spender(reading: Reading, sentence: Sentence, q: Quantity) -> str:
    """The state that the amount is said of; "" where the words do not settle it."""
    lead = reading.text[sentence.start : q.span.start]
    is_ = _IS.search(lead)
    spent = _SPENT.search(lead) if _ON.match(reading.text, q.span.end) else None
    found = is_ or spent
    if found is None or _OPEN.search(lead):
        return ""
    at = sentence.start + found.start()
    states = list(states_in(reading.mentions_in(sentence.start, at + 1)))
    if not states:
        # "China's military" may be one mention that ends inside the phrase.
        states = list(states_in(reading.mentions_in(sentence.start, q.span.start)))
    return states[-1] if len(set(states)) == 1 else ""
