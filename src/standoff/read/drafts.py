"""Clauses in the making: whose subject a verb takes up, continues or still awaits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.read.reading import ClauseKind, Token, VerbGroup
from standoff.read.subjects import SAYING, antecedent, opens_noun, subject_of


@dataclass(slots=True)
class Draft:
    """A clause whose end is not known yet; token indices are those of the whole text."""

    first: int
    kind: ClauseKind
    marker: str
    verb: VerbGroup
    subject: tuple[int, int] | None
    parent: int | None
    antecedent: tuple[int, int] | None = None


def before_speech(
    tokens: Sequence[Token], base: int, group: VerbGroup, drafts: list[Draft]
) -> tuple[int, int] | None:
    """ "Germany, he said, had agreed": the noun phrase before the inserted words of who says so."""
    said = drafts[-1]
    if (
        said.verb.lemma not in SAYING
        or said.subject is None
        or tokens[group.first - 1 - base].text != ","
    ):
        return None
    comma = said.subject[0] - 1
    if comma <= base or tokens[comma - base].text != "," or said.verb.last != group.first - 1:
        return None
    begin = drafts[-2].verb.last if len(drafts) > 1 else base
    noun = subject_of(tokens, base, begin, comma)
    return noun if noun is not None and opens_noun(tokens, base, noun) else None


def governor(drafts: list[Draft]) -> int:
    """The draft that a complement hangs on: the last one, or the verb of saying before it."""
    last = len(drafts) - 1
    if drafts[last].verb.lemma in SAYING or drafts[last].kind not in ("participial", "relative"):
        return last
    for place in range(last - 1, -1, -1):
        if drafts[place].verb.lemma in SAYING:
            return place
    return last


def awaiting(
    tokens: Sequence[Token], base: int, drafts: list[Draft], group: VerbGroup,
    own: tuple[int, int] | None,
) -> tuple[int, int] | None:  # fmt: skip
    """The noun phrase that still awaits its verb after the clauses inserted behind it.

    "Britain, which sent a frigate to the Gulf, urged": Britain. "Guards wielding knives boarded a
    boat": guards. None where the verb has a subject of its own ("After visiting Tokyo, Suga said").
    """
    first = len(drafts)
    while first and drafts[first - 1].kind in ("relative", "participial", "infinitive"):
        first -= 1
    if first == len(drafts):
        return None
    opening = drafts[first]
    above = drafts[first - 1] if first else None
    joined = None
    if above is not None:
        joined = next(
            (
                t.index
                for t in reversed(tokens[above.verb.last - base : opening.first - base])
                if t.tag == "CONJ" and tokens[t.index - 1 - base].text == ","
            ),
            None,
        )
    if above is not None and joined is None and above.verb.lemma not in SAYING:
        return None
    last = drafts[-1]
    if last.verb.lemma in SAYING and last.kind == "relative" and own is not None:
        return None  # "a report which said Japan attacked": a clause of its own
    begin = above.verb.last if above is not None else base
    if joined is not None:
        begin = joined
    while begin < opening.first and tokens[begin - base].tag in ("SUB", "PUNCT", "CONJ"):
        begin += 1
    noun = subject_of(tokens, base, begin, opening.first)
    if noun is None or not opens_noun(tokens, base, noun):
        return None
    gap = tokens[drafts[-1].verb.last - base : group.first - base]
    commas = [place for place, token in enumerate(gap) if token.text == ","]
    while gap and gap[-1].tag in ("ADV", "NEG"):
        gap = gap[:-1]
    if gap and gap[-1].text == ",":
        return noun
    if not commas:
        if opening.kind == "infinitive" and above is not None:
            return None
        return noun if not (gap and gap[-1].text[0] in '"”') else None
    rest = gap[commas[-1] + 1 :]
    if rest and rest[0].tag in ("PREP", "ADV"):
        return noun if len(commas) > 1 else None
    return None


def goes_on(
    tokens: Sequence[Token], base: int, drafts: list[Draft], group: VerbGroup, left: int
) -> tuple[int, int] | None:
    """The subject of "China launches drills, calls them punishment": that of the main clause."""
    last = drafts[-1]
    if last.verb.lemma in SAYING or last.kind not in ("main", "complement") or not last.verb.finite:
        return None
    if sum(t.text == "," for t in tokens[left - base : group.first - base]) != 1:
        return None
    return next((d.subject for d in reversed(drafts) if d.kind == "main"), None)


def inherit(
    tokens: Sequence[Token], base: int, group: VerbGroup, above: VerbGroup, marker: str
) -> VerbGroup:
    """ "would establish a base and send ships": the second verb keeps the modal of the first."""
    bare = group.first == group.head and tokens[group.head - base].form == "base"
    if not bare or not above.modality:
        return group
    negated = group.negated or (above.negated and marker in ("or", "nor"))
    return replace(group, modality=above.modality, negated=negated)


def lists_objects(
    tokens: Sequence[Token], base: int, place: int, group: VerbGroup, drafts: list[Draft]
) -> bool:
    """True for "guards wielding knives and axes boarded": the list hangs on the participle."""
    if any(d.kind not in ("participial", "relative") for d in drafts):
        return False
    between = tokens[place + 1 - base : group.first - base]
    before = tokens[place - 1 - base] if place > base else None
    return (
        0 < len(between) <= 3
        and all(t.tag in ("NOUN", "ADJ") for t in between)
        and before is not None
        and before.tag == "NOUN"
    )


def last_finite(drafts: list[Draft]) -> Draft:
    """The last draft with a finite verb, else the last."""
    return next((d for d in reversed(drafts) if d.verb.finite), drafts[-1])


def joined_subject(drafts: list[Draft]) -> tuple[int, int] | None:
    """The subject of the clause that "and" continues: the last finite one that is no relative."""
    for draft in reversed(drafts):
        if draft.verb.finite and draft.kind in ("main", "complement") and draft.subject:
            return draft.subject
    return drafts[-1].subject


def resumed(
    tokens: Sequence[Token], base: int, group: VerbGroup, drafts: list[Draft]
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


def named_before(
    tokens: Sequence[Token], base: int, first: int, left: int
) -> tuple[int, int] | None:
    """The noun phrase before the comma before a participle: "Iran, angered by the strike, ..."."""
    if first - 2 < left or first - 2 < base or tokens[first - 1 - base].text != ",":
        return None
    if tokens[first - 2 - base].tag not in ("NOUN", "PROPN", "PRON"):
        return None
    found = antecedent(tokens, base, first)
    return found if found is not None and found[0] >= left else None
