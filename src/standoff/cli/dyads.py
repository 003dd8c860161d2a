"""`standoff history dyads`: public data sets joined into dyad-years, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    say,
)
from standoff.errors import InputError, UnreadableFile

if TYPE_CHECKING:
    from standoff.history import ColumnCoverage, DyadYears

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Folder with the files; else those of `standoff data add`, in $STANDOFF_DATA.",
    ),
]


def dyads(
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write: .parquet or .csv.")],
    directed: Annotated[
        bool, typer.Option("--directed/--undirected", help="Both directions of a pair, or one.")
    ] = True,
    first: Annotated[int, typer.Option("--from", help="First year.")] = 1816,
    last: Annotated[int, typer.Option("--to", help="Last year.")] = 2010,
    steps: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help="What to join: disputes, peace-years, capabilities, alliances, capital-distance, "
            "contiguity, majors, democracy; repeat it, or separate by commas. "
            "Default: all whose files are found.",
        ),
    ] = None,
    data: DataOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Join your files into dyad-years, as the R package peacesciencer does, row for row.

    Rows are ordered pairs of states that were in the COW system on a common day of the year. Every
    column says where it comes from, in which years a missing row is a true zero, and in which years
    it has values; outside these a value is missing, never zero. Needs the extra `history`.

    Examples: standoff history dyads --from 1816 --to 2010 --data ~/data/cow -o dyads.parquet;
    standoff history dyads --undirected --from 1946 --with disputes,contiguity -o pairs.csv
    """
    from standoff.history import directed_dyad_years, write_panel

    table = directed_dyad_years(data, first, last)
    table, left_out = _with(table, steps)
    if not directed:
        table = table.undirected()
    written = write_panel(table, out)
    notes = _notes(table, written.columns)
    record = {
        "path": str(out),
        "rows": written.rows,
        "from": first,
        "to": last,
        "directed": directed,
        "files": {i: str(table.files[i]) for i in table.used},
        "columns": [asdict(c) for c in written.columns],
        "left_out": left_out,
        "notes": notes,
    }
    if form is OutputFormat.JSON:
        emit_json(record)
        return
    kind = "directed dyad-years" if directed else "pairs and years"
    say(
        f"wrote    {out}: {written.rows:,} {kind} {first} to {last}, {len(written.columns)} columns"
    )
    emit_table(
        ("column", "source", "true zero in", "values in", "values", "not covered"),
        [
            (c.name, c.source, _span(c.zeros), _span((c.first, c.last)), c.values, c.gaps)
            for c in written.columns
        ],
    )
    for name, lacking in left_out.items():
        say(f"left out {name}: no file of {lacking} (standoff data add FILE, or --data FOLDER)")
    for note in notes:
        say(f"note     {note}")


def _with(table: DyadYears, asked: Sequence[str] | None) -> tuple[DyadYears, dict[str, str]]:
    """The table with what was asked for, or with all that can be, and what is left out."""
    lacking = table.lacking
    if asked:
        names = [n.strip().replace("-", " ") for part in asked for n in part.split(",")]
        unknown = [n for n in names if n not in lacking]
        if unknown:
            raise InputError(
                f"--with {unknown[0]!r}",
                " | ".join(n.replace(" ", "-") for n in lacking),
                "--with disputes,contiguity",
            )
        return table.with_steps(*names), {}
    left_out = {name: dataset for name, dataset in lacking.items() if dataset}
    found = [name for name in lacking if name not in left_out]
    if not found:
        raise UnreadableFile(
            "files of COW states alone",
            "a file of something to join: " + ", ".join(dict.fromkeys(left_out.values())),
            "standoff data add FILE, or --data FOLDER",
        )
    return table.with_steps(*found), left_out


def _notes(table: DyadYears, columns: Sequence[ColumnCoverage]) -> list[str]:
    """Columns without a value, by source, and members after the last release of states."""
    empty: dict[str, list[str]] = {}
    for column in columns:
        if not column.values:
            empty.setdefault(column.source, []).append(column.name)
    notes = [
        f"{source}: no value in {table.first} to {table.last} ({', '.join(names)})"
        for source, names in empty.items()
    ]
    if table.first > 1816 and "peace years" in table.steps:
        notes.append(f"gmlmidspell counts from {table.first}, the first year asked for")
    if table.last > 2016:
        notes.append("after 2016 the states of the release of 2016 are taken to go on")
    return notes


def _span(years: tuple[int | None, int | None] | None) -> str:
    if years is None or years[0] is None:
        return ""
    return f"{years[0]}-{years[1]}"


def file_records(records: Sequence[Any]) -> list[dict[str, Any]]:
    """Registered files as records, with what has become of them."""
    return [
        asdict(r) | {"path": str(r.path), "state": r.state, "years": _span((r.first, r.last))}
        for r in records
    ]
