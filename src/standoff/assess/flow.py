"""From a dossier to an assessment: the one place where every room meets.

```
ledger ─▶ events ─▶ measure ─▶ stance ─▶ game ─┐
              └───▶ pieces of evidence ────────┼─▶ forecast ─▶ what each thing contributes
         pair and day ─▶ base rate ────────────┘
```
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import metadata

from standoff.assess.answer import Workbench
from standoff.assess.asking import note_forecasts
from standoff.assess.assessment import (
    Assessment,
    BaseRate,
    Focus,
    LevelLine,
    PriorSet,
    Quantity,
    ShiftLine,
    Stage,
    Update,
    widest,
)
from standoff.assess.bench import open_bench
from standoff.assess.contributions import attribution, influences, levers
from standoff.assess.describe import (
    assumptions,
    confidence_of,
    contested,
    evidence,
    timelines,
    warnings,
)
from standoff.assess.effects import effects
from standoff.assess.numbers import parts
from standoff.errors import InputError
from standoff.forecast import Answer, Rates, UpdateLine, numbers_beside, obligations_to
from standoff.game import FORECAST, Coefficients, Solutions, solve_batch
from standoff.ledger import Ledger, StoredDocument
from standoff.measure import Level, Stance
from standoff.systems import System
from standoff.terms import Estimate, Relation

WINDOW = 52.0
"""Weeks in which a shift is looked for: the year that one play covers."""
Progress = Callable[[str], None]


def assess_question(
    ledger: Ledger,
    system: System,
    *,
    as_of: date,
    draws: int = 2000,
    seed: int = 1,
    report: str | None = None,
    coefficients: Coefficients | None = None,
    rates: Rates | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Answer the question of a system from what a dossier held on `as_of`.

    `report` is the document whose effect is shown (a handle such as D-003); without it, the
    latest that was read. The answer is kept in the dossier; its handle is `run`.
    Raises `InputError` for fewer than 100 draws or a report that is not in the dossier.
    """
    _enough(draws)
    tell = progress or _silent
    tell(f"solve    levels of words and deeds, and the game, {draws:,} draws")
    bench = open_bench(
        ledger,
        system,
        as_of=as_of,
        draws=draws,
        seed=seed,
        coefficients=coefficients,
        rates=rates,
    )
    return assess_bench(ledger, bench, report=report, progress=progress)


