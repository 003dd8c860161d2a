"""Clauses: each verb group with the words that belong to it, its subject, and what it hangs on.

Split at finite verb groups, subordinators, relatives, participles and quotations. The subject is
looked for to the left of the verb up to the last boundary; a clause without one takes that of the
clause it is joined to. One pass over the sentence; no parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.read.reading import Clause, ClauseKind, Token, VerbGroup

SAYING = frozenset(
    "say tell add state declare announce claim argue note reply respond stress insist report warn "
    "believe think know suggest reiterate reaffirm confirm deny allege admit acknowledge explain "
    "conclude write comment remark maintain emphasize emphasise underline assert contend observe "
    "hope fear expect mean show indicate signal assess estimate swear vow pledge promise agree "
    "decide resolve hold caution predict reveal disclose imply repeat affirm assure inform feel "
    "recall concede hint remind understand ensure demand propose recommend rule hear learn find "
    "tweet post quote lament complain vent see lead".split()
)
CONDITIONS = frozenset("if unless provided lest once".split())
_HARD = frozenset(";:()[]—–")
_QUOTES = frozenset('"“”‘«»')
_NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "POSS", "PRON", "OTHER", "ADV", "NEG"))


@dataclass(slots=True)
class _Draft:
    first: int
    kind: ClauseKind
    marker: str
    verb: VerbGroup
    subject: tuple[int, int] | None
    parent: int | None


def find_clauses(
    tokens: Sequence[Token], groups: Sequence[VerbGroup], number: int, start_index: int
) -> list[Clause]:
    """The clauses of one sentence. `number` is the sentence, `start_index` the first free index.

    >>> from standoff.read.text import split_text
    >>> from standoff.read.tags import tag_sentence
    >>> from standoff.read.verbs import find_verb_groups
    >>> text = "China fired missiles and Japan, which protested, urged it to stop."
    >>> raw = split_text(text)
    >>> tokens = tag_sentence(raw.tokens, raw.sentences[0], 0)
    >>> for c in find_clauses(tokens, find_verb_groups(tokens), 0, 0):
    ...     s = c.subject and text[tokens[c.subject[0]].start:tokens[c.subject[1] - 1].end]
    ...     print(c.kind, c.verb.lemma, "|", s)
    main fire | China
    relative protest | Japan
    main urge | Japan
    infinitive stop | it
    """
    if not tokens:
        return []
    base = tokens[0].index
    drafts: list[_Draft] = []
    for order, group in enumerate(groups):
        left = groups[order - 1].last if order else base
        if group.finite:
            draft = _finite(tokens, base, group, left, drafts)
        else:
            draft = _nonfinite(tokens, base, group, left, drafts)
        drafts.append(draft)
    end = base + len(tokens)
    clauses: list[Clause] = []
    for order, draft in enumerate(drafts):
        last = drafts[order + 1].first if order + 1 < len(drafts) else end
        if order == 0 and draft.kind in ("main", "infinitive", "participial"):
            draft.first = base
        clauses.append(
            Clause(
                index=start_index + order,
                sentence=number,
                first=draft.first,
                last=max(last, draft.verb.last),
                kind=draft.kind,
                marker=draft.marker,
                verb=draft.verb,
                subject=draft.subject,
                parent=None if draft.parent is None else start_index + draft.parent,
            )
        )
    return clauses


def _finite(
    tokens: Sequence[Token], base: int, group: VerbGroup, left: int, drafts: list[_Draft]
) -> _Draft:
    """A finite clause: walk left from the verb to the word that opens it."""
    start, marker = left, ""
    previous = drafts[-1] if drafts else None
    takes_clause = previous is not None and previous.verb.lemma in SAYING
    place = group.first - 1
    while place >= left:
        token = tokens[place - base]
        if token.tag in ("SUB", "WH") and not _is_phrase(tokens, place - base, group, base):
            start, marker = place, token.lower
            break
        if token.tag == "PUNCT" and (token.text[0] in _HARD or token.text[0] in _QUOTES):
            start = place + 1
            break
        if (
            token.tag == "CONJ"
            and previous is not None
            and _joins(tokens, base, place, group, left, takes_clause)
        ):
            start, marker = place, token.lower
            break
        place -= 1
    body = start + 1 if marker else start
    subject = _subject(tokens, base, body, group.first)
    if not marker and start == left and previous is not None:
        if subject is not None and subject[0] > start:
            start = subject[0]  # what stands before the comma belongs to the clause before
        elif previous.kind in ("relative", "participial") and tokens[start - base].tag in (
            "PREP", "ADV", "PUNCT",
        ):  # fmt: skip
            subject = previous.subject
            start = group.first
    kind: ClauseKind = "main"
    parent: int | None = None
    if marker in CONDITIONS:
        kind = "condition"
    elif marker in ("who", "which", "whose", "whom", "where") or (
        marker == "that" and subject is None
    ):
        kind = "relative"
        subject = subject or _antecedent(tokens, base, start)
    elif marker in ("that", "whether", "what", "how", "why"):
        kind = "complement"
    elif marker in ("and", "or", "but", "yet", "nor", "&"):
        if subject is None and previous is not None:
            subject = _joined_subject(drafts)
            kind = "complement" if _last_finite(drafts).kind == "complement" else "main"
    elif marker:
        kind = "adverbial"
    elif (
        previous is not None
        and subject is not None
        and takes_clause
        and _touches(tokens, base, previous.verb.last, start, body)
    ):
        kind = "complement"
    if previous is not None and kind != "main":
        parent = len(drafts) - 1
    if subject is None and previous is not None and not marker:
        subject = _resumed(tokens, base, group, drafts)
    if subject is None:
        subject = _inverted(tokens, base, group)
    return _Draft(start, kind, marker, group, subject, parent)


def _is_phrase(tokens: Sequence[Token], place: int, group: VerbGroup, base: int) -> bool:
    """True for "after talks, Japan said": a subordinator that opens a phrase, not a clause."""
    token = tokens[place]
    if token.lower in ("after", "before", "since", "until", "till", "as", "so", "when", "while"):
        between = tokens[place + 1 : group.first - base]
        for step, word in enumerate(between):
            if word.tag == "PUNCT" and word.text == "," and 0 < step < len(between) - 1:
                return True
        return False
    return token.lower in ("once",) and place == 0


def _joins(
    tokens: Sequence[Token], base: int, place: int, group: VerbGroup, left: int, takes_clause: bool
) -> bool:
    """True if the conjunction joins clauses, not nouns ("Japan and Australia said")."""
    between = tokens[place + 1 - base : group.first - base]
    if between and between[-1].text == "," and tokens[max(place - 1 - base, 0)].text != ",":
        return False
    if not any(t.tag in ("NOUN", "PROPN", "PRON", "NUM", "DET") for t in between):
        return True
    before = tokens[left - base : place - base]
    if takes_clause and not any(t.tag == "PUNCT" for t in before):
        return False
    return bool(before) or place == left


def _touches(tokens: Sequence[Token], base: int, end: int, start: int, body: int) -> bool:
    gap = tokens[end - base : start - base]
    return all(t.tag in ("PUNCT", "ADV", "PREP", "PROPN", "NUM") for t in gap) or start == end


def _subject(tokens: Sequence[Token], base: int, first: int, last: int) -> tuple[int, int] | None:
    """The subject's tokens between the opening of the clause and the verb, or None."""
    pieces: list[tuple[int, int]] = []
    start = first
    for place in range(first, last + 1):
        at_end = place == last
        if at_end or (tokens[place - base].tag == "PUNCT" and tokens[place - base].text[0] == ","):
            if place > start or at_end:
                pieces.append((start, place))
            start = place + 1
    if not pieces:
        return None
    tail = pieces[-1]
    if tail[0] >= tail[1]:
        # A comma right before the verb: an apposition; the subject is the first noun phrase.
        named = [p for p in pieces[:-1] if _opens_noun(tokens, base, p)]
        return (named[0][0], pieces[-2][1]) if named else None
    begin = tail[0]
    if tokens[begin - base].tag == "CONJ":
        for piece in reversed(pieces[:-1]):
            if not _opens_noun(tokens, base, piece) or piece[1] - piece[0] > 6:
                break
            begin = piece[0]
    nominal = any(
        tokens[p - base].tag in ("NOUN", "PROPN", "PRON", "NUM", "DET", "OTHER")
        for p in range(begin, tail[1])
    )
    if not nominal:
        named = [p for p in pieces[:-1] if _opens_noun(tokens, base, p)]
        return named[-1] if named else None
    return (begin, tail[1])


