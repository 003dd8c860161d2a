"""`standoff system`: who deters whom from what, as declared, and what follows by arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from standoff.cli import system_check, system_new
from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    emit_table,
    open_dossier,
    say,
    shorten,
)
from standoff.errors import InputError, UnknownActor

if TYPE_CHECKING:
    from standoff.systems import Approach, Covariate, System


class OfSystems(TyperGroup):
    """A family whose first word may be a system: `standoff system NAME` is `standoff system show NAME`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before what is no command of the family."""
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = ["show", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the family."""
    made = typer.Typer(
        cls=OfSystems,
        help="Descriptions of deterrence systems: list, show, new, check, diff, update. "
        "`standoff system NAME` shows one.",
        rich_markup_mode=None,
    )
    made.command("show")(show)
    made.command("list")(list_systems)
    for part in (system_new, system_check):
        part.register(made)
    app.add_typer(made, name="system")


def show(
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
    """Show a system: roles with reasons, territory, values, what is absent, commitments, red lines,
    laws, ceilings with the distance to them, and what lies within reach of its units.

    A dossier holds its description; `--adopt` takes over a file that was edited since, as a decision.

    Examples: standoff system show west-pacific-2021; standoff system mine.toml --adopt
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
        say(f"next     standoff new NAME --system {name}" if name else "next     standoff assess")


def list_systems(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the systems that ship.

    Example: standoff system list
    """
    from standoff.systems import load_system, shipped_systems

    found = [load_system(slug) for slug in shipped_systems()]
    rows = [
        {"system": s.slug, "day": s.as_of.isoformat(), "challenger": s.challenger, "protege": s.protege,
         "defenders": ",".join(s.defenders), "title": s.title}
        for s in found
    ]  # fmt: skip
    emit_records(rows, form, ["system", "day", "challenger", "protege", "defenders", "title"])
    if form is OutputFormat.TABLE:
        say("next     standoff system show NAME   standoff demo --system NAME")


def _record(s: System) -> dict[str, Any]:
    from standoff.systems import ceiling_distances, reaches

    return {
        **asdict(s),
        "ceiling_distances": [asdict(c) for c in ceiling_distances(s)],
        "reaches": [asdict(r) for r in reaches(s)],
        "approaches": [asdict(a) for a in _approaches(s)],
    }


def _print(s: System) -> None:
    from standoff.systems import ceiling_distances, reaches

    say(f"{s.title}   {s.slug}, as of {s.as_of}")
    say(f"{s.question} {s.act}")
    say(f"short of that, a challenge: {s.challenge}")
    _table("roles", ("actor", "name", "roles", "why"), (
        (a, s.name(a), ", ".join(r.value for r in s.roles(a)), shorten(_why(s, a), 70)) for a in s.actors
    ))  # fmt: skip
    _table("territory: who is in control, not who is right", ("place", "holder", "claimants", "since", "source"), (
        (t.name, t.holder, ", ".join(t.claimants), t.since or "", shorten(t.source, 40)) for t in s.territories
    ))  # fmt: skip
    _table("left out", ("actor", "why it was looked at"), (
        (c.actor, shorten("; ".join(c.because), 100)) for c in s.candidates if c.role == "none"
    ))  # fmt: skip
    _table("how often it came in cases like it", ("class", "attacks", "dyad-years", "a year", ""), (
        (c.name, c.attacks, c.dyad_years, f"{c.probability:.2%}", "calibrates the game" if c.default else "")
        for c in s.reference_classes
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
    _print_values(s)
    around = _approaches(s)
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
    say()
    say("declared by the description, not measured; control is shown, not opinion")


def _why(s: System, actor: str) -> str:
    return "; ".join(
        w for c in s.candidates if c.actor == actor and c.role != "none" for w in c.because
    )


def _approaches(s: System) -> tuple[Approach, ...]:
    """Whose land the challenger faces; nothing for an actor without land."""
    from standoff.systems import approaches

    try:
        return approaches(s.challenger, s.as_of)
    except UnknownActor:
        return ()


def _print_values(s: System) -> None:
    """Every value once: a row for each name and source, the actors beside each other."""
    from itertools import groupby

    def shared(c: Covariate) -> tuple[Any, ...]:
        return c.name, c.unit, c.source, c.origin, c.year, c.coverage

    gaps = {(g.name, a) for g in s.absent if g.stand_in is not None for a in g.actors}
    rows = [
        (key[0], "  ".join(f"{c.actor} {c.value:g}" for c in group), shorten(key[1], 34),
         key[4] or "", key[5].value if key[5] else key[3].value, shorten(key[2], 44))
        for key, group in groupby((c for c in s.covariates if (c.name, c.actor) not in gaps), shared)
    ]  # fmt: skip
    _table("values", ("name", "of", "unit", "year", "cover", "source"), rows)
    _table("of pairs", ("name", "of", "unit", "year", "source"), (
        (key[0], "  ".join(f"{r.actor}>{r.towards} {r.value:g}" for r in group), shorten(key[1], 44),
         key[2] or "", shorten(key[3], 44))
        for key, group in groupby(s.relations, lambda r: (r.name, r.unit, r.year, r.source))
    ))  # fmt: skip
    _table("absent: facts that no shipped table holds", ("name", "of", "the game takes", "because"), (
        (g.name, ", ".join(g.actors), "" if g.stand_in is None else f"{g.stand_in:g}", shorten(g.because, 80))
        for g in s.absent if g.kind.value == "fact"
    ))  # fmt: skip
    judged = [g.name for g in s.absent if g.kind.value == "judgement"]
    if judged:
        say()
        say(f"left to your judgement: {', '.join(judged)}")


def _elicited(s: System, actor: str, name: str = "encirclement_weight") -> str:
    """The share that the game takes for the actor, where the description gives one."""
    return next((f"{c.value:g}" for c in s.covariates if (c.name, c.actor) == (name, actor)), "")


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    found = list(rows)
    if found:
        say()
        emit_table(columns, found, title=title)
