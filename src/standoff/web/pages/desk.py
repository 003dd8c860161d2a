"""The Desk: the answer, and what is to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.api.screens import View, desk_screen
from standoff.web.place import Place


def desk(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """The first screen of a dossier."""
    return "desk.html", {"desk": desk_screen(view)}
