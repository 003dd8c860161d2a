"""What cannot be checked is named in the verdict; nothing crashes."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check
from standoff.check import Facts, check_claims, parse_facts
from standoff.errors import StandoffError
from standoff.terms import (
    Claim,
    DateContent,
    DistanceContent,
    LawContent,
    NameContent,
    OfficeContent,
    PartContent,
    Period,
    Quantity,
    RankContent,
    RatioContent,
    ShareContent,
    Span,
    SumContent,
    TermContent,
    UnitContent,
)

DAY = date(2021, 8, 13)
SPAN = Span(0, 1, "x")


def q(value: float | None, unit: str) -> Quantity:
    return Quantity(SPAN, value, value, unit)


def check(content, facts: Facts | None = None):
    return check_claims([Claim("c1", SPAN, "any", "", content)], published=DAY, facts=facts)[0]


NEVER = Period.unstated()
NOT_CHECKABLE = {
    "unknown place": (DistanceContent("Atlantis", "Taiwan", q(5, "km")), "Atlantis"),
    "two unknown places": (DistanceContent("Atlantis", "Lemuria", q(5, "km")), "Lemuria"),
    "no length": (DistanceContent("Seoul", "Pyongyang", q(5, "kg")), "no length"),
    "no value": (DistanceContent("Seoul", "Pyongyang", q(None, "km")), "no length"),
    "one place": (DistanceContent("Seoul", "Seoul", q(5, "km")), "one place"),
    "unknown person": (OfficeContent("Jane Nobody", "president", "USA", NEVER), "Jane Nobody"),
    "unknown office": (OfficeContent("Joe Biden", "grand vizier", "USA", NEVER), "grand vizier"),
    "unknown state": (ShareContent("ZZZ", "milex_gdp_share", q(2, "% of GDP"), NEVER), "ZZZ"),
    "unknown measure": (ShareContent("JPN", "submarines", q(2, "count"), NEVER), "submarines"),
    "zero below": (RatioContent("", "", "stated", q(2, "ratio"), q(1, "USD"), q(0, "USD"), NEVER), "zero"),
    "kg by km": (RatioContent("", "", "stated", q(2, "ratio"), q(1, "kg"), q(1, "km"), NEVER), "divided"),
    "no parts": (SumContent(q(5, "count"), ()), "missing"),
    "kg as km": (UnitContent(q(1, "kg"), q(1, "km")), "different things"),
    "unknown law": (LawContent("JPN", "law of the sea serpent", "passed", NEVER), "no legal fact"),
    "unknown part": (PartContent("Atlantis", "Taiwan"), "Atlantis"),
    "unknown name": (NameContent("Xyzzy Plugh", "person", None, None, NEVER), "Xyzzy"),
    "vague rank": (RankContent("JPN", "milex_usd", None, "lowest", "", NEVER), "vague"),
    "undated term": (TermContent("Joe Biden", "president", "USA", "start", NEVER), "no dated term"),
    "no day": (DateContent(NEVER), "no single day"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_CHECKABLE)
def test_the_reason_is_named(name) -> None:
    content, word = NOT_CHECKABLE[name]
    found = check(content)
    assert found.outcome == "NOT_CHECKABLE" and word in found.why, found.why


def test_an_ambiguous_place_lists_its_readings() -> None:
    # The island, the state on a part of it; the nearest coast and the middle.
    found = check(DistanceContent("Cyprus", "Turkey", q(500, "km")))
    readings = [found.reference, *found.alternatives]
    assert len({r.value for r in readings if r}) >= 3


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The ship left on 30 February 2021.", "30 February"),
        ("The talks began on 31 June 2021.", "31 June"),
    ],
)
def test_an_impossible_date_is_named(text, word) -> None:
    _, verdicts = read_and_check(text, published=DAY)
    assert [str(v.outcome) for v in verdicts] == ["INCONSISTENT"] and word in verdicts[0].why


def test_shares_of_one_whole_stay_below_a_hundred() -> None:
    text = "In the poll 52 per cent were for it, 39 per cent against and {} per cent undecided."
    _, right = read_and_check(text.format(9), published=DAY)
    assert [str(v.outcome) for v in right] == ["SUPPORTED"]
    _, wrong = read_and_check(text.format(29), published=DAY)
    assert [str(v.outcome) for v in wrong] == ["INCONSISTENT"]


def test_a_fact_against_the_geometry_is_told_with_both() -> None:
    rows = parse_facts(
        "kind,subject,object,value,unit,from,to,source\n"
        "distance,Yonaguni,Taiwan,70,nmi,,,a survey of 2020\n"
        "distance,Yonaguni,Taiwan,108,km,,,a chart of 2019\n"
    )
    facts = Facts.shipped().with_rows(rows)
    found = check(DistanceContent("Yonaguni", "Taiwan", q(200, "km")), facts)
    assert found.outcome == "CONTRADICTED"
    assert any("survey" in r.source for r in (found.reference, *found.alternatives) if r)
    found = check(DistanceContent("Yonaguni", "Taiwan", q(70, "nmi")), facts)
    assert found.outcome == "SUPPORTED" and "the shipped geometry gives" in found.why


@pytest.mark.parametrize(
    "table",
    [
        "",
        "kind,subject\n",
        "kind,subject,object,value,unit,from,to,source\ndistance,A,B,much,km,,,x\n",
    ],
)
def test_a_bad_table_of_facts_is_refused_with_a_message(table) -> None:
    with pytest.raises(StandoffError):
        parse_facts(table)
