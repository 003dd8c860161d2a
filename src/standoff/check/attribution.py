"""Who said what, and when: held against dated statements of named people.

The words of a quotation are compared as they stand; what is only reported is compared by its
telling words. A statement of the table that nobody repeated is taken for the one meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from standoff.check.facts import Facts, Statement
from standoff.check.verdicts import unknown
from standoff.terms import AttributionContent, Outcome, StatementsContent, Verdict

SAME_WORDS = 88.0
"""Likeness of two wordings, 0 to 100, from which they are taken for one statement."""
_TELLING = 3
_SHARE = 0.5
_A_YEAR = timedelta(days=400)
_TWO_MONTHS = timedelta(days=62)
_SMALL = frozenset(
    "that this with from have been would could will should must also than then they them their there"
    " into over about which while when were what where more most some such only being said says".split()
)


def check_attribution(
    claim: str, content: AttributionContent, published: date, facts: Facts
) -> Verdict:
    """Quoted words against dated statements of named people.

    Formula: the likeness of the words to the nearest statement of the table is at least
    `SAME_WORDS`; CONTRADICTED if that is another person's and ten points nearer than the speaker's.
    """
    near: dict[str, tuple[float, Statement]] = {}
    for s in facts.statements:
        likeness = _likeness(content.words, s, published)
        if likeness > near.get(s.person, (0.0,))[0]:
            near[s.person] = (likeness, s)
    if not near:
        return unknown(claim, "no dated statement to hold it against")
    person, (likeness, said) = max(near.items(), key=lambda kv: (kv[1][0], kv[0]))
    own = max((v[0] for k, v in near.items() if _same(k, content.person)), default=0.0)
    if likeness < SAME_WORDS:
        return unknown(claim, "no dated statement has these words")
    reference = said.reference
    others = [k for k, v in near.items() if v[0] >= SAME_WORDS and not _same(k, content.person)]
    if own < likeness - 10.0 and len(others) > 1:
        return unknown(claim, f"words that several use: {', '.join(sorted(others)[:3])}")
    if own >= likeness - 10.0:
        return Verdict(claim, Outcome.SUPPORTED, f"{content.person} said so", reference)
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"these words are {person}'s: {reference.value}",
        reference,
        f"likeness of the words {likeness:.0f} of 100",
        None,
        f"from {SAME_WORDS:.0f} two wordings are taken for one",
        "a quotation given to the wrong speaker",
    )


def _same(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) >= 85


def _likeness(words: str, said: Statement, published: date) -> float:
    """How alike a quotation and a statement are, 0 to 100; 0 for what came later.

    The whole of both is compared. A quotation that is only part of a statement counts if it is
    long, or if the statement was made within the two months before the report: short parts of
    older statements are slogans that others use too.
    """
    if said.on > published:
        return 0.0
    whole = max(
        fuzz.token_sort_ratio(words, text, processor=default_process)
        for text in (said.words, said.gist)
    )
    telling = len(_telling(words))
    if telling >= 6 or (telling >= 3 and published - said.on <= _TWO_MONTHS):
        part = fuzz.token_set_ratio(words, said.words, processor=default_process)
        whole = max(whole, part if len(words.split()) >= 5 else 0.0)
    return float(whole)


def check_statements(
    claim: str, content: StatementsContent, published: date, facts: Facts
) -> Verdict:
    """Statements told before, all dated to one period, against the days on which they were made.

    CONTRADICTED only if at least two of them are found in the table and none lies in the period or
    a day beside it: one alone may have been repeated.
    """
    start, end = content.period.start, content.period.end
    if start is None or end is None:
        return unknown(claim, "the period has no dates")
    found: dict[tuple[str, date], Statement] = {}
    day = timedelta(days=1)
    for person, words in content.said:
        meant = list(_meant(person, words, published, facts))
        if any(start - day <= s.on <= end + day for s in meant):
            hit = next(s for s in meant if start - day <= s.on <= end + day)
            return Verdict(
                claim, Outcome.SUPPORTED, f"{hit.person} said so on {hit.on}", hit.reference
            )
        if meant:
            last = max(meant, key=lambda s: s.on)
            found[last.person, last.on] = last
    ordered = sorted(found.values(), key=lambda s: s.on)
    shown = "; ".join(f"{s.person} {s.on}" for s in ordered)
    stated = content.period.text or f"{start} to {end}"
    if len(ordered) < 2:
        why = "fewer than two of the statements are in the table" + (f": {shown}" if shown else "")
        return unknown(claim, why)
    nearest = min(ordered, key=lambda s: min(abs(s.on - start), abs(s.on - end)))
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"none of the statements was made then: {shown}",
        nearest.reference,
        f"{shown}; stated {stated}",
        None,
        "a day on either side; at least two statements must be known",
        "statements dated by the report that told of them",
        (),
        tuple(s.reference for s in ordered if s is not nearest),
    )


def _meant(person: str, words: str, published: date, facts: Facts) -> Iterator[Statement]:
    """The statements of the table that some words, quoted or told, are taken for."""
    quoted = re.findall(r"[\"“]([^\"“”]+)[\"”]", words)
    for s in facts.statements:
        if not published - _A_YEAR <= s.on <= published:
            continue
        literal = any(
            len(q.split()) >= 5 and _likeness(q, s, published) >= SAME_WORDS for q in quoted
        )
        if literal or (_same(s.person, person) and _alike(words, f"{s.words} {s.gist}")):
            yield s


def _alike(one: str, other: str) -> bool:
    first, second = _telling(one), _telling(other)
    common = len(first & second)
    return common >= _TELLING and common >= _SHARE * min(len(first), len(second))


def _telling(text: str) -> set[str]:
    """The first five letters of the words that tell something."""
    words = re.findall(r"[a-z]{4,}|us\b", text.casefold().replace("’", "'").replace("'s", ""))
    return {w[:5] for w in words if w not in _SMALL}
