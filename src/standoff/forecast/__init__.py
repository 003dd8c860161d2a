"""From a pair's base rate, pieces of evidence and the strategic model to the chance of an attack.

```
pair_rate(a, b, day)     ─▶ disputes a year, and how many become attacks
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
from standoff.forecast.facts import Facts, load_facts, read_facts
from standoff.forecast.gather import gather_facts, write_facts
from standoff.forecast.rates import (
    PairCounts,
    PairRate,
    Rates,
    Regressor,
    load_rates,
    pair_rate,
    read_rates,
    write_rates,
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
    "Facts",
    "Horizon",
    "Ingredients",
    "Kind",
    "PairBasis",
    "PairCounts",
    "PairRate",
    "Parties",
    "PassedOver",
    "Piece",
    "Rates",
    "Regressor",
    "UpdateLine",
    "chances",
    "draft_system",
    "events_of",
    "forecast",
    "full_record",
    "gather_facts",
    "load_evidence",
    "load_facts",
    "load_rates",
    "pair_basis",
    "pair_rate",
    "read_facts",
    "read_rates",
    "relative_strength",
    "volumes",
    "weigh",
    "write_facts",
    "write_rates",
]
