"""The Brief: to read, to edit, and as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from standoff.api.screens import View, brief_data, brief_markdown, brief_screen
from standoff.web.place import Place
from standoff.web.render import page, shown

FORMS = ("html", "md", "json")


def brief(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """The brief of the last run of the day; with `export` as a file."""
    screen = brief_screen(view)
    wanted = place.get("export")
    if screen is None or wanted not in FORMS:
        return "brief.html", {"brief": screen, "editing": place.get("edit")}
    name = f"{view.name}-{view.day.isoformat()}.{wanted}"
    # An attachment: nothing in it can act in the place of our own pages.
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if wanted == "md":
        return "file", {
            "body": shown(brief_markdown(screen)),
            "type": "text/markdown",
            "headers": headers,
        }
    if wanted == "json":
        # Escapes keep what reports hold from acting, wherever the file is opened.
        body = json.dumps(brief_data(screen), indent=1).replace("<", "\\u003c")
        return "file", {"body": body, "type": "application/json", "headers": headers}
    style = (resources.files("standoff.web") / "static" / "brief.css").read_text("utf-8")
    body = page("brief_file.html", {"brief": screen, "style": style, "view": view})
    headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    )
    return "file", {"body": body, "type": "text/html", "headers": headers}
