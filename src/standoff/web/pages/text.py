"""The Dossier screen: a text, its marks, the card that is selected, and a second text beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from standoff.api.screens import (
    Card,
    DocumentLine,
    TextScreen,
    View,
    blank_form,
    claim_options,
    edit_form,
    last_decisions,
    one_card,
    text_screen,
)
from standoff.web.place import Place


def text(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """A document by its handle; without one the last that was read."""
    if not place.rest:
        target = _first(view, place.sel)
        if target is None:
            return "text_empty.html", {}
        return place.to("text", target, show=place.get("show")), {}
    screen = text_screen(view, place.rest, shown=place.get("show", "all"))
    beside = place.get("beside")
    second = text_screen(view, beside) if beside and beside != place.rest else None
    listed = screen.listed()
    card = screen.card(place.sel) or _next_open(screen)
    values: dict[str, Any] = {
        "screen": screen,
        "second": second,
        "listed": listed,
        "last": last_decisions(view),
        "select": _selecting(place),
        "following": _following(view, place.rest),
        **card_values(view, place, card),
    }
    values["title"] = f"{screen.document.title or screen.document.handle} · {view.name}"
    span = re.fullmatch(r"(\d{1,9})-(\d{1,9})", place.get("mark"))
    values["marking"] = None
    if span and view.recorded_by is None:
        first, last = int(span[1]), int(span[2])
        words = view.ledger.document(place.rest).text[first:last]
        values["marking"] = {"start": first, "end": last, "words": words, "form": blank_form()}
    return "text.html", values


def card(view: View, place: Place) -> tuple[str, Mapping[str, Any]]:
    """One card alone, for the script that goes through a text."""
    document, _, handle = place.rest.partition("/")
    found = one_card(view, handle)
    inner = Place(place.path, "text", document, {**place.query, "sel": handle})
    return "card.html", {**card_values(view, inner, found), "place": inner}


def card_values(view: View, place: Place, found: Card | None) -> dict[str, Any]:
    """What the template of a card needs."""
    editing = bool(place.get("edit")) and found is not None and view.recorded_by is None
    form = ()
    if editing and found is not None and found.kind == "signal":
        form = edit_form(view.ledger.signal(found.handle).signal)
    users = view.ledger.used_by(found.handle) if found else ()
    return {
        "card": found,
        "editing": editing,
        "form": form,
        "outcomes": claim_options(),
        "users": users,
    }


def _selecting(place: Place) -> Callable[[str], str]:
    """Addresses of this page with another selection; there are thousands, so only the handle is put in."""
    bare = place.here(sel=None, edit=None, mark=None)
    head = bare + ("&" if "?" in bare else "?")
    return lambda handle: f"{head}sel={handle}#{handle}"


def _first(view: View, selected: str) -> str | None:
    if selected.startswith("S-"):
        return view.ledger.signal(selected).document
    if selected.startswith("C-"):
        return next((c.document for c in view.claims if c.handle == selected), None)
    reports = [d for d in view.documents if not d.record]
    waiting = [d for d in reports if d.to_review]
    chosen = waiting[-1:] or reports[-1:] or view.documents[-1:]
    return chosen[0].handle if chosen else None


def _following(view: View, here: str) -> DocumentLine | None:
    """Another report with something to review."""
    return next(
        (d for d in view.documents if d.to_review and not d.record and d.handle != here), None
    )


def _next_open(screen: TextScreen) -> Card | None:
    listed = screen.listed()
    waiting = [c for c in listed if c.kind == "signal" and not c.decided]
    return (waiting or list(listed) or [None])[0]
