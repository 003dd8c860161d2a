"""Mistakes of the parser that its own tags give away, put right.

- A finite verb that hangs on a noun as if it were an adjective ("Russia concentrated/VBD troops") is
  the verb of the clause, the noun its object.
- A finite verb without a subject has as its subject the noun right before it, which the parser took
  for part of a date or an adverb ("On the 27th Azerbaijan accused ...", "Chad briefly threatened ...").
- The noun right before a joined finite verb that has no "and" of its own is its subject ("closed its
  border with Chad and Sudan calls for calm").
- A clause before a semicolon is joined to the one behind it, not its content.
- A finite verb joined to an infinitive ("urged Russia to withdraw and summoned/VBD the envoy") is
  joined to the verb above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.read.reading import Token

_FINITE = frozenset(("VBD", "VBZ", "VBP"))


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of one sentence, indices from 0, with those mistakes put right.

    >>> from standoff.read.syntax import parse_sentences
    >>> words = next(parse_sentences([(0, 0, "Russia concentrated troops near Ukraine.")]))
    >>> [(w.text, w.dep) for w in words][:3]
    [('Russia', 'nsubj'), ('concentrated', 'ROOT'), ('troops', 'dobj')]
    """
    out = list(tokens)
    for token in tokens:
        if token.form == "VBD" and token.dep == "amod" and token.head > token.index:
            _raise_verb(out, token.index, token.head)
        elif token.dep == "conj" and token.tag == "VERB" and _is_finite(tokens, token):
            _rejoin(out, token.index)
        elif token.dep == "ccomp" and token.index < token.head and _own_clause(tokens, token):
            out[token.index] = replace(token, dep="conj")
    for token in list(out):
        if token.dep == "conj" and token.tag == "VERB":
            _free_subject(out, token.index)
    for token in list(out):
        if token.tag == "VERB" and token.dep in ("ROOT", "ccomp", "advcl", "relcl", "parataxis"):
            _find_subject(out, token.index)
    return tuple(out)


def _own_clause(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a semicolon parts a clause with its own subject from the verb behind it."""
    own = any(t.head == verb.index and t.dep in ("nsubj", "nsubjpass") for t in tokens)
    return own and any(t.text == ";" for t in tokens[verb.index : verb.head])


def _is_finite(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a verb, or an auxiliary of it, is finite."""
    return verb.form in _FINITE or any(
        t.head == verb.index and t.tag == "AUX" and t.form in _FINITE for t in tokens
    )


def _find_subject(out: list[Token], verb: int) -> None:
    """Give a finite verb without a subject the noun that stands right before it."""
    kids = [k for k in out if k.head == verb and k.index != verb]
    if any(k.dep in _SUBJECTS for k in kids):
        return
    group = [k for k in kids if k.tag in ("AUX", "MODAL") and k.index < verb]
    if out[verb].form not in _FINITE and not any(k.form in (*_FINITE, "MD") for k in group):
        return
    at = min([verb, *(k.index for k in group)]) - 1
    while at >= 0 and out[at].tag in ("ADV", "NEG"):
        at -= 1
    if at < 0 or out[at].tag not in ("NOUN", "PROPN"):
        return
    noun, prep = out[at], out[out[at].head]
    if noun.dep == "pobj" and prep.head == verb and prep.tag == "PREP":
        led = [k for k in out if k.head == at and k.index < at]
        if not any(
            k.form in ("CD", "JJ") and (k.text[0].isdigit() or k.lower in _ORDINALS) for k in led
        ):
            return
    elif not (
        noun.dep in ("compound", "npadvmod", "nmod", "dep")
        and (prep.tag == "ADV" or prep.index == verb)
    ):
        return
    passive = any(k.dep == "auxpass" for k in kids)
    out[at] = replace(noun, head=verb, dep="nsubjpass" if passive else "nsubj")


_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth same following next".split()
)


def _free_subject(out: list[Token], verb: int) -> None:
    """The noun before a joined verb that has no "and" of its own is its subject, though the parser
    joined it to a name before: "closed its border with Chad and Sudan calls for calm"."""
    if out[verb].form not in _FINITE or verb == 0:
        return
    at = verb - 1
    while at > 0 and out[at].tag in ("ADV", "NEG"):
        at -= 1
    noun, above = out[at], out[out[verb].head]
    if noun.tag not in ("NOUN", "PROPN") or noun.dep != "conj" or above.index > at:
        return
    if any(k.head == verb and k.dep in _SUBJECTS for k in out):
        return
    joined = [k.index for k in out if k.dep in ("cc", "punct") and k.head == above.index]
    if any(at < k < verb for k in joined) or any(
        k.dep == "cc" and k.head == above.index for k in out
    ):
        return
    if not any(k.dep == "cc" and k.head == noun.head for k in out):
        return
    out[at] = replace(noun, head=verb, dep="nsubj")


def _raise_verb(out: list[Token], verb: int, noun: int) -> None:
    above = out[noun]
    kids = [k for k in out if k.head == noun and k.index != noun]
    before = [k for k in kids if k.index < verb]
    own = [k for k in out if k.head == verb and k.dep == "nsubj"]
    if not own and not any(
        k.dep in ("nsubj", "compound", "nmod", "poss", "det", "amod") for k in before
    ):
        return
    root = above.head == noun
    subject = max(
        (k for k in before if k.tag in ("NOUN", "PROPN", "PRON")),
        default=None,
        key=lambda k: k.index,
    )
    subject = own[0] if own else subject
    if subject is None:
        return
    dep = (
        above.dep
        if root or above.dep in ("ccomp", "conj", "advcl", "relcl", "parataxis")
        else "ROOT"
    )
    if not root and dep == "ROOT":
        return
    out[verb] = replace(out[verb], head=verb if root else above.head, dep=dep)
    out[noun] = replace(above, head=verb, dep="dobj")
    for kid in kids:
        if kid.index == verb:
            continue
        if kid.index == subject.index and not own:
            out[kid.index] = replace(kid, head=verb, dep="nsubj")
        elif kid.index < verb:
            out[kid.index] = replace(kid, head=subject.index if kid.index < subject.index else verb)
        elif kid.dep in ("prep", "punct", "advmod", "npadvmod", "conj", "cc") and kid.index > noun:
            out[kid.index] = replace(kid, head=verb)


def _rejoin(out: list[Token], verb: int) -> None:
    """Join a finite verb to the nearest verb above that is finite too."""
    at = out[verb].head
    infinitive = out[at].form == "VB" and any(k.tag == "TO" and k.head == at for k in out)
    gerund = out[at].form == "VBG" and not any(k.dep == "aux" and k.head == at for k in out)
    own = any(k.head == verb and k.dep in ("nsubj", "nsubjpass") for k in out)
    if own or not (infinitive or gerund):
        return
    for _ in range(len(out)):
        if out[at].head == at:
            return
        at = out[at].head
        if out[at].form in _FINITE and out[at].tag == "VERB":
            out[verb] = replace(out[verb], head=at)
            return
