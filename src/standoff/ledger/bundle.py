"""A replication zip: the dossier as it stood for a run, the run, and how to make it again."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger.decide import dump
from standoff.ledger.exchange import collect_sound, cut, read_content, taken, write_content
from standoff.ledger.exchange.content import Content
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import StoredRun
from standoff.ledger.store import software
from standoff.ledger.whole import new_file

RECORD, RUN, SYSTEM = "record.jsonl", "run.json", "system.toml"
MANIFEST, README = "manifest.json", "README.txt"
MOST_UNPACKED = 400_000_000
"""Bytes of all parts together; a record of 100,000 signals has a quarter of that."""
MOST_DRAWS = 100_000
"""More draws narrow no interval that is printed, and cost memory (about 20 kB a draw)."""
# The earliest day a zip can hold: the same content gives the same bytes on every day.
EPOCH = (1980, 1, 1, 0, 0, 0)
_README = """A replication bundle of standoff.

{run}, as of {as_of}, recorded {recorded}, by {software}.

  standoff reproduce THIS-FILE.zip

makes the dossier again from record.jsonl in a temporary folder, runs the assessment with the same
seed and draws, and compares every printed digit. record.jsonl is PLOVER as JSON Lines and can be
read without standoff.
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle: what the dossier held, the run to make again, and the manifest."""

    content: Content
    run: StoredRun
    manifest: dict[str, Any]


def write_bundle(ledger: Ledger, run: str, path: Path) -> dict[str, Any]:
    """Write a run and everything it rests on as one zip; returns the manifest.

    The record is cut at the run: what came later is left out, and of a run about the past, what
    was recorded after that. A system description
    that does not ship with the program goes into the zip. Raises `UnreadableFile` if it is gone.
    """
    held = ledger.run(run)
    content = _as_assessed(collect_sound(ledger.store), held)
    with tempfile.TemporaryDirectory() as scratch:
        write_content(content, Path(scratch) / RECORD, "plover")
        record = (Path(scratch) / RECORD).read_bytes()
    run_text = dump(
        {"id": held.handle, "as_of": held.as_of.isoformat(), "recorded": held.recorded,
         "payload": dict(held.payload)}
    ).encode()  # fmt: skip
    _refuse_undescribed(ledger)
    kept = {RUN: run_text, RECORD: record}
    payload = held.payload
    focus = cast("Mapping[str, Any]", payload.get("focus") or {})
    manifest: dict[str, Any] = {
        "format": 2,
        "run": held.handle,
        "as_of": held.as_of.isoformat(),
        "recorded": held.recorded,
        "system": ledger.system,
        "seed": payload.get("seed"),
        "draws": payload.get("draws"),
        "report": focus.get("handle"),
        "software": payload.get("software"),
        "bundled_by": software(),
        "sha256": {name: hashlib.sha256(raw).hexdigest() for name, raw in sorted(kept.items())},
    }
    readme = _README.format(
        run=held.handle, as_of=held.as_of, recorded=held.recorded, software=payload.get("software")
    )
    try:
        with (
            new_file(path) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out,
        ):
            for name, raw in (
                (README, readme.encode()),
                (MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode()),
                *kept.items(),
            ):
                out.writestr(zipfile.ZipInfo(name, EPOCH), raw, zipfile.ZIP_DEFLATED)
    except FileExistsError as error:
        raise taken(path) from error
    return manifest


def _refuse_undescribed(ledger: Ledger) -> None:
    """A bundle carries no file that the record only names: what it is about stands in the record."""
    # Loaded when a bundle is written: the tables behind it cost a quarter of a second.
    from standoff.systems import shipped_systems

    if not ledger.description and ledger.system not in shipped_systems():
        raise UnreadableFile(
            f"a dossier about {ledger.system}, whose description it does not hold,",
            "a shipped system, or a description in the dossier",
            "standoff system FILE.toml --adopt, then bundle",
        )


def _as_assessed(content: Content, run: StoredRun) -> Content:
    """Content as a run saw it: by the numbers that stood then, not by the clock alone."""
    key = run.handle.removeprefix("R-")
    for activity in content.activities:
        used = json.loads(activity["parameters"])
        if activity["kind"] == "assess" and used.get("run") == key:
            rows = content.rows()
            for table, last in used["held"].items():
                kind = f"{table}s"
                rows[kind] = tuple(r for r in rows[kind] if r["number"] <= last)
            seen = Content.of({**rows, "runs": ()})
            if used["recorded_by"]:
                return as_recorded(seen, used["recorded_by"])
            return cut(seen, run.recorded, f"as it stood for {run.handle}")
    return as_recorded(content, run.recorded)


def as_recorded(content: Content, moment: str) -> Content:
    """Content as it stood at an instant: rows and decisions that came later are left out."""
    rows = {
        kind: [r for r in rows if str(r.get("recorded") or r.get("at") or "") <= moment]
        for kind, rows in content.rows().items()
    }
    rows["runs"] = []
    return cut(Content.of(rows), moment, f"as it stood at {moment}")


def read_bundle(path: Path, scratch: Path) -> Bundle:
    """Open a bundle, checking every hash. `scratch` is a folder for what is unpacked.

    A bundle comes from others. Raises `UnreadableFile` for one that is no bundle or unpacks to more
    than `MOST_UNPACKED`, `BadRecord` for a part without a hash or with another one.
    """
    try:
        with zipfile.ZipFile(path) as held:
            names = [n for n in held.namelist() if n in (MANIFEST, RUN, RECORD, SYSTEM)]
            _refuse_large(path, [held.getinfo(n) for n in names])
            raw = {n: _member(held, n) for n in names}
        manifest: dict[str, Any] = json.loads(raw[MANIFEST])
        hashes = {str(n): str(digest) for n, digest in manifest["sha256"].items()}
        run: dict[str, Any] = json.loads(raw[RUN])
        kept = StoredRun(
            str(run["id"]), date.fromisoformat(run["as_of"]), dict(run["payload"]), run["recorded"]
        )
        asked = {key: manifest[key] for key in ("draws", "seed", "report", "software")}
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError, EOFError,
            NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:  # fmt: skip
        why = (error.strerror if isinstance(error, OSError) else None) or f"without {error}"
        raise UnreadableFile(
            f"{path}: {why}", "a zip made by standoff bundle", "bundle again"
        ) from error
    _match(path.name, {n: data for n, data in raw.items() if n != MANIFEST}, hashes)
    _askable(path.name, asked)
    record = scratch / RECORD
    record.write_bytes(raw[RECORD])
    content = read_content(record, "plover")
    if SYSTEM in raw:
        # Format 1 carried the description beside the record, which named a place for it.
        text = raw[SYSTEM].decode("utf-8", "replace")
        meta = [m for m in content.meta if m["key"] != "system"]
        named = {"system": SYSTEM, "description": text}
        meta += [{"key": key, "value": value} for key, value in named.items()]
        content = replace(content, meta=tuple(meta))
    return Bundle(content, kept, manifest)


def _member(held: zipfile.ZipFile, name: str) -> bytes:
    # What the list of contents says of sizes may be false: no more is unpacked than it says.
    with held.open(name) as file:
        return file.read(held.getinfo(name).file_size)


def _refuse_large(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(p.file_size for p in parts)
    if total > MOST_UNPACKED:
        raise UnreadableFile(
            f"{path}: {total:,} bytes when unpacked",
            f"at most {MOST_UNPACKED:,}",
            "a smaller bundle",
        )


def _match(name: str, raw: Mapping[str, bytes], hashes: Mapping[str, str]) -> None:
    for part in sorted({RUN, RECORD, *raw, *hashes}):
        if part not in raw or part not in hashes:
            raise BadRecord(
                f"{part} in {name} {'without a hash' if part in raw else 'not there'}",
                "every part of the bundle, each with its hash in the manifest",
                "fetch or make the bundle again",
            )
        if hashlib.sha256(raw[part]).hexdigest() != hashes[part]:
            raise BadRecord(
                f"{part} in {name} with another hash than the manifest says",
                "the bundle as it was made",
                "fetch or make the bundle again",
            )


def _askable(name: str, asked: Mapping[str, Any]) -> None:
    """The manifest is under no hash: what it asks for must be what a run can be."""
    whole = all(type(asked[key]) is int for key in ("draws", "seed"))
    if not whole or asked["seed"] < 0 or not 100 <= asked["draws"] <= MOST_DRAWS:
        raise BadRecord(
            f"{name}, which asks for {asked['draws']!r} draws and seed {asked['seed']!r}",
            f"whole numbers, 100 to {MOST_DRAWS:,} draws",
            "bundle again",
        )
    if not isinstance(asked["report"], str | None):
        raise BadRecord(f"{name} about {asked['report']!r}", "a document or none", "bundle again")
