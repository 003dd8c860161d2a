"""How many names of a list the shipped gazetteers know: name, state and, for people, the person.

Each name stands in a sentence that says nothing about it ("NAME spoke to reporters on Tuesday."),
read on the day of its row. It is known when a mention covers the whole name and has the actor of
the row; a person must also be held as a person. The sector is counted apart, because sources
differ (state media as media or as government).

    python benchmarks/read_actors_coverage.py benchmarks/data/actors_first.csv [--missing]
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from standoff.read import read_report

PERSONS = {
    "leader", "foreign minister", "defence minister", "chief of defence", "spokesperson", "adviser",
    "security council", "army chief", "navy chief", "air chief", "official", "commander",
    "unification", "military leader", "speaker", "intelligence chief",
}  # fmt: skip


def known(row: dict[str, str]) -> tuple[bool, bool]:
    """Whether the name is known, and whether its sector is the one of the row."""
    name = row["name"]
    words = name[:1].upper() + name[1:]
    text = f"{words} spoke to reporters on Tuesday."
    report = read_report(text, published=date.fromisoformat(row["day"]))
    start = 4 if name.lower().startswith("the ") else 0
    for mention in report.mentions:
        party = mention.party
        if mention.span.start <= start and mention.span.end >= len(name):
            person = row["kind"] not in PERSONS or bool(party.person)
            good = party.actor == row["actor"] and person
            return good, good and (not row["sector"] or party.sector == row["sector"])
    return False, False


def main() -> None:
    """Print the share known, by region and by kind."""
    path = Path(sys.argv[1])
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sectors = 0
    missing: list[str] = []
    for row in rows:
        good, sector = known(row)
        sectors += sector
        for key in ("all", f"region: {row['region']}", f"kind: {row['kind']}"):
            tally[key][0] += good
            tally[key][1] += 1
        if not good:
            missing.append(f"{row['region']}: {row['kind']}: {row['name']} ({row['actor']})")
    for key, (right, total) in tally.items():
        print(f"{key:32s} {right:4d} of {total:4d}  {right / total:.3f}")
    print(f"{'sector as listed':32s} {sectors:4d} of {len(rows):4d}  {sectors / len(rows):.3f}")
    if "--missing" in sys.argv:
        print("\n".join(missing))


if __name__ == "__main__":
    main()
