"""`standoff assess`: from a dossier to an answer with intervals and handles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    open_dossier,
    parse_day,
    progress,
    say,
    shorten,
)

if TYPE_CHECKING:
    from standoff.assess import Assessment


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("assess")(assess)


def assess(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Use what was available by this day; else all there is."),
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    report: Annotated[
        str | None, typer.Option(help="Show the effect of this document; else of the latest.")
    ] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Answer the system's question from the dossier.

    Example: standoff assess --as-of 2021-08-13
    """
    from standoff.assess import assess_question
    from standoff.systems import load_system

    with open_dossier(dossier, recorded_by) as ledger:
        system = load_system(ledger.system)
        known = [d.published for d in ledger.documents()]
        day = parse_day(as_of) if as_of else max([*known, system.as_of])
        answer = assess_question(
            ledger,
            system,
            as_of=day,
            draws=draws,
            seed=seed,
            report=report,
            progress=progress if form is OutputFormat.TABLE else None,
        )
    if form is OutputFormat.JSON:
        emit_json({"run": answer.run, **answer.payload()})
    else:
        print_assessment(answer)


def print_assessment(a: Assessment) -> None:
    """The assessment on one screen or two, every number with its handle."""
    from standoff.brief import interval, judgements, level, multiplier, percent

    run = a.run
    say(f"{a.title}, as of {a.as_of}   {run}")
    say(f"{a.question} {a.act}")
    say(
        f"{a.n_documents} documents, {a.n_signals} signals, {a.n_events} events; "
        f"{a.draws:,} draws, seed {a.seed}; {a.software}"
    )
    say()
    for sentence in judgements(a)[0]:
        say(f"{sentence.text}  {' '.join(sentence.handles)}".rstrip())
    say()
    rows = [
        [s.name, percent(s.war.median), interval(s.war), multiplier(s.ratio), f"{run}#{s.key}"]
        for s in a.stages
    ]
    rows += [
        [f"under {s.name} alone", percent(s.war.median), interval(s.war), "", f"{run}#set.{s.name}"]
        for s in a.prior_sets
    ]
    rows += [
        [f"class: {b.name}", percent(b.model.median), interval(b.model), "", f"{run}#{b.key}"]
        for b in a.base_rates
    ]
    emit_table(["war within a year", "median", "90 % interval", "times base rate", "why"], rows)
    say()
    emit_table(
        ["signalled stance", "words", "deeds", "gap", "signals"],
        [
            [
                line.handle,
                level(line.words) + _mark(line.words_status),
                level(line.deeds) + _mark(line.deeds_status),
                level(line.gap),
                f"{line.n_signals} ({line.n_reviewed} reviewed)",
            ]
            for line in a.levels
        ],
    )
    say("levels in standard deviations; p: fewer than three recent signals, so its prior is used")
    say()
    shown = [s for s in a.shifts if s.status == "measured"][:4]
    if shown:
        emit_table(
            ["shift?", "channel", "move", "probability", "carried by"],
            [
                [
                    s.level,
                    s.channel,
                    f"{s.direction} > {s.delta:g} sd in {s.weeks:g} weeks",
                    percent(s.probability),
                    " ".join(s.signals[:4]),
                ]
                for s in shown
            ],
        )
        say()
    emit_table(
        ["behaviour", "given", "median", "90 % interval", "why"],
        [
            [q.label, q.given, percent(q.estimate.median), interval(q.estimate), f"{run}#{q.key}"]
            for q in a.quantities
        ],
    )
    say()
    emit_table(
        ["multiplies the odds of war", "by (90 %)", "why"],
        [
            [f.name, multiplier(f.multiplier), f"{run}#{f.key}"]
            for f in sorted(a.factors, key=lambda f: f.multiplier.median)
        ]
        + [[f"if {f.name}", multiplier(f.multiplier), f"{run}#{f.key}"] for f in a.levers],
    )
    say()
    print_effects(a)
    if a.influences:
        emit_table(
            ["event", "day", "odds with it over without", "words it rests on"],
            [
                [
                    f"{i.event} {i.signals[0] if i.signals else ''}",
                    i.day,
                    multiplier(i.multiplier),
                    shorten(i.quote, 64),
                ]
                for i in a.influences[:8]
            ],
        )
        say()
    for claim in a.contested:
        say(f"contested {claim.handle}  «{shorten(claim.quote, 60)}»  {shorten(claim.why, 110)}")
    for warning in a.warnings:
        say(f"note      {warning}")
    for name, rate, source in a.published_rates:
        say(f"beside it {name}: {percent(rate)} ({source})")
    say()
    say(f'next      standoff why "{run}#war"   or   standoff brief --out brief.html')


def print_effects(a: Assessment) -> None:
    """What the report in focus changes: its events against none, itself against the others."""
    from standoff.brief import multiplier

    if a.focus is None:
        say("effects   no report was read: standoff read REPORT.txt --published YYYY-MM-DD")
        say()
        return
    say(f"effects of {a.focus.handle} «{a.focus.title or 'untitled'}», {a.focus.published}")
    for e in a.effects:
        what = "no effect" if e.nothing else f"odds of war {multiplier(e.multiplier)}"
        say(f"  {e.name}: {what}  {a.run}#{e.key}")
        if e.sentence:
            say(f"    {e.sentence}")
        for handle, words, deeds in e.levels[:4]:
            say(f"    {handle}  words {words:+.2f}  deeds {deeds:+.2f}")
    say()


def _mark(status: str) -> str:
    return " p" if status == "prior" else ""
