"""Sentences of a brief: numbers carry handles, likelihood and confidence stay apart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from standoff.assess import assess_question, parts, seed
from standoff.brief import Sentence, judgements, render_html, write_brief
from standoff.errors import ModelError, StoreFailure
from standoff.ledger import Ledger
from standoff.systems import load_system


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    system = load_system("west-pacific-2021")
    path = tmp_path_factory.mktemp("brief") / "a.standoff"
    with Ledger.create(path, system=system.slug) as ledger:
        seed(ledger, system)
        return assess_question(ledger, system, as_of=date(2021, 8, 13), draws=200)


def test_every_sentence_with_a_number_names_handles_that_exist(answer) -> None:
    known = {f"{answer.run}#{p.key}" for p in parts(answer)} | {x.handle for x in answer.levels}
    sentences = [s for paragraph in judgements(answer) for s in paragraph]
    assert len(sentences) > 8
    for s in sentences:
        assert set(s.handles) <= known, s
        if re.search(r"\d", s.text):
            assert s.handles, s


def test_a_number_without_a_handle_is_refused() -> None:
    with pytest.raises(ModelError, match="handle"):
        Sentence("The probability is 4 %.")


def test_likelihood_and_confidence_never_share_a_sentence(answer) -> None:
    terms = r"almost no chance|unlikely|likely|even chance|almost certain"
    for paragraph in judgements(answer):
        for s in paragraph:
            assert not (re.search(terms, s.text, re.I) and "onfidence" in s.text)


def test_the_page_is_self_contained_and_the_same_twice(answer) -> None:
    page = render_html(answer)
    assert page == render_html(answer)
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    assert "url(http" not in page
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page, anchor


def test_every_figure_has_its_numbers_in_a_table(answer) -> None:
    page = render_html(answer)
    assert page.count("<figure>") == 1 + len(answer.timelines)
    assert page.count("<svg") == page.count("<figure>")
    for t in answer.timelines:
        assert all(str(p.at) in page for p in t.points)


def test_text_from_reports_is_never_markup(answer) -> None:
    evil = replace(answer.evidence[0], quote="<script>alert(1)</script>")
    page = render_html(replace(answer, evidence=(evil,)))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_what_rests_on_judgement_and_what_is_published_beside_it_is_printed(answer) -> None:
    page = render_html(answer)
    assert "are elicited" in page
    for name, _, _ in answer.published_rates:
        assert name.replace("'", "&#39;") in page


def test_a_folder_that_is_not_there_is_named(answer, tmp_path) -> None:
    with pytest.raises(StoreFailure, match="nowhere"):
        write_brief(answer, tmp_path / "nowhere" / "brief.html")
