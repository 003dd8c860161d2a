"""A measured stance with frames and plots."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from standoff.api.tables import Table
from standoff.assess import Point, Timeline
from standoff.brief import timeline_spec
from standoff.ledger import Ledger
from standoff.measure import Diagnostics, Level, Shift, Stance
from standoff.measure import measure_stance as measure
from standoff.terms import Event, Relation


class StanceView:
    """A `Stance` for notebooks: levels and shifts as tables, timelines as specifications."""

    def __init__(self, stance: Stance) -> None:
        self.stance = stance

    def level(self, actor: str, object: str, relation: str = "commitment") -> Level:
        """Where one series stands on the day of the stance."""
        return self.stance.level(actor, object, Relation(relation))

    def levels(self) -> Table:
        """Every series with at least one signal, one row each."""
        found = [self.stance.level(s.actor, s.object, s.relation) for s in self.stance.series]
        return Table(tuple(_level_row(level) for level in found), "levels")

    def to_frame(self, library: str = "polars") -> Any:
        """The levels as a data frame."""
        return self.levels().to_frame(library)

    def shifts(self, *, delta: float = 0.5, within: float = 26.0) -> tuple[Shift, ...]:
        """The probability that each level moved by more than `delta` in the last weeks."""
        return self.stance.shifts(delta=delta, within=within)

    def diagnostics(self) -> Diagnostics:
        """What went in, what was refused, under which constants."""
        return self.stance.diagnostics

    def plot(
        self,
        actor: str,
        object: str,
        relation: str = "commitment",
        *,
        days: Iterable[date] | None = None,
    ) -> dict[str, Any]:
        """Words and deeds over time as a Vega-Lite specification: by default on signal days."""
        kind = Relation(relation)
        chosen = list(days) if days is not None else self._days(actor, object, kind)
        levels = self.stance.timeline(actor, object, kind, days=chosen)
        points = tuple(Point(level.at, level.words, level.deeds) for level in levels)
        label = f"{actor} to {object}, {relation}"
        handle = self.stance.level(actor, object, kind).handle
        return timeline_spec(Timeline(handle, label, points))

    def _days(self, actor: str, object: str, relation: Relation) -> list[date]:
        seen = self.stance.observations(actor, object, relation)
        return sorted({o.day for o in seen if o.day <= self.stance.at} | {self.stance.at})

    def __repr__(self) -> str:
        return f"<StanceView of {self.stance.at}: {len(self.stance.series)} series>"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>" + self.levels()._repr_html_()  # pyright: ignore[reportPrivateUsage]


def measure_stance(source: Sequence[Event] | Ledger, *, at: date) -> StanceView:
    """Measure every stance in events or in a ledger, as known on the day `at`.

    >>> from datetime import date
    >>> measure_stance([], at=date(2021, 8, 13)).level("JPN", "TWN").words_status
    'prior'
    """
    events = source.events(as_of=at) if isinstance(source, Ledger) else source
    return StanceView(measure(events, at=at))


def _level_row(level: Level) -> dict[str, Any]:
    row: dict[str, Any] = {
        "handle": level.handle,
        "actor": level.series.actor,
        "object": level.series.object,
        "relation": level.series.relation.value,
        "at": level.at,
    }
    for name, e in (("words", level.words), ("deeds", level.deeds), ("gap", level.gap)):
        row |= {name: e.median, f"{name}_low": e.low, f"{name}_high": e.high}
    return row | {
        "words_status": level.words_status,
        "deeds_status": level.deeds_status,
        "signals": level.n_signals,
        "reviewed": level.reviewed,
    }
