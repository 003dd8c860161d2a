"""Who deters whom from what: declared descriptions, and the record that ships with them."""

from standoff.systems.chronology import (
    Chronology,
    Entry,
    ShippedReport,
    load_chronology,
    load_reports,
    parse_chronology,
)
from standoff.systems.load import load_system, parse_system, shipped_systems
from standoff.systems.system import (
    Ceiling,
    Commitment,
    Covariate,
    GradeRule,
    Rate,
    RedLine,
    ReferenceClass,
    Rule,
    Site,
    System,
)

__all__ = [
    "Ceiling",
    "Chronology",
    "Commitment",
    "Covariate",
    "Entry",
    "GradeRule",
    "Rate",
    "RedLine",
    "ReferenceClass",
    "Rule",
    "ShippedReport",
    "Site",
    "System",
    "load_chronology",
    "load_reports",
    "load_system",
    "parse_chronology",
    "parse_system",
    "shipped_systems",
]
