"""`standoff read --batch`: many documents, and what both forms of reading share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.cli.common import progress, say

if TYPE_CHECKING:
    from standoff.assess import Coding, CodingModel
    from standoff.check import Fact, Facts
    from standoff.ledger import Agreement, Ledger
    from standoff.read import ActorEntry, BatchItem
    from standoff.terms import Record, Report, Verdict

DEAR = 4
"""Documents settled together where each costs requests to a model: a stopped run loses no more."""


@dataclass(frozen=True, slots=True)
class Using:
    """What texts of one run are read with, and where they are kept; `model` is None for the rules."""

    actors: Sequence[ActorEntry] = ()
    facts: Sequence[Fact] = ()
    dossier: Path | None = None
    model: CodingModel | None = None


def read_many(
    path: Path, using: Using, out: Path | None, workers: int, parquet: bool, lines: bool
) -> int:
    """Read every line of a batch; 1 if some were refused, 2 if all.

    Into a dossier the documents go one after the other; then a line tells of each, or with `lines`
    (or `out`) their records are written as without one.
    """
    if using.model is not None:
        endpoint, cache = using.model.endpoint, using.model.cache
        kept = cache is not None and cache.only_replay
        where = "its kept replies alone" if kept else endpoint.base_url
        progress(f"the texts of {path} are for model {endpoint.model} at {where}")
    if using.dossier is None:
        work = partial(batch_records, using=using)
        return _run(path, work, using, out, workers, parquet)
    from standoff.ledger import Ledger

    with Ledger.open(using.dossier) as ledger:
        work = partial(_kept, ledger=ledger, using=using, lines=lines or out is not None)
        return _run(path, work, using, out, 1, parquet)


def _run(
    path: Path,
    work: Callable[[BatchItem], Iterable[Record]],
    using: Using,
    out: Path | None,
    workers: int,
    parquet: bool,
) -> int:
    from standoff.cli.bar import BatchProgress
    from standoff.read import read_batch

    with BatchProgress(out is not None) as shown:
        result = read_batch(
            path, work, out=out, parquet=parquet, workers=workers,
            settings=_settings(using), report=shown.show, refuse=shown.refuse,
            **({"chunk": DEAR} if using.model is not None else {}),
        )  # fmt: skip
    if result.refused or out is not None or using.dossier is not None:
        progress(
            f"{result.done} documents read, {result.refused} refused, {result.records} records"
            + (f" in {out}" if out else "")
        )
    return 0 if not result.refused else 1 if result.done else 2


def _settings(using: Using) -> str:
    """What tells this run from another over the same input; never a key."""
    known: tuple[object, ...] = (tuple(using.actors), tuple(using.facts))
    if using.model is not None:
        endpoint = using.model.endpoint
        known += (endpoint.base_url, endpoint.model, using.model.both)
    if using.dossier is not None:
        known += (str(using.dossier),)
    return hashlib.sha256(repr(known).encode()).hexdigest() if any(known) else ""


def batch_records(item: BatchItem, using: Using) -> list[Record]:
    """The printed records of one document of a batch; runs in the workers."""
    from standoff.assess import code_text

    coding = code_text(
        item.text, published=item.published, source=item.source, title=item.title or item.id,
        actors=using.actors, facts=facts_with(using.facts), model=using.model,
    )  # fmt: skip
    return list(coding_records(coding))


def _kept(item: BatchItem, ledger: Ledger, using: Using, lines: bool) -> list[Record]:
    """One document of a batch, kept in a dossier; its records, or a line that tells of it."""
    from standoff.assess import ingest

    taken = ingest(
        ledger, item.text, published=item.published, source=item.source,
        title=item.title or item.id, actors=using.actors, facts=using.facts, model=using.model,
    )  # fmt: skip
    if lines:
        return list(coding_records(taken.coding))
    there = ", here before" if taken.added.already else ""
    second = f", second coding in the layer {', '.join(taken.layers)}" if taken.layers else ""
    say(
        f"{taken.added.document}  {len(taken.added.signals)} signals, "
        f"{len(taken.added.claims)} claims{there}{second}  {item.id}"
    )
    return []


def coding_records(coding: Coding) -> Iterator[Record]:
    """Everything of a coding as printed records; a second coding as `second`, and how they agree."""
    from standoff.terms import signal_record

    yield from records_of(coding.report, coding.verdicts)
    agreement = coding.agreement
    if coding.second is None or agreement is None:
        return
    yield from ({**signal_record(s), "type": "second"} for s in coding.second.signals)
    yield {"type": "agreement", **agreement_record(agreement)}


def agreement_record(found: Agreement) -> Record:
    """How two codings agree, with every field in which a matched pair differs."""
    return {
        "matched": found.matched,
        "only_main": list(found.only_first),
        "only_second": list(found.only_second),
        "f1": found.f1,
        "whole": found.whole,
        "same": dict(found.same),
        "alpha": dict(found.alpha),
        "disagreements": [
            {
                "first": d.first, "second": d.second, "field": d.field,
                "main": d.first_value, "other": d.second_value,
            }
            for d in found.disagreements
        ],
    }  # fmt: skip


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
