"""A replication zip: the dossier as it stood for a run, the run, and how to make it again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger.decide import dump
from standoff.ledger.exchange import collect, read_content, write_content
from standoff.ledger.exchange.content import Content
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import StoredRun
from standoff.ledger.store import software

RECORD, RUN, SYSTEM = "record.jsonl", "run.json", "system.toml"
MANIFEST, README = "manifest.json", "README.txt"
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
    content = _as_assessed(collect(ledger.store), held)
    scratch = path.with_name(path.name + ".record")
    try:
        write_content(content, scratch, "plover")
        record = scratch.read_bytes()
    finally:
        scratch.unlink(missing_ok=True)
    run_text = dump(
        {"id": held.handle, "as_of": held.as_of.isoformat(), "recorded": held.recorded,
         "payload": dict(held.payload)}
    ).encode()  # fmt: skip
    kept = {RUN: run_text, RECORD: record, **_own_system(ledger.system)}
    payload = held.payload
    focus = cast("Mapping[str, Any]", payload.get("focus") or {})
    manifest: dict[str, Any] = {
        "format": 1,
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
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, raw in (
            (README, readme.encode()),
            (MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode()),
            *kept.items(),
        ):
            out.writestr(zipfile.ZipInfo(name, EPOCH), raw, zipfile.ZIP_DEFLATED)
    return manifest


def _own_system(name: str) -> dict[str, bytes]:
    # Loaded when a bundle is written: the tables behind it cost a quarter of a second.
    from standoff.systems import shipped_systems

    if name in shipped_systems():
        return {}
    try:
        return {SYSTEM: Path(name).read_bytes()}
    except OSError as error:
        raise UnreadableFile(
            f"{name}, the system that this dossier is about ({error.strerror})",
            "the description at the place where the dossier was made from it",
            "put the file back, then bundle",
        ) from error


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
            return as_recorded(seen, used["recorded_by"]) if used["recorded_by"] else seen
    return as_recorded(content, run.recorded)


def as_recorded(content: Content, moment: str) -> Content:
    """Content as it stood at an instant: rows and decisions that came later are left out."""
    rows = {
        kind: [r for r in rows if str(r.get("recorded") or r.get("at") or "") <= moment]
        for kind, rows in content.rows().items()
    }
    rows["runs"] = []
    return Content.of(rows)


def read_bundle(path: Path, scratch: Path) -> Bundle:
    """Open a bundle, checking every hash. `scratch` is a folder for what is unpacked."""
    try:
        with zipfile.ZipFile(path) as held:
            manifest: dict[str, Any] = json.loads(held.read(MANIFEST))
            raw = {name: held.read(name) for name in (RUN, RECORD, *manifest["sha256"])}
        run: dict[str, Any] = json.loads(raw[RUN])
    except (OSError, KeyError, TypeError, zipfile.BadZipFile, json.JSONDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(
            f"{path}: {why}", "a zip made by standoff bundle", "bundle again"
        ) from error
    for name, digest in manifest["sha256"].items():
        if hashlib.sha256(raw[name]).hexdigest() != digest:
            raise BadRecord(
                f"{name} in {path.name} with another hash than the manifest says",
                "the bundle as it was made",
                "fetch or make the bundle again",
            )
    record = scratch / RECORD
    record.write_bytes(raw[RECORD])
    content = read_content(record, "plover")
    if SYSTEM in raw:
        system = scratch / SYSTEM
        system.write_bytes(raw[SYSTEM])
        meta = ({**m, "value": str(system)} if m["key"] == "system" else m for m in content.meta)
        content = replace(content, meta=tuple(meta))
    kept = StoredRun(run["id"], date.fromisoformat(run["as_of"]), run["payload"], run["recorded"])
    return Bundle(content, kept, manifest)
