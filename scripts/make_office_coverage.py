"""Writes docs/reference/offices-coverage.md from the shipped table: `python scripts/make_office_coverage.py`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from standoff.reference import OfficeSpell, office_spells, states

OFFICES = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "chief_of_defence",
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "offices-coverage.md"
FRESH = date(2025, 6, 1)
HEAD = """# Office-holders: which days the table covers

Whom `offices.csv` names per state: the first year, the last month that a source vouches for, and
how many spells; "-" is nobody. Gaps between spells are possible: a day without a holder answers
"not known". `standoff facts list offices --actor JPN` lists the rows. A test holds this page
against the table.

| office | states covered, of {states} | of them vouched for in June 2025 or later |
| --- | --- | --- |
{totals}

Not covered well, and why: foreign and defence ministers of about four states in ten have never been
in an open list whose licence allows shipping; of the others most lists end in the summer of 2022,
and later holders were entered one by one from dated pages for the states that news names most.
Chiefs of staff whose end Wikidata does not give are vouched for on their first day alone. Before
2000 there are heads of the great and regional powers and whoever was still in office then.
Spokespersons are covered for the states of the shipped systems, Iran and Israel only.

| state | {offices} |
| --- |{rule}
{rows}
"""

Groups = dict[tuple[str, str], list[OfficeSpell]]


def groups() -> Groups:
    """The spells of each state and office."""
    found: Groups = defaultdict(list)
    for spell in office_spells():
        if not spell.organisation:
            found[spell.actor, spell.office].append(spell)
    return dict(found)


def last(spells: list[OfficeSpell]) -> date:
    """The last day that any of the spells is vouched for."""
    return max(s.end or s.as_of for s in spells)


def cell(spells: list[OfficeSpell] | None) -> str:
    """First year, last month, number of spells."""
    if not spells:
        return "-"
    first = min(s.start for s in spells)
    return f"{first.year}-{last(spells).isoformat()[:7]} ({len(spells)})"


def page() -> str:
    """The whole page."""
    known = groups()
    now = {s.actor: s.display for s in states() if s.end is None}
    totals = []
    for office in OFFICES:
        held = [known[a, office] for a in now if (a, office) in known]
        fresh = sum(last(spells) >= FRESH for spells in held)
        totals.append(f"| {office} | {len(held)} | {fresh} |")
    rows = [
        f"| {a} {now[a]} | " + " | ".join(cell(known.get((a, o))) for o in OFFICES) + " |"
        for a in sorted(now)
    ]
    return HEAD.format(
        states=len(now),
        totals="\n".join(totals),
        offices=" | ".join(OFFICES),
        rule=" --- |" * len(OFFICES),
        rows="\n".join(rows),
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
