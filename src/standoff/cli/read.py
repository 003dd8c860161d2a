"""`standoff read`: reports in, signals and claims out; with a dossier, kept."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from standoff.cli.batch import Using, coding_records, facts_with, read_many
from standoff.cli.common import (
    emit_json,
    emit_line,
    emit_table,
    parse_day,
    progress,
    read_table,
    say,
    shorten,
)
from standoff.errors import BadRecord

if TYPE_CHECKING:
    from standoff.assess import Coding, Original
    from standoff.check import Fact
    from standoff.ledger import Agreement, Ledger
    from standoff.read import SourceText
    from standoff.terms import Record, Report, Verdict

    Coded = tuple[Coding, Sequence[str], Sequence[str]]


class Coder(StrEnum):
    """Who codes: the rules that ship, a language model that the person names, or both."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


class ReadFormat(StrEnum):
    """How `read` prints."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("read")
    def read(  # pyright: ignore[reportUnusedFunction]
        file: Annotated[str | None, typer.Argument(help="A text file, or - for the input.")] = None,
        published: Annotated[
            str | None, typer.Option("--published", help="Day of publication, YYYY-MM-DD.")
        ] = None,
        source: Annotated[str, typer.Option("--source", help="Who published it.")] = "",
        title: Annotated[str, typer.Option("--title", help="Its title.")] = "",
        form: Annotated[
            ReadFormat, typer.Option("--format", help="table, json or jsonl; parquet for --out.")
        ] = ReadFormat.TABLE,
        batch: Annotated[
            Path | None, typer.Option("--batch", help="JSON Lines with id, text, published.")
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option("--out", help="Where a batch goes; a run that was stopped goes on."),
        ] = None,
        workers: Annotated[
            int, typer.Option("--workers", min=1, help="Processes for a batch; 0.5 GB each.")
        ] = 2,
        actors: Annotated[
            Path | None,
            typer.Option(
                "--actors", help="CSV name,code,from,to or a PETRARCH file, for this run."
            ),
        ] = None,
        facts: Annotated[
            Path | None, typer.Option("--facts", help="CSV of facts of your own for this run.")
        ] = None,
        explain: Annotated[
            bool, typer.Option("--explain", help="Show which words gave which field.")
        ] = False,
        dossier: Annotated[
            Path | None, typer.Option("--dossier", help="Keep what was read in this dossier.")
        ] = None,
        coder: Annotated[
            Coder, typer.Option("--coder", help="rules; llm: a model that you name; or both.")
        ] = Coder.RULES,
        base_url: BaseUrlOption = "",
        model: ModelOption = "",
        cache: CacheOption = None,
        replay: ReplayOption = False,
        consent: ConsentOption = False,
    ) -> None:
        """Code a report: signals, claims with verdicts, quantities, dates, actors."""
        many = batch is not None
        if not many and (out is not None or form is ReadFormat.PARQUET):
            raise BadRecord(
                "--out or parquet without --batch", "a batch, or one file",
                "standoff read --batch FILE.jsonl --out FILE, or standoff read FILE --dossier D",
            )  # fmt: skip
        if not many and (file is None or published is None):
            raise BadRecord(
                "no file or no day of publication", "FILE (or -) and --published YYYY-MM-DD",
                "standoff read report.txt --published 2021-08-13",
            )  # fmt: skip
        asking = Asking(base_url, model, cache, replay, consent, coder is Coder.BOTH)
        chosen = None if coder is Coder.RULES else model_of(asking, dossier or out)
        using = Using(actors_for_run(actors), _facts(facts), dossier, chosen)
        if batch is not None:
            parquet, lines = form is ReadFormat.PARQUET, form in (ReadFormat.JSON, ReadFormat.JSONL)
            raise typer.Exit(read_many(batch, using, out, workers, parquet, lines))
        day = parse_day(published or "", "--published")
        data, (first, *others) = sources_of(file or "")
        if others or first.kind == "feed":
            raise typer.Exit(_items([first, *others], day, source, using, form, data))
        named = title or first.title
        if not named and file != "-" and dossier is not None:
            named = Path(file or "").stem
        original = _original(first, data, file or "")
        coding, handles, claim_handles = _one(first.text, day, source, named, using, original)
        if form is ReadFormat.TABLE:
            _table(coding.report, coding.verdicts, handles, claim_handles)
            _both(coding, dossier is not None)
            if explain:
                _explain(coding.report)
            return
        for note in first.notes:
            progress(note)
        records = [placed(first, r) for r in coding_records(coding)]
        if form is ReadFormat.JSON:
            emit_json(records)
        else:
            for record in records:
                emit_line(record)


def _original(source: SourceText, data: bytes, name: str) -> Original:
    from standoff.assess import Original

    known = "" if name == "-" else Path(name).name
    return Original(data, source.encoding, source.kind, known)


def placed(source: SourceText, record: Record) -> Record:
    """The record with the page, paragraph or item that its words stand in, where the kind has them."""
    start = record.get("start")
    if source.kind in ("txt", "md") or not isinstance(start, int):
        return record
    return {**record, "where": source.where(start)}


def _items(
    found: Sequence[SourceText],
    day: date,
    source: str,
    using: Using,
    form: ReadFormat,
    data: bytes,
) -> int:
    """The items of a feed, one after the other; each has its own day where the feed gives one."""
    every: list[Record] = []
    refused = 0
    for number, item in enumerate(found, start=1):
        if item.undated:
            refused += 1
            progress(
                f"item {number} is not read: its day {shorten(item.undated, 40)!r} cannot be read, and "
                f"{day} is that of the file; save its text and read it with its own --published"
            )
            continue
        coding, handles, claims = _one(
            item.text, item.published or day, source or item.link, item.title, using,
            _original(item, data, item.link),
        )  # fmt: skip
        if form is ReadFormat.TABLE:
            say(f"item {number}: {item.title}")
            _table(coding.report, coding.verdicts, handles, claims)
            _both(coding, using.dossier is not None)
            continue
        name = item.link or f"item {number}"
        for record in coding_records(coding):
            every.append({"type": record["type"], "doc": name, **placed(item, record)})
    if form is ReadFormat.JSON:
        emit_json(every)
    else:
        for record in every:
            emit_line(record)
    return (2 if refused == len(found) else 1) if refused else 0


def _one(text: str, day: date, source: str, title: str, using: Using, original: Original) -> Coded:
    """One text: its coding, and the handles where it was kept in a dossier."""
    if using.dossier is None:
        from standoff.assess import code_text

        coding = code_text(
            text, published=day, source=source, title=title, actors=using.actors,
            facts=facts_with(using.facts), model=using.model, announce=progress,
        )  # fmt: skip
        return coding, (), ()
    from standoff.assess import ingest
    from standoff.ledger import Ledger

    with Ledger.open(using.dossier) as ledger:
        taken = ingest(
            ledger, text, published=day, source=source, title=title, actors=using.actors,
            facts=using.facts, original=original, model=using.model, announce=progress,
        )  # fmt: skip
        coding, added = taken.coding, taken.added
        if added.already and using.model is not None:
            kept = ", ".join(taken.layers)
            progress(
                f"{added.document} was coded before and keeps that coding; "
                + (
                    f"this one is in the layer {kept}"
                    if kept
                    else "this one is shown and not stored"
                )
            )
            # The handles are those of the coding that was there, not of what is shown.
            return coding, (), ()
        held = _held(ledger, added.document, day, source) if added.already else ""
        if held:
            from standoff.assess import actors_of, code_text, facts_of

            kept = ledger.document(added.document)
            coding = code_text(
                text, published=kept.published, source=kept.source, title=kept.title,
                actors=(*actors_of(ledger), *using.actors),
                facts=facts_of(ledger).with_rows(using.facts),
            )  # fmt: skip
            progress(held)
        report = _with_conflicts(ledger, coding.report, added.document)
        return replace(coding, report=report), added.signals, added.claims


def _held(ledger: Ledger, handle: str, day: date, source: str) -> str:
    """What is to be said where a text comes again with another day or source; "" for the same."""
    kept = ledger.document(handle)
    other = [f"day {day}"] if kept.published != day else []
    other += [f"source {source}"] if source and source != kept.source else []
    if not other:
        return ""
    return (
        f"{handle} holds this text already, of {kept.published}"
        + (f", source {kept.source}" if kept.source else "")
        + f"; that stands, and {' and '.join(other)} is not stored. What is stored never changes: "
        "date single signals in standoff review (e, date=...), or read the file into a new dossier"
    )


_FEW = 200
"""Documents of a dossier up to which a new one is held against all others at once."""


def _with_conflicts(ledger: Ledger, report: Report, document: str) -> Report:
    """The report with a note where its claims contradict those of other reports."""
    from standoff.assess import find_conflicts

    if not report.claims or len(ledger.documents()) > _FEW:
        return report
    count = len(find_conflicts(ledger, document))
    if not count:
        return report
    noun = "claim contradicts" if count == 1 else "claims contradict"
    note = f"{count} {noun} other reports: standoff claims --conflicts --document {document}"
    return replace(report, notes=(*report.notes, note))


def _facts(path: Path | None) -> Sequence[Fact]:
    if path is None:
        return ()
    from standoff.check import parse_facts

    return parse_facts(read_table(path))


def sources_of(name: str) -> tuple[bytes, tuple[SourceText, ...]]:
    """The bytes and the texts of a file of any kind, or of the standard input."""
    from standoff.read import load_documents, load_file

    if name == "-":
        data = sys.stdin.buffer.read()
        return data, load_documents(data, name="the standard input")
    found = load_file(name)
    return Path(name).read_bytes(), found


# ---------------------------------------------------------------- for people


def _table(
    report: Report, verdicts: Sequence[Verdict], handles: Sequence[str], claims: Sequence[str]
) -> None:
    by_claim = {v.claim: v for v in verdicts}
    emit_table(
        ("signal", "who", "towards", "event", "channel", "status", "expl", "date", "words"),
        [
            (
                handles[i] if i < len(handles) else s.id,
                ",".join(s.source_actors), ",".join(s.target_actors),
                s.event.value + (f"/{s.x_event.value}" if s.x_event else ""),
                s.channel.value, s.status.value, s.explicitness,
                s.date.start.isoformat() if s.date.start else "", shorten(s.span.quote, 60),
            )
            for i, s in enumerate(report.signals)
        ],
        title=f"{len(report.signals)} signals",
    )  # fmt: skip
    say()
    emit_table(
        ("claim", "kind", "verdict", "words", "why"),
        [
            (
                claims[i] if i < len(claims) else c.id, c.kind,
                by_claim[c.id].outcome.value if c.id in by_claim else "NOT_CHECKABLE",
                shorten(c.span.quote, 50),
                shorten(by_claim[c.id].why, 90) if c.id in by_claim else "",
            )
            for i, c in enumerate(report.claims)
        ],
        title=f"{len(report.claims)} claims",
    )  # fmt: skip
    say()
    say(
        f"{len(report.nonsignals)} clauses are no signals, {len(report.document.boilerplate)} blocks "
        f"set aside, {len(report.quantities)} quantities, {len(report.dates)} dates"
    )
    for note in report.notes:
        say(note)


def _both(coding: Coding, kept: bool) -> None:
    """How the model's coding and the rules' agree, field by field."""
    found = coding.agreement
    if found is None:
        return
    say()
    emit_table(("field", "same", "alpha"), agreement_rows(found), title="model and rules")
    say(
        f"{found.matched} signals in both ({found.whole} with the same sources, targets, event and "
        f"status), {len(found.only_first)} only by the model, {len(found.only_second)} only by the "
        f"rules; F1 {found.f1:.2f}"
    )
    for d in found.disagreements:
        say(
            f"{d.first}  {d.field}: {d.first_value or 'none'}, by the rules "
            f"{d.second_value or 'none'}  «{shorten(d.quote, 60)}»"
        )
    if kept:
        say("next     standoff review: what the two do not agree on comes first")


def agreement_rows(found: Agreement) -> list[tuple[str, str, str]]:
    """Field, share of pairs with the same value, Krippendorff's alpha, as printed."""
    rows: list[tuple[str, str, str]] = []
    for name, same in found.same.items():
        alpha = found.alpha[name]
        shown = "no pairs" if same is None else f"{same:.2f}"
        rows.append((name, shown, "no variation" if alpha is None else f"{alpha:.2f}"))
    return rows


def _explain(report: Report) -> None:
    say()
    for s in report.signals:
        say(f"{s.id}  [{s.span.start}-{s.span.end}] {shorten(s.span.quote, 90)}")
        for part in s.parts:
            words = f'"{shorten(part.span.quote, 60)}" {part.span.start}' if part.span else "-"
            say(f"      {part.field:13s} {part.value:28s} {words}")
    for n in report.nonsignals:
        say(f"no signal [{n.span.start}-{n.span.end}] {n.reason}: {shorten(n.span.quote, 80)}")
    for b in report.document.boilerplate:
        say(f"set aside [{b.start}-{b.end}] {shorten(b.quote, 80)}")
