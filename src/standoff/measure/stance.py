"""Stance: levels, shifts and what they rest on, from merged events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from standoff.errors import ImpossibleDate, InputError
from standoff.measure.bank import Bank, levels
from standoff.measure.design import design_of, kinds_of
from standoff.measure.diagnosis import Diagnostics
from standoff.measure.estimate import StanceFit, fit_stance
from standoff.measure.evidence import gather, remove_reports
from standoff.measure.items import Items, load_items
from standoff.measure.level import Level, read_level
from standoff.measure.mixture import draw
from standoff.measure.model import Model, load_model
from standoff.measure.observation import Evidence, Observation, Refused, site_of
from standoff.measure.replay import Replays
from standoff.measure.response import Site
from standoff.measure.series import Series, weeks
from standoff.measure.shifts import Shift, read_shifts
from standoff.measure.smooth import Smoothed, smooth_paths, summarise
from standoff.measure.surprise import Surprise, read_surprises
from standoff.measure.weight import Weight, read_weights
from standoff.terms import Event, Relation

# A level this far after the last signal is pure prior; asking further is a slip of the pen.
FARTHEST = timedelta(days=366 * 400)


class Stance:
    """The stance of every series in a record, as known on the day `at`.

    Make one with `measure_stance`. States are computed when asked for, and remembered.
    """

    def __init__(
        self,
        events: tuple[Event, ...],
        at: date,
        items: Items,
        model: Model,
        actors: frozenset[str] = frozenset(),
        evidence: Evidence | None = None,
        replays: Replays | None = None,
    ) -> None:
        self.at = at
        self.items = items
        self.model = model
        self._all = events
        self._events = tuple(e for e in events if e.available <= at)
        self._evidence = (
            gather(self._events, items, model, actors) if evidence is None else evidence
        )
        self._actors = actors
        self._replays = Replays(model.dynamics) if replays is None else replays
        self._banks: dict[tuple[Series, date], Bank] = {}

    # ------------------------------------------------------------ what there is

    @property
    def series(self) -> tuple[Series, ...]:
        """Every series with at least one signal, in alphabetical order."""
        return tuple(self._evidence.series)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Events that could not be measured, each with its reason."""
        return self._evidence.refused

    @property
    def diagnostics(self) -> Diagnostics:
        """What went in and what was refused, with reasons."""
        return Diagnostics(
            n_events=len(self._events),
            n_later=len(self._all) - len(self._events),
            n_observations=sum(len(v) for v in self._evidence.series.values()),
            refused=self._evidence.refused,
            log_evidence={
                str(s): float(self._bank(s, self.at).log_evidence[0]) for s in self.series
            },
            model=self._model_name,
            items=self._items_name,
            model_origin=self.model.origin,
        )

    def event(self, key: str) -> Event | None:
        """The event behind a signal by its key, None where the record has none of that name."""
        return next((e for e in self._all if e.key == key), None)

    def observations(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        at: date | None = None,
    ) -> tuple[Observation, ...]:
        """The signals of a series that had happened and were known by `at`, in order."""
        day = self._day(at)
        return self._seen(Series(actor, object, Relation(relation)), day)

    # ------------------------------------------------------------ levels

    def level(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        at: date | None = None,
        *,
        weigh: bool = False,
        coverage: float = 0.9,
    ) -> Level:
        """Where a series stands on `at`; with `weigh`, also the weight of each signal.

        A series without any signal has the prior: a wide interval, status "prior".
        """
        series, day = self._named(actor, object, relation), self._day(at)
        return read_level(
            series,
            day,
            self._bank(series, day),
            self._seen(series, day),
            self.model.dynamics,
            self._model_name,
            self._items_name,
            coverage,
            self.weights(actor, object, relation, at) if weigh else (),
        )

    def timeline(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        *,
        days: Iterable[date],
    ) -> tuple[Level, ...]:
        """Levels on several days, each from what had happened and was known by then."""
        return tuple(self.level(actor, object, relation, day) for day in days)

    def smooth(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        *,
        days: Sequence[date],
        draws: int = 400,
        rng: np.random.Generator | None = None,
    ) -> tuple[Smoothed, ...]:
        """Levels on past `days` (rising) with hindsight, from draws of the whole path."""
        series = self._named(actor, object, relation)
        for day in days:
            self._day(day)
        seen = self._seen(series, self.at)
        generator = np.random.default_rng(0) if rng is None else rng
        paths = smooth_paths(
            self.model.dynamics,
            _sites(seen, self.at),
            [weeks(d) for d in days],
            generator,
            draws,
        )
        return summarise(days, paths)

    def draws(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        n: int = 2000,
        rng: np.random.Generator | None = None,
        at: date | None = None,
    ) -> npt.NDArray[np.float64]:
        """`n` joint draws of (words, deeds), shape (n, 2), on the scale of the levels.

        Without `rng` a generator with seed 0 is used.
        """
        series, day = self._named(actor, object, relation), self._day(at)
        generator = np.random.default_rng(0) if rng is None else rng
        return draw(*levels(self._bank(series, day)), n, generator)

    # ------------------------------------------------------------ what it rests on

    def weights(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        at: date | None = None,
        *,
        latest: int | None = None,
    ) -> tuple[Weight, ...]:
        """What each signal does to the level, by filtering the series without it.

        `latest`: of so many signals alone, the last ones; far cheaper where a record is long.
        """
        series, day = self._named(actor, object, relation), self._day(at)
        seen = self._seen(series, day)
        sites = _sites(seen, day)
        first = 0 if latest is None else max(len(seen) - latest, 0)
        before = self._replays.of(series).state(sites[:first]) if first else None
        return read_weights(self.model.dynamics, seen[first:], sites[first:], weeks(day), before)

    def without(self, handles: Iterable[str]) -> Stance:
        """The stance had these reports never come: signal handles, or keys of whole events.

        An event that others report too stays, with more doubt. States that do not depend on
        what was removed are shared, so one signal costs one replay from its day on.
        """
        gone = {handles} if isinstance(handles, str) else set(handles)
        kept, simple = remove_reports(self._all, gone)
        evidence = self._evidence.of({e.key for e in kept}) if simple else None
        return Stance(
            tuple(kept), self.at, self.items, self.model, self._actors, evidence, self._replays
        )

    def surprises(
        self,
        actor: str,
        object: str,
        relation: Relation = Relation.COMMITMENT,
        at: date | None = None,
    ) -> tuple[Surprise, ...]:
        """How unexpected each signal of a series was when it came."""
        series, day = self._named(actor, object, relation), self._day(at)
        seen = self._seen(series, day)
        return read_surprises(
            seen, _sites(seen, day), self._replays.of(series), self.model.dynamics
        )

    # ------------------------------------------------------------ shifts

    def shifts(
        self,
        actor: str | None = None,
        object: str | None = None,
        relation: Relation | None = None,
        *,
        at: date | None = None,
        delta: float = 0.5,
        within: float = 26.0,
    ) -> tuple[Shift, ...]:
        """Probability that levels rose or fell by more than `delta` sd in the last `within` weeks.

        All series, or those of one actor, object and relation; two channels, the likelier
        direction of each; the likeliest first.
        """
        if not (delta >= 0.0 and within > 0.0):
            raise InputError(
                f"delta {delta} and a window of {within} weeks",
                "delta not below 0, a window above 0",
                "delta=0.5, within=26",
            )
        day = self._day(at)
        found: list[Shift] = []
        for series in self.series:
            if (
                actor in (None, series.actor)
                and object in (None, series.object)
                and relation in (None, series.relation)
                and self._seen(series, day)
            ):
                found += self._shift(series, day, delta, within)
        return tuple(sorted(found, key=lambda s: (-s.probability, str(s.series), s.channel.value)))

    def _shift(self, series: Series, day: date, delta: float, within: float) -> tuple[Shift, ...]:
        seen = self._seen(series, day)
        sites = _sites(seen, day)
        start = weeks(day) - within
        count = sum(o.week <= start for o in seen)
        before = self._replays.of(series).state(sites[:count], None if count else start)
        return read_shifts(series, day, before, seen, sites, self.model, delta=delta, within=within)

    # ------------------------------------------------------------ the constants

    def fit(
        self,
        *,
        rng: np.random.Generator,
        draws: int = 256,
        hold: Collection[str] = (),
        progress: Callable[[str], None] | None = None,
    ) -> StanceFit:
        """Fit the constants on all series of this stance, starting from its model.

        Needs numba (extra `fast`). `hold` keeps constants by name, see `design.parameters`.
        """
        kinds = kinds_of(self.items, self.model)
        design = design_of(dict(self._evidence.series), self.model, kinds)
        return fit_stance(design, rng=rng, draws=draws, hold=hold, progress=progress)

    # ------------------------------------------------------------ inside

    @property
    def _model_name(self) -> str:
        return f"{self.model.name} v{self.model.version}"

    @property
    def _items_name(self) -> str:
        return f"{self.items.name} v{self.items.version}"

    def _named(self, actor: str, object: str, relation: Relation) -> Series:
        return Series.parse(str(Series(actor, object, Relation(relation))))

    def _day(self, at: date | None) -> date:
        if at is None:
            return self.at
        if at > self.at or self.at - at > FARTHEST:
            raise ImpossibleDate(
                f"a level on {at}, from a stance as known on {self.at}",
                "a day not after the one the stance was measured for",
                "measure_stance(events, at=that day)",
            )
        return at

    def _seen(self, series: Series, day: date) -> tuple[Observation, ...]:
        return tuple(
            o for o in self._evidence.series.get(series, ()) if o.day <= day and o.available <= day
        )

    def _bank(self, series: Series, day: date) -> Bank:
        found = self._banks.get((series, day))
        if found is None:
            sites = _sites(self._seen(series, day), day)
            found = self._replays.of(series).state(sites, weeks(day))
            self._banks[series, day] = found
        return found


def _sites(seen: Sequence[Observation], known: date) -> list[Site]:
    return [site_of(o, known) for o in seen]


def measure_stance(
    events: Sequence[Event],
    *,
    at: date,
    items: Items | None = None,
    model: Model | None = None,
    actors: Collection[str] = (),
) -> Stance:
    """Measure the stance of every series that `events` speak to, as known on the day `at`.

    Events that became available later are left out; events of unknown actors are refused with
    a reason (`Stance.diagnostics.refused`). `actors` declares codes of your own beside those of
    the reference table. Without `items` and `model` the shipped tables are used.

    >>> from datetime import date
    >>> stance = measure_stance([], at=date(2021, 8, 13))
    >>> level = stance.level("JPN", "TWN")
    >>> level.handle, level.words_status, level.n_signals
    ('L-JPN>TWN@2021-08-13', 'prior', 0)
    >>> round(level.words.high, 2)
    1.83
    """
    return Stance(
        tuple(events),
        at,
        load_items() if items is None else items,
        load_model() if model is None else model,
        frozenset(actors),
    )
