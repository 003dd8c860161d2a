"""Word classes in context: is "attacks" what was launched, or what somebody does?

A few dozen rules on the neighbours, read left to right, one pass. They need no parse and no
model; what they get wrong most is counted in `benchmarks/results/read.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from standoff.read.reading import Tag, Token
from standoff.read.text import RawSentence, RawToken
from standoff.read.words import (
    BE,
    CLOSED_LEMMAS,
    DO,
    HAVE,
    ING_NOUNS,
    NEWS_VERBS,
    NOUNS,
    PLURAL_NOUNS,
    WordClass,
    look_up,
)
from standoff.reference import state_names

# Heads that act: after them an invariant verb (cut, hit, put) is the past even before a bare noun.
_ACTING = frozenset(
    "ministry government president minister army military navy leader parliament court premier king "
    "regime administration company police group rebels militants troops forces cabinet commission "
    "council congress senate bloc alliance party authorities officials lawmakers chancellor".split()
)
_OPINION = frozenset("doubt fear hope claim demand want blame back support say urge warn".split())
_CALLING = frozenset(
    (after, verb) for after in ("for", "on", "upon") for verb in ("calls", "appeals", "presses")
)
_SUBJECTS = frozenset("he she it they we i you who which that there".split())
_OPENS_OBJECT: frozenset[Tag] = frozenset({"DET", "PRON", "TO", "PROPN", "NUM", "WH", "SUB"})


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    """Adjectives of states in one word: Chinese, Philippine."""
    return frozenset(n.name for n in state_names() if n.kind == "demonym" and " " not in n.name)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Names of states, peoples and capitals in one word, as written with a capital."""
    return frozenset(n.name for n in state_names() if " " not in n.name and n.name[:1].isupper())


def tag_sentence(tokens: Sequence[RawToken], sentence: RawSentence, number: int) -> list[Token]:
    """The tokens of one sentence with class, lemma and verb form.

    >>> from standoff.read.text import split_text
    >>> raw = split_text("Chinese attacks worried Japan, which plans to deploy missiles.")
    >>> [(t.text, t.tag) for t in tag_sentence(raw.tokens, raw.sentences[0], 0)][1:7]
    [('attacks', 'NOUN'), ('worried', 'VERB'), ('Japan', 'PROPN'), (',', 'PUNCT'), \
('which', 'WH'), ('plans', 'VERB')]
    """
    words = tokens[sentence.first : sentence.last]
    lowers = [w.text.lower().replace("’", "'") for w in words]
    shouting = sum(w.text[0].isupper() for w in words) > 0.7 * len(words) and len(words) > 4
    out: list[Token] = []
    before: Tag = "PUNCT"
    for place, (word, lower) in enumerate(zip(words, lowers, strict=True)):
        after = lowers[place + 1] if place + 1 < len(lowers) else ""
        tag, lemma, form = _class(word, lower, place, out, before, after, words, shouting)
        out.append(
            Token(
                sentence.first + place, word.start, word.end, word.text, lower, lemma, tag, form,
                number,
            )
        )  # fmt: skip
        before = tag
    return out