def assess_bench(
    ledger: Ledger,
    bench: Workbench,
    *,
    report: str | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """The answer that an open workbench of a dossier gives; see `assess_question`."""
    _enough(bench.draws.n)
    tell = progress or _silent
    system, stance, as_of, events = bench.system, bench.stance, bench.at, bench.events
    focus = _focus(ledger, report, as_of)
    solved = solve_batch(bench.game, bench.draws)
    answer = bench.answer()
    few = solve_batch(bench.game, bench.few, outputs=FORECAST)
    tell("explain  what contributes, what would change the answer")
    levels = _levels(stance, system)
    keys = tuple(level.handle for level in levels)
    found_influences = influences(bench, ledger, events, few)
    found_effects = effects(bench, ledger, events, few, focus.handle) if focus else ()
    updates = tuple(_update(line) for line in answer.lines)
    shown = evidence(ledger, as_of, found_influences, found_effects, levels, widest(updates))
    parts_of_record = ledger.signals(as_of=as_of)
    assessment = Assessment(
        run="",
        system=system.slug,
        title=system.title,
        question=system.question,
        act=system.act,
        as_of=as_of,
        seed=bench.seed,
        draws=bench.draws.n,
        software=f"standoff {metadata.version('standoff')}; {bench.coefficients.name}, {bench.use.model.name}",
        focus=Focus(focus.handle, focus.title, focus.source, focus.published) if focus else None,
        base_rates=_base_rates(bench),
        stages=_stages(bench, answer),
        quantities=_quantities(system, solved, answer),
        horizons=tuple((h.months, h.attack) for h in answer.horizons),
        base_horizons=tuple((h.months, h.attack) for h in answer.base),
        updates=updates,
        ceiling=round(answer.ceiling, 12),
        prior_sets=_prior_sets(bench, answer),
        levels=levels,
        shifts=_shifts(stance, system),
        factors=attribution(bench),
        effects=found_effects,
        influences=found_influences,
        levers=levers(bench, few),
        contested=contested(ledger, as_of),
        evidence=shown,
        timelines=timelines(stance, system, as_of),
        published_rates=tuple(
            (r.name + (f", {r.events} of {r.cases}" if r.cases else ""), r.rate, r.source)
            for r in (*system.joining_rates, *system.published_rates)
        ),
        beside=_beside(bench),
        assumptions=assumptions(bench),
        warnings=warnings(bench, system, as_of),
        n_documents=len({s.document for s in parts_of_record}),
        n_events=len(events),
        n_signals=len(parts_of_record),
        confidence=confidence_of(shown, keys),
    )
    kept = _keep(ledger, assessment)
    note_forecasts(ledger, bench, kept.run)
    return kept


def _enough(draws: int) -> None:
    if draws < 100:
        raise InputError(f"{draws} draws", "at least 100, for an interval", "--draws 2000")


def _silent(_: str) -> None:
    return None


def _keep(ledger: Ledger, assessment: Assessment) -> Assessment:
    """Store the assessment with its parts; its handle is a hash of both."""
    payload = assessment.payload()
    payload["parts"] = {p.key: p.payload() for p in parts(assessment)}
    run = ledger.save_run(assessment.as_of, payload)
    return replace(assessment, run=run)


def digest(assessment: Assessment) -> str:
    """A hash of everything in an assessment but its handle; equal answers have equal hashes."""
    text = json.dumps(assessment.payload(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _focus(ledger: Ledger, report: str | None, as_of: date) -> StoredDocument | None:
    """The document named, or the latest that was read (the record that ships is never it)."""
    documents = ledger.documents()
    if report is not None:
        for item in documents:
            if item.handle == report:
                return item
        raise InputError(
            f"report {report!r}",
            f"a document of this dossier: {', '.join(d.handle for d in documents) or 'none yet'}",
            "standoff documents",
        )
    read = [
        d for d in documents if d.published <= as_of and not d.source.startswith("standoff chron")
    ]
    return read[-1] if read else None


def _base_rates(bench: Workbench) -> tuple[BaseRate, ...]:
    return tuple(
        BaseRate(
            key=f"class.{i}",
            name=item.name,
            rate=item.probability,
            source=item.source,
            default=item.default,
            counts=f"{item.attacks} of {item.dyad_years:,} directed dyad-years",
        )
        for i, item in enumerate(bench.system.reference_classes, start=1)
    )


def _beside(bench: Workbench) -> tuple[tuple[str, str], ...]:
    """What is owed to the protege and what others say: (kind, line), not used in the answer."""
    system = bench.system
    owed = obligations_to(bench.basis.holder, bench.at)
    others = numbers_beside(system.challenger, system.protege, bench.at)
    return (*(("owes", o.line) for o in owed), *(("elsewhere", n.line) for n in others))


def _stages(bench: Workbench, answer: Answer) -> tuple[Stage, ...]:
    """Base rate, with the strategic model, with the evidence: each over the base rate."""
    base, final = answer.arrays[""], answer.arrays["all"]
    silent = answer.arrays["strategic"]
    one = Estimate(1.0, 1.0, 1.0)
    pair = "the pair's own fitted rate" if bench.basis.pair else "the rate of the reference class"
    return (
        Stage("stage.1", "base rate", Estimate.of(base), one, pair),
        Stage(
            "stage.2",
            "with the strategic model",
            Estimate.of(silent),
            Estimate.ratio(silent, base),
            "forces, treaties, trade, law, distance, and what the patrons signalled",
        ),
        Stage(
            "stage.3",
            "with the evidence",
            Estimate.of(final),
            Estimate.ratio(final, base),
            "every act between the two, by kind, number and recency",
        ),
    )


def _update(line: UpdateLine) -> Update:
    return Update(
        line.key,
        line.name,
        line.ratio,
        line.handles,
        line.day.isoformat() if line.day else "",
        line.quote,
        line.precedent,
        line.origin,
    )


def _quantities(system: System, solved: Solutions, answer: Answer) -> tuple[Quantity, ...]:
    c, t = system.name(system.challenger), system.name(system.protege)
    head = (
        Quantity("war", f"Attack by {c} on {t} within a year", answer.at(12)),
        Quantity("crisis", f"A crisis opened by {c} within a year, short of an attack",
                 Estimate.of(answer.arrays["crisis"] - answer.arrays["all"])),
        Quantity("crisis.now", "A crisis is open today", answer.crisis),
        Quantity("hold", "General deterrence holds for the year",
                 Estimate.of(1.0 - answer.arrays["crisis"])),
    )  # fmt: skip
    found = [("resist", "resist|attack", f"{t} resists", "an attack")]
    for k in system.defenders:
        found.append((f"fight.{k}", f"fight:{k}", f"{system.name(k)} fights", "a resisted attack"))
        found.append(
            (
                f"fight.{k}.read",
                f"fight:{k}@{system.challenger}",
                f"{system.name(k)} fights, as {c} reads it",
                "a resisted attack",
            )
        )
        found.append(
            (
                f"support.{k}",
                f"support:{k}",
                f"{system.name(k)} supports without fighting",
                "a resisted attack",
            )
        )
    for first, second in zip(system.defenders, system.defenders[1:], strict=False):
        for verb in ("fights", "abstains"):
            found.append(
                (
                    f"fight.{second}.if.{first}.{verb}",
                    f"fight:{second}|{first} {verb}",
                    f"{system.name(second)} fights",
                    f"a resisted attack in which {system.name(first)} {verb}",
                )
            )
    for k in system.supporters:
        found.append(
            (f"support.{k}", f"support:{k}", f"{system.name(k)} supports", "a resisted attack")
        )
    found.append(("win", "win", f"{c} wins", "a resisted attack"))
    for k in system.proliferators:
        for branch, words in (("hold", "general deterrence holds"), ("attack", "an attack")):
            found.append(
                (f"arm.{k}.{branch}", f"arm:{k}|{branch}", f"{system.name(k)} starts a bomb", words)
            )
    for n in range(1, len(system.proliferators) + 1):
        found.append(
            (
                f"new-nuclear.{n}.attack",
                f"new_nuclear:{n}|attack",
                f"{n} new nuclear state{'s' if n > 1 else ''}",
                "an attack",
            )
        )
    rest = (
        Quantity(key, label, solved.estimate(name), "probability", given)
        for key, name, label, given in found
        if name in solved.probabilities
    )
    return (*head, *rest)


def _prior_sets(bench: Workbench, answer: Answer) -> tuple[PriorSet, ...]:
    """The answer under each set of priors: the draws dealt to it."""
    sources = {s.name: s.source for s in bench.coefficients.sets}
    war, index = answer.arrays["all"], bench.draws.set_index
    return tuple(
        PriorSet(name, Estimate.of(war[index == i]), sources.get(name, ""))
        for i, name in enumerate(bench.draws.sets)
        if (index == i).any()
    )


def _series(system: System) -> tuple[tuple[str, str, Relation], ...]:
    c, t = system.challenger, system.protege
    commitments = [(k, t, Relation.COMMITMENT) for k in (*system.defenders, *system.supporters)]
    hostilities = [(c, k, Relation.HOSTILITY) for k in (t, *system.defenders)]
    return (*commitments, *hostilities)


def _levels(stance: Stance, system: System) -> tuple[LevelLine, ...]:
    return tuple(level_line(stance.level(*series)) for series in _series(system))


def level_line(level: Level) -> LevelLine:
    """A level as an assessment prints it."""
    return LevelLine(
        handle=level.handle,
        actor=level.series.actor,
        object=level.series.object,
        relation=level.series.relation.value,
        words=level.words,
        deeds=level.deeds,
        gap=level.gap,
        words_status=level.words_status,
        deeds_status=level.deeds_status,
        n_words=level.n_words,
        n_deeds=level.n_deeds,
        n_signals=level.n_signals,
        n_reviewed=level.reviewed,
        signals=level.handles,
    )


def _shifts(stance: Stance, system: System) -> tuple[ShiftLine, ...]:
    found: list[ShiftLine] = []
    for actor, target, relation in _series(system):
        for item in stance.shifts(actor, target, relation, within=WINDOW):
            level = stance.level(actor, target, relation)
            between = item.between
            found.append(
                ShiftLine(
                    level=level.handle,
                    channel=item.channel.value,
                    direction=item.direction,
                    probability=item.probability,
                    delta=item.delta,
                    weeks=item.weeks,
                    status=item.status,
                    between=f"{between[0]} to {between[1]}" if between else "",
                    signals=tuple(h for h, _ in item.signals),
                )
            )
    return tuple(sorted(found, key=lambda s: (-s.probability, s.level, s.channel)))
