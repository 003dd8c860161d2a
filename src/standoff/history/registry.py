"""The user's own files, remembered: which data set, where, what it hashed to, how to credit it.

A file stays where it is; a small registry in the user's data folder (`$STANDOFF_DATA`, else
`$XDG_DATA_HOME/standoff`, else `~/.local/share/standoff`) holds one record per data set. A file that
has changed since it was registered is refused, so that a figure always belongs to the bytes that
were checked. Files that lie in the data folder itself are found as well.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from standoff.errors import BadRecord, UnreadableFile
from standoff.history.datasets import (
    DataTable,
    known_datasets,
    locate_datasets,
    read_dataset,
)

__all__ = [
    "RegisteredFile",
    "data_files",
    "data_folder",
    "register_file",
    "registered_files",
    "years_of",
]

_NAME = "datasets.json"
State = Literal["here", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class RegisteredFile:
    """A file of a data set, as it was when it was registered.

    Attributes:
        id: of the data set.
        path: where it lies, absolute.
        sha256, rows: its bytes and its size.
        first, last: years it is about, None where none is given.
        citation, licence: how to credit it.
    """

    id: str
    path: Path
    sha256: str
    rows: int
    first: int | None
    last: int | None
    citation: str
    licence: str

    @property
    def state(self) -> State:
        """Whether the file is still what it was."""
        try:
            same = hashlib.sha256(self.path.read_bytes()).hexdigest() == self.sha256
        except OSError:
            return "gone"
        return "here" if same else "changed"


def data_folder() -> Path:
    """The user's data folder; it need not exist."""
    if named := os.environ.get("STANDOFF_DATA"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path("~/.local/share").expanduser()) / "standoff"


def registered_files() -> Mapping[str, RegisteredFile]:
    """Data set to file, by id.

    Raises:
        UnreadableFile: a registry that cannot be read.
    """
    path = data_folder() / _NAME
    if not path.exists():
        return {}
    try:
        items = cast("list[dict[str, Any]]", json.loads(path.read_text("utf-8")))
        made = [item | {"path": Path(item["path"])} for item in items]
        found = [RegisteredFile(**cast("dict[str, Any]", item)) for item in made]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UnreadableFile(
            f"{path} ({error})", "the registry of data files", "move it away and add the files anew"
        ) from error
    return {r.id: r for r in sorted(found, key=lambda r: r.id)}


def years_of(table: DataTable) -> tuple[int, int] | None:
    """First and last year that a table is about; None without any."""
    years: list[float] = []
    for column in table.dataset.years:
        if column not in table.header:
            continue
        try:
            values = table.numbers(column)
        except BadRecord:
            # Days: their first four signs are the year.
            values = np.array([float(t[:4]) for t in table.text(column) if t[:4].isdigit()])
        values = values[~np.isnan(values)]
        years += [float(values.min()), float(values.max())] if values.size else []
    return (int(min(years)), int(max(years))) if years else None


def register_file(path: Path | str) -> tuple[RegisteredFile, RegisteredFile | None]:
    """Recognise and check a file, and remember it; returns it and the record that it replaces.

    Raises:
        UnreadableFile, BadRecord: a file that is refused, or a data folder that cannot be written.
    """
    table = read_dataset(path)
    table.check()
    span = years_of(table)
    record = RegisteredFile(
        id=table.dataset.id,
        path=Path(path).resolve(),
        sha256=table.sha256,
        rows=len(table),
        first=span[0] if span else None,
        last=span[1] if span else None,
        citation=table.dataset.citation,
        licence=table.dataset.licence,
    )
    before = dict(registered_files())
    replaced = before.get(record.id)
    records = sorted((before | {record.id: record}).values(), key=lambda r: r.id)
    text = json.dumps([asdict(r) | {"path": str(r.path)} for r in records], indent=1)
    folder = data_folder()
    part = folder / f".{_NAME}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(text + "\n", "utf-8")
        part.replace(folder / _NAME)
    except OSError as error:
        raise UnreadableFile(
            f"{folder} ({error.strerror})", "a data folder that can be written", "set STANDOFF_DATA"
        ) from error
    return record, replaced


def data_files(folder: Path | str | None = None, *, need: Sequence[str] = ()) -> dict[str, Path]:
    """Which file is which data set: in a folder, or among the user's own.

    Args:
        folder: where to look; None is the registry, and the data folder for what is not in it.
        need: ids that must be there, unchanged since they were registered.

    Raises:
        UnreadableFile: no such folder, or a data set that is needed is missing or has changed.
    """
    if folder is not None:
        return locate_datasets(Path(folder).expanduser(), need=need)
    home = data_folder()
    found = locate_datasets(home) if home.is_dir() else {}
    for record in registered_files().values():
        state = record.state
        if state == "here":
            found[record.id] = record.path
        elif record.id in need:
            raise UnreadableFile(
                f"{record.path}, registered as {record.id} and now {state}",
                "the file as it was registered",
                f"standoff data add {record.path}, or --data FOLDER",
            )
    missing = [i for i in need if i not in found]
    if missing:
        wanted = known_datasets()[missing[0]]
        raise UnreadableFile(
            f"your data files, with {', '.join(sorted(found)) or 'no known data set'}",
            f"also {', '.join(missing)}",
            f"standoff data add FILE of {wanted.title} (columns {', '.join(wanted.columns)}), "
            "or --data FOLDER",
        )
    return dict(sorted(found.items()))
