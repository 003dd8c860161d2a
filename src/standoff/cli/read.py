"""`standoff read`: reports in, signals and claims out; with a dossier, kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from standoff.cli.common import emit_json, emit_table, parse_day, progress, say, shorten
from standoff.errors import BadRecord, InputError, UnreadableFile

if TYPE_CHECKING:
    from standoff.terms import Record, Report, Verdict


class ReadFormat(StrEnum):
    """How `read` prints."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


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
            ReadFormat, typer.Option("--format", help="table, json or jsonl.")
        ] = ReadFormat.TABLE,
        batch: Annotated[
            Path | None, typer.Option("--batch", help="JSON Lines with id, text, published.")
        ] = None,
        actors: Annotated[
            Path | None, typer.Option("--actors", help="CSV name,code,from,to for this run.")
        ] = None,
        explain: Annotated[
            bool, typer.Option("--explain", help="Show which words gave which field.")
        ] = False,
        dossier: Annotated[
            Path | None, typer.Option("--dossier", help="Keep what was read in this dossier.")
        ] = None,
    ) -> None:
        """Code a report: signals, claims with verdicts, quantities, dates, actors."""
        extra = _actors(actors)
        if batch is not None:
            raise typer.Exit(_batch(batch, extra))
        if file is None or published is None:
            raise BadRecord(
                "no file or no day of publication", "FILE (or -) and --published YYYY-MM-DD",
                "standoff read report.txt --published 2021-08-13",
            )  # fmt: skip
        day = parse_day(published, "--published")
        text = _text(file)
        if dossier is not None:
            from standoff.assess import ingest
            from standoff.ledger import Ledger

            with Ledger.open(dossier) as ledger:
                taken = ingest(
                    ledger, text, published=day, source=source, title=title or Path(file).stem
                )
            report, verdicts, handles = taken.report, taken.verdicts, taken.added.signals
            claim_handles: Sequence[str] = taken.added.claims
        else:
            from standoff.assess import read_and_check

            report, verdicts = read_and_check(
                text, published=day, source=source, title=title, actors=extra
            )
            handles, claim_handles = (), ()
        if form is ReadFormat.TABLE:
            _table(report, verdicts, handles, claim_handles)
            if explain:
                _explain(report)
            return
        records = list(records_of(report, verdicts))
        if form is ReadFormat.JSON:
            emit_json(records)
        else:
            for record in records:
                _line(record)


def records_of(report: Report, verdicts: Sequence[Verdict]) -> Iterator[Record]:
    """Everything found in one report as printed records."""
    from standoff.terms import (
        claim_record,
        date_record,
        mention_record,
        nonsignal_record,
        quantity_record,
        signal_record,
        span_record,
    )

    yield from (signal_record(s) for s in report.signals)
    by_claim = {v.claim: v for v in verdicts}
    yield from (claim_record(c, by_claim.get(c.id)) for c in report.claims)
    yield from (quantity_record(q) for q in report.quantities)
    yield from (date_record(d) for d in report.dates)
    yield from (mention_record(m) for m in report.mentions)
    yield from (nonsignal_record(n) for n in report.nonsignals)
    yield from ({"type": "boilerplate", **span_record(b)} for b in report.document.boilerplate)
    yield from ({"type": "note", "text": note} for note in report.notes)


def _line(record: Record) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _actors(path: Path | None) -> Sequence[Any]:
    if path is None:
        return ()
    from standoff.read import read_actors

    try:
        return read_actors(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: {error}", "a CSV file in UTF-8", "check --actors") from error


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{name}: {error.strerror or error}", "a file that can be read", "check the path"
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: byte {error.start} is no UTF-8", "a text in UTF-8",
            f"iconv -t UTF-8 {name}",
        ) from error  # fmt: skip


# ---------------------------------------------------------------- many


def _batch(path: Path, extra: Sequence[Any]) -> int:
    """Read every line of a batch, one document at a time; 1 if some were refused, 2 if all."""
    from standoff.assess import read_and_check

    done = refused = 0
    try:
        handle = sys.stdin if str(path) == "-" else path.open(encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnreadableFile(
            f"{path}: {error.strerror or error}", "a JSON Lines file", "check --batch"
        ) from error
    with handle:
        for number, line in enumerate(handle, start=1):
            if not line.strip():
                continue
            try:
                name, text, day, origin = _item(line, number)
                report, verdicts = read_and_check(
                    text, published=day, source=origin, title=name, actors=extra
                )
            except InputError as error:
                refused += 1
                progress(f"line {number}: {error}")
                continue
            done += 1
            for record in records_of(report, verdicts):
                kind = record.pop("type")
                _line({"type": kind, "doc": name, **record})
    if refused:
        progress(f"{done} documents read, {refused} refused")
    return 0 if not refused else 1 if done else 2


def _item(line: str, number: int) -> tuple[str, str, Any, str]:
    try:
        parsed: Any = json.loads(line)
    except ValueError as error:
        raise BadRecord(
            f"line {number}: {shorten(line, 40)!r}", "one JSON object a line", "see --batch in help"
        ) from error
    item = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    for key in ("id", "text", "published"):
        if not isinstance(item.get(key), str):
            raise BadRecord(
                f"line {number}: no {key}", "id, text and published as strings", "correct the line"
            )
    return (
        str(item["id"]), str(item["text"]), parse_day(str(item["published"]), "published"),
        str(item.get("source") or ""),
    )  # fmt: skip


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
