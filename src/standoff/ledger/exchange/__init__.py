"""In and out of a dossier: four formats, each a round trip that gives back what went in."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import BadRecord, InputError, UnreadableFile
from standoff.ledger.exchange.annotation import read_annotations, write_annotations
from standoff.ledger.exchange.content import (
    Content,
    collect,
    collect_sound,
    cut,
    restore,
    restore_layer,
)
from standoff.ledger.exchange.parquet import read_parquet, write_parquet
from standoff.ledger.exchange.plover import read_plover, write_plover
from standoff.ledger.exchange.tables import read_tables, write_tables
from standoff.ledger.store import Store
from standoff.ledger.whole import new_file, new_folder

FORMATS = ("plover", "annotation", "csv", "parquet")
_FOLDERS = ("csv", "parquet")
_WRITE = {
    "plover": write_plover,
    "annotation": write_annotations,
    "csv": write_tables,
    "parquet": write_parquet,
}
_READ = {
    "plover": read_plover,
    "annotation": read_annotations,
    "csv": read_tables,
    "parquet": read_parquet,
}


def write_content(content: Content, path: Path, form: str) -> None:
    """Write what a dossier holds to a file (plover, annotation) or a new folder (csv, parquet).

    Whole or not at all. Raises `InputError` for a name that is taken.
    """
    _known(form)
    try:
        with (new_folder if form in _FOLDERS else new_file)(path) as part:
            _WRITE[form](content, part)
    except FileExistsError as error:
        raise taken(path) from error


def taken(path: Path) -> InputError:
    """The refusal to write over what is there."""
    return InputError(f"{path}, which is already here,", "a name that is free", "another name")


def read_content(path: Path, form: str | None = None) -> Content:
    """Read what was written, or raise `BadRecord` naming the line or field that is wrong."""
    chosen = form or guess_format(path)
    _known(chosen)
    if not path.exists():
        raise InputError(
            f"{path} (no such file)", "a file or folder of an export", "standoff export"
        )
    try:
        return _READ[chosen](path)
    except RecursionError as error:
        raise UnreadableFile(
            f"{path}: JSON that is nested without end", "a file of an export", "export again"
        ) from error


def make_dossier(content: Content, path: Path, *, unsealed: bool = False) -> None:
    """Make a new dossier that holds exactly what was exported: handles, times, decisions, seals.

    An export of data model 2 or older has no seals, nor has one that was cut off: `unsealed` takes
    it as it is. Raises `DossierExists`, or the errors of `restore`; then no file is left behind.
    """
    refuse_unsealed(content, unsealed)
    Store.create(path, fill=lambda store: restore(store, content)).close()


def refuse_unsealed(content: Content, unsealed: bool) -> None:
    """Raise `BadRecord` for rows that nothing vouches for, unless they are wanted all the same."""
    if not content.seals and not unsealed:
        raise BadRecord(
            "an export without seals",
            "a whole one: the seals stand at its end",
            "export again; one of a version before 3 of the data model: --unsealed takes it as found",
        )


def guess_format(path: Path) -> str:
    """The format by what is there: by name, or by how the file begins.

    >>> guess_format(Path("a.jsonl")), guess_format(Path("a.json"))
    ('plover', 'annotation')
    """
    if path.is_dir():
        return "csv" if (path / "datapackage.json").exists() else "parquet"
    if path.suffix in (".json", ".jsonl", ".jsonld") or not path.is_file():
        return "annotation" if path.suffix in (".json", ".jsonld") else "plover"
    with path.open("rb") as file:
        return "annotation" if b'"@context"' in file.read(400) else "plover"


def _known(form: str) -> None:
    if form not in FORMATS:
        raise InputError(f"format {form!r}", f"one of {', '.join(FORMATS)}", "--to plover")


__all__ = [
    "FORMATS",
    "Content",
    "collect",
    "collect_sound",
    "cut",
    "guess_format",
    "make_dossier",
    "read_content",
    "refuse_unsealed",
    "restore",
    "restore_layer",
    "taken",
    "write_content",
]
