"""How far an act has got, when it was, in whose name, and how explicit it is.

Each field is computed from parts that are named beside it, so that it can be audited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from standoff.read.frames import Frame
from standoff.read.reading import Clause, Reading, Sentence
from standoff.read.views import Colour
from standoff.terms import (
    Channel,
    DateBasis,
    DateMention,
    Officialness,
    Party,
    Period,
    Status,
    Valence,
)

BACKGROUND_DAYS = 200
"""Older than this on the day of publication, an act is background."""

_SEMI = frozenset(("PTY", "MED"))
_UNOFFICIAL = frozenset("EDU CVL NGO BUS REB OPP".split())


def status_of(
    frame: Frame,
    colour: Colour,
    clause: Clause,
    *,
    own_speech: bool,
    first_person: bool = False,
    conditional: bool,
    hearsay: bool,
) -> Status:
    """The status that modality, tense and frame give, before the date is known."""  # fmt: skip
    words = frame.channel is Channel.WORDS
    modality = colour.modality
    if frame.negated and colour.negated and modality in ("may", "could"):
        modality = ""  # "could no longer be seen" tells what happened
    if conditional:
        return Status.CONDITIONAL
    if hearsay or modality == "allege":
        return Status.ALLEGED
    if words and frame.negated and colour.negated and modality in ("will", "would"):
        return Status.DONE  # a refusal is given when it is said
    if words and (not modality or modality in frame.modalities or own_speech or first_person):
        return Status.DONE
    if modality in ("will", "plan", "expect", "must"):
        return Status.PLANNED
    if modality == "would":
        return Status.PLANNED if own_speech else Status.CONDITIONAL
    if modality in ("consider", "may", "could", "seek", "should"):
        return Status.PROPOSED
    now = clause.verb.tense == "present" or (clause.kind == "complement" and clause.verb.passive)
    if clause.verb.progressive and now and not words:
        return Status.ONGOING
    return Status.DONE


def date_of(
    reading: Reading, sentence: Sentence, start: int, end: int, clause: Clause | None = None
) -> Period:
    """The date of an act: the one nearest in its clause, else of its sentence, else publication.

    A present perfect takes no date that is past ("has denied a role in attacks last week"), and a
    date behind "since", "after" or "before" is that of something else.
    """
    named = _named_when(reading, sentence, clause)
    if named is not None:
        return named
    inside = [d for d in reading.dates_in(start, end) if not _of_other(reading, d, clause)]
    if inside:
        return _this_year(_own(reading, inside, clause).period, reading.published)
    around = reading.dates_in(sentence.start, sentence.end)
    now = clause is not None and clause.verb.tense == "present" and clause.verb.finite
    before = [
        d
        for d in around
        if d.span.end <= start
        and not _of_other(reading, d, clause)
        and not (now and _is_past(d, reading))
    ]
    if before:
        found = _this_year(before[-1].period, reading.published)
        return Period(found.start, found.end, found.text, DateBasis.INFERRED)
    return Period.day(reading.published, "", DateBasis.PUBLICATION)


_MOVED = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?P<unit>day|week)s? "
    r"(?P<way>earlier|later|afterwards|(?:before|after)(?=\s*(?:[,.;]|$)))"
    r"|\bthe (?:day|night) (?P<eve>before|after)(?=\s*(?:[,.;]|$))",
    re.IGNORECASE,
)
_NUMBERS = {
    w: n for n, w in enumerate(
        "a one two three four five six seven eight nine ten".split(), start=0
    )
} | {"a": 1, "an": 1}  # fmt: skip


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


def _own(reading: Reading, inside: Sequence[DateMention], clause: Clause | None) -> DateMention:
    """The date that belongs to the verb: in its own clause, the first behind it, else the last
    before; "who died in 2022, had argued in 2021"."""
    if clause is None or len(inside) == 1:
        return inside[0]
    tokens = reading.tokens
    verb = tokens[clause.verb.last - 1].end
    start, end = tokens[clause.first].start, tokens[clause.last - 1].end
    own = [d for d in inside if start <= d.span.start < end] or list(inside)
    behind = [d for d in own if d.span.start >= verb]
    return behind[0] if behind else own[-1]


def _named_when(reading: Reading, sentence: Sentence, clause: Clause | None) -> Period | None:
    """The date of "... since August 2022, when China fired": the whole month, or the whole year."""
    if clause is None or clause.marker != "when":
        return None
    at = reading.tokens[clause.first].start
    for found in reading.dates_in(sentence.start, at):
        start, end = found.period.start, found.period.end
        if 0 <= at - found.span.end <= 3 and start is not None:
            if end is None and (start.month, start.day) == (1, 1):
                end = start.replace(month=12, day=31)
            elif end is None and start.day == 1:
                end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            return Period(start, end or start, found.period.text, DateBasis.STATED)
    return None


def _is_past(found: DateMention, reading: Reading) -> bool:
    """True if the date lies before the day of publication by more than a week."""
    end = found.period.end
    return end is not None and end < reading.published - timedelta(days=7)


def _of_other(reading: Reading, found: DateMention, clause: Clause | None) -> bool:
    """True if the date is not that of the clause's own verb."""
    before = reading.text[max(0, found.span.start - 24) : found.span.start]
    if re.search(
        r"\b(?:since|until|till|before)\s+(?:the |late |early |mid-)?$", before, re.IGNORECASE
    ):
        return True
    since = found.span.quote[:5].lower() == "since"
    if since and clause is not None and not clause.verb.perfect:
        return True
    if clause is None or since or not clause.verb.perfect or clause.verb.tense != "present":
        return False
    end = found.period.end
    return end is not None and end < reading.published


_YEAR = re.compile(r"\d{4}|\b(?:last|past|previous|ago|earlier|year)\b", re.I)


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


def is_background(period: Period, reading: Reading) -> bool:
    """True for an act so long before publication that it is told as history."""
    return period.end is not None and period.end < reading.published - timedelta(
        days=BACKGROUND_DAYS
    )


def officialness_of(
    sources: Sequence[Party], *, anonymous: bool, words: bool, agentless: bool, semi: bool
) -> Officialness:
    """In whose name: from the sender's sector and office and from who reports it."""
    if anonymous:
        return Officialness.ANONYMOUS_OFFICIAL
    if not sources or agentless:
        return Officialness.UNKNOWN
    if semi:
        return Officialness.SEMI_OFFICIAL
    first = sources[0]
    if first.office and first.office.lower().startswith("former"):
        return Officialness.RETIRED_OFFICIAL
    if first.sector in _SEMI:
        return Officialness.SEMI_OFFICIAL
    if first.sector in _UNOFFICIAL or first.actor == "XXX":
        return Officialness.UNOFFICIAL
    return Officialness.OFFICIAL


def explicitness_of(
    frame: Frame, *, named: bool, hedged: bool, conditional: bool, vague: bool = False
) -> int:  # fmt: skip
    """0-3 from its parts: the frame's level, less one for a hedge or for nobody named.

    The frame says what its words promise at most: 0 nothing, 1 concern or a bare act, 2 a clear
    object, 3 object and action. Without a named object 3 and 2 fall by one; a hedge (could, may,
    consider) takes 3 to 2; where what is asked for is vague it is 1 at most.
    """
    level = min(frame.level, 1) if vague else frame.level
    if level == 3 and (hedged or not named):
        level = 2
    if level == 2 and not named and frame.valence in (Valence.COMMIT, Valence.THREATEN):
        level = 2 if conditional else 1
    return level
