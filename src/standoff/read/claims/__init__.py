"""Checkable statements in a text, as claims. (Being written: nothing is extracted yet.)"""

from __future__ import annotations

from standoff.read.reading import Reading
from standoff.terms import Claim


def extract_claims(reading: Reading) -> tuple[Claim, ...]:
    """Every checkable statement of a text."""
    return ()
