"""Every code of the ontology has an example, and the coder gives the code for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standoff.errors import DescriptionError
from standoff.read import read_report
from standoff.read.codebook import Entry, load_ontology, render_codebook
from standoff.terms import Signal

PUBLISHED = date(2021, 8, 13)
PAGE = Path(__file__).parents[4] / "docs" / "reference" / "codebook.md"


def coded(signal: Signal, field: str) -> str:
    """What a signal says in a field of the codebook, as text."""
    if field == "date_basis":
        return signal.date.basis.value
    value = getattr(signal, field)
    return str(getattr(value, "value", value))


def cases() -> list[tuple[str, str, str]]:
    """(field, code, example) of every entry that the default coder writes."""
    ontology = load_ontology()
    rows: list[tuple[str, Entry]] = [("event", e.entry) for e in ontology.events]
    rows += [(f"mode {e.entry.code}", m) for e in ontology.events for m in e.modes]
    rows += [("x_event", e) for e in ontology.extensions]
    rows += [(f.name, v) for f in ontology.fields for v in f.values]
    return [(field, e.code, e.example) for field, e in rows if e.coded]


@pytest.mark.parametrize(
    ("field", "code", "example"), cases(), ids=lambda v: v if len(v) < 30 else ""
)
def test_an_example_gives_its_code(field: str, code: str, example: str) -> None:
    signals = read_report(example, published=PUBLISHED).signals
    if field.startswith("mode "):
        got = {(s.event.value, s.mode) for s in signals}
        assert (field.removeprefix("mode "), code) in got
    else:
        assert code in {coded(s, field) for s in signals}


def test_the_page_is_what_the_ontology_gives() -> None:
    assert PAGE.read_text("utf-8") == render_codebook(), "run: python -m standoff.read.codebook"


def test_most_codes_have_a_rule() -> None:
    ontology = load_ontology()
    every = [e.entry for e in ontology.events] + [m for e in ontology.events for m in e.modes]
    assert sum(e.coded for e in every) >= 0.75 * len(every)


def test_every_entry_has_a_meaning_and_every_coded_one_an_example() -> None:
    for _, code, example in cases():
        assert example, code


def test_an_ontology_that_left_the_vocabulary_is_refused() -> None:
    from dataclasses import replace

    from standoff.read.codebook import ontology as module

    good = load_ontology()
    with pytest.raises(DescriptionError, match="extension"):
        module._check(replace(good, extensions=good.extensions[1:]))  # pyright: ignore[reportPrivateUsage]


def test_scores_stand_in_the_range_of_plover() -> None:
    for event in load_ontology().events:
        for entry in (event.entry, *event.modes):
            assert entry.score is None or -10 <= entry.score <= 10
