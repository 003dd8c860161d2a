"""Numbers in words, and what a brief is held to, at the edges of each rule; counted by hand."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from standoff.assess import LevelLine
from standoff.brief.checking.horizons import find_horizons
from standoff.brief.checking.probabilities import find_probabilities
from standoff.brief.checking.quotes import Passage, check_quotations, find_quotations
from standoff.brief.checking.units import split_units
from standoff.brief.checking.words import find_terms
from standoff.brief.first_screen import after
from standoff.brief.stands import _stand
from standoff.brief.words import (
    bare,
    interval,
    level,
    likelihood,
    likelihood_range,
    multiplier,
    percent,
)
from standoff.terms import Estimate


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.0, "0"),
        (1.0, "100"),
        (0.5, "50"),
        (0.0994, "9.9"),
        (0.0995, "10"),
        (0.01, "1.0"),
        (0.00997, "1.0"),
        (0.005, "0.50"),
        (0.0000011, "0.00011"),
        (0.0000009, "under 0.0001"),
        (0.9, "90"),
        (0.99, "99"),
        (0.991, "99.10"),
        (0.999, "99.90"),
        (0.99999, "99.9990"),
        (0.9999999, "over 99.9999"),
    ],
)
def test_two_digits_of_the_smaller_side(chance: float, text: str) -> None:
    assert bare(chance) == text
    assert percent(chance) == f"{text} %"


@pytest.mark.parametrize(
    ("chance", "term"),
    [
        (0.0, "almost no chance"),
        (0.0499, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.4499, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_icd_203(chance: float, term: str) -> None:
    """Directive 203, 6.e.(2).(a), with every edge in the upper bin."""
    assert likelihood(chance) == term


def test_ranges_ratios_and_levels() -> None:
    assert (
        likelihood_range(Estimate(0.5, 0.44, 0.5))
        == "anywhere from unlikely to roughly even chance"
    )
    assert interval(Estimate(0.2, 0.1, 0.30)) == "10 % to 30 %"
    assert multiplier(Estimate(2.0, 0.5, 9.94, mean=3.0)) == "×3.00 (0.50 to 9.94)"
    assert multiplier(Estimate(12.0, 9.95, 1234.0)) == "×12 (10 to 1,234)"
    assert level(Estimate(-0.04, -1.25, 0.06)) == "+0.0 (-1.2 to +0.1)"


def read(text: str) -> list[tuple[float, float, bool]]:
    found = find_probabilities(text, split_units(text))
    return [(p.low, p.high, p.hedged) for p in found]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("There is a 30% chance of war.", [(0.3, 0.3, False)]),
        ("There is about a 30% chance of war.", [(0.3, 0.3, False)]),
        ("There is a chance of about 30% of war.", [(0.3, 0.3, True)]),
        ("There is a 30 to 40 per cent chance of war.", [(0.3, 0.4, False)]),
        ("There is a 100% chance of rain.", [(1.0, 1.0, False)]),
        ("There is a 110% chance of rain.", []),
        ("There is a 40-30% chance of war.", []),
        ("War is likely (60%).", [(0.6, 0.6, False)]),
        ("The probability of war is 0.25 this year.", [(0.25, 0.25, False)]),
        ("The chance is one in five.", [(0.2, 0.2, False)]),
        ("There is a 1 in 1,000 risk of war.", [(0.001, 0.001, False)]),
        ("There is a ten in ten chance.", [(1.0, 1.0, False)]),
        ("There is a five in four chance.", []),
        ("One in five soldiers was young.", []),
        ("Exports fell by 30%.", []),
        ("The risk rose by 30%.", []),
        ("The chance that 30% of voters agree is small.", []),
        ("A 5 percentage point rise is likely.", []),
        ("There is a 30% chance within six months and 40% within a year.",
         [(0.3, 0.3, False), (0.4, 0.4, False)]),
    ],
)  # fmt: skip
def test_what_is_a_stated_probability(text: str, stated: list[tuple[float, float, bool]]) -> None:
    assert read(text) == [pytest.approx(s) for s in stated]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("within 6 months", [182.6]),
        ("in three years", [1095.75]),
        ("within a week", [7.0]),
        ("over the next decade", [3652.5]),
        ("within eighteen months", [547.9]),
        ("in twelve weeks or in two quarters", [84.0, 182.6]),
        ("by 2030", [365.25 * 2030]),
        ("by 2030 or within two years", []),  # a length and a year cannot be put in order
        ("a man of thirty", []),
    ],
)
def test_how_far_ahead(text: str, days: list[float]) -> None:
    found = find_horizons(text, 0, len(text))
    assert [h.days for h in found] == [pytest.approx(d, abs=0.1) for d in days]


def test_sentences_and_items() -> None:
    text = "Mr. Smith of the U.S. Navy spoke. He left.\n\n1. War: 40%\n2. Peace: 60%\n\n| a | b |"
    units = split_units(text)
    assert [text[u.start : u.end] for u in units] == [
        "Mr. Smith of the U.S. Navy spoke.", "He left.", "1. War: 40%", "2. Peace: 60%", "| a | b |",
    ]  # fmt: skip
    assert [u.item for u in units] == [False, False, True, True, True]
    assert units[0].block == units[1].block != units[2].block != units[3].block


def test_the_band_of_a_word_is_the_hull_of_the_standards() -> None:
    """ "Likely": 55-80 % (ICD 203), 55-75 % (PHIA), 66-100 % (IPCC)."""
    (term,) = find_terms("War is likely.")
    assert (term.low, term.high, term.banded) == (0.55, 1.0, True)
    (vague,) = find_terms("War may come.")
    assert (vague.low, vague.high, vague.banded) == (0.0, 1.0, False)
    assert [t.phrase for t in find_terms("It may come in May.")] == ["may"]


def test_four_words_are_a_quotation_and_three_are_a_name() -> None:
    assert find_quotations('He said "we will not yield" then.')
    assert not find_quotations('He said "we will yield" then.')


DOCUMENT = (
    Passage(
        "D-001", "The minister said: we shall defend the strait with all that we have, and more."
    ),
)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("we shall defend the strait with all that we have", True),
        ("We shall defend the strait", True),
        ("we shall defend ... all that we have,", True),
        ("[W]e shall defend the strait [of ours] with all", True),
        ("we shall never defend the strait with all that we have", False),
        ("we shall defend the strait ... for a hundred years", False),
    ],
)
def test_a_quotation_stands_in_a_document_part_by_part(words: str, kept: bool) -> None:
    found = list(check_quotations(find_quotations(f"He said “{words}”."), DOCUMENT))
    assert (not found) is kept


def test_a_word_against_its_number_is_wrong_beyond_a_rounding_and_beyond_five_where_hedged() -> (
    None
):
    from standoff.brief import check_brief
    from standoff.read import load_documents

    def bands(text: str) -> int:
        source = load_documents(text.encode(), name="b.md")[0]
        checked = check_brief(source, name="b.md", published=date(2024, 5, 12))
        return sum(f.kind == "band" for f in checked.findings)

    # "Unlikely" reaches from 0 (IPCC) to 45 % (ICD 203).
    assert bands("War is unlikely (45%).") == 0
    assert bands("War is unlikely (46%).") == 0
    assert bands("War is unlikely (47%).") == 1
    assert bands("War is unlikely (about 50%).") == 0
    assert bands("War is unlikely (about 51%).") == 1
    # "Likely" begins at 55 %.
    assert bands("War is likely (54%).") == 0
    assert bands("War is likely (53%).") == 1


@pytest.mark.parametrize(
    ("items", "wrong"),
    [
        (("33%", "33%", "33%"), False),  # half a per cent each
        (("34%", "34%", "33%"), False),
        (("34%", "34%", "34%"), True),
        (("about 36%", "about 36%", "about 34%"), False),  # two each
        (("about 36%", "about 36%", "about 36%"), True),
        (("30-40%", "30-40%", "10-20%"), False),
        (("40-50%", "40-50%", "30-40%"), True),
    ],
)
def test_alternatives_add_up_within_their_rounding(items: tuple[str, ...], wrong: bool) -> None:
    from standoff.brief.checking.coherence import incoherent

    lines = "\n".join(f"- {name}: {p}" for name, p in zip("ABC", items, strict=True))
    text = f"There are three possible outcomes.\n\n{lines}"
    units = split_units(text)
    found = list(incoherent(text, units, find_probabilities(text, units), list(find_terms(text))))
    assert [f.kind for f in found] == (["sum"] if wrong else [])


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [(70, 30, 0), (70, 31, 0), (70, 32, 1), (70, 28, 1), (70, 40, 1)],
)
def test_a_thing_and_its_opposite_make_a_hundred(first: int, second: int, wrong: int) -> None:
    from standoff.brief.checking.coherence import incoherent

    text = f"There is a {first}% chance of war and a {second}% chance of no war."
    units = split_units(text)
    found = list(incoherent(text, units, find_probabilities(text, units), list(find_terms(text))))
    assert sum(f.kind == "complement" for f in found) == wrong


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2019-11-30", 3, "2020-02-29"),
        ("2020-11-30", 3, "2021-02-28"),
        ("2021-12-31", 1, "2022-01-31"),
        ("2021-10-31", 1, "2021-11-30"),
        ("2021-08-13", 12, "2022-08-13"),
        ("2021-11-15", 1, "2021-12-15"),
    ],
)
def test_a_deadline_is_the_same_day_of_a_later_month_or_its_last(
    day: str, months: int, end: str
) -> None:
    assert after(date.fromisoformat(day), months).isoformat() == end


def line(words: tuple[float, float], deeds: tuple[float, float], gap: tuple[float, float]):
    def of(ends: tuple[float, float]) -> Estimate:
        return Estimate(sum(ends) / 2, *ends)

    known = ("measured", "measured")
    names = {f.name for f in fields(LevelLine)}
    held = {
        "handle": "L-USA>TWN@2021-08-13", "actor": "USA", "relation": "commitment",
        "words": of(words), "deeds": of(deeds), "gap": of(gap),
        "words_status": known[0], "deeds_status": known[1],
    }  # fmt: skip
    rest = dict.fromkeys(names - held.keys())
    return LevelLine(**(rest | held))


@pytest.mark.parametrize(
    ("words", "deeds", "gap", "said"),
    [
        ((0.1, 1.0), (0.1, 1.0), (-0.5, 0.5), "words and deeds stronger than an average patron's; no clear gap"),
        ((-1.0, -0.1), (0.1, 1.0), (0.1, 1.0), "words weaker than an average patron's, deeds stronger than an average patron's; deeds run ahead of words"),
        ((-0.1, 1.0), (-1.0, -0.1), (-2.0, -0.1), "words like an average patron's, deeds weaker than an average patron's; words run ahead of deeds"),
        ((0.0, 1.0), (-1.0, 0.0), (0.0, 1.0), "words and deeds like an average patron's; no clear gap"),
    ],
)  # fmt: skip
def test_a_patron_is_strong_or_weak_only_where_the_whole_interval_is(
    words, deeds, gap, said
) -> None:
    assert _stand(line(words, deeds, gap), (), {}, "R-1").text == f"USA: {said}."
