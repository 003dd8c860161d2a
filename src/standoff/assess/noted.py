"""Whose words a signal holds: those of a report, or the note of who coded it."""

from __future__ import annotations

from standoff.terms import Signal

NOTES = "chronology"
"""Coder of the shipped record, whose words are notes of its makers and no quotations."""


def is_note(signal: Signal) -> bool:
    """Whether the words of a signal are the note of a coder, and so never stand in quotation marks."""
    return signal.coder == NOTES
