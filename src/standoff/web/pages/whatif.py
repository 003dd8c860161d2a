"""What-if: the levers of an address, its scenarios, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.api.screens import Scenario, View, tornado, whatif_screen
from standoff.errors import StandoffError
from standoff.web.place import Place

LEVER = "l."
KEPT = ("k1", "k2", "k3", "k4")


def whatif(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """The answer under the levers that the address holds; a wrong one is said beside them."""
    chosen = {k[len(LEVER) :]: v for k, v in place.query.items() if k.startswith(LEVER)}
    kept = [(k, place.get(k)) for k in KEPT if place.get(k)]
    if place.get("keep") in KEPT:
        # Keeping a scenario is a change of the address alone.
        name = place.get("name").replace("~", " ").strip() or "unnamed"
        levers = tuple((k, float(v)) for k, v in chosen.items() if _number(v))
        acts = tuple(place.get("acts").split())
        more = {place.get("keep"): Scenario(name, levers, acts).text}
        return place.here(keep=None, name=None, **more), {}
    said = ""
    try:
        screen = whatif_screen(view, chosen, place.get("acts"), [v for _, v in kept])
    except StandoffError as error:
        said = f"{error.came}; expected {error.expected}; {error.remedy}"
        screen = whatif_screen(view, {})
    tab = place.get("tab", "dots")
    bars = tornado(view)[1] if tab == "tornado" else None
    return "whatif.html", {
        "screen": screen,
        "said": said,
        "tab": tab,
        "bars": bars,
        "groups": _groups(screen.handles),
        "kept": list(zip([k for k, _ in kept], screen.compared, strict=False)),
        "free": next((k for k in KEPT if not place.get(k)), ""),
        "reset": {f"{LEVER}{h.name}": None for h in screen.handles},
    }


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _groups(handles: Any) -> list[tuple[str, list[Any], list[Any]]]:
    """Levers by whom they are about: the main ones, and the rest."""
    names = dict.fromkeys(h.group for h in handles)
    return [
        (
            name,
            [h for h in handles if h.group == name and (h.main or h.moved)],
            [h for h in handles if h.group == name and not (h.main or h.moved)],
        )
        for name in names
    ]
