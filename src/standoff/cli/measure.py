"""`standoff measure` and `standoff timeline`: where stances stand, and how they moved."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    open_dossier,
    parse_day,
    progress,
    say,
    shorten,
)
from standoff.cli.measure_print import level_record, print_levels, print_one, span
from standoff.errors import BadRecord, InputError, UnreadableFile

if TYPE_CHECKING:
    from standoff.measure import Series, Stance
    from standoff.terms import Event

SeriesOption = Annotated[
    str | None, typer.Option("--series", help='One series, quoted: "JPN>TWN", "CHN>JPN:hostility".')
]
AtOption = Annotated[
    str | None, typer.Option("--at", help="The day, YYYY-MM-DD; else that of the last signal.")
]


ModelOption = Annotated[
    str | None, typer.Option("--model", help="A shipped model (model-1) or a .toml file.")
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
    _fit_group(app).command("stance")(fit_stance)


def _fit_group(app: typer.Typer) -> typer.Typer:
    """The group `fit`, made here unless another family made it first."""
    for group in app.registered_groups:
        if group.name == "fit" and group.typer_instance is not None:
            return group.typer_instance
    made = typer.Typer(name="fit", help="Fit the constants of a room to data.", no_args_is_help=True,
                       rich_markup_mode=None)  # fmt: skip
    app.add_typer(made)
    return made


def measure(
    series: SeriesOption = None,
    at: AtOption = None,
    records: Annotated[
        Path | None,
        typer.Option("--from", help="Records of `standoff read --format jsonl`; no dossier."),
    ] = None,
    within: Annotated[float, typer.Option(help="Window of the shift, weeks.")] = 26.0,
    delta: Annotated[float, typer.Option(help="Smallest shift that counts, sd.")] = 0.5,
    model: ModelOption = None,
    items: ItemsOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Measure stance: words and deeds apart, with intervals and the probability of a shift.

    Examples: standoff measure --at 2021-08-13;
    standoff measure --series "JPN>TWN" --at 2021-08-13;
    standoff read report.txt --published 2021-08-13 --format jsonl | standoff measure --from -
    """
    day = parse_day(at, "--at") if at else None
    stance, bad = _stance(day, records, dossier, model, items)
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
        print_levels(levels, moves, stance)
        if series is not None:
            print_one(levels[0], moves[levels[0].series], stance)
        for refused in bad:
            progress(f"refused  {refused.key}: {refused.reason}")
        if levels and records is None:
            say(f"next     standoff timeline --series '{levels[0].series}'")
    if bad:
        raise typer.Exit(1 if stance.diagnostics.n_events else 2)


def timeline(
    series: Annotated[str, typer.Option("--series", help='The series, quoted: "JPN>TWN".')],
    start: Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.")] = None,
    at: AtOption = None,
    points: Annotated[int, typer.Option(help="How many days to show.")] = 61,
    dossier: DossierOption = None,
    form: Annotated[
        TimelineFormat,
        typer.Option("--format", help="plot, table, json or vega (a specification)."),
    ] = TimelineFormat.PLOT,
) -> None:
    """Show how one stance moved; each day from what had happened and was known by then.

    Example: standoff timeline --series "JPN>TWN" --since 2015-01-01
    """
    from standoff.measure import days_between, sketch, timeline_chart
    from standoff.terms import Channel

    stance, _ = _stance(parse_day(at, "--at") if at else None, None, dossier)
    chosen = _chosen(series, stance)[0]
    seen = stance.observations(chosen.actor, chosen.object, chosen.relation)
    if start is None and not seen:
        raise InputError(
            f"the series {series} without a signal by {stance.at}", "one with signals, or --since",
            "standoff measure lists the series",
        )  # fmt: skip
    first = parse_day(start, "--since") if start else seen[0].day
    days = days_between(first, stance.at, points)
    levels = stance.timeline(chosen.actor, chosen.object, chosen.relation, days=days)
    if form is TimelineFormat.JSON:
        emit_json([level_record(v, ()) for v in levels])
    elif form is TimelineFormat.VEGA:
        emit_json(timeline_chart(levels, [o.day for o in seen if o.day >= first]))
    elif form is TimelineFormat.TABLE:
        emit_table(
            ("handle", "words", "deeds", "n words", "n deeds"),
            [(v.handle, span(v.words), span(v.deeds), v.n_words, v.n_deeds) for v in levels],
        )
    else:
        for channel in Channel:
            say(
                f"{chosen}  {channel.value}: median o (. where it rests on the prior), 90 % interval"
            )
            say(sketch(levels, channel))
            say()
        say(f"next     standoff why '{levels[-1].handle}'")


