"""The frame around every screen of a dossier: day, search, screens, what is to do."""

from __future__ import annotations

from typing import Any

from standoff.api.screens import View
from standoff.web.place import SCREENS, Place

SHARED = {"about": "A workbench for deterrence systems"}


def frame(view: View, place: Place) -> dict[str, Any]:
    """What the frame's template shows."""
    return {
        "place": place,
        "view": view,
        "title": f"{_label(place.screen)} · {view.name}",
        "tabs": [
            {"name": name, "label": label, "hint": hint, "href": place.to(name), "key": str(i)}
            for i, (name, label, hint) in enumerate(SCREENS, start=1)
        ],
        "day": view.day.isoformat(),
        "dates": {"asof": place.get("asof"), "rec": place.get("rec")},
        "carried": {
            k: v for k, v in place.query.items() if k not in ("asof", "rec", "edit", "mark") and v
        },
        "fixed": view.recorded_by is not None,
        "folded": {"rec": place.rec},
    }


def _label(screen: str) -> str:
    return next((label for name, label, _ in SCREENS if name == screen), screen.capitalize())