def _class(
    word: RawToken,
    lower: str,
    place: int,
    out: list[Token],
    before: Tag,
    after: str,
    words: Sequence[RawToken],
    shouting: bool,
) -> tuple[Tag, str, str]:
    head = word.text[0]
    if head.isdigit():
        return "NUM", lower, ""
    if not head.isalpha() and head not in "'’":
        return ("OTHER" if head in "@#" else "PUNCT"), lower, ""
    if lower in ("'s", "’s"):
        return _apostrophe(place, out, after)
    known = look_up(lower)
    if lower == "provided" and not (before == "PUNCT" or after == "that"):
        return "VERB", "provide", "participle" if before == "AUX" else "past"
    if known.closed is not None:
        return _closed(known.closed, lower, place, out, before, after, words)
    if word.text in _countries() and not (word.text.isupper() and shouting):
        return "PROPN", lower, ""
    capital = head.isupper() and not shouting
    inside = place > 0 and not (before == "PUNCT" and out[-1].text in "\"“‘':([-–—•")
    if capital and inside:
        acronym = word.text.isupper() and len(word.text) > 1
        if acronym or not known.verb or not known.forms & {"past", "s"} or known.noun:
            return "PROPN", (known.noun or lower), ""
    if capital and not inside and not (known.verb or known.noun or known.adjective or known.adverb):
        return "PROPN", lower, ""
    unknown = not (known.verb or known.noun or known.adjective) and before in ("MODAL", "TO")
    if unknown and word.text.islower() and lower.endswith(("ize", "ise", "ify", "ate", "en")):
        return "VERB", lower, "base"
    if known.verb and known.forms:
        form = _verb_form(known, lower, place, out, before, after, words)
        if form:
            return "VERB", known.verb, form
    predicate = known.adjective and before == "AUX" and out[-1].lower in BE
    if (known.noun or lower in NOUNS) and not predicate:
        return "NOUN", known.noun or lower, ""
    if known.adverb and not known.adjective:
        return "ADV", lower, ""
    if known.adjective or known.forms:
        return "ADJ", (known.verb or lower), ""
    if known.adverb or lower.endswith("ly"):
        return "ADV", lower, ""
    return ("PROPN" if head.isupper() else "NOUN"), lower, ""


def _apostrophe(place: int, out: list[Token], after: str) -> tuple[Tag, str, str]:
    if place and out[-1].lower in ("it", "he", "she", "that", "there", "what", "who", "let"):
        return "AUX", "be", "s"
    return "POSS", "'s", ""


def _closed(
    tag: Tag,
    lower: str,
    place: int,
    out: list[Token],
    before: Tag,
    after: str,
    words: Sequence[RawToken],
) -> tuple[Tag, str, str]:
    word = words[place]
    lemma = CLOSED_LEMMAS.get(lower, lower)
    if tag == "AUX":
        form = (
            "ing" if lower.endswith("ing") else
            "participle" if lower == "been" else
            "base" if lower in ("be", "have", "do") else
            "past" if lower in ("was", "were", "had", "did") else "s"
        )  # fmt: skip
        return "AUX", lemma, form
    if (
        lower == "may"
        and word.text[0].isupper()
        and place
        and (after.isdigit() or before in ("PREP", "NUM") or _no_infinitive(after))
    ):
        return "PROPN", "may", ""
    if lower == "us" and word.text == "US":
        return "PROPN", "us", ""
    if lower == "that":
        # "said that", "the post that": a conjunction after a verb or noun, else a determiner.
        if before in ("VERB", "AUX", "NOUN", "PROPN", "PUNCT", "ADJ", "ADV", "PRON") and place:
            return "SUB", "that", ""
        named = place + 1 < len(words) and words[place + 1].text[:1].isupper()
        if before == "CONJ" and after and (look_up(after).closed in ("DET", "PRON") or named):
            return "SUB", "that", ""  # "said ... and that its ships had left"
        return "DET", "that", ""
    if lower == "her" and before == "VERB" and after in ("", ".", ",", "to", "on"):
        return "PRON", "her", ""
    if lower == "so" and after in ("far", "much", "long"):
        return "ADV", "so", ""
    if lower == "like":
        return "PREP", lemma, ""
    return tag, lemma, ""


