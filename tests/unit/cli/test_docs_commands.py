"""Commands that the pages on history, fits, evaluation and the desk show exist, with their options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from standoff.cli.app import app

PAGES = Path(__file__).resolve().parents[3] / "docs" / "reference"


def unknown(line: str) -> list[str]:
    """Words of a command line that the command does not have."""
    words = shlex.split(line)[1:]
    command = typer.main.get_command(app)
    while hasattr(command, "commands"):
        name = words.pop(0) if words else ""
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    have = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    return [w for w in words if re.match(r"--?[a-z]", w) and w not in have]


def lines(page: str) -> list[str]:
    found = re.findall(r"^\$ (standoff .+)$", (PAGES / page).read_text("utf-8"), re.MULTILINE)
    assert found
    return found


@pytest.mark.parametrize(
    "page",
    [
        "history.md",
        "fit.md",
        "evaluate.md",
        "check-brief.md",
        "desk.md",
        "argument.md",
        "systems.md",
    ],
)
def test_commands_of_the_page_exist(page) -> None:
    assert {line: unknown(line) for line in lines(page) if unknown(line)} == {}


def test_the_check_sees_a_wrong_command_and_a_wrong_option() -> None:
    assert unknown("standoff fit egame13 'y ~ x'") == ["egame13"]
    assert unknown("standoff data list --all") == ["--all"]


@pytest.mark.parametrize(
    "name",
    ["egame12", "egame122", "egame123", "ultimatum", "logit", "dyads", "add", "list", "check"],
)
def test_every_help_has_an_example_that_parses(name) -> None:
    command = typer.main.get_command(app)
    families = [command.commands[f].commands for f in ("fit", "history", "data")]
    found = next(f[name] for f in families if name in f)
    text = re.sub(r"\s+", " ", found.help)
    examples = re.findall(r"standoff [^;]*", text.split("Example", 1)[1])
    assert examples and all(unknown(e) == [] for e in examples)
