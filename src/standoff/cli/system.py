"""`standoff system`: who deters whom from what, as declared, and what follows by arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    open_dossier,
    say,
    shorten,
)
from standoff.errors import InputError, UnknownActor

if TYPE_CHECKING:
    from standoff.systems import Approach, System


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("system")(system)


def system(
    name: Annotated[
        str | None,
        typer.Argument(help="A shipped system or a .toml file; else the dossier's system."),
    ] = None,
    dossier: DossierOption = None,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Put this .toml file in the place of the dossier's description."
        ),
    ] = False,
    reason: Annotated[str, typer.Option("--because", help="Why the description changes.")] = "",
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show a system: roles, commitments, red lines, laws, ceilings with the distance to them, and
    what lies within reach of its units.

    A dossier holds its description; `--adopt` takes over a file that was edited since, as a decision.

    Examples: standoff system west-pacific-2021; standoff system mine.toml --adopt
    """
    from standoff.assess import adopt_system, system_of
    from standoff.systems import load_system

    if adopt:
        if name is None:
            raise InputError(
                "no file", "a .toml file to adopt", "standoff system MINE.toml --adopt"
            )
        with open_dossier(dossier) as ledger:
            taken = adopt_system(ledger, Path(name), reason)
        say(f"adopted  {taken.slug}: {taken.title}")
        say("next     standoff assess   or   standoff undo")
        return
    if name is None:
        with open_dossier(dossier) as ledger:
            shown = system_of(ledger)
    else:
        shown = load_system(name)
    if form is OutputFormat.JSON:
        emit_json(_record(shown))
    else:
        _print(shown)


def _record(s: System) -> dict[str, Any]:
    from standoff.systems import ceiling_distances, reaches

    return {
        **asdict(s),
        "ceiling_distances": [asdict(c) for c in ceiling_distances(s)],
        "reaches": [asdict(r) for r in reaches(s)],
        "approaches": [asdict(a) for a in _around(s)],
    }


def _print(s: System) -> None:
    from standoff.systems import ceiling_distances, reaches

    say(f"{s.title}   {s.slug}, as of {s.as_of}")
    say(f"{s.question} {s.act}")
    say(f"short of that, a challenge: {s.challenge}")
    _table("roles", ("actor", "name", "roles"), (
        (a, s.name(a), ", ".join(r.value for r in s.roles(a))) for a in s.actors
    ))  # fmt: skip
    _table("commitments", ("owner", "towards", "obligation", "since", "source"), (
        (c.owner, c.protege, c.obligation, c.since, shorten(c.source, 60)) for c in s.commitments
    ))  # fmt: skip
    _table("red lines", ("owner", "act", "consequence", "drawn", "by", "signal"), (
        (r.owner, r.act, r.consequence, r.drawn, r.by, r.signal) for r in s.red_lines
    ))  # fmt: skip
    _table("rules on the use of force", ("actor", "rule", "since", "trigger", "source"), (
        (r.actor, r.name, r.since, shorten(r.trigger, 60), shorten(r.source, 40)) for r in s.rules
    ))  # fmt: skip
    columns = ("actor", "ceiling", "value", "spent", "year", "left", "release", "note")
    _table("self-set ceilings: what is left below them", columns, (
        (c.ceiling.actor, c.ceiling.measure, c.ceiling.value, c.share, c.year,
         f"{c.left:+.3f}" if c.left >= 0 else f"{c.left:+.3f}, crossed", c.release, c.ceiling.note)
        for c in ceiling_distances(s)
    ))  # fmt: skip
    _table("units", ("actor", "place", "unit", "status", "from", "reach, km", "reach from"), (
        (u.actor, u.place, u.unit, u.status, u.start, u.reach_km or "", u.reach_source)
        for u in s.sites
    ))  # fmt: skip
    _table("what lies within reach, from the unit's place", ("place of unit", "towards", "km", ""), (
        (r.site.place, r.place, f"{r.km:.0f}",
         ("inside" if r.inside else "outside") + ("" if r.sure else ", too close to tell"))
        for r in reaches(s)
    ))  # fmt: skip
    around = _around(s)
    title = f"whose land lies nearest across {s.challenger}'s border and sea approaches"
    _table(title, ("faces", "share", "nuclear status", "elicited in the game"), (
        (a.neighbour or "open sea", f"{a.share:.3f}", a.nuclear or "", _elicited(s, a.neighbour))
        for a in around if a.share >= 0.01 or _elicited(s, a.neighbour)
    ))  # fmt: skip
    armed = sum(a.share for a in around if a.nuclear == "armed")
    base = _elicited(s, s.challenger, "encirclement_base")
    if around:
        say(
            f"armed states together {armed:.3f}"
            + (f"; hostile ones in the game {base}" if base else "")
        )
    else:
        say(f"{s.challenger} has no land on the shipped coastlines: what it faces is not computed")
    say()
    say("declared by the description, not measured; control is shown, not opinion")
    say(f"next     standoff new NAME --system {s.slug}   or   standoff assess")


def _around(s: System) -> tuple[Approach, ...]:
    """Whose land the challenger faces; nothing for an actor of an exercise, who is on no map."""
    from standoff.systems import approaches

    try:
        return approaches(s.challenger, s.as_of)
    except UnknownActor:
        return ()


def _elicited(s: System, actor: str, name: str = "encirclement_weight") -> str:
    """The share that the game takes for the actor, where the description gives one."""
    return next((f"{c.value:g}" for c in s.covariates if (c.name, c.actor) == (name, actor)), "")


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    found = list(rows)
    if found:
        say()
        emit_table(columns, found, title=title)
