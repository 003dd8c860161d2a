"""Make src/standoff/reference/data/leaders.csv from the public leader list of REIGN (Bell 2016, MIT).

    python scripts/make_leaders.py reign_leaderlist_2021_03.csv

One row a spell that ended between 1945 and 2005, save those that offices.csv has. The list gives months for ends:
a spell ends on the last day of its month. Names are as in the list, without initials, numbers of terms and
"Ayatollah"; a name with damaged letters is left out.
"""

from __future__ import annotations

import csv
import re
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path

from standoff.read.gazetteer import surname
from standoff.reference import office_spells, states

FIRST, LAST = 1945, 2005
ORIGIN = {
    "source": "REIGN leader list (Bell 2016)", "url": "https://oefdatascience.github.io/REIGN.github.io/",
    "release": "2021-03", "retrieved": "2026-11-30", "verified": "dataset", "note": "",
}  # fmt: skip
OUT = Path(__file__).parents[1] / "src/standoff/reference/data/leaders.csv"


def main(path: Path) -> None:
    """Write the table."""
    held = {(s.actor, surname(s.person, s.actor).lower()) for s in office_spells()}
    kept: list[tuple[str, str, str, str]] = []
    for row in csv.DictReader(path.read_text("mac_roman").splitlines()):
        if not row["eyear"] or not FIRST <= int(row["eyear"]) <= LAST:
            continue
        start = date(int(row["syear"]), int(row["smonth"]), int(row["sdate"]))
        year, month = int(row["eyear"]), int(row["emonth"])
        end = date(year, month, monthrange(year, month)[1])
        name = re.sub(r"\s*\(.*?\)|,.*$|\bAyatollah |\b(?:Jr|Sr)\.?$", "", row["leader"]).strip()
        actor = next(
            (s.actor for s in states() if s.cow_abbrev == row["stateabb"] and s.exists(start)), ""
        )
        plain = name.isascii() and re.fullmatch(r"[A-Z][\w' .-]+", name)
        if actor and plain and (actor, surname(name, actor).lower()) not in held:
            kept.append((actor, name, start.isoformat(), end.isoformat()))
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("actor", "person", "from", "to", *ORIGIN))
        writer.writerows((*row, *ORIGIN.values()) for row in sorted(set(kept)))
    print(f"{len(set(kept))} spells")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
