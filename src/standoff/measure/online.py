"""One series, one signal at a time: what a feed needs.

A signal that is not older than the last one costs one update. A back-dated signal, or a
doubt that is raised later, replays this one series from that day on; states are kept at
checkpoints, so that little is replayed.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from standoff.errors import InputError
from standoff.measure.bank import Bank, levels, open_bank
from standoff.measure.doubt import either
from standoff.measure.evidence import doubts_raised, gather
from standoff.measure.filter import load_kernel, predict, update
from standoff.measure.items import Items, load_items
from standoff.measure.level import Level, read_level
from standoff.measure.model import Model, load_model
from standoff.measure.observation import Observation, site_of
from standoff.measure.response import Site
from standoff.measure.series import Series, weeks
from standoff.terms import Event

# A state is kept after so many signals: a replay starts at most so far before what changed.
CHECKPOINT = 16


@dataclass(frozen=True, slots=True)
class Step:
    """What one update did: means and standard deviations of (words, deeds) after it.

    `bits` is the surprise of the signal; `replayed` the number of signals filtered again.
    """

    words: float
    deeds: float
    words_sd: float
    deeds_sd: float
    bits: float
    replayed: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A series as it stands, to be stored and taken up again with `OnlineSeries.resume`."""

    series: Series
    observations: tuple[Observation, ...]
    bank: Bank
    model: str
    items: str
    senders: tuple[tuple[str, frozenset[str]], ...] = ()
    raised: tuple[tuple[str, float], ...] = ()


