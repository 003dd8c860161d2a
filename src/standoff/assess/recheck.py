"""Checking stored claims again, against the facts and with the checks of today.

A stored verdict says what was known when it was made, so it never changes by itself. Checking
again is an act of a person: it reads the texts again, shows what would differ, and is kept as a
decision that can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.assess.intake import actors_of, facts_of, read_and_check
from standoff.ledger import Ledger, StoredClaim
from standoff.terms import Record, claim_record


@dataclass(frozen=True, slots=True)
class Recheck:
    """What checking again found. `changed` holds (claim as stored, its record as it would be).

    `same` counts claims whose verdict and reference stay; `missing` names those that today's
    reading does not find at the same words, such as a model's: they stay as they are.
    """

    changed: tuple[tuple[StoredClaim, Record], ...]
    same: int
    missing: tuple[str, ...]


def recheck_claims(ledger: Ledger, documents: Sequence[str] = ()) -> Recheck:
    """Check the claims of some documents, or of all, again; nothing is stored.

    Raises `UnknownHandle` for a document that is not here.
    """
    facts, actors = facts_of(ledger), actors_of(ledger)
    held = [c for c in ledger.claims() if not documents or c.document in documents]
    names = documents or tuple(dict.fromkeys(c.document for c in held))
    changed: list[tuple[StoredClaim, Record]] = []
    missing: list[str] = []
    same = 0
    for name in names:
        d = ledger.document(name)
        report, verdicts = read_and_check(
            d.text,
            published=d.published,
            source=d.source,
            title=d.title,
            actors=actors,
            facts=facts,
        )
        found = {
            (c.span.start, c.span.end, c.kind): (c, v)
            for c, v in zip(report.claims, verdicts, strict=True)
        }
        for claim in [c for c in held if c.document == name]:
            match = found.get((claim.span.start, claim.span.end, str(claim.record["kind"])))
            if match is None:
                missing.append(claim.handle)
                continue
            record = claim_record(*match) | {"id": claim.record["id"]}
            keys = ("verdict", "reference", "alternatives")
            if all(record[k] == claim.record.get(k) for k in keys):
                same += 1
            else:
                changed.append((claim, record))
    return Recheck(tuple(changed), same, tuple(missing))
