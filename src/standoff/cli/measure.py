"""`standoff measure` and `standoff timeline`: where stances stand, and how they moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    family,
    open_dossier,
    parse_day,
    progress,
    say,
)
from standoff.cli.measure_print import level_record, print_levels, print_one, span
from standoff.errors import InputError, UnreadableFile

if TYPE_CHECKING:
    from standoff.measure import Series, Stance
    from standoff.terms import Event

SeriesOption = Annotated[
    str | None, typer.Option("--series", help='One series, quoted: "JPN>TWN", "CHN>JPN:hostility".')
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", "--as-of", help="A day or a run (R-3f2a); else the run last assessed."),
]


ModelOption = Annotated[
    str | None, typer.Option("--model", help="A shipped model (model-1) or a .toml file.")
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="Records of `standoff read --format jsonl`; no dossier."),
]
ItemsOption = Annotated[
    str | None, typer.Option("--items", help="A shipped item table (items-1) or a .toml file.")
]


class TimelineFormat(StrEnum):
    """How `timeline` prints."""

    TABLE = "table"
    JSON = "json"
    PLOT = "plot"
    VEGA = "vega"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("measure")(measure)
    app.command("timeline")(timeline)
    family(app, "fit", "Fit the constants of a room to data.").command("stance")(fit_stance)


def measure(
    series: SeriesOption = None,
    at: AtOption = None,
    records: FromOption = None,
    within: Annotated[float, typer.Option(help="Window of the shift, weeks.")] = 26.0,
    delta: Annotated[float, typer.Option(help="Smallest shift that counts, sd.")] = 0.5,
    model: ModelOption = None,
    items: ItemsOption = None,
    recorded_by: RecordedByOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Measure stance: words and deeds apart, with intervals and the probability of a shift.

    Examples: standoff measure --at 2021-08-13;
    standoff measure --series "JPN>TWN" --at 2021-08-13;
    standoff read report.txt --published 2021-08-13 --format jsonl | standoff measure --from -
    """
    stance, bad, said = _stance(at, records, dossier, model, items, recorded_by)
    chosen = _chosen(series, stance)
    levels = [stance.level(s.actor, s.object, s.relation, weigh=series is not None) for s in chosen]
    moves = {s: stance.shifts(s.actor, s.object, s.relation, within=within, delta=delta)
             for s in chosen}  # fmt: skip
    if form is OutputFormat.JSON:
        emit_json(
            {
                "at": stance.at.isoformat(),
                "model": stance.diagnostics.model,
                "items": stance.diagnostics.items,
                "levels": [level_record(v, moves[v.series]) for v in levels],
                "refused": [
                    {"event": r.key, "handles": list(r.handles), "reason": r.reason}
                    for r in (*bad, *stance.diagnostics.refused)
                ],
            }
        )
    else:
        say(said)
        print_levels(levels, moves, stance)
        if series is not None and levels[0].n_signals == 0:
            say(
                f"no signal on {levels[0].series} by {stance.at}: this is what is held of any series"
            )
            say(_others(levels[0].series, stance))
        elif series is not None:
            print_one(levels[0], moves[levels[0].series], stance)
        for refused in bad:
            progress(f"refused  {refused.key}: {refused.reason}")
        if levels and levels[0].n_signals and records is None:
            say(f"next     standoff timeline --series '{levels[0].series}'")
    if bad:
        raise typer.Exit(1 if stance.diagnostics.n_events else 2)


