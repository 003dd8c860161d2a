"""`standoff system new` and `update`: a description from facts, and the same on another day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import parse_day, say, shorten
from standoff.errors import StoreFailure

if TYPE_CHECKING:
    from standoff.systems import System

ChallengerOption = Annotated[
    str | None, typer.Option(help="Who would attack: a code or name of that day (USSR).")
]
ProtegeOption = Annotated[
    str | None,
    typer.Option(help="Who is to be deterred for: a code, a name, or a place (Falklands)."),
]
DefendersOption = Annotated[
    str | None, typer.Option(help="Who may fight for it, patron first: USA,JPN. Else proposed.")
]
SupportersOption = Annotated[str | None, typer.Option(help="Who may support it. Else proposed.")]
ProliferatorsOption = Annotated[str | None, typer.Option(help="Who may arm. Else proposed.")]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="A folder of data sets; else those of `standoff data`."),
]
OutOption = Annotated[Path | None, typer.Option("-o", "--out", help="The file to write.")]


def register(family: typer.Typer) -> None:
    """Add the commands to the family."""
    family.command("new")(new)
    family.command("update")(update)


def new(
    challenger: Annotated[
        str, typer.Option(help="Who would attack: a code or name of that day (USSR).")
    ],
    protege: Annotated[
        str, typer.Option(help="Who is to be deterred for: a code, a name, or a place (Falklands).")
    ],
    on: Annotated[str, typer.Option("--on", help="The day, YYYY-MM-DD.")],
    defenders: DefendersOption = None,
    supporters: SupportersOption = None,
    proliferators: ProliferatorsOption = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Write a description of any crisis from facts: roles proposed with reasons, values with sources.

    What is not covered stands in the file as absent, with its reason. `--defenders ""` is nobody.

    Example: standoff system new --challenger RUS --protege UKR --on 2022-01-15 -o ukraine.toml
    """
    system = drafted(
        challenger, protege, parse_day(on, "--on"), defenders, supporters, proliferators, data
    )
    path = out or Path(f"{system.slug}.toml")
    write(path, system)
    tell(system)
    say(f"wrote    {path}")
    say(f"next     standoff system show {path}   standoff new NAME --system {path}")


def update(
    file: Annotated[Path, typer.Argument(help="The description, or the name of a shipped system.")],
    on: Annotated[str, typer.Option("--on", help="The new day, YYYY-MM-DD.")],
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Move a description to another day, and say what changed and why.

    Values of data sets are drawn anew; judgements and hand-made rows stay. Without `-o` the changes are
    shown and nothing is written.

    Example: standoff system update west-pacific-2021 --on 2025-06-01 -o west-pacific-2025.toml
    """
    from standoff.cli.system_check import print_differences
    from standoff.forecast import update_system
    from standoff.systems import diff_systems, load_system

    before = load_system(str(file))
    after = update_system(before, parse_day(on, "--on"), data=data_sets(data))
    print_differences(diff_systems(before, after))
    if out is None:
        say("nothing is written; -o FILE.toml writes the new description")
        return
    write(out, after)
    say(f"wrote    {out}")
    say(f"next     standoff system check {out}")


def data_sets(folder: Path | None) -> Mapping[str, Path]:
    """The user's files of data sets, id to path."""
    from standoff.history import data_files

    return data_files(folder)


def drafted(
    challenger: str,
    protege: str,
    on: date,
    defenders: str | None,
    supporters: str | None,
    proliferators: str | None,
    data: Path | None,
) -> System:
    """The crisis that the options describe."""
    from standoff.forecast import describe_crisis

    return describe_crisis(
        challenger,
        protege,
        on,
        defenders=_list(defenders),
        supporters=_list(supporters),
        proliferators=_list(proliferators),
        data=data_sets(data),
    )


def _list(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(p.strip() for p in text.split(",") if p.strip())


def write(path: Path, system: System) -> None:
    """Write a description under a name that is free. Raises `StoreFailure` for one that is taken."""
    from standoff.systems import system_toml

    heading = (
        f"{system.title}: drafted by standoff system new from facts, each with its source.",
        "Change what you know better, then run: standoff system check " + path.name,
    )
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(system_toml(system, heading=heading))
    except FileExistsError as error:
        raise StoreFailure(
            f"{path}, which is there", "a name that is free", "-o ANOTHER.toml, or remove it"
        ) from error


def tell(s: System) -> None:
    """The first screen of a new description: who, why, how much is covered, what is not."""
    say(f"{s.title}")
    say(s.question)
    because = {(c.actor, c.role): "; ".join(c.because) for c in s.candidates}
    groups = (
        ("defender", s.defenders),
        ("supporter", s.supporters),
        ("proliferator", s.proliferators),
    )
    for role, actors in groups:
        for a in actors:
            say(
                f"{role:<13}{a}  {s.name(a)}: {shorten(because.get((a, role), ''), 80 - len(s.name(a)))}"
            )
    if not s.defenders:
        say(
            "defender     nobody is proposed: no treaty or record that ships binds one; see --defenders"
        )
    for c in [c for c in s.candidates if c.role == "none"][:3]:
        say(f"left out     {c.actor}  {shorten('; '.join(c.because), 80)}")
    for t in s.territories[:3]:
        say(
            f"territory    {t.name}: held by {t.holder}, claimed by {', '.join(t.claimants) or 'nobody else'}"
        )
    target = s.default_class
    say(f"base rate    {target.attacks} attacks in {target.dyad_years:,} dyad-years: {target.name}")
    gaps = [g for g in s.absent if g.kind.value == "fact"]
    stand_ins = sum(len(g.actors) for g in gaps if g.stand_in is not None)
    values = len(s.covariates) - stand_ins + len(s.relations)
    missing = sum(max(len(g.actors), 1) for g in gaps)
    say(f"values       {values} with a source, {missing} facts absent with a reason"
        + (f" ({stand_ins} with a stand-in that the game needs)" if stand_ins else ""))  # fmt: skip
    names = list(dict.fromkeys(g.name for g in gaps))
    for i in range(0, len(names), 4):
        say(f"{'absent' if i == 0 else '':<13}{', '.join(names[i : i + 4])}")
