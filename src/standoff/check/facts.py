"""What claims are held against: the shipped tables and the rows that the user added.

User rows win over nothing: they stand beside the shipped facts. Where the two disagree, a claim
that fits either is not contradicted, and the verdict names both.

A file of user facts is CSV with the header `kind,subject,object,value,unit,from,to,source` and,
where wanted, `release,url,note`. `kind` is one of:

========== ================= ================= ======================= ========================
kind       subject           object            value                   unit
========== ================= ================= ======================= ========================
distance   a place           a place           a number                a unit of length
office     a person          office key        state (alpha-3)         empty
share      state (alpha-3)   measure           a number                %, % of GDP, USD ...
law        state (alpha-3)   subject of law    action                  empty
statement  a person          state (alpha-3)   the words               empty
========== ================= ================= ======================= ========================
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from standoff.check.units import convert
from standoff.errors import FactError
from standoff.reference import statements
from standoff.systems import load_chronology, shipped_systems
from standoff.terms import Channel, Reference

FACT_KINDS = ("distance", "office", "share", "law", "statement")
FACT_COLUMNS = ("kind", "subject", "object", "value", "unit", "from", "to", "source")
FACT_EXTRA = ("release", "url", "note")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a user's table. `value` is the text of the cell, `amount` its number if it is one.

    `start` and `end` bound the days for which it holds; None is open.
    """

    kind: str
    subject: str
    object: str
    value: str
    amount: float | None
    unit: str
    start: date | None
    end: date | None
    source: str
    release: str = ""
    url: str = ""
    note: str = ""

    def reference(self) -> Reference:
        """The row as a reference of a verdict.

        >>> parse_facts("kind,subject,object,value,unit,from,to,source\\n"
        ...             "distance,Alpha,Beta,12,km,,,survey 2020\\n")[0].reference().value
        '12 km'
        """
        shown = f"{self.value} {self.unit}".strip()
        return Reference(shown, self.source, self.release, self.start, self.url)

    def holds(self, start: date | None, end: date | None) -> bool:
        """Whether the fact holds on some day of the interval (None is open)."""
        return not (
            (self.end is not None and start is not None and self.end < start)
            or (self.start is not None and end is not None and end < self.start)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Dated words of a named person, from a shipped chronology or from the user.

    `words` are the words, or what was said as the table tells it; `gist` what it came to.
    """

    person: str
    actor: str
    office: str
    on: date
    words: str
    reference: Reference
    gist: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The bundle that checks look things up in."""

    rows: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()

    @classmethod
    def shipped(cls) -> Facts:
        """The shipped facts; tables of `reference` are looked up directly.

        >>> any("Nakayama" in s.person for s in Facts.shipped().statements)
        True
        """
        return _shipped()

    def with_rows(self, rows: Iterable[Fact]) -> Facts:
        """These facts and further rows of the user."""
        added = tuple(rows)
        spoken = tuple(
            Statement(f.subject, f.object, "", f.start, f.value, f.reference())
            for f in added
            if f.kind == "statement" and f.start is not None
        )
        return replace(self, rows=(*self.rows, *added), statements=(*self.statements, *spoken))

    def of(self, kind: str) -> tuple[Fact, ...]:
        """The user's rows of one kind."""
        return tuple(f for f in self.rows if f.kind == kind)


@lru_cache(maxsize=1)
def _shipped() -> Facts:
    found: list[Statement] = []
    # Systems of one region share a record: each statement once.
    records = {c.document.sha256: c for c in map(load_chronology, shipped_systems())}
    for chronology in records.values():
        for entry in chronology.entries:
            signal = entry.signal
            if signal.channel is not Channel.WORDS or signal.date.start is None:
                continue
            words = signal.span.quote
            for party in signal.sources:
                if not party.person:
                    continue
                found.append(
                    Statement(
                        party.person,
                        party.actor,
                        party.office or "",
                        signal.date.start,
                        words,
                        Reference(
                            f"{party.person}, {party.office or party.actor}, on "
                            f"{signal.date.start}: {signal.span.quote}"
                            + (f" ({signal.commitment})" if signal.commitment else ""),
                            entry.source,
                            "",
                            signal.date.start,
                            entry.url,
                        ),
                        signal.commitment,
                    )
                )
    found += [
        Statement(
            s.person,
            s.actor,
            s.office,
            s.day,
            s.words,
            Reference(
                f"{s.person}, {s.office or s.actor}, on {s.day}: {s.words}",
                s.origin.source,
                s.origin.release,
                s.day,
                s.origin.url,
            ),
        )
        for s in statements()
    ]
    return Facts((), tuple(found))


def parse_facts(text: str) -> tuple[Fact, ...]:
    """Rows of a user's CSV file, validated.

    Raises `FactError` naming the row: a missing column, an unknown kind, a value that is no
    number, an unknown unit, an impossible date, no source, or two rows that clash.

    >>> parse_facts("kind,subject,object,value,unit,from,to,source\\n"
    ...             "share,JPN,milex_gdp_share,0.95,% of GDP,2021-01-01,2021-12-31,MOF\\n")[0].amount
    0.95
    """
    reader = csv.DictReader(text.splitlines())
    header = tuple(reader.fieldnames or ())
    missing = [c for c in FACT_COLUMNS if c not in header]
    if missing:
        raise FactError(
            f"a table with the columns {', '.join(header) or 'none'}",
            f"the columns {', '.join(FACT_COLUMNS)}",
            f"add {', '.join(missing)} to the header",
        )
    facts = tuple(
        _fact({k: (v or "").strip() for k, v in row.items() if k}, number)
        for number, row in enumerate(reader, start=2)
    )
    if not facts:
        raise FactError("a table without a row", "at least one fact", "add a row")
    _refuse_clashes(facts)
    return facts


def _fact(row: dict[str, str], number: int) -> Fact:
    def wrong(came: str, expected: str, remedy: str = "correct the row") -> FactError:
        return FactError(f"row {number}: {came}", expected, remedy)

    kind = row["kind"].casefold()
    if kind not in FACT_KINDS:
        raise wrong(f"the kind {row['kind']!r}", " | ".join(FACT_KINDS))
    for column in ("subject", "object", "value", "source"):
        if not row[column]:
            raise wrong(f"an empty {column}", f"a {column} in every row")
    start, end = (_day(row[c], number, c) for c in ("from", "to"))
    if start is not None and end is not None and end < start:
        raise wrong(f"from {start} to {end}", "a start that is not after the end", "swap the two")
    amount: float | None = None
    if kind in ("distance", "share"):
        try:
            amount = float(row["value"].replace(",", ""))
        except ValueError:
            raise wrong(f"the value {row['value']!r}", "a number") from None
        if amount < 0 or amount != amount or amount == float("inf"):
            raise wrong(f"the value {row['value']!r}", "a finite number that is not negative")
        if kind == "distance" and convert(1.0, row["unit"], "km") is None:
            raise wrong(f"the unit {row['unit']!r}", "a unit of length such as km, nmi or mi")
        if row["unit"].startswith("%") and amount > 100.0:
            raise wrong(f"a share of {row['value']} %", "a share of at most 100 % of the whole")
    if kind == "statement" and start is None:
        raise wrong("a statement without a day", "a date in the column from")
    return Fact(
        kind, row["subject"], row["object"], row["value"], amount, row["unit"], start, end,
        row["source"], *(row.get(c, "") for c in FACT_EXTRA),
    )  # fmt: skip


def _day(text: str, number: int, column: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FactError(
            f"row {number}: {column} {text!r}", "a calendar day as YYYY-MM-DD", "correct the row"
        ) from None


def _refuse_clashes(facts: Sequence[Fact]) -> None:
    """Two rows of one release that give one thing two values at the same time."""
    for at, first in enumerate(facts):
        for second in facts[at + 1 :]:
            same = (first.kind, first.subject, first.object, first.release, first.source) == (
                second.kind, second.subject, second.object, second.release, second.source,
            )  # fmt: skip
            if (
                same
                and first.kind in ("distance", "share")
                and first.holds(second.start, second.end)
                and (first.value, first.unit) != (second.value, second.unit)
            ):
                raise FactError(
                    f"two values for {first.kind} {first.subject}, {first.object}: "
                    f"{first.value} {first.unit} and {second.value} {second.unit}",
                    "one value per source, release and time",
                    "name different releases, bound the dates, or drop one row",
                )
