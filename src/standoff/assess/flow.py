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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import metadata

from standoff.assess.answer import Workbench
from standoff.assess.asking import note_forecasts
from standoff.assess.assessment import (
    Assessment,
    BaseRate,
    Focus,
    PriorSet,
    Stage,
    widest,
)
from standoff.assess.bench import open_bench
from standoff.assess.contributions import attribution
from standoff.assess.describe import (
    assumptions,
    contested,
    evidence,
    standing_claims,
    timelines,
    warnings,
)
from standoff.assess.effects import effects
from standoff.assess.explained import anyone_fights, explain
from standoff.assess.numbers import parts
from standoff.assess.quantities import quantities
from standoff.assess.resting import (
    ANSWERS,
    Array,
    inputs_of,
    line_arrays,
    line_shares,
    shares,
)
from standoff.assess.standing import reports
from standoff.errors import InputError
from standoff.forecast import Answer, OutsideNumber, Rates, obligations_to
from standoff.game import FORECAST, Coefficients, solve_batch
from standoff.ledger import Ledger, StoredDocument
from standoff.systems import System
from standoff.terms import Estimate, Outcome

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
    aside: bool = False,
) -> Assessment:
    """Answer the question of a system from what a dossier held on `as_of`.

    `report` is the document whose effect is shown (a handle such as D-003); without it, the
    latest that was read. The answer is kept in the dossier; its handle is `run`, and other commands
    speak of it from now on unless it was made `aside`.
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
    return assess_bench(ledger, bench, report=report, progress=progress, aside=aside)


def assess_bench(
    ledger: Ledger,
    bench: Workbench,
    *,
    report: str | None = None,
    progress: Progress | None = None,
    aside: bool = False,
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
    parts_of_record = ledger.signals(as_of=as_of)
    drawn: dict[str, Array] = {}
    names = {s.event_key: s.event for s in parts_of_record}
    told = explain(bench, answer, few, anyone_fights(solved, system.defenders), names, drawn)
    found_effects = effects(bench, ledger, events, few, focus.handle) if focus else ()
    shown = evidence(
        ledger, as_of, told.influences, found_effects, told.levels, widest(told.updates)
    )
    claims = standing_claims(ledger, as_of)
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
        quantities=quantities(system, solved, answer, drawn),
        horizons=tuple((h.months, h.attack) for h in answer.horizons),
        base_horizons=tuple((h.months, h.attack) for h in answer.base),
        updates=told.updates,
        ceiling=round(answer.ceiling, 12),
        prior_sets=_prior_sets(bench, answer),
        levels=told.levels,
        shifts=told.shifts,
        factors=attribution(bench, drawn),
        effects=found_effects,
        influences=told.influences,
        levers=told.levers,
        contested=contested(claims),
        evidence=shown,
        timelines=timelines(stance, system, as_of),
        published_rates=tuple(
            (r.name + (f", {r.events} of {r.cases}" if r.cases else ""), r.rate, r.source)
            for r in (*system.joining_rates, *system.published_rates)
        ),
        beside=_beside(bench, told.outside),
        assumptions=assumptions(bench),
        warnings=warnings(bench),
        n_documents=len({s.document for s in parts_of_record}),
        n_events=len(events),
        n_signals=len(parts_of_record),
        n_claims=len(claims),
        n_unsettled=sum(c.outcome == Outcome.NOT_CHECKABLE for c in claims),
        grades=told.grades,
        actors=told.actors,
        outside=told.outside,
        remarks=told.remarks,
    )
    kept = _keep(ledger, assessment, bench, drawn, aside)
    if not aside:
        note_forecasts(ledger, bench, kept.run)
    return kept


def _enough(draws: int) -> None:
    if draws < 100:
        raise InputError(f"{draws} draws", "at least 100, for an interval", "--draws 2000")


def _silent(_: str) -> None:
    return None


def _keep(
    ledger: Ledger,
    assessment: Assessment,
    bench: Workbench,
    drawn: Mapping[str, Array],
    aside: bool,
) -> Assessment:
    """Store the assessment with its parts and what they rest on; its handle is a hash of all."""
    payload = assessment.payload()
    held = {p.key: p.payload() for p in parts(assessment)}
    known = inputs_of(bench)
    measured = shares({**drawn, **line_arrays(bench)}, known)
    lines = line_shares(assessment.updates)
    for key, part in held.items():
        # Lines of one kind of evidence share its slopes.
        mine = measured.get(key) or measured.get(key.rpartition(".")[0], {})
        if key == "strategic.1":
            # The facts are solved with stances at their priors: those of the reports do not enter.
            mine = {n: s for n, s in mine.items() if known[n][0].kind != "stance"}
        part["shares"] = {} if key.startswith("influence.") else mine
        part["lines"] = lines if key in ANSWERS else {}
    payload["parts"] = held
    used = {name for part in held.values() for name in part["shares"]}
    payload["inputs"] = {n: i.payload() for n, (i, _) in known.items() if n in used}
    run = ledger.save_run(assessment.as_of, payload, aside=aside)
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
    read = [d for d in reports(ledger) if d.published <= as_of]
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


def _beside(bench: Workbench, others: Sequence[OutsideNumber]) -> tuple[tuple[str, str], ...]:
    """What is owed to the protege and what others say: (kind, line), not used in the answer."""
    owed = obligations_to(bench.basis.holder, bench.at)
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


def _prior_sets(bench: Workbench, answer: Answer) -> tuple[PriorSet, ...]:
    """The answer under each set of priors: the draws dealt to it."""
    sources = {s.name: s.source for s in bench.coefficients.sets}
    war, index = answer.arrays["all"], bench.draws.set_index
    return tuple(
        PriorSet(name, Estimate.of(war[index == i]), sources.get(name, ""))
        for i, name in enumerate(bench.draws.sets)
        if (index == i).any()
    )
