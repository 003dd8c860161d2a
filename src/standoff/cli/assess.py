"""`standoff assess`: from a dossier to an answer with intervals and handles."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.assess_print import print_assessment, print_first, print_outlook
from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    say,
)
from standoff.errors import BadRecord, InputError, NoDossier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from standoff.assess import Outlook
    from standoff.forecast import Rates
    from standoff.game import Coefficients


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("assess")(assess)


def assess(
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="A day, or a run (R-3f2a) for its day; else that of the last run."
        ),
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    report: Annotated[
        str | None, typer.Option(help="Show the effect of this document; else of the latest.")
    ] = None,
    signals: Annotated[
        Path | None,
        typer.Option(
            "--signals",
            help="Coded signals and no dossier: one JSON object a line, or an export.",
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option("--system", help="Without a dossier: a system by name or file."),
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
    full: Annotated[
        bool, typer.Option("--full", help="Every table behind the first screen.")
    ] = False,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Answer the system's question from a dossier, from a file of coded signals, or from facts alone.

    Examples: standoff assess --as-of 2021-08-13; standoff assess --system ukraine-2022;
    standoff assess --signals acts.jsonl --challenger RUS --protege UKR --as-of 2022-02-23
    """
    from standoff.assess import (
        assess_bench,
        day_to_assess,
        footing,
        open_bench,
        outlook_of,
        outlook_record,
        system_of,
    )
    from standoff.brief import headline, outlook_headline
    from standoff.systems import load_system

    chosen, rates = own_files(coefficients or [])
    alone = system is not None and dossier is None and not _dossier_here()
    if alone or signals is not None or challenger is not None or protege is not None:
        if dossier is not None or recorded_by is not None or report is not None:
            raise InputError(
                "--signals or --challenger with a dossier", "one or the other", "leave one out"
            )
        roles = (challenger, protege, _codes(defenders), _codes(supporters))
        outlook = _without_dossier(signals, system, roles, as_of, draws, seed, chosen, rates)
        if form is OutputFormat.JSON:
            emit_json({"headline": asdict(outlook_headline(outlook)), **outlook_record(outlook)})
        elif full:
            print_outlook(outlook)
        else:
            print_first(outlook_headline(outlook))
            say("next       the same with --full, or --format json")
        return
    with open_dossier(dossier, recorded_by) as ledger:
        described = system_of(ledger)
        if system is not None and load_system(system).slug != described.slug:
            raise InputError(
                f"--system {system} with a dossier of {described.slug}",
                "the system of the dossier",
                "leave out --system, or give --signals",
            )
        day, why = day_to_assess(ledger, described)
        if as_of:
            on = footing(ledger, described, as_of, draws=draws, seed=seed)
            day, why = on.day, "as asked"
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
        emit_json(
            {
                "run": answer.run,
                "headline": asdict(headline(answer)),
                **answer.payload(),
                **outlook_record(outlook_of(bench)),
            }
        )
    elif full:
        say(f"day {day} ({why}), run {answer.run}")
        print_assessment(answer)
    else:
        print_first(headline(answer), why)
        say(f'next       standoff why "{answer.run}#war"   standoff assess --full   standoff brief')


def _dossier_here() -> bool:
    """Whether a dossier would be found without one being named."""
    try:
        find_dossier(None)
    except NoDossier as error:
        # Several that one could mean are a question to the user, not nothing.
        return not error.came.startswith("no dossier")
    return True


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
    from standoff.assess import forecast_events, read_events
    from standoff.forecast import draft_system
    from standoff.measure import RecordEvents
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
    taken = read_events(signals, known=day) if signals else RecordEvents((), ())
    refused = tuple((r.key, r.reason) for r in taken.refused)
    if signals is not None and not taken.events:
        raise BadRecord(
            f"{signals}: no signal that can be used"
            + (f" (the first of {len(refused)}: {refused[0][1]})" if refused else ""),
            "event, channel, valence, sources, targets, status and date in each",
            "standoff read --format jsonl prints such records; see docs/reference/forecast.md",
        )
    found = forecast_events(
        described,
        taken.events,
        as_of=day,
        draws=draws,
        seed=seed,
        coefficients=coefficients,
        rates=rates,
        explained=True,
    )
    if refused and found.explained is not None:
        why = refused[0][1].removeprefix("bad-record: ").partition("; expected")[0]
        said = f"{len(refused)} of the records cannot be used: {refused[0][0]}, {why}"
        told = found.explained
        found = replace(found, explained=replace(told, remarks=(said, *told.remarks)))
    return replace(found, passed=(*refused, *found.passed))
