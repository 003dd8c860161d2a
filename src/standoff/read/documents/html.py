"""HTML: the article without navigation, advertisements, scripts; one paragraph a line."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

from standoff.errors import EmptyText
from standoff.read.documents.decode import decode_bytes
from standoff.read.documents.extras import missing
from standoff.read.documents.record import SourceText, joined

SILENT = frozenset(
    "script style noscript template svg math head iframe object canvas nav form button select".split()
)
BLOCKS = frozenset(
    "p div section article li ul ol h1 h2 h3 h4 h5 h6 tr td th table blockquote pre br hr figure "
    "figcaption header footer main aside dt dd dl".split()
)


def read_html(data: bytes, name: str, digest: str) -> SourceText:
    """An HTML page through trafilatura; where that finds no article, all visible text."""
    try:
        import trafilatura
    except ImportError as error:
        raise missing("trafilatura", "HTML") from error
    decoded = decode_bytes(data, name)
    found: Any = trafilatura.bare_extraction(
        decoded.text, include_comments=False, include_tables=True, with_metadata=True
    )
    body = str(getattr(found, "text", None) or "") if found is not None else ""
    notes = decoded.notes
    title, link, published = "", "", None
    if found is not None:
        title, link = str(getattr(found, "title", "") or ""), str(getattr(found, "url", "") or "")
        published = _day(str(getattr(found, "date", "") or ""))
    if not body.strip():
        body = visible_text(decoded.text)
        notes = (*notes, "no article was found in the page; all of its visible text is read")
    if not body.strip():
        raise EmptyText(f"{name}: a page without any words", "an article", "save the page as text")
    lines = [line for line in body.splitlines() if line.strip()]
    text, marks = joined([(f"paragraph {n}", line) for n, line in enumerate(lines, start=1)])
    return SourceText(
        text, "html", decoded.encoding, digest, title=title, link=link, published=published,
        marks=marks, notes=notes,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


class _Visible(HTMLParser):
    """Collects what a browser would show, a line a block; scripts and navigation fall away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            # A stray end tag must not open the text of an unclosed script.
            while self.silent and self.silent.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def visible_text(markup: str) -> str:
    """The visible text of markup, block by block.

    >>> visible_text("<p>One &amp; two</p><script>x()</script><p>Three</p>")
    'One & two\\nThree'
    """
    parser = _Visible()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
