"""The local app: pages that need no script, text that is never markup, errors with a reason."""

from __future__ import annotations

import re
from datetime import date

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

import standoff as so
from standoff.terms import Span
from standoff.web import create_app, marked

TEXT = (
    "China accused Japan of <b>gross interference</b> on Monday. "
    "Japan will deploy missiles to Ishigaki, its defence minister said."
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "a.standoff"
    with so.new_dossier(path) as made:
        made.read(TEXT, published=date(2021, 7, 13), source="a wire", title="A <i>title</i>")
    return TestClient(create_app(path))


def test_home_lists_documents_and_signals(client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "D-002" in page.text and "S-252" in page.text
    assert "<i>title" not in page.text


def test_a_document_shows_its_whole_text_once_with_marks(client) -> None:
    page = client.get("/documents/D-002").text
    article = page.split('<pre class="text">')[1].split("</pre>")[0]
    assert "<mark" in article
    shown = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", article)
    assert shown == TEXT.replace("<", "&lt;").replace(">", "&gt;")


def test_why_walks_to_the_words(client) -> None:
    page = client.get("/why", params={"handle": "L-JPN>TWN@2021-08-13"})
    assert page.status_code == 200 and "S-" in page.text and "«" in page.text


def test_a_brief_opens(client) -> None:
    page = client.get("/brief")
    assert page.status_code == 200 and "Key judgements" in page.text


@pytest.mark.parametrize(
    "address", ["/documents/D-999", "/why?handle=S-99999", "/why?handle=", "/brief?as_of=never"]
)
def test_errors_are_pages_with_a_reason(client, address) -> None:
    page = client.get(address)
    assert page.status_code == 400 and 'role="alert"' in page.text


def test_no_page_loads_anything_and_other_hosts_are_refused(client) -> None:
    page = client.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in page.text
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_overlapping_marks_share_pieces() -> None:
    pieces = marked("abcdef", [("S-1", Span(0, 4, "abcd")), ("C-1", Span(2, 6, "cdef"))])
    assert [(p.text, p.handles) for p in pieces] == [
        ("ab", ("S-1",)),
        ("cd", ("S-1", "C-1")),
        ("ef", ("C-1",)),
    ]
    assert "".join(p.text for p in marked("plain", [])) == "plain"