def _verb_form(
    known: WordClass,
    lower: str,
    place: int,
    out: list[Token],
    before: Tag,
    after: str,
    words: Sequence[RawToken],
) -> str:
    """The form if the word is a verb here, "" if it is a noun or an adjective."""
    forms = known.forms
    anchor = place - 1
    while anchor >= 0 and out[anchor].tag in ("ADV", "NEG"):
        anchor -= 1
    left = out[anchor] if anchor >= 0 else None
    left_tag: Tag = left.tag if left else "PUNCT"
    if left is not None and left_tag == "AUX":
        if left.lower in HAVE and "participle" in forms:
            return "participle"
        if left.lower in BE:
            if "ing" in forms and lower not in ("being",):
                return "ing"
            if "participle" in forms:
                return "participle"
            return ""
        if left.lower in DO:
            return "base" if "base" in forms else ""
    if "base" in forms:
        return _base(known, lower, left, left_tag, before, after, out, words, place)
    if "ing" in forms:
        if lower in NOUNS or lower in ("evening", "morning", "during"):
            return ""
        if before in ("DET", "ADJ", "POSS", "NUM") and lower in ING_NOUNS | NOUNS:
            return ""
        if before in ("DET", "POSS") or (lower in ING_NOUNS and before in ("NOUN", "PROPN", "ADJ")):
            return ""
        if lower in ING_NOUNS and (before in ("PREP", "VERB") or place == 0):
            plural = before == "PREP" and after.endswith("s") and not look_up(after).verb
            opens = after in ("the", "its", "a", "his", "their", "that")
            return "ing" if (opens or plural) and before != "VERB" else ""
        return "ing"
    name_next = place + 1 < len(words) and words[place + 1].text[:1].isupper()
    if "s" in forms and not forms & {"past", "participle"}:
        under = place > 1 and out[place - 2].tag in ("SUB", "WH")
        alone = left_tag == "PROPN" and _only_verb(words, place, out)
        return _s(known, lower, left, left_tag, before, after, name_next, under, alone)
    return _past(known, lower, left_tag, before, after, out)


def _base(
    known: WordClass,
    lower: str,
    left: Token | None,
    left_tag: Tag,
    before: Tag,
    after: str,
    out: list[Token],
    words: Sequence[RawToken],
    place: int,
) -> str:
    if left_tag in ("TO", "MODAL"):
        if (
            left_tag == "TO"
            and known.noun
            and after in ("on", "by", "of", "against", "from")
            and lower in NOUNS
        ):
            return ""
        return "base"
    if left_tag in ("DET", "ADJ", "POSS", "NUM") or (
        left_tag == "PREP" and before == "PREP" and lower not in ("help",)
    ):
        return ""
    if lower in NOUNS:
        return ""
    # Invariant verbs (cut, hit, put, set) may be the past; "did not" was met above.
    invariant = "past" in known.forms
    if not known.noun and not (known.adjective and left_tag not in ("NOUN", "PRON", "PROPN")):
        return "past" if invariant else "base"
    if not known.noun:
        return ""
    if left is not None and left.lower in _SUBJECTS and left_tag in ("PRON", "WH", "SUB"):
        return "past" if invariant else "base"
    if left is not None and left_tag == "CONJ" and _verb_before(out, anchor_form="base"):
        return "base"
    follows = look_up(after).closed if after else None
    name_next = place + 1 < len(words) and words[place + 1].text[:1].isupper()
    if left_tag in ("NOUN", "PROPN") and (
        follows in ("DET", "PRON", "TO")
        or (
            name_next
            and left is not None
            and left.lower.endswith("s")
            and known.noun != lower + "s"
            and lower in _OPINION
        )
        or (invariant and follows is not None)
    ):
        plural = left is not None and (left.lower.endswith("s") or invariant)
        return ("past" if invariant else "base") if plural else ""
    acts = left is not None and (
        left.lower in _ACTING or (left_tag == "PROPN" and left.text not in _demonyms())
    )
    if (
        invariant
        and acts
        and after
        and (look_up(after).noun or look_up(after).adjective or words[place + 1].text[0].isupper())
    ):
        return "past"
    if place == 0 and follows in ("DET", "PRON"):
        return "base"
    return ""


def _no_infinitive(word: str) -> bool:
    """True if no modal can stand before the word: "Theresa May has", "May told", "May, ..."."""
    if not word[:1].isalpha():
        return True
    known = look_up(word)
    if known.closed is not None:
        return known.closed in ("AUX", "MODAL", "PREP", "CONJ") and word not in ("be", "have", "do")
    return bool(known.verb) and "base" not in known.forms


