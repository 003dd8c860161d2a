"""Predicates: each verb of a sentence with its arguments, as the parse gives them.

The subject of a verb that has none of its own is found by rules of grammar, and `path` says by which:
coordination ("condemned A and summoned B"), control ("urged Iran to stop", "vowed to defend"),
relative and participial clauses ("ships which entered", "a man accused of"), adverbial participles.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.read.lexicon_words import words_of
from standoff.read.reading import Token
from standoff.read.syntax import Tree

CLAUSES = frozenset(
    ("ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp", "conj")
)
"""Dependencies by which another clause hangs on a word."""
_NO_PREDICATE = frozenset(("aux", "auxpass", "amod", "prep", "case", "compound", "mark", "punct"))
_OBJECT_CONTROL = words_of("object_control")
_SAYING = words_of("saying") | words_of("accusing") | {"label", "call"}
_ORGANS = words_of("state_organs")
_RELATIVES = frozenset("who which that whom".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with its arguments; every argument is the index of the head of its phrase, -1 for none.

    `subject` is the grammatical one, reached by `path`; `agent` stands behind "by" of a passive.
    `objects` are direct objects and what is predicated ("called it *illegal*"). `preps` are
    (preposition, head of its object). `complement` is the head of the clause that the verb governs,
    `complement_kind` "that", "inf" or "ing". `governor` is the word that the clause hangs on by
    `relation`; a verb that is joined by "and" has those of the first.
    """

    head: int
    lemma: str
    subject: int
    path: str
    passive: bool
    agent: int
    objects: tuple[int, ...]
    dative: int
    preps: tuple[tuple[str, int], ...]
    particles: tuple[int, ...]
    complement: int
    complement_kind: str
    modal: str
    tense: str
    perfect: bool
    progressive: bool
    negated: bool
    finite: bool
    relation: str
    governor: int
    marker: str

    @property
    def doer(self) -> int:
        """Who does it: the subject, of a passive the one behind "by"."""
        return self.agent if self.passive else self.subject

    @property
    def sufferers(self) -> tuple[int, ...]:
        """To whom or what it is done."""
        if self.passive:
            return (self.subject, *self.objects) if self.subject >= 0 else self.objects
        return self.objects


def goals_of(tree: Tree, verb: Predicate) -> list[tuple[str, int]]:
    """Every (preposition, head of its object) of a verb: its own first, then those of its objects
    ("an attack on Kenya"), then those of what stands there ("the border with Kenya")."""
    out = list(verb.preps)
    heads = [*verb.sufferers, *(goal for _, goal in verb.preps)]
    for _ in range(3):
        inner: list[int] = []
        for head in heads:
            if head < 0:
                continue
            for kid in tree.kids(head, "prep"):
                for goal in tree.kids(kid, "pobj"):
                    out.append((tree[kid].lower, goal))
                    inner.append(goal)
                inner.extend(tree.kids(kid, "pcomp"))  # "no choice but to act against Japan"
            inner.extend(tree.kids(head, "conj"))
        heads = inner
    return list(dict.fromkeys(out))


def supposed_goal(tree: Tree, verb: Predicate, verbs: dict[int, Predicate]) -> int:
    """The head of "any attack" in "will respond to any attack", of the verb or of what it governs; -1."""
    inner = verbs.get(verb.complement)
    for over in (verb, *([inner] if inner is not None else [])):
        for prep, goal in over.preps:
            marks = {tree[k].lower for k in tree.kids(goal, "det", "amod")}
            if prep in ("for", "to") and marks & {"any", "further", "another"}:
                return goal
    return -1


def is_predicate(token: Token) -> bool:
    """Whether a token is a verb of its own, not part of another's group."""
    return token.tag == "VERB" and token.dep not in _NO_PREDICATE


def predicates_of(tree: Tree) -> dict[int, Predicate]:
    """The predicates of one sentence by the index of their verb, in order.

    >>> from standoff.read.syntax import parse_sentences
    >>> words = "Norway urged Russia to withdraw and was condemned by Iran."
    >>> tree = Tree(next(parse_sentences([(0, 0, words)])))
    >>> [(p.lemma, tree.words(p.doer), p.path) for p in predicates_of(tree).values()]
    [('urge', 'Norway', 'subject'), ('withdraw', 'Russia', 'object of "urged"'), \
('condemn', 'Iran', 'joined to "urged"')]
    """
    out: dict[int, Predicate] = {}
    # Governors first: subjects are inherited from them.
    pending = sorted(
        (t.index for t in tree.tokens if is_predicate(t)), key=lambda i: _depth(tree, i)
    )
    for index in pending:
        out[index] = _predicate(tree, index, out)
    return dict(sorted(out.items()))


def _depth(tree: Tree, index: int) -> int:
    return sum(1 for _ in tree.up(index))


