"""What a reader of the file sees is read, and nothing else: changes, marks, hidden parts, days."""

from __future__ import annotations

import io
import time

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.read.documents import load_documents
from standoff.read.documents.load import kind_of

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run_of(words: str, mark: str = "t", properties: str = "") -> str:
    return f"<w:r>{properties}<w:{mark} xml:space='preserve'>{words}</w:{mark}></w:r>"


def docx_with(*bodies: str) -> bytes:
    """A Word file whose body holds these pieces of WordprocessingML, before its last section."""
    import docx
    from lxml import etree

    document = docx.Document()
    for body in bodies:
        for element in etree.fromstring(f"<w:x {NS}>{body}</w:x>"):
            document.element.body.insert(len(document.element.body) - 1, element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


TRACK = 'w:id="1" w:author="a" w:date="2021-08-13T00:00:00Z"'
WORD = {
    "insertion": (
        (f"<w:p>{run_of('Japan ')}<w:del {TRACK}>{run_of('praised', 'delText')}</w:del>"
        f"<w:ins {TRACK}>{run_of('condemned')}</w:ins>{run_of(' China.')}</w:p>"),
        "Japan condemned China.",
    ),
    "move": (
        (f"<w:p><w:moveFrom {TRACK}>{run_of('On Monday ')}</w:moveFrom>{run_of('India left')}"
        f"<w:moveTo {TRACK}>{run_of(' on Monday')}</w:moveTo></w:p>"),
        "India left on Monday",
    ),
    "inserted link": (
        f"<w:p><w:ins {TRACK}><w:hyperlink>{run_of('Iran')}</w:hyperlink></w:ins>{run_of(' spoke.')}</w:p>",
        "Iran spoke.",
    ),
    "content control": (
        f"<w:sdt><w:sdtContent><w:p>{run_of('Peru spoke.')}</w:p></w:sdtContent></w:sdt>",
        "Peru spoke.",
    ),
    "hidden run": (
        (f"<w:p>{run_of('Peru')}{run_of(' and Chile', properties='<w:rPr><w:vanish/></w:rPr>')}"
        f"{run_of(' spoke.')}</w:p>"),
        "Peru spoke.",
    ),
    "table": (
        (f"<w:tbl><w:tr><w:tc><w:p>{run_of('Peru')}</w:p></w:tc><w:tc><w:p><w:ins {TRACK}>{run_of('left')}"
        "</w:ins></w:p></w:tc></w:tr></w:tbl>"),
        "Peru\tleft",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORD)
def test_a_word_file_is_read_as_it_would_print(case: str) -> None:
    body, words = WORD[case]
    (source,) = load_documents(docx_with(body), name="x.docx")
    assert source.text == words
    assert ("tracked changes" in " ".join(source.notes)) == ("w:author" in body)


def feed(item: str) -> bytes:
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title><link>http://f.test</link>"
        f"<item><title>T</title>{item}</item></channel></rss>"
    ).encode()


CDATA = {
    "escaped": "<description>&lt;![CDATA[Peru condemned Chile.]]&gt;</description>",
    "real": "<description><![CDATA[Peru condemned Chile.]]></description>",
    "escaped inside a real one": "<description><![CDATA[<![CDATA[Peru condemned Chile.]]]]>"
    "<![CDATA[>]]></description>",
    "escaped with markup": "<description>&lt;![CDATA[&lt;p&gt;Peru condemned Chile.&lt;/p&gt;]]&gt;"
    "</description>",
}


@pytest.mark.parametrize("case", CDATA)
def test_text_in_cdata_is_read_however_it_came(case: str) -> None:
    (item,) = load_documents(feed(CDATA[case]), name="f.xml")
    assert item.text == "T\n\nPeru condemned Chile."


# The day is plain in any language of the weekday; the third and fourth name none that can be read.
DAYS = {
    "Mo, 25 Jun 2018 11:41:36": ("2018-06-25", ""),
    "ven, 3 Aug 2018": ("2018-08-03", ""),
    "25 czerwca 2018": (None, "25 czerwca 2018"),
    "yesterday": (None, "yesterday"),
}


@pytest.mark.parametrize("written", DAYS)
def test_a_day_that_cannot_be_read_is_said(written: str, tmp_path) -> None:
    body = "<description>Peru condemned Chile on Friday.</description>"
    data = feed(f"{body}<pubDate>{written}</pubDate>")
    (item,) = load_documents(data, name="f.xml")
    day, undated = DAYS[written]
    assert (item.published and item.published.isoformat(), item.undated) == (day, undated)
    (tmp_path / "f.xml").write_bytes(data)
    args = ["read", str(tmp_path / "f.xml"), "--published", "2021-08-13", "--format", "jsonl"]
    done = CliRunner().invoke(app, args)
    assert "2021-08-13" not in done.stdout  # the day of the file stands in for none
    assert done.exit_code == (2 if undated else 0)
    assert ("is not read" in done.stderr) == bool(undated)


HIDDEN = (
    "<p hidden>Chile attacked Peru.</p>",
    "<p style='color:red; display: none'>Chile attacked Peru.</p>",
    "<div hidden=''><div>Chile</div> attacked <p>Peru.</div>",
    "<section style='visibility:hidden'><p>Chile attacked Peru.</p></section>",
)
SEEN = (
    "<p>Japan condemned China on Monday, and the two governments spoke about it for hours.</p>" * 3
)


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("frame", ["<article>{}</article>", "<table><tr><td>{}</td></tr></table>"])
def test_hidden_parts_of_a_page_are_left_out(hidden: str, frame: str) -> None:
    page = f"<html><body>{frame.format(SEEN + hidden + SEEN)}<p>End.</p></body></html>"
    (source,) = load_documents(page.encode(), name="x.html")
    assert "Chile" not in source.text
    assert source.text.count("Monday") >= 1
    short = f"<html><body><p>Peru spoke.</p>{hidden}<p>Iran left.</p></body></html>"
    (source,) = load_documents(short.encode(), name="x.html")
    assert "Chile" not in source.text
    assert "Peru spoke." in source.text
    assert "Iran left." in source.text


def test_a_row_of_comments_is_told_apart_in_a_moment() -> None:
    for head in (b"<!-- -->" * 900, b"<!-- --> " * 900, b"<!--" + b"-->" * 2000):
        began = time.process_time()
        kind_of(head + b"no markup")
        assert time.process_time() - began < 1.0
    assert kind_of(b"<!-- a --> <!-- b -->\n<html>") == "html"
