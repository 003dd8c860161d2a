"""Kill writers at random moments and look whether anything that was acknowledged is lost."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from standoff.ledger import Ledger, verify

WRITER = Path(__file__).with_name("writer.py")
_spec = importlib.util.spec_from_file_location("writer", WRITER)
assert _spec is not None and _spec.loader is not None
_writer = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_writer)
made = _writer.made


@dataclass
class Tally:
    """What was acknowledged so far, and what was found missing."""

    documents: set[str] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    killed: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def kill_round(path: Path, round_number: int, rng: random.Random, tally: Tally) -> None:
    """Two processes write; both are killed with SIGKILL at a random moment; then the file is read."""
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(path), f"w{i}", str(round_number * 100_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for i in range(2)
    ]
    for w in writers:
        assert w.stdout is not None and w.stdout.readline() == "ready\n"
    time.sleep(rng.uniform(0.0, 0.25))
    for w in rng.sample(writers, 2):
        w.kill()
        time.sleep(rng.uniform(0.0, 0.02))
    for w in writers:
        out, _ = w.communicate()
        tally.killed += 1
        # A line cut in the middle by the kill was not acknowledged in full.
        for line in out.split("\n")[:-1]:
            kind, _, what = line.partition(" ")
            if kind == "D":
                tally.documents.add(what)
            elif kind == "A":
                tally.decisions.add(int(what))


def check(path: Path, tally: Tally) -> None:
    """Everything acknowledged is there, and the file is sound."""
    with Ledger.open(path) as ledger:
        held = {d.sha256 for d in ledger.documents()}
        numbers = {d.number for d in ledger.decisions()}
        tally.lost += sorted(tally.documents - held)
        tally.lost += [f"decision {n}" for n in sorted(tally.decisions - numbers)]
        tally.wrong += verify(ledger.store)


SERVE = (
    "import sys, uvicorn; from pathlib import Path; from standoff.web import create_app; "
    "uvicorn.run(create_app(Path(sys.argv[1])), port=int(sys.argv[2]), log_level='error')"
)
COMMAND = "from standoff.cli.app import main; main()"


@dataclass
class Together:
    """What commands acknowledged while the local app was open, and what went wrong."""

    done: int = 0
    killed: int = 0
    servers: int = 0
    pages: int = 0
    reasons: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def kill_together(path: Path, rounds: int, rng: random.Random, port: int) -> Together:
    """Commands and the local app work on one dossier; in every round one of them is killed.

    A command that ended with 0 has acknowledged its write. Pages are asked for all the time; a
    page that the server could not give, while it was not killed, is a fault.
    """
    tally, server = Together(), _serve(path, port)
    pace = _pace(path)
    for number in range(rounds):
        text = path.with_name(f"r{number}.txt")
        text.write_text(f"Japan pledged {number} ships to Taiwan on Monday.\n")
        commands = {
            f"grade {number}": ["grade", "Wire", "B", "--because", f"grade {number}"],
            text.read_text(): ["read", str(text), "--published", "2021-08-13"],
        }
        running = {
            told: subprocess.Popen(
                [sys.executable, "-c", COMMAND, *words, "--dossier", str(path)],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )
            for told, words in commands.items()
        }  # fmt: skip
        # The victim of the round, and when: somewhere within the time a command takes.
        victim = rng.choice([*running.values(), None])
        end = time.monotonic() + rng.uniform(0.0, 1.2 * pace)
        while time.monotonic() < end:
            tally.pages += _page(path.stem, port, tally)
        if victim is None:
            server.kill()
            server.wait()
            tally.servers += 1
        elif victim.poll() is None:
            victim.kill()
            tally.killed += 1
        for told, process in running.items():
            _, errors = process.communicate()
            if process.returncode == 0:
                tally.done += 1
                (tally.reasons if told.startswith("grade") else tally.documents).add(told)
            elif process is not victim:
                tally.wrong.append(errors.decode("utf-8", "replace"))
        if victim is None:
            server = _serve(path, port)
        text.unlink()
    server.kill()
    server.wait()
    with Ledger.open(path) as ledger:
        tally.wrong += verify(ledger.store)
        held = {d.reason for d in ledger.decisions()}
        texts = {ledger.document(d.handle).text for d in ledger.documents()}
    tally.wrong += [f"lost: {told}" for told in sorted(tally.reasons - held)]
    tally.wrong += [f"lost: {told}" for told in sorted(tally.documents - texts)]
    return tally


def _pace(path: Path) -> float:
    """How long a command takes here and now, in seconds."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", COMMAND, "documents", "--dossier", str(path)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return 2.0 * (time.monotonic() - begun)


def _serve(path: Path, port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port)])
    end = time.monotonic() + 60
    while not _page(path.stem, port, None):
        assert time.monotonic() < end, "the local app did not start"
        time.sleep(0.05)
    return server


def _page(name: str, port: int, tally: Together | None) -> bool:
    """One page of the app; what it refuses is a fault where there is a tally."""
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/d/{name}/text/D-001", timeout=30
        ) as page:
            page.read()
            return True
    except OSError as error:
        if tally is not None:
            tally.wrong.append(f"page: {error}")
        return False
