"""Files of every kind: their words, where each stands, and refusals with a reason.

PDF and DOCX files are made here, by hand and by python-docx, so that the words in them are known.
"""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest

from standoff.errors import EmptyText, InputError, UnreadableFile
from standoff.read.documents import decode_bytes, load_documents, load_file


def pdf_of(pages: list[str]) -> bytes:
    """A small PDF, one line of Helvetica a page, written object by object."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, words in enumerate(pages):
        drawing = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return out.getvalue()


def docx_of(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    import docx

    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            table.cell(i, j).text = words
    document.core_properties.title = "A memo"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAGE = """<!doctype html><html><head><title>Fleet sails</title>
<script>var x = "Japan attacks China";</script><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Fleet sails</h1>
<p>Japan sent two destroyers to the strait on Friday, the ministry of defence said in a statement.</p>
<p>The ships will return within three weeks, according to a spokesperson who spoke to reporters.</p>
<p>China protested against the passage and summoned the ambassador of Japan to the ministry in Beijing.</p>
</article><footer>All rights reserved</footer></body></html>"""

RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>
<item><title>Fleet sails</title><link>https://example.org/1</link>
<pubDate>Fri, 13 Aug 2021 08:00:00 GMT</pubDate>
<description>&lt;p&gt;Japan sent &lt;b&gt;two&lt;/b&gt; ships.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Protest</title><description>China protested.</description></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>
<entry><title>Drill ends</title><updated>2021-08-14T00:00:00Z</updated>
<content type="html">&lt;p&gt;The drill ended.&lt;/p&gt;</content></entry></feed>"""


def test_plain_text_is_the_file_itself() -> None:
    data = b"One.\n\nTwo is\nlonger.\n"
    (found,) = load_documents(data, name="a.txt")
    assert found.text == data.decode()
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert (found.where(1), found.where(found.text.index("longer"))) == (
        "paragraph 1",
        "paragraph 2",
    )


def test_markdown_gives_title_and_day_of_its_front_matter() -> None:
    (found,) = load_documents(
        b"---\ntitle: A drill\ndate: 2021-08-13\n---\n\nIt began.\n", name="a.md"
    )
    assert (found.kind, found.title, found.published) == ("md", "A drill", date(2021, 8, 13))


def test_html_gives_the_article_and_no_script() -> None:
    (found,) = load_documents(PAGE.encode(), name="page")
    assert found.kind == "html"
    assert (
        "two destroyers" in found.text and "attacks" not in found.text and "color" not in found.text
    )
    first, last = found.text.index("two destroyers"), found.text.index("China protested")
    assert found.where(first) != found.where(last) != ""


def test_a_page_of_scripts_alone_is_refused() -> None:
    with pytest.raises(EmptyText):
        load_documents(
            b"<html><body><script>alert('Japan attacks')</script></body></html>", name="x.html"
        )


def test_pdf_offsets_lead_back_to_the_page() -> None:
    (found,) = load_documents(pdf_of(["Japan sent two ships.", "China protested."]), name="a.pdf")
    assert (found.kind, found.text) == ("pdf", "Japan sent two ships.\n\nChina protested.")
    assert found.where(found.text.index("sent")) == "page 1"
    assert found.where(found.text.index("protested")) == "page 2"


def test_docx_offsets_lead_back_to_paragraph_or_row() -> None:
    data = docx_of(
        ["Japan sent two ships.", "China protested."], [["State", "Ships"], ["Japan", "2"]]
    )
    (found,) = load_documents(data, name="memo")
    assert (found.kind, found.title) == ("docx", "A memo")
    assert found.where(found.text.index("protested")) == "paragraph 2"
    assert found.where(found.text.index("Japan\t2")) == "table 1 row 2"


