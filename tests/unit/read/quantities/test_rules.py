"""The examples of the grammar of quantities are its tests.

In an example, brackets hold what is to be found; behind the bar stand low and high (".." between
them, one number for both, nothing for an open end), the unit, and the comparator where it is not
"=". Without brackets and bar nothing is to be found. Values by hand.
"""

from __future__ import annotations

import re

import pytest

from standoff.read.quantities import find_quantities
from standoff.read.quantities.exclude import masked_spans
from standoff.read.quantities.tokens import GRAMMAR
from standoff.terms import Comparator

GROUPS = GRAMMAR.data["rule"] + GRAMMAR.data["group"]
EXAMPLES = [(group["name"], example) for group in GROUPS for example in group["examples"]]
SIGNS = {c.value for c in Comparator}


def wanted(item: str) -> tuple[float | None, float | None, str, str]:
    numbers, *words = item.split()
    low, _, high = numbers.partition("..") if ".." in numbers else (numbers, "", numbers)
    sign = words.pop() if words[-1] in SIGNS else "="
    return (float(low) if low else None, float(high) if high else None, " ".join(words), sign)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[e for _, e in EXAMPLES])
def test_an_example_holds(name: str, example: str) -> None:
    marked, bar, listed = example.partition(" | ")
    spans = re.findall(r"\[(.*?)\]", marked) if bar else []
    text = re.sub(r"[][]", "", marked) if bar else marked
    found = find_quantities(text)
    expected = [wanted(item) for item in listed.split(";")] if bar else []
    assert [(q.unit, q.comparator.value) for q in found] == [(w[2], w[3]) for w in expected]
    for q, (low, high, _, _) in zip(found, expected, strict=True):
        assert (q.low, q.high) == (pytest.approx(low), pytest.approx(high))
        assert text[q.span.start : q.span.end] == q.span.quote
    if spans:
        assert [q.span.quote for q in found] == spans


@pytest.mark.parametrize("rule", GRAMMAR.data["rule"], ids=lambda rule: rule["name"])
def test_a_mask_covers_its_examples(rule: dict) -> None:
    for example in rule["examples"]:
        held = masked_spans(example.lower())
        digits = [m.start() for m in re.finditer(r"\d", example)]
        assert held and all(any(a <= at < b for a, b in held) for at in digits), example
