"""Where a handle, a word or a decision leads: why, search, history."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from standoff.api.screens import View, document_of, explain_handle, found_words, history_of
from standoff.web.place import Place


def explain(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """What a number rests on, down to the words."""
    handle = place.get("h").strip() or place.sel
    if not handle:
        return "why_empty.html", {"title": f"Why · {view.name}"}
    tree = explain_handle(view, handle)
    return "why.html", {
        "tree": tree,
        "title": f"Why {tree.handle} · {view.name}",
        "document_of": partial(document_of, view),
    }


def search(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """Where words stand in texts, quotes and reasons."""
    wanted = place.get("q").strip()
    hits = found_words(view, wanted) if wanted else ()
    return "search.html", {"wanted": wanted, "hits": hits, "title": f"Search · {view.name}"}


def history(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """What was decided, the last first; each can be taken back."""
    return "history.html", {"rows": history_of(view), "title": f"Decisions · {view.name}"}
