"""A new dossier: about a system that ships, or about any two sides on a day, drafted from facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from standoff.api.dossier import new_dossier
from standoff.api.screens.forms import actor_code
from standoff.errors import StoreFailure
from standoff.forecast import draft_system
from standoff.systems import System, load_system, shipped_systems


@dataclass(frozen=True, slots=True)
class Shipped:
    """A system that ships with the package."""

    slug: str
    title: str
    question: str


def shipped() -> tuple[Shipped, ...]:
    """The systems that ship."""
    found = [load_system(s) for s in shipped_systems()]
    return tuple(Shipped(s.slug, s.title, s.question) for s in found)


def make_shipped(folder: Path, name: str, slug: str, *, with_record: bool = True) -> Path:
    """A dossier about a system that ships, with its record unless told otherwise."""
    path = folder / f"{name}.standoff"
    new_dossier(path, system=slug, with_record=with_record).close()
    return path


def make_drafted(
    folder: Path,
    name: str,
    challenger: str,
    protege: str,
    on: date,
    *,
    defenders: Sequence[str] = (),
    supporters: Sequence[str] = (),
) -> Path:
    """A dossier about a crisis of two sides on a day; its description is written beside it.

    Sides are given by code or name. Raises `InputError` for sides that cannot stand against each other,
    `DossierExists` for a name that is taken.
    """
    system = draft_system(
        actor_code(challenger),
        actor_code(protege),
        on,
        defenders=[actor_code(d) for d in defenders],
        supporters=[actor_code(s) for s in supporters],
    )
    description = folder / f"{name}.toml"
    path = folder / f"{name}.standoff"
    try:
        with description.open("x", encoding="utf-8") as file:
            file.write(system_toml(system))
    except OSError as error:
        raise StoreFailure(
            f"{description.name}: {error.strerror}", "a name that is free, in a folder that can be written",
            "choose another name",
        ) from error  # fmt: skip
    try:
        new_dossier(path, system=str(description), with_record=False).close()
    except BaseException:
        description.unlink(missing_ok=True)
        raise
    return path


def system_toml(s: System) -> str:
    """A system as a description that `load_system` reads back, without what the drafts never hold.

    >>> from standoff.systems import parse_system
    >>> drafted = draft_system("RUS", "UKR", date(2022, 1, 15), defenders=["USA"])
    >>> parse_system(system_toml(drafted), "here") == drafted
    True
    """
    lines = ["# Drafted from shipped facts; change what you know better.", "", "[system]"]
    head = ("slug", "title", "as_of", "question", "act", "challenge", "worldview")
    lines += _pairs((k, str(getattr(s, k))) for k in head)
    lines += ["", "[roles]", *_pairs((k, getattr(s, k)) for k in ("challenger", "protege"))]
    lines += _pairs((k, list(getattr(s, k))) for k in ("defenders", "supporters", "proliferators"))
    lines += ["", "[names]", *_pairs(s.names.items())]
    for c in s.reference_classes:
        lines += ["", "[[reference_class]]"]
        lines += _pairs(
            [
                ("name", c.name), ("attacks", c.attacks), ("dyad_years", c.dyad_years),
                ("source", c.source), ("default", c.default),
                *((k, v) for k in ("rate", "low", "high") if (v := getattr(c, k)) is not None),
            ]
        )  # fmt: skip
    rate = s.challenge_rate
    lines += ["", "[challenge_rate]"]
    lines += _pairs([("name", rate.name), ("events", rate.events), ("dyad_years", rate.cases),
                     ("source", rate.source)])  # fmt: skip
    for r in s.joining_rates:
        lines += ["", "[[joining_rate]]"]
        lines += _pairs([("name", r.name), ("joined", r.events), ("cases", r.cases),
                         ("source", r.source)])  # fmt: skip
    for k in s.commitments:
        lines += ["", "[[commitment]]"]
        lines += _pairs([("owner", k.owner), ("protege", k.protege), ("obligation", k.obligation),
                         ("since", k.since.isoformat()), ("source", k.source)])  # fmt: skip
    for v in s.covariates:
        lines += ["", "[[covariate]]"]
        lines += _pairs([("name", v.name), ("values", {v.actor: v.value}),
                         ("references", {v.actor: v.reference}), ("unit", v.unit),
                         ("source", v.source), ("origin", v.origin.value)])  # fmt: skip
    return "\n".join(lines) + "\n"


def _pairs(items: Iterable[tuple[str, Any]]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in items]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    # JSON's strings, numbers, booleans and lists are TOML's too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
