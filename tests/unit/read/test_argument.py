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
