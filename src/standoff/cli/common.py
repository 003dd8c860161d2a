"""What every command shares: the dossier option, output as table or JSON, errors as exit 2."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.errors import ImpossibleDate, NoDossier, UnreadableFile

if TYPE_CHECKING:
    from standoff.ledger import Ledger, StoredSignal


class OutputFormat(StrEnum):
    """How a command prints."""

    TABLE = "table"
    JSON = "json"


class RecordsFormat(StrEnum):
    """How a command prints that is read by programs line by line."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


DossierOption = Annotated[
    Path | None,
    typer.Option(
        "--dossier", help="The dossier; else $STANDOFF_DOSSIER, else the only *.standoff here."
    ),
]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="table or json.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="What was available by a day, YYYY-MM-DD, or by that of a run."),
]
StandingOption = Annotated[
    str | None,
    typer.Option("--as-of", help="A day or a run (R-3f2a); else the run last assessed."),
]

RecordedByOption = Annotated[
    str | None,
    typer.Option(
        "--recorded-by", help="The dossier as it stood at a day or instant: decisions rolled back."
    ),
]


AuthorOption = Annotated[
    str, typer.Option("--author", help="Who decides.", envvar="STANDOFF_AUTHOR")
]


YesOption = Annotated[bool, typer.Option("--yes", help="Do it; without, only the preview.")]
SHOWN = 10
"""Lines of a preview or a list that one looks over."""


def family(app: typer.Typer, name: str, about: str) -> typer.Typer:
    """The family of commands of this name, made here unless another module made it first."""
    for group in app.registered_groups:
        if group.name == name and group.typer_instance is not None:
            return group.typer_instance
    made = typer.Typer(name=name, help=about, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name)  # the name of the group itself is not looked at
    return made


def find_dossier(given: Path | None) -> Path:
    """The dossier that a command works on. Raises `NoDossier` when it is not clear which."""
    if given is not None:
        return given
    named = os.environ.get("STANDOFF_DOSSIER")
    if named:
        return Path(named)
    here = sorted(Path.cwd().glob("*.standoff"))
    if len(here) == 1:
        return here[0]
    came = f"{len(here)} dossiers here" if here else "no dossier here"
    raise NoDossier(
        came,
        "one dossier: --dossier FILE, $STANDOFF_DOSSIER, or the only *.standoff in this folder",
        "standoff new NAME --system west-pacific-2021"
        if not here
        else f"add --dossier {here[0].name}",
    )


def open_dossier(given: Path | None, recorded_by: str | None = None) -> Ledger:
    """Open the dossier that a command works on, as it is or as it stood at `recorded_by`."""
    from standoff.ledger import Ledger

    return Ledger.open(find_dossier(given), recorded_by=recorded_by)


def parse_day(text: str, option: str = "--as-of") -> date:
    """An ISO date from an option. Raises `ImpossibleDate` naming the option."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImpossibleDate(
            f"{option} {text!r}", "a calendar day as YYYY-MM-DD", f"{option} 2021-08-13"
        ) from error


def listed_day(ledger: Ledger, asked: str | None) -> date | None:
    """The day of a list: as asked, of a run or in words; None for all that the dossier holds."""
    if asked is None:
        return None
    if asked.startswith("R-"):
        return ledger.run(asked).as_of
    return parse_day(asked)


def say_listed(ledger: Ledger, day: date | None, form: OutputFormat) -> None:
    """The first line of a list: of which day it is; beside it, where the last assessment stands."""
    if form is not OutputFormat.TABLE:
        return
    last = ledger.last_assessed()
    beside = f"; the run last assessed, {last.handle}, is of {last.as_of}" if last else ""
    say(f"day {day}{beside}" if day else f"all days, everything held{beside}")


def read_table(path: Path) -> str:
    """A CSV file of the user. Raises `UnreadableFile`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(f"{path} ({why})", "a CSV file in UTF-8", "see --help") from error


def emit_json(value: Any) -> None:
    """Print a value as JSON, keys in the order given, non-ASCII kept, days as YYYY-MM-DD."""
    emit_text(json_text(value, indent=1) + "\n")


def emit_line(value: Any) -> None:
    """Print a value as one line of JSON Lines."""
    emit_text(json_text(value) + "\n")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON that no reader cuts inside a string and no terminal obeys.

    Line marks of Unicode, controls and marks of direction are escaped: the value is the same.

    >>> json_text({"quote": "a\u2028b", "day": date(2021, 8, 13)})
    '{"quote": "a\\\\u2028b", "day": "2021-08-13"}'
    """
    from standoff.terms import escaped

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_day)
    return escaped(text)


def emit_text(text: str) -> None:
    """Write data as UTF-8, whatever the console's encoding is: files and pipes hold one form.

    Half of a pair of surrogates, which no UTF-8 has, is written as the escape that JSON knows.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    raw.write(text.encode("utf-8", "backslashreplace"))
    raw.flush()


def any_console() -> None:
    """Let tables and messages through on every console: what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form of {value!r}")


def shown(text: str) -> str:
    """A text as it is safe to print: what would steer the terminal is spelt out."""
    # Loaded when something is printed, so that help and versions come at once.
    from standoff.terms import spelt

    return spelt(text)


def emit_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = ""
) -> None:
    """Print rows under columns: with rich on a terminal, aligned plain text in a pipe."""
    cells = [["" if v is None else shown(str(v)) for v in row] for row in rows]
    title = shown(title)
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        # Text from reports may hold brackets and backslashes; it is never markup.
        head = Text(title) if title else None
        table = Table(*columns, title=head, title_justify="left", box=box.SIMPLE_HEAD)
        for row in cells:
            table.add_row(*map(Text, row))
        Console().print(table)
        return
    if title:
        sys.stdout.write(title + "\n")
    widths = [
        max([len(name)] + [len(r[i]) for r in cells if i < len(r)])
        for i, name in enumerate(columns)
    ]
    for row in [list(columns), *cells]:
        line = "  ".join(v.ljust(w) for v, w in zip(row, widths, strict=False))
        sys.stdout.write(line.rstrip() + "\n")


def emit_records(
    records: Sequence[Mapping[str, Any]],
    form: OutputFormat,
    columns: Sequence[str],
    title: str = "",
) -> None:
    """Print records as JSON (all fields) or as a table (the columns named)."""
    if form is OutputFormat.JSON:
        emit_json(list(records))
    else:
        emit_table(columns, [[r.get(c) for c in columns] for r in records], title=title)


def say(text: str = "") -> None:
    """One line for the person, on standard output."""
    sys.stdout.write(shown(text) + "\n")


def progress(text: str) -> None:
    """One line of progress, on standard error, so that pipes stay clean."""
    sys.stderr.write(shown(text) + "\n")
    sys.stderr.flush()


def shorten(text: str, width: int) -> str:
    """A text on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def agreed(yes: bool, question: str) -> None:
    """Go on after a preview if `--yes` was given or a person at the terminal says so; else exit 2."""
    if not yes and not (sys.stdin.isatty() and typer.confirm(question)):
        say("nothing was changed; add --yes to do it")
        raise typer.Exit(2)


def signal_line(item: StoredSignal) -> str:
    """A signal on one line."""
    from standoff.assess import is_note
    from standoff.terms import worded

    s = item.signal
    who = f"{','.join(s.source_actors)} to {','.join(s.target_actors) or 'nobody named'}"
    about = f" for {s.protege}" if s.protege else ""
    words = worded(shorten(s.span.quote, 60), noted=is_note(s))
    return (
        f"{item.handle}  {s.date.start or item.available}  {who}{about}  {s.event.value}  {words}"
    )
