"""In and out of a dossier: four formats, each a round trip that gives back what went in."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import InputError
from standoff.ledger.exchange.annotation import read_annotations, write_annotations
from standoff.ledger.exchange.content import Content, collect, restore, restore_layer
from standoff.ledger.exchange.parquet import read_parquet, write_parquet
from standoff.ledger.exchange.plover import read_plover, write_plover
from standoff.ledger.exchange.tables import read_tables, write_tables
from standoff.ledger.store import Store

FORMATS = ("plover", "annotation", "csv", "parquet")
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
    """Write what a dossier holds to a file (plover, annotation) or a new folder (csv, parquet)."""
    _known(form)
    _WRITE[form](content, path)


def read_content(path: Path, form: str | None = None) -> Content:
    """Read what was written, or raise `BadRecord` naming the line or field that is wrong."""
    chosen = form or guess_format(path)
    _known(chosen)
    if not path.exists():
        raise InputError(
            f"{path} (no such file)", "a file or folder of an export", "standoff export"
        )
    return _READ[chosen](path)


def make_dossier(content: Content, path: Path) -> None:
    """Make a new dossier that holds exactly what was exported: handles, times, decisions.

    Raises `DossierExists`, or the errors of `restore`; then no file is left behind.
    """
    store = Store.create(path)
    try:
        restore(store, content)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    store.close()


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
    "guess_format",
    "make_dossier",
    "read_content",
    "restore",
    "restore_layer",
    "write_content",
]
