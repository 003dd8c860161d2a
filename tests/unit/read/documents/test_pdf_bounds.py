"""Small PDF files that ask for much: refused in bounded time and memory, in words."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Callable, Sequence

import pytest

from standoff.errors import UnreadableFile
from standoff.read import load_documents
from standoff.read.documents import pdf

pytest.importorskip("pypdf")
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SAID = b"BT /F1 12 Tf 10 10 Td (Japan condemned China on Monday.) Tj ET\n"
FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >>"
    b" /XObject << /X%d %d 0 R >> >>"
)


def written(objects: Sequence[bytes]) -> bytes:
    """A PDF file of objects, the first of them its catalogue (ISO 32000-1, 7.5)."""
    out, places = b"%PDF-1.7\n", list[int]()
    for number, what in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, what)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, len(out))
    )


def packed(data: bytes, extra: bytes = b"", times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    head = b"<< /Length %d /Filter [%s] %s >>\nstream\n" % (len(data), filters, extra)
    return head + data + b"\nendstream"


def drawn(content: bytes, pages: int = 1, forms: Sequence[bytes] = ()) -> bytes:
    """A file whose pages all draw the same content, with forms named /X0, /X1 and so on."""
    first = 5 + len(forms)
    kids = b" ".join(b"%d 0 R" % (first + i) for i in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources"
        b" << /Font << /F1 3 0 R >> /XObject << /X0 5 0 R >> >> >>"
    )
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    return written([catalogue, tree, FONT, content, *forms, *[page] * pages])


def laughs() -> bytes:
    """Forms that each draw the next one ten times: ten thousand million drawings."""
    forms = [
        packed(b"/X%d Do " % (i + 1) * 10 if i < 9 else SAID * 10, FORM % (i + 1, 6 + i))
        for i in range(10)
    ]
    return drawn(packed(b"/X0 Do " * 10), forms=forms)


def tree_of_itself() -> bytes:
    level = b"<< /Type /Pages /Count 1 /Kids [%s] >>"
    return written(
        [b"<< /Type /Catalog /Pages 2 0 R >>"]
        + [level % (b"%d 0 R " % (i + 1) * 10) for i in range(2, 12)]
        + [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"]
    )


BOMBS: dict[str, Callable[[], bytes]] = {
    "a stream of 300 megabytes": lambda: drawn(packed(b" " * 300_000_000, times=2)),
    "one long word": lambda: drawn(packed(b"BT /F1 12 Tf (%s) Tj ET" % (b"a" * 60_000_000))),
    "brackets": lambda: drawn(packed(b"BT " + b"[" * 5_000_000 + b"]" * 5_000_000 + b" TJ ET")),
    "a page tree in itself": lambda: drawn(packed(SAID)).replace(
        b"/Kids [5 0 R]", b"/Kids [2 0 R]"
    ),
    "ten thousand million pages": tree_of_itself,
    "a drawing that is asked for often": lambda: drawn(
        packed(b"/X0 Do " * 900), forms=[packed(SAID + b"q Q " * 30_000, FORM % (9, 3))]
    ),
    "pages that share one drawing": lambda: drawn(packed(SAID + b"q Q " * 20_000), pages=400),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_in_bounded_time_and_memory(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 2.0)
    monkeypatch.setattr(pdf, "SECONDS_PAGE", 0.0)
    data = BOMBS[what]()
    load_documents(drawn(packed(SAID)), name="a.pdf")
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(UnreadableFile, match="PDF"):
        load_documents(data, name="bomb.pdf")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # One step of drawing, counted with every allocation, may begin before the clock is looked at.
    assert time.process_time() - begun < 30
    assert peak < 260_000_000 + 2 * len(data)


def test_forms_within_forms_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 3.0)
    try:
        (found,) = load_documents(laughs(), name="bomb.pdf")
    except UnreadableFile:
        return
    assert len(found.text) < 5_000_000 and "Japan condemned China" in found.text


def test_a_count_that_is_no_count_and_many_pages_are_read() -> None:
    data = drawn(packed(SAID), pages=60).replace(b"/Count 60 ", b"/Count 99999999999 ")
    (found,) = load_documents(data, name="a.pdf")
    assert found.text.count("Japan condemned China") == 60


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="5001 pages"):
        load_documents(drawn(packed(SAID), pages=5_001), name="a.pdf")
