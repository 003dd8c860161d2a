"""The past in numbers: cases of extended deterrence, base rates, and adapters for public data.

:func:`cases` and :func:`base_rate` work on the table that ships; :func:`read_dataset` reads files
of public data sets that the user has, :func:`register_file` remembers them,
:func:`count_rivalries` counts base rates from them, and :func:`directed_dyad_years` joins them into a
panel that :func:`write_panel` writes.
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
    known_datasets,
    locate_datasets,
    read_dataset,
    recognise,
)
from standoff.history.panel import DyadYears, directed_dyad_years
from standoff.history.plain import Rows, read_rows
from standoff.history.rates import Rate, rate
from standoff.history.registry import (
    RegisteredFile,
    data_files,
    data_folder,
    register_file,
    registered_files,
    years_of,
)
from standoff.history.steps import Column
from standoff.history.write import ColumnCoverage, WrittenPanel, write_panel

__all__ = [
    "Column",
    "ColumnCoverage",
    "DataTable",
    "Dataset",
    "DeterrenceCase",
    "DyadYearCounts",
    "DyadYears",
    "Event",
    "Rate",
    "RegisteredFile",
    "Rows",
    "WrittenPanel",
    "base_rate",
    "cases",
    "count_rivalries",
    "data_files",
    "data_folder",
    "directed_dyad_years",
    "joining_rate",
    "known_datasets",
    "locate_datasets",
    "rate",
    "rates_by_class",
    "read_dataset",
    "read_rows",
    "recognise",
    "register_file",
    "registered_files",
    "write_panel",
    "years_of",
]
