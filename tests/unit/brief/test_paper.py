"""The brief on paper: printed where a browser is, refused in plain words where none is; its map and timelines."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date

import pytest

from standoff.brief import Drawing, brief_bytes, render_html, timeline_spec, to_svg
from standoff.brief.pdf import BROWSERS
from standoff.errors import InputError

BROWSER = next((b for b in BROWSERS if shutil.which(b)), None)
MAP = Drawing('<svg width="90" height="40"><text y="20">Ishigaki</text></svg>', "Around 24°, 124°")


@pytest.mark.skipif(BROWSER is None, reason="no browser of the Chromium family is installed")
def test_a_pdf_holds_what_the_page_says_and_is_the_same_twice(answer) -> None:
    pypdf = pytest.importorskip("pypdf")
    first, second = (brief_bytes(answer, ".pdf", ground=MAP) for _ in range(2))
    assert first == second and first.startswith(b"%PDF-")
    file = pypdf.PdfReader(io.BytesIO(first))
    assert file.metadata.creation_date.date() == date(2021, 8, 13)
    pages = [" ".join(p.extract_text().split()) for p in file.pages]
    assert "Grade of the model" in pages[0], "the first page is the first screen, whole"
    assert "Key judgements" not in pages[0] and "Key judgements" in pages[1]
    assert f"1 of {len(pages)}" in pages[0] and len(pages) < 16
    assert any("Ishigaki" in p for p in pages)
    # What is folded on a screen is open on paper.
    assert any("challenger_stake" in p for p in pages)


def test_without_a_browser_it_is_said_what_to_do(answer, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_: None)
    with pytest.raises(InputError, match=r"no browser here.*print it"):
        brief_bytes(answer, ".pdf")


def test_words_and_deeds_have_panels_of_their_own(answer) -> None:
    """Two bands drawn in one panel would hide each other: each area stands at a height of its own."""
    spec = timeline_spec(answer.timelines[0])
    assert spec["facet"]["row"]["field"] == "channel"
    assert {v["channel"] for v in spec["data"]["values"]} == {"words", "deeds"}
    svg = to_svg(json.loads(json.dumps(spec)))
    panels = re.findall(r'aria-label="channel: (\w+)|>(words|deeds)<', svg)
    assert {a or b for a, b in panels} == {"words", "deeds"}


def test_a_patron_without_a_signal_has_no_timeline(answer) -> None:
    page = render_html(answer)
    assert page.count("words above (dashed)") == len(answer.timelines) == 2
    mute = replace(answer, levels=tuple(replace(x, n_signals=0) for x in answer.levels))
    told = render_html(mute)
    assert "words above (dashed)" not in told and "no timeline to show" in told


def test_the_map_stands_in_every_form_and_only_where_it_is_given(answer) -> None:
    docx = pytest.importorskip("docx")
    assert MAP.svg in render_html(answer, MAP) and "<h2>Where</h2>" not in render_html(answer)
    assert MAP.words in brief_bytes(answer, ".md", ground=MAP).decode()
    shapes = [
        len(docx.Document(io.BytesIO(brief_bytes(answer, ".docx", ground=g))).inline_shapes)
        for g in (None, MAP)
    ]
    assert shapes[1] == shapes[0] + 1