@pytest.mark.parametrize(
    ("data", "titles"), [(RSS, ["Fleet sails", "Protest"]), (ATOM, ["Drill ends"])]
)
def test_a_feed_gives_one_text_an_item(data: bytes, titles: list[str]) -> None:
    found = load_documents(data, name="feed.xml")
    assert [item.title for item in found] == titles
    assert all(
        item.kind == "feed" and "x()" not in item.text and "<" not in item.text for item in found
    )


def test_a_feed_item_has_its_day_and_link() -> None:
    item = load_documents(RSS, name="feed.xml")[0]
    assert (item.published, item.link, item.where(0)) == (
        date(2021, 8, 13),
        "https://example.org/1",
        "item 1",
    )
    assert "Japan sent two ships." in item.text


WORDS = "Der Minister erklärte: »Die Übung in der Nähe von Zürich dauert fünf Tage, sagte Präsident Łukasz.«"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (WORDS.encode(), "utf-8", WORDS),
        (WORDS.encode("utf-8-sig"), "utf-8-sig", WORDS),
        (WORDS.encode("utf-16"), "utf-16", WORDS),
        ("The fleet sailed on.".encode("utf-16-le"), "utf-16-le", "The fleet sailed on."),
        ("The fleet sailed on.".encode("utf-16-be"), "utf-16-be", "The fleet sailed on."),
        (WORDS.encode("utf-32"), "utf-32", WORDS),
    ],
)  # fmt: skip
def test_an_encoding_is_found_and_recorded(data: bytes, encoding: str, text: str) -> None:
    found = decode_bytes(data)
    assert (found.encoding, found.text) == (encoding, text)


def test_a_declared_encoding_is_believed() -> None:
    page = '<html><head><meta charset="shift_jis"></head><body><p>防衛省の発表によると、艦船は出港した。</p></body></html>'
    assert decode_bytes(page.encode("shift_jis")).text == page


def test_a_guess_is_told_as_such() -> None:
    found = decode_bytes(
        "Le ministre a déclaré que la flotte était prête à l’été.".encode("cp1252") * 3
    )
    assert not found.sure and any("guessed" in note for note in found.notes)
    assert "déclaré" in found.text


def test_a_few_broken_bytes_are_replaced_and_counted() -> None:
    good = ("Le ministère a déclaré que la flotte était prête. " * 40).encode()
    found = decode_bytes(good[:500] + b"\xff\xfe" + good[500:])
    assert found.text.count("\ufffd") == 2 and "2 broken bytes" in found.notes[0]


def test_text_read_twice_in_the_wrong_encoding_is_noticed() -> None:
    twice = "Côte d’Ivoire, São Tomé, “quoted” words, naïve, café".encode().decode(
        "cp1252", "replace"
    )
    assert any("1252" in note for note in decode_bytes(twice.encode()).notes)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b" \n\t ", "a.txt"),
        (b"\x89PNG\r\n\x1a\n0000", "a.png"),
        (b"%PDF-1.4 broken from here on", "a.pdf"),
        (b"PK\x03\x04word/ broken", "a.docx"),
        (b"PK\x03\x04 some archive", "a.zip"),
        (bytes(range(256)) * 40, "a.bin"),
        (b"\x00" * 5000, "a.txt"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "a.txt"),
        (b"<rss><channel>", "a.xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, name: str) -> None:
    with pytest.raises(InputError) as refused:
        load_documents(data, name=name)
    assert "came; expected" in str(refused.value)


def test_a_missing_file_names_itself(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.txt"):
        load_file(tmp_path / "nowhere.txt")


def test_a_locked_pdf_says_so() -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(["Secret words."])))
    writer.encrypt("key", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UnreadableFile, match="locked"):
        load_documents(out.getvalue(), name="a.pdf")


def test_a_document_too_long_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.read.documents import load

    monkeypatch.setattr(load, "LONGEST_TEXT", 1000)
    with pytest.raises(UnreadableFile, match="--batch"):
        load_documents(b"word " * 300, name="a.txt")
