"""The start page: the dossiers of this folder, and a new one for any crisis."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standoff.api.screens import look, make_drafted, make_shipped, shipped
from standoff.errors import DossierExists, InputError, StandoffError
from standoff.web.place import NAME, day_of, inside

MOST = 30


def start_page(folder: Path, first: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What the start page shows; a dossier that cannot be opened is listed with the reason."""
    rows: list[dict[str, Any]] = []
    found = inside(folder)
    for path in found[:MOST]:
        row: dict[str, Any] = {"name": path.stem, "href": f"/d/{path.stem}/desk", "error": ""}
        try:
            with look(path) as view:
                reports = sum(not d.record for d in view.documents)
                row |= {
                    "title": view.system.title, "question": view.system.question,
                    "reports": reports, "left": view.to_review, "day": view.day.isoformat(),
                }  # fmt: skip
        except StandoffError as error:
            row["error"] = f"{error.came}; {error.remedy}"
        rows.append(row)
    return {
        "title": "standoff",
        "rows": rows,
        "more": max(len(found) - MOST, 0),
        "folder": str(folder),
        "shipped": shipped(),
        "first": first,
    }


def make(folder: Path, given: Mapping[str, str], author: str) -> str:
    """Make a dossier from the form; its name."""
    name = given.get("name", "").strip().removesuffix(".standoff")
    if not NAME.fullmatch(name):
        raise InputError(
            f"the name {name!r}", "letters, digits, hyphens and dots, no spaces", "taiwan-2021"
        )
    if (folder / f"{name}.standoff").exists():
        raise DossierExists(f"the name {name}", "a name that is free", "choose another")
    system = given.get("system", "").strip()
    if given.get("kind") == "shipped":
        if system not in {s.slug for s in shipped()}:
            raise InputError(f"the system {system!r}", "one that ships", "choose it from the list")
        make_shipped(folder, name, system, with_record=given.get("record", "") == "yes")
        return name
    make_drafted(
        folder,
        name,
        given.get("challenger", ""),
        given.get("protege", ""),
        day_of(given.get("day", "").strip()),
        defenders=_names(given.get("defenders", "")),
        supporters=_names(given.get("supporters", "")),
    )
    return name


def _names(text: str) -> list[str]:
    parts = text.split(",") if "," in text else text.split()
    return [p.strip() for p in parts if p.strip()]
