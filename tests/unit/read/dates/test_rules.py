"""The examples of the rules are their tests; the classes of words are none twice.

In an example, brackets hold what is to be found and the interval stands behind the bar (ISO 8601,
".." for an open side, "?" for a date whose interval is not known); without brackets nothing is to
be found. Every interval was worked out by hand from a calendar. Publication is Friday 13 August 2021.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from standoff.errors import StandoffError
from standoff.read.dates import find_dates, parse
from standoff.read.dates.value import GRAMMAR
from standoff.read.scan import Grammar
from standoff.terms import Period

PUBLISHED = date(2021, 8, 13)
EXAMPLES = [
    (rule["name"], example) for rule in GRAMMAR.data["rule"] for example in rule["examples"]
]


def interval(period: Period) -> str:
    low, high = period.start, period.end
    if low is None and high is None:
        return "?"
    return str(low) if low == high else f"{low or '..'}/{high or '..'}"


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[e for _, e in EXAMPLES])
def test_an_example_of_a_rule_holds(name: str, example: str) -> None:
    marked, _, wanted = example.partition(" | ")
    text = re.sub(r"[][]", "", marked)
    found = find_dates(text, PUBLISHED)
    assert [m.span.quote for m in found] == re.findall(r"\[(.*?)\]", marked)
    assert [interval(m.period) for m in found] == wanted.split()
    assert all(text[m.span.start : m.span.end] == m.span.quote for m in found)


@pytest.mark.parametrize("raw", GRAMMAR.data["rule"], ids=lambda raw: raw["name"])
def test_a_rule_makes_something_of_an_example(raw: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    fired: set[str] = set()
    match = parse.match

    def watched(rule, ctx, at, *before):
        value = match(rule, ctx, at, *before)
        if value is not None:
            fired.add(rule.name)
        return value

    monkeypatch.setattr(parse, "match", watched)
    for example in raw["examples"]:
        find_dates(re.sub(r"[][]", "", example.partition(" | ")[0]), PUBLISHED)
    assert raw["name"] in fired


def test_names_of_rules_are_unique() -> None:
    names = [raw["name"] for raw in GRAMMAR.data["rule"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("grammar", ["dates", "quantities"])
def test_no_class_is_spelled_twice(grammar: str) -> None:
    classes = Grammar(grammar).data["words"]
    for name, (reason, listed) in classes.items():
        entries = [entry.rpartition("=")[0] or entry for entry in listed.split()]
        assert reason and len(entries) == len(set(entries)), name
    spelled = {name: frozenset(listed.split()) for name, (_, listed) in classes.items()}
    for one, entries in spelled.items():
        for other, others in spelled.items():
            # A class that another one holds nearly whole is taken in with "@".
            shared = len(entries & others)
            assert one == other or shared < 4 or shared < 0.8 * max(len(entries), len(others)), one


def test_a_rule_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"words": {}, "rule": [{"name": "odd", "make": "x", "pattern": "{nowhere}"}]}
    monkeypatch.setattr("standoff.read.scan._read", lambda name: broken)
    with pytest.raises(StandoffError, match="odd"):
        Grammar("dates")