def _opens_noun(tokens: Sequence[Token], base: int, piece: tuple[int, int]) -> bool:
    if piece[0] >= piece[1]:
        return False
    token = tokens[piece[0] - base]
    return token.tag in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")


def _antecedent(tokens: Sequence[Token], base: int, start: int) -> tuple[int, int] | None:
    """The noun phrase right before a relative word; a comma or preposition may stand between."""
    end = start
    while end > base and tokens[end - 1 - base].tag in ("PUNCT", "PREP"):
        end -= 1
    first = end
    while first > base and (
        tokens[first - 1 - base].tag in _NOMINAL
        or (tokens[first - 1 - base].lower in ("of", "for") and first - 1 > base)
    ):
        first -= 1
    return (first, end) if first < end else None


def _last_finite(drafts: list[_Draft]) -> _Draft:
    return next((d for d in reversed(drafts) if d.verb.finite), drafts[-1])


def _joined_subject(drafts: list[_Draft]) -> tuple[int, int] | None:
    """The subject of the clause that "and" continues: the last finite one that is no relative."""
    for draft in reversed(drafts):
        if draft.verb.finite and draft.kind in ("main", "complement") and draft.subject:
            return draft.subject
    return drafts[-1].subject


def _resumed(
    tokens: Sequence[Token], base: int, group: VerbGroup, drafts: list[_Draft]
) -> tuple[int, int] | None:
    """The subject of a main verb after an inserted clause: "Japan, which protested, urged"."""
    place = group.first - 1
    while place > base and tokens[place - base].tag == "ADV":
        place -= 1
    if tokens[place - base].text not in (",", ")", "—", "–", "-", '"', "”"):
        return None
    for draft in reversed(drafts):
        if draft.kind in ("relative", "participial") and draft.subject:
            return draft.subject
        if draft.verb.finite and draft.kind == "main":
            break
    return drafts[0].subject


