"""The tables of facts for the forecaster: codes of the day, order of dates, levels, no duplicates, sources.

The truth is the table of states, ISO 8601, and the definitions of docs/reference/forecast-tables.md. The files are
read by path: the room that uses them stands elsewhere. Each rule is seen to fail on a planted row.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "src" / "standoff"
DATA = ROOT / "forecast" / "data"
FIRST, LAST = date(2011, 1, 1), date(2026, 11, 30)
ATTACK = 26  # deaths of both sides together, the limit of the Militarized Interstate Disputes for an attack
OPEN = date.max

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def span(text: str) -> tuple[date, date]:
    """First and last day of a date given as YYYY or YYYY-MM-DD."""
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return date.fromisoformat(text), date.fromisoformat(text)


def periods() -> dict[str, list[tuple[date, date]]]:
    found: dict[str, list[tuple[date, date]]] = {}
    for row in read(ROOT / "reference" / "data" / "states.csv"):
        since = span(row["from"])[0] if row["from"] else date.min
        until = span(row["to"])[1] if row["to"] else OPEN
        found.setdefault(row["actor"], []).append((since, until))
    return found


STATES = periods()


def stands(code: str, text: str) -> bool:
    """Whether a state of this code exists at some day of the date."""
    first, last = span(text)
    return any(since <= last and first <= until for since, until in STATES.get(code, []))


def dates(row: Row, start: str, end: str) -> list[str]:
    try:
        first = span(row[start])[0]
        last = span(row[end])[1] if row[end] else OPEN
        if row.get("retrieved"):
            date.fromisoformat(row["retrieved"])
    except ValueError as error:
        return [f"no date: {error}"]
    return [] if first <= last else [f"{end} before {start}"]


def codes(row: Row, fields: tuple[str, ...], start: str, end: str) -> list[str]:
    """Each code exists on the first day and, where there is one, on the last."""
    found: list[str] = []
    for name in fields:
        for day in filter(None, (row[start], row[end])):
            if row[name] and not stands(row[name], day):
                found.append(f"{row[name]} is no state on {day}")
    return found


def sourced(row: Row) -> list[str]:
    found = [] if row["source"] else ["no source"]
    if row["retrieved"] and not row["url"].startswith("http"):
        found.append("retrieved, but from where")
    return found


def deaths(row: Row) -> list[str]:
    low = int(row["deaths_low"]) if row["deaths_low"] else None
    high = int(row["deaths_high"]) if row["deaths_high"] else None
    found: list[str] = []
    if low is not None and high is not None and not 0 <= low <= high:
        found.append("deaths out of order")
    if row["level"] == "display" and (low, high) != (0, 0):
        found.append("a display with deaths")
    if row["level"] == "force" and low is not None and low >= ATTACK:
        found.append("force with the deaths of an attack")
    # A reply or a joined war is an attack by the whole exchange; its own row holds its own part.
    if (
        row["level"] == "attack"
        and row["origin"] == "originator"
        and high is not None
        and high < ATTACK
    ):
        found.append("an attack with too few deaths")
    return found


def clash(row: Row) -> list[str]:
    found = dates(row, "start", "end") + sourced(row) + deaths(row)
    if not found:
        found += codes(row, ("challenger", "protege"), "start", "end")
    if row["challenger"] == row["protege"]:
        found.append("a state against itself")
    if not row["name"]:
        found.append("no name")
    if row["level"] not in {"attack", "force", "display"}:
        found.append(f"level {row['level']}")
    if row["origin"] not in {"originator", "joiner", "reply"}:
        found.append(f"origin {row['origin']}")
    if row["basis"] not in {"interstate", "contested", "group_on_soil"}:
        found.append(f"basis {row['basis']}")
    if bool(row["end"]) == bool(row["observed_to"]):
        found.append("an open row says to what day it was seen, a closed one has its end")
    if (
        not found
        and not FIRST <= span(row["start"])[0] <= span(row["end"] or row["observed_to"])[1] <= LAST
    ):
        found.append("outside 2011-01-01 to 2026-11-30")
    return found


def obligation(row: Row) -> list[str]:
    found = dates(row, "from", "to") + sourced(row)
    if not found:
        found += codes(row, ("owner", "protege"), "from", "to")
    if row["owner"] == row["protege"]:
        found.append("a state for itself")
    if row["kind"] not in {"defence", "consultation", "arms", "none"}:
        found.append(f"kind {row['kind']}")
    if row["form"] not in {"treaty", "declaration", "executive", "statute"}:
        found.append(f"form {row['form']}")
    return found if row["instrument"] else [*found, "no instrument"]


def group(row: Row) -> list[str]:
    found = dates(row, "from", "to") + sourced(row)
    if not found:
        found += codes(row, ("member",), "from", "to")
    if row["kind"] not in {"defence", "consultation"}:
        found.append(f"kind {row['kind']}")
    return found


def holder(row: Row) -> list[str]:
    found = dates(row, "from", "to") + sourced(row)
    if not found and row["holder"] != "local":
        found += codes(row, ("holder",), "from", "to")
    claimants = row["claimants"].split(";") if row["claimants"] else []
    # A claim may be younger than the holding: the claimant exists at some day.
    found += [f"{code} is no state" for code in claimants if code not in STATES]
    if len(set(claimants)) < len(claimants) or (
        row["holder"] in claimants and row["code_or_name"] != row["holder"]
    ):
        found.append("claimants named twice, or the holder among them")
    return found


def number(row: Row) -> list[str]:
    try:
        value = float(row["value"])
        low, high = float(row["low"] or value), float(row["high"] or value)
    except ValueError as error:
        return [f"no number: {error}"]
    found = (
        []
        if 0 <= low <= value <= high <= 1
        else ["value, low and high out of order or outside 0 to 1"]
    )
    kinds = {"rate", "crowd", "market", "share of experts", "expert probability"}
    if row["measure"] not in kinds:
        found.append(f"measure {row['measure']}")
    if row["event"] not in {"alike", "narrower", "wider", "joins", "other"}:
        found.append(f"event {row['event']}")
    if row["deadline"] and row["deadline"] < row["as_of"]:
        found.append("a deadline before its day")
    day = row["as_of"]
    if (
        len(day) not in {4, 7, 10}
        or not date(2000, 1, 1) <= date.fromisoformat((day + "-01-01")[:10]) <= LAST
    ):
        found.append(f"as of {day}")
    return (
        found
        + sourced(row)
        + ([] if row["question"] and row["definition"] else ["no question or definition"])
    )


RULES = {
    "clashes": (clash, ("challenger", "protege", "start", "level", "name")),
    "obligations": (obligation, ("owner", "protege", "from", "instrument")),
    "groups": (group, ("group", "member", "from")),
    "holders": (holder, ("code_or_name", "from")),
    "elsewhere": (number, ("question", "pair_or_class", "as_of", "definition", "source")),
}


def faults(table: str, rows: list[Row]) -> list[str]:
    """What is wrong with a table, one line a fault."""
    rule, key = RULES[table]
    found = [f"line {n}: {fault}" for n, row in enumerate(rows, 2) for fault in rule(row)]
    seen = Counter(tuple(row[name] for name in key) for row in rows)
    found += [f"twice: {' '.join(names)}" for names, n in seen.items() if n > 1]
    if table == "holders" and not found:
        found += overlaps(rows)
    return found


def overlaps(rows: list[Row]) -> list[str]:
    """Places with two holders on one day."""
    found: list[str] = []
    for name in sorted({row["code_or_name"] for row in rows}):
        held = sorted(
            (span(r["from"])[0], span(r["to"])[1] if r["to"] else OPEN)
            for r in rows
            if r["code_or_name"] == name
        )
        found += [f"{name}: two holders on {b[0]}" for a, b in pairwise(held) if b[0] <= a[1]]
    return found


@pytest.mark.parametrize("table", sorted(RULES))
def test_table_has_no_fault(table: str) -> None:
    rows = read(DATA / f"{table}.csv")
    assert rows
    assert faults(table, rows) == []


PLANTED = [
    ("clashes", {"challenger": "XXX"}, "XXX is no state"),
    ("clashes", {"challenger": "SUN"}, "SUN is no state on 2025-07-24"),
    ("clashes", {"end": "2025-07-01"}, "end before start"),
    ("clashes", {"start": "2025-07-32"}, "no date"),
    ("clashes", {"level": "force"}, "force with the deaths of an attack"),
    ("clashes", {"deaths_low": "1", "deaths_high": "25"}, "an attack with too few deaths"),
    ("clashes", {"deaths_low": "50", "deaths_high": "48"}, "deaths out of order"),
    ("clashes", {"level": "display"}, "a display with deaths"),
    ("clashes", {"level": "war"}, "level war"),
    ("clashes", {"source": ""}, "no source"),
    ("clashes", {"url": ""}, "retrieved, but from where"),
    ("clashes", {"protege": "KHM"}, "a state against itself"),
    ("clashes", {"end": ""}, "an open row says"),
    ("clashes", {"start": "2010-07-24"}, "outside 2011-01-01"),
    ("clashes", {"basis": "strict"}, "basis strict"),
    ("clashes", {"origin": "first"}, "origin first"),
    ("obligations", {"kind": "offence"}, "kind offence"),
    ("obligations", {"protege": "USA", "owner": "USA"}, "a state for itself"),
    ("obligations", {"instrument": ""}, "no instrument"),
    ("groups", {"member": "XKX", "from": "1949-08-24"}, "XKX is no state on 1949-08-24"),
    ("holders", {"holder": "ZZZ"}, "ZZZ is no state"),
    ("holders", {"claimants": "CHN;CHN"}, "claimants named twice"),
    ("elsewhere", {"value": "22"}, "outside 0 to 1"),
    ("elsewhere", {"value": ""}, "no number"),
    ("elsewhere", {"measure": "guess"}, "measure guess"),
    ("elsewhere", {"event": "similar"}, "event similar"),
    ("elsewhere", {"deadline": "1999-01-01"}, "a deadline before its day"),
    ("elsewhere", {"as_of": "2031"}, "as of 2031"),
]


@pytest.mark.parametrize(("table", "change", "message"), PLANTED)
def test_planted_fault_is_caught(table: str, change: Row, message: str) -> None:
    rows = read(DATA / f"{table}.csv")
    at = next(
        (n for n, row in enumerate(rows) if row.get("name") == "Five-day fighting on the border"), 0
    )
    rows[at] = {**rows[at], **change}
    assert any(message in fault for fault in faults(table, rows))


def test_duplicate_is_caught() -> None:
    rows = read(DATA / "clashes.csv")
    assert any(fault.startswith("twice") for fault in faults("clashes", [*rows, rows[0]]))


def test_two_holders_on_one_day_are_caught() -> None:
    rows = read(DATA / "holders.csv")
    at = next(
        n for n, row in enumerate(rows) if row["code_or_name"] == "HKG" and row["holder"] == "GBR"
    )
    rows[at] = {**rows[at], "to": "1997-07-01"}
    assert faults("holders", rows) == ["HKG: two holders on 1997-07-01"]


@pytest.mark.parametrize(
    ("group_name", "day", "members"),
    [
        # Numbers of members as NATO, the CSTO and the European Union state them.
        ("NATO", "2017-06-04", 28),
        ("NATO", "2020-03-27", 30),
        ("NATO", "2024-03-07", 32),
        ("CSTO", "2026-11-30", 6),
        ("European Union", "2019-12-31", 28),
        ("European Union", "2020-02-01", 27),
        ("GCC", "2026-11-30", 6),
    ],
)
def test_groups_have_the_members_they_state(group_name: str, day: str, members: int) -> None:
    on = date.fromisoformat(day)
    rows = [r for r in read(DATA / "groups.csv") if r["group"] == group_name]
    inside = {
        r["member"]
        for r in rows
        if span(r["from"])[0] <= on <= (span(r["to"])[1] if r["to"] else OPEN)
    }
    assert len(inside) == members
