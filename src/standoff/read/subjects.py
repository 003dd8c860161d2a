"""Subjects of verbs: noun phrases left of the verb, antecedents, inverted and controlled ones.

All places are token indices of the whole text; `base` is the index of the sentence's first token,
`tokens` are those of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.reading import Token, VerbGroup

SAYING = frozenset(
    "say tell add state declare announce claim argue note reply respond stress insist report warn "
    "believe think know suggest reiterate reaffirm confirm deny allege admit acknowledge explain "
    "conclude write comment remark maintain emphasize emphasise underline assert contend observe "
    "hope fear doubt imagine suppose expect mean show indicate signal assess estimate swear vow pledge "
    "promise agree decide resolve hold caution predict reveal disclose imply repeat affirm assure inform feel "
    "recall concede hint remind understand ensure demand propose recommend rule hear learn find "
    "tweet post quote lament complain vent see lead".split()
)
NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "POSS", "PRON", "OTHER", "ADV", "NEG"))


def subject_of(tokens: Sequence[Token], base: int, first: int, last: int) -> tuple[int, int] | None:
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
        named = [p for p in pieces[:-1] if opens_noun(tokens, base, p)]
        return (named[0][0], pieces[-2][1]) if named else None
    begin = tail[0]
    if tokens[begin - base].tag == "CONJ":
        for piece in reversed(pieces[:-1]):
            if not opens_noun(tokens, base, piece) or piece[1] - piece[0] > 6:
                break
            begin = piece[0]
    elif len(pieces) > 1 and any(
        tokens[p - base].tag == "CONJ" for p in range(begin, min(tail[1], begin + 5))
    ):
        for piece in reversed(pieces[:-1]):  # "Japan, Australia and Canada"
            if piece[1] - piece[0] > 5 or not _is_name(tokens[piece[0] - base : piece[1] - base]):
                break
            begin = piece[0]
    nominal = any(
        tokens[p - base].tag in ("NOUN", "PROPN", "PRON", "NUM", "DET", "OTHER")
        for p in range(begin, tail[1])
    ) and not (len(pieces) > 1 and _is_when(tokens[begin - base : tail[1] - base]))
    if not nominal:
        named = [p for p in pieces[:-1] if opens_noun(tokens, base, p)]
        return named[-1] if named else None
    begin += _opening_time(tokens[begin - base : tail[1] - base])
    return (begin, tail[1]) if begin < tail[1] else None


_WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december week month year morning evening afternoon night "
    "late early last this".split()
)


def _is_when(words: Sequence[Token]) -> bool:
    """True for "on Friday", "in late May": when, not who."""
    return (
        len(words) > 1
        and words[0].tag == "PREP"
        and all(w.lower in _WHEN or w.tag in ("NUM", "ADV") for w in words[1:])
    )


_UNITS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday day week weekend month year morning "
    "evening afternoon night spring summer autumn winter january february march april june july august "
    "september october november december".split()
)


def _opening_time(words: Sequence[Token]) -> int:
    """How many words tell when, before who: "last month the army", "on Thursday a pair of jets",
    and all of "last month" in "which last month broke off talks"."""
    place = 0
    while place < len(words) and words[place].tag == "ADV":
        place += 1
    if place < len(words) and words[place].lower in (
        "on",
        "in",
        "by",
        "at",
        "earlier",
        "late",
        "early",
    ):
        place += 1
    opened = place
    while place < len(words) and words[place].lower in (
        "last", "next", "this", "that", "late", "early", "the", "same", "earlier", "previous", "following",
    ):  # fmt: skip
        place += 1
    if place == len(words) or words[place].lower not in _UNITS:
        return 0
    if place == 0 and place + 1 < len(words):
        return 0  # "June elections", "Friday prayers"
    place += 1
    while place < len(words) and (
        words[place].lower in _UNITS or words[place].tag == "NUM" or words[place].lower in ("of",)
    ):
        place += 1
    follows = words[place] if place < len(words) else None
    if follows is not None and (
        follows.tag in ("NOUN", "POSS", "PREP", "ADJ") or (follows.tag == "PUNCT")
    ):
        bare = follows.tag == "NOUN" and follows.lemma != follows.lower and opened > 0
        return place if bare else 0  # "last week's talks", "last month of the year"
    return place


def _is_name(words: Sequence[Token]) -> bool:
    """True for a bare name, a piece of a list of names."""
    return bool(words) and words[-1].tag in ("PROPN", "NOUN") and all(
        w.tag in ("PROPN", "DET", "ADJ", "NOUN", "POSS") for w in words
    )  # fmt: skip


def opens_noun(tokens: Sequence[Token], base: int, piece: tuple[int, int]) -> bool:
    if piece[0] >= piece[1]:
        return False
    token = tokens[piece[0] - base]
    return token.tag in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")


def antecedent(tokens: Sequence[Token], base: int, start: int) -> tuple[int, int] | None:
    """The noun phrase right before a relative word; a comma or preposition may stand between."""
    end = start
    while end > base and tokens[end - 1 - base].tag in ("PUNCT", "PREP"):
        end -= 1
    first = end
    while first > base and (
        tokens[first - 1 - base].tag in NOMINAL
        or (tokens[first - 1 - base].lower in ("of", "for") and first - 1 > base)
    ):
        first -= 1
    return (first, end) if first < end else None


def inverted(tokens: Sequence[Token], base: int, group: VerbGroup) -> tuple[int, int] | None:
    """The subject after a verb of saying: '"...", said the minister.'"""
    if group.lemma not in SAYING:
        return None
    place = group.last - base
    end = place
    while end < len(tokens) and (tokens[end].tag in NOMINAL or tokens[end].lower in ("of", "for")):
        end += 1
    if end < len(tokens) and tokens[end].tag in ("VERB", "AUX", "MODAL", "SUB"):
        return None  # "said the minister would go": what is said, not who says it
    return (group.last, base + end) if end > place and tokens[place].tag != "SUB" else None


def object_control(
    tokens: Sequence[Token], base: int, above: VerbGroup, first: int
) -> tuple[int, int] | None:
    """ "urged China to stop": the object of the verb above is the subject of the infinitive."""
    start, end = above.last, first
    while start < end and tokens[start - base].tag == "PREP":
        start += 1
    if start < end and all(
        tokens[p - base].tag in NOMINAL or tokens[p - base].lower in ("of", "and", "for", "on")
        for p in range(start, end)
    ):
        return (start, end)
    return None


def following_subject(
    tokens: Sequence[Token], base: int, group: VerbGroup
) -> tuple[int, int] | None:
    """ "Pressed by a lawmaker, she said": the subject after the comma."""
    for place in range(group.last - base, len(tokens)):
        if tokens[place].text == ",":
            end = place + 1
            while end < len(tokens) and tokens[end].tag in NOMINAL:
                end += 1
            return (base + place + 1, base + end) if end > place + 1 else None
    return None
