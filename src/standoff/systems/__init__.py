"""Who deters whom from what: declared descriptions, and the record that ships with them."""

from standoff.systems.chains import CausalLink, load_chains, parse_chains
from standoff.systems.chronology import (
    Chronology,
    Entry,
    ShippedReport,
    load_chronology,
    load_reports,
    parse_chronology,
)
from standoff.systems.layout import CeilingDistance, Reach, ceiling_distances, reaches
from standoff.systems.load import load_system, parse_system, shipped_systems
from standoff.systems.surroundings import Approach, approaches
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
    "Approach",
    "CausalLink",
    "Ceiling",
    "CeilingDistance",
    "Chronology",
    "Commitment",
    "Covariate",
    "Entry",
    "GradeRule",
    "Rate",
    "Reach",
    "RedLine",
    "ReferenceClass",
    "Rule",
    "ShippedReport",
    "Site",
    "System",
    "approaches",
    "ceiling_distances",
    "load_chains",
    "load_chronology",
    "load_reports",
    "load_system",
    "parse_chains",
    "parse_chronology",
    "parse_system",
    "reaches",
    "shipped_systems",
]
