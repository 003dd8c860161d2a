"""RSS and Atom: one text an item, with its title, link and day."""

from __future__ import annotations

import io
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
        title = visible_text(str(entry.get("title") or ""))
        body = _body(entry)
        text = "\n\n".join(part for part in (title, body) if part.strip())
        if not text.strip():
            continue
        found.append(
            SourceText(
                text, "feed", encoding, digest, title=title, link=str(entry.get("link") or ""),
                published=_day(entry), marks=(Mark(0, f"item {number}"),),
            )
        )  # fmt: skip
    if not found:
        raise EmptyText(f"{name}: {len(entries)} items without words", "items to read", "check it")
    return tuple(found)


def _body(entry: Any) -> str:
    content = cast("list[Any]", entry.get("content") or [])
    pieces = [str(c.get("value") or "") for c in content] or [str(entry.get("summary") or "")]
    return "\n\n".join(visible_text(piece) for piece in pieces)


def _day(entry: Any) -> date | None:
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    if parts is None:
        return None
    try:
        return date(parts[0], parts[1], parts[2])
    except (ValueError, TypeError, IndexError):
        return None
