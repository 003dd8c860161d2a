"""What docs/reference/answer.md shows is what the program prints, and its commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import typer
from typer.testing import CliRunner

from standoff.cli.app import app

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/answer.md"
TEXT = PAGE.read_text("utf-8")


def unnamed(text: str) -> str:
    """Without the run's handle: a hash of ten digits of every number, which builds may share or not."""
    return re.sub(r"R-[0-9a-f]{8}", "R-", text)


def test_the_first_screen_of_the_page_is_that_of_the_demo(tmp_path) -> None:
    shown = TEXT.partition("$ standoff demo\n")[2].partition("```")[0]
    done = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path)], catch_exceptions=False)
    assert unnamed(done.stdout) == unnamed(shown)
    assert unnamed(shown) != unnamed(shown.replace("90 %", "95 %"))


def test_every_command_and_label_of_the_page_is_there() -> None:
    known = typer.main.get_command(app).commands
    for line in re.findall(r"^\$ standoff (.+)$", TEXT, re.M):
        words = shlex.split(line)
        options = {o for p in known[words[0]].params for o in p.opts}
        assert {w for w in words if w.startswith("--")} <= options
    screen = TEXT.partition("$ standoff demo\n")[2].partition("```")[0]
    for label in re.findall(r"^\| ([A-Z][\w ]+) \|", TEXT, re.M):
        assert label in screen or label in ("Line", "Note"), label
