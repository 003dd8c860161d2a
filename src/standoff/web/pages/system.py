"""The System: edges that lead to the What-if, nodes that lead to their levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.api.screens import View, system_screen
from standoff.web.place import Place


def system(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """Who deters whom from what."""

    def whatif(lever: str, amount: float) -> str:
        return place.to("whatif", **{f"l.{lever}": f"{amount:g}"})

    screen = system_screen(view, why=place.why, whatif=whatif)
    return "system.html", {"screen": screen, "whatif": whatif}
