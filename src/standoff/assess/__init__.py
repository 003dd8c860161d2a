"""Where the rooms meet: taking reports in, answering the question, walking back to the words."""

from standoff.assess.assessment import (
    Assessment,
    Assumption,
    BaseRate,
    Contested,
    Effect,
    Evidence,
    Factor,
    Focus,
    Influence,
    LevelLine,
    Point,
    PriorSet,
    Quantity,
    ShiftLine,
    Stage,
    Timeline,
)
from standoff.assess.flow import assess_question, digest, level_line
from standoff.assess.intake import Ingested, grade_sources, ingest, read_and_check, seed
from standoff.assess.numbers import Part, parts
from standoff.assess.trace import Why, why

__all__ = [
    "Assessment",
    "Assumption",
    "BaseRate",
    "Contested",
    "Effect",
    "Evidence",
    "Factor",
    "Focus",
    "Influence",
    "Ingested",
    "LevelLine",
    "Part",
    "Point",
    "PriorSet",
    "Quantity",
    "ShiftLine",
    "Stage",
    "Timeline",
    "Why",
    "assess_question",
    "digest",
    "grade_sources",
    "ingest",
    "level_line",
    "parts",
    "read_and_check",
    "seed",
    "why",
]
