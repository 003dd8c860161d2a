"""The tables of docs/reference/chronology.md hold what stands in the record: counted with `csv` alone.

After an edit of the record: `python tests/unit/systems/test_record_page.py` writes them anew.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "src/standoff/systems/data/west-pacific-2021/chronology.csv"
PAGE = ROOT / "docs/reference/chronology.md"
BEGIN, END = "<!-- tables of the record: begin -->", "<!-- tables of the record: end -->"
SPANS = ((2005, 2009), (2010, 2014), (2015, 2019), (2020, 2021), (2022, 2025))
FEW = 10

Row = dict[str, str]


def counted(rows: Iterable[Row]) -> str:
    years = Counter(int(row["date"][:4]) for row in rows)
    return " | ".join(str(sum(years[y] for y in range(a, b + 1))) for a, b in SPANS)


def tables(rows: list[Row]) -> str:
    """The tables as Markdown."""
    head = " | ".join(f"{a}-{b % 100}" for a, b in SPANS)
    rule = "---|" * (len(SPANS) + 2)
    deeds = sum(row["channel"] == "deeds" for row in rows)
    early = sum(row["available"] < "2021-08-13" for row in rows)
    quoted = sum(bool(row["quote"]) for row in rows)
    first = (
        f"It holds {len(rows):,} rows, {deeds} of them deeds, from {rows[0]['date']} to {rows[-1]['date']}; "
        f"{early} were public before 13 August 2021; {quoted} ({quoted / len(rows):.0%}) keep words of their source."
    )
    lines = [
        first,
        "",
        f"| actor | rows | {head} | quoted |",
        f"|{rule}---|",
    ]
    actors = Counter(actor for row in rows for actor in row["actor"].split(";"))
    for actor, count in sorted(actors.items(), key=lambda kv: (-kv[1], kv[0])):
        own = [row for row in rows if actor in row["actor"].split(";")]
        share = sum(bool(row["quote"]) for row in own) / len(own)
        lines.append(f"| {actor} | {count} | {counted(own)} | {share:.0%} |")
    lines += ["", "A row with several actors counts for each of them.", ""]
    lines += [f"| genre | rows | {head} |", f"|{rule}"]
    genres = Counter(row["reference_series"] for row in rows if row["reference_series"])
    for genre, count in sorted(genres.items(), key=lambda kv: (-kv[1], kv[0])):
        if count >= FEW:
            own = [row for row in rows if row["reference_series"] == genre]
            lines.append(f"| `{genre}` | {count} | {counted(own)} |")
    small = sorted(f"`{g}` {n}" for g, n in genres.items() if n < FEW)
    lines += ["", f"Genres with fewer than {FEW} rows: {', '.join(small)}.", ""]
    years = Counter(row["date"][:4] for row in rows)
    lines += ["Rows by year: " + ", ".join(f"{y} {years[y]}" for y in sorted(years)) + ".", ""]
    verified = Counter(row["verified"] for row in rows)
    lines += ["| verified | rows | share |", "|---|---|---|"]
    lines += [f"| `{v}` | {n} | {n / len(rows):.1%} |" for v, n in verified.most_common()]
    return "\n".join(lines)


def read_rows() -> list[Row]:
    with TABLE.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_page_counts_what_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0].strip() == tables(read_rows())


def test_a_row_more_is_seen() -> None:
    rows = read_rows()
    assert tables([*rows, dict(rows[-1])]) != tables(rows)


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    PAGE.write_text(
        f"{before}{BEGIN}\n\n{tables(read_rows())}\n\n{END}{rest.split(END)[1]}", encoding="utf-8"
    )
