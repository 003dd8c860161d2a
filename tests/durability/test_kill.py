"""Nothing acknowledged is lost when writers die at random moments (200 times: `make bench`)."""

from __future__ import annotations

import importlib.util
import random
import socket
import sys
from pathlib import Path

import pytest

from standoff.ledger import Ledger

_spec = importlib.util.spec_from_file_location("killing", Path(__file__).with_name("killing.py"))
assert _spec is not None and _spec.loader is not None
killing = importlib.util.module_from_spec(_spec)
sys.modules["killing"] = killing
_spec.loader.exec_module(killing)


def test_killed_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "k.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    tally, rng = killing.Tally(), random.Random(1)
    for i in range(4):
        killing.kill_round(path, i, rng, tally)
        killing.check(path, tally)
    assert tally.killed == 8
    assert len(tally.documents) > 4, "the writers were killed before they wrote"
    assert tally.lost == [] and tally.wrong == []


def test_the_check_sees_a_loss(tmp_path: Path) -> None:
    path = tmp_path / "k.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    tally = killing.Tally(documents={"0" * 64}, decisions={7})
    killing.check(path, tally)
    assert tally.lost == ["0" * 64, "decision 7"]


def test_killed_commands_and_a_killed_app_lose_nothing(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the local app is an extra")
    path = tmp_path / "t.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(killing.made("start", 0))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tally = killing.kill_together(path, 3, random.Random(3), port)
    assert tally.wrong == []
    assert tally.done + tally.killed >= 3 and tally.killed + tally.servers > 0 and tally.pages > 0
