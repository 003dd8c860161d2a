"""A dossier for notebooks and scripts: read, look, measure, assess, ask why, write a brief."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from standoff.api.stance import StanceView, measure_stance
from standoff.api.tables import Table
from standoff.assess import Assessment, Ingested, Why, assess_question, ingest, seed, why
from standoff.brief import write_brief
from standoff.ledger import Ledger, StoredSignal
from standoff.systems import System, load_system, shipped_systems


class Dossier:
    """An open dossier and the system it is about. Use it in a `with`, or call `close`."""

    def __init__(self, ledger: Ledger, system: System) -> None:
        self.ledger = ledger
        self.system = system

    def read(self, text: str, *, published: date, source: str = "", title: str = "") -> Ingested:
        """Read a report: code it, check its claims, merge it with known events, keep it."""
        return ingest(self.ledger, text, published=published, source=source, title=title)

    def signals(
        self,
        *,
        actor: str | None = None,
        on: str | None = None,
        channel: str | None = None,
        as_of: date | None = None,
    ) -> Table:
        """Signals as a table, one row each, filtered by who acts, upon or about whom, and how."""
        chosen = [
            s
            for s in self.ledger.signals(as_of=as_of)
            if actor in (None, *s.signal.source_actors)
            and on in (None, s.signal.protege, *s.signal.target_actors)
            and channel in (None, s.signal.channel.value)
        ]
        return Table(tuple(_signal_row(s) for s in chosen), "signals")

    def claims(self, *, outcome: str | None = None) -> Table:
        """Claims with their verdicts; `outcome` such as CONTRADICTED keeps those alone."""
        rows = [
            {
                "handle": c.handle,
                "document": c.document,
                "quote": c.span.quote,
                "start": c.span.start,
                "end": c.span.end,
                "kind": c.record["kind"],
                "verdict": c.outcome,
                "explanation": c.record["explanation"],
                "formula": c.record["formula"],
            }
            for c in self.ledger.claims()
            if outcome in (None, c.outcome)
        ]
        return Table(tuple(rows), "claims")

    def measure(self, *, at: date | None = None) -> StanceView:
        """Measure every stance as known on a day; without one, on the system's."""
        return measure_stance(self.ledger, at=at or self.system.as_of)

    def assess(self, *, as_of: date | None = None, draws: int = 2000, seed: int = 1) -> Assessment:
        """Answer the system's question."""
        day = as_of or self.system.as_of
        return assess_question(self.ledger, self.system, as_of=day, draws=draws, seed=seed)

    def why(self, handle: str) -> Why:
        """What a printed number rests on, down to the quoted words."""
        return why(self.ledger, handle)

    def brief(self, path: Path | str, *, as_of: date | None = None, draws: int = 2000) -> Path:
        """Write the assessment as one HTML file; returns its path."""
        target = Path(path)
        write_brief(self.assess(as_of=as_of, draws=draws), target)
        return target

    def close(self) -> None:
        """Close the file."""
        self.ledger.close()

    def __enter__(self) -> Dossier:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        documents = len(self.ledger.documents())
        return (
            f"<Dossier {self.ledger.path.name}: {self.system.slug}, {documents} documents, "
            f"{len(self.ledger.signals())} signals>"
        )


def new_dossier(
    path: Path | str, *, system: str = "west-pacific-2021", with_record: bool = True
) -> Dossier:
    """Make a dossier about a system, with the record that ships with it unless told otherwise."""
    description = load_system(system)
    own = system not in shipped_systems()
    ledger = Ledger.create(path, system=str(Path(system).resolve()) if own else system)
    if with_record:
        seed(ledger, description)
    return Dossier(ledger, description)


def open_dossier(path: Path | str) -> Dossier:
    """Open a dossier that is there."""
    ledger = Ledger.open(path)
    return Dossier(ledger, load_system(ledger.system))


def _signal_row(stored: StoredSignal) -> dict[str, Any]:
    s = stored.signal
    return {
        "handle": stored.handle,
        "event": stored.event,
        "document": stored.document,
        "quote": s.span.quote,
        "start": s.span.start,
        "end": s.span.end,
        "actor": ";".join(s.source_actors),
        "target": ";".join(s.target_actors),
        "protege": s.protege or "",
        "act": s.event.value,
        "channel": s.channel.value,
        "status": s.status.value,
        "officialness": s.officialness.value,
        "explicitness": s.explicitness,
        "happened_from": s.date.start,
        "happened_to": s.date.end,
        "available": stored.available,
        "source": stored.source,
        "state": stored.state,
    }
