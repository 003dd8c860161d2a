"""Is this a shift? The probability that a level moved by more than delta within a window.

The level at the start of the window is remembered as an extra state (see `bank.clone`), so the
signals inside the window also correct what is believed about the start. The probability is
P(x(t) - x(t - w) > delta) under the bank, jumps included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import ndtr

from standoff.measure.bank import KINDS, NONE, Bank, clone, fork
from standoff.measure.dynamics import Array
from standoff.measure.filter import predict, update
from standoff.measure.level import ENOUGH
from standoff.measure.model import Dynamics, Model
from standoff.measure.observation import Observation
from standoff.measure.response import Site
from standoff.measure.series import Series, day_of, weeks
from standoff.terms import Channel


@dataclass(frozen=True, slots=True)
class Shift:
    """The probability that `channel` of a series moved by more than `delta` in `weeks` weeks.

    `direction` is the likelier one; `opposite` is the probability of as large a move the other
    way. `jump` is the probability of a sudden change of that channel within the window, `between`
    the central 80 % interval of its day given that there was one. `signals` carry it: each with the
    probability it adds (what is lost when it is left out). `status` is "measured", "no before"
    (fewer than three signals of the channel before the window) or "no signal" (none inside it).
    `false_alarms` is how often a year a series at rest would show as much, where known.
    """

    series: Series
    at: date
    channel: Channel
    direction: str
    probability: float
    opposite: float
    delta: float
    weeks: float
    jump: float
    between: tuple[date, date] | None
    signals: tuple[tuple[str, float], ...]
    status: str
    false_alarms: float | None = None


def window_bank(
    dynamics: Dynamics, before: Bank, start: float, sites: Sequence[Site], end: float
) -> Bank:
    """The bank at `end` that remembers the level at `start`; `before` is the state by then."""
    bank = clone(predict(before, dynamics, start))
    for site in sites:
        bank = update(bank, dynamics, site)
    return predict(bank, dynamics, end)


def window_banks_without(
    dynamics: Dynamics, before: Bank, start: float, sites: Sequence[Site], end: float
) -> Bank:
    """As `window_bank`, with one copy per site that leaves it out (axis copy: site)."""
    bank = clone(predict(before, dynamics, start))
    for i, site in enumerate(sites):
        # Up to its own site a copy sees all there is; after the last none is needed that does.
        bank = update(fork(bank) if i < len(sites) - 1 else bank, dynamics, site, skip=i)
    return predict(bank, dynamics, end)


def change_probability(bank: Bank, channel: Channel, delta: float) -> tuple[Array, Array]:
    """P(now - then > delta) and P(now - then < -delta), each of shape (copy,).

    `bank` must hold the remembered level as its last two states.
    """
    size = bank.mean.shape[2]
    which = 0 if channel is Channel.WORDS else 1
    contrast = np.zeros(size)
    contrast[which] = contrast[which + 2] = 1.0
    contrast[size - 2 + which] = -1.0
    mean = bank.mean @ contrast
    sd = np.sqrt(np.maximum((bank.cov @ contrast) @ contrast, 1e-12))
    weights = bank.weights
    rise = (weights * np.asarray(ndtr((mean - delta) / sd))).sum(axis=1)
    fall = (weights * np.asarray(ndtr((-delta - mean) / sd))).sum(axis=1)
    return rise, fall


def jump_posterior(
    bank: Bank, channel: Channel, start: float
) -> tuple[float, tuple[date, date] | None]:
    """Probability of a jump of `channel` since week `start`, and the interval of its day."""
    touches = [KINDS.index(channel.value), KINDS.index("both")]
    weights = bank.weights[0]
    chosen = [
        (bank.start + int(born), float(w))
        for w, kind, born in zip(weights, bank.kind, bank.born, strict=True)
        if kind != NONE and int(kind) in touches and bank.start + int(born) + 1 > start
    ]
    total = sum(w for _, w in chosen)
    if total <= 1e-9:
        return 0.0, None
    by_week: dict[float, float] = {}
    for week, w in chosen:
        by_week[week] = by_week.get(week, 0.0) + w / total
    run, low, high = 0.0, None, None
    for week in sorted(by_week):
        run += by_week[week]
        if low is None and run >= 0.1:
            low = week
        if high is None and run >= 0.9:
            high = week + 1.0
    last = max(by_week) + 1.0
    first = start if low is None else max(low, start)
    end = min(last if high is None else high, bank.week)
    return total, (day_of(first), day_of(max(first, end)))


def read_shifts(
    series: Series,
    day: date,
    before: Bank,
    seen: Sequence[Observation],
    sites: Sequence[Site],
    model: Model,
    *,
    delta: float,
    within: float,
) -> tuple[Shift, ...]:
    """One shift per channel, in its likelier direction; `before` is the bank at the window's start.

    `sites` are those of `seen`, all of them; those inside the window are used.
    """
    dynamics = model.dynamics
    end = weeks(day)
    start = end - within
    # The rate of false alarms was measured for one question only.
    known = (delta, within) == (0.5, 26.0)
    count = sum(o.week <= start for o in seen)
    inside, later = seen[count:], sites[count:]
    bank = window_bank(dynamics, before, start, later, end)
    lacking = window_banks_without(dynamics, before, start, later, end) if later else None
    found: list[Shift] = []
    for channel in Channel:
        both = [float(p[0]) for p in change_probability(bank, channel, delta)]
        up = both[0] >= both[1]
        carried: list[tuple[str, float]] = []
        if lacking is not None:
            rest = change_probability(lacking, channel, delta)[0 if up else 1]
            gains = sorted(
                ((max(both) - float(q), o) for q, o in zip(rest, inside, strict=True)),
                key=lambda pair: (-pair[0], pair[1].key),
            )
            carried = [
                (o.handles[0] if o.handles else o.key, round(g, 9)) for g, o in gains if g > 0.01
            ]
        jump, between = jump_posterior(bank, channel, start)
        found.append(
            Shift(
                series,
                day,
                channel,
                "rise" if up else "fall",
                round(max(both), 9),
                round(min(both), 9),
                delta,
                within,
                round(jump, 9),
                between,
                tuple(carried),
                _shift_status(seen[:count], inside, channel),
                model.false_alarm_rate(round(max(both), 9)) if known else None,
            )
        )
    return tuple(found)


def _shift_status(
    before: Sequence[Observation], inside: Sequence[Observation], channel: Channel
) -> str:
    if not any(o.channel is channel for o in inside):
        return "no signal"
    if sum(o.channel is channel for o in before) < ENOUGH:
        return "no before"
    return "measured"
