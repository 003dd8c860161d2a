"""`standoff data`: your own files of public data sets, checked and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_records, say
from standoff.cli.dyads import file_records
from standoff.cli.history import check_file

FILE_COLUMNS = ("id", "rows", "years", "state", "path")


def register(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(
        help="Your files of public data sets: add, list, check.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("add")(add)
    family.command("list")(list_files)
    family.command("check")(check_file)
    app.add_typer(family, name="data")


def add(
    files: Annotated[list[Path], typer.Argument(help="Tables of public data sets.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Recognise files by their columns, check them, and remember where they are.

    Nothing is copied: the registry holds the path, sha256, rows, years, citation and licence. Other
    commands find the file through it; one that has changed since is refused.

    Example: standoff data add NMC-60-abridged.csv atop5_1ddyr.csv
    """
    from standoff.history import data_folder, known_datasets, register_file

    made: list[dict[str, Any]] = []
    for file in files:
        record, replaced = register_file(file)
        (shown,) = file_records([record])
        made.append(shown | {"replaced": str(replaced.path) if replaced else None})
        if form is OutputFormat.JSON:
            continue
        dataset = known_datasets()[record.id]
        say(
            f"added    {record.id} ({dataset.title}): {record.rows:,} rows, {shown['years'] or 'no years'}"
        )
        if replaced and replaced.path != record.path:
            say(f"         in place of {replaced.path}")
        if dataset.note:
            say(f"note     {dataset.note}")
        say(f"cite     {record.citation}; licence: {record.licence}")
    if form is OutputFormat.JSON:
        emit_json(made)
    else:
        say(f"in       {data_folder()}")
        say("next     standoff data list")


def list_files(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the files that are remembered, and whether each is still what it was.

    Example: standoff data list
    """
    from standoff.history import data_folder, registered_files

    found = file_records(list(registered_files().values()))
    emit_records(found, form, FILE_COLUMNS)
    if form is OutputFormat.TABLE and not found:
        say(f"nothing is registered in {data_folder()}; standoff data add FILE")
