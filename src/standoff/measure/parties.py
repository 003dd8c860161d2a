"""Whose stance towards whom a signal speaks to, and in what shares."""

from __future__ import annotations

from functools import cache

from standoff.measure.series import Series
from standoff.reference import states
from standoff.terms import Relation, Signal, Valence

# Parties that are no single actor: a stance belongs to somebody.
NOBODY = {
    "XXX": "an unknown or non-state actor",
    "MULTI": "an unnamed group of states",
    "IGO": "an organisation, not one actor",
}


def objects_of(signal: Signal) -> tuple[tuple[str, float], ...]:
    """Whom the signal protects, with shares: the list, else the one named, else the target.

    A promise or help without a named protege protects the one it is addressed to.
    """
    if signal.protege_weights:
        return tuple((_code(name), float(w)) for name, w in signal.protege_weights if w > 0)
    if signal.protege:
        return ((_code(signal.protege), 1.0),)
    if signal.valence is Valence.COMMIT:
        return tuple((name, 1.0) for name in dict.fromkeys(signal.target_actors))
    return ()


def _code(name: str) -> str:
    return name.strip().upper().replace(" ", "-")


def pair_of(
    actor: str,
    name: str,
    relation: Relation,
    share: float,
    reasons: list[str],
    known: frozenset[str],
) -> list[tuple[Series, float]]:
    role = "protege" if relation is Relation.COMMITMENT else "target"
    if name == actor:
        reasons.append("an actor's stance towards itself is not measured")
        return []
    if name in NOBODY:
        reasons.append(f"the {role} is {NOBODY[name]}")
        return []
    # Only a state has a code of three letters; a place (SENKAKU) may be a protege too.
    place = relation is Relation.COMMITMENT and len(name) > 3 and name.replace("-", "").isalpha()
    if name not in known and not place:
        reasons.append(f"the {role} {name!r} is no known actor")
        return []
    return [(Series(actor, name, relation), min(share, 1.0))]


@cache
def state_codes() -> frozenset[str]:
    return frozenset(s.actor for s in states())
