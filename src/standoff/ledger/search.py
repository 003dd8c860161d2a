"""Full text search over documents, quotes and reasons, by trigrams; without FTS5 by a slow scan."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from standoff.ledger.exact import text_of

if TYPE_CHECKING:
    from standoff.ledger.store import Store

# A trigram index of a very long text takes longer than scanning it.
LONGEST = 1_000_000
TABLES = ("search_text", "search_quote", "search_note")
NEWEST = "ORDER BY rowid DESC LIMIT 1"
# Han, kana, Hangul: words of one or two characters, which trigrams cannot find.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

# What a row `t` must be to be seen within bounds in time.
DOCUMENT = "(:by IS NULL OR t.recorded <= :by) AND (:day IS NULL OR t.published <= :day)"
SIGNAL = "(:by IS NULL OR t.recorded <= :by) AND (:day IS NULL OR t.available <= :day)"
NOTE = "(:known IS NULL OR t.at <= :known)"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A handle (D, S or a decision's subject) and the words around what was found."""

    handle: str
    kind: str
    snippet: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search gave; `note` says so when the index could not be used."""

    hits: tuple[SearchHit, ...]
    note: str = ""


def prepare(connection: sqlite3.Connection) -> bool:
    """Make the search tables; False where this SQLite has no FTS5 with trigrams."""
    try:
        for table in TABLES:
            connection.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}"
                " USING fts5(body, content='', tokenize='trigram')"
            )
    except sqlite3.OperationalError:
        return False
    return True


class Search:
    """Searching one store. The index is brought up to date before it is asked."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def find(
        self,
        words: str,
        limit: int = 50,
        *,
        as_of: date | None = None,
        recorded_by: str | None = None,
    ) -> SearchResult:
        """Documents, signals and reasons that contain `words`, in the order of their handles.

        With `as_of`, of what was available by that day; with `recorded_by`, of what the dossier
        held at that instant. A reason is as old as its decision.
        """
        wanted = words.strip()
        if not wanted:
            return SearchResult((), "nothing to look for")
        bounds = _Bounds.of(as_of, recorded_by)
        if len(wanted) < 3 or _CJK.search(wanted):
            return SearchResult(self._scan(wanted, limit, bounds))
        if not self._index():
            note = "no index (no FTS5, or a dossier that is only read): searched by a scan"
            return SearchResult(self._scan(wanted, limit, bounds), note)
        return SearchResult(self._match(wanted, limit, bounds))

    def _index(self) -> bool:
        """Index what is not indexed yet; False without FTS5."""
        try:
            behind = self._behind()
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise
            return False
        if not any(behind.values()):
            return True
        if self.store.fixed:
            # Where nothing can be written, the index stays behind: it would miss what came last.
            return False
        with self.store.transaction() as connection:
            # Asked again under the lock: another process may have indexed meanwhile.
            for table, rows in self._behind().items():
                connection.executemany(
                    " ".join(["INSERT INTO", table, "(rowid, body) VALUES (?, ?)"]), rows
                )
        return True

    def _behind(self) -> dict[str, list[tuple[int, str]]]:
        run = self.store.connection.execute
        last = {
            t: next((int(r[0]) for r in run(" ".join(["SELECT rowid FROM", t, NEWEST]))), 0)
            for t in TABLES
        }
        texts = [
            (int(n), text_of(content, encoding))
            for n, content, encoding in run(
                "SELECT number, content, encoding FROM document"
                " WHERE number > ? AND characters <= ? ORDER BY number",
                (last["search_text"], LONGEST),
            )
        ]
        quotes = run(
            "SELECT number, quote FROM signal WHERE number > ? ORDER BY number",
            (last["search_quote"],),
        ).fetchall()
        notes = run(
            "SELECT number, reason FROM decision WHERE number > ? AND reason <> '' ORDER BY number",
            (last["search_note"],),
        ).fetchall()
        return {
            "search_text": texts,
            "search_quote": [(int(r[0]), str(r[1])) for r in quotes],
            "search_note": [(int(r[0]), str(r[1])) for r in notes],
        }

    def _match(self, words: str, limit: int, bounds: _Bounds) -> tuple[SearchHit, ...]:
        phrase = '"' + words.replace('"', '""') + '"'

        def matching(table: str, index: str, columns: str, where: str) -> list[sqlite3.Row]:
            # Inside, the index is walked and the page chosen; outside, its wide rows are fetched.
            inner = ["SELECT t.number FROM", index, "f JOIN", table, "t ON t.number = f.rowid"]
            inner += ["WHERE", index, "MATCH :words AND", where, "ORDER BY f.rowid LIMIT :limit"]
            parts = ["SELECT", columns, "FROM", table, "WHERE number IN (", *inner]
            values = {"words": phrase, "limit": limit, **bounds.values}
            return self.store.query_named(" ".join([*parts, ") ORDER BY number"]), values)

        documents = matching("document", "search_text", "number, content, encoding", DOCUMENT)
        hits = [_document_hit(r[0], r[1], r[2], words) for r in documents]
        hits += self._long(words, bounds)
        quotes = matching(
            "signal", "search_quote", "number, quote", f"t.layer = 'main' AND {SIGNAL}"
        )
        hits += [SearchHit(f"S-{r[0]:03d}", "signal", _around(r[1], words)) for r in quotes]
        notes = matching("decision", "search_note", "subject, reason", NOTE)
        hits += [SearchHit(str(r[0]), "note", _around(r[1], words)) for r in notes]
        return tuple(hits[:limit])

    def _long(self, words: str, bounds: _Bounds) -> list[SearchHit]:
        rows = self.store.query_named(
            " ".join(
                ("SELECT number, content, encoding FROM document t WHERE characters > :long AND",
                 DOCUMENT)
            ),
            {"long": LONGEST, **bounds.values},
        )  # fmt: skip
        return [
            _document_hit(r[0], r[1], r[2], words)
            for r in rows
            if words.lower() in text_of(r[1], r[2]).lower()
        ]

    def _scan(self, words: str, limit: int, bounds: _Bounds) -> tuple[SearchHit, ...]:
        # instr, not LIKE: a percent sign in the words is no wildcard.
        query = self.store.query_named
        values: dict[str, object] = {"words": words, "limit": limit, **bounds.values}
        parts = ["SELECT number, content, encoding FROM document t WHERE", DOCUMENT]
        forms = spellings(words)
        hits: list[SearchHit] = []
        for number, content, encoding in query(" ".join([*parts, "ORDER BY number"]), values):
            text = text_of(content, encoding)
            if any(form in text for form in forms):
                hits.append(SearchHit(f"D-{number:03d}", "document", _around(text, words)))
        test = " OR ".join(f"instr(quote, :form{i}) > 0" for i in range(len(forms)))
        # The index of quotes is narrow; only a bound in time must look into the wide rows.
        parts = ["SELECT number, quote FROM signal t INDEXED BY signal_quote WHERE layer = 'main'"]
        parts += ["AND (", test, ")", *(["AND", SIGNAL] if bounds.set else [])]
        named = values | {f"form{i}": form for i, form in enumerate(forms)}
        quotes = query(" ".join([*parts, "ORDER BY number LIMIT :limit"]), named)
        hits += [SearchHit(f"S-{r[0]:03d}", "signal", _around(r[1], words)) for r in quotes]
        parts = [
            "SELECT subject, reason FROM decision t WHERE instr(lower(reason), lower(:words)) > 0"
        ]
        notes = query(" ".join([*parts, "AND", NOTE, "ORDER BY number LIMIT :limit"]), values)
        hits += [SearchHit(str(r[0]), "note", _around(r[1], words)) for r in notes]
        return tuple(hits[:limit])


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a search may see: by day of availability and by instant of record; None is all."""

    values: Mapping[str, str | None]

    @classmethod
    def of(cls, as_of: date | None, recorded_by: str | None) -> _Bounds:
        day = as_of.isoformat() if as_of else None
        known = [m for m in (recorded_by, f"{day}T23:59:59Z" if day else None) if m]
        return cls({"day": day, "by": recorded_by, "known": min(known, default=None)})

    @property
    def set(self) -> bool:
        return any(self.values.values())


def spellings(words: str) -> tuple[str, ...]:
    """Every way to write one or two letters in large and small; longer words as three forms.

    Comparing bytes a few times is faster than lowering every text.

    >>> spellings("eu"), spellings("台湾")
    (('EU', 'Eu', 'eU', 'eu'), ('台湾',))
    """
    if len(words) < 3:
        each = [{c.lower(), c.upper()} for c in words]
        found = {"".join(p) for p in product(*each)}
    else:
        found = {words, words.lower(), words.upper(), words.title()}
    return tuple(sorted(found))


def _document_hit(number: int, content: bytes, encoding: str, words: str) -> SearchHit:
    text = text_of(content, encoding)
    return SearchHit(f"D-{number:03d}", "document", _around(text, words))


def _around(text: str, words: str, width: int = 60) -> str:
    at = max(text.lower().find(words.lower()), 0)
    piece = text[max(at - width, 0) : at + len(words) + width]
    return " ".join(piece.split())
