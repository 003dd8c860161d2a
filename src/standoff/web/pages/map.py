"""The Map: a view of the ground in the address, and a ruler by names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from standoff.api.screens import View, map_screen
from standoff.errors import InputError
from standoff.web.place import Place


def draw(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """The map around a centre, or fitted to the dossier."""
    centre = place.get("at")
    found = re.fullmatch(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)", centre) if centre else None
    width = place.get("km")
    if (centre and not found) or (width and not re.fullmatch(r"\d{1,5}(\.\d+)?", width)):
        raise InputError(
            f"the view {centre} {width}", "latitude,longitude and kilometres", "at=24,122&km=500"
        )
    screen = map_screen(
        view,
        centre=(float(found[1]), float(found[2])) if found else None,
        km=float(width) if width else None,
        start=place.get("start"),
        end=place.get("end"),
        href=place.card,
    )
    return "map.html", {
        "screen": screen,
        "moves": [(*m, place.here(**m[3])) for m in screen.moves()],
    }