def _inverted(tokens: Sequence[Token], base: int, group: VerbGroup) -> tuple[int, int] | None:
    """The subject after a verb of saying: '"...", said the minister.'"""
    if group.lemma not in SAYING:
        return None
    place = group.last - base
    end = place
    while end < len(tokens) and (tokens[end].tag in _NOMINAL or tokens[end].lower in ("of", "for")):
        end += 1
    return (group.last, base + end) if end > place and tokens[place].tag != "SUB" else None


def _nonfinite(
    tokens: Sequence[Token], base: int, group: VerbGroup, left: int, drafts: list[_Draft]
) -> _Draft:
    """An infinitive or a participle; its subject is its head noun or that of what it hangs on."""
    parent = len(drafts) - 1 if drafts else None
    above = drafts[-1] if drafts else None
    first = group.first
    if tokens[first - base].tag == "TO" or tokens[group.head - base].form == "base":
        subject = _object_control(tokens, base, above, first) if above else None
        return _Draft(
            first, "infinitive", "to", group, subject or (above.subject if above else None), parent
        )
    before = tokens[first - 1 - base] if first > base else None
    marker = ""
    start = first
    if before is not None and before.tag in ("PREP", "SUB") and first - 1 >= left:
        marker, start = before.lower, first - 1
    elif before is not None and before.tag in ("NOUN", "PROPN", "PRON") and first - 1 >= left:
        subject = _antecedent(tokens, base, first)
        return _Draft(first, "participial", "", group, subject, parent)
    subject = _last_finite(drafts).subject if drafts else None
    if subject is None and not drafts:
        subject = _following_subject(tokens, base, group)
    return _Draft(start, "participial", marker, group, subject, parent)


def _object_control(
    tokens: Sequence[Token], base: int, above: _Draft, first: int
) -> tuple[int, int] | None:
    """ "urged China to stop": the object of the verb above is the subject of the infinitive."""
    start, end = above.verb.last, first
    while start < end and tokens[start - base].tag == "PREP":
        start += 1
    if start < end and all(
        tokens[p - base].tag in _NOMINAL or tokens[p - base].lower in ("of", "and", "for", "on")
        for p in range(start, end)
    ):
        return (start, end)
    return None


def _following_subject(
    tokens: Sequence[Token], base: int, group: VerbGroup
) -> tuple[int, int] | None:
    """ "Pressed by a lawmaker, she said": the subject after the comma."""
    for place in range(group.last - base, len(tokens)):
        if tokens[place].text == ",":
            end = place + 1
            while end < len(tokens) and tokens[end].tag in _NOMINAL:
                end += 1
            return (base + place + 1, base + end) if end > place + 1 else None
    return None
