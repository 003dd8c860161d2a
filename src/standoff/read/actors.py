"""Names of actors of one's own: a table (CSV) or a PETRARCH dictionary, turned into entries.

A table has the columns name and code, and from, to, sector, office and person where they are known.
Codes are a state or organisation of three letters and a role ("USAGOV"); `sector` says the role where
the code does not. A name means its code between its days only; a person whose days are over is a
former holder of the office. Every fault is found before anything is used, and named with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standoff.errors import BadRecord
from standoff.read.actors_codes import (
    NULL,
    ORGANISATIONS,
    PLOVER_SECTORS,
    actor_of,
    is_code,
    nearest_code,
    sector_of,
    state_codes,
)
from standoff.read.actors_petrarch import Fault, looks_like_petrarch, parse_petrarch
from standoff.read.gazetteer import Entry
from standoff.terms import guard, unguard

COLUMNS: tuple[str, ...] = ("name", "code", "from", "to", "sector", "office", "person")
"""The columns that are used; name and code must be there."""

_SHOWN = 12
"""Faults and notes that one message names."""


@dataclass(frozen=True, slots=True)
class ActorTable:
    """What a file of actors holds.

    Attributes:
        form: ``csv`` or ``petrarch``.
        entries: what READ matches.
        rows: the same as rows of a table with the columns of `COLUMNS`, codes whole.
        faults: lines that cannot be used; none of them is in `rows`.
        notes: what a reader of the output should know (codes of no known state, unused columns).
        new_codes: codes of no state or organisation that we know, in order of appearance.
    """

    form: str
    entries: tuple[Entry, ...]
    rows: tuple[Mapping[str, str], ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    new_codes: tuple[str, ...] = ()

    def as_csv(self) -> str:
        """The rows as a table that `read_actors` takes; no cell of it is run by a spreadsheet.

        >>> print(load_actors("GONDOR [GON >700101]").as_csv().replace("\\n", " | "))
        name,code,from,to,sector,office,person | GONDOR,GON,1970-01-01,,,, |\x20
        """
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: guard(v) for c, v in row.items()} for row in self.rows)
        return out.getvalue()


def load_actors(text: str) -> ActorTable:
    """Read a table or a PETRARCH dictionary; lines that cannot be used are among its `faults`.

    Raises `BadRecord` for a text without the columns name and code that is no dictionary either.

    >>> table = load_actors("name,code\\nGondor,GONGOV\\n,GON\\n")
    >>> table.entries[0].sector, str(table.faults[0])
    ('GOV', "line 3: ',GON': a name is missing")
    >>> table.notes
    ('1 code is of no state that we know and is kept as given: GON (near GIN)',)
    """
    text = text.lstrip("\ufeff")
    if looks_like_petrarch(text):
        return _from_petrarch(text)
    return _from_csv(text)


def read_actors(text: str) -> tuple[Entry, ...]:
    """The entries of a table or of a PETRARCH dictionary, whole or not at all.

    Raises `BadRecord` naming every line that cannot be used.

    >>> read_actors("name,code,from,to\\nGONDOR,GONGOV,,\\n")[0].sector
    'GOV'
    """
    table = load_actors(text)
    refuse_faults(table)
    return table.entries


def refuse_faults(table: ActorTable) -> None:
    """Raise `BadRecord` naming every line of a table that cannot be used, if there is one."""
    if table.faults:
        lines = "; ".join(str(f) for f in table.faults[:_SHOWN])
        more = len(table.faults) - _SHOWN
        raise BadRecord(
            lines + (f"; and {more} more" if more > 0 else ""),
            "a name, a code such as USAGOV, days as 2021-08-13, sectors of PLOVER",
            "correct or delete these lines",
        )


def _from_csv(text: str) -> ActorTable:
    reader = csv.DictReader(io.StringIO(text))
    columns = [(c or "").strip().lower() for c in reader.fieldnames or ()]
    lacking = [c for c in ("name", "code") if c not in columns]
    if lacking:
        raise BadRecord(
            f"a table with the columns {', '.join(columns) or '(none)'}; missing: {', '.join(lacking)}",
            "the columns name and code, and from, to, sector, office, person where known",
            "add a first line: name,code,from,to",
        )
    reader.fieldnames = columns
    entries: list[Entry] = []
    rows: list[Mapping[str, str]] = []
    faults: list[Fault] = []
    for raw in reader:
        row = {c: unguard((raw.get(c) or "").strip()).strip() for c in COLUMNS}
        if not any(row.values()):
            continue
        row["name"] = " ".join(row["name"].replace("_", " ").split())
        found = _entry(row)
        if raw.get(None):  # pyright: ignore[reportArgumentType, reportCallIssue]
            found = f"more cells than the {len(columns)} columns"
        if isinstance(found, str):
            shown = ",".join(row[c] for c in COLUMNS if c in columns).rstrip(",")
            faults.append(Fault(reader.line_num, shown, found))
        else:
            entries.append(found)
            rows.append(row)
    unused = [c for c in columns if c and c not in COLUMNS]
    notes = (
        [f"column{'s' if len(unused) > 1 else ''} not used: {', '.join(unused)}"] if unused else []
    )
    return _table("csv", entries, rows, faults, notes)


def _from_petrarch(text: str) -> ActorTable:
    found, faults = parse_petrarch(text)
    rows: list[Mapping[str, str]] = []
    entries: list[Entry] = []
    several = 0
    for item in found:
        several += "/" in item.code
        row = dict.fromkeys(COLUMNS, "") | {
            "name": item.name,
            "code": item.code,
            "from": item.start.isoformat() if item.start else "",
            "to": item.end.isoformat() if item.end else "",
        }
        role = sector_of(item.code)
        if role in PLOVER_SECTORS and item.code not in NULL:
            row["sector"] = role or ""
        entry = _entry(row)
        assert not isinstance(entry, str), entry
        rows.append(row)
        entries.append(entry)
    notes = (
        [f"{several} name(s) stand for several actors (A/B); the first is taken"] if several else []
    )
    return _table("petrarch", entries, rows, faults, notes)


def _table(
    form: str,
    entries: Sequence[Entry],
    rows: Sequence[Mapping[str, str]],
    faults: Sequence[Fault],
    notes: list[str],
) -> ActorTable:
    known = state_codes() | ORGANISATIONS | PLOVER_SECTORS | {""}
    new = list(dict.fromkeys(e.actor for e in entries if e.actor not in known | NULL))
    if new:
        near = [f"{c} (near {n})" if (n := nearest_code(c)) else c for c in new[:_SHOWN]]
        more = f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""
        many = "s are" if len(new) > 1 else " is"
        notes.append(
            f"{len(new)} code{many} of no state that we know and {'are' if len(new) > 1 else 'is'} "
            f"kept as given: {', '.join(near)}{more}"
        )
    bare = list(dict.fromkeys(c for r in rows if _roleless(c := r["code"].upper())))
    if bare:
        notes.append(
            f"{', '.join(bare)}: a role without a state; whose it is comes from the words beside the "
            "name in each text (write USAGOV to bind it to a state)"
        )
    return ActorTable(form, tuple(entries), tuple(rows), tuple(faults), tuple(notes), tuple(new))


def _roleless(code: str) -> bool:
    """Whether a code is a role without a state: "GOV" of a dictionary of agents."""
    return code in PLOVER_SECTORS and code not in state_codes() | ORGANISATIONS


def _entry(row: Mapping[str, str]) -> Entry | str:
    """The entry of one row, or what is wrong with the row."""
    code, sector = row["code"].upper(), row["sector"].upper()
    if not row["name"]:
        return "a name is missing"
    if not code:
        return "a code is missing"
    if _roleless(code):
        code = f"~{code}"
    if not is_code(code):
        return f"{row['code']!r} is no code: three letters of a state or organisation, then a role"
    if sector and sector not in PLOVER_SECTORS:
        return f"{row['sector']!r} is no sector of PLOVER ({', '.join(sorted(PLOVER_SECTORS))})"
    days: list[date | None] = []
    for column in ("from", "to"):
        try:
            days.append(date.fromisoformat(row[column]) if row[column] else None)
        except ValueError:
            return f"{column} {row[column]!r} is no day such as 2021-08-13"
    start, end = days
    if start and end and start > end:
        return f"it ends on {end} before it begins on {start}"
    null = code in NULL
    actor = "---" if null else actor_of(code)
    organisation = code[3:] or None if actor == "IGO" else None
    kind = "person" if row["person"] else "title" if row["office"] or not actor else "extra"
    return Entry(
        row["name"], kind, actor, None if null else sector or sector_of(code),
        row["person"] or None, row["office"] or (row["name"].lower() if not actor else None),
        organisation, "official", start, end,
    )  # fmt: skip
