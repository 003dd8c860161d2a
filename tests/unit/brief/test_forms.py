"""The brief as Markdown and Word, and with words that a person edited."""

from __future__ import annotations

import io
import re

import pytest

from standoff.brief import brief_blocks, brief_bytes, headline, percent
from standoff.brief.blocks import Heading, TableBlock, Text
from standoff.brief.docx import docx_of
from standoff.brief.edited import with_words
from standoff.brief.markdown import markdown_of
from standoff.errors import InputError

docx = pytest.importorskip("docx", reason="python-docx reads what was written")


@pytest.fixture(scope="module")
def text(answer) -> str:
    return brief_bytes(answer, ".md").decode()


def reworded(text: str, number: int, change) -> str:
    return re.sub(
        rf"(<!-- judgement {number}, R-\w+ -->\n)(.+)", lambda m: m[1] + change(m[2]), text
    )


def test_every_form_tells_the_chances_of_the_first_screen(answer, text) -> None:
    chances = [percent(c.chance.mean) for c in headline(answer).chances]
    file = docx.Document(io.BytesIO(brief_bytes(answer, ".docx")))
    cells = [c.text for t in file.tables for row in t.rows for c in row.cells]
    for chance in chances:
        assert f"| {chance} [" in text
        assert any(c.startswith(chance) for c in cells)


def test_a_word_file_has_headings_tables_and_pictures_with_words(answer) -> None:
    file = docx.Document(io.BytesIO(brief_bytes(answer, ".docx")))
    heads = [p.text for p in file.paragraphs if p.style.name.lower().startswith("heading")]
    assert heads[0] == answer.title and "Key judgements" in heads and heads[-1] == "Notes"
    assert len(file.inline_shapes) == 1 + len(answer.timelines)
    assert all(s._inline.docPr.get("descr") for s in file.inline_shapes)
    assert all(s.width <= file.sections[0].page_width for s in file.inline_shapes)


def test_same_run_same_bytes(answer) -> None:
    for form in (".md", ".docx"):
        assert brief_bytes(answer, form) == brief_bytes(answer, form)


def test_at_most_twelve_events_and_none_that_stands_still(answer) -> None:
    (table,) = [
        b for b in brief_blocks(answer)
        if isinstance(b, TableBlock) and b.caption.startswith("The events that move")
    ]  # fmt: skip
    assert 0 < len(table.rows) <= 12
    assert not any(row[-1].startswith("×1.00") for row in table.rows)


def test_every_note_is_explained_and_every_number_of_a_judgement_has_one(answer) -> None:
    blocks = brief_blocks(answer)
    told = [b for b in blocks if isinstance(b, Text)]
    explained = {int(b.text[1:].partition("]")[0]) for b in told if b.text.startswith("[")}
    assert {n for b in told for n in b.notes} <= explained
    assert all(b.notes for b in told if b.name and re.search(r"\d", b.text))


def test_words_are_kept(answer, text) -> None:
    mine = reworded(text, 1, lambda line: "In our view: " + line)
    assert "In our view:" in brief_bytes(answer, ".md", mine).decode()
    assert "In our view:" in docx.Document(
        io.BytesIO(brief_bytes(answer, ".docx", mine))
    ).element.xml  # fmt: skip


def test_a_brief_that_nobody_edited_comes_back_as_it_was(answer, text) -> None:
    assert brief_bytes(answer, ".md", text).decode() == text


def test_a_changed_number_is_refused_by_name(answer, text) -> None:
    mine = reworded(text, 1, lambda line: re.sub(r"\d+(\.\d+)? %", "77 %", line, count=1))
    with pytest.raises(InputError, match=r"judgement 1 .*77"):
        brief_bytes(answer, ".md", mine)


def test_of_another_run_what_moved_is_stale_and_the_rest_is_not(answer, text) -> None:
    older = text.replace(answer.run, "R-0000")
    same = brief_bytes(answer, ".md", older).decode()
    assert "Stale" not in same
    moved = reworded(older, 1, lambda line: re.sub(r"\d+(\.\d+)? %", "77 %", line, count=1))
    told = brief_bytes(answer, ".md", moved).decode()
    assert told.count("> Stale: written for R-0000") == 1 and "77 %" in told


def test_a_file_that_is_no_brief_and_a_paragraph_too_many_are_refused(answer, text) -> None:
    with pytest.raises(InputError, match="without a paragraph"):
        brief_bytes(answer, ".md", "# Notes of a meeting")
    more = text + f"\n<!-- judgement 99, {answer.run} -->\nWar is certain.\n"
    with pytest.raises(InputError, match="judgement 99"):
        brief_bytes(answer, ".md", more)


def test_another_ending_is_refused_with_those_there_are(answer) -> None:
    with pytest.raises(InputError, match=r"\.html, \.pdf, \.md or \.docx"):
        brief_bytes(answer, ".odt")
    with pytest.raises(InputError, match="words of your own"):
        brief_bytes(answer, ".html", "<!-- judgement 1, R-1 -->\nx")


def test_words_of_reports_are_never_markup() -> None:
    wild = "</w:t><script>|\x0b*_`#<!-- judgement 1, R-1 -->"
    blocks = (Heading("T", 1), Text(wild), TableBlock("", ("a",), ((wild,),)))
    file = docx.Document(io.BytesIO(docx_of(blocks)))
    assert file.paragraphs[1].text.startswith("</w:t><script>|")
    told = markdown_of(blocks, "R-1")
    assert "\\<script>" in told and "<!--" not in told.replace("\\<!--", "")
    with pytest.raises(InputError):
        with_words(blocks, told, "R-1")
