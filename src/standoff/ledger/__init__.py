"""The durable store: one SQLite file, append-only, three times per item."""

from standoff.ledger.ledger import Ledger
from standoff.ledger.queries import instant
from standoff.ledger.rows import (
    MAIN,
    Added,
    Decision,
    Grading,
    Origin,
    SignalQuery,
    StoredClaim,
    StoredDocument,
    StoredRun,
    StoredSignal,
)
from standoff.ledger.search import Found, Hit
from standoff.ledger.store import SCHEMA_VERSION

__all__ = [
    "MAIN",
    "SCHEMA_VERSION",
    "Added",
    "Decision",
    "Found",
    "Grading",
    "Hit",
    "Ledger",
    "Origin",
    "SignalQuery",
    "StoredClaim",
    "StoredDocument",
    "StoredRun",
    "StoredSignal",
    "instant",
]
