"""The durable store: one SQLite file, append-only, three times per item."""

from standoff.ledger.additions import ACTOR_COLUMNS, FACT_COLUMNS, as_csv
from standoff.ledger.agreement import (
    Agreement,
    Disagreement,
    compare_layers,
    compare_signals,
    disputes,
    krippendorff_alpha,
)
from standoff.ledger.bundle import Bundle, as_recorded, read_bundle, write_bundle
from standoff.ledger.changes import Changes, Moved, changes_since, compare_levels, compare_parts
from standoff.ledger.citation import cite, fingerprint
from standoff.ledger.exact import as_read
from standoff.ledger.exchange import (
    FORMATS,
    Content,
    collect,
    collect_sound,
    make_dossier,
    read_content,
    refuse_unsealed,
    restore,
    restore_layer,
    write_content,
)
from standoff.ledger.ledger import Ledger
from standoff.ledger.leftovers import Salvaged, salvage
from standoff.ledger.marking import mark_signal
from standoff.ledger.queries import instant
from standoff.ledger.rows import (
    MAIN,
    Activity,
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
from standoff.ledger.search import SearchHit, SearchResult
from standoff.ledger.snapshot import copy_dossier
from standoff.ledger.soundness import Verified, check_dossier, verify
from standoff.ledger.store import SCHEMA_VERSION
from standoff.ledger.versions import Carried, carry_over, plan_carry

__all__ = [
    "ACTOR_COLUMNS",
    "FACT_COLUMNS",
    "FORMATS",
    "MAIN",
    "SCHEMA_VERSION",
    "Activity",
    "Added",
    "Agreement",
    "Bundle",
    "Carried",
    "Changes",
    "Content",
    "Decision",
    "Disagreement",
    "Grading",
    "Ledger",
    "Moved",
    "Origin",
    "Salvaged",
    "SearchHit",
    "SearchResult",
    "SignalQuery",
    "StoredClaim",
    "StoredDocument",
    "StoredRun",
    "StoredSignal",
    "Verified",
    "as_csv",
    "as_read",
    "as_recorded",
    "carry_over",
    "changes_since",
    "check_dossier",
    "cite",
    "collect",
    "collect_sound",
    "compare_layers",
    "compare_levels",
    "compare_parts",
    "compare_signals",
    "copy_dossier",
    "disputes",
    "fingerprint",
    "instant",
    "krippendorff_alpha",
    "make_dossier",
    "mark_signal",
    "plan_carry",
    "read_bundle",
    "read_content",
    "refuse_unsealed",
    "restore",
    "restore_layer",
    "salvage",
    "verify",
    "write_bundle",
    "write_content",
]
