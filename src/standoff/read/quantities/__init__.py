"""Quantities: numbers with their unit, hedge, range and what they count."""

from standoff.read.quantities.find import find_quantities

__all__ = ["find_quantities"]
