"""What the README shows runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(tmp_path, monkeypatch, capsys) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert len(blocks) == 1
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks[0], "README.md", "exec"), {})  # the example of the README
    out = capsys.readouterr().out
    assert "signals" in out and "L-JPN>TWN@2021-08-13" in out and "%" in out


def test_the_first_screen_is_that_of_the_page_that_is_held_against_the_program() -> None:
    page = (ROOT / "docs/reference/answer.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```console\n(\$ standoff demo\n.*?)```", README, re.S)
    assert shown in page and len(shown.splitlines()) > 20


def test_the_bad_figures_come_first_and_are_those_of_the_results() -> None:
    results = (ROOT / "benchmarks/RESULTS.md").read_text(encoding="utf-8")
    table = README.split("## How accurate it is")[1].split("\n## ")[0]
    rows = [r.split("|")[1:4] for r in table.splitlines() if r.startswith("| ") and "---" not in r]
    states = ["missed" in wanted for _, _, wanted in rows[1:]]
    assert states == sorted(states, reverse=True) and sum(states) >= 5
    for figure in (".60 (.54 before)", ".80; .175", ".810", ".826", ".499", ".233", ".0035"):
        assert figure in results


def test_commands_in_the_readme_exist() -> None:
    from standoff.cli import app

    known = {c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands}
    named = set(re.findall(r"^\$ standoff ([\w-]+)", README, re.M))
    assert len(named) >= 6 and named <= known


@pytest.mark.parametrize("page", re.findall(r"\]\(([\w./-]+)\)", README))
def test_pages_that_it_names_exist(page: str) -> None:
    assert (ROOT / page).exists()