class OnlineSeries:
    """The running filter of one series.

    >>> online = OnlineSeries(Series("JPN", "TWN"))
    >>> online.level(date(2021, 8, 13)).words_status
    'prior'
    """

    def __init__(
        self, series: Series, *, items: Items | None = None, model: Model | None = None
    ) -> None:
        self.series = series
        self.items = load_items() if items is None else items
        self.model = load_model() if model is None else model
        load_kernel()
        self._seen: list[Observation] = []
        self._sites: list[Site] = []
        self._bank: Bank | None = None
        self._kept: dict[int, Bank] = {}
        self._senders: dict[str, frozenset[str]] = {}
        self._raised: dict[str, float] = {}

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All signals taken so far, in order of time."""
        return tuple(self._seen)

    def observe(self, event: Event) -> Step | str:
        """Take an event: the step it makes, or the reason why it is no evidence here.

        An event that takes an earlier one back, or denies it, also raises the doubt in that one:
        the series is filtered again from there, as `measure_stance` would.
        """
        evidence = gather((event,), self.items, self.model)
        found = evidence.series.get(self.series)
        for key, amount in doubts_raised(event, self._senders, self.items):
            self._raise(key, amount)
        if found:
            self._senders[event.key] = frozenset(event.signal.source_actors)
        if found is None:
            reasons = [r.reason for r in evidence.refused]
            return reasons[0] if reasons else f"it says nothing on {self.series}"
        return self.update(found[0])

    def update(self, observation: Observation) -> Step:
        """Take one observation. Raises `InputError` for one that was taken before."""
        last = self._seen[-1].week if self._seen else -np.inf
        if observation.week >= last:
            if any(o.key == observation.key for o in self._same_day(observation.week)):
                raise self._twice(observation)
            site = site_of(observation, observation.available)
            before = self._bank or open_bank(self.model.dynamics, site.week)
            self._append(observation, site, update(before, self.model.dynamics, site))
            return self._step(before, 0)
        if any(o.key == observation.key for o in self._seen):
            raise self._twice(observation)
        before = self._bank or open_bank(self.model.dynamics, observation.week)
        at = bisect.bisect_right([o.week for o in self._seen], observation.week)
        tail = [observation, *self._seen[at:]]
        sites = [site_of(observation, observation.available), *self._sites[at:]]
        count = self._rewind(at, tail, sites)
        return self._step(before, count)

    def doubt(self, key: str, eps: float) -> int:
        """Raise the doubt of a signal to `eps` (it was taken back, or denied); replay from there.

        Returns the number of signals filtered again.
        """
        index = next((i for i, o in enumerate(self._seen) if o.key == key), None)
        if index is None or not 0.0 < eps < 1.0:
            raise InputError(
                f"doubt {eps} on {key!r}", "a signal of this series and a doubt in (0, 1)",
                f"one of {', '.join(o.key for o in self._seen[-5:]) or 'none yet'}",
            )  # fmt: skip
        sites = [replace(self._sites[index], eps=eps), *self._sites[index + 1 :]]
        return self._rewind(index, self._seen[index:], sites)

    def level(self, at: date, coverage: float = 0.9) -> Level:
        """The level on `at`, which may not lie before the last signal."""
        bank = self._bank or open_bank(self.model.dynamics, weeks(at))
        if weeks(at) < bank.week:
            raise InputError(
                f"a level on {at}",
                f"a day from {self._seen[-1].day} on",
                "measure_stance(..., at=)",
            )
        return read_level(
            self.series,
            at,
            predict(bank, self.model.dynamics, weeks(at)),
            tuple(self._seen),
            self.model.dynamics,
            f"{self.model.name} v{self.model.version}",
            f"{self.items.name} v{self.items.version}",
            coverage,
        )

    def snapshot(self) -> Snapshot:
        """The series as it stands."""
        bank = self._bank or open_bank(self.model.dynamics, 0.0)
        return Snapshot(
            self.series,
            tuple(self._seen),
            bank,
            f"{self.model.name} v{self.model.version}",
            f"{self.items.name} v{self.items.version}",
            tuple(self._senders.items()),
            tuple(self._raised.items()),
        )

    @classmethod
    def resume(
        cls, snapshot: Snapshot, *, items: Items | None = None, model: Model | None = None
    ) -> OnlineSeries:
        """Take up a snapshot. Raises `InputError` if it was made under another model or table."""
        online = cls(snapshot.series, items=items, model=model)
        now = online.snapshot()
        if (now.model, now.items) != (snapshot.model, snapshot.items):
            raise InputError(
                f"a snapshot under {snapshot.model}, {snapshot.items}",
                f"one under {now.model}, {now.items}",
                "measure the series again under the new constants",
            )
        online._seen = list(snapshot.observations)
        online._sites = [site_of(o, o.available) for o in online._seen]
        online._bank = snapshot.bank if online._seen else None
        online._senders = dict(snapshot.senders)
        online._raised = dict(snapshot.raised)
        for key, amount in snapshot.raised:
            at = next(i for i, o in enumerate(online._seen) if o.key == key)
            eps = either(online._seen[at].eps, amount)
            online._sites[at] = replace(online._sites[at], eps=eps)
        return online

    # ------------------------------------------------------------ inside

    def _raise(self, key: str, amount: float) -> None:
        """Raise the doubt of a signal by what was told against it; only the weightiest counts."""
        seen = next(o for o in self._seen if o.key == key)
        if amount > self._raised.get(key, 0.0):
            self._raised[key] = amount
            self.doubt(key, either(seen.eps, amount))

    def _same_day(self, week: float) -> list[Observation]:
        found: list[Observation] = []
        for o in reversed(self._seen):
            if o.week < week:
                break
            found.append(o)
        return found

    def _append(self, observation: Observation, site: Site, bank: Bank) -> None:
        self._seen.append(observation)
        self._sites.append(site)
        self._bank = bank
        if len(self._seen) % CHECKPOINT == 0:
            self._kept[len(self._seen)] = bank

    def _rewind(self, at: int, tail: list[Observation], sites: list[Site]) -> int:
        for n in [n for n in self._kept if n > at]:
            del self._kept[n]
        start = max(self._kept, default=0)
        seen = [*self._seen[start:at], *tail]
        again = [*self._sites[start:at], *sites]
        bank = self._kept.get(start) or open_bank(self.model.dynamics, again[0].week)
        del self._seen[start:], self._sites[start:]
        for observation, site in zip(seen, again, strict=True):
            bank = update(bank, self.model.dynamics, site)
            self._append(observation, site, bank)
        return len(again)

    def _step(self, before: Bank, replayed: int) -> Step:
        assert self._bank is not None
        weights, mean, cov = levels(self._bank)
        centre = weights @ mean
        second = np.einsum("h,hii->i", weights, cov) + weights @ (mean - centre) ** 2
        gained = float(self._bank.log_evidence[0] - before.log_evidence[0])
        return Step(
            float(centre[0]),
            float(centre[1]),
            float(np.sqrt(second[0])),
            float(np.sqrt(second[1])),
            -gained / float(np.log(2.0)),
            replayed,
        )

    def _twice(self, observation: Observation) -> InputError:
        return InputError(
            f"the event {observation.key!r} a second time",
            "each event once; further reports of it merge into its doubt",
            "OnlineSeries.doubt(key, eps) to change what is believed of it",
        )
