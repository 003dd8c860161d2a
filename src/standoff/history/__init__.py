"""The past in numbers: cases of extended deterrence, base rates, and adapters for public data.

:func:`cases` and :func:`base_rate` work on the table that ships; :func:`read_dataset` reads files
of public data sets that the user has, and :func:`count_rivalries` counts base rates from them.
"""

from standoff.history.case_table import (
    DeterrenceCase,
    Event,
    base_rate,
    cases,
    rates_by_class,
)
from standoff.history.counts import DyadYearCounts, count_rivalries, joining_rate
from standoff.history.datasets import (
    Dataset,
    DataTable,
    find_datasets,
    known_datasets,
    read_dataset,
    recognise,
)
from standoff.history.rates import Rate, rate

__all__ = [
    "DataTable",
    "Dataset",
    "DeterrenceCase",
    "DyadYearCounts",
    "Event",
    "Rate",
    "base_rate",
    "cases",
    "count_rivalries",
    "find_datasets",
    "joining_rate",
    "known_datasets",
    "rate",
    "rates_by_class",
    "read_dataset",
    "recognise",
]
