"""`standoff chains` as a person runs it."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()


def run(*words: str, code: int = 0):
    result = RUN.invoke(app, list(words))
    assert result.exit_code == code, f"{words}: {result.output}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def dossier(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("chains") / "west.standoff"
    made = str(path)
    RUN.invoke(app, ["new", made.removesuffix(".standoff")])
    assert path.is_file()
    return made


def test_the_table_counts_notes_and_names_the_next_command(dossier) -> None:
    out = run("chains", "--draws", "200", "--dossier", dossier).output
    assert "not expressible" in out and "contradicted" in out
    handle = re.findall(r'standoff why "(R-[0-9a-f]+#chain\.\d+)"', out)[0]
    told = run("why", handle, "--dossier", dossier).output
    assert "contradicted" in told


def test_json_holds_every_link_and_the_same_run_twice(dossier) -> None:
    words = ("chains", "--draws", "200", "--dossier", dossier, "--format", "json")
    first, again = run(*words).output, run(*words).output
    assert first == again
    found = json.loads(first)
    assert len(found["links"]) == sum(found["dispositions"].values()) == 28


def test_too_few_draws_are_refused(dossier) -> None:
    run("chains", "--draws", "5", "--dossier", dossier, code=2)
