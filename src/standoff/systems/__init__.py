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
from standoff.systems.compare import SystemDifference, diff_systems
from standoff.systems.inspect import inspect_system
from standoff.systems.layout import CeilingDistance, Reach, ceiling_distances, reaches
from standoff.systems.load import load_system, parse_system, shipped_systems, system_text
from standoff.systems.origins import (
    Absence,
    Absent,
    Candidate,
    Covariate,
    Cover,
    DyadicCovariate,
    Territory,
)
from standoff.systems.surroundings import Approach, approaches
from standoff.systems.system import (
    Ceiling,
    Commitment,
    GradeRule,
    Rate,
    RedLine,
    ReferenceClass,
    Rule,
    Site,
    System,
)
from standoff.systems.validate import SCHEMA_VERSION, SystemFinding, schema_findings, system_schema
from standoff.systems.write import system_toml

__all__ = [
    "SCHEMA_VERSION",
    "Absence",
    "Absent",
    "Approach",
    "Candidate",
    "CausalLink",
    "Ceiling",
    "CeilingDistance",
    "Chronology",
    "Commitment",
    "Covariate",
    "Cover",
    "DyadicCovariate",
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
    "SystemDifference",
    "SystemFinding",
    "Territory",
    "approaches",
    "ceiling_distances",
    "diff_systems",
    "inspect_system",
    "load_chains",
    "load_chronology",
    "load_reports",
    "load_system",
    "parse_chains",
    "parse_chronology",
    "parse_system",
    "reaches",
    "schema_findings",
    "shipped_systems",
    "system_schema",
    "system_text",
    "system_toml",
]
