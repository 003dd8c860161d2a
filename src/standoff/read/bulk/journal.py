"""How far a run has got, so that a killed one goes on: one small file beside the output.

The output is flushed to the disk first, then the journal is replaced in one step. Whatever stands
in the output behind the length that the journal names was written by a chunk that was not
finished; it is cut off before the run goes on, and that chunk is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from standoff.errors import UnreadableFile

VERSION = 1


@dataclass(frozen=True, slots=True)
class State:
    """Everything before `offset` of the input is done; the output is `length` bytes or parts long.

    `tail` is the digest of the input just before `offset`, so that a file that was changed there is
    noticed; a file may grow.
    """

    run: str
    offset: int = 0
    line: int = 0
    length: int = 0
    done: int = 0
    refused: int = 0
    records: int = 0
    finished: bool = False
    tail: str = ""


def fingerprint(source: Path, settings: str) -> str:
    """What a run is: the start of its input and its settings. The input may grow between runs."""
    with source.open("rb") as handle:
        head = handle.read(4096)
    first = head.split(b"\n", 1)[0]
    return hashlib.sha256(b"%d\n%s\n%s" % (VERSION, first, settings.encode())).hexdigest()


def tail_of(source: Path, offset: int) -> str:
    """The digest of the last bytes of the input before `offset`."""
    with source.open("rb") as handle:
        handle.seek(max(0, offset - 4096))
        return hashlib.sha256(handle.read(min(4096, offset))).hexdigest()


def journal_of(out: Path) -> Path:
    """The journal that belongs to an output."""
    return out.with_name(out.name + ".progress")


def load(source: Path, out: Path, run: str) -> State | None:
    """The state of a run that was stopped; None if there is none. Raises `UnreadableFile` if the
    journal is of another run.
    """
    path = journal_of(out)
    try:
        parsed: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnreadableFile(
            f"{path}: a journal that cannot be read", "the journal of this run", _remedy(out, path)
        ) from error
    found = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    known: dict[str, Any] = {n: found[n] for n in State.__dataclass_fields__ if n in found}
    known.setdefault("run", "")
    state = State(**known)
    if state.run != run or state.tail != tail_of(source, state.offset):
        raise UnreadableFile(
            f"{path}: the journal of another input or of other settings",
            "the journal of this run", _remedy(out, path),
        )  # fmt: skip
    return state


def _remedy(out: Path, path: Path) -> str:
    return f"another --out, or remove {path.name} and {out.name} to start again"


def save(out: Path, state: State) -> None:
    """Replace the journal in one step; a kill leaves the old one or the new one, never half."""
    path = journal_of(out)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps(asdict(state)))
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)
