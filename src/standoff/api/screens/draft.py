"""A new dossier: about a system that ships, or about any two sides on a day, drafted from facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standoff.api.dossier import new_dossier
from standoff.api.screens.forms import actor_code
from standoff.errors import StoreFailure
from standoff.forecast import draft_system
from standoff.systems import load_system, shipped_systems, system_toml


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
