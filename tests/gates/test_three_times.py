"""Every command that reads a dossier can be asked as of a day, and as the dossier stood then.

A command that is added must take both options, or be named here with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from standoff.cli import app

CHANGES = (
    "actors add", "carry", "events merge", "events split", "facts add", "grade", "import",
    "overrule", "read", "recheck", "review", "undo", "consent", "ask", "resolve",
)  # fmt: skip
"""They write, and nothing is written into the past."""

NO_RECORDED_BY = {
    "check-brief": "reads somebody else's text: the dossier lends its documents alone",
    "queue": "what waits for review waits now",
    "ach": "weighs what is known on the day that is asked; its overrides are decisions of today",
    "bundle": "cut at the instant of its run",
    "diff": "takes --since and --until with --recorded",
    "open": "a place to work in: its pages have options of their own",
    "verify": "checks the whole file, whatever is asked of it",
    "probe": "reads no item: the dossier lends its agreement alone",
    "evaluate": "reads no item: the dossier lends its agreement alone",
    "system show": "a description of the world, not an item of the record",
}
NO_AS_OF = {
    **NO_RECORDED_BY,
    "actors list": "a name is not an item that becomes available",
    "actors show": "a name has days between which it holds: --on",
    "cite": "names the whole record",
    "decisions": "decisions have a time of record only",
    "export": "writes the whole record: half of it would not be the same dossier again",
    "facts list": "a fact has days between which it holds: show --on",
    "facts show": "a fact has days between which it holds: --on",
    "grades": "grades have a time of record only",
    "score": "takes --by: what was resolved by then",
    "precedents": "ends before the day of its signal",
    "why": "a level and a run carry their day in the handle",
}


def commands(group: Any, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every command by its whole name, with its options."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, {o for p in command.params for o in p.opts}


def everything() -> dict[str, set[str]]:
    return dict(commands(typer.main.get_command(app)))


def readers() -> dict[str, set[str]]:
    return {n: o for n, o in everything().items() if "--dossier" in o and n not in CHANGES}


def test_every_command_that_reads_a_dossier_rolls_back() -> None:
    missing = [n for n, o in readers().items() if "--recorded-by" not in o]
    assert [n for n in missing if n not in NO_RECORDED_BY] == []


def test_every_command_that_reads_a_dossier_takes_a_day() -> None:
    missing = [n for n, o in readers().items() if not o & {"--as-of", "--at"}]
    assert [n for n in missing if n not in NO_AS_OF] == []


def test_nothing_is_written_into_the_past() -> None:
    found = everything()
    assert [n for n in CHANGES if "--recorded-by" in found.get(n, ())] == []


def test_the_check_sees_commands_and_families() -> None:
    found = readers()
    assert {"signals", "assess", "events list", "facts show"} <= set(found)
    assert "--as-of" in found["signals"] and "--as-of" not in found["decisions"]