def _first_conjunct(tree: Tree, index: int) -> int:
    """The verb that opens the chain of coordination in which a verb stands."""
    while tree[index].dep == "conj" and is_predicate(tree[tree[index].head]):
        index = tree[index].head
    return index


def _predicate(tree: Tree, index: int, known: dict[int, Predicate]) -> Predicate:
    token = tree[index]
    first = _first_conjunct(tree, index)
    above = known.get(token.head) if token.dep == "conj" else None
    auxiliaries = [tree[k] for k in tree.kids(index, "aux", "auxpass")]
    passive = tree.kid(index, "auxpass") >= 0 or tree.kid(index, "nsubjpass") >= 0
    reduced = token.dep in ("acl", "advcl", "xcomp", "oprd")  # "were reported killed"
    passive = passive or (token.form == "VBN" and reduced and not auxiliaries)
    bare = not auxiliaries and tree.kid(index, "nsubj", "nsubjpass") < 0
    if above is not None and bare and token.form == "VBN" and (above.passive or above.perfect):
        passive = above.passive
    modal = next((a.lemma for a in auxiliaries if a.tag == "MODAL"), "")
    negated = any(_negates(tree, k) for k in tree.kids(index)) or any(
        tree.kid(a.index, "neg") >= 0 for a in auxiliaries
    )
    perfect = any(a.lemma == "have" for a in auxiliaries)
    joined = (
        {tree[k].lower for k in tree.kids(token.head, "cc")} if above is not None else set[str]()
    )
    if above is not None and above.negated and ("nor" in joined or (bare and "or" in joined)):
        negated = True
    if above is not None and bare and token.form in ("VB", "VBN"):
        modal = modal or above.modal
        perfect = perfect or above.perfect
    subject, path = _subject(tree, index, first, passive, known)
    objects = _objects(tree, index)
    if token.dep == "relcl" and subject >= 0 and path == "subject":
        gap = _object_gap(tree, index, objects)
        objects = (*objects, gap) if gap >= 0 else objects
    complement, kind = _complement(tree, index, objects)
    finite_word = next((a for a in auxiliaries if a.form in ("MD", "VBD", "VBP", "VBZ")), token)
    return Predicate(
        head=index,
        lemma=token.lemma,
        subject=subject,
        path=path,
        passive=passive,
        agent=_by(tree, index),
        objects=objects,
        dative=_dative(tree, index),
        preps=_preps(tree, index),
        particles=tuple(
            k for k in tree.kids(index, "prt", "advmod", "intj") if _is_particle(tree[k])
        ),
        complement=complement,
        complement_kind=kind,
        modal=modal,
        tense={"VBD": "past", "VBP": "present", "VBZ": "present"}.get(
            finite_word.form, above.tense if above is not None and bare else "none"
        ),
        perfect=perfect,
        progressive=token.form == "VBG" and any(a.lemma == "be" for a in auxiliaries),
        negated=negated,
        finite=finite_word.form in ("MD", "VBD", "VBP", "VBZ")
        or (above is not None and above.finite),
        relation=tree[first].dep,
        governor=tree[first].head if tree[first].head != first else -1,
        marker=_marker(tree, first),
    )


def _negates(tree: Tree, kid: int) -> bool:
    token = tree[kid]
    if token.dep == "neg" or token.lower in ("never", "neither", "nor"):
        return token.dep in ("neg", "advmod", "preconj", "cc") and not _only(tree, kid)
    # "no longer", "No country attacked", "nobody knew"
    if token.dep == "advmod" and token.lower in ("longer", "hardly", "scarcely"):
        return token.lower != "longer" or any(tree[k].lower == "no" for k in tree.kids(kid))
    if token.dep in ("nsubj", "nsubjpass", "dobj", "attr"):
        if token.lower in ("nobody", "none", "nothing", "no-one"):
            return True
        return any(
            tree[k].lower in ("no", "neither") for k in tree.kids(kid, "det", "neg", "preconj")
        )
    return False


def _only(tree: Tree, kid: int) -> bool:
    """True for the "not" of "not only ... but also"."""
    after = kid + 1 - tree.base
    return after < len(tree.tokens) and tree.tokens[after].lower == "only"


def _is_particle(token: Token) -> bool:
    return token.dep == "prt" or token.lower in (
        "out", "back", "down", "off", "away", "forward", "home", "aside", "up", "behind", "no",
    )  # fmt: skip


def _by(tree: Tree, index: int) -> int:
    for agent in tree.kids(index, "agent"):
        found = tree.kid(agent, "pobj")
        if found >= 0:
            return found
    return -1


def _dative(tree: Tree, index: int) -> int:
    kid = tree.kid(index, "dative")
    if kid >= 0 and tree[kid].tag in ("PREP", "TO"):
        return tree.kid(kid, "pobj")
    return kid


