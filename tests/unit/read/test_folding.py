"""One name in many written forms is read alike, and every span points into the untouched text."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.read import read_report
from standoff.terms import Document, Span

DAY = date(2021, 8, 13)


def spans(value) -> list[Span]:
    """Every span anywhere in a record, found by walking it."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [s for item in value for s in spans(item)]
    if is_dataclass(value) and not isinstance(value, Document):
        return [s for f in fields(value) for s in spans(getattr(value, f.name))]
    return []


def acts(text: str) -> list[tuple]:
    report = read_report(text, published=DAY)
    for span in spans(report):
        assert text[span.start : span.end] == span.quote
    return [(s.source_actors, s.event.value, s.target_actors) for s in report.signals]


# The plain sentence is coded by hand; the forms differ from it in nothing that a reader sees.
SAME = {
    "South Korea condemned New Zealand.": (("KOR",), "ACCUSE", ("NZL",)),
    "Saudi Arabia threatened Sri Lanka.": (("SAU",), "THREATEN", ("LKA",)),
}
GAPS = ("\u00a0", "\t", "\n", "\r\n", " \n ", "\u2009", "\u202f", "\u3000", "  ")


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("text", SAME)
def test_any_gap_inside_a_name_is_one_space(text, gap) -> None:
    for name in ("South Korea", "New Zealand", "Saudi Arabia", "Sri Lanka"):
        text = text.replace(name, name.replace(" ", gap))
    assert acts(text) == [SAME[text.replace(gap, " ")]]


def test_a_wrapped_name_is_not_the_state_of_its_second_half() -> None:
    assert acts("Tokyo was threatened by North\nKorea.")[0][0] == ("PRK",)
    assert acts("Envoys of Papua New\nGuinea condemned China.")[0][0] == ("PNG",)


def test_an_empty_line_ends_a_name() -> None:
    assert acts("Winds from the South\n\nKorea condemned Japan.") == [
        (("KOR",), "ACCUSE", ("JPN",))
    ]


FORMS = {
    "letters taken apart": unicodedata.normalize("NFD", "Recep Tayyip Erdoğan condemned Israel."),
    "another name taken apart": unicodedata.normalize("NFD", "Türkiye condemned Israel."),
    "without width": "Tur\u200bkey con\u2060demned Is\u200drael.",
    "soft hyphens": "Tur\u00adkey con\u00addemned Isra\u00adel.",
    "byte order marks": "\ufeffTurkey condemned \ufeffIsrael.",
    "direction marks": "\u200fTurkey\u200e condemned \u202dIsrael\u202c.",
    "ligatures": "Turkey's \ufb01nance minister and defence o\ufb03ce condemned Israel.",
}


@pytest.mark.parametrize("form", FORMS)
def test_one_name_in_many_forms(form) -> None:
    assert [(a, e, t) for a, e, t in acts(FORMS[form])] == [(("TUR",), "ACCUSE", ("ISR",))]


def test_grouped_digits_stay_one_number() -> None:
    report = read_report("Russia massed 100\u00a0000 troops 70\u00a0km away.", published=DAY)
    assert [(q.low, q.unit) for q in report.quantities] == [(100000.0, "troop"), (70.0, "km")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("\u200b\u00ad\u2060\ufeff\u200e"))))
def test_what_is_not_seen_changes_nothing(marks) -> None:
    plain = "China threatened Japan on Monday. Tokyo condemned the threat."
    text = plain
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    assert acts(text) == acts(plain)
