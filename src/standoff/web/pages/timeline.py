"""The Timeline: a pair, a window, and where one may go from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from standoff.api.screens import View, timeline_screen
from standoff.web.place import Place, day_of


def timeline(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """One pair between two days."""
    clock = "reported" if place.get("clock") == "reported" else "happened"
    target = place.to("text", sel=None)
    path, _, query = target.partition("?")
    href = f"{path}/{{document}}?{query + '&' if query else ''}sel={{handle}}#{{handle}}"
    screen = timeline_screen(
        view,
        pair=place.get("pair"),
        first=day_of(place.get("from")) if place.get("from") else None,
        last=day_of(place.get("to")) if place.get("to") else None,
        clock=clock,
        href=href,
    )

    def at(window: tuple[date, date]) -> str:
        return place.here(**{"from": window[0].isoformat(), "to": window[1].isoformat()})

    return "timeline.html", {"screen": screen, "at": at, "clock": clock, "shown": 60}