def timeline(
    series: Annotated[str, typer.Option("--series", help='The series, quoted: "JPN>TWN".')],
    start: Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.")] = None,
    at: AtOption = None,
    points: Annotated[int, typer.Option(min=2, help="How many days to show.")] = 61,
    hindsight: Annotated[
        bool, typer.Option("--hindsight", help="Each day from all signals up to --at (smoothed).")
    ] = False,
    records: FromOption = None,
    model: ModelOption = None,
    items: ItemsOption = None,
    recorded_by: RecordedByOption = None,
    dossier: DossierOption = None,
    form: Annotated[
        TimelineFormat,
        typer.Option("--format", help="plot, table, json or vega (a specification)."),
    ] = TimelineFormat.PLOT,
) -> None:
    """Show how one stance moved; each day from what had happened and was known by then.

    Examples: standoff timeline --series "JPN>TWN" --since 2015-01-01;
    standoff timeline --series "JPN>TWN" --hindsight --format vega > timeline.json
    """
    from standoff.measure import days_between, sketch, timeline_chart
    from standoff.terms import Channel

    stance, _, said = _stance(at, records, dossier, model, items, recorded_by)
    chosen = _chosen(series, stance)[0]
    seen = stance.observations(chosen.actor, chosen.object, chosen.relation)
    if start is None and not seen:
        raise InputError(
            f"the series {chosen} without a signal by {stance.at}",
            "one with signals, or --since",
            _others(chosen, stance),
        )
    # A month before the first signal: the prior is seen to give way.
    first = parse_day(start, "--since") if start else seen[0].day - timedelta(days=28)
    days = days_between(first, stance.at, points)
    levels = list(stance.timeline(chosen.actor, chosen.object, chosen.relation, days=days))
    if hindsight:
        smooth = stance.smooth(chosen.actor, chosen.object, chosen.relation, days=days)
        levels = [
            replace(v, words=s.words, deeds=s.deeds) for v, s in zip(levels, smooth, strict=True)
        ]
    if form is TimelineFormat.JSON:
        emit_json([level_record(v, ()) for v in levels])
    elif form is TimelineFormat.VEGA:
        emit_json(timeline_chart(levels, [o.day for o in seen if o.day >= first]))
    elif form is TimelineFormat.TABLE:
        say(said)
        emit_table(
            ("handle", "words", "deeds", "n words", "n deeds"),
            [(v.handle, span(v.words), span(v.deeds), v.n_words, v.n_deeds) for v in levels],
        )
    else:
        say(said)
        known = f"with hindsight from {stance.at}" if hindsight else "each day as known then"
        for channel in Channel:
            say(
                f"{chosen}  {channel.value}, {known}: median o (. where it rests on the prior), "
                "90 % interval"
            )
            say(sketch(levels, channel))
            say()
        if records is None:
            say(f"next     standoff why '{levels[-1].handle}'")


def fit_stance(
    out: Annotated[Path, typer.Option("--out", help="Where to write the model file (.toml).")],
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "fitted",
    version: Annotated[int, typer.Option("--version", help="Its version.")] = 1,
    hold: Annotated[
        list[str] | None, typer.Option("--hold", help="A constant to keep; may be repeated.")
    ] = None,
    draws: Annotated[int, typer.Option(max=100_000, help="Draws of the constants.")] = 256,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 0,
    at: AtOption = None,
    records: FromOption = None,
    model: ModelOption = None,
    items: ItemsOption = None,
    recorded_by: RecordedByOption = None,
    dossier: DossierOption = None,
) -> None:
    """Fit the constants of measurement to a record, and write them to a model file.

    Example: standoff fit stance --out my-model.toml --hold explicitness
    """
    import numpy as np

    from standoff.measure import write_model

    if draws < 16:
        raise InputError(f"--draws {draws}", "at least 16", "--draws 256")
    stance, _, said = _stance(at, records, dossier, model, items, recorded_by)
    say(said)
    fit = stance.fit(
        rng=np.random.default_rng(seed), draws=draws, hold=tuple(hold or ()), progress=progress
    )
    good = "converged" if fit.converged else "NOT converged"
    say(
        f"fit      {good}: largest slope left {fit.gradient:.2g}; {fit.ess:.0f} effective of "
        f"{len(fit.draws)} draws; {fit.design.count} signals, {len(fit.design.series)} series"
    )
    if fit.ess < 50:
        say(
            "         few draws count, so the intervals below are rough: more --draws, or --hold some"
        )
    emit_table(
        ("constant", "prior", "median", "90 % from", "to"),
        [(n, *(f"{v:.2f}" for v in rest)) for n, *rest in fit.table()],
    )
    how = (
        f"standoff fit stance: {fit.design.count} signals in {len(fit.design.series)} series up to "
        f"{stance.at}, from {stance.diagnostics.model} and {stance.diagnostics.items}; "
        f"held: {', '.join(hold or ()) or 'nothing'}; {good}"
    )
    try:
        out.write_text(write_model(fit.model(name, version, how)), "utf-8")
    except OSError as error:
        raise UnreadableFile(
            f"{out}: {error}", "a file that can be written", "check --out"
        ) from error
    say(f"wrote    {out}")
    say(f"next     standoff measure --model {out}")
    if not fit.converged:
        raise typer.Exit(1)


