"""`new`, `import` and exports leave a whole file or none: killed at any moment, on a full disk."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standoff.errors import DossierExists, InputError, StoreFailure
from standoff.ledger import FORMATS, Ledger, collect, read_content, verify, write_content
from standoff.ledger.whole import STALE, new_file, new_folder

COMMAND = "from standoff.cli.app import main; main()"
LIMITED = (
    "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); " + COMMAND
)


def command(code: str, *words: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    assert command(COMMAND, "new", "first", folder=folder).wait() == 0
    assert command(COMMAND, "export", "first.jsonl", folder=folder).wait() == 0
    return folder / "first.jsonl"


def whole(path: Path, signals: int) -> None:
    with Ledger.open(path) as ledger:
        assert verify(ledger.store) == () and len(ledger.signals()) == signals


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("words", [("new", "d"), ("import", "EXPORT", "d")], ids=lambda w: w[0])
def test_a_killed_command_leaves_a_whole_dossier_or_none(
    words: tuple[str, ...], exported: Path, tmp_path: Path
) -> None:
    words = tuple(str(exported) if w == "EXPORT" else w for w in words)
    with Ledger.open(exported.with_name("first.standoff")) as first:
        signals = len(first.signals())
    rng, made, none = random.Random(10), 0, 0
    for turn in range(6):
        folder = tmp_path / str(turn)
        folder.mkdir()
        running = command(COMMAND, *words, folder=folder)
        # The kill falls between the first trace of the dossier and some moments later.
        while running.poll() is None and not any(folder.iterdir()):
            time.sleep(0.001)
        time.sleep(rng.uniform(0.0, 0.15))
        running.kill()
        running.communicate()
        path = folder / "d.standoff"
        assert [p.name for p in folder.iterdir() if not p.name.startswith(".")] in (
            [], ["d.standoff"],
        )  # fmt: skip
        if path.exists():
            made += 1
            whole(path, signals)
        else:
            none += 1
            assert command(COMMAND, *words, folder=folder).wait() == 0
            whole(path, signals)
    assert none > 0, "no kill fell into the making"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits of a process")
@pytest.mark.parametrize("words", [("new", "d"), ("import", "EXPORT", "d")], ids=lambda w: w[0])
def test_a_full_disk_leaves_no_half_dossier(
    words: tuple[str, ...], exported: Path, tmp_path: Path
) -> None:
    words = tuple(str(exported) if w == "EXPORT" else w for w in words)
    for room in (1_000, 30_000, 100_000, 200_000):
        running = command(LIMITED, str(room), *words, folder=tmp_path)
        _, errors = running.communicate()
        told = errors.decode()
        assert running.returncode == 2 and told.startswith("store-failure: "), told
        assert "Traceback" not in told and list(tmp_path.iterdir()) == []
    assert command(COMMAND, *words, folder=tmp_path).wait() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits of a process")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_no_half_export(form: str, exported: Path, tmp_path: Path) -> None:
    dossier = exported.with_name("first.standoff")
    for room in (100, 3_000):
        running = command(
            LIMITED, str(room), "export", "out", "--to", form, "--dossier", str(dossier),
            folder=tmp_path,
        )  # fmt: skip
        _, errors = running.communicate()
        told = errors.decode()
        assert running.returncode == 2 and "Traceback" not in told, told
        assert list(tmp_path.iterdir()) == []


def test_what_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    def other(_: object) -> None:
        (tmp_path / "d.standoff").write_text("somebody else's")

    with pytest.raises(DossierExists):
        Ledger.create(tmp_path / "d.standoff", system="x", fill=other)
    assert (tmp_path / "d.standoff").read_text() == "somebody else's"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    def failing(_: object) -> None:
        raise InputError("this", "that", "the other")

    with pytest.raises(InputError):
        Ledger.create(tmp_path / "d.standoff", system="x", fill=failing)
    with pytest.raises(StoreFailure), new_folder(tmp_path / "t") as part:
        (part / "a").write_text("half")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_long_ago_is_taken_away(tmp_path: Path) -> None:
    old, new = tmp_path / ".a[1].txt.1-1.part", tmp_path / ".a[1].txt.2-2.part"
    for file in (old, new):
        file.write_text("half")
    long_ago = time.time() - 2 * STALE
    os.utime(old, (long_ago, long_ago))
    with new_file(tmp_path / "a[1].txt") as part:
        part.write_text("whole")
    assert sorted(p.name for p in tmp_path.iterdir()) == [new.name, "a[1].txt"]


def test_an_export_takes_over_an_empty_folder(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    with Ledger.open(exported.with_name("first.standoff")) as first:
        content = collect(first.store)
    write_content(content, tmp_path / "t", "csv")
    assert read_content(tmp_path / "t") == content
    with pytest.raises((InputError, StoreFailure)):
        write_content(content, tmp_path / "t", "csv")
