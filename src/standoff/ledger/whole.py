"""Whole or not at all: a file or folder gets its name only when all that belongs in it is there."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from standoff.errors import StoreFailure

STALE = 3600.0
"""Seconds after which what a killed process left half made is taken away; making takes seconds."""


@contextmanager
def new_file(path: Path) -> Generator[Path]:
    """A place beside `path` to write to; what is there afterwards gets the name `path`.

    A process that is killed leaves at most a hidden file, never a `path` that is half made. A file
    that came there meanwhile is not overwritten. Raises `FileExistsError`, or `StoreFailure` for a
    folder that refuses or a full disk.
    """
    with _refusals(path):
        _sweep(path)
        part = _part(path)
        try:
            yield part
            _sync(part)
            _named(part, path)
            _sync(path.absolute().parent)
        finally:
            for name in (part.name, f"{part.name}-wal", f"{part.name}-shm", f"{part.name}-journal"):
                part.with_name(name).unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Generator[Path]:
    """The same for a folder. An empty folder of that name is taken over."""
    with _refusals(path):
        _sweep(path)
        part = _part(path)
        try:
            part.mkdir(parents=True)
            yield part
            for file in part.iterdir():
                _sync(file)
            if path.is_dir():
                path.rmdir()
            part.rename(path)
            _sync(path.absolute().parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _refusals(path: Path) -> Generator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise StoreFailure(
            f"{path}: {error.strerror or error}",
            "a folder that is there and can be written, with room on the disk",
            "make room or choose another folder; nothing was left half made",
        ) from error


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{time.monotonic_ns():x}.part")


def _named(part: Path, path: Path) -> None:
    try:
        # A link fails where the name is taken, and a rename would overwrite what is there.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # A file system without links.
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():  # Folders cannot be opened there.
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # Some network drives have no sync.
            os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Take away what processes that were killed long ago left of this name."""
    for old in path.absolute().parent.glob(f".{_plain(path.name)}.*.part*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > STALE:
                shutil.rmtree(old) if old.is_dir() else old.unlink()


def _plain(name: str) -> str:
    """A name without what a pattern would read as its own."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
