"""HTML: the article without navigation, advertisements, scripts; one paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from importlib import import_module
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
        _without_hidden(decoded.text),
        include_comments=False,
        include_tables=True,
        with_metadata=True,
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


VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_MAY_HIDE = re.compile(r"\bhidden\b|display\s*:\s*none|visibility\s*:", re.I)


def _is_hidden(attrs: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a browser shows nothing of an element with these attributes."""
    return any(
        (name == "hidden" and (value or "").lower() != "until-found")
        or (name == "style" and _NO_DISPLAY.search(value or "") is not None)
        for name, value in attrs
    )


def _without_hidden(markup: str) -> Any:
    """The page without the elements that a browser does not show; the markup where there are none."""
    if _MAY_HIDE.search(markup) is None:
        return markup
    # lxml comes with trafilatura; its types are not known.
    etree: Any = import_module("lxml.etree")
    html: Any = import_module("lxml.html")

    try:
        tree: Any = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return markup
    for element in list(tree.iter(etree.Element)):
        attrs = [(str(k).lower(), str(v)) for k, v in element.attrib.items()]
        if (
            element.tag not in ("html", "body")
            and _is_hidden(attrs)
            and element.getparent() is not None
        ):
            element.drop_tree()
    return tree


_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
MOST_UNCLOSED = 1_000
"""Tags that begin before the last has ended; a page has a few, in comments and attributes."""


class _Visible(HTMLParser):
    """Collects what a browser would show, a line a block; scripts and navigation fall away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []
        self.open: Counter[str] = Counter()
        """How often each tag stands in `silent`: a walk through it for every end would be squared."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent and self.silent[-1] == "p" and tag in BLOCKS:
            self._pop()  # a block ends a paragraph that was not closed
        if tag in SILENT or ((self.silent or _is_hidden(attrs)) and tag not in VOID):
            self.silent.append(tag)
            self.open[tag] += 1
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.open[tag]:
            while self._pop() != tag:
                pass
        elif tag in BLOCKS:
            self.parts.append("\n")

    def _pop(self) -> str:
        tag = self.silent.pop()
        self.open[tag] -= 1
        return tag

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def visible_text(markup: str) -> str:
    """The visible text of markup, block by block.

    >>> visible_text("<p>One &amp; two</p><script>x()</script><p>Three</p>")
    'One & two\\nThree'
    """
    if len(_UNCLOSED.findall(markup)) > MOST_UNCLOSED:
        # A row of tags that never end costs the parser the square of its length.
        markup = _UNCLOSED.sub("&lt;", markup)
    parser = _Visible()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
