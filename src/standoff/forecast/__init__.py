"""From a pair's base rate, pieces of evidence and the strategic model to the chance of an attack.

```
pair_basis(system, day)  ─▶ disputes a year, and how many become attacks
weigh(events, parties)   ─▶ pieces of evidence: kind, day, weight
forecast(ingredients)    ─▶ 3, 6, 12 months, with a ledger of updates that multiplies to the answer
```
"""

from standoff.forecast.basis import PairBasis, pair_basis
from standoff.forecast.draft import draft_system, relative_strength
from standoff.forecast.evidence import (
    EvidenceModel,
    Kind,
    Parties,
    PassedOver,
    Piece,
    load_evidence,
    weigh,
)
from standoff.forecast.record import events_of, full_record
from standoff.forecast.update import (
    Answer,
    Horizon,
    Ingredients,
    UpdateLine,
    chances,
    forecast,
    volumes,
)

__all__ = [
    "Answer",
    "EvidenceModel",
    "Horizon",
    "Ingredients",
    "Kind",
    "PairBasis",
    "Parties",
    "PassedOver",
    "Piece",
    "UpdateLine",
    "chances",
    "draft_system",
    "events_of",
    "forecast",
    "full_record",
    "load_evidence",
    "pair_basis",
    "relative_strength",
    "volumes",
    "weigh",
]
