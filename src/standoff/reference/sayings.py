"""Dated statements of named persons: who said what to whom, on which day.

A report may give a quotation to the wrong speaker or to the wrong day. The table holds well-known
statements that are not in the chronology of a shipped system (those have one of their own). Words
are a short quotation where ``quoted`` is true, else what the statement amounted to.

Examples:
    >>> [s.person for s in statements(actor="CHN")]
    ['Zhou Enlai', 'Xi Jinping']
    >>> find_statements("never promise to renounce the use of force")[0].id
    'xi-2022-10-16'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, read_rows

__all__ = ["DatedStatement", "find_statements", "statements"]

_SMALL = frozenset("the of and to in on a an for is it we i our that will be as with".split())


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """One statement.

    Attributes:
        id: stable key.
        day: day in the place of the speaker.
        person, actor, office: who spoke, for which state, in which office.
        addressee: code of the state or organisation it was aimed at; may be empty.
        words: a short quotation, or the gist.
        quoted: are the words a quotation (of a translation, for other languages)?
        origin: source, date and check.
    """

    id: str
    day: date
    person: str
    actor: str
    office: str
    addressee: str
    words: str
    quoted: bool
    origin: Provenance


@lru_cache(maxsize=1)
def _table() -> tuple[DatedStatement, ...]:
    found: list[DatedStatement] = []
    for row in read_rows("statements.csv"):
        if not row["words"] or not row["person"] or row["quoted"] not in ("yes", "no"):
            raise FactError(
                f"the statement {row['id']!r}", "a person, words and yes or no", "fix it"
            )
        found.append(
            DatedStatement(
                row["id"],
                date.fromisoformat(row["date"]),
                row["person"],
                row["actor"],
                row["office"],
                row["addressee"],
                row["words"],
                row["quoted"] == "yes",
                Provenance.of(row, "statements.csv"),
            )
        )
    return tuple(sorted(found, key=lambda s: (s.day, s.id)))


def statements(
    *,
    actor: str | None = None,
    person: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[DatedStatement, ...]:
    """Statements that fit every filter given, by day."""
    return tuple(
        s
        for s in _table()
        if (actor is None or s.actor == actor)
        and (person is None or s.person.casefold() == person.casefold())
        and (since is None or s.day >= since)
        and (until is None or s.day <= until)
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.casefold())) - _SMALL


def find_statements(words: str, *, at_least: float = 0.6) -> tuple[DatedStatement, ...]:
    """Statements that share most of their telling words with a quotation, best first.

    Args:
        words: the quotation.
        at_least: share of the shorter of the two that both must have.

    Example:
        >>> find_statements("good weather")
        ()
    """
    wanted = _words(words)
    scored: list[tuple[float, str, DatedStatement]] = []
    for item in _table():
        held = _words(item.words)
        shorter = min(len(held), len(wanted))
        if shorter < 3:
            continue
        share = len(held & wanted) / shorter
        if share >= at_least:
            scored.append((-share, item.id, item))
    return tuple(item for _, _, item in sorted(scored, key=lambda s: s[:2]))
