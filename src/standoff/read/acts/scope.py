"""Scope: whether what a clause tells is told as done, planned, feared, asked for or denied.

Walked upwards in the tree from the verb, never by words nearby: the negation of "evidence" reaches
"attacked" in "no evidence that Russia attacked", the one of a neighbour does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from standoff.read.acts.predicates import Predicate
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Token
from standoff.read.syntax import Tree


@dataclass(frozen=True, slots=True)
class Scope:
    """How a clause is told.

    `modality` is "" for what is told as done, else will, would, may, could, must, should, plan, consider, seek,
    refuse ... `reason` says why it is no act at all ("purpose", "asked for, not done"). `condition` is
    the head of the clause of condition, or -1. `told_by` are the verbs of saying it stands under,
    outermost first; `accused` says that it is only laid to somebody's charge; `held` is the verb that
    governs it and is an act itself ("vowed to strike"), or -1.
    """

    modality: str = ""
    negated: bool = False
    reason: str = ""
    condition: int = -1
    told_by: tuple[int, ...] = ()
    accused: bool = False
    alleged: bool = False
    held: int = -1


_HELD = words_of("pledging")
_MODALS = words_of("verbal_modals")
_GOVERNED: tuple[tuple[frozenset[str], str], ...] = tuple(
    (words_of(name), modality)
    for name, modality in (
        ("refusing", "refuse"), ("aspect", ""), ("planning", "plan"), ("considering", "consider"),
        ("seeking", "seek"),
    )
)  # fmt: skip
_NOUN_GOVERNED: tuple[tuple[frozenset[str], str], ...] = (
    (words_of("calls"), "urge"),
    (words_of("doubting_nouns"), "may"),
    (words_of("planning_nouns"), "plan"),
)
_TIME = frozenset(
    "after before when while as since until till once following because although though whereas".split()
)


def scope_of(tree: Tree, verb: Predicate, verbs: dict[int, Predicate]) -> Scope:
    """How the clause of `verb` is told, from its own auxiliaries and all that it hangs on."""
    scope = Scope(modality=_own_modality(tree, verb), negated=verb.negated)
    scope = replace(scope, condition=_condition(tree, verb))
    if _inverted(tree, verb.head):
        return replace(scope, reason="condition")
    adverbs = {tree[k].lower for k in tree.kids(verb.head, "advmod")}
    if adverbs & words_of("hearsay"):
        scope = replace(scope, alleged=True)
    if adverbs & words_of("guesses") and not scope.modality:
        scope = replace(scope, modality="may")
    current, apart = verb, False
    for _ in range(12):
        if current.governor < 0 or scope.reason:
            break
        new = _step(tree, current, verbs, scope)
        supposed = (new.held >= 0 or bool(new.modality)) and _present(tree, verb)
        if supposed or _of_any(tree, current):
            return replace(scope, reason="of whoever would do it")
        scope = replace(scope, told_by=new.told_by) if apart else new
        apart = apart or _stands_apart(tree, current)
        above = _verb_above(tree, current.governor, verbs)
        if above is None:
            break
        current = above
    return scope


def _stands_apart(tree: Tree, verb: Predicate) -> bool:
    """Whether a clause is told by itself, whatever becomes of the one it hangs on: a finite relative
    clause, a participle, a clause of time or cause."""
    if verb.relation == "relcl":
        return verb.finite
    if verb.relation == "acl":
        return tree[verb.head].form == "VBN"
    return verb.relation == "advcl" and verb.finite and verb.marker in _TIME


def _of_any(tree: Tree, verb: Predicate) -> bool:
    """Whether a clause describes "any ship", "every state"."""
    return verb.relation in ("relcl", "acl") and any(
        tree[k].lower in ("any", "every", "each") for k in tree.kids(verb.governor, "det")
    )


def _present(tree: Tree, verb: Predicate) -> bool:
    """Whether a relative clause in the present says whom it may concern: "ships that enter"."""
    return (
        verb.relation == "relcl"
        and verb.tense == "present"
        and not (verb.perfect or verb.progressive or verb.modal)
        and not tree.kids(verb.governor, "det", "poss", "nummod")
    )


def _own_modality(tree: Tree, verb: Predicate) -> str:
    modal = {"shall": "will", "might": "may", "can": "could"}.get(verb.modal, verb.modal)
    if modal:
        return modal if modal in _MODALS else "must"
    return ""


def _inverted(tree: Tree, head: int) -> bool:
    """ "Should China invade", "Had India sent troops": the auxiliary before the subject."""
    subject = tree.kid(head, "nsubj", "nsubjpass")
    return any(
        tree[k].lower in ("should", "had", "were") and k < subject
        and (k == tree.base or tree[k - 1].tag in ("PUNCT", "CONJ"))
        for k in tree.kids(head, "aux", "auxpass")
    )  # fmt: skip


def _condition(tree: Tree, verb: Predicate) -> int:
    """The clause of condition that hangs on the verb, or on the verb that it is joined to."""
    at = verb.head
    while True:
        for kid in tree.kids(at, "advcl", "prep", "ccomp"):
            if _inverted(tree, kid):
                return kid
            if tree[kid].dep == "ccomp":
                continue
            first = tree.tokens[tree.span(kid)[0] - tree.base].lower
            marks = {tree[k].lower for k in tree.kids(kid, "mark", "advmod", "aux")}
            if marks & words_of("conditions") and (tree[kid].dep == "advcl"):
                if "should" in marks and first != "should":
                    continue
                return kid
            held = {tree[k].lower for k in tree.kids(kid, "pobj")}
            if tree[kid].lower in ("unless", "if", "provided") or (
                tree[kid].lower == "in" and held & {"event", "case"}
            ):
                return kid
            if (
                tree[kid].dep == "advcl"
                and marks & {"until"}
                and verb.modal in ("will", "would", "may", "might")
            ):
                return kid
        if tree[at].dep not in ("conj", "xcomp"):
            return -1
        at = tree[at].head


def _verb_above(tree: Tree, at: int, verbs: dict[int, Predicate]) -> Predicate | None:
    if at in verbs:
        return verbs[at]
    return next((verbs[a] for a in tree.up(at) if a in verbs), None)


def _step(tree: Tree, verb: Predicate, verbs: dict[int, Predicate], scope: Scope) -> Scope:
    """What the word that the clause of `verb` hangs on does to it."""
    governor = verbs.get(verb.governor)
    relation = verb.relation
    if relation in ("ccomp", "parataxis") and governor is not None:
        return _told(tree, verb, governor, scope)
    if relation == "xcomp" and governor is not None:
        return _governed(tree, verb, governor, scope)
    if relation in ("xcomp", "ccomp") and governor is None:
        return _of_word(tree, verb, scope)
    if relation == "advcl":
        return _beside(tree, verb, governor, scope)
    if relation == "pcomp":
        return _behind_preposition(tree, verb, verbs, scope)
    if relation == "acl":
        participle = tree[verb.head].form in ("VBG", "VBN") and tree.kid(verb.head, "aux") < 0
        return scope if participle else _of_word(tree, verb, scope)
    if relation == "csubj":
        return replace(scope, reason=scope.reason or "a possibility spoken of")
    return scope


def _to(tree: Tree, verb: Predicate) -> bool:
    return any(tree[k].tag == "TO" for k in tree.kids(verb.head, "aux"))


def _told(tree: Tree, verb: Predicate, governor: Predicate, scope: Scope) -> Scope:
    lemma = governor.lemma
    if verb.marker in ("whether", "if"):
        return replace(scope, modality=scope.modality or "may")
    if _to(tree, verb) and not verb.finite:
        return _governed(tree, verb, governor, scope)
    quoted = tree[verb.head].dep == "ccomp" and verb.head < governor.head and not verb.marker
    if quoted or lemma in ("say", "tell", "add", "announce", "state", "confirm"):
        if governor.negated and not quoted:
            return replace(scope, reason="not said")
        return replace(scope, told_by=(governor.head, *scope.told_by))
    if lemma in ("suppose", "imagine", "assume") and governor.subject < 0:
        return replace(scope, reason="hypothetical")
    if lemma in words_of("denying"):
        if not governor.negated:
            return replace(scope, reason="denied")
        both = any(tree[a].lemma == "confirm" for a in tree.up(governor.head))
        return replace(scope, reason="not said") if both else replace(scope, alleged=True)
    if lemma in ("rule", "exclude") and governor.negated:
        return replace(scope, alleged=True)
    if lemma in words_of("accusing"):
        return replace(scope, accused=True, told_by=(governor.head, *scope.told_by))
    if lemma in words_of("demanding") and (
        _subjunctive(tree, verb) or verb.modal in ("should", "must")
    ):
        return replace(scope, reason="asked for, not done")
    if lemma in _HELD:
        return replace(scope, held=governor.head, told_by=(governor.head, *scope.told_by))
    if lemma in words_of("fearing"):
        return replace(
            scope, modality=scope.modality or "believe", told_by=(governor.head, *scope.told_by)
        )
    if lemma in (
        "see",
        "make",
        "let",
        "have",
        "ensure",
        "mean",
        "be",
        "decide",
        "agree",
        "resolve",
    ):
        modality = {"ensure": "seek", "decide": "plan", "agree": "plan", "resolve": "plan"}.get(
            lemma, ""
        )
        return replace(scope, modality=scope.modality or modality)
    if governor.negated and lemma in words_of("saying"):
        return replace(scope, reason="not said")
    return replace(scope, told_by=(governor.head, *scope.told_by))


def _subjunctive(tree: Tree, verb: Predicate) -> bool:
    """ "demanded that the drills be stopped", "demands Somalia withdraw": a base form under "that"."""
    if verb.modal:
        return False
    words = [tree[k] for k in tree.kids(verb.head, "aux", "auxpass")]
    return (
        tree[verb.head].form == "VB"
        or any(w.form == "VB" for w in words)
        or tree[verb.head].form == "VBP"
    )


def _governed(tree: Tree, verb: Predicate, governor: Predicate, scope: Scope) -> Scope:
    lemma = governor.lemma
    if governor.negated:
        if lemma in ("hesitate", "fail", "forget", "cease", "stop"):
            scope = replace(scope, modality=scope.modality or "will")
        else:
            scope = replace(scope, negated=not scope.negated)
    if lemma in _HELD and not governor.negated:
        return replace(scope, held=governor.head, modality=scope.modality or "will")
    if lemma in words_of("demanding"):
        return replace(scope, reason="asked for, not done")
    if lemma in words_of("permitting"):
        return replace(scope, reason="allowed, not done")
    if lemma == "decide":
        return replace(scope, modality=scope.modality or "decide")
    for words, modality in _GOVERNED:
        if lemma in words:
            if lemma in ("hesitate", "fail", "forget") and governor.negated:
                modality = "will"
            return replace(
                scope, modality=scope.modality or modality or _own_modality(tree, governor)
            )
    if lemma in ("be", "have"):
        return replace(scope, modality=scope.modality or ("must" if lemma == "have" else "plan"))
    if lemma in (
        "say",
        "believe",
        "think",
        "report",
        "allege",
        "rumour",
        "estimate",
        "suspect",
        "accuse",
    ):
        return replace(scope, alleged=True)
    if lemma == "expect" and governor.passive:
        return replace(scope, modality=scope.modality or "plan")
    if lemma in ("appear", "seem", "threaten", "expect", "claim"):
        return replace(scope, modality=scope.modality or "may")
    if tree[verb.head].form == "VBG":
        return scope
    return replace(scope, reason="named, not told as done") if _to(tree, verb) else scope


def _of_word(tree: Tree, verb: Predicate, scope: Scope) -> Scope:
    """An infinitive or a clause that hangs on a noun or an adjective: "plans to", "ready to", "fears that"."""
    word = tree[verb.governor]
    denied = any(
        tree[k].lower in ("no", "without") for k in tree.kids(word.index, "det", "neg")
    ) or (tree.kid(word.head, "neg") >= 0 and word.dep in ("dobj", "attr", "acomp"))
    if word.lower in words_of("possible_adjectives"):
        return replace(
            scope,
            modality="may"
            if word.lower not in ("unlikely", "unable", "unwilling", "reluctant", "impossible")
            else "refuse",
        )
    if word.lower in words_of("planned_adjectives"):
        return replace(scope, modality=scope.modality or "plan", negated=scope.negated != denied)
    if verb.path == "headline":
        return replace(scope, modality=scope.modality or "plan")
    if word.lemma in words_of("evidence"):
        return replace(scope, reason="denied") if denied else replace(scope, alleged=True)
    for words, modality in _NOUN_GOVERNED:
        if word.lemma in words:
            if denied:
                return replace(scope, reason="denied")
            if modality == "urge":
                return replace(scope, reason="asked for, not done")
            return replace(
                scope,
                modality=scope.modality or modality,
                alleged=scope.alleged or word.lemma in ("claim", "allegation"),
            )
    if denied:
        return replace(scope, reason="denied")
    return replace(scope, reason="purpose") if _to(tree, verb) else scope


def _beside(tree: Tree, verb: Predicate, governor: Predicate | None, scope: Scope) -> Scope:
    marks = {tree[k].lower for k in tree.kids(verb.head, "mark", "advmod")}
    if "once" in marks and verb.tense == "present" and not verb.perfect:
        return replace(scope, reason="a time to come")
    if marks & (words_of("conditions") - {"should"}):
        return replace(scope, reason="condition")
    if _to(tree, verb) and not verb.finite:
        return replace(scope, reason="purpose")
    if "until" in marks or ("before" in marks and governor is not None and governor.modal):
        return replace(scope, reason="a time to come")
    if "when" in marks and governor is not None and governor.modal in ("will", "would"):
        return replace(scope, reason="a time to come")
    if marks & {"as"} and tree[verb.head].form == "VBN" and not verb.finite:
        return replace(scope, reason="described, not reported")
    return scope


def _accuser(tree: Tree, noun: Token, verbs: dict[int, Predicate]) -> Predicate | None:
    """The verb of accusing whose object is a noun: "accused troops of ..."."""
    verb = verbs.get(noun.head) if noun.dep in ("dobj", "nsubjpass") else None
    return verb if verb is not None and verb.lemma in words_of("accusing") else None


def _behind_preposition(
    tree: Tree, verb: Predicate, verbs: dict[int, Predicate], scope: Scope
) -> Scope:
    prep = tree[verb.governor]
    word = tree[prep.head]
    above = verbs.get(prep.head) or _accuser(tree, word, verbs)
    if prep.lower in ("without", "instead") or (prep.lower == "of" and word.lower == "short"):
        return replace(scope, reason="denied")
    if above is not None and above.lemma in words_of("deterring"):
        return replace(scope, reason="kept from it")
    if above is not None and above.lemma in words_of("accusing"):
        return replace(scope, accused=True)
    if above is not None and above.lemma in words_of("denying"):
        return replace(scope, reason="denied")
    if above is not None and above.lemma in ("warn", "caution", "threaten"):
        return replace(
            scope, reason="warned against" if prep.lower in ("against", "of") else scope.reason
        )
    if prep.lower in ("of", "about", "at", "in", "on", "to", "for") and word.tag in (
        "NOUN",
        "PROPN",
        "ADJ",
    ):
        for words, modality in _NOUN_GOVERNED:
            if word.lemma in words:
                return replace(
                    scope, modality=scope.modality or modality, reason="spoken of, not done"
                )
        return replace(scope, reason="spoken of, not done") if word.tag != "ADJ" else scope
    if above is not None and above.lemma in _HELD and prep.lower == "to":
        return replace(scope, held=above.head)
    if above is not None and above.lemma in words_of("considering") | words_of("planning"):
        return replace(scope, modality=scope.modality or "consider")
    if (
        above is not None
        and prep.lower == "for"
        and above.lemma not in ("thank", "praise", "apologise", "apologize", "commend")
    ):
        return replace(
            scope,
            reason="purpose"
            if above.lemma in ("call", "push", "plan", "prepare", "ask")
            else scope.reason,
        )
    return scope
