"""Taking a report in: read, check, match with known events, store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.assess.coders import Coding, CodingModel, code_text
from standoff.assess.described import system_of
from standoff.assess.known import Known, known_events
from standoff.assess.matching import Match, match_event
from standoff.check import Fact, Facts, parse_facts
from standoff.ledger import MAIN, Added, Ledger, Origin, SignalQuery, as_csv, as_read
from standoff.read import ActorEntry, read_actors
from standoff.reference import states
from standoff.systems import System, load_chronology
from standoff.terms import ItemGrade, Report, Verdict

GRADER = "rules of the system"
"""The author of grades that a system's description gives, so that no person is taken for it."""


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a text was taken of. Of kind txt or md the text is the file, decoded."""

    content: bytes
    encoding: str
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What taking one report in did. `matches` goes by the signal's handle.

    `layers` names the second codings that were stored beside the main one.
    """

    added: Added
    coding: Coding
    matches: tuple[tuple[str, Match], ...]
    layers: tuple[str, ...] = ()

    @property
    def report(self) -> Report:
        """The coding that was taken in."""
        return self.coding.report

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on its claims."""
        return self.coding.verdicts


def read_and_check(
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[ActorEntry] = (),
    facts: Facts | None = None,
) -> tuple[Report, tuple[Verdict, ...]]:
    """Code a text by the rules and check its claims; nothing is stored. See `code_text`."""
    coding = code_text(
        text, published=published, source=source, title=title, actors=actors, facts=facts
    )
    return coding.report, coding.verdicts


def ingest(
    ledger: Ledger,
    text: str,
    *,
    published: date,
    source: str,
    title: str = "",
    actors: Sequence[ActorEntry] = (),
    facts: Sequence[Fact] = (),
    original: Original | None = None,
    model: CodingModel | None = None,
    announce: Callable[[str], None] | None = None,
) -> Ingested:
    """Read a report into the ledger and merge what it reports with known events.

    With `model` the signals are a model's; where it says `both`, the rules' coding is kept in the
    layer "rules", on which nothing rests. A document that was coded before keeps that coding, and
    with `both` the other one goes into the layer "rules" or "llm".

    `original` is the file that the text was taken of: of a plain text the exact bytes are kept,
    of other kinds the text, with the hash of the file.
    A source that was never graded stays F (unknown) until someone grades it. Names and facts that
    were added to the dossier count; `actors` and `facts` add some for this report alone.
    """
    coding = code_text(
        text,
        published=published,
        source=source,
        title=title,
        actors=(*actors_of(ledger), *actors),
        facts=facts_of(ledger).with_rows(facts),
        model=model,
        announce=announce,
    )
    report = coding.report
    # A report without signals meets no event: most of a feed is not worth a walk through the record.
    known = known_events(ledger) if report.signals else Known()
    found = {
        s.id: match_event(s, published, known.about(s.source_actors), known.rarity)
        for s in report.signals
    }
    keys = {name: match.key for name, match in found.items() if match is not None}
    with ledger.batch():
        added = add_read(ledger, report, coding.verdicts, keys, original)
        layers = _second(ledger, coding, added.document, original)
    matches: list[tuple[str, Match]] = []
    if not added.already:
        for handle, signal in zip(added.signals, report.signals, strict=True):
            match = found[signal.id]
            if match is not None:
                matches.append((handle, match))
    return Ingested(added, coding, tuple(matches), layers)


def _second(
    ledger: Ledger, coding: Coding, document: str, original: Original | None
) -> tuple[str, ...]:
    """Keep the coding that is not the main one of the document in a layer of its own."""
    if coding.second is None:
        return ()
    held = ledger.find(SignalQuery(document=document, limit=1))
    main = held[0].signal.coder.partition(":")[0] if held else "llm"
    kept: list[str] = []
    for name, report in (("rules", coding.second), ("llm", coding.report)):
        if name == main or not report.signals:
            continue
        if not add_read(ledger, report, (), {}, original, layer=name).already:
            kept.append(name)
    return tuple(kept)


def add_read(
    ledger: Ledger,
    report: Report,
    verdicts: Sequence[Verdict],
    event_keys: Mapping[str, str],
    original: Original | None,
    *,
    layer: str = MAIN,
) -> Added:
    """Store a report with the exact bytes of its file, or with the file's hash and kind."""
    if original is None:
        return ledger.add(report, verdicts, event_keys=event_keys, layer=layer)
    provenance = {
        "file": original.name,
        "kind": original.kind,
        "file_sha256": hashlib.sha256(original.content).hexdigest(),
    }
    content = None
    if original.kind in ("txt", "md"):
        content = original.content
        document = as_read(report.document, content, original.encoding)
        report = replace(report, document=document)
    return ledger.add(
        report, verdicts, event_keys=event_keys, content=content, layer=layer,
        provenance=provenance,
    )  # fmt: skip


def facts_of(ledger: Ledger) -> Facts:
    """What claims of a dossier are held against: the shipped facts and those added to it."""
    rows = ledger.added_facts()
    return Facts.shipped().with_rows(parse_facts(as_csv("fact", rows)) if rows else ())


def actors_of(ledger: Ledger) -> tuple[ActorEntry, ...]:
    """The names of actors that were added to a dossier; the shipped ones are always known.

    A protege that is a place, such as the Falkland Islands/Malvinas, is an actor of its dossier: acts
    towards it are about it, and not about the state that holds it.
    """
    rows = [*ledger.added_actors(), *place_rows(system_of(ledger))]
    return read_actors(as_csv("actor", rows)) if rows else ()


def place_rows(system: System) -> list[dict[str, str]]:
    """The names of a protege that is a place, as rows of a table of actors; none for a state.

    >>> from standoff.systems import load_system
    >>> [r["name"] for r in place_rows(load_system("falklands-1982"))]
    ['Falkland Islands', 'Falklands', 'Malvinas']
    >>> place_rows(load_system("west-pacific-2021"))
    []
    """
    known = {s.actor for s in states()}
    names: list[str] = []
    for place in system.territories:
        if place.code == system.protege and place.code not in known:
            for name in place.name.split("/"):
                names.append(name)
                if name.endswith(" Islands"):
                    names.append(name.removesuffix(" Islands") + "s")
    return [{"name": name, "code": system.protege} for name in names]


def seed(ledger: Ledger, system: System) -> Added:
    """Put the chronology that ships with a system into a dossier, and grade its sources."""
    chronology = load_chronology(system.slug)
    if not chronology.entries:
        # A description of one's own comes without a record: the dossier starts empty.
        return Added("", (), ())
    origins = {
        entry.signal.id: Origin(
            entry.source,
            entry.available,
            entry.url,
            ItemGrade.PROBABLY_TRUE if entry.verified else ItemGrade.UNKNOWN,
        )
        for entry in chronology.entries
    }
    signals = tuple(entry.signal for entry in chronology.entries)
    added = ledger.add(Report(chronology.document, signals), origins=origins)
    grade_sources(ledger, system, [entry.source for entry in chronology.entries])
    return added


def grade_sources(ledger: Ledger, system: System, sources: Sequence[str]) -> None:
    """Grade sources by the rules of the system description, as one action, each with its reason."""
    graded = ledger.gradings()
    found = {s: system.grade(s) for s in dict.fromkeys(sources) if s not in graded}
    ledger.grade_all(
        {s: (letter.value, because) for s, (letter, because) in found.items() if letter != "F"},
        author=GRADER,
    )
