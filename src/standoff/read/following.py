"""What stands in the clause after: promised not to, declined to say, should stop doing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from standoff.read.reading import Clause, Reading

_SILENT = frozenset(
    "confirm comment say elaborate discuss identify name disclose specify answer".split()
)


def promised_not(clauses: Sequence[Clause], place: int) -> str:
    """The verb of "promised not to attack", "assured that it would not attack"; "" if none."""
    after = _after(clauses, place)
    if after is None or after.parent != clauses[place].index:
        return ""
    said = after.kind in ("infinitive", "complement") and after.verb.negated
    return after.verb.lemma if said else ""


def keeps_silent(clauses: Sequence[Clause], place: int) -> bool:
    """True for "declined to confirm", which refuses nothing to anybody."""
    after = _after(clauses, place)
    if after is None or after.parent != clauses[place].index:
        return False
    refused = clauses[place].verb.lemma == "refuse"  # "refused to discuss a transfer" does refuse
    return after.verb.lemma in _SILENT and not (refused and after.verb.lemma == "discuss")


def goes_on_in(clauses: Sequence[Clause], place: int) -> bool:
    """True if the next clause is what is to be stopped: "should stop supporting"."""
    after = _after(clauses, place)
    return after is not None and after.kind in ("participial", "infinitive")


def first_named(reading: Reading) -> str:
    """The state that a text names first: who says "we" in a statement of its own."""
    return next(
        (
            m.party.actor
            for m in reading.mentions
            if m.party.actor not in ("IGO", "MULTI", "XXX") and m.kind not in ("place", "scene")
        ),
        "",
    )


_MANY = 0.25


def two_sides(reading: Reading) -> tuple[str, ...]:
    """The two states that a text of some length names most, each in a quarter of its mentions and
    clearly more often than any third; empty if it is not about two."""
    counts = Counter(
        m.party.actor
        for m in reading.mentions
        if m.party.actor not in ("IGO", "MULTI", "XXX") and m.kind not in ("place", "scene")
    )
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total = sum(counts.values())
    if len(ranked) < 2 or total < 6 or ranked[1][1] < max(2, _MANY * total):
        return ()
    if len(ranked) > 2 and ranked[2][1] > 0.7 * ranked[1][1]:
        return ()
    return ranked[0][0], ranked[1][0]


def _after(clauses: Sequence[Clause], place: int) -> Clause | None:
    return clauses[place + 1] if place + 1 < len(clauses) else None
