"""Handles, words and decisions as the pages list them."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.api.screens.view import View
from standoff.assess import Why, why
from standoff.ledger import SearchHit
from standoff.terms import Outcome

SHOWN = 10
LISTED = 300


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One action of a person: what was decided about how many items, when, by whom, why."""

    action: str
    at: str
    author: str
    what: str
    about: str
    items: int
    reason: str
    in_force: bool


def history_of(view: View, limit: int = LISTED) -> tuple[DecisionLine, ...]:
    """What was decided, one line an action, the last first."""
    rows: dict[str, DecisionLine] = {}
    for d in view.ledger.decisions():
        held = rows.get(d.batch)
        rows[d.batch] = DecisionLine(
            d.batch, d.at, d.author, d.action, held.about if held else d.subject,
            held.items + 1 if held else 1, d.reason, d.in_force,
        )  # fmt: skip
    return tuple(reversed(list(rows.values())))[:limit]


def last_decisions(view: View) -> tuple[DecisionLine, ...]:
    """The last ten actions of people, for the foot of the review."""
    found = history_of(view)
    return tuple(d for d in found if d.what in ("accept", "reject", "edit", "overrule", "undo"))[
        :SHOWN
    ]


def explain_handle(view: View, handle: str) -> Why:
    """What a handle rests on. Raises `UnknownHandle`."""
    return why(view.ledger, handle)


def document_of(view: View, handle: str) -> str:
    """The document in which a signal or claim stands; "" for other handles."""
    if handle.startswith("S-"):
        return view.ledger.signal(handle).document
    if handle.startswith("C-"):
        return next((c.document for c in view.ledger.claims() if c.handle == handle), "")
    return handle if handle.startswith("D-") else ""


def found_words(view: View, wanted: str) -> tuple[SearchHit, ...]:
    """Where words stand, as known on the day."""
    return tuple(view.ledger.search(wanted, 50, as_of=view.day).hits)


def claim_options() -> tuple[tuple[str, str], ...]:
    """The verdicts that a person may put in place of a check's."""
    return tuple((o.value, o.value.lower().replace("_", " ")) for o in Outcome)
