"""The main job as a new user runs it: offline, the same bytes twice, everything it promises."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from standoff.cli.demo import demo
from standoff.errors import DossierExists
from standoff.ledger import Ledger

BLOCKED = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("the demo reached for the network")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
from standoff.cli import main
main()
"""


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, "demo", "--draws", "400"],
        cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    base = tmp_path_factory.mktemp("demo")
    return [(base / name, run(base / name)) for name in ("one", "two")]


def test_the_demo_runs_with_sockets_blocked(twice) -> None:
    for _, done in twice:
        assert done.returncode == 0, done.stderr


def test_twice_gives_the_same_bytes(twice) -> None:
    (first, one), (second, two) = twice
    assert one.stdout == two.stdout and one.stderr == two.stderr
    for name in ("west-pacific-brief.html", "west-pacific.standoff"):
        digests = [hashlib.sha256((f / name).read_bytes()).hexdigest() for f in (first, second)]
        assert digests[0] == digests[1], name


def test_it_ends_with_the_first_screen_and_the_next_command(twice) -> None:
    out = twice[0][1].stdout
    for words in (
        "Does China use force against Taiwan by 13 August 2022?", "Answer", "90 % interval",
        "Base rate", "Reports", "without", "Patrons", "most up", "most down", "Faults", "Others",
        "Moved by", "Grades", "next", "--full",
    ):  # fmt: skip
        assert words in out, words
    assert len(out.splitlines()) <= 24 and max(map(len, out.splitlines())) <= 100
    assert re.search(r"standoff why \"R-[0-9a-f]{8}#war\"", out)
    progress = twice[0][1].stderr
    assert "of known events" in progress and "claims checked" in progress


def test_reports_were_merged_with_known_events(twice) -> None:
    merged = [int(n) for n in re.findall(r"(\d+) of known events", twice[0][1].stderr)]
    assert len(merged) == 3 and all(n >= 1 for n in merged)


def test_the_brief_is_of_its_run_and_self_contained(twice) -> None:
    folder, done = twice[0]
    page = (folder / "west-pacific-brief.html").read_text(encoding="utf-8")
    run_handle = re.search(r"R-[0-9a-f]{8}", done.stdout).group()
    assert run_handle in page and "<script" not in page


def test_a_demo_that_was_worked_on_is_not_overwritten(twice) -> None:
    folder = twice[1][0]
    path = folder / "west-pacific.standoff"
    with Ledger.open(path, author="analyst") as ledger:
        ledger.grade("a wire", "B", "usually right")
    before = path.read_bytes()
    with pytest.raises(DossierExists, match="of yours"):
        demo(folder=folder, draws=400)
    assert path.read_bytes() == before
