"""A dossier for notebooks and scripts: read, look, measure, assess, ask why, write a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from standoff.api.rows import (
    claim_table,
    decision_table,
    document_table,
    event_table,
    grade_table,
    hit_table,
    signal_table,
)
from standoff.api.stance import StanceView, measure_stance
from standoff.api.tables import Table
from standoff.assess import (
    Assessment,
    Ingested,
    Original,
    Why,
    assess_question,
    ingest,
    own_description,
    seed,
    system_of,
    why,
)
from standoff.brief import write_brief
from standoff.check import parse_facts
from standoff.errors import ImpossibleDate
from standoff.ledger import Ledger, SignalQuery, as_csv
from standoff.read import load_file, read_actors
from standoff.systems import System, load_system, shipped_systems


class Dossier:
    """An open dossier and the system it is about. Use it in a `with`, or call `close`.

    What is not here is in `.ledger`: accept, reject, edit, undo, grade, merge, split, exchange.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with new_dossier(Path(folder.name) / "d.standoff", with_record=False) as dossier:
    ...     done = dossier.read("Japan condemned China.", published=date(2021, 8, 13))
    ...     dossier.signals(actor="JPN", on="CHN").column("act"), len(dossier.events())
    (('ACCUSE',), 1)
    >>> folder.cleanup()
    """

    def __init__(self, ledger: Ledger, system: System) -> None:
        self.ledger = ledger
        self.system = system

    def read(self, text: str, *, published: date, source: str = "", title: str = "") -> Ingested:
        """Read a report: code it, check its claims, merge it with known events, keep it."""
        return ingest(self.ledger, text, published=published, source=source, title=title)

    def read_file(
        self, path: Path | str, *, published: date, source: str = "", title: str = ""
    ) -> tuple[Ingested, ...]:
        """Read a file (text, HTML, PDF, DOCX, feed), keeping its exact bytes or their hash.

        One result, or one for each item of a feed. Raises `UnreadableFile`, `EmptyText`, or
        `ImpossibleDate` for an item whose day cannot be read; then nothing is kept.
        """
        found, content, name = load_file(path), Path(path).read_bytes(), Path(path).name
        for item in found:
            if item.undated:
                raise ImpossibleDate(
                    f"{name}: the day {item.undated!r} of an item", "a day that can be read",
                    "read the item's text with its own published=",
                )  # fmt: skip
        return tuple(
            ingest(
                self.ledger,
                item.text,
                published=(item.published if item.kind == "feed" else None) or published,
                source=source or item.link,
                title=title or item.title,
                original=Original(content, item.encoding, item.kind, name),
            )
            for item in found
        )

    def add_facts(self, rows: Sequence[Mapping[str, str]], *, because: str = "") -> str:
        """Add facts that claims are held against from now on; the action, or "" if all were there.

        Raises `FactError` for a row that cannot be used; then none is added.
        """
        given = [dict(r) for r in rows]
        parse_facts(as_csv("fact", [*map(dict, self.ledger.added_facts()), *given]))
        return self.ledger.add_facts(given, because)

    def add_actors(self, rows: Sequence[Mapping[str, str]], *, because: str = "") -> str:
        """Add names of actors that reports are read with from now on. Raises `BadRecord`."""
        read_actors(as_csv("actor", rows))
        return self.ledger.add_actors(rows, because)

    def signals(
        self,
        *,
        actor: str | None = None,
        on: str | None = None,
        channel: str | None = None,
        state: str | None = None,
        source: str | None = None,
        document: str | None = None,
        event: str | None = None,
        as_of: date | None = None,
        happened_from: date | None = None,
        happened_to: date | None = None,
        limit: int | None = None,
    ) -> Table:
        """Signals as a table, one row each; every filter that is given must hold.

        `actor` acts, `on` is acted upon or protected. Raises `InputError` for a value that cannot
        be, `UnknownHandle` for what is no handle.
        """
        return self.find(
            SignalQuery(
                actor=actor,
                on=on,
                channel=channel,
                state=state,
                source=source,
                document=document,
                event=event,
                as_of=as_of,
                happened_from=happened_from,
                happened_to=happened_to,
                limit=limit,
            )
        )

    def find(self, query: SignalQuery) -> Table:
        """The signals that a typed query asks for, as a table."""
        return signal_table(self.ledger.find(query))

    def events(self, *, as_of: date | None = None) -> Table:
        """Events with everyone who reports them, by day."""
        names = {s.event_key: s.event for s in self.ledger.signals(as_of=as_of)}
        return event_table(self.ledger.events(as_of=as_of), names)

    def documents(self) -> Table:
        """Documents, in order of arrival."""
        return document_table(self.ledger.documents())

    def claims(self, *, outcome: str | None = None, document: str | None = None) -> Table:
        """Claims with their verdicts; `outcome` such as CONTRADICTED keeps those alone."""
        found = self.ledger.claims(document)
        return claim_table(c for c in found if outcome in (None, c.outcome))

    def decisions(self, subject: str | None = None) -> Table:
        """What was decided, by whom, when and why: all of it, or about one handle."""
        return decision_table(self.ledger.decisions(subject))

    def grades(self) -> Table:
        """Graded sources, by name."""
        return grade_table(g for _, g in sorted(self.ledger.gradings().items()))

    def search(self, words: str, *, limit: int = 50, as_of: date | None = None) -> Table:
        """Where words stand: in documents, quotes and the reasons of decisions."""
        return hit_table(self.ledger.search(words, limit, as_of=as_of).hits)

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
        """Write the assessment as one file, .html, .pdf, .md or .docx; returns its path."""
        from standoff.api.screens import ground_of

        target, answer = Path(path), self.assess(as_of=as_of, draws=draws)
        write_brief(answer, target, ground=ground_of(self.ledger.path, answer.as_of))
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
            f"{sum(self.ledger.count(SignalQuery()).values())} signals>"
        )


def new_dossier(
    path: Path | str, *, system: str = "west-pacific-2021", with_record: bool = True
) -> Dossier:
    """Make a dossier about a system, with the record that ships with it unless told otherwise."""
    description = load_system(system)
    own = own_description(Path(system)) if system not in shipped_systems() else None
    ledger = Ledger.create(
        path,
        system=own["name"] if own else system,
        description=own,
        fill=(lambda made: seed(made, description)) if with_record else None,
    )
    return Dossier(ledger, description)


def open_dossier(
    path: Path | str, *, author: str = "analyst", recorded_by: str | date | None = None
) -> Dossier:
    """Open a dossier that is there, as it is or as it stood at `recorded_by` (then to read only)."""
    ledger = Ledger.open(path, author=author, recorded_by=recorded_by)
    return Dossier(ledger, system_of(ledger))
