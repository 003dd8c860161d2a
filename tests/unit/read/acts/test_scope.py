"""How a clause is told: done, planned, feared, asked for, denied. What decides stands above it in the
tree, never beside it in the words."""

from __future__ import annotations

import pytest

from standoff.read.acts.predicates import predicates_of
from standoff.read.acts.scope import Scope, scope_of
from standoff.read.syntax import Tree, parse_sentences


def scope(text: str, lemma: str) -> Scope:
    tree = Tree(next(parse_sentences([(0, 0, text)])))
    verbs = predicates_of(tree)
    return scope_of(tree, next(v for v in verbs.values() if v.lemma == lemma), verbs)


def is_told_as_done(found: Scope) -> bool:
    return not (found.reason or found.negated or found.accused or found.held >= 0) and (
        found.modality == "" and found.condition < 0 and not found.alleged
    )


# (text, verb, modality, reason)
NOT_DONE = [
    ("There is no evidence that Peru attacked Chile.", "attack", "", "denied"),
    ("Peru denied that it attacked Chile.", "attack", "", "denied"),
    ("Peru left without attacking Chile.", "attack", "", "denied"),
    ("Peru has no plans to send troops.", "send", "", "denied"),
    ("Chile demanded that Peru withdraw its troops.", "withdraw", "", "asked for, not done"),
    ("Chile asked Peru to withdraw.", "withdraw", "", "asked for, not done"),
    ("Calls to withdraw were ignored by Chile.", "withdraw", "", "asked for, not done"),
    ("Peru sent ships to block the port.", "block", "", "purpose"),
    ("If Ghana attacks, Togo will strike back.", "attack", "", "condition"),
    ("Should Ghana attack, Togo will strike back.", "attack", "should", "condition"),
    ("Togo will strike when Ghana attacks.", "attack", "", "a time to come"),
    ("Chile warned against invading Peru.", "invade", "", "warned against"),
    ("Chile was deterred from invading Peru.", "invade", "", "kept from it"),
    ("Chile did not say that Peru attacked.", "attack", "", "not said"),
    ("Togo hopes that Ghana withdraws.", "withdraw", "believe", ""),
    ("Chile expects Peru to attack.", "attack", "believe", ""),
    ("Peru plans to send troops.", "send", "plan", ""),
    ("Peru has a plan to send troops.", "send", "plan", ""),
    ("Peru is ready to send troops.", "send", "plan", ""),
    ("Peru is considering sending troops.", "send", "consider", ""),
    ("Peru is trying to send troops.", "send", "seek", ""),
    ("Peru refused to withdraw.", "withdraw", "refuse", ""),
    ("Peru probably attacked Chile.", "attack", "may", ""),
    ("Peru will attack Chile.", "attack", "will", ""),
    ("Chile asked whether Peru attacked.", "attack", "may", ""),
    ("It is unclear whether Peru attacked Chile.", "attack", "may", ""),
    ("Peru allowed Chile to send troops.", "send", "", "allowed, not done"),
    ("Peru will not allow Chile to attack.", "attack", "", "allowed, not done"),
    ("Peru stopped short of attacking Chile.", "attack", "", "denied"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lemma", "modality", "reason"), NOT_DONE)
def test_what_stands_above_reaches_the_clause(
    text: str, lemma: str, modality: str, reason: str
) -> None:
    found = scope(text, lemma)
    assert not is_told_as_done(found)
    assert found.reason == reason or (not reason and found.modality == modality)


# Words that deny, demand or fear something else: the clause is told as done.
DONE = [
    ("Officials had no doubt and Peru attacked Chile.", "attack"),
    ("Peru, which did not attend, condemned Chile.", "condemn"),
    ("Peru denied the charge, and Chile attacked the port.", "attack"),
    ("Peru sent troops after Chile refused to withdraw.", "send"),
    ("Peru, which plans to leave, attacked Chile.", "attack"),
    ("Peru attacked Chile, which had not mobilised.", "attack"),
    ("Peru condemned the raid, which Chile did not deny.", "condemn"),
    ("Peru once again urged Chile to leave.", "urge"),
    ("Peru once more attacked Chile.", "attack"),
    ("Peru began withdrawing troops.", "withdraw"),
    ("Peru managed to seize the port.", "seize"),
    ("After Peru attacked the post, Chile closed the border.", "attack"),
    ("The tankers seized by Peru may leave.", "seize"),
]


@pytest.mark.parametrize(("text", "lemma"), DONE)
def test_what_stands_beside_does_not(text: str, lemma: str) -> None:
    assert is_told_as_done(scope(text, lemma))


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Peru did not deny that it attacked Chile.", "attack"),
        ("It is not denied that Peru attacked Chile.", "attack"),
        ("It cannot be ruled out that Peru attacked Chile.", "attack"),
    ],
)
def test_two_negations_leave_it_open(text: str, lemma: str) -> None:
    found = scope(text, lemma)
    assert not found.negated and not found.reason
    assert found.alleged or found.modality == "may"


@pytest.mark.parametrize("verb", ["hesitate", "fail"])
def test_no_hesitation_is_a_will(verb: str) -> None:
    found = scope(f"Peru will not {verb} to attack Chile.", "attack")
    assert (found.modality, found.negated, found.reason) == ("will", False, "")


def test_a_refused_agreement_denies_its_content() -> None:
    assert scope("Peru has not agreed to send troops.", "send").negated


@pytest.mark.parametrize(
    "text", ["Peru vowed to attack Chile.", "Peru threatened to attack Chile."]
)
def test_a_promise_holds_its_content(text: str) -> None:
    assert scope(text, "attack").held >= 0


def test_an_accusation_reports_nothing() -> None:
    assert scope("Chile accused Peru of attacking its post.", "attack").accused


@pytest.mark.parametrize(
    "text", ["Peru allegedly attacked Chile.", "Peru is said to have attacked Chile."]
)
def test_hearsay_is_alleged(text: str) -> None:
    assert scope(text, "attack").alleged


def test_sayings_stand_outermost_first() -> None:
    text = "Peru said that Chile had claimed that Oman attacked."
    tree = Tree(next(parse_sentences([(0, 0, text)])))
    verbs = predicates_of(tree)
    last = next(v for v in verbs.values() if v.lemma == "attack")
    assert [tree[c].text for c in scope_of(tree, last, verbs).told_by] == ["said", "claimed"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If Ghana attacks, Togo will strike back.", "If Ghana attacks"),
        ("Chile will close the port unless Peru withdraws.", "unless Peru withdraws"),
        ("Chile will not withdraw until Peru has apologised.", "until Peru has apologised"),
        ("Chile will respond.", ""),
        ("Chile did not withdraw until Peru apologised.", ""),
    ],
)
def test_the_condition_is_the_clause_that_hangs_on_the_verb(text: str, words: str) -> None:
    tree = Tree(next(parse_sentences([(0, 0, text)])))
    verbs = predicates_of(tree)
    main = verbs[tree.root]
    assert tree.words(scope_of(tree, main, verbs).condition) == words


def test_the_condition_of_a_neighbour_is_not_its_own() -> None:
    text = "Peru said it would leave if Oman paid, and Chile condemned Oman."
    assert scope(text, "condemn").condition < 0
    assert scope(text, "leave").condition >= 0
