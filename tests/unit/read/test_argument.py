"""Causal edges: every rule's example, holders, assertion levels, chains, and what is no edge."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_argument
from standoff.read.argument.connectives import connectives

DAY = date(2024, 3, 1)
RULES = [r for r in connectives().rules if r.example]


def told(text: str) -> list[tuple[str, int, str]]:
    found = read_argument(text, published=DAY)
    for node in found.nodes:
        node.span.check(text)
    return [
        (found.node(e.cause).span.quote, e.sign, found.node(e.effect).span.quote)
        for e in found.edges
    ]


@pytest.mark.parametrize("rule", RULES, ids=[r.id for r in RULES])
def test_the_example_of_a_rule_is_read_by_it(rule) -> None:
    found = read_argument(rule.example, published=DAY)
    sides = (rule.sides[0], rule.sign, rule.sides[1])
    assert sides in told(rule.example)
    assert rule.id in {e.rule for e in found.edges}


def test_who_holds_an_edge_is_kept_outermost_first() -> None:
    text = "Analysts say that Beijing fears that American pledges embolden Taiwan."
    (edge,) = read_argument(text, published=DAY).edges
    assert [(h.kind, h.words, h.actor) for h in edge.holders] == [
        ("says", "Analysts", ""),
        ("believes", "Beijing", "CHN"),
    ]
    assert (edge.assertion, edge.order) == ("attributed", 2)


@pytest.mark.parametrize(
    ("text", "assertion", "word"),
    [
        ("The sale raised the risk of war.", "asserted", ""),
        ("The sale will raise the risk of war.", "forecast", "will"),
        ("The sale might raise the risk of war.", "hypothetical", "might"),
        ("The sale would raise the risk of war.", "conditional", "would"),
        ("If China attacks, Japan will fight.", "conditional", "if"),
        ("Officials said the sale raised the risk of war.", "attributed", ""),
        ("Japan bought missiles to deter China.", "inferred", "purpose"),
        ("The sale probably raised the risk of war.", "inferred", ""),
    ],
)
def test_how_firmly_an_edge_is_told(text: str, assertion: str, word: str) -> None:
    (edge,) = read_argument(text, published=DAY).edges
    assert (edge.assertion, edge.told) == (assertion, word)


def test_what_is_aimed_at_is_the_belief_of_who_aims() -> None:
    (edge,) = read_argument("Japan bought missiles to deter China.", published=DAY).edges
    assert [(h.kind, h.actor) for h in edge.holders] == [("intends", "JPN")]
    assert (edge.sign, edge.order) == (-1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "The sanctions did not lead to a change of course.",
        "The talks failed to prevent an invasion.",
        "The sanctions never deterred Russia.",
    ],
)
def test_a_denied_edge_is_kept_and_said_to_be_denied(text: str) -> None:
    (edge,) = read_argument(text, published=DAY).edges
    assert edge.denied


def test_a_passive_has_its_cause_behind_by() -> None:
    text = "The crisis was triggered by the visit."
    assert told(text) == [("the visit", 1, "The crisis")]
    assert told("Prompted by the drills, Japan doubled its budget.") == [
        ("the drills", 1, "Japan doubled its budget")
    ]


def test_less_likely_turns_the_sign() -> None:
    assert told("The pact makes a war less likely.") == [("The pact", -1, "a war")]
    assert told("The law made it harder for Japan to fight abroad.")[0][1] == -1


@pytest.mark.parametrize(
    "text",
    [
        "Japan raised its budget.",  # a deed of an actor, no cause
        "Iran produces missiles.",
        "The ship left because.",
        "The visit is due to take place on Monday.",
        "The parties should reduce tensions.",  # what ought to be
        "Japan wants to deter China.",  # who wants it is no cause of it
        "Would the visit trigger a crisis?",
        "Even if China objects, Japan will act.",
        "Biden led the delegation to Taipei.",
    ],
)
def test_what_is_no_causal_edge(text: str) -> None:
    assert told(text) == []


def test_a_chain_goes_on_by_which_by_the_same_words_and_by_this() -> None:
    text = (
        "An invasion would force Japan to rearm, which might spur South Korea to do the same. "
        "This would lower the margin for error."
    )
    found = read_argument(text, published=DAY)
    assert found.chains == (("G-01", "G-02", "G-03"),)
    this = found.node(found.edges[2].cause)
    assert this.refers is not None and this.refers.quote == "South Korea to do the same"


def test_a_long_text_keeps_every_chain() -> None:
    one = "An invasion would force Japan to rearm. This would lower the margin for error. "
    found = read_argument(one * 90, published=DAY)
    assert len(found.edges) == 180 and len(found.chains) == 90
    assert all(len(c) == 2 for c in found.chains)


def test_offsets_hold_whatever_stands_before() -> None:
    text = "“Ωμέγα” — 🚀\n\nThe visit triggered a crisis."
    found = read_argument(text, published=DAY)
    for span in [n.span for n in found.nodes] + [e.connective for e in found.edges]:
        assert span.check(text)
    assert len(found.edges) == 1


def test_a_text_that_is_not_english_is_named_and_not_read() -> None:
    text = "Die Regierung hat gestern beschlossen, dass die Truppen nicht abgezogen werden, weil es so ist."
    found = read_argument(text, published=DAY)
    assert not found.edges and "English" in found.notes[0]


def test_the_same_text_gives_the_same_argument() -> None:
    text = "If China attacks, Japan will fight. As a result, the war would spread."
    assert read_argument(text, published=DAY) == read_argument(text, published=DAY)


def test_every_rule_has_a_reason() -> None:
    import tomllib
    from importlib.resources import files

    raw = tomllib.loads(files("standoff.read").joinpath("data/connectives.toml").read_text("utf-8"))
    rows = [r for v in raw.values() for r in (v if isinstance(v, list) else [v])]
    assert all(len(r["reason"]) > 10 for r in rows)
