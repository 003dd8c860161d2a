"""All shipped tables under one roof: which there are, what they hold, and a search over them.

For people who look something up (`standoff facts`), not for checks: those use the typed functions.

Examples:
    >>> [t.name for t in fact_tables()][:4]
    ['states', 'offices', 'places', 'milex']
    >>> line = fact_rows("laws", actor="JPN")[0]
    >>> line.subject, line.verified
    ('jpn-constitution', 'search 2026-11-25')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from standoff.errors import FactError
from standoff.reference.place_table import fold_name
from standoff.reference.provenance import Provenance, read_rows

__all__ = ["FactLine", "FactTable", "fact_rows", "fact_tables", "find_facts"]

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactTable:
    """A shipped table: its name, what it holds, its file and how many rows it has."""

    name: str
    title: str
    file: str
    rows: int
    unchecked: int


@dataclass(frozen=True, slots=True)
class FactLine:
    """One row in words.

    Attributes:
        table: name of the table.
        subject: what the row is about: a code, a name, an id.
        actor: code of the state; may be empty.
        fact: what it says.
        start, end: days or years between which it holds, as the table gives them; may be empty.
        source, release, verified, url, note: its origin.
    """

    table: str
    subject: str
    actor: str
    fact: str
    start: str
    end: str
    source: str
    release: str
    verified: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class _Plan:
    title: str
    file: str
    subject: Callable[[Row], str]
    fact: Callable[[Row], str]
    actor: str = "actor"
    start: str = "from"
    end: str = "to"


def _milex_years(row: Row) -> str:
    years = [(k, v) for k, v in row.items() if k.isdigit() and v]
    shown = ", ".join(f"{k}: {v}" for k, v in years[-4:])
    return f"{row['measure']}: {shown or 'not covered'} ({len(years)} years)"


def _nuclear(row: Row) -> str:
    span = f" ({row['low']}-{row['high']})" if row["low"] else ""
    return f"{row['kind']} {row['value']}{span}".strip()


_PLANS: dict[str, _Plan] = {
    "states": _Plan(
        "states and their codes over time",
        "states.csv",
        lambda r: r["display"],
        lambda r: f"COW {r['cow'] or '-'}, GW {r['gw'] or '-'}, ISO {r['iso2']}, {r['capital']}",
    ),
    "offices": _Plan(
        "who held which office when",
        "offices.csv",
        lambda r: r["person"],
        lambda r: r["title"] + (" (acting)" if r["acting"] == "true" else ""),
    ),
    "places": _Plan(
        "places, who controls and who claims them",
        "places.csv",
        lambda r: r["place"],
        lambda r: (
            f"{r['kind']} at {r['lat']}, {r['lon']}"
            + (f", claimed by {r['claimants'].replace(';', ', ')}" if ";" in r["claimants"] else "")
        ),
        start="",
        end="",
    ),
    "milex": _Plan(
        "military expenditure by release",
        "milex.csv",
        lambda r: r["actor"],
        _milex_years,
        start="",
        end="",
    ),
    "alliances": _Plan(
        "directed obligations of alliances",
        "alliances.csv",
        lambda r: f"{r['actor']} to {r['target']}",
        lambda r: r["obligations"].replace(";", ", ") or "no obligation",
    ),
    "nuclear": _Plan(
        "nuclear status, warheads and latency",
        "nuclear.csv",
        lambda r: r["actor"],
        _nuclear,
    ),
    "laws": _Plan(
        "dated legal facts",
        "laws.csv",
        lambda r: r["id"],
        lambda r: f"{r['law']}: {r['allows']}",
        start="in_force",
        end="ended",
    ),
    "agreements": _Plan(
        "treaties and agreements by name, with the years that fit",
        "agreements.csv",
        lambda r: r["names"].partition("|")[0],
        lambda r: f"{r['years'].replace('|', ', ')}; also {r['names'].replace('|', ', ')}",
        actor="",
        start="signed",
        end="",
    ),
    "constitutions": _Plan(
        "years in which constitutions were replaced or amended",
        "constitutions.csv",
        lambda r: r["actor"],
        lambda r: (
            f"new {r['new'].replace('|', ', ') or 'never'}; "
            f"amended {r['amended'].replace('|', ', ') or 'never'}"
        ),
        start="first",
        end="as_of",
    ),
    "statements": _Plan(
        "dated statements of named persons",
        "statements.csv",
        lambda r: r["person"],
        lambda r: f'"{r["words"]}"' if r["quoted"] == "yes" else r["words"],
        start="date",
        end="date",
    ),
    "organisations": _Plan(
        "organisations and their members",
        "organisations.csv",
        lambda r: r["name"],
        lambda r: r["kind"],
        actor="organisation",
        start="",
        end="",
    ),
    "bodies": _Plan(
        "ministries, forces, media and other bodies",
        "bodies.csv",
        lambda r: r["name"],
        lambda r: f"{r['kind']}, {r['sector']}, {r['officialness']}",
    ),
    "leaders": _Plan(
        "leaders of states before the tables of offices begin",
        "leaders.csv",
        lambda r: r["person"],
        lambda r: "leader",
    ),
    "ships": _Plan(
        "naval ships and the years of their service",
        "ships.csv",
        lambda r: f"{r['prefix']} {r['name']}",
        lambda r: r["kind"],
    ),
    "meetings": _Plan(
        "summits by day and place",
        "meetings.csv",
        lambda r: r["name"],
        lambda r: (
            f"{r['kind']} of {r['parties'].replace('|', ', ')} in {r['place']} ({r['state']})"
        ),
        actor="",
    ),
    "lead_times": _Plan(
        "units from a budget line or plan to forces in place",
        "lead_times.csv",
        lambda r: f"{r['unit']}, {r['place']}",
        lambda r: f"{r['stage']} to arrival, {r['site']} site",
        start="began",
        end="in_place",
    ),
    "waters": _Plan(
        "lines and areas that states have drawn at sea",
        "waters.csv",
        lambda r: r["name"],
        lambda r: f"{r['claim']}; opposed: {r['opposed']}",
        actor="claimant",
        start="since",
        end="until",
    ),
    "chain": _Plan(
        "island chains and their passages",
        "island_chain.csv",
        lambda r: r["place"],
        lambda r: f"{r['chain']} island chain, {r['order']}; {r['passage'] or 'its end'}",
        actor="",
        start="",
        end="",
    ),
}


@lru_cache(maxsize=16)
def _lines(name: str) -> tuple[tuple[FactLine, str], ...]:
    plan = _PLANS.get(name)
    if plan is None:
        raise FactError(f"the table {name!r}", " | ".join(_PLANS), "standoff facts list")
    found: list[tuple[FactLine, str]] = []
    for row in read_rows(plan.file):
        origin = Provenance.of(row, plan.file)
        line = FactLine(
            table=name,
            subject=plan.subject(row),
            actor=row.get(plan.actor, "") if plan.actor else "",
            fact=plan.fact(row),
            start=row.get(plan.start, "") if plan.start else "",
            end=row.get(plan.end, "") if plan.end else "",
            source=origin.source,
            release=origin.release,
            verified=origin.verified,
            url=origin.url,
            note=origin.note,
        )
        # Aliases and ids are searched too, though they are not shown.
        hidden = [row.get("aliases", ""), row.get("id", ""), row.get("keywords", "")]
        found.append((line, fold_name(" ".join([line.subject, line.fact, *hidden]))))
    return tuple(found)


def fact_tables() -> tuple[FactTable, ...]:
    """Every shipped table, with the number of rows and of those whose check is pending."""
    return tuple(
        FactTable(
            name,
            plan.title,
            plan.file,
            len(_lines(name)),
            sum("pending" in line.verified for line, _ in _lines(name)),
        )
        for name, plan in _PLANS.items()
    )


def fact_rows(
    table: str, *, actor: str | None = None, like: str | None = None
) -> tuple[FactLine, ...]:
    """Rows of a table, in its order.

    Args:
        table: a name of :func:`fact_tables`.
        actor: only rows of this state or organisation.
        like: only rows whose subject, fact or alias holds these words.

    Raises:
        FactError: no such table.

    Example:
        >>> fact_rows("places", like="Diaoyu")[0].subject
        'Senkaku'
    """
    wanted = fold_name(like) if like else ""
    return tuple(
        line
        for line, text in _lines(table)
        if (actor is None or line.actor == actor) and wanted in text
    )


def find_facts(words: str) -> tuple[FactLine, ...]:
    """Rows of every table that hold these words; those whose subject is just that come first.

    Example:
        >>> find_facts("Yonaguni")[0].table
        'places'
    """
    wanted = fold_name(words)
    if not wanted:
        return ()
    found = [line for name in _PLANS for line in fact_rows(name, like=words)]
    return tuple(sorted(found, key=lambda line: fold_name(line.subject) != wanted))
