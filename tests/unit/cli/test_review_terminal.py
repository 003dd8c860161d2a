"""`standoff review` on a real terminal: a pseudo-terminal, keys without Enter."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")

from standoff.ledger import Ledger  # noqa: E402
from standoff.systems import load_chronology  # noqa: E402
from standoff.terms import Report  # noqa: E402


def test_keys_of_a_terminal_need_no_enter_and_ctrl_c_stops(tmp_path: Path) -> None:
    path = tmp_path / "t.standoff"
    record = load_chronology("west-pacific-2021")
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(Report(record.document, tuple(e.signal for e in record.entries[:4])))
    near, far = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from standoff.cli.app import main; main()", "review", "--dossier", str(path)],
        stdin=far, stdout=far, stderr=far, close_fds=True,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
    )  # fmt: skip
    os.close(far)
    seen = b""

    def until(words: bytes) -> None:
        nonlocal seen
        end = time.monotonic() + 30
        while words not in seen:
            ready, _, _ = select.select([near], [], [], max(end - time.monotonic(), 0))
            assert ready, f"no {words!r} in {seen.decode('utf-8', 'replace')}"
            seen += os.read(near, 4096)

    try:
        until(b"1 of 4")
        for key, then in (
            (b"a", b"2 of 4"),
            (b"x", b"3 of 4"),
            (b"\x7f", b"undone"),
            (b" ", b"skipped"),
        ):
            # The card after a key is printed before the next key is read.
            os.write(near, key)
            until(then)
        os.write(near, b"\x03")
        until(b"decided  1; left 2")
    finally:
        if b"decided" not in seen:
            process.kill()
        process.wait(timeout=30)
        os.close(near)
    with Ledger.open(path) as ledger:
        assert [s.state for s in ledger.signals()] == ["accepted", *["suggested"] * 3]
