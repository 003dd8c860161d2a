"""`standoff assess`: from a dossier to an answer with intervals and handles."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

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
from standoff.errors import BadRecord, InputError, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from standoff.assess import Assessment, Outlook
    from standoff.forecast import Rates
    from standoff.game import Coefficients

UPDATES = 10
"""Lines of the ledger of updates that are printed one by one."""


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
    signals: Annotated[
        Path | None,
        typer.Option("--signals", help="Coded signals, one JSON object a line, and no dossier."),
    ] = None,
    system: Annotated[
        str | None, typer.Option("--system", help="With --signals: a system by name or file.")
    ] = None,
    challenger: Annotated[
        str | None, typer.Option(help="Without a system: the code of the challenger.")
    ] = None,
    protege: Annotated[str | None, typer.Option(help="The code of the protege.")] = None,
    defenders: Annotated[
        str, typer.Option(help="Codes of those who may fight for it, patron first: USA,JPN.")
    ] = "",
    supporters: Annotated[str, typer.Option(help="Codes of those who may support it.")] = "",
    coefficients: Annotated[
        list[str] | None,
        typer.Option(
            "--coefficients",
            help="A file of your own: of the game, or the rates that `fit forecast --save` wrote.",
        ),
    ] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Answer the system's question from a dossier, or from a file of coded signals.

    Examples: standoff assess --as-of 2021-08-13;
    standoff assess --signals acts.jsonl --challenger RUS --protege UKR --as-of 2022-02-23
    """
    from standoff.assess import assess_bench, open_bench, outlook_of, outlook_record
    from standoff.systems import load_system

    chosen, rates = own_files(coefficients or [])
    if signals is not None or challenger is not None or protege is not None:
        if dossier is not None or recorded_by is not None or report is not None:
            raise InputError(
                "--signals or --challenger with a dossier", "one or the other", "leave one out"
            )
        roles = (challenger, protege, _codes(defenders), _codes(supporters))
        outlook = _without_dossier(signals, system, roles, as_of, draws, seed, chosen, rates)
        if form is OutputFormat.JSON:
            emit_json(outlook_record(outlook))
        else:
            print_outlook(outlook)
        return
    with open_dossier(dossier, recorded_by) as ledger:
        described = load_system(ledger.system)
        if system is not None and load_system(system).slug != described.slug:
            raise InputError(
                f"--system {system} with a dossier of {described.slug}",
                "the system of the dossier",
                "leave out --system, or give --signals",
            )
        known = [d.published for d in ledger.documents()]
        day = parse_day(as_of) if as_of else max([*known, described.as_of])
        tell = progress if form is OutputFormat.TABLE else None
        bench = open_bench(
            ledger,
            described,
            as_of=day,
            draws=draws,
            seed=seed,
            coefficients=chosen,
            rates=rates,
        )
        answer = assess_bench(ledger, bench, report=report, progress=tell)
    if form is OutputFormat.JSON:
        emit_json({"run": answer.run, **answer.payload(), **outlook_record(outlook_of(bench))})
    else:
        print_assessment(answer)


def own_files(names: Sequence[str]) -> tuple[Coefficients | None, Rates | None]:
    """Coefficients of the game and rates of pairs from files of the user, told by what they hold."""
    from standoff.forecast import read_rates
    from standoff.game import load_coefficients

    game, rates = None, None
    for name in names:
        file = Path(name)
        if file.is_file() and "[onset]" in file.read_text("utf-8", errors="replace"):
            rates = read_rates(file)
        else:
            game = load_coefficients(name)
    return game, rates


def _codes(text: str) -> tuple[str, ...]:
    return tuple(c.strip().upper() for c in text.split(",") if c.strip())


def _without_dossier(
    signals: Path | None,
    system: str | None,
    roles: tuple[str | None, str | None, tuple[str, ...], tuple[str, ...]],
    as_of: str | None,
    draws: int,
    seed: int,
    coefficients: Coefficients | None,
    rates: Rates | None,
) -> Outlook:
    from standoff.assess import forecast_events
    from standoff.forecast import draft_system, events_of
    from standoff.systems import load_system

    challenger, protege, defenders, supporters = roles
    day = parse_day(as_of) if as_of else None
    given = any((challenger, protege, defenders, supporters))
    if (system is None) == (challenger is None or protege is None) or (system and given):
        raise InputError(
            "signals without a system" if system is None else "a system and roles beside it",
            "--system NAME, or --challenger X --protege Y",
            "give one of the two",
        )
    if system is not None:
        described = load_system(system)
        day = day or described.as_of
    elif challenger is not None and protege is not None:
        if day is None:
            raise InputError("no day", "--as-of YYYY-MM-DD", "a system is drafted for a day")
        described = draft_system(
            challenger.upper(), protege.upper(), day, defenders=defenders, supporters=supporters
        )
    else:
        raise InputError("one side alone", "--challenger X --protege Y", "name both")
    records = read_records(signals) if signals else []
    taken = events_of(records, known=day)
    found = forecast_events(
        described,
        taken.events,
        as_of=day,
        draws=draws,
        seed=seed,
        coefficients=coefficients,
        rates=rates,
    )
    refused = tuple((r.key, r.reason) for r in taken.refused)
    if records and not taken.events:
        raise BadRecord(
            f"{len(records)} records of which none is a signal that can be used"
            + (f" (the first: {refused[0][1]})" if refused else ""),
            "event, channel, valence, sources, targets, status and date in each",
            "standoff read --format jsonl prints such records; see docs/reference/forecast.md",
        )
    return replace(found, passed=(*refused, *found.passed))