def fit_stance(
    out: Annotated[Path, typer.Option("--out", help="Where to write the model file (.toml).")],
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "fitted",
    version: Annotated[int, typer.Option("--version", help="Its version.")] = 1,
    hold: Annotated[
        list[str] | None, typer.Option("--hold", help="A constant to keep; may be repeated.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of the constants.")] = 256,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 0,
    at: AtOption = None,
    records: Annotated[
        Path | None, typer.Option("--from", help="Records of `standoff read`; no dossier.")
    ] = None,
    model: ModelOption = None,
    items: ItemsOption = None,
    dossier: DossierOption = None,
) -> None:
    """Fit the constants of measurement to a record, and write them to a model file.

    Example: standoff fit stance --out my-model.toml --hold explicitness
    """
    import numpy as np

    from standoff.measure import write_model

    if draws < 16:
        raise InputError(f"--draws {draws}", "at least 16", "--draws 256")
    stance, _ = _stance(parse_day(at, "--at") if at else None, records, dossier, model, items)
    fit = stance.fit(
        rng=np.random.default_rng(seed), draws=draws, hold=tuple(hold or ()), progress=progress
    )
    good = "converged" if fit.converged else "NOT converged"
    say(
        f"fit      {good}: largest slope left {fit.gradient:.2g}; {fit.ess:.0f} effective of "
        f"{len(fit.draws)} draws; {fit.design.count} signals, {len(fit.design.series)} series"
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
    day: date | None,
    records: Path | None,
    dossier: Path | None,
    model: str | None = None,
    items: str | None = None,
) -> tuple[Stance, tuple[Any, ...]]:
    """The stance on `day`, and the records that were refused."""
    from standoff.measure import events_from_records, load_items, load_model, measure_stance

    refused: tuple[Any, ...] = ()
    events: tuple[Event, ...]
    if records is None:
        with open_dossier(dossier) as ledger:
            events = ledger.events(as_of=day)
    else:
        made = events_from_records(_records(records), known=day)
        events, refused = made.events, made.refused
    if not events:
        why = "; ".join(f"{r.key}: {r.reason}" for r in refused[:3])
        raise InputError(
            "no signal" + (f" ({why})" if why else ""),
            "at least one signal that was known by then",
            "standoff read REPORT.txt --published YYYY-MM-DD, or a later --at",
        )
    at = day or max(e.available for e in events)
    return measure_stance(
        events,
        at=at,
        items=load_items(items) if items else None,
        model=load_model(model) if model else None,
    ), refused


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Records of a JSON Lines file or of one JSON array; `-` is the standard input."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: {error}", "records in UTF-8", "check --from") from error
    if text.lstrip().startswith("["):
        yield from _array(text, path)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _object(line, f"{path} line {number}")


def _array(text: str, path: Path) -> list[Mapping[str, Any]]:
    try:
        value: Any = json.loads(text)
    except ValueError as error:
        raise BadRecord(f"{path}: {error}", "a JSON array of records", "see read") from error
    items = cast("list[Any]", value)
    if not all(isinstance(v, dict) for v in items):
        raise BadRecord(f"{path}: an item that is no object", "records", "see standoff read")
    return cast("list[Mapping[str, Any]]", items)


def _object(line: str, where: str) -> Mapping[str, Any]:
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        raise BadRecord(
            f"{where}: {shorten(line, 40)!r}",
            "one JSON object a line",
            "standoff read --format jsonl",
        ) from error
    if not isinstance(value, dict):
        raise BadRecord(f"{where}: no object", "one JSON object a line", "standoff read")
    return cast("Mapping[str, Any]", value)


def _chosen(series: str | None, stance: Stance) -> list[Series]:
    from standoff.measure import Series

    return list(stance.series) if series is None else [Series.parse(series)]
