"""Out, in, and again: export, import, cite, bundle, reproduce."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_records,
    open_dossier,
    progress,
    say,
)
from standoff.errors import InputError


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command("export")(export)
    app.command("import")(import_)
    app.command()(cite)
    app.command()(bundle)
    app.command()(reproduce)


def export(
    out: Annotated[Path, typer.Argument(help="A file (plover, annotation) or folder.")],
    to: Annotated[str, typer.Option(help="plover, annotation, csv or parquet.")] = "plover",
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
) -> None:
    """Write everything a dossier holds in an open format that reads back to the same dossier.

    Example: standoff export out.jsonl --to plover
    """
    from standoff.ledger import as_recorded, collect_sound, write_content

    _free(out)
    with open_dossier(dossier, recorded_by) as ledger:
        content = collect_sound(ledger.store)
        if ledger.recorded_by:
            content = as_recorded(content, ledger.recorded_by)
        write_content(content, out, to)
    say(
        f"wrote    {out}  {len(content.documents)} documents, {len(content.signals)} signals, "
        f"{len(content.claims)} claims, {len(content.decisions)} decisions"
    )
    say(f"next     standoff import {out} NEW-NAME")


def _free(out: Path) -> None:
    """Refuse a name that is taken: nothing is overwritten."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}, which is already here,", "a name that is free", "another name")


def import_(
    source: Annotated[Path, typer.Argument(help="A file or folder written by standoff export.")],
    name: Annotated[str | None, typer.Argument(help="Name of the new dossier.")] = None,
    layer: Annotated[
        str | None, typer.Option(help="Keep its signals as a second coding in a dossier.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--from", help="plover, annotation, csv, parquet; else guessed.")
    ] = None,
    unsealed: Annotated[
        bool,
        typer.Option(
            "--unsealed", help="Take an export without seals, of an older version, as it is."
        ),
    ] = False,
    dossier: DossierOption = None,
) -> None:
    """Make a dossier from an export, or bring in a second coding of the same documents.

    An export that was cut or changed on the way does not fit its seals and is refused.

    Example: standoff import out.jsonl copy
    """
    from standoff.ledger import make_dossier, read_content, refuse_unsealed, restore_layer

    content = read_content(source, form)
    refuse_unsealed(content, unsealed)
    if layer is not None:
        with open_dossier(dossier) as ledger:
            count = restore_layer(ledger.store, content, layer)
        say(f"kept     {count} signals as layer {layer}")
        say(f"next     standoff agreement {layer}")
        return
    if name is None:
        raise InputError(
            "no name", "a name for the new dossier, or --layer", "standoff import F NAME"
        )
    path = Path(name if name.endswith(".standoff") else f"{name}.standoff")
    make_dossier(content, path, unsealed=unsealed)
    say(f"made     {path}  {len(content.documents)} documents, {len(content.signals)} signals")
    say(f"next     standoff signals --dossier {path}")


def cite(
    run: Annotated[str | None, typer.Argument(help="A run as well (R-3f2a).")] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
) -> None:
    """Print the citation of data and software as BibTeX, with the hash of all that is held.

    Example: standoff cite
    """
    from standoff.ledger import cite as citation

    with open_dossier(dossier, recorded_by) as ledger:
        say(citation(ledger, run))


def bundle(
    run: Annotated[
        str | None, typer.Argument(help="The run to bundle (R-3f2a); else the one last assessed.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The zip to write.")] = Path("bundle.zip"),
    dossier: DossierOption = None,
) -> None:
    """Write a replication zip: the record as it stood for a run, the run, seed and hashes.

    Example: standoff bundle R-3f2a --out replication.zip
    """
    from standoff.ledger import write_bundle

    _free(out)
    with open_dossier(dossier) as ledger:
        last = ledger.last_assessed() if run is None else None
        if run is None and last is None:
            raise InputError("no run", "one that was assessed", "standoff assess")
        manifest = write_bundle(ledger, run or (last.handle if last else ""), out)
    say(f"wrote    {out}  {manifest['run']}, seed {manifest['seed']}, {manifest['draws']} draws")
    say(f"next     standoff reproduce {out}")


def reproduce(
    file: Annotated[Path, typer.Argument(help="A zip made by standoff bundle.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Run a bundle again from its record and compare every printed digit.

    Exit 0 when all agree, 2 when any number differs.

    Example: standoff reproduce bundle.zip
    """
    from standoff.assess import assess_question, system_of
    from standoff.ledger import Ledger, compare_parts, make_dossier, read_bundle

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        held = read_bundle(file, folder)
        path = folder / "again.standoff"
        make_dossier(held.content, path, unsealed=held.manifest.get("format") == 1)
        m = held.manifest
        with Ledger.open(path) as ledger:
            answer = assess_question(
                ledger,
                system_of(ledger),
                as_of=held.run.as_of,
                draws=int(m["draws"]),
                seed=int(m["seed"]),
                report=m["report"],
                progress=progress if form is OutputFormat.TABLE else None,
            )
            again = ledger.run(answer.run).payload
    moved = compare_parts(held.run.payload, again)
    missing = sorted(set(held.run.payload["parts"]) ^ set(again["parts"]))
    result: dict[str, Any] = {
        "run": held.run.handle,
        "again": answer.run,
        "identical": answer.run == held.run.handle,
        "numbers": len(held.run.payload["parts"]),
        "differ": [{"key": d.key, "bundle": d.before, "again": d.after} for d in moved],
        "missing": missing,
    }
    if form is OutputFormat.JSON:
        emit_json(result)
    else:
        agree = result["numbers"] - len(moved) - len(missing)
        say(f"agree    {agree} of {result['numbers']} numbers to the printed digit")
        words = "the same to the last digit" if result["identical"] else "not the same hash"
        say(f"run      {held.run.handle} in the bundle, {answer.run} again: {words}")
        if moved:
            emit_records(result["differ"], form, ["key", "bundle", "again"])
            say(f"made by  {m['software']}")
    if moved or missing:
        raise typer.Exit(2)
