"""`standoff history`: cases of extended deterrence, base rates, and data sets of one's own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    parse_day,
    say,
    shorten,
)
from standoff.cli.dyads import DataOption, dyads
from standoff.errors import BadRecord, InputError

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def register(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(
        help="The past: cases, base rates, public data sets.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("cases")(list_cases)
    family.command("rate")(show_rate)
    family.command("datasets")(list_datasets)
    family.command("check")(check_file)
    family.command("counts")(counts)
    family.command("dyads")(dyads)
    app.add_typer(family, name="history")


def list_cases(
    challenger: Annotated[str | None, typer.Option(help="Code of the challenger.")] = None,
    protege: Annotated[str | None, typer.Option(help="Code of the protege.")] = None,
    defender: Annotated[str | None, typer.Option(help="Code of the defender.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List cases of extended immediate deterrence, each with its source.

    Example: standoff history cases --defender USA
    """
    from standoff.history import cases

    found = cases(challenger=challenger, protege=protege, defender=defender)
    records: list[dict[str, Any]] = []
    for case in found:
        record = asdict(case)
        record |= {"start": case.start.isoformat(), "end": case.end.isoformat()}
        record["contested"] = "yes" if case.contested else "no"
        if form is OutputFormat.TABLE:
            record["title"] = shorten(case.title, 40)
        records.append(record)
    columns = ["start", "title", "challenger", "protege", "defender", "outcome", "response"]
    emit_records(records, form, [*columns, "contested"])


def show_rate(
    event: Annotated[
        str, typer.Argument(help="failed, attacked, conceded, held or fought.")
    ] = "failed",
    challenger: Annotated[str | None, typer.Option(help="Code of the challenger.")] = None,
    protege: Annotated[str | None, typer.Option(help="Code of the protege.")] = None,
    defender: Annotated[str | None, typer.Option(help="Code of the defender.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Cases that began on this day or later.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """How often deterrence failed, by class, with 90 % intervals; with filters, one class.

    Example: standoff history rate attacked --defender USA --since 1946-01-01
    """
    from typing import cast

    from standoff.history import Event, base_rate, rates_by_class

    named = cast(Event, event)
    if challenger or protege or defender or since:
        rates = [
            base_rate(
                named,
                challenger=challenger,
                protege=protege,
                defender=defender,
                since=parse_day(since, "--since") if since else None,
            )
        ]
    else:
        rates = list(rates_by_class(named))
    if form is OutputFormat.JSON:
        emit_json([asdict(r) for r in rates])
        return
    records = [
        {
            "events": f"{r.k} of {r.n}",
            "rate": f"{100 * r.value:.0f} %",
            "90 %": f"{100 * r.low:.0f}-{100 * r.high:.0f} %",
            "class": r.label,
        }
        for r in rates
    ]
    emit_records(records, form, ["events", "rate", "90 %", "class"])
    say("The table is small and no random sample: it says what happened in crises of this kind.")


def list_datasets(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the public data sets that the adapters know, by the columns that make them known.

    Example: standoff history datasets
    """
    from standoff.history import known_datasets

    records = [
        {
            "id": d.id,
            "title": d.title,
            "citation": d.citation,
            "licence": d.licence,
            "columns": ", ".join(d.columns),
            "note": d.note,
        }
        for d in known_datasets().values()
    ]
    emit_records(records, form, ["id", "title", "citation", "licence"])


def check_file(
    file: Annotated[Path, typer.Argument(help="A table of a public data set.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Recognise a file and say what is in it: data set, rows, years, coverage, sha256.

    Separated by commas, semicolons or tabs; in UTF-8, UTF-16, cp1252 or Mac Roman; under the column
    names of the release or of the R package peacesciencer.

    Example: standoff data check NMC-60-abridged.csv
    """
    from standoff.history import read_dataset, registered_files, years_of

    table = read_dataset(file)
    known = registered_files().get(table.dataset.id)
    remembered = "no"
    if known is not None:
        remembered = "yes" if known.sha256 == table.sha256 else f"another file: {known.path}"
    years = years_of(table)
    records: list[dict[str, Any]] = []
    for column in table.header:
        try:
            values = table.numbers(column)
        except BadRecord:
            # A column of names or dates: counted as text.
            cells = table.text(column)
            records.append(
                {"column": column, "kind": "text", "values": sum(c != "" for c in cells)}
            )
            continue
        covered = table.covered(column)
        records.append(
            {
                "column": column,
                "kind": "number",
                "values": int(covered.sum()),
                "zeros": int((values == 0).sum()),
                "not covered": int((~covered).sum()),
                "least": float(values[covered].min()) if covered.any() else None,
                "greatest": float(values[covered].max()) if covered.any() else None,
            }
        )
    head = {
        "dataset": table.dataset.id,
        "title": table.dataset.title,
        "citation": table.dataset.citation,
        "licence": table.dataset.licence,
        "rows": len(table),
        "years": f"{years[0]}-{years[1]}" if years else "",
        "sha256": table.sha256,
        "read as": f"{table.encoding}, separated by {_SEPARATORS[table.separator]}",
        "renamed": ", ".join(f"{theirs} is {ours}" for ours, theirs in table.renamed.items()),
        "registered": remembered,
        "note": table.dataset.note,
    }
    if form is OutputFormat.JSON:
        emit_json(head | {"columns": records})
        return
    for key, value in head.items():
        if value != "":
            say(f"{key:<11}{value}")
    columns = ["column", "kind", "values", "zeros", "not covered", "least", "greatest"]
    emit_records(records, form, columns)


def counts(
    folder: Annotated[Path | None, typer.Argument(help="Folder with the files; as --data.")] = None,
    first: Annotated[int, typer.Option(help="First year.")] = 1946,
    last: Annotated[int, typer.Option(help="Last year.")] = 2010,
    data: DataOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Count attacks and challenges between territorial rivals from your own files.

    Needs tss-rivalries, gml-ddy, cow-states, and for the protected class atop-ddyr and cow-majors;
    they are found by their columns.

    Examples: standoff history counts ~/data/cow; standoff history counts --first 1816
    """
    from standoff.history import count_rivalries, data_files, read_dataset

    if folder is not None and data is not None:
        raise InputError(f"{folder} and --data {data}", "one folder", "leave one of them out")
    files = data_files(data or folder, need=("tss-rivalries", "gml-ddy", "cow-states"))
    used = ("tss-rivalries", "gml-ddy", "cow-states", "atop-ddyr", "cow-majors")
    found = {i: read_dataset(files[i], i) for i in used if i in files}
    classes = count_rivalries(
        found["tss-rivalries"],
        found["gml-ddy"],
        found["cow-states"],
        found.get("atop-ddyr"),
        found.get("cow-majors"),
        first=first,
        last=last,
    )
    records: list[dict[str, Any]] = []
    for item in classes.values():
        attack, challenge = item.attack_rate(), item.challenge_rate()
        records.append(
            asdict(item)
            | {
                "attack rate": f"{100 * attack.value:.2f} % ({100 * attack.low:.2f}-{100 * attack.high:.2f})",
                "challenge rate": f"{100 * challenge.value:.2f} %",
            }
        )
    columns = ["name", "dyad_years", "attacks", "challenges", "attack rate", "challenge rate"]
    emit_records(records, form, columns)
    if form is OutputFormat.TABLE:
        say("from     " + ", ".join(found[i].path.name for i in used if i in found))
