"""Which screen answers at which address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from standoff.api.screens import View
from standoff.web.pages import brief, desk, look_up, map, system, text, timeline, whatif
from standoff.web.place import Place

SCREENS: Mapping[str, Callable[[View, Place], tuple[str, Mapping[str, Any]]]] = {
    "desk": desk.desk,
    "whatif": whatif.whatif,
    "timeline": timeline.timeline,
    "system": system.system,
    "map": map.draw,
    "brief": brief.brief,
    "text": text.text,
    "card": text.card,
    "why": look_up.explain,
    "search": look_up.search,
    "history": look_up.history,
}
