"""`standoff argument`: what a text says causes what, who holds it, and what the model makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.actors import actors_for_run
from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    open_dossier,
    parse_day,
    say,
)
from standoff.cli.read import sources_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("argument")(argument)


def argument(
    file: Annotated[str, typer.Argument(help="A text of any kind, or - for the input.")],
    published: Annotated[str, typer.Option("--published", help="Day of publication, YYYY-MM-DD.")],
    system: Annotated[
        str | None,
        typer.Option(
            "--system", help="Test each edge in the game of this system, without reports."
        ),
    ] = None,
    dossier: Annotated[
        Path | None, typer.Option("--dossier", help="Test each edge in the game of this dossier.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="The day of the game, YYYY-MM-DD; else that of publication."),
    ] = None,
    recorded_by: RecordedByOption = None,
    source: Annotated[str, typer.Option("--source", help="Who published it.")] = "",
    title: Annotated[str, typer.Option("--title", help="Its title.")] = "",
    actors: Annotated[
        Path | None,
        typer.Option("--actors", help="CSV name,code,from,to or a PETRARCH file, for this run."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", min=100, max=100_000, help="Draws of the game.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same answer.")] = 1,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write the argument as an SVG picture.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """The causal edges that a text asserts: cause, effect, sign, who holds it and how firmly, chains;
    with a system, what its model makes of each.

    Example: standoff argument report.txt --published 2021-08-13 --system west-pacific-2021
    """
    from standoff.assess import judge_argument, system_bench, system_of
    from standoff.brief import argument_lines, argument_svg
    from standoff.read import read_argument
    from standoff.systems import load_system

    day = parse_day(published, "--published")
    _, (first, *_) = sources_of(file)
    name = title or first.title or ("" if file == "-" else Path(file).stem)
    read = read_argument(
        first.text, published=day, source=source, title=name, actors=actors_for_run(actors)
    )
    bench = None
    on = parse_day(as_of) if as_of else day
    if dossier is not None:
        with open_dossier(dossier, recorded_by) as ledger:
            held = system_of(ledger)
            bench = system_bench(held, as_of=on, draws=draws, seed=seed, ledger=ledger)
    elif system is not None:
        bench = system_bench(load_system(system), as_of=on, draws=draws, seed=seed)
    found = judge_argument(read, bench)
    if picture is not None:
        picture.write_text(argument_svg(found), encoding="utf-8", newline="\n")
    if form is OutputFormat.JSON:
        emit_json(found.payload())
        return
    for line in argument_lines(found):
        say(line)
    if picture is not None:
        say(f"picture   {picture}")
