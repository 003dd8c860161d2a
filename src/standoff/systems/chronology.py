"""The shipped record: dated, sourced signals, one CSV row each.

Each row is a note in our own words and, where kept, the words of its source. The CSV file itself
is the document: the span of a signal is its description cell, so that `why` ends at words that
stand in a file which anyone can open. The quote cell, the last of a row, is a part of the signal
with a span of its own: only it is shown in quotation marks. Rows are available from the day on
which their own source was published.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from standoff.errors import DescriptionError
from standoff.systems.load import shipped_systems
from standoff.terms import (
    SAID,
    Channel,
    Cost,
    DateBasis,
    Document,
    ExtensionEvent,
    Officialness,
    Part,
    Party,
    Period,
    PlaceMention,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the signal, who published it, where, from when on it could be known.

    `reference_series` names the constant-genre series the row belongs to (every white paper,
    every arms-sale notification), or is empty.
    """

    signal: Signal
    source: str
    url: str
    available: date
    verified: str
    reference_series: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """A shipped record: the CSV as a document, and its rows as signals."""

    document: Document
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ShippedReport:
    """One of the short reports that ship with a system, in our own words."""

    title: str
    source: str
    published: date
    text: str
    facts: tuple[str, ...]


@lru_cache(maxsize=4)
def load_chronology(slug: str) -> Chronology:
    """The shipped chronology of a system, its own or that of its region; empty where it has none.

    >>> chronology = load_chronology("west-pacific-2021")
    >>> entry = chronology.entries[0]
    >>> entry.signal.span.check(chronology.document.text).quote == entry.signal.span.quote
    True
    """
    # A description of one's own may call itself anything: only a shipped name is a folder.
    data = resources.files("standoff.systems") / "data"
    shared = tomllib.loads((data / "records.toml").read_text(encoding="utf-8"))
    holder = str(shared.get(slug, slug))
    path = data / holder / "chronology.csv"
    shipped = slug in shipped_systems() and path.is_file()
    text = path.read_text(encoding="utf-8") if shipped else ""
    return parse_chronology(text, holder)


def parse_chronology(text: str, slug: str) -> Chronology:
    """Parse the CSV text of a chronology. Raises `DescriptionError` naming the row and cell."""
    entries = tuple(_entry(*found) for found in _rows(text)) if text else ()
    published = max((e.available for e in entries), default=date(1900, 1, 1))
    document = Document.from_text(
        text,
        title=f"chronology of {slug}",
        source=f"standoff chronology {slug}",
        published=published,
    )
    return Chronology(document, entries)


def _rows(text: str) -> Iterator[tuple[Mapping[str, str], Span, Span | None]]:
    """Each row with the spans of its description and of its quote, found inside the row's own line."""
    start = 0
    header: list[str] = []
    for line in text.splitlines(keepends=True):
        cells = next(iter(csv.reader([line]))) if line.strip() else []
        if not header:
            header = cells
        elif cells:
            row = dict(zip(header, cells, strict=False))
            description = row.get("description", "")
            at = text.find(description, start, start + len(line)) if description else -1
            if at < 0 or len(cells) != len(header):
                raise DescriptionError(
                    f"chronology row {row.get('id')!r}",
                    "one line with every column, and a description without double quotes",
                    "correct the row",
                )
            yield row, Span.of(text, at, at + len(description)), _said(text, row, start, len(line))
        start += len(line)


def _said(text: str, row: Mapping[str, str], start: int, length: int) -> Span | None:
    """The source's own words, the last cell of the row, or None where none are given."""
    quote = row.get("quote", "")
    if not quote:
        return None
    at = text.rfind(quote, start, start + length)
    if at < 0:
        raise DescriptionError(
            f"chronology row {row.get('id')!r}",
            "a quote without double quotes",
            "write quotation marks inside the quote as '",
        )
    return Span.of(text, at, at + len(quote))


def _entry(row: Mapping[str, str], span: Span, said: Span | None) -> Entry:
    try:
        start = date.fromisoformat(row["date"])
        end = date.fromisoformat(row["date_end"]) if row["date_end"] else start
        weights = tuple(
            (k.strip(), float(v))
            for k, v in (pair.split(":") for pair in row["protege_weights"].split(";") if pair)
        )
        signal = Signal(
            id=row["id"],
            span=span,
            trigger=span,
            sources=_parties(row["actor"], row["person"], row["office"]),
            targets=_parties(row["target"]),
            event=PloverEvent(row["event"]),
            channel=Channel(row["channel"]),
            status=Status(row["status"]),
            officialness=Officialness(row["officialness"]),
            explicitness=int(row["explicitness"]),
            cost=Cost(row["cost"]),
            valence=Valence(row["valence"]),
            date=Period(start, end, row["date"], DateBasis.STATED),
            mode=row["mode"] or None,
            x_event=ExtensionEvent(row["x_event"]) if row["x_event"] else None,
            protege=row["protege"].split(";")[0] or None,
            protege_weights=weights,
            commitment=row["commitment"],
            place=PlaceMention(span, row["place"]) if row["place"] else None,
            event_key=row["id"],
            replies_to=tuple(row["replies_to"].split(";")) if row["replies_to"] else (),
            retracts=tuple(row["retracts"].split(";")) if row["retracts"] else (),
            coder="chronology",
            rule=row["verified"],
            parts=(Part(SAID, "", said),) if said else (),
        )
        return Entry(
            signal,
            row["source"],
            row["url"],
            date.fromisoformat(row["available"]),
            row["verified"],
            row["reference_series"],
        )
    except (KeyError, ValueError) as error:
        raise DescriptionError(
            f"chronology row {row.get('id')!r}: {error}",
            "the columns and values of docs/reference/chronology.md",
            "correct the row",
        ) from error


def _parties(codes: str, person: str = "", office: str = "") -> tuple[Party, ...]:
    actors = [code.strip() for code in codes.split(";") if code.strip()]
    people, offices = _segments(person, len(actors)), _segments(office, len(actors))
    return tuple(
        Party(code, "GOV", people[i] or None, offices[i] or None) for i, code in enumerate(actors)
    )


def _segments(cell: str, actors: int) -> list[str]:
    """One segment per actor, in their order; a single one speaks for the first actor."""
    parts = [part.strip() for part in cell.split(";")]
    return parts if len(parts) == actors else [cell, *[""] * (actors - 1)]


@lru_cache(maxsize=4)
def load_reports(slug: str) -> tuple[ShippedReport, ...]:
    """The short reports that ship with a system, in order of publication."""
    folder = resources.files("standoff.systems") / "data" / slug / "reports"
    manifest = folder / "manifest.toml"
    if not manifest.is_file():
        return ()
    raw = tomllib.loads(manifest.read_text(encoding="utf-8"))
    reports = [
        ShippedReport(
            title=str(item["title"]),
            source=str(item["source"]),
            published=_date(item["published"]),
            text=(folder / str(item["file"])).read_text(encoding="utf-8"),
            facts=tuple(str(f) for f in item.get("facts", ())),
        )
        for item in raw["report"]
    ]
    return tuple(sorted(reports, key=lambda r: (r.published, r.title)))


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
