"""The codebook: every code with its meaning and an example that runs."""

from standoff.read.codebook.ontology import Entry, Event, Field, Ontology, load_ontology
from standoff.read.codebook.render import render_codebook

__all__ = ["Entry", "Event", "Field", "Ontology", "load_ontology", "render_codebook"]
