"""RSS and Atom: one text an item, with its title, link and day."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any, cast

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.extras import missing
from standoff.read.documents.html import visible_text
from standoff.read.documents.record import Mark, SourceText


def read_feed(data: bytes, name: str, digest: str) -> tuple[SourceText, ...]:
    """The items of a feed through feedparser, in the order of the file. Nothing is fetched."""
    try:
        import feedparser
    except ImportError as error:
        raise missing("feedparser", "feed") from error
    # Bytes as a stream: feedparser would take a string that looks like an address for one to open.
    parsed: Any = feedparser.parse(
        io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
    )
    entries = cast("list[Any]", parsed.entries)
    if not entries:
        if parsed.get("bozo"):
            raise UnreadableFile(
                f"{name}: a feed that cannot be parsed", "RSS or Atom", "check the file"
            )
        raise EmptyText(f"{name}: a feed without items", "at least one item", "check the file")
    encoding = str(parsed.get("encoding") or "utf-8")
    found: list[SourceText] = []
    for number, entry in enumerate(entries, start=1):
        title = _visible(str(entry.get("title") or ""))
        day, undated = _day(entry)
        body = _body(entry)
        text = "\n\n".join(part for part in (title, body) if part.strip())
        if not text.strip():
            continue
        found.append(
            SourceText(
                text, "feed", encoding, digest, title=title, link=str(entry.get("link") or ""),
                published=day, marks=(Mark(0, f"item {number}"),), undated=undated,
            )
        )  # fmt: skip
    if not found:
        raise EmptyText(f"{name}: {len(entries)} items without words", "items to read", "check it")
    return tuple(found)


def _body(entry: Any) -> str:
    content = cast("list[Any]", entry.get("content") or [])
    pieces = [str(c.get("value") or "") for c in content] or [str(entry.get("summary") or "")]
    return "\n\n".join(_visible(piece) for piece in pieces)


def _visible(markup: str) -> str:
    """The visible text of an item, also where its CDATA marks were escaped and came as text."""
    return visible_text(_CDATA.sub("", markup))


_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_LOOSE = re.compile(r"\b(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]*\.?[ -]((?:19|20)\d\d)\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _day(entry: Any) -> tuple[date | None, str]:
    """The day of an item; and the words that stand for one where they cannot be read."""
    written = str(entry.get("published") or entry.get("updated") or "").strip()
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    loose = _LOOSE.search(written)
    if parts is None and loose is not None and loose[2] in _MONTHS:
        # "Mo, 25 Jun 2018": the weekday is of another language, the day is plain.
        parts = (int(loose[3]), _MONTHS.index(str(loose[2])) + 1, int(loose[1]))
    if parts is None:
        return None, written
    try:
        return date(parts[0], parts[1], parts[2]), ""
    except (ValueError, TypeError, IndexError):
        return None, written