def _objects(tree: Tree, index: int) -> tuple[int, ...]:
    kids = tree.kids(index, "dobj", "attr", "oprd", "acomp", "npadvmod")
    found = [k for k in kids if tree[k].dep != "npadvmod" or tree[k].tag == "PROPN"]
    # "considered it illegal", "let Russia attack": the small clause's subject is the object.
    for kid in tree.kids(index, "ccomp", "xcomp"):
        inner = tree.kid(kid, "nsubj")
        if inner >= 0 and tree[kid].tag not in ("VERB", "AUX") and tree.kid(kid, "mark") < 0:
            found.extend((inner, kid))
    return tuple(dict.fromkeys(found))


def _preps(tree: Tree, index: int) -> tuple[tuple[str, int], ...]:
    out: list[tuple[str, int]] = []
    for kid in (*tree.kids(index, "prep", "dative"), *_behind_particles(tree, index)):
        if tree[kid].tag not in ("PREP", "TO", "VERB", "ADV", "ADJ"):
            continue
        _follow(tree, kid, out)
    return tuple(out)


def _behind_particles(tree: Tree, index: int) -> list[int]:
    """Prepositions that hang on a particle, an adverb or an adjective: "lashed out at", "deep into"."""
    out: list[int] = []
    for kid in tree.kids(index, "prt", "advmod", "acomp", "oprd"):
        out.extend(tree.kids(kid, "prep"))
    return out


def _follow(tree: Tree, prep: int, out: list[tuple[str, int]]) -> None:
    """The object of a preposition, also of a second one on it ("out of", "from near")."""
    for kid in tree.kids(prep):
        if tree[kid].dep in ("pobj", "pcomp"):
            out.append((tree[prep].lower, kid))
        elif tree[kid].dep in ("prep", "conj") and tree[kid].tag in ("PREP", "TO", "VERB"):
            _follow(tree, kid, out)


def _complement(tree: Tree, index: int, objects: tuple[int, ...]) -> tuple[int, str]:
    for kid in tree.kids(index, "xcomp", "ccomp"):
        if tree[kid].tag not in ("VERB", "AUX"):
            continue
        if tree[kid].dep == "xcomp" and tree[kid].form == "VBG":
            return kid, "ing"
        to = any(tree[k].tag == "TO" for k in tree.kids(kid, "aux"))
        return kid, "inf" if to else "that"
    for thing in objects:  # "reserves the right to respond", "repeated its demand that they leave"
        for kid in tree.kids(thing, "acl", "relcl", "ccomp", "xcomp"):
            if tree[kid].form == "VB" and any(tree[k].tag == "TO" for k in tree.kids(kid, "aux")):
                return kid, "inf"
            if any(tree[k].lower == "that" for k in tree.kids(kid, "mark")):
                return kid, "that"
    return -1, ""


def _marker(tree: Tree, index: int) -> str:
    """The word that opens a clause: if, after, that, who ..."""
    for kid in tree.kids(index):
        token = tree[kid]
        if token.dep == "mark" or (token.tag == "WH" and kid < index):
            return token.lower
        if kid < index and token.dep == "advmod" and token.lower in ("once", "when", "while"):
            return token.lower
    if tree[index].dep == "pcomp":
        return tree[tree[index].head].lower
    return ""


def _subject(
    tree: Tree, index: int, first: int, passive: bool, known: dict[int, Predicate]
) -> tuple[int, str]:
    """The grammatical subject with how it was reached; (-1, "") where grammar gives none."""
    token = tree[index]
    own = tree.kid(index, "nsubj", "nsubjpass", "csubj", "csubjpass")
    if own >= 0 and tree[own].dep in ("nsubj", "nsubjpass"):
        if tree[own].lower in _RELATIVES and (noun := _antecedent(tree, index)) >= 0:
            return noun, f'"{tree[own].text}" for "{tree[noun].text}"'
        if tree[own].tag == "PRON" and tree[own].form == "EX":
            return -1, ""
        return own, "subject"
    if own >= 0:
        return own, "clause as subject"
    if not passive and (by := _party_behind_by(tree, index)) >= 0:
        return by, f'"by {tree[by].text}"'  # "preparations to attack by Sudan"
    expletive = tree.kid(index, "expl")
    if token.dep == "conj":
        above = known.get(token.head)
        if above is not None:
            joined = f'joined to "{tree[above.head].text}"'
            return (above.subject, joined) if expletive < 0 else (-1, "")
    return _inherited(tree, index, first, passive, known)


def _party_behind_by(tree: Tree, index: int) -> int:
    """The name behind "by" of an infinitive that hangs on a noun."""
    token = tree[index]
    if token.dep not in ("acl", "relcl") or token.form != "VB":
        return -1
    for kid in tree.kids(index, "prep", "agent"):
        goal = tree.kid(kid, "pobj")
        if tree[kid].lower == "by" and goal >= 0 and tree[goal].tag == "PROPN":
            return goal
    return -1


