"""`standoff probe`: how many of a model's answers survive what should not matter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.actors import actors_for_run
from standoff.cli.ask import (
    Asking,
    BaseUrlOption,
    CacheOption,
    ConsentOption,
    ModelOption,
    ReplayOption,
    model_of,
)
from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    parse_day,
    progress,
    say,
)
from standoff.cli.read import sources_of
from standoff.errors import BadRecord

if TYPE_CHECKING:
    from standoff.assess import Survival

SHOWN = ("sources", "targets", "event", "status")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(probe)


def probe(
    file: Annotated[str, typer.Argument(help="A text file, or - for the input.")],
    published: Annotated[str, typer.Option("--published", help="Day of publication, YYYY-MM-DD.")],
    base_url: BaseUrlOption = "",
    model: ModelOption = "",
    cache: CacheOption = None,
    replay: ReplayOption = False,
    consent: ConsentOption = False,
    actors: Annotated[
        Path | None, typer.Option("--actors", help="CSV of names for this run, as in read.")
    ] = None,
    dossier: Annotated[
        Path | None, typer.Option("--dossier", help="Whose agreement holds; nothing is stored.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Test a model on a text: codes without meaning, the codebook turned round, countries exchanged.

    A signal survives if the changed reading has it again with the same sources, targets, event and
    status. Four readings are asked for; nothing is stored.

    Example: standoff probe report.txt --published 2021-08-13 --base-url http://127.0.0.1:8080/v1 --model NAME
    """
    from standoff.assess import probe_model

    day = parse_day(published, "--published")
    _, (first, *others) = sources_of(file)
    if others or first.kind == "feed":
        raise BadRecord("a feed", "one document", "save one item as a text")
    chosen = model_of(Asking(base_url, model, cache, replay, consent), dossier)
    found = probe_model(
        chosen, first.text, published=day, actors=actors_for_run(actors), announce=progress
    )
    if form is OutputFormat.JSON:
        emit_json([_record(s) for s in found])
        return
    emit_table(
        ("probe", "asked", "again", *SHOWN, "survive", "new"),
        [
            (
                s.probe, s.asked, s.found, *(s.fields[f] for f in SHOWN),
                "-" if s.share is None else f"{s.whole} ({s.share:.0%})", s.extra,
            )
            for s in found
        ],
        title=f"answers of {model} that survive",
    )  # fmt: skip
    for s in found:
        if s.note:
            say(f"{s.probe}: {s.note}")


def _record(s: Survival) -> dict[str, Any]:
    return {
        "probe": s.probe, "asked": s.asked, "found": s.found, "survive": s.whole,
        "share": s.share, "extra": s.extra, "fields": dict(s.fields), "note": s.note,
    }  # fmt: skip
