"""`standoff system check` and `diff`: what does not hold in a description, and what two differ in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_table, say, shorten
from standoff.errors import UnreadableFile

if TYPE_CHECKING:
    from standoff.systems import SystemDifference


def register(family: typer.Typer) -> None:
    """Add the commands to the family."""
    family.command("check")(check)
    family.command("diff")(diff)


def check(
    name: Annotated[str, typer.Argument(help="A .toml file, or the name of a shipped system.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Check a description: against the schema, against itself, against facts of its day, by counting.

    Each finding has file, line and remedy. Exit 0 when it can be used, 2 when it cannot.

    Example: standoff system check west-pacific-2021
    """
    from standoff.forecast import recount
    from standoff.systems import inspect_system, parse_system

    text, origin = _text(name)
    findings = inspect_system(text, origin)
    wrong = sum(f.error for f in findings)
    counts = () if wrong else recount(parse_system(text, origin))
    missed = [c for c in counts if c.agrees is False]
    if form is OutputFormat.JSON:
        emit_json({"usable": not wrong, "findings": [asdict(f) for f in findings],
                   "counts": [asdict(c) for c in counts]})  # fmt: skip
    else:
        for f in findings:
            say(
                f"{f.where}: {'error' if f.error else 'note'}: {f.came}; expected {f.expected}; try: {f.remedy}"
            )
        for c in missed:
            say(f"{origin}: note: {c.declared[0]} of {c.declared[1]} for {c.what}; the shipped facts count "
                f"{c.counted[0]} of {c.counted[1]}" if c.counted else "")  # fmt: skip
        agreed = sum(c.agrees is True for c in counts)
        say(f"{'usable' if not wrong else 'refused'}   {wrong} errors, {len(findings) - wrong + len(missed)} notes"
            + (f"; {agreed} of {len(counts)} counts agree with the shipped facts, {len(missed)} differ, "
               f"{len(counts) - agreed - len(missed)} cannot be counted from them" if counts else ""))  # fmt: skip
    if wrong:
        raise typer.Exit(2)


def diff(
    first: Annotated[str, typer.Argument(help="A .toml file, or a shipped system.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show what two descriptions say differently, with the source of what is new.

    Example: standoff system diff west-pacific-2021 mine.toml
    """
    from standoff.systems import diff_systems, load_system

    found = diff_systems(load_system(first), load_system(second))
    if form is OutputFormat.JSON:
        emit_json([asdict(d) for d in found])
    else:
        print_differences(found)


def print_differences(found: Iterable[SystemDifference]) -> None:
    """Each difference on a line: what, of whom, before, after, why."""
    rows = [
        (d.what, shorten(d.of, 50), shorten(d.before, 44) or "-", shorten(d.after, 44) or "-", shorten(d.why, 50))
        for d in found
    ]  # fmt: skip
    if rows:
        emit_table(("what", "of", "before", "after", "why"), rows)
    say(f"{len(rows)} differences" if rows else "no difference")


def _text(name: str) -> tuple[str, str]:
    """The text of a description and what it is called in messages."""
    from standoff.systems import system_text

    try:
        return system_text(name)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableFile(
            f"{Path(name)} ({why})", "a TOML file in UTF-8", "see --help"
        ) from error
