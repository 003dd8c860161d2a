"""The durable store: one SQLite file, append-only, three times per item."""

from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import (
    Added,
    Decision,
    Grading,
    Origin,
    StoredClaim,
    StoredDocument,
    StoredRun,
    StoredSignal,
)
from standoff.ledger.store import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "Added",
    "Decision",
    "Grading",
    "Ledger",
    "Origin",
    "StoredClaim",
    "StoredDocument",
    "StoredRun",
    "StoredSignal",
]
