"""Where records go: a stream, a JSON Lines file that can be cut back, or parts of a Parquet set."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from standoff.errors import MissingExtra, UnreadableFile

PART = 50_000
"""Records of one Parquet part: what is held in memory until it is written."""
COLUMNS = (
    "doc",
    "type",
    "start",
    "end",
    "quote",
    "event",
    "status",
    "channel",
    "actor",
    "from",
    "to",
    "record",
)


class Sink(Protocol):
    """Takes lines of JSON; `length` is what a journal must remember to cut back to."""

    def write(self, lines: Sequence[bytes]) -> None:
        """Take the records of one chunk."""
        ...

    def settle(self) -> int | None:
        """Make everything taken safe on the disk; its length, or None if that was not done yet."""
        ...

    def close(self) -> int:
        """Write what is left; the final length."""
        ...


class StreamSink:
    """Writes to an open stream; nothing can be cut back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, lines: Sequence[bytes]) -> None:
        self._stream.writelines(lines)

    def settle(self) -> int | None:
        self._stream.flush()
        return None

    def close(self) -> int:
        self._stream.flush()
        return 0


class FileSink:
    """One JSON Lines file, cut back to `length` before the run goes on."""

    def __init__(self, path: Path, length: int) -> None:
        try:
            self._handle = path.open("r+b" if length else "wb")
            self._handle.truncate(length)
            self._handle.seek(length)
        except OSError as error:
            raise UnreadableFile(
                f"{path}: {error.strerror or error}", "a file that can be written", "another --out"
            ) from error

    def write(self, lines: Sequence[bytes]) -> None:
        self._handle.writelines(lines)

    def settle(self) -> int | None:
        self._handle.flush()
        os.fsync(self._handle.fileno())
        return self._handle.tell()

    def close(self) -> int:
        length = self.settle() or 0
        self._handle.close()
        return length


class ParquetSink:
    """A folder of parts `part-00000.parquet`; each appears whole or not at all.

    Columns hold what is often asked for; `record` holds the whole record as JSON.
    """

    def __init__(self, folder: Path, parts: int) -> None:
        try:
            import pyarrow
            import pyarrow.parquet as parquet
        except ImportError as error:
            raise MissingExtra(
                "Parquet output, and pyarrow is not installed",
                "pyarrow",
                "pip install 'standoff[frames]'",
            ) from error
        self._arrow: Any = pyarrow
        self._parquet: Any = parquet
        self._folder = folder
        self._parts = parts
        self._rows: list[tuple[Any, ...]] = []
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob("part-*")):
            number = path.name.removeprefix("part-").split(".")[0]
            if not number.isdigit() or int(number) >= parts:
                path.unlink()

    def write(self, lines: Sequence[bytes]) -> None:
        self._rows.extend(_row(line) for line in lines)

    def settle(self) -> int | None:
        if len(self._rows) < PART:
            return None
        self._flush()
        return self._parts

    def close(self) -> int:
        if self._rows:
            self._flush()
        return self._parts

    def _flush(self) -> None:
        pa = self._arrow
        kinds = [pa.string(), pa.string(), pa.int64(), pa.int64(), *[pa.string()] * 8]
        columns = list(zip(*self._rows, strict=True))
        table = pa.table(
            {name: pa.array(columns[n], type=kinds[n]) for n, name in enumerate(COLUMNS)}
        )
        path = self._folder / f"part-{self._parts:05d}.parquet"
        fresh = path.with_suffix(".new")
        self._parquet.write_table(table, str(fresh), compression="zstd")
        with fresh.open("rb") as handle:
            os.fsync(handle.fileno())
        fresh.replace(path)
        self._parts += 1
        self._rows = []


def _row(line: bytes) -> tuple[Any, ...]:
    record = cast("dict[str, Any]", json.loads(line))
    day = record.get("date")
    period = cast("dict[str, Any]", day) if isinstance(day, dict) else record
    text = line.decode().rstrip("\n")
    picked = [record.get(name) for name in COLUMNS[:9]]
    picked += [period.get("from"), period.get("to"), text]
    return tuple(v if isinstance(v, (int, str)) or v is None else json.dumps(v) for v in picked)
