"""Making a dossier and looking into it: new, documents, signals, search, salvage, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    AsOfOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    RecordsFormat,
    emit_json,
    emit_line,
    emit_records,
    listed_day,
    open_dossier,
    parse_day,
    say,
    say_listed,
    shorten,
)
from standoff.cli.known import refuse_unknown
from standoff.cli.system_new import (
    ChallengerOption,
    DefendersOption,
    ProtegeOption,
    SupportersOption,
)
from standoff.errors import DossierExists, InputError


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command()(new)
    app.command()(documents)
    app.command()(signals)
    app.command()(search)
    app.command("salvage")(salvage_dossier)
    app.command("verify")(verify_dossier)


def new(
    name: Annotated[str, typer.Argument(help="Name of the dossier; the file is NAME.standoff.")],
    system: Annotated[
        str, typer.Option(help="A shipped system, or the path of your own description.")
    ] = "west-pacific-2021",
    empty: Annotated[bool, typer.Option("--empty", help="Without the shipped chronology.")] = False,
    challenger: ChallengerOption = None,
    protege: ProtegeOption = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day of the crisis, YYYY-MM-DD.")
    ] = None,
    defenders: DefendersOption = None,
    supporters: SupportersOption = None,
) -> None:
    """Make a dossier about a deterrence system, or about any crisis drafted from facts.

    With `--challenger`, `--protege` and `--on` the description is written to NAME.toml too.

    Examples: standoff new taiwan --system west-pacific-2021;
    standoff new ukraine --challenger RUS --protege UKR --on 2022-01-15
    """
    from standoff.assess import own_description, seed
    from standoff.cli.system_new import drafted, tell, write
    from standoff.ledger import Ledger, SignalQuery
    from standoff.systems import load_system, shipped_systems

    path = Path(name if name.endswith(".standoff") else f"{name}.standoff")
    if challenger or protege or on:
        if not (challenger and protege and on):
            raise InputError(
                "a crisis without its day or its sides", "--challenger X --protege Y --on DAY",
                "give all three",
            )  # fmt: skip
        if path.exists():
            raise DossierExists(str(path), "a name that is free", "choose another name")
        made_for = drafted(
            challenger, protege, parse_day(on, "--on"), defenders, supporters, None, None
        )
        file = path.with_suffix(".toml")
        write(file, made_for)
        tell(made_for)
        say(f"wrote    {file}")
        system = str(file)
    description = load_system(system)
    # A description of one's own goes into the dossier, which may be opened anywhere.
    own = own_description(Path(system)) if system not in shipped_systems() else None

    def fill(made: Ledger) -> None:
        if not empty:
            seed(made, description)

    named = own["name"] if own else system
    with Ledger.create(path, system=named, description=own, fill=fill) as ledger:
        count = sum(ledger.count(SignalQuery()).values())
    say(f"made     {path}  system {description.slug}: {description.title}")
    say(f"record   {count} dated, sourced signals that ship with the system")
    say(f"next     standoff read REPORT.txt --published YYYY-MM-DD --dossier {path}")


def documents(
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
    as_of: AsOfOption = None,
    recorded_by: RecordedByOption = None,
) -> None:
    """List the documents of a dossier.

    Example: standoff documents --as-of 2021-08-01
    """
    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        say_listed(ledger, day, form)
        records = [
            {
                "handle": d.handle,
                "published": d.published.isoformat(),
                "source": d.source,
                "title": d.title,
                "characters": d.characters,
                "sha256": d.sha256,
            }
            for d in ledger.documents()
            if day is None or d.published <= day
        ]
    emit_records(records, form, ["handle", "published", "source", "title", "characters"])


def signals(
    dossier: DossierOption = None,
    form: Annotated[
        RecordsFormat, typer.Option("--format", help="table, json or jsonl.")
    ] = RecordsFormat.TABLE,
    as_of: AsOfOption = None,
    recorded_by: RecordedByOption = None,
    actor: Annotated[str | None, typer.Option(help="Only signals by this actor (JPN).")] = None,
    on: Annotated[str | None, typer.Option(help="Only signals about this actor (TWN).")] = None,
    channel: Annotated[str | None, typer.Option(help="words or deeds.")] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document (D-002).")] = None,
    state: Annotated[str | None, typer.Option(help="suggested, accepted or rejected.")] = None,
) -> None:
    """List signals with their handles.

    `standoff assess --signals FILE` takes what json and jsonl print.

    Examples: standoff signals --actor JPN --on TWN --as-of 2021-08-13;
    standoff signals --format jsonl > acts.jsonl
    """
    from standoff.ledger import SignalQuery
    from standoff.terms import Channel, signal_record

    if channel and channel not in tuple(Channel):
        from standoff.errors import InputError

        raise InputError(f"--channel {channel!r}", "words or deeds", "--channel deeds")
    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        if form is RecordsFormat.TABLE:
            say_listed(ledger, day, OutputFormat.TABLE)
        rows = ledger.find(
            SignalQuery(
                actor=actor, on=on, channel=channel, document=document, state=state, as_of=day
            )
        )
        if not rows:
            refuse_unknown(ledger, document=document, actors={"--actor": actor, "--on": on})
        graded = ledger.gradings()
    if form is not RecordsFormat.TABLE:
        records: list[dict[str, Any]] = [
            {
                "handle": s.handle,
                "document": s.document,
                "source": s.source,
                "grade": graded[s.source].grade.value if s.source in graded else "F",
                "url": s.url,
                "available": s.available.isoformat(),
                "recorded": s.recorded,
                "state": s.state,
                "event": s.event,
                **{k if k != "event" else "plover": v for k, v in signal_record(s.signal).items()},
                "item_grade": s.item_grade.value,
            }
            for s in rows
        ]
        if form is RecordsFormat.JSON:
            emit_json(records)
        else:
            for record in records:
                emit_line(record)
        return
    table = [
        {
            "handle": s.handle,
            "date": str(s.signal.date.start or ""),
            "who": ",".join(s.signal.source_actors),
            "to": ",".join(s.signal.target_actors),
            "for": s.signal.protege or "",
            "event": s.signal.event.value,
            "channel": s.signal.channel.value,
            "status": s.signal.status.value,
            "ex": s.signal.explicitness,
            "quote": shorten(s.signal.span.quote, 60),
        }
        for s in rows
    ]
    emit_records(
        table,
        OutputFormat.TABLE,
        ["handle", "date", "who", "to", "for", "event", "channel", "status", "ex", "quote"],
    )
    if rows:
        say(f"next     standoff why {rows[-1].handle}")


def search(
    words: Annotated[str, typer.Argument(help="Words to look for, as they stand.")],
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
    as_of: AsOfOption = None,
    recorded_by: RecordedByOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
) -> None:
    """Find words in documents, quotes and the reasons of decisions.

    Example: standoff search "any cost"
    """
    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        say_listed(ledger, day, form)
        found = ledger.search(words, limit, as_of=day)
    records = [{"handle": h.handle, "kind": h.kind, "words": h.snippet} for h in found.hits]
    if form is OutputFormat.JSON:
        emit_json({"hits": records, "note": found.note})
        return
    emit_records(records, form, ["handle", "kind", "words"])
    if found.note:
        say(f"note     {found.note}")


def salvage_dossier(
    path: Annotated[Path, typer.Argument(help="The damaged dossier; it is not touched.")],
    into: Annotated[Path, typer.Option("--into", help="A new folder for what can be read.")],
) -> None:
    """Write the texts and decisions of a damaged dossier that can still be read.

    Example: standoff salvage taiwan.standoff --into saved
    """
    from standoff.ledger import salvage

    found = salvage(path, into)
    say(f"saved    {found.documents} documents and {found.decisions} decisions in {into}")
    say(f"lost     {found.lost} that stand among them and cannot be read")
    say(f"next     standoff read --batch {into / 'documents.jsonl'} --out saved.jsonl")
    say("         or standoff new NAME --empty, and read the texts again into it")


def verify_dossier(
    dossier: DossierOption = None,
    head: Annotated[
        str, typer.Option(help="A head that was noted before: the record must still hold it.")
    ] = "",
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Check the whole file: pages, tables, the chain of seals, every hash, span and derived row.

    Prints the head, the last seal of the chain. Note it outside the file: with `--head` the record
    is seen to be only added to since then. Exit 0 when all is sound, 2 when anything is not.

    Example: standoff verify
    """
    from standoff.ledger import check_dossier

    with open_dossier(dossier) as ledger:
        found = check_dossier(ledger.store, head)
    counts = dict(found.counts)
    if form is OutputFormat.JSON:
        emit_json({"sound": not found.wrong, "wrong": found.wrong, "head": found.head,
                   "rows": counts})  # fmt: skip
    else:
        for sentence in found.wrong:
            say(f"wrong    {sentence}")
        if not found.wrong:
            say("sound    " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))
        say(f"head     {found.head}")
    if found.wrong:
        raise typer.Exit(2)
