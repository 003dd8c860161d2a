"""A few hundred random bad inputs over all commands: no traceback, no hang, exit codes as promised."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

HELPER = Path(__file__).with_name("commands.py")
_spec = importlib.util.spec_from_file_location("fuzzed_commands", HELPER)
assert _spec is not None and _spec.loader is not None
_helper = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _helper
_spec.loader.exec_module(_helper)
MAIN = "from standoff.cli.app import main; main()"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs the timer of a process")
def test_bad_inputs_end_with_a_line_and_a_code(tmp_path: Path) -> None:
    found = _helper.fuzz(tmp_path, 150, 2021)
    assert found.wrong == []
    assert found.tried == 150 and found.codes[2] > 80


def test_a_fault_of_the_program_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("standoff.cli.common.find_dossier", broken)
    assert "a fault" in _helper.run(["documents"])[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("signals", "--document", "D-999"), "unknown-handle"),
        (("claims", "--document", "D-999"), "unknown-handle"),
        (("claims", "--kind", "zzz"), "--kind 'zzz'"),
        (("review", "--document", "D-999"), "unknown-handle"),
        (("review", "--actor", "QQQ"), "unknown-actor"),
        (("events", "list", "--on", "QQQ"), "unknown-actor"),
        (("carry", "D-001", "D-99999999999999999999"), "unknown-handle"),
        (("assess", "--draws", "100000000"), "at most 100,000"),
        (("documents", "--dossier", "a" * 3000), "File name too long"),
    ],
)
def test_what_is_not_there_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = [sys.executable, "-c", MAIN, "new", "d", "--empty"]
    subprocess.run(done, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    found = subprocess.run(
        [sys.executable, "-c", MAIN, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2 and said in found.stderr and "Traceback" not in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_and_a_closed_pipe_are_told_plainly(tmp_path: Path) -> None:
    made = [sys.executable, "-c", MAIN, "new", "d"]
    subprocess.run(made, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    listed = [sys.executable, "-c", MAIN, "signals"]
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            listed, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert found.returncode == 2 and found.stderr.startswith("store-failure: ")
    assert len(found.stderr.splitlines()) == 1
    with subprocess.Popen(
        listed, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b"" and running.wait() == 0
