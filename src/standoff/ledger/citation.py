"""The citation of a dossier, of one of its runs, and of the software."""

from __future__ import annotations

import hashlib

from standoff.ledger.decide import dump
from standoff.ledger.ledger import Ledger
from standoff.ledger.store import software


def fingerprint(ledger: Ledger) -> str:
    """One hash of all that a dossier (or the view of it) holds: documents, codings, decisions.

    It does not depend on the file: an exported and imported dossier has the same.
    """
    digest = hashlib.sha256()
    for d in ledger.documents():
        digest.update(f"D {d.sha256}\n".encode())
    for s in ledger.signals():
        digest.update(f"S {s.hash} {s.state} {s.event_key} {s.item_grade.value}\n".encode())
    for c in ledger.claims():
        digest.update(f"C {c.hash} {c.state}\n".encode())
    for e in ledger.decisions():
        said = dump([e.number, e.at, e.author, e.action, e.subject, e.payload, e.reason, e.batch])
        digest.update(f"A {said}\n".encode())
    return digest.hexdigest()


def cite(ledger: Ledger, run: str | None = None) -> str:
    """BibTeX: the dossier with its fingerprint, the run with seed and draws, and the software."""
    documents, signals = ledger.documents(), ledger.signals()
    mark = fingerprint(ledger)
    last = max((d.recorded for d in documents), default="")
    entries = [
        _entry(
            f"dossier-{mark[:8]}",
            {
                "title": f"Dossier {ledger.path.stem}: {ledger.system}",
                "year": last[:4] or "n.d.",
                "note": f"{len(documents)} documents, {len(signals)} signals, recorded by "
                f"{ledger.recorded_by or last or 'nobody yet'}",
                "version": f"sha256:{mark}",
            },
        )
    ]
    if run is not None:
        held = ledger.run(run)
        p = held.payload
        entries.append(
            _entry(
                held.handle,
                {
                    "title": f"{p.get('title', 'Assessment')}, as of {held.as_of}",
                    "year": held.recorded[:4],
                    "note": f"{p.get('software', '')}; {p.get('draws', '?')} draws, seed "
                    f"{p.get('seed', '?')}; from dossier-{mark[:8]}",
                    "version": held.handle,
                },
            )
        )
    name, _, version = software().partition(" ")
    entries.append(
        _entry(name, {"title": f"{name}: a workbench for deterrence systems", "version": version})
    )
    sources = sorted({d.source for d in documents if d.source} | {s.source for s in signals})
    listed = "\n".join(f"% source: {s}" for s in sources)
    return "\n".join(entries) + (f"\n{listed}" if listed else "")


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{_plain(value)}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _plain(value: str) -> str:
    """Without what BibTeX reads as its own."""
    for char in "\\{}%&#_$":
        value = value.replace(char, f"\\{char}" if char not in "\\{}" else "")
    return value
