"""A copy of a dossier as it stands now, taken without touching it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from standoff.errors import NoDossier, NotADossier, StoreFailure

__all__ = ["copy_dossier"]

_HEAD = b"SQLite format 3\x00"


def copy_dossier(path: Path, to: Path) -> None:
    """Copy a dossier to a new file, whole, while others may write to it; nothing of it is changed.

    An older dossier is not brought up to date; the copy is, when it is opened. Raises `NoDossier`,
    `NotADossier`, or `StoreFailure` where it cannot be read or the copy not be written.
    """
    if not path.is_file():
        raise NoDossier(
            f"{path} (no such file)", "a dossier made by `standoff new`", "standoff new"
        )
    with path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            raise NotADossier(
                f"{path.name}, which is no SQLite file,", "a dossier", "check the path"
            )
    log = path.with_name(f"{path.name}-wal")
    # Without a log nobody writes: then not even the marks of readers need to be made beside it.
    how = "mode=ro" if log.is_file() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as source,
            closing(sqlite3.connect(to)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as error:
        raise StoreFailure(
            f"{path.name} ({error})", "a dossier that can be read", "standoff verify"
        ) from error
