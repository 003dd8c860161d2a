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
]
