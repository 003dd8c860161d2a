"""Verbs with their arguments: who does it, to whom, and by which rule of grammar that is known."""

from __future__ import annotations

import pytest

from standoff.read.acts.predicates import Predicate, predicates_of
from standoff.read.syntax import Tree, parse_sentences


def read(text: str) -> tuple[Tree, dict[str, Predicate]]:
    tree = Tree(next(parse_sentences([(0, 0, text)])))
    return tree, {p.lemma: p for p in predicates_of(tree).values()}


def head(tree: Tree, index: int) -> str:
    return tree[index].text if index >= 0 else ""


# text -> verb -> (doer, what suffers it)
ROLES = {
    "Peru was criticised by Chile.": {"criticise": ("Chile", "Peru")},
    "The bridge was destroyed on Sunday.": {"destroy": ("", "bridge")},
    "Peru gave Chile two ships.": {"give": ("Peru", "ships")},
    "The boats that Peru seized returned.": {"seize": ("Peru", "boats"), "return": ("boats", "")},
    "Chile called the raid illegal.": {"call": ("Chile", "raid")},
}


@pytest.mark.parametrize("text", ROLES)
def test_active_and_passive_have_the_same_roles(text: str) -> None:
    tree, verbs = read(text)
    for lemma, (doer, sufferer) in ROLES[text].items():
        suffering = [head(tree, o) for o in verbs[lemma].sufferers]
        assert head(tree, verbs[lemma].doer) == doer
        assert (sufferer in suffering) if sufferer else not suffering


# text -> (verb, subject, words of the path)
SUBJECTS = [
    ("Peru condemned the raid and summoned the envoy.", "summon", "Peru", "joined to"),
    (
        "Peru condemned the raid, closed the port and summoned the envoy.",
        "summon",
        "Peru",
        "joined",
    ),
    ("Peru condemned the raid and Chile summoned the envoy.", "summon", "Chile", "subject"),
    ("Peru urged Chile to withdraw.", "withdraw", "Chile", 'object of "urged"'),
    ("Chile was urged by Peru to withdraw.", "withdraw", "Chile", 'subject of "urged"'),
    ("Peru called on Chile to withdraw.", "withdraw", "Chile", 'object of "called"'),
    ("Peru vowed to defend the islands.", "defend", "Peru", 'subject of "vowed"'),
    ("Peru promised Chile to send grain.", "send", "Peru", 'subject of "promised"'),
    ("Peru, which had seized two tankers, left.", "seize", "Peru", '"which" for "Peru"'),
    ("The tankers seized by Peru carried oil.", "seize", "tankers", "participle of"),
    ("Claiming victory, Peru recalled its ships.", "claim", "Peru", "beside"),
    ("Peru recalled its envoy, closing the embassy.", "close", "Peru", "beside"),
    ("Chile accused Peru of mining its waters.", "mine", "Peru", 'object of "accused"'),
    ("Peru punished Chile by closing the port.", "close", "Peru", "subject of"),
    ("Chile feared Peru's plan to strike.", "strike", "Peru", 'owner of "plan"'),
    ("Peru sent ships to block the port.", "block", "Peru", 'beside "sent"'),
    ("Peru wants to sign an accord.", "sign", "Peru", 'subject of "wants"'),
    ("Peru expects to sign an accord.", "sign", "Peru", 'subject of "expects"'),
    ("Peru has to leave the islands.", "leave", "Peru", 'subject of "has"'),
    ("Peru is ready to send troops.", "send", "Peru", "subject of"),
    ("Should Ghana attack, Togo will strike back.", "attack", "Ghana", "subject"),
]


@pytest.mark.parametrize(("text", "lemma", "subject", "path"), SUBJECTS)
def test_a_subject_is_reached_by_a_rule(text: str, lemma: str, subject: str, path: str) -> None:
    tree, verbs = read(text)
    assert head(tree, verbs[lemma].subject) == subject
    assert path in verbs[lemma].path


def test_there_is_nobody_to_find() -> None:
    tree, verbs = read("There were clashes near the port.")
    assert head(tree, verbs["be"].subject) == "" and verbs["be"].path == ""


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [
        ("Peru did not sign.", "sign", True),
        ("Peru hasn't signed.", "sign", True),
        ("Peru never signed.", "sign", True),
        ("The post could no longer be seen.", "see", True),
        ("No country attacked Peru.", "attack", True),
        ("Nobody attacked Peru.", "attack", True),
        ("Peru will not attack or blockade Chile.", "blockade", True),
        ("Peru neither attacked nor threatened Chile.", "attack", True),
        ("Peru neither attacked nor threatened Chile.", "threaten", True),
        ("Peru not only attacked Chile but also mined the port.", "attack", False),
        ("Peru did not attack and Chile withdrew.", "withdraw", False),
        ("Peru, which did not attend, condemned Chile.", "condemn", False),
    ],
)
def test_negation_is_that_of_the_own_verb(text: str, lemma: str, negated: bool) -> None:
    assert read(text)[1][lemma].negated is negated


@pytest.mark.parametrize(
    ("text", "lemma", "shape"),
    [
        ("Ships were sent.", "send", ("", "past", True, False)),
        ("Peru has sent ships.", "send", ("", "present", False, True)),
        ("Peru will send ships.", "send", ("will", "none", False, False)),
        ("Peru may have sent ships.", "send", ("may", "none", False, True)),
        ("Peru will sign and ratify the pact.", "ratify", ("will", "none", False, False)),
    ],
)
def test_the_verb_group(text: str, lemma: str, shape: tuple[str, str, bool, bool]) -> None:
    verb = read(text)[1][lemma]
    assert (verb.modal, verb.tense, verb.passive, verb.perfect) == shape


def test_prepositions_with_what_stands_behind_them() -> None:
    tree, verbs = read("Peru moved tanks out of Arica to the border with Chile.")
    assert [(p, head(tree, g)) for p, g in verbs["move"].preps] == [
        ("of", "Arica"), ("to", "border"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lemma", "kind", "inner"),
    [
        ("Peru said that Chile had left.", "say", "that", "left"),
        ("Peru vowed to leave.", "vow", "inf", "leave"),
        ("Peru began withdrawing ships.", "begin", "ing", "withdrawing"),
        ("Peru has reserved the right to respond.", "reserve", "inf", "respond"),
        ("Peru left.", "leave", "", ""),
    ],
)
def test_the_clause_that_a_verb_governs(text: str, lemma: str, kind: str, inner: str) -> None:
    tree, verbs = read(text)
    assert (verbs[lemma].complement_kind, head(tree, verbs[lemma].complement)) == (kind, inner)