def _inherited(
    tree: Tree, index: int, first: int, passive: bool, known: dict[int, Predicate]
) -> tuple[int, str]:
    token = tree[first]
    above = known.get(token.head)
    match token.dep:
        case "xcomp" | "ccomp" if above is not None:
            return _controlled(tree, above)
        case "acl" | "relcl":
            noun = token.head
            speaks = token.form == "VBG" and token.lemma in _SAYING
            if speaks and tree[noun].tag == "NOUN" and tree[noun].lemma not in _ORGANS:
                return _of_noun(
                    tree, noun, known
                )  # "described the operation ..., calling it reckless"
            if token.form in ("VBG", "VBN") and tree.kid(first, "aux") < 0:
                return noun, f'participle of "{tree[noun].text}"'
            if noun == tree.root and tree[noun].tag == "PROPN":
                return noun, "headline"  # "Vietnam to hold drills"
            return _of_noun(tree, noun, known)
        case "advcl" if above is not None:
            if token.form in ("VBG", "VBN") or any(
                tree[k].tag == "TO" for k in tree.kids(first, "aux")
            ):
                return above.subject, f'beside "{tree[above.head].text}"'
            return -1, ""
        case "pcomp":
            return _of_gerund(tree, token, known)
        case "xcomp" | "ccomp":  # "is ready to send"
            return _of_noun(tree, token.head, known)
        case _:
            return -1, ""


def _controlled(tree: Tree, above: Predicate) -> tuple[int, str]:
    """Who does what is wanted: the object of "urge", the subject of "vow"."""
    if above.lemma in _OBJECT_CONTROL:
        if above.passive:
            return above.subject, f'subject of "{tree[above.head].text}"'
        goal = next((o for o in above.objects if tree[o].tag != "ADJ"), above.dative)
        if goal < 0:
            goal = next(
                (noun for prep, noun in above.preps if prep in ("on", "upon", "for", "to", "with")),
                -1,
            )
        if goal >= 0:
            return goal, f'object of "{tree[above.head].text}"'
    return above.subject, f'subject of "{tree[above.head].text}"'


def _of_noun(tree: Tree, noun: int, known: dict[int, Predicate]) -> tuple[int, str]:
    """Whose "decision to attack" it is: the owner of the noun, else the subject of its verb."""
    owner = tree.kid(noun, "poss")
    if owner >= 0:
        return owner, f'owner of "{tree[noun].text}"'
    if any(tree[k].text[:1].isupper() for k in tree.kids(noun, "amod", "compound", "nmod")):
        return (
            noun,
            f'owner of "{tree[noun].text}"',
        )  # "Chinese consternation, including labelling ..."
    for above in tree.up(noun):
        verb = known.get(above)
        if verb is not None:
            return verb.subject, f'subject of "{tree[verb.head].text}"'
    return -1, ""


def _of_gerund(tree: Tree, token: Token, known: dict[int, Predicate]) -> tuple[int, str]:
    """Who does it in "accused China of attacking", "by closing the strait"."""
    prep = tree[token.head]
    if prep.lower in ("during", "amid"):
        return -1, ""  # "during fighting with": whose, nothing says
    above = known.get(prep.head)
    if above is None:
        noun = tree[prep.head]
        accused = known.get(noun.head) if noun.dep in ("dobj", "nsubjpass") else None
        if accused is not None and accused.lemma in words_of("accusing") and prep.lower == "of":
            return noun.index, f'object of "{tree[accused.head].text}"'
        return _of_noun(tree, prep.head, known)
    if prep.lower in ("of", "for", "from", "against") and not above.passive:
        goal = next((o for o in above.objects if tree[o].tag != "ADJ"), -1)
        if goal >= 0:
            return goal, f'object of "{tree[above.head].text}"'
    return above.subject, f'subject of "{tree[above.head].text}"'


def _antecedent(tree: Tree, index: int) -> int:
    """The noun that a relative clause describes; -1 where the verb heads none."""
    first = _first_conjunct(tree, index)
    if tree[first].dep in ("relcl", "acl"):
        return tree[first].head
    for above in tree.up(first):  # "which it says violates"
        if tree[above].dep == "relcl":
            return tree[above].head
        if tree[above].dep not in ("ccomp", "xcomp"):
            return -1
    return -1


def _object_gap(tree: Tree, index: int, objects: tuple[int, ...]) -> int:
    """The noun that is the object of a relative clause: "drills that China announced"."""
    noun = tree[index].head
    pronoun = next((o for o in objects if tree[o].lower in _RELATIVES), -1)
    if pronoun >= 0 or not objects:
        return noun
    return -1
