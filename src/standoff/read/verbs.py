"""Verb groups: auxiliary chains with tense, aspect, voice, modality and negation.

A group is the auxiliaries and the main verb; adverbs and `not` may stand between. `to` opens an
infinitive. Negation is that of the group; the scope ends with its clause. Verbs that deny their
infinitive (`refuse to`, `fail to`) are kept in `REFUSALS` and used where clauses are linked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from standoff.read.reading import Token, VerbGroup
from standoff.read.words import look_up

REFUSALS = frozenset(
    "refuse decline fail avoid refrain neglect forgo forbear omit desist abstain hesitate "
    "cease stop".split()
)
"""Their infinitive or gerund did not happen: refused to sign, stopped short of naming."""

INTENTIONS = {
    "plan": "plan", "intend": "plan", "prepare": "plan", "decide": "plan", "resolve": "plan",
    "agree": "plan", "promise": "plan", "pledge": "plan", "vow": "plan", "order": "plan",
    "instruct": "plan", "approve": "plan", "schedule": "plan", "set": "plan", "expect": "expect",
    "commit": "plan", "opt": "plan", "choose": "plan", "move": "plan", "announce": "plan",
    "consider": "consider", "propose": "consider", "weigh": "consider", "mull": "consider",
    "contemplate": "consider", "suggest": "consider", "study": "consider", "discuss": "consider",
    "explore": "consider", "debate": "consider", "recommend": "consider", "offer": "consider",
    "seek": "seek", "aim": "seek", "want": "seek", "hope": "seek", "try": "seek",
    "attempt": "seek", "wish": "seek", "strive": "seek", "like": "seek", "need": "seek",
    "urge": "urge", "ask": "urge", "call": "urge", "tell": "urge", "request": "urge",
    "demand": "urge", "invite": "urge", "encourage": "urge", "press": "urge", "push": "urge",
    "warn": "urge", "appeal": "urge", "beg": "urge", "require": "urge", "advise": "urge",
    "threaten": "threaten", "allow": "allow", "permit": "allow", "enable": "allow",
    "help": "", "continue": "", "begin": "", "start": "", "resume": "", "manage": "",
    "appear": "allege", "seem": "allege", "claim": "allege", "allege": "allege",
    "report": "allege", "believe": "allege", "think": "allege", "say": "allege",
    "rumor": "allege", "suspect": "allege", "understand": "allege", "accuse": "allege",
    "reportedly": "allege", "likely": "expect", "ready": "seek", "able": "may",
    "about": "will", "due": "plan", "willing": "seek", "bound": "will", "going": "will",
}  # fmt: skip
"""What a governing verb or adjective says of its infinitive."""

_MODALS = {
    "will": "will", "shall": "will", "would": "would", "could": "could", "can": "may",
    "may": "may", "might": "may", "must": "must", "should": "should", "ought": "should",
}  # fmt: skip
_CHAIN_TO = frozenset("have ought going used be".split())
_NEVER = frozenset("never hardly scarcely barely".split())
_GAP = frozenset(("ADV", "NEG"))


def find_verb_groups(tokens: Sequence[Token]) -> list[VerbGroup]:
    """The verb groups of one sentence, in order; indices are those of the whole text.

    >>> from standoff.read.text import split_text
    >>> from standoff.read.tags import tag_sentence
    >>> raw = split_text("Japan would not have been asked to send ships.")
    >>> groups = find_verb_groups(tag_sentence(raw.tokens, raw.sentences[0], 0))
    >>> [(g.lemma, g.modality, g.negated, g.passive, g.perfect, g.finite) for g in groups]
    [('ask', 'would', True, True, True, True), ('send', '', False, False, False, False)]
    """
    groups: list[VerbGroup] = []
    base = tokens[0].index if tokens else 0
    total = len(tokens)
    place = 0
    while place < total:
        token = tokens[place]
        opens_infinitive = token.tag == "TO" and _infinitive_at(tokens, place) is not None
        if token.tag not in ("VERB", "AUX", "MODAL") and not opens_infinitive:
            place += 1
            continue
        chain, end = _chain(tokens, place)
        groups.append(_group(tokens, chain, place, end, base))
        place = end
    return _settle(tokens, groups, base)


def _infinitive_at(tokens: Sequence[Token], place: int) -> int | None:
    """The place of the verb after `to`, allowing two adverbs, or None."""
    for step in range(1, 4):
        if place + step >= len(tokens):
            return None
        token = tokens[place + step]
        if token.tag in ("VERB", "AUX") and token.form == "base":
            return place + step
        if token.tag not in _GAP:
            return None
    return None


def _chain(tokens: Sequence[Token], start: int) -> tuple[list[int], int]:
    """Places of the words of the group that begins at `start`, and the place after it."""
    chain: list[int] = []
    place = start
    total = len(tokens)
    while place < total:
        token = tokens[place]
        if token.tag == "VERB":
            chain.append(place)
            place += 1
            if token.lower in ("going", "used", "set") and chain[:-1] and _to_next(tokens, place):
                chain.append(place)
                place += 1
                continue
            break
        if token.tag in ("AUX", "MODAL"):
            chain.append(place)
            place += 1
            if token.lemma in _CHAIN_TO and _to_next(tokens, place):
                chain.append(place)
                place += 1
            continue
        if token.tag == "TO" and not chain:
            chain.append(place)
            place += 1
            continue
        step = _gap(tokens, place) if chain else 0
        if not step:
            break
        chain.extend(range(place, place + step))
        place += step
    while chain and tokens[chain[-1]].tag in ("ADV", "OTHER", "PREP", "PROPN", "PUNCT"):
        chain.pop()
    return chain, (chain[-1] + 1 if chain else start + 1)


def _to_next(tokens: Sequence[Token], place: int) -> bool:
    return (
        place < len(tokens)
        and tokens[place].tag == "TO"
        and _infinitive_at(tokens, place) is not None
    )


_OPENING = frozenset('"“‘')


def _gap(tokens: Sequence[Token], place: int) -> int:
    """How many words may be stepped over inside a group: adverbs, not, "no longer", "on Friday"."""
    step = 0
    total = len(tokens)
    while place + step < total and step < 5:
        token = tokens[place + step]
        aside = [t.tag for t in tokens[place + step : place + step + 3]]
        if token.text == "," and aside == ["PUNCT", "ADV", "PUNCT"]:
            step += 3  # "will not, however, accept"
        elif (
            token.tag in _GAP
            or token.lower in ("no", "longer", "likely")
            or token.text[0] in _OPENING
        ):
            step += 1
        elif (
            token.lower in ("on", "last", "this", "earlier")
            and place + step + 1 < total
            and (
                tokens[place + step + 1].lower.endswith("day")
                or tokens[place + step + 1].lower in ("week", "month", "year")
            )
        ):
            step += 2
        else:
            break
    following = place + step
    if step and following < total and tokens[following].tag in ("VERB", "AUX"):
        return step
    negation = tokens[place].tag == "NEG" or (
        tokens[place].lower == "no" and place + 1 < total and tokens[place + 1].lower == "longer"
    )
    return step if negation else 0


def _group(tokens: Sequence[Token], chain: list[int], start: int, end: int, base: int) -> VerbGroup:
    words = [tokens[i] for i in chain]
    verbs = [w for w in words if w.tag in ("VERB", "AUX", "MODAL")]
    head = verbs[-1] if verbs else words[-1]
    auxiliaries = verbs[:-1]
    negated = any(
        w.tag == "NEG" or w.lower in ("longer", "cannot", "hardly", "scarcely") for w in words
    )
    infinitive = words[0].tag == "TO"
    ahead = start - 1
    while ahead >= 0 and tokens[ahead].tag == "ADV" and tokens[ahead].lower not in _NEVER:
        ahead -= 1
    longer = ahead > 0 and [t.lower for t in tokens[ahead - 1 : ahead + 1]] == ["no", "longer"]
    if longer or (ahead >= 0 and tokens[ahead].lower in _NEVER):
        negated = True
    if start and tokens[start - 1].tag == "NEG" and (infinitive or words[0].form == "ing"):
        negated = True  # "not to attack", "not saying that"
    modality = next((_MODALS[a.lemma] for a in auxiliaries if a.lemma in _MODALS), "")
    if head.tag == "MODAL":
        modality = _MODALS.get(head.lemma, "")
    for place, word in enumerate(words[1:], start=1):
        if word.tag == "TO" and not modality:
            before = words[place - 1].lemma
            modality = {"have": "must", "ought": "should", "be": "will", "go": "will"}.get(
                before, ""
            )
    passive = (
        bool(auxiliaries)
        and auxiliaries[-1].lemma in ("be", "get")
        and (head.form in ("past", "participle") and head.tag == "VERB")
    )
    progressive = bool(auxiliaries) and head.form == "ing" and auxiliaries[-1].lemma == "be"
    perfect = any(
        a.lemma == "have" and i + 1 < len(verbs) and verbs[i + 1].form in ("participle", "past")
        for i, a in enumerate(verbs)
    )
    first = verbs[0] if verbs else head
    finite = not infinitive and (
        first.tag == "MODAL"
        or (first.form in ("past", "s", "base") and first.tag in ("AUX", "VERB"))
    )
    bare = not auxiliaries and head.form == "participle"
    tense: Literal["past", "present", "none"] = "none"
    if finite:
        tense = "past" if first.form == "past" or first.lemma in ("would", "could") else "present"
    return VerbGroup(
        first=base + chain[0],
        last=base + end,
        head=head.index,
        lemma=head.lemma,
        tense=tense,
        perfect=perfect,
        progressive=progressive,
        passive=passive or bare,
        finite=finite,
        modality=modality,
        negated=negated,
    )


def _object_between(between: Sequence[Token]) -> bool:
    """True if nothing but one noun phrase stands there: the object of the verb before."""
    opens = bool(between) and between[0].tag in ("PREP", "TO") and between[0].lower != "by"
    inner = between[1:] if opens else between
    return 0 < len(inner) <= 5 and all(
        t.tag in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "POSS") for t in inner
    )


def _settle(tokens: Sequence[Token], groups: list[VerbGroup], base: int) -> list[VerbGroup]:
    """Tell participles from the past tense: "missiles launched by China landed"."""
    settled: list[VerbGroup] = []
    for number, group in enumerate(groups):
        head = tokens[group.head - base]
        simple = group.first == group.head and head.form == "past"
        if simple and _is_participle(tokens, groups, number, base, any(g.finite for g in settled)):
            group = VerbGroup(
                group.first, group.last, group.head, group.lemma, "none", False, False, True,
                False, "", False,
            )  # fmt: skip
        settled.append(group)
    return settled


def _is_participle(
    tokens: Sequence[Token], groups: list[VerbGroup], number: int, base: int, had_finite: bool
) -> bool:
    group = groups[number]
    place = group.head - base
    if "participle" not in look_up(tokens[place].lower).forms:
        return False
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    by_agent = after is not None and after.lower == "by"
    if before is None or (before.tag == "PUNCT" and before.text[0] in ",—–-("):
        # "Pressed by a lawmaker, she ..."; ", angered by the visit, ..."
        if by_agent or (after is not None and after.tag == "PREP" and before is None):
            return True
        return _inserted(tokens, groups, number, base)
    if before.tag not in ("NOUN", "PROPN", "PRON"):
        return False
    if by_agent and group.lemma not in ("stand", "abide", "pass", "go", "come", "live", "drop"):
        return True
    if not by_agent and _after_relative(tokens, place):
        return False  # "the drills that China announced would end"
    object_follows = after is not None and after.tag in (
        "DET", "PROPN", "PRON", "NUM", "NOUN", "ADJ", "TO", "SUB", "WH", "VERB", "POSS",
    )  # fmt: skip
    earlier = groups[number - 1] if number else None
    if earlier is not None and earlier.finite and after is not None and after.tag == "PREP" and (
        _object_between(tokens[earlier.last - base : place])
    ):  # fmt: skip
        return True  # "arrested four Serbs suspected of spying"
    if object_follows or number + 1 >= len(groups):
        return False
    follower = groups[number + 1]
    behind = follower.last - base
    if behind < len(tokens) and tokens[behind].lower == "by" and number + 2 < len(groups):
        follower = groups[number + 2]  # "surfaced in a video posted by a channel, and can be"
    if not follower.finite:
        return False
    between = tokens[place + 1 : follower.first - base]
    return not any(
        t.tag in ("SUB", "WH", "CONJ", "PRON") or (t.tag == "PUNCT" and t.text[0] in ',;:"“—–')
        for t in between
    )


def _inserted(tokens: Sequence[Token], groups: list[VerbGroup], number: int, base: int) -> bool:
    """True for ", fired from the coast, flew": a participle between commas after its noun."""
    place = groups[number].head - base
    if place < 2 or tokens[place - 1].text != "," or tokens[place - 2].tag not in (
        "NOUN", "PROPN",
    ) or number + 1 >= len(groups):  # fmt: skip
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    follower = groups[number + 1]
    end = follower.first - base
    closed = end > 0 and tokens[end - 1].text == ","
    return bool(
        after is not None
        and after.tag in ("PREP", "ADV")
        and follower.finite
        and closed
        and not any(g.finite for g in groups[:number])
    )


def _after_relative(tokens: Sequence[Token], place: int) -> bool:
    """True if the noun phrase before `place` is the subject of an object relative."""
    at = place - 1
    while at >= 0 and tokens[at].tag in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "POSS", "NUM"):
        at -= 1
    if at < 1 or tokens[at].tag not in ("SUB", "WH"):
        return False
    if tokens[at].lower == "which":
        return True
    return tokens[at].lower == "that" and tokens[at - 1].tag == "NOUN"
