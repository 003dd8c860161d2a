"""The Dossier: texts cut without loss, cards that say who, act, whom, and decisions that hold."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.api.screens import (
    Actions,
    cut,
    edit_form,
    look,
    one_card,
    paragraphs,
    read_changes,
    text_screen,
)
from standoff.errors import ImpossibleDate, InputError, StandoffError, UnknownActor, UnknownHandle
from standoff.ledger import Ledger
from standoff.terms import Span

from .conftest import token

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(text=TEXTS, data=st.data())
def test_cutting_loses_and_moves_nothing(text, data) -> None:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marks = [(min(e), max(e)) for e in data.draw(st.lists(ends, max_size=8)) if e[0] != e[1]]
    aside = [Span.of(text, a, b) for a, b in marks[:1]]
    pieces = list(cut(text, marks, aside))
    assert "".join(p.text for p in pieces) == text
    at = 0
    for p in pieces:
        # The slow, obvious way: every mark that covers the whole stretch.
        covering = {i for i, (a, b) in enumerate(marks) if a <= at and at + len(p.text) <= b}
        assert set(p.cards) == covering
        assert set(p.begins) == {i for i in covering if marks[i][0] == at}
        at += len(p.text)
    assert "".join(p.text for block in paragraphs(pieces) for p in block) == text
    assert all(block[-1].text.endswith("\n") for block in paragraphs(pieces)[:-1])


def test_cards_stand_in_the_order_of_the_text(demo) -> None:
    with look(demo) as view:
        screen = text_screen(view, "D-004")
        assert [c.start for c in screen.cards] == sorted(c.start for c in screen.cards)
        text = view.ledger.document("D-004").text
        for c in screen.cards:
            assert text[c.start : c.end] == c.quote
        assert screen.left + screen.done == sum(c.kind == "signal" for c in screen.cards)
        card = one_card(view, screen.cards[0].handle)
        assert card == screen.cards[0]


@pytest.mark.parametrize("shown", ["review", "words", "deeds", "claims", "wrong", "nonsense"])
def test_filters_only_leave_out(demo, shown) -> None:
    with look(demo) as view:
        whole = text_screen(view, "D-003")
        part = text_screen(view, "D-003", shown=shown)
    assert set(part.listed()) <= set(whole.cards) and part.cards == whole.cards
    if shown == "deeds":
        assert all(c.letter == "D" for c in part.listed())


def test_a_document_that_came_later_is_not_there_yet(demo) -> None:
    with look(demo, as_of=date(2021, 8, 1)) as view:
        assert "D-004" not in {d.handle for d in view.documents} and view.later >= 1
        with pytest.raises(UnknownHandle):
            text_screen(view, "D-004")


def test_shapes_and_letters_tell_kinds_apart_without_colour(client) -> None:
    page = client.get("/d/demo/text/D-003").text
    assert {"W", "D", "C"} <= set(re.findall(r'data-letter="([^"]+)"', page))
    assert "C!" in page  # the legend names the wrong claim even where there is none
    for name in ("solid", "dotted", "wavy"):
        assert f'class="letter {name}"' in page


def test_decisions_by_form_work_without_a_script(writer, own) -> None:
    secret = token(writer, "/d/own/text/D-004")
    back = "/d/own/text/D-004?sel=S-1071"
    form = {"token": secret, "handle": "S-1071", "action": "reject", "back": back}
    page = writer.post("/d/own/do/decide", data=form)
    assert page.status_code == 200 and str(page.url).endswith("sel=S-1071")
    with Ledger.open(own) as ledger:
        assert ledger.signal("S-1071").state == "rejected"
        assert ledger.decisions("S-1071")[-1].author == "tester"
    writer.post("/d/own/do/undo", data={"token": secret, "back": back})
    with Ledger.open(own) as ledger:
        assert ledger.signal("S-1071").state == "suggested"


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/d/other/desk", "/d/own/x\r\nSet-Cookie: a=b", ""],
)
def test_a_form_never_leads_elsewhere(writer, back) -> None:
    form = {"token": token(writer), "handle": "S-1071", "action": "accept", "back": back}
    answer = writer.post("/d/own/do/decide", data=form, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/d/own/desk"


@pytest.mark.parametrize(
    ("handle", "action"),
    [
        ("S-99999", "accept"),
        ("C-99", "reject"),
        ("D-001", "accept"),
        ("S-1071", "burn"),
        ("", "accept"),
    ],
)
def test_decisions_about_nothing_store_nothing(writer, own, handle, action) -> None:
    with Ledger.open(own) as ledger:
        before = len(ledger.decisions())
    form = {"token": token(writer), "handle": handle, "action": action}
    assert writer.post("/d/own/do/decide", data=form).status_code == 400
    with Ledger.open(own) as ledger:
        assert len(ledger.decisions()) == before


def test_an_edit_changes_only_what_was_changed(own) -> None:
    with Ledger.open(own) as ledger:
        old = ledger.signal("S-1074").signal
    form = {f.name: f.value for f in edit_form(old)} | {"event": "CONSULT", "x_event": "PLEDGE"}
    assert read_changes(form, old) == {"event": "CONSULT", "x_standoff": {"event": "PLEDGE"}}
    Actions(own).edit("S-1074", form, "a hope")
    with Ledger.open(own) as ledger:
        new = ledger.signal("S-1074").signal
    assert (new.event.value, new.x_event.value) == ("CONSULT", "PLEDGE")
    assert (new.sources, new.date, new.span, new.confidences) == (
        old.sources,
        old.date,
        old.span,
        old.confidences,
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("sources", "Atlantis", UnknownActor),
        ("from", "2021-02-30", ImpossibleDate),
        ("explicitness", "9", InputError),
        ("protege", "JPN, TWN", InputError),
        ("event", "DANCE", StandoffError),
        ("channel", "", StandoffError),
    ],
)
def test_an_edit_that_cannot_stand_is_refused_with_the_field(own, field, value, error) -> None:
    with pytest.raises(error):
        Actions(own).edit("S-1074", {field: value}, "why")
    with Ledger.open(own) as ledger:
        assert ledger.signal("S-1074").state == "suggested"


def test_a_marked_signal_stands_where_it_was_marked(own) -> None:
    form = {"sources": "Japan", "targets": "China", "event": "ACCUSE", "channel": "words", "status": "done",
            "officialness": "official", "explicitness": "1", "cost": "cheap", "valence": "accuse"}  # fmt: skip
    done = Actions(own, "tester").mark("D-005", 0, 5, form)
    with Ledger.open(own) as ledger:
        item = ledger.signal(done.handle)
        assert item.signal.span.quote == "China" and item.signal.coder == "hand"
        assert item.state == "accepted" and item.event and item in ledger.signals()
        assert ledger.activity(done.handle).kind == "mark"
    for start, end in ((5, 5), (9, 3), (0, 10**6)):
        with pytest.raises(InputError):
            Actions(own).mark("D-005", start, end, form)


def test_claims_can_be_overruled_with_a_reason(own) -> None:
    with Ledger.open(own) as ledger:
        claim = ledger.claims()[0].handle
    with pytest.raises(InputError):
        Actions(own).edit(claim, {"outcome": "SUPPORTED"}, " ")
    Actions(own).edit(claim, {"outcome": "CONTRADICTED"}, "measured otherwise")
    with look(own) as view:
        assert one_card(view, claim).wrong and view.contested == 1


def test_reading_keeps_texts_whole_and_takes_no_path(writer, own, tmp_path) -> None:
    files = [("files", ("../../outside.txt", b"Japan condemned China on Monday.", "text/plain"))]
    form = {"token": token(writer), "published": "2021-08-13", "source": "Wire", "text": ""}
    page = writer.post(
        "/d/own/do/read", data=form, files=files, headers={"accept": "application/json"}
    )
    job = page.json()["job"]
    for _ in range(300):
        state = writer.get(f"/job/{job}", headers={"accept": "application/json"}).json()
        if state["state"] not in ("running", "stopping"):
            break
        __import__("time").sleep(0.05)
    assert state["state"] == "done", state
    with Ledger.open(own) as ledger:
        last = ledger.documents()[-1]
        assert ledger.document(last.handle).text == "Japan condemned China on Monday."
        assert ledger.activity(last.handle).parameters["file"] == "outside.txt"
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "2021-08-13", "text": "  "},
        {"published": "never", "text": "Japan condemned China."},
        {"text": "x"},
    ],
)
def test_reading_nothing_or_without_a_day_is_refused(writer, fields) -> None:
    answer = writer.post("/d/own/do/read", data={"token": token(writer), **fields})
    assert answer.status_code == 400
