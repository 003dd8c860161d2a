"""Dates: expressions of calendar time as intervals, anchored on the day of publication."""

from standoff.read.dates.find import find_dates

__all__ = ["find_dates"]
