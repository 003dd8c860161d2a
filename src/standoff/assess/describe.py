"""What stands beside the numbers: evidence, contested claims, assumptions, warnings, timelines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from standoff.assess.answer import Workbench
from standoff.assess.assessment import (
    Assumption,
    Contested,
    Effect,
    Evidence,
    Influence,
    LevelLine,
    Point,
    Timeline,
    Update,
)
from standoff.assess.noted import is_note
from standoff.ledger import Ledger, StoredClaim, StoredSignal
from standoff.measure import Stance
from standoff.systems import System
from standoff.terms import Outcome, SourceGrade

MONTHS = 24
STALE_DAYS = 400


def evidence(
    ledger: Ledger,
    as_of: date,
    influences: Sequence[Influence],
    effects: Sequence[Effect],
    levels: Sequence[LevelLine],
    updates: Sequence[Update] = (),
) -> tuple[Evidence, ...]:
    """The quoted words behind updates, influences and effects, and the latest three of a level."""
    stored = {s.handle: s for s in ledger.signals(as_of=as_of)}
    latest = chain.from_iterable(level.signals[-3:] for level in levels)
    wanted = dict.fromkeys(
        chain(
            chain.from_iterable(i.signals for i in influences),
            chain.from_iterable(e.signals for e in effects),
            chain.from_iterable(u.signals for u in updates),
            latest,
        )
    )
    titles = {d.handle: d.title for d in ledger.documents()}
    grades = {source: g.grade for source, g in ledger.gradings().items()}
    return tuple(
        evidence_line(stored[h], titles.get(stored[h].document, ""), grades)
        for h in sorted(wanted, key=_number)
        if h in stored
    )


def evidence_line(item: StoredSignal, title: str, grades: dict[str, SourceGrade]) -> Evidence:
    """One quotation with where it stands, who published it and how it is graded."""
    signal = item.signal
    happened = signal.date
    days = f"{happened.start or '…'}"
    if happened.end != happened.start:
        days += f" to {happened.end or '…'}"
    return Evidence(
        handle=item.handle,
        event=item.event,
        quote=signal.span.quote,
        start=signal.span.start,
        end=signal.span.end,
        document=item.document,
        title=title,
        source=item.source,
        grade=f"{grades.get(item.source, SourceGrade.F).value}{item.item_grade.value}",
        url=item.url,
        happened=days,
        available=item.available,
        noted=is_note(signal),
        said=signal.said,
    )


def standing_claims(ledger: Ledger, as_of: date) -> tuple[StoredClaim, ...]:
    """Claims of documents published by then, but those that a person rejected."""
    published = {d.handle: d.published for d in ledger.documents()}
    return tuple(
        c for c in ledger.claims() if published[c.document] <= as_of and c.state != "rejected"
    )


def contested(claims: Sequence[StoredClaim]) -> tuple[Contested, ...]:
    """Those of the claims that a check contradicted or found inconsistent."""
    wrong = (Outcome.CONTRADICTED, Outcome.INCONSISTENT)
    return tuple(
        Contested(c.handle, c.span.quote, c.outcome, str(c.record.get("explanation", "")))
        for c in claims
        if c.outcome in wrong
    )


def assumptions(bench: Workbench) -> tuple[Assumption, ...]:
    """Every coefficient of the game, in file order, with prior, origin and source."""
    return tuple(
        Assumption(
            name=item.name,
            prior=f"{item.prior.kind} {' '.join(f'{x:g}' for x in item.prior.numbers)}",
            unit=item.unit,
            origin=item.origin.value,
            source=item.source,
        )
        for item in bench.coefficients.items
    )


def remarks(bench: Workbench) -> tuple[str, ...]:
    """What a reader must know before any number: nothing to go by, or only what is old."""
    found: list[str] = []
    days = [
        o.day
        for s in bench.stance.series
        for o in bench.stance.observations(s.actor, s.object, s.relation)
    ]
    days += [p.day for p in bench.pieces]
    if not bench.events:
        found.append("no signal: the answer is the model without any report (standoff read FILE)")
    elif not days:
        found.append("no signal bears on the question: the answer is the model without any report")
    elif (bench.at - max(days)).days > STALE_DAYS:
        found.append(f"no signal newer than {(bench.at - max(days)).days} days")
    apart = abs((bench.at - bench.system.as_of).days)
    if apart > 366:
        found.append(
            f"the covariates of the system description are of {bench.system.as_of}, {apart} days away"
        )
    if bench.basis.pair is None:
        found += bench.basis.notes[:1]
    return tuple(found)


def warnings(bench: Workbench) -> tuple[str, ...]:
    """What a reader must know before using the numbers, the remarks among it."""
    found: list[str] = []
    if bench.game.priors:
        found.append(
            "wide, for want of three recent signals in the channel: " + ", ".join(bench.game.priors)
        )
    found += bench.game.warnings
    found += remarks(bench)
    if bench.stance.refused:
        found.append(f"{len(bench.stance.refused)} events could not be measured")
    elicited = sum(c.origin.value == "elicited" for c in bench.coefficients.items)
    found.append(
        f"{elicited} of {len(bench.coefficients.items)} coefficients are elicited: judgements, "
        "not counts"
    )
    return tuple(found)


def timelines(stance: Stance, system: System, as_of: date) -> tuple[Timeline, ...]:
    """Each defender's commitment over two years, filtered: each day uses what was known by then."""
    days = [*_months(as_of, MONTHS), as_of]
    found: list[Timeline] = []
    for k in system.defenders:
        levels = stance.timeline(k, system.protege, days=days)
        found.append(
            Timeline(
                levels[-1].handle,
                f"{system.name(k)} to {system.name(system.protege)}",
                tuple(Point(level.at, level.words, level.deeds) for level in levels),
            )
        )
    return tuple(found)


def _months(until: date, count: int) -> list[date]:
    """The first days of the `count` months up to and including the month of `until`."""
    found: list[date] = []
    for back in range(count - 1, -1, -1):
        index = until.year * 12 + until.month - 1 - back
        day = date(index // 12, index % 12 + 1, 1)
        if day < until:
            found.append(day)
    return found


def _number(handle: str) -> int:
    return int(handle.partition("-")[2])
