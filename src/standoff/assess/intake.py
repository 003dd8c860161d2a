"""Taking a report in: read, check, match with known events, store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.assess.matching import Match, Rarity, match_event
from standoff.check import check_claims
from standoff.errors import EmptyText
from standoff.ledger import Added, Ledger, Origin
from standoff.read import ActorEntry, read_report
from standoff.systems import System, load_chronology
from standoff.terms import ItemGrade, Report, Verdict


@dataclass(frozen=True, slots=True)
class Ingested:
    """What taking one report in did. `matches` goes by the signal's handle."""

    added: Added
    report: Report
    verdicts: tuple[Verdict, ...]
    matches: tuple[tuple[str, Match], ...]


def read_and_check(
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[ActorEntry] = (),
) -> tuple[Report, tuple[Verdict, ...]]:
    """Code a text and check its claims; nothing is stored.

    Raises `EmptyText` for a text without any words.
    """
    if not text.strip():
        raise EmptyText(
            f"a text of {len(text)} characters without a word", "a report", "check the file"
        )
    report = read_report(text, published=published, source=source, title=title, actors=actors)
    verdicts = check_claims(report.claims, published=published, signals=report.signals)
    return report, tuple(verdicts)


def ingest(ledger: Ledger, text: str, *, published: date, source: str, title: str = "") -> Ingested:
    """Read a report into the ledger and merge what it reports with known events.

    A source that was never graded stays F (unknown) until someone grades it.
    """
    report, verdicts = read_and_check(text, published=published, source=source, title=title)
    known = ledger.events()
    rarity = Rarity(known)
    found = {s.id: match_event(s, published, known, rarity) for s in report.signals}
    keys = {name: match.key for name, match in found.items() if match is not None}
    added = ledger.add(report, verdicts, event_keys=keys)
    matches: list[tuple[str, Match]] = []
    if not added.already:
        for handle, signal in zip(added.signals, report.signals, strict=True):
            match = found[signal.id]
            if match is not None:
                matches.append((handle, match))
    return Ingested(added, report, verdicts, tuple(matches))


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
    """Grade sources by the rules of the system description, each once, with the rule's reason."""
    graded = ledger.gradings()
    for source in dict.fromkeys(sources):
        if source not in graded:
            letter, because = system.grade(source)
            if letter != "F":
                ledger.grade(source, letter.value, because)
