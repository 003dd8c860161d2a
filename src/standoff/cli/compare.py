"""What moved between two days, and how two codings agree: diff, agreement."""

from __future__ import annotations

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
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    say,
    shorten,
    signal_line,
)
from standoff.errors import InputError


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command()(diff)
    app.command()(agreement)


def diff(
    since: Annotated[str, typer.Option(help="The earlier day, YYYY-MM-DD.")],
    until: Annotated[str | None, typer.Option(help="The later day; else all there is.")] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="By when things were recorded, not published.")
    ] = False,
    draws: Annotated[int, typer.Option(max=100_000, help="Draws for both answers.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed for both answers.")] = 1,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What moved since a day, by how much, and because of which words.

    Example: standoff diff --since 2021-07-01
    """
    from standoff.assess import assess_question, system_of
    from standoff.ledger import Ledger, changes_since, compare_levels, compare_parts

    path: Path = find_dossier(dossier)
    early = parse_day(since, "--since")
    with (
        Ledger.open(path, recorded_by=early if recorded else None) as before,
        Ledger.open(path, recorded_by=until if recorded else None) as after,
    ):
        system = system_of(after)
        latest = max([*(d.published for d in after.documents()), system.as_of])
        late = parse_day(until, "--until") if until and not recorded else latest
        first_day = late if recorded else early
        if first_day > late:
            raise InputError(
                f"--since {early} after {late}", "an earlier day", "--since 2021-07-01"
            )
        changes = changes_since(before, after, since=first_day, until=late)
        tell = progress if form is OutputFormat.TABLE else None
        answers = [
            assess_question(ledger, system, as_of=day, draws=draws, seed=seed, progress=tell)
            for ledger, day in ((before, first_day), (after, late))
        ]
        one, two = (after.run(a.run).payload for a in answers)
        levels, numbers = compare_levels(one, two), compare_parts(one, two)
        quotes = {s.handle: s.signal.span.quote for s in after.signals()}
    moved: list[dict[str, Any]] = [
        {
            "handle": m.key if m in levels else f"{answers[1].run}#{m.key}",
            "what": m.label,
            "before": m.before,
            "after": m.after,
            "difference": m.difference,
            "because": list(m.gained),
            "no_longer": list(m.lost),
        }
        for m in (*levels, *numbers)
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
                "moved": moved,
            }
        )
        return
    say(
        f"{len(changes.documents)} documents, {len(changes.gained)} signals more, "
        f"{len(changes.lost)} fewer, {len(changes.changed)} changed, "
        f"{len(changes.decisions)} decisions; {answers[0].run} to {answers[1].run}"
    )
    for item in changes.gained[-SHOWN:]:
        say("  + " + signal_line(item))
    for item in changes.lost[-SHOWN:]:
        say("  - " + signal_line(item))
    rows = [
        {
            **m,
            "before": f"{m['before']:.4g}",
            "after": f"{m['after']:.4g}",
            "difference": f"{m['difference']:+.3g}",
            "because": " ".join(m["because"][-4:]),
        }
        for m in moved[: 3 * SHOWN]
    ]
    emit_records(rows, form, ["handle", "what", "before", "after", "difference", "because"])
    if len(moved) > len(rows):
        say(f"and {len(moved) - len(rows)} more: --format json")
    for handle in dict.fromkeys(h for m in moved[:SHOWN] for h in m["because"][-2:]):
        say(f"{handle}  «{shorten(quotes.get(handle, ''), 100)}»")
    say(f'next     standoff why "{answers[1].run}#war"')


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
        found = compare_layers(ledger, layer, as_of=parse_day(as_of) if as_of else None)
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