def read_records(file: Path) -> list[dict[str, Any]]:
    """Records of a JSONL file. A line that is no JSON object ends it, with its number."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{file}: {error}", "a JSONL file in UTF-8", "check it") from error
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record: Any = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRecord(
                f"line {number}: {error}", "one JSON object a line", "mend it"
            ) from error
        if not isinstance(record, dict):
            raise BadRecord(f"line {number}: {line[:40]!r}", "a JSON object", "mend it")
        found.append(cast("dict[str, Any]", record))
    return found


def print_outlook(o: Outlook) -> None:
    """The forecast of a question without a dossier: horizons, updates, defenders, notes."""
    from standoff.brief import interval, multiplier, percent

    say(f"{o.system.title}")
    say(f"{o.system.question} {o.system.act}")
    answer = o.answer
    emit_table(
        ["attack", "chance", "90 %, of the rate", "base rate"],
        [
            [
                f"within {h.months} months",
                percent(h.attack.mean),
                interval(h.attack),
                percent(answer.base_at(h.months).mean),
            ]
            for h in answer.horizons
        ],
    )
    say()
    ranked = sorted(answer.lines, key=lambda u: -abs(math.log(max(u.ratio.mean, 1e-12))))
    emit_table(
        ["update", "day", "within 12 months, times", "words it rests on"],
        [
            [u.name, str(u.day or ""), multiplier(u.ratio), shorten(u.quote, 60)]
            for u in ranked[:UPDATES]
        ],
    )
    if len(ranked) > UPDATES:
        rest = math.prod(u.ratio.mean for u in ranked[UPDATES:])
        say(
            f"and {len(ranked) - UPDATES} more lines, together x{rest:.2f}; all lines multiply to 12 months"
        )
    say()
    for actor, e in o.defenders:
        say(
            f"{o.system.name(actor)} fights, given a resisted attack: {percent(e.mean)} ({interval(e)})"
        )
    say(f"a crisis is open today: {percent(answer.crisis.mean)}; ceiling {percent(answer.ceiling)}")
    for note in o.notes:
        say(f"note      {note}")
    for handle, why in o.passed:
        say(f"no evidence: {handle}: {why}")


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
        [
            f"within {months} months",
            percent(chance.mean),
            interval(chance),
            percent(base.mean),
            f"{run}#within.{months}",
        ]
        for (months, chance), (_, base) in zip(a.horizons, a.base_horizons, strict=True)
    ]
    emit_table(["attack", "chance", "90 %, of the rate", "base rate", "why"], rows)
    say()
    rows = [
        [s.name, percent(s.war.mean), interval(s.war), multiplier(s.ratio), f"{run}#{s.key}"]
        for s in a.stages
    ]
    rows += [
        [f"under {s.name} alone", percent(s.war.mean), interval(s.war), "", f"{run}#set.{s.name}"]
        for s in a.prior_sets
    ]
    emit_table(["attack within a year", "chance", "90 %", "times base rate", "why"], rows)
    say("intervals are uncertainty about the rate; a chance is the mean over draws")
    for b in a.base_rates:
        say(f"class     {b.name}: {percent(b.rate)}, {b.counts}")
    say()
    print_updates(a)
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
    say("levels in standard deviations; p: fewer than three recent signals, so wide")
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
        ["behaviour", "given", "chance", "90 % interval", "why"],
        [
            [q.label, q.given, percent(q.estimate.mean), interval(q.estimate), f"{run}#{q.key}"]
            for q in a.quantities
        ],
    )
    say()
    emit_table(
        ["multiplies the odds of an attack", "by (90 %)", "why"],
        [
            [f.name, multiplier(f.multiplier), f"{run}#{f.key}"]
            for f in sorted(a.factors, key=lambda f: f.multiplier.mean)
        ]
        + [[f"if {f.name}", multiplier(f.multiplier), f"{run}#{f.key}"] for f in a.levers],
    )
    say()
    print_effects(a)
    if a.influences:
        emit_table(
            ["event", "day", "chance with it over without", "words it rests on"],
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


def print_updates(a: Assessment) -> None:
    """The ledger of updates: what led from the base rate to the answer, the widest movers first."""
    from standoff.brief import multiplier, percent

    shown = a.widest_updates(UPDATES)
    rest = math.prod(u.ratio.mean for u in a.updates if u not in shown)
    emit_table(
        ["update", "day", "times likelier", "why", "words it rests on"],
        [
            [u.name, u.day, multiplier(u.ratio), f"{a.run}#{u.key}", shorten(u.quote, 56)]
            for u in shown
        ],
    )
    if len(a.updates) > UPDATES:
        say(
            f"and {len(a.updates) - UPDATES} more lines, together ×{rest:.2f}; all lines multiply to 12 months"
        )
    for text in dict.fromkeys(u.precedent for u in a.updates if u.precedent):
        say(f"precedent {text}")
    say(f"ceiling   the most that evidence could make of it: {percent(a.ceiling)}")
    say()


def print_effects(a: Assessment) -> None:
    """What the report in focus changes: its events against none, itself against the others."""
    from standoff.brief import multiplier

    if a.focus is None:
        say("effects   no report was read: standoff read REPORT.txt --published YYYY-MM-DD")
        say()
        return
    say(f"effects of {a.focus.handle} «{a.focus.title or 'untitled'}», {a.focus.published}")
    for e in a.effects:
        what = "no effect" if e.nothing else f"chance of an attack {multiplier(e.multiplier)}"
        say(f"  {e.name}: {what}  {a.run}#{e.key}")
        if e.sentence:
            say(f"    {e.sentence}")
        for handle, words, deeds in e.levels[:4]:
            say(f"    {handle}  words {words:+.2f}  deeds {deeds:+.2f}")
    say()


def _mark(status: str) -> str:
    return " p" if status == "prior" else ""
