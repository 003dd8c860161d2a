"""Who issued a document, for "we" outside any quotation: a statement, a release, a speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from standoff.read.acts.recall import Reached
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Reading, Token
from standoff.read.stretches import Stretches
from standoff.terms import Mention, Party, Span

_ISSUED = re.compile(
    r"\b(?:statement|remarks?|address|speech|letter|message|communiqu[eé]|release|briefing|declaration|notice|note)\s+"
    r"(?:\w+\s+){0,3}?(?:by|of|from)\s+(?:the\s+)?(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_WITH_OURS = re.compile(
    r"^(?:[’']s)?\s+and\s+(?:our|my)\b|^,?\s+(?:our|my)\s+(?:country|nation|homeland|people)\b",
    re.IGNORECASE,
)
_OURS_BEFORE = re.compile(
    r"\b(?:we|us),?\s+(?:the\s+)?(?:people\s+of\s+|in\s+)?(?:the\s+)?$|\bfellow\s+$|\bour\s+(?:country|nation),?\s+$",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|I|my)\b")
OPENING = 400
"""Characters of a text in which it says who issued it."""


def author_of(reading: Reading, quotations: Sequence[Span]) -> tuple[Reached, ...]:
    """The party that issued the text, where its source, its title or its opening says so, or where it
    speaks of a state as "we"; XXX where nothing tells, () for a text that never says "we".

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The UK and our partners condemn this. We call on Iran to stop."
    >>> [(r.party.actor, r.path) for r in author_of(prepare(text, date(2022, 2, 24)), ())]
    [('GBR', 'who issued the text: "UK" and "our"')]
    """
    quoted = Stretches.of(quotations)
    ours = [m.start() for m in _WE.finditer(reading.text) if not quoted.hold(m.start())]
    if not ours:
        return ()
    told = _labelled(reading.source)  # who published it is given, not guessed
    if told is not None:
        return (Reached(told, f'who issued the text: "{reading.source}"', False),)
    for mention in reading.mentions:
        start, end = mention.span.start, mention.span.end
        if mention.party.actor in ("MULTI", "XXX"):
            continue
        if start < OPENING and _ISSUED.search(reading.text, max(0, start - 80), start):
            return (_issued(mention, f'"{mention.span.quote}" in the opening'),)
        if _WITH_OURS.search(reading.text[end : end + 40]) or _OURS_BEFORE.search(
            reading.text[max(0, start - 40) : start]
        ):
            return (_issued(mention, f'"{mention.span.quote}" and "our"'),)
    found = _labelled(reading.title)
    if found is not None:
        return (Reached(found, f'who issued the text: "{reading.title}"', False),)
    return _in_its_own_voice(reading, ours, quoted) or (
        Reached(Party("XXX"), "who issued the text, unnamed", False),
    )


def _in_its_own_voice(
    reading: Reading, ours: Sequence[int], quoted: Stretches
) -> tuple[Reached, ...]:
    """The one state whose positions a text in the first person states in the present, outside any
    quotation: "Chile reaffirms its commitment ... We urge"."""
    found: dict[str, Mention] = {}
    for sentence in reading.prose():
        tokens = reading.sentence_tokens(sentence)
        root = next((t for t in tokens if t.head == t.index), None)
        with_ours = bisect_left(ours, sentence.start) < bisect_left(ours, sentence.end)
        if root is None or not _states_a_position(root, tokens, with_ours):
            continue
        subject = next((t for t in tokens if t.head == root.index and t.dep == "nsubj"), None)
        if subject is None or quoted.hold(subject.start):
            continue
        for mention in reading.mentions_in(sentence.start, sentence.end):
            if mention.kind == "state" and mention.span.start <= subject.start < mention.span.end:
                found[mention.party.actor] = mention
    if len(found) != 1:
        return ()
    mention = next(iter(found.values()))
    return (_issued(mention, f'"{mention.span.quote}", whose positions it states as "we"'),)


def _states_a_position(root: Token, tokens: Sequence[Token], with_ours: bool) -> bool:
    """A verb in the present by which a state states its position: "reaffirms", "remains committed",
    "stands with our allies"."""
    will = any(t.head == root.index and t.lemma == "will" for t in tokens)
    finite = root.form in ("VBZ", "VBP") or will
    if root.lemma in words_of("own_voice") or (with_ours and root.lemma in words_of("with_ours")):
        return finite
    beside = {
        t.lemma for t in tokens if t.head == root.index and t.dep in ("acomp", "xcomp", "oprd")
    }
    return (
        finite and root.lemma in ("be", "remain", "stand") and bool(beside & words_of("own_stance"))
    )


def _issued(mention: Mention, how: str) -> Reached:
    party = mention.party
    return Reached(
        Party(party.actor, party.sector, organisation=party.organisation),
        f"who issued the text: {how}",
        False,
    )


_ORGAN = re.compile(
    r"\b(?:ministry|department|government|embassy|office|president|prime minister|foreign|defen[cs]e"
    r"|white house|kremlin|nato|mission|security council|african union|european (?:union|commission|council))\b",
    re.IGNORECASE,
)


_WHOSE = ("state", "demonym", "capital", "body", "organisation")


def _labelled(label: str) -> Party | None:
    """The state whose organ a source or a title names; a newspaper is none."""
    from standoff.read.gazetteer import world

    if not label or not _ORGAN.search(label):
        return None
    for hit in world().find(label):
        for entry in hit.entries:
            whose = entry.kind in _WHOSE or " of " in label[hit.start : hit.end]
            if whose and entry.actor not in ("", "MULTI", "XXX"):
                return Party(entry.actor, entry.sector or "GOV", organisation=entry.organisation)
    return None
