"""Completion, the module as a program, glossary, and country codes without the rest."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import InputError
from standoff.states import recode, state

ROOT = Path(__file__).resolve().parents[3]


def run(*words: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "standoff", *words],
        env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_shell_gets_the_commands_that_fit() -> None:
    out = run(_STANDOFF_COMPLETE="complete_bash", COMP_WORDS="standoff wh", COMP_CWORD="1")
    assert out.split() == ["why", "whatif"]
    out = run(_STANDOFF_COMPLETE="complete_bash", COMP_WORDS="standoff check --pub", COMP_CWORD="2")
    assert out.split() == ["--published"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell_is_printed(shell: str) -> None:
    out = run("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_STANDOFF_COMPLETE" in out and "standoff" in out


def test_the_module_says_its_name_and_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert run("--version") == f"standoff {version}\n"
    assert run("why", "--help").startswith("Usage: standoff why")
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == version


def test_the_glossary_knows_other_names_and_offers_near_ones() -> None:
    said = CliRunner().invoke(app, ["glossary", "base", "rate"])
    assert (
        said.exit_code == 0 and "reference class" in said.stdout and "docs/reference" in said.stdout
    )
    wrong = CliRunner().invoke(app, ["glossary", "tying", "hand"])
    assert wrong.exit_code == 2 and "tying hands" in wrong.stderr


def test_a_column_of_codes_follows_the_years() -> None:
    # COW: 260 the Federal Republic to 1990, 255 Germany since; 265 the GDR to 1990; 678 and 679 Yemen.
    assert recode(["DEU", "DEU"], frm="iso3", to="cow", years=[1980, 1995]) == ["260", "255"]
    assert recode([265, 265], years=[1980, 1995]) == ["DDR", None]
    assert recode([], years=[]) == [] and recode(["2"]) == ["USA"]
    assert state("RUS").exists(date(2010, 1, 1))
    with pytest.raises(InputError, match="2 codes and 1 years"):
        recode([2, 20], years=[1990])


def test_the_codes_are_usable_without_the_rest_of_the_package() -> None:
    code = (
        "import sys; from standoff.states import crosswalk; assert crosswalk(2) == 'USA'; "
        "print([m for m in sys.modules if m.split('.')[0] in ('spacy', 'scipy', 'shapely', 'pint')"
        " or m.startswith(('standoff.read', 'standoff.game', 'standoff.measure'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
