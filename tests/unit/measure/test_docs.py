"""What docs/reference/measure.md shows runs, and says what the tables say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.measure import Stance, load_items, load_model

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/measure.md"
TEXT = PAGE.read_text("utf-8")


def test_the_examples_run():
    parser = doctest.DocTestParser()
    test = parser.get_doctest(TEXT, {}, "measure.md", str(PAGE), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert runner.summarize(verbose=False).attempted > 15
    assert runner.summarize(verbose=False).failed == 0


def test_every_line_of_the_rubric_and_every_act_is_printed():
    items = load_items()
    for kind in items.types.values():
        (row,) = (line for line in TEXT.splitlines() if line.startswith(f"| `{kind.name}` |"))
        assert all(f"{i} {step}" in row for i, step in enumerate(kind.rubric))
        assert ", ".join(f"{b:g}" for b in kind.thresholds) in row
    for part in ("events", "extensions"):
        for name, entry in items.table[part].items():
            (row,) = (line for line in TEXT.splitlines() if line.startswith(f"| {name} |"))
            cells = [c.strip() for c in row.split("|")]
            for cell, relation in zip(cells[2:4], ("commitment", "hostility"), strict=True):
                held = entry.get(relation)
                assert cell == (f"{held['words']} / {held['deeds']}" if held else "-"), row


def test_the_constants_and_false_alarms_are_those_of_the_file():
    model = load_model()
    for value in (model.dynamics.half_life_words, model.dynamics.half_life_deeds):
        assert f"{value:g} " in TEXT
    row = next(line for line in TEXT.splitlines() if line.startswith("| alarms a year |"))
    printed = [float(v) for v in row.split("|")[2:-1]]
    assert printed == pytest.approx([r for _, r in model.false_alarms], abs=0.05)


@pytest.mark.parametrize("line", re.findall(r"^standoff .*$", TEXT.split("```")[1], re.M))
def test_commands_and_their_options_exist(line):
    words = re.split(r"\s{2,}", line)[0].split()[1:]
    command = words[: 2 if words[0] == "fit" else 1]
    shown = CliRunner().invoke(app, [*command, "--help"], terminal_width=200)
    assert shown.exit_code == 0
    assert all(w in shown.output for w in words if w.startswith("--"))


@pytest.mark.parametrize("name", re.findall(r"`\.(\w+)\(", TEXT.split("## The front door")[1]))
def test_methods_named_exist(name):
    from standoff.measure import StanceFit

    assert hasattr(Stance, name) or hasattr(StanceFit, name)


@pytest.mark.parametrize("path", re.findall(r"`((?:docs|tests|benchmarks)/[\w./-]+\.\w+)`", TEXT))
def test_files_named_exist(path):
    # The figures are written by the long form.
    assert (PAGE.parents[2] / path).exists() or path == "benchmarks/results/measure.md"
