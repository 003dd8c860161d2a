"""`standoff read --batch`: many documents, and what both forms of reading share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.cli.common import progress

if TYPE_CHECKING:
    from standoff.check import Fact, Facts
    from standoff.read import ActorEntry, BatchItem
    from standoff.terms import Record, Report, Verdict


@dataclass(frozen=True, slots=True)
class Using:
    """What texts of one run are read with, and where they are kept."""

    actors: Sequence[ActorEntry] = ()
    facts: Sequence[Fact] = ()
    dossier: Path | None = None


def read_many(path: Path, using: Using, out: Path | None, workers: int, parquet: bool) -> int:
    """Read every line of a batch; 1 if some were refused, 2 if all."""
    import hashlib
    from functools import partial

    from standoff.cli.bar import BatchProgress
    from standoff.read import read_batch

    known = (tuple(using.actors), tuple(using.facts))
    settings = hashlib.sha256(repr(known).encode()).hexdigest() if any(known) else ""
    with BatchProgress(out is not None) as shown:
        result = read_batch(
            path, partial(batch_records, extra=known[0], facts=known[1]), out=out, parquet=parquet,
            workers=workers, settings=settings, report=shown.show, refuse=shown.refuse,
        )  # fmt: skip
    if result.refused or out is not None:
        progress(
            f"{result.done} documents read, {result.refused} refused, {result.records} records"
            + (f" in {out}" if out else "")
        )
    return 0 if not result.refused else 1 if result.done else 2


def batch_records(
    item: BatchItem, extra: tuple[ActorEntry, ...] = (), facts: tuple[Fact, ...] = ()
) -> list[Record]:
    """The printed records of one document of a batch; runs in the workers."""
    from standoff.assess import read_and_check

    report, verdicts = read_and_check(
        item.text,
        published=item.published,
        source=item.source,
        title=item.title or item.id,
        actors=extra,
        facts=facts_with(facts),
    )
    return list(records_of(report, verdicts))


def records_of(report: Report, verdicts: Sequence[Verdict]) -> Iterator[Record]:
    """Everything found in one report as printed records."""
    from standoff.terms import (
        claim_record,
        date_record,
        mention_record,
        nonsignal_record,
        quantity_record,
        signal_record,
        span_record,
    )

    yield from (signal_record(s) for s in report.signals)
    by_claim = {v.claim: v for v in verdicts}
    yield from (claim_record(c, by_claim.get(c.id)) for c in report.claims)
    yield from (quantity_record(q) for q in report.quantities)
    yield from (date_record(d) for d in report.dates)
    yield from (mention_record(m) for m in report.mentions)
    yield from (nonsignal_record(n) for n in report.nonsignals)
    yield from ({"type": "boilerplate", **span_record(b)} for b in report.document.boilerplate)
    yield from ({"type": "note", "text": note} for note in report.notes)


def facts_with(rows: Sequence[Fact]) -> Facts | None:
    """The shipped facts and rows of this run; None where there are no rows."""
    from standoff.check import Facts

    return Facts.shipped().with_rows(rows) if rows else None
