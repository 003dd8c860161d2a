<<<<<<< HEAD
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
=======
"""Base rates of disputes and attacks for any pair of states on any day.

:func:`pair_rate` gives the rate of a pair from what was known before the day.
"""

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

__all__ = [
    "Facts",
    "PairCounts",
    "PairRate",
    "Rates",
    "Regressor",
    "gather_facts",
    "load_facts",
    "load_rates",
    "pair_rate",
    "read_facts",
    "read_rates",
    "write_facts",
    "write_rates",
>>>>>>> base
]