# ---------------------------------------------------------------- input


def _stance(
    at: str | None,
    records: Path | None,
    dossier: Path | None,
    model: str | None = None,
    items: str | None = None,
    recorded_by: str | None = None,
) -> tuple[Stance, tuple[Any, ...], str]:
    """The stance on a day, the records that were refused, and in words which day it is."""
    from standoff.assess import footing, system_of
    from standoff.measure import events_from_records, load_items, load_model, measure_stance
    from standoff.terms import read_records

    refused: tuple[Any, ...] = ()
    actors: tuple[str, ...] = ()
    events: tuple[Event, ...]
    day: date | None
    if records is None:
        with open_dossier(dossier, recorded_by) as ledger:
            on = footing(ledger, system_of(ledger), at)
            day, said = on.day, on.said
            events = ledger.events(as_of=day)
            actors = tuple(row["code"] for row in ledger.added_actors())
    else:
        if recorded_by is not None:
            raise InputError(
                "--recorded-by with --from", "a dossier: records have no history of their own",
                "leave one of the two out",
            )  # fmt: skip
        day = parse_day(at, "--at") if at else None
        said = f"day {day} (as asked)" if day else ""
        made = events_from_records(read_records(records), known=day)
        events, refused = made.events, made.refused
    if not events:
        why = "; ".join(f"{r.key}: {r.reason}" for r in refused[:3])
        raise InputError(
            "no signal" + (f" ({why})" if why else ""),
            "at least one signal that was known by then",
            "a later --recorded-by or --at" if recorded_by
            else "standoff read REPORT.txt --published YYYY-MM-DD, or a later --at",
        )  # fmt: skip
    last = day or max(e.available for e in events)
    stance = measure_stance(
        events,
        at=last,
        items=load_items(items) if items else None,
        model=load_model(model) if model else None,
        actors=actors,
    )
    return stance, refused, said or f"day {last} (of the last signal)"


def _others(series: Series, stance: Stance) -> str:
    """Series with signals that an asker for `series` may have meant."""
    near = [str(s) for s in stance.series if {s.actor, s.object} & {series.actor, series.object}]
    named = near[:6] or [str(s) for s in stance.series][:6]
    return f"with signals: {', '.join(named)}" if named else "standoff measure lists the series"


def _chosen(series: str | None, stance: Stance) -> list[Series]:
    from standoff.measure import Series

    if series is None:
        return list(stance.series)
    asked = Series.parse(series)
    _refuse_unknown(asked, stance)
    return [asked]


def _refuse_unknown(series: Series, stance: Stance) -> None:
    """Refuse a series of an actor that no table and no signal knows: JAP is no state."""
    from rapidfuzz.distance import OSA

    from standoff.errors import UnknownActor
    from standoff.reference import organisations, states

    here = {actor for s in stance.series for actor in (s.actor, s.object)}
    known = here | {s.actor for s in states()} | {o.code for o in organisations()}
    for actor in (series.actor, series.object):
        if actor not in known:
            # Two edits for an actor of the record (JAP, JPN), one for any other code.
            near = sorted(a for a in here if OSA.distance(actor, a) <= 2)
            near = near or sorted(a for a in known if OSA.distance(actor, a) == 1)[:3]
            raise UnknownActor(
                f"{actor} in --series {series}",
                "an actor of these signals or a code of the tables"
                + (f"; nearest: {', '.join(near)}" if near else ""),
                _others(series, stance),
            )
