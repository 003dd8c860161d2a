"""`standoff system` as a person runs it."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from standoff.cli import app
from standoff.systems import load_system

RUN = CliRunner()


def test_everything_declared_is_shown_with_what_follows() -> None:
    out = RUN.invoke(app, ["system", "west-pacific-2021"]).stdout
    for told in ("Taiwan Relations Act", "Anti-Secession Law", "+0.003", "inside", "outside"):
        assert told in out
    assert "declared by the description, not measured" in out


def test_json_holds_every_actor_and_distance() -> None:
    got = json.loads(RUN.invoke(app, ["system", "west-pacific-2021", "--format", "json"]).stdout)
    assert set(load_system("west-pacific-2021").actors) <= set(got["names"])
    assert got["ceiling_distances"][0]["left"] == 0.003
    assert {"place", "km", "inside", "sure"} <= set(got["reaches"][0])


def test_another_region_and_an_unknown_name() -> None:
    assert RUN.invoke(app, ["system", "cases/systems/baltic-2022.toml"]).exit_code == 0
    wrong = RUN.invoke(app, ["system", "atlantis-2021"])
    assert wrong.exit_code == 2 and "atlantis-2021" in wrong.stderr
