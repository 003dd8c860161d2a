"""Any console, any port, any name of a series: one line and exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger

TEXT = "\U0001f600 Türkiye — 日本 condemned China. Japan condemned China\u2028on Monday \ud83d."
HEAD = "from standoff.cli import main; import sys; sys.argv[0] = 'standoff'; main()"


def run(encoding: str, *args: str, data: str = "") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", HEAD, *args],
        input=data.encode("utf-8", "surrogatepass"),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_json_is_utf8_on_every_console_and_never_cut(encoding: str, form: str) -> None:
    text = TEXT.replace("\ud83d", "")
    done = run(encoding, "read", "-", "--published", "2021-08-13", "--format", form, data=text)
    assert done.returncode == 0, done.stderr
    written = done.stdout.decode("utf-8")
    records = (
        json.loads(written) if form == "json" else [json.loads(x) for x in written.splitlines()]
    )
    quotes = [r["quote"] for r in records if r["type"] == "signal"]
    assert quotes
    assert all(quote in text for quote in quotes)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_table_escapes_what_the_console_cannot_show(encoding: str) -> None:
    text = TEXT.replace("\ud83d", "")
    done = run(encoding, "read", "-", "--published", "2021-08-13", data=text)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_an_error_with_any_letter_is_one_line(encoding: str) -> None:
    done = run(encoding, "read", "日本😀.txt", "--published", "2021-08-13")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_version_is_said() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert done.exit_code == 0
    assert re.fullmatch(r"standoff \d+\.\d+\.\d+\n", done.output)


def dossier(folder: Path) -> str:
    path = folder / "d.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        from standoff.assess import seed
        from standoff.systems import load_system

        seed(ledger, load_system("west-pacific-2021"))
    return str(path)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    done = CliRunner().invoke(app, ["open", "--port", port, "--dossier", str(tmp_path / "no")])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert "1 to 65535" in done.stderr


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = CliRunner().invoke(app, ["open", "--port", port, "--dossier", str(tmp_path / "no")])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert f"--port {port}" in done.stderr
    assert "in use" in done.stderr


@pytest.mark.parametrize("series", ["JPM>TWN", "TWN>QQQ", "CHI>TWN:hostility"])
@pytest.mark.parametrize("command", ["measure", "timeline"])
def test_a_series_of_nobody_is_refused(tmp_path: Path, series: str, command: str) -> None:
    args = [command, "--series", series, "--at", "2021-08-13", "--dossier", dossier(tmp_path)]
    done = CliRunner().invoke(app, args)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
    assert "unknown-actor" in done.stderr


def test_a_series_of_known_states_without_signals_is_not_refused(tmp_path: Path) -> None:
    args = ["measure", "--series", "FJI>NZL", "--at", "2021-08-13", "--dossier", dossier(tmp_path)]
    assert CliRunner().invoke(app, args).exit_code == 0
