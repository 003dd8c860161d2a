"""Signals to stance over time: words and deeds apart, with intervals, shifts that are shifts.

stance = measure_stance(events, at=date(2021, 8, 13))
stance.level("JPN", "TWN")            where it stands, and on how much that rests
stance.draws("JPN", "TWN", n=2000)    for the game
stance.shifts("JPN", "TWN")           did it move?
stance.without(["S-014"])             the same, had that report never come
"""

from standoff.measure.chart import days_between, sketch, timeline_chart
from standoff.measure.diagnosis import Diagnostics
from standoff.measure.doubt import event_error
from standoff.measure.estimate import StanceFit
from standoff.measure.evidence import signal_day
from standoff.measure.filter import load_kernel
from standoff.measure.items import Item, Items, ItemType, load_items
from standoff.measure.level import Level
from standoff.measure.model import Dynamics, Model, load_model, parse_model, write_model
from standoff.measure.observation import Observation, Refused
from standoff.measure.online import OnlineSeries, Snapshot, Step
from standoff.measure.records import RecordEvents, events_from_records
from standoff.measure.series import Series
from standoff.measure.shifts import Shift
from standoff.measure.smooth import Smoothed
from standoff.measure.stance import Stance, measure_stance
from standoff.measure.surprise import Surprise
from standoff.measure.weight import Weight

__all__ = [
    "Diagnostics",
    "Dynamics",
    "Item",
    "ItemType",
    "Items",
    "Level",
    "Model",
    "Observation",
    "OnlineSeries",
    "RecordEvents",
    "Refused",
    "Series",
    "Shift",
    "Smoothed",
    "Snapshot",
    "Stance",
    "StanceFit",
    "Step",
    "Surprise",
    "Weight",
    "days_between",
    "event_error",
    "events_from_records",
    "load_items",
    "load_kernel",
    "load_model",
    "measure_stance",
    "parse_model",
    "signal_day",
    "sketch",
    "timeline_chart",
    "write_model",
]
