"""A filter that names what is not there is refused: an empty list would look like an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from standoff.errors import InputError, UnknownActor

if TYPE_CHECKING:
    from standoff.ledger import Ledger

KINDS = frozenset(
    "attribution change date distance duration law name office open order part rank ratio sequence"
    " share statements sum table term unit".split()
)
"""Kinds of claims that `standoff read` finds."""


def refuse_unknown(
    ledger: Ledger, *, document: str | None = None, actors: Mapping[str, str | None] | None = None
) -> None:
    """Raise `UnknownHandle` for a document that is not here, `UnknownActor` for a code of nobody.

    `actors` go by the option that names them.
    """
    if document is not None:
        ledger.document(document)
    given = {option: actor for option, actor in (actors or {}).items() if actor}
    if not given:
        return
    from standoff.reference import states

    known = {state.actor for state in states()}
    if all(actor in known for actor in given.values()):
        return
    for s in ledger.signals():
        known |= {*s.signal.source_actors, *s.signal.target_actors, s.signal.protege or ""}
    for option, actor in given.items():
        if actor not in known:
            raise UnknownActor(
                f"{option} {actor!r}",
                "an actor of this dossier or an ISO alpha-3 code",
                f"{option} JPN",
            )


def refuse_kind(ledger: Ledger, kind: str | None) -> None:
    """Raise `InputError` for a kind of claims that nothing here has and nothing finds."""
    if kind is None or kind in KINDS or any(c.record["kind"] == kind for c in ledger.claims()):
        return
    raise InputError(f"--kind {kind!r}", f"one of {', '.join(sorted(KINDS))}", "--kind distance")
