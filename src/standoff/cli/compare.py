"""What moved between two days, and how two codings agree: diff, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    SHOWN,
    AsOfOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_records,
    emit_table,
    find_dossier,
    listed_day,
    open_dossier,
    progress,
    say,
    say_listed,
    shorten,
    signal_line,
)
from standoff.cli.whatif import DrawsOption, SeedOption
from standoff.errors import InputError

FIRST = ("war", "within.3", "within.6", "within.12")
"""The answer stands above everything else that moved."""


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command()(diff)
    app.command()(agreement)


def diff(
    since: Annotated[str, typer.Option(help="The earlier day, YYYY-MM-DD, or a run (R-3f2a).")],
    until: Annotated[
        str | None,
        typer.Option(
            "--until", "--as-of", help="The later day or run; else the run last assessed."
        ),
    ] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="By when things were recorded, not published.")
    ] = False,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What moved since a day, by how much, and because of which words.

    Example: standoff diff --since 2021-07-01
    """
    from standoff.assess import assess_question, footing, open_bench, rank_causes, system_of
    from standoff.brief import multiplier, percent
    from standoff.ledger import Ledger, changes_since, compare_levels, compare_parts

    path: Path = find_dossier(dossier)
    with Ledger.open(path) as ledger:
        early = listed_day(ledger, since) or date.min
    with (
        Ledger.open(path, recorded_by=early if recorded else None) as before,
        Ledger.open(path, recorded_by=until if recorded else None) as after,
    ):
        system = system_of(after)
        on = footing(after, system, None if recorded else until, draws=draws, seed=seed)
        late = on.day
        first_day = late if recorded else early
        if first_day > late:
            raise InputError(
                f"--since {early} after {late}", "an earlier day", "--since 2021-07-01"
            )
        changes = changes_since(before, after, since=first_day, until=late)
        tell = progress if form is OutputFormat.TABLE else None
        answers = [
            assess_question(
                ledger, system, as_of=day, draws=on.draws, seed=on.seed, progress=tell, aside=True
            )
            for ledger, day in ((before, first_day), (after, late))
        ]
        one, two = (after.run(a.run).payload for a in answers)
        levels, numbers = compare_levels(one, two), compare_parts(one, two)
        gained = {s.event_key: s.event for s in changes.gained}
        bench = open_bench(after, system, as_of=late, draws=on.draws, seed=on.seed)
        causes = rank_causes(bench, gained)
    moved: list[dict[str, Any]] = [
        {
            "handle": m.key if m in levels else f"{answers[1].run}#{m.key}",
            "what": m.label,
            "before": m.before,
            "after": m.after,
            "difference": m.difference,
            "because": list(causes.of(m.key, m.gained)),
            "no_longer": list(m.lost),
        }
        for m in (
            *(n for n in numbers if n.key in FIRST),
            *levels,
            *(n for n in numbers if n.key not in FIRST),
        )
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "since": since,
                "until": str(late),
                "runs": [a.run for a in answers],
                "documents": [d.handle for d in changes.documents],
                "gained": [s.handle for s in changes.gained],
                "lost": [s.handle for s in changes.lost],
                "changed": [new.handle for _, new in changes.changed],
                "decisions": [d.number for d in changes.decisions],
                "causes": [
                    {
                        "event": c.event,
                        "signals": list(c.signals),
                        "times": c.multiplier.mean,
                        "low": c.multiplier.low,
                        "high": c.multiplier.high,
                        "quote": c.quote,
                    }
                    for c in causes.influences
                ],
                "moved": moved,
            }
        )
        return
    say(f"from {first_day} to {on.said}")
    one_year, now = (a.war.mean for a in answers)
    say(f"attack within a year: {percent(one_year)} then, {percent(now)} now")
    say(
        f"{len(changes.documents)} documents, {len(changes.gained)} signals more, "
        f"{len(changes.lost)} fewer, {len(changes.changed)} changed, "
        f"{len(changes.decisions)} decisions; {answers[0].run} to {answers[1].run}"
    )
    shown = causes.influences[:SHOWN]
    if shown:
        emit_table(
            ["because", "day", "chance with it over without", "words"],
            [
                [
                    f"{c.event} {c.signals[0]}",
                    c.day,
                    multiplier(c.multiplier),
                    ("note: " if c.noted else "") + shorten(c.quote, 70),
                ]
                for c in shown
            ],
            title=f"what came, by what it does to the answer: {len(causes.influences)} of "
            f"{len(gained)} events bear on it",
        )
    for item in changes.lost[-SHOWN:]:
        say("  - " + signal_line(item))
    if not (changes.gained or changes.lost or changes.changed):
        say("no signal came, went or changed: what moved did so because the days passed")
    units = {k: str(part["unit"]) for k, part in two["parts"].items()}
    rows = [_row(m, units.get(m["handle"].partition("#")[2], "")) for m in moved[: 3 * SHOWN]]
    emit_records(rows, form, ["handle", "what", "before", "after", "difference", "because"])
    if len(moved) > len(rows):
        say(f"and {len(moved) - len(rows)} more: --format json")
    say(f'next     standoff why "{answers[1].run}#war"')


def _row(moved: Mapping[str, Any], unit: str) -> dict[str, str]:
    """A number that moved as it is printed: a probability in per cent, and its change in points."""
    before, after, change = moved["before"], moved["after"], moved["difference"]
    row = {"before": f"{before:.4g}", "after": f"{after:.4g}", "difference": f"{change:+.3g}"}
    if unit in ("probability", "share"):
        row = {
            "before": f"{100 * before:.3g} %",
            "after": f"{100 * after:.3g} %",
            "difference": f"{100 * change:+.2g} points",
        }
    because = " ".join(moved["because"][:4])
    return {"handle": moved["handle"], "what": moved["what"], **row, "because": because}


def agreement(
    layer: Annotated[str, typer.Argument(help="The second coding, as imported with --layer.")],
    dossier: DossierOption = None,
    as_of: AsOfOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """How two codings of the same documents agree: Krippendorff's alpha for each field.

    Example: standoff agreement second-coder
    """
    from standoff.ledger import compare_layers

    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        say_listed(ledger, day, form)
        found = compare_layers(ledger, layer, as_of=day)
    fields = [
        {
            "field": name,
            "same": None if found.same[name] is None else round(found.same[name] or 0.0, 3),
            "alpha": alpha if alpha is None else round(alpha, 3),
        }
        for name, alpha in found.alpha.items()
    ]
    rows = [
        {
            "first": d.first,
            "second": d.second,
            "field": d.field,
            "main": d.first_value,
            layer: d.second_value,
            "quote": shorten(d.quote, 50) if form is OutputFormat.TABLE else d.quote,
        }
        for d in found.disagreements
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "matched": found.matched,
                "only_main": list(found.only_first),
                "only_second": list(found.only_second),
                "f1": found.f1,
                "same": dict(found.same),
                "alpha": dict(found.alpha),
                "disagreements": rows,
            }
        )
        return
    say(
        f"{found.matched} signals in both, {len(found.only_first)} only in main, "
        f"{len(found.only_second)} only in {layer}; F1 {found.f1:.2f}"
    )
    shown = [{**f, "alpha": "no variation" if f["alpha"] is None else f["alpha"]} for f in fields]
    emit_records(shown, form, ["field", "same", "alpha"])
    if rows:
        emit_records(rows, form, list(rows[0]), title="disagreements")
    for title, handles in (("main", found.only_first), (layer, found.only_second)):
        if handles:
            say(f"only in {title}: {' '.join(handles)}")
