"""Lemmas: what a word form is a form of, given the class that the tagger gave it."""

from __future__ import annotations

from functools import lru_cache

from standoff.read.lexicon import lexicon_word

_CLOSED = {
    **dict.fromkeys("be am is are was were been being 's 're 'm".split(), "be"),
    **dict.fromkeys("have has had having 've".split(), "have"),
    **dict.fromkeys("do does did doing done".split(), "do"),
    "n't": "not", "n’t": "not", "wo": "will", "'ll": "will", "ca": "can", "sha": "shall", "'d": "would",
    "’s": "be", "’re": "be", "’m": "be", "’ve": "have", "’ll": "will", "’d": "would",
}  # fmt: skip
# Forms of a rarer verb that are in news nearly always those of another one.
_RATHER = {"found": "find", "saw": "see", "felt": "feel", "left": "leave", "wound": "wound",
           "bound": "bind", "fell": "fall", "shot": "shoot", "rose": "rise", "ground": "grind",
           "sped": "speed"}  # fmt: skip
_PREFIXES = (
    "re",
    "un",
    "co",
    "pre",
    "over",
    "out",
    "counter",
    "de",
    "test",
    "air",
    "fast",
    "cross",
)


@lru_cache(maxsize=65536)
def lemma_of(lower: str, tag: str) -> str:
    """The lemma of a lower-case form of the word class `tag`; the form itself where it is unknown.

    >>> lemma_of("condemned", "VERB"), lemma_of("warships", "NOUN"), lemma_of("n't", "NEG")
    ('condemn', 'warship', 'not')
    >>> lemma_of("criticised", "VERB"), lemma_of("re-armed", "VERB")
    ('criticise', 're-arm')
    """
    if tag in ("AUX", "MODAL", "NEG"):
        return _CLOSED.get(lower, lower)
    if tag == "VERB":
        return _CLOSED.get(lower) or _verb(lower)
    if tag in ("NOUN", "PROPN"):
        return next(iter(lexicon_word(lower).nouns), _plural(lower) if tag == "NOUN" else lower)
    return lower


def _verb(lower: str) -> str:
    if lower in _RATHER:
        return _RATHER[lower]
    lemmas = lexicon_word(lower).verbs
    if lemmas:
        return lower if lower in lemmas else lemmas[0]
    prefix, dash, head = lower.partition("-")
    if dash and head and prefix in _PREFIXES:
        return f"{prefix}-{_verb(head)}"
    for british, american in (
        ("ise", "ize"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
    ):
        if lower.endswith(british):
            found = lexicon_word(lower[: -len(british)] + american).verbs
            if found:
                return found[0].removesuffix("ize") + "ise"
    return lower


def _plural(lower: str) -> str:
    """A compound takes the plural at its end: "build-ups"."""
    head, dash, tail = lower.rpartition("-")
    if dash and (known := lexicon_word(tail).nouns):
        return f"{head}-{known[0]}"
    return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else lower
