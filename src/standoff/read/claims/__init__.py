"""Checkable statements in a text: each finder knows one kind, none knows what is true.

What stands in boilerplate yields nothing, and what is asked or denied claims nothing.
"""

from __future__ import annotations

from itertools import chain

from standoff.read.claims.acts_dated import find_dated_acts
from standoff.read.claims.agreements import find_agreements
from standoff.read.claims.bodies import find_bodies
from standoff.read.claims.budgets import find_budgets
from standoff.read.claims.common import Draft
from standoff.read.claims.compared import find_compared
from standoff.read.claims.credited import find_credits
from standoff.read.claims.distances import (
    find_distances,
    find_parts,
    find_turned_distances,
    find_units,
)
from standoff.read.claims.durations import find_durations, find_year_stretches
from standoff.read.claims.grown import find_multiplied
from standoff.read.claims.hours import find_hours
from standoff.read.claims.hulls import find_hulls
from standoff.read.claims.laws import find_laws_claimed, find_laws_of_a_year
from standoff.read.claims.listed import (
    find_floors,
    find_listed,
    find_parts_of_whole,
    find_ranked,
)
from standoff.read.claims.live import find_superseded
from standoff.read.claims.marked import find_marked
from standoff.read.claims.members import find_members, find_over_whole
from standoff.read.claims.moved import find_moved
from standoff.read.claims.multiples import find_multiples
from standoff.read.claims.numbers import find_ratios, find_shares
from standoff.read.claims.orders import find_dated_orders, find_orders
from standoff.read.claims.people import find_appositions, find_names, find_offices
from standoff.read.claims.quotes import find_dated_statements, find_quotes
from standoff.read.claims.ranks import find_ranks
from standoff.read.claims.remainders import find_sums
from standoff.read.claims.ships import find_ships
from standoff.read.claims.stretches import find_stretches
from standoff.read.claims.tables import find_tables
from standoff.read.claims.terms import find_edges, find_since, find_terms
from standoff.read.claims.times import find_weekdays
from standoff.read.claims.titled import find_titled
from standoff.read.claims.totals import find_totals
from standoff.read.reading import Reading
from standoff.read.stretches import Apart, Stretches
from standoff.terms import Claim

__all__ = ["extract_claims"]

_FINDERS = (
    find_distances,
    find_turned_distances,
    find_parts,
    find_units,
    find_ratios,
    find_multiples,
    find_shares,
    find_budgets,
    find_sums,
    find_totals,
    find_members,
    find_over_whole,
    find_moved,
    find_compared,
    find_multiplied,
    find_offices,
    find_appositions,
    find_titled,
    find_names,
    find_bodies,
    find_ships,
    find_hulls,
    find_terms,
    find_since,
    find_edges,
    find_ranks,
    find_laws_claimed,
    find_laws_of_a_year,
    find_agreements,
    find_quotes,
    find_dated_statements,
    find_credits,
    find_tables,
    find_superseded,
    find_orders,
    find_dated_orders,
    find_weekdays,
    find_durations,
    find_year_stretches,
    find_stretches,
    find_hours,
    find_listed,
    find_ranked,
    find_floors,
    find_parts_of_whole,
    find_marked,
    find_dated_acts,
)


def extract_claims(reading: Reading) -> tuple[Claim, ...]:
    """Every checkable statement of a text, in order of its words, numbered c1, c2, ...

    >>> from datetime import date
    >>> from standoff.read import read_report
    >>> text = "Ishigaki is about 180 km from Taiwan."
    >>> [c.statement for c in read_report(text, published=date(2021, 8, 13)).claims]
    ['Ishigaki to Taiwan: 180 km']
    """
    drafts: list[Draft] = []
    aside = Stretches.of(reading.boilerplate)
    taken = {kind: Apart() for kind in _TWICE}
    for draft in chain.from_iterable(f(reading) for f in _FINDERS):
        # Two finders may see one statement: the earlier finder of the list keeps it.
        if _kept(reading, draft, aside) and (
            draft.kind not in taken or taken[draft.kind].take(draft.span.start, draft.span.end)
        ):
            drafts.append(draft)
    drafts.sort(key=lambda d: (d.span.start, d.span.end, d.kind))
    return tuple(
        Claim(f"c{i}", d.span, d.kind, d.statement, d.content)
        for i, d in enumerate(drafts, start=1)
    )


_TWICE = (
    "ratio", "sum", "change", "attribution", "distance", "office", "rank", "count", "date",
)  # fmt: skip
"""Kinds of claims that several finders look for."""


def _kept(reading: Reading, draft: Draft, aside: Stretches) -> bool:
    sentence = reading.sentence_at(draft.span.start)
    if sentence is None or sentence.kind in ("boilerplate", "question"):
        return False
    return not aside.touch(draft.span.start, draft.span.end)
