"""Sentences of a brief: numbers carry handles, likelihood and confidence stay apart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from standoff.assess import assess_question, parts, restore, seed
from standoff.brief import Sentence, judgements, render_html, write_brief
from standoff.errors import BadRecord, ModelError, StoreFailure
from standoff.ledger import Ledger
from standoff.systems import load_system
from standoff.terms import Estimate


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


def test_sentences_hold_no_handle_but_numbered_notes_that_open_one(answer) -> None:
    page = render_html(answer)
    judged = page.partition("<h2>Key judgements</h2>")[2].partition("<h2>")[0]
    assert "R-" not in judged and 'class="handle"' not in judged
    marks = re.findall(r'href="#note-(\d+)"', page)
    notes = page.partition('<ol class="notes">')[2].partition("</ol>")[0]
    assert len(marks) > 20
    for n in set(marks):
        assert re.search(
            rf'id="note-{n}"><code>standoff why &#34;|id="note-{n}"><code>standoff why "', notes
        )
    known = {f"{answer.run}#{p.key}" for p in parts(answer)} | {x.handle for x in answer.levels}
    known |= {e.handle for e in answer.evidence} | {c.handle for c in answer.contested}
    for handle in re.findall(r'standoff why "([^"]+)"', notes.replace("&gt;", ">")):
        assert handle in known, handle


def test_no_event_that_moves_nothing_is_called_moving(answer) -> None:
    still = replace(answer.influences[0], multiplier=Estimate(1.0, 0.99, 1.01))
    page = render_html(replace(answer, influences=(*answer.influences, still) * 3))
    table = page.partition("each left out in turn")[2].partition("</table>")[0]
    assert table.count('<tr><th scope="row"') <= 12 and "×1.00" not in table


def test_a_restored_run_gives_the_same_page(tmp_path) -> None:
    system = load_system("west-pacific-2021")
    with Ledger.create(tmp_path / "r.standoff", system=system.slug) as ledger:
        seed(ledger, system)
        made = assess_question(ledger, system, as_of=date(2021, 8, 13), draws=200)
        assert render_html(restore(ledger.run(made.run))) == render_html(made)


def test_a_run_of_an_older_version_says_how_to_answer_again(tmp_path) -> None:
    system = load_system("west-pacific-2021")
    with Ledger.create(tmp_path / "o.standoff", system=system.slug) as ledger:
        made = assess_question(ledger, system, as_of=date(2021, 8, 13), draws=100)
        stored = ledger.run(made.run)
        old = {k: v for k, v in stored.payload.items() if k not in ("grades", "outside")}
        with pytest.raises(BadRecord, match=r"standoff assess --as-of 2021-08-13"):
            restore(replace(stored, payload=old))
