"""From the parse to acts: who did or said what to whom, and which words say so."""

from standoff.read.acts.coding import find_signals

__all__ = ["find_signals"]
