"""Dates: expressions of calendar time as intervals, anchored on the day of publication."""

from standoff.read.dates.find import find_dates
from standoff.read.dates.words import ORDINALS

__all__ = ["ORDINALS", "find_dates"]
