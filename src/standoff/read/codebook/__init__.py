"""The codebook: every code with its meaning and an example that runs, and how to code."""

from standoff.read.codebook.guide import ClaimKind, Guide, Question, Rule, load_guide
from standoff.read.codebook.ontology import Entry, Event, Field, Ontology, load_ontology
from standoff.read.codebook.render import render_codebook

__all__ = [
    "ClaimKind",
    "Entry",
    "Event",
    "Field",
    "Guide",
    "Ontology",
    "Question",
    "Rule",
    "load_guide",
    "load_ontology",
    "render_codebook",
]
