"""Numbers of a text that are probabilities: percentages beside a word that makes them so, odds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.brief.checking.units import Unit
from standoff.brief.checking.words import pattern_of, words_of

_NUMBER = r"\d{1,3}(?:\.\d+)?"
_PERCENT = re.compile(
    rf"(?<![\w.,$€£])(?P<low>{_NUMBER})\s*(?:%|per ?cent)?"
    rf"(?:\s*(?:-|–|—|to|and)\s*(?P<high>{_NUMBER}))?\s*(?:%|per ?cent\b|percent\b)(?!\s*points?\b)",
    re.I,
)
COUNTS = tuple[str, ...]("one two three four five six seven eight nine ten".split())
NUMERALS = frozenset((*COUNTS, "eleven", "twelve", "eighteen", "twenty-four"))
_ODDS = re.compile(
    rf"(?<![\w.])(?P<part>\d{{1,2}}|{'|'.join(COUNTS)})[ -]in[ -](?:a[ -])?"
    rf"(?P<all>\d{{1,3}}(?:,\d{{3}})*|{'|'.join(COUNTS)}|hundred|thousand|million)\b",
    re.I,
)
_DECIMAL = re.compile(r"(?<![\w.,])0?\.\d{1,3}(?![\w%])")
# What a list or table must speak of for its percentages to be probabilities.
_COLUMN = re.compile(r"\b(?:probabilit(?:y|ies)|chances?|likelihoods?|odds)\b", re.I)
# Where the probability of a list item stands: "Status quo: 50%", "War (30%)", "| 30% |", "30% war".
_ENTRY = re.compile(
    r"(?:[:(|\t–—-]|^\s*(?:[-*+•–—▪◦·●■►]|\(?\w{1,2}[.)])?)[\s*_]*(?:about|around|roughly|some|~|≈)?\s*$",
    re.I,
)
_BIG = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_HEDGE = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|circa|~|≈)\s*$", re.I
)
# After the number: "60% chance", "60 percent likely", "60 % subjective probability".
_AFTER = re.compile(
    r"\s*(?:\(?[\w-]+\)?\s+){0,2}?(?:chances?|probabilit(?:y|ies)|likelihoods?|odds|likely|probable|"
    r"risk|possibility)\b",
    re.I,
)
# Right before it: "a probability of 60%", "chance that war breaks out: 60%", "probability at 60%".
_BEFORE = re.compile(
    r"\b(?:chances?|probabilit(?:y|ies)|likelihoods?|odds|risk|possibility)\b[^.;%\n]{0,110}$", re.I
)
# "60% of exports" is a share whatever stands before it.
_SHARE = re.compile(
    r"\s*(?:of\s+(?:the\b|its\b|their\b|all\b|total|GDP|global|world|those|respondents|voters|people|"
    r"[a-z]+s\b)|(?:more|less|higher|lower|larger|smaller|faster|increase|decrease|rise|fall|growth|"
    r"drop|cut|share|majority|stake|tariffs?|enriched|purity|interest|(?:from|in|since|over) \d{4}))",
    re.I,
)
_RISK_OF_SHARE = re.compile(
    r"\b(?:rose|fell|grew|increased|decreased|by|up|down)\s+(?:by\s+)?$", re.I
)

# "Very unlikely (35%)": the word makes the number beside it a probability.
_WORD = re.compile(
    r"\b(?:likely|unlikely|probable|improbable|certain|certainly|possible|likelihood|chance|odds)"
    r"\s*[,:(–—-]\s*\(?(?:about|around|roughly|at|some|~|≈)?\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Probability:
    """A stated probability, as shares of one; `low == high` for a single number."""

    start: int
    end: int
    low: float
    high: float
    hedged: bool
    unit: int


def find_probabilities(text: str, units: Sequence[Unit]) -> tuple[Probability, ...]:
    """Every number that states a probability, in the order of the text.

    A percentage counts with a word such as "chance" beside it; in a list or table also when the
    heading or the sentence that leads to it speaks of probabilities.

    >>> from standoff.brief.checking.units import split_units
    >>> text = "There is a 30-40% chance of war. Exports fell 20%. A one in five risk remains."
    >>> [(p.low, p.high) for p in find_probabilities(text, split_units(text))]
    [(0.3, 0.4), (0.2, 0.2)]
    """
    found: list[Probability] = []
    listed = False
    for number, unit in enumerate(units):
        if not unit.item:
            listed = False
        here = text[unit.start : unit.end]
        if not listed and unit.item:
            listed = _leads(text, units, number) or bool(_COLUMN.search(here))
        found += _in_unit(text, unit, number, listed and unit.item)
    return tuple(found)


def _leads(text: str, units: Sequence[Unit], number: int) -> bool:
    """Whether one of the two sentences before a list speaks of probabilities or scenarios."""
    before = [u for u in units[max(0, number - 2) : number] if not u.item]
    return any(
        pattern.search(text, u.start, u.end)
        for u in before
        for pattern in (_COLUMN, pattern_of("exclusive"))
    )


def _in_unit(text: str, unit: Unit, number: int, listed: bool) -> list[Probability]:
    out: list[Probability] = []
    for m in _PERCENT.finditer(text, unit.start, unit.end):
        low = float(m["low"])
        high = float(m["high"] or low)
        if high > 100 or low > high:
            continue
        if not _is_probability(text, unit, m, listed) and not _goes_on(text, out, m):
            continue
        hedged = bool(_HEDGE.search(text, unit.start, m.start()))
        out.append(Probability(m.start(), m.end(), low / 100, high / 100, hedged, number))
    for m in _ODDS.finditer(text, unit.start, unit.end):
        if _AFTER.match(text, m.end(), unit.end) or _BEFORE.search(text, unit.start, m.start()):
            part, whole = _count(m["part"]), _count(m["all"])
            if 0 < part <= whole:
                out.append(
                    Probability(m.start(), m.end(), part / whole, part / whole, False, number)
                )
    for m in _DECIMAL.finditer(text, unit.start, unit.end):
        before = text[max(unit.start, m.start() - 40) : m.start()]
        if re.search(r"\b(?:probabilit(?:y|ies)|likelihood|p)\b[^.;,]{0,30}$", before, re.I):
            value = float(m.group())
            out.append(Probability(m.start(), m.end(), value, value, False, number))
    return sorted(out, key=lambda p: p.start)


def _is_probability(text: str, unit: Unit, m: re.Match[str], listed: bool) -> bool:
    if _AFTER.match(text, m.end(), unit.end):
        return True
    if _SHARE.match(text, m.end(), unit.end) or _RISK_OF_SHARE.search(text, unit.start, m.start()):
        return False
    before = (_BEFORE, _WORD, _ENTRY) if listed else (_BEFORE, _WORD)
    return any(pattern.search(text, unit.start, m.start()) for pattern in before)


def _goes_on(text: str, out: Sequence[Probability], m: re.Match[str]) -> bool:
    """Whether the number continues the one before: "30% within six months and 20% within a year"."""
    if not out:
        return False
    words = re.findall(r"[A-Za-z']+", text[out[-1].end : m.start()])
    return all(w.lower() in words_of("goes_on") or w.lower() in NUMERALS for w in words)


def _count(word: str) -> int:
    low = word.lower().replace(",", "")
    if low.isdigit():
        return int(low)
    return _BIG.get(low) or COUNTS.index(low) + 1