def _verb_before(out: list[Token], anchor_form: str) -> bool:
    """True if the verb before the conjunction is a bare infinitive too: "to stop and return"."""
    for token in reversed(out[-12:]):
        if token.tag == "VERB":
            return token.form == anchor_form
    return False


def _only_verb(words: Sequence[RawToken], place: int, out: list[Token]) -> bool:
    """True if no other word of a short sentence can be its verb: "Russia fires over 80 missiles"."""
    if place > 6 or any(t.tag in ("VERB", "AUX", "MODAL", "PREP") for t in out):
        return False
    if place + 1 >= len(words):
        return False
    for word in words[place + 1 : place + 14]:
        if word.text[0] in ",;:—":
            break
        known = look_up(word.text.lower().replace("’", "'"))
        if known.closed in ("AUX", "MODAL") or (known.forms & {"past", "s"} and not known.noun):
            return False
    return True


def _s(
    known: WordClass, lower: str, left: Token | None, left_tag: Tag, before: Tag, after: str,
    name_next: bool, under: bool, alone: bool,
) -> str:  # fmt: skip
    if not known.noun:
        return "s"
    if left_tag in ("DET", "ADJ", "POSS", "NUM", "PREP", "VERB", "TO", "CONJ") or left is None:
        if left_tag == "CONJ" and lower not in NOUNS | PLURAL_NOUNS:
            return "s" if look_up(after).closed in ("DET", "PRON", "TO") else ""
        return ""
    if left.lower in ("who", "which") and lower not in ("can", "being", "even", "lot"):
        return "s"
    if lower in NOUNS:
        return ""
    follows = look_up(after).closed if after else None
    if left.lower in ("he", "she", "it", "who", "which"):
        return "s"
    if left.text in _demonyms() and left.lower not in ("us",):
        return ""
    strong = follows in _OPENS_OBJECT or after == "that" or name_next
    if left_tag == "NOUN":
        singular = not left.lower.endswith("s")
        return (
            "s"
            if singular
            and (known.verb in NEWS_VERBS or strong)
            and (lower not in PLURAL_NOUNS or follows in ("TO", "DET"))
            else ""
        )
    if left_tag == "PROPN":
        if lower in PLURAL_NOUNS:
            return "s" if strong or under or (after, lower) in _CALLING or alone else ""
        return "s" if strong or known.verb in NEWS_VERBS or not left.text.isupper() or alone else ""
    if left_tag in ("PRON", "WH", "SUB"):
        return "s" if left_tag != "SUB" or left.lower == "that" or strong else ""
    return "s" if left_tag == "PUNCT" and strong else ""


def _past(
    known: WordClass, lower: str, left_tag: Tag, before: Tag, after: str, out: list[Token]
) -> str:
    forms = known.forms
    if before in ("DET", "POSS") or (before == "ADJ" and known.adjective):
        return ""
    if (
        before in ("PREP", "NUM")
        and after
        and look_up(after).noun
        and look_up(after).closed is None
    ):
        return ""
    if before == "ADV" and left_tag in ("DET", "POSS"):
        return ""
    if (
        before == "CONJ"
        and len(out) > 1
        and out[-2].tag == "ADJ"
        and after
        and lower.endswith("ed")
    ) and look_up(after).noun:  # "a deliberate and premeditated provocation"
        return ""
    if before == "ADV" and left_tag == "VERB" and after and lower.endswith("ed"):
        following = look_up(after)  # "sending heavily armed warplanes"
        if following.noun and following.closed is None:
            return ""
    if before == "VERB" and out[-1].form in ("ing", "base", "s", "past") and after:
        following = look_up(after)  # "freeing jailed jihadists"
        if following.noun and following.closed is None and lower.endswith("ed"):
            return ""
    if before == "PREP" and "past" in forms and known.noun:
        return ""
    if "past" in forms:
        return "past"
    return "participle"
