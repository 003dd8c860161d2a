"""From a pair's base rate, pieces of evidence and the strategic model to the chance of an attack.

```
pair_rate(a, b, day)     ─▶ disputes a year, and how many become attacks
classes_for(a, b, day)   ─▶ how often attacks came in cases like it, and which
join_rate(d, b, a, day)  ─▶ whether a state comes to the aid of one that is attacked
weigh(events, parties)   ─▶ pieces of evidence: kind, day, weight
forecast(ingredients)    ─▶ 3, 6, 12 months, with a ledger of updates that multiplies to the answer
```
"""

from standoff.forecast.basis import (
    PairBasis,
    pair_basis,
)
from standoff.forecast.beside import (
    Obligation,
    OutsideNumber,
    numbers_beside,
    obligations_to,
)
from standoff.forecast.classes import (
    ClassCase,
    ReferenceCount,
    classes_for,
    default_class,
    reference_counts,
)
from standoff.forecast.crisis import describe_crisis
from standoff.forecast.differing import Ours
from standoff.forecast.draft import (
    draft_system,
    relative_strength,
)
from standoff.forecast.evidence import (
    EvidenceModel,
    Kind,
    Parties,
    PassedOver,
    Piece,
    load_evidence,
    weigh,
)
from standoff.forecast.facts import (
    Facts,
)
from standoff.forecast.facts_file import (
    load_facts,
    read_facts,
)
from standoff.forecast.fitting import (
    fit_rates,
    training_panel,
    with_later,
)
from standoff.forecast.gather import (
    gather_facts,
    write_facts,
)
from standoff.forecast.joining import (
    JoinCard,
    join_card,
    join_rate,
)
from standoff.forecast.joining_cases import (
    gather_opportunities,
)
from standoff.forecast.joining_fit import (
    Joining,
    fit_joining,
    leave_one_out,
    load_joining,
    write_joining,
)
from standoff.forecast.members import group_members, with_members
from standoff.forecast.moved import update_system
from standoff.forecast.proposals import Proposal, propose_roles
from standoff.forecast.rates import (
    PairCounts,
    PairRate,
    Regressor,
    pair_rate,
)
from standoff.forecast.rates_file import (
    Rates,
    load_rates,
    read_rates,
    write_rates,
)
from standoff.forecast.record import (
    events_of,
    full_record,
)
from standoff.forecast.recounting import Recount, recount
from standoff.forecast.rolling import (
    RollingTest,
    score_rates,
)
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
    "ClassCase",
    "EvidenceModel",
    "Facts",
    "Horizon",
    "Ingredients",
    "JoinCard",
    "Joining",
    "Kind",
    "Obligation",
    "Ours",
    "OutsideNumber",
    "PairBasis",
    "PairCounts",
    "PairRate",
    "Parties",
    "PassedOver",
    "Piece",
    "Proposal",
    "Rates",
    "Recount",
    "ReferenceCount",
    "Regressor",
    "RollingTest",
    "UpdateLine",
    "chances",
    "classes_for",
    "default_class",
    "describe_crisis",
    "draft_system",
    "events_of",
    "fit_joining",
    "fit_rates",
    "forecast",
    "full_record",
    "gather_facts",
    "gather_opportunities",
    "group_members",
    "join_card",
    "join_rate",
    "leave_one_out",
    "load_evidence",
    "load_facts",
    "load_joining",
    "load_rates",
    "numbers_beside",
    "obligations_to",
    "pair_basis",
    "pair_rate",
    "propose_roles",
    "read_facts",
    "read_rates",
    "recount",
    "reference_counts",
    "relative_strength",
    "score_rates",
    "training_panel",
    "update_system",
    "volumes",
    "weigh",
    "with_later",
    "with_members",
    "write_facts",
    "write_joining",
    "write_rates",
]
