"""Syntax: tokens with lemma, class, head and dependency, at exact offsets of the text.

One interface, `parse_sentences`; behind it spaCy's small English pipeline, or another one that the
reader of the text has installed and named in `STANDOFF_PIPELINE`.
"""

from standoff.read.syntax.pipeline import moved, parse_sentences
from standoff.read.syntax.tree import Tree

__all__ = ["Tree", "moved", "parse_sentences"]
