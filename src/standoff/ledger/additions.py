"""Facts and actors that the analyst adds: rows kept as decisions, with author, time and undo.

A row is text, as the analyst wrote it. Whether it makes sense is asked where it is used:
`standoff.check.parse_facts` and `standoff.read.read_actors` know what a row may say.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence

from standoff.errors import InputError
from standoff.ledger.decide import Decider, dump
from standoff.ledger.queries import Reader

FACT_COLUMNS = (
    "kind", "subject", "object", "value", "unit", "from", "to", "source", "release", "url", "note",
)  # fmt: skip
ACTOR_COLUMNS = ("name", "code", "from", "to", "sector", "office", "person")
COLUMNS: Mapping[str, tuple[str, ...]] = {"fact": FACT_COLUMNS, "actor": ACTOR_COLUMNS}


def add_rows(
    decider: Decider, reader: Reader, kind: str, rows: Sequence[Mapping[str, str]], reason: str
) -> str:
    """Add rows that are not in force yet, as one action; its name, or "" when all were there.

    Raises `InputError` for a column that is not known or a row without a word.
    """
    items: dict[str, Mapping[str, str]] = {}
    for number, row in enumerate(rows, start=1):
        unknown = [c for c in row if c not in COLUMNS[kind]]
        if unknown:
            raise InputError(
                f"row {number} with the column {unknown[0]!r}",
                f"the columns {', '.join(COLUMNS[kind])}",
                "rename or leave out the column",
            )
        kept = {c: row[c].strip() for c in COLUMNS[kind] if row.get(c, "").strip()}
        if not kept:
            raise InputError(f"row {number}, which is empty", f"a {kind}", "leave out the row")
        items[subject_of(kind, kept)] = kept
    with decider.store.transaction():
        there = {d.subject for d in reader.decisions(action=f"add_{kind}") if d.in_force}
        fresh = [(f"add_{kind}", s, row) for s, row in items.items() if s not in there]
        return decider.write(fresh, reason) if fresh else ""


def rows_in_force(
    reader: Reader, kind: str, recorded_by: str | None
) -> tuple[Mapping[str, str], ...]:
    """The rows of one kind that were added and not taken back, in order, all columns filled."""
    found = {
        d.subject: {c: str(d.payload.get(c, "")) for c in COLUMNS[kind]}
        for d in reader.decisions(recorded_by=recorded_by, action=f"add_{kind}")
        if d.in_force
    }
    return tuple(found.values())


def as_csv(kind: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV with a header, as the rooms that use them read it.

    >>> as_csv("actor", [{"name": "Gondor", "code": "GON"}])
    'name,code,from,to,sector,office,person\\nGondor,GON,,,,,\\n'
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[kind], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def subject_of(kind: str, row: Mapping[str, str]) -> str:
    """What a decision about a row is about: its content, so that a row is added once.

    >>> subject_of("actor", {"name": "Gondor", "code": "GON"})
    'actor:eeb253fd7a7e'
    """
    return f"{kind}:{hashlib.sha256(dump(dict(row)).encode()).hexdigest()[:12]}"
