"""How likely a dispute, and an attack, of one state on another was, before anything new is known.

Two logits on the regressors of :mod:`standoff.forecast.features`, fitted to directed dyad-years:

    p_onset = P(A begins a dispute with B in a year)      severity = P(it is an attack | it begins)
    lambda = -ln(1 - p_onset)                             P(m) = severity (1 - exp(-lambda m / 12))

P(m) is the chance of an attack within m months; without the severity, of a dispute. Draws are of
the coefficients (normal, with their full covariance) and of the level of the time: years differ by
more than the regressors say, by a factor with mean one whose spread is estimated.

The draws say how sure the rate is; the chance to print is their mean. Pairs that are no neighbours,
no rivals, had no dispute in twenty years and of which none is a major power have the counted rate
of such pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from standoff.errors import ImpossibleDate, InputError, UnknownActor
from standoff.forecast.effects import PairHistory
from standoff.forecast.facts import Facts, cow_code, year_fraction
from standoff.forecast.facts_file import load_facts
from standoff.forecast.features import (
    DyadMoments,
    happened,
    in_scope,
    regressors,
    years_of_peace,
)
from standoff.forecast.holders import holder_of
from standoff.forecast.logit import logistic
from standoff.forecast.lookup import Array
from standoff.forecast.rates_file import Rates, load_rates

__all__ = ["PairCounts", "PairRate", "Regressor", "pair_rate"]

FIRST_DAY = date(1946, 1, 1)
TREND = "decades"
"""Regressor of severity: decades to the last year of the fit; 0 for every later day."""


@dataclass(frozen=True, slots=True)
class Regressor:
    """One line of a card.

    Attributes:
        name, value: as computed, on its own scale.
        onset, severity: what it adds to the log-odds against the average of the training rows;
            None where the logit does not use it.
        why: the reason for the regressor.
    """

    name: str
    value: float
    onset: float | None
    severity: float | None
    why: str


@dataclass(frozen=True, slots=True)
class PairCounts:
    """The record of a pair before a day.

    Attributes:
        begun_5, begun_20, reverse_20: disputes begun by the challenger, by the protege.
        attacks: by the challenger since 1816.
        peace: years without a dispute between them.
        last_attack: year of the last one by either on the other, or None.
        clashes: how many of the disputes of twenty years rest on the table of clashes.
    """

    begun_5: int
    begun_20: int
    reverse_20: int
    attacks: int
    peace: float
    last_attack: int | None
    clashes: int


@dataclass(frozen=True, slots=True)
class PairRate:
    """The rate of a pair on a day.

    Attributes:
        challenger, protege: as asked.
        target: the state whose record is used: the protege, or who holds it.
        on: the day; only what came before it counts.
        relevant: whether the fitted rate applies, or the counted rate of distant pairs.
        regressors: with their contributions.
        counts: the record.
        coverage: table to the last year that it has.
        notes: what was done that a reader should know.
        missing: values that are not there, and what stands for them.
        rates: name of the fit.
    """

    challenger: str
    protege: str
    target: str
    on: date
    relevant: bool
    regressors: tuple[Regressor, ...]
    counts: PairCounts
    coverage: Mapping[str, int]
    notes: tuple[str, ...]
    missing: tuple[str, ...]
    rates: str
    _onset: tuple[float, float, float]
    _severity: tuple[float, float, float]
    _distant: tuple[int, int, int]

    def onset(self, draws: int, rng: np.random.Generator) -> Array:
        """Disputes that the challenger begins, per year: lambda, (draw,)."""
        if not self.relevant:
            years, disputes, _ = self._distant
            return rng.gamma(disputes + 0.5, 1.0 / years, draws)
        eta, spread, level = self._onset
        chance = logistic(eta + spread * rng.standard_normal(draws))
        return -np.log1p(-chance) * _level(level, draws, rng)

    def severity(self, draws: int, rng: np.random.Generator) -> Array:
        """P(a dispute that begins is an attack), (draw,)."""
        if not self.relevant:
            _, disputes, attacks = self._distant
            return rng.beta(attacks + 0.5, disputes - attacks + 0.5, draws)
        eta, spread, level = self._severity
        return logistic(
            eta + spread * rng.standard_normal(draws) + np.log(_level(level, draws, rng))
        )

    def dispute(self, months: float, draws: int, rng: np.random.Generator) -> Array:
        """P(the challenger begins a dispute within so many months), (draw,)."""
        return -np.expm1(-self.onset(draws, rng) * months / 12)

    def attack(self, months: float, draws: int, rng: np.random.Generator) -> Array:
        """P(the challenger begins a dispute that is an attack within so many months), (draw,)."""
        return self.dispute(months, draws, rng) * self.severity(draws, rng)


def _level(spread: float, draws: int, rng: np.random.Generator) -> Array:
    # Minus half the variance, so that its mean is one.
    return np.exp(spread * rng.standard_normal(draws) - 0.5 * spread**2)


def pair_rate(
    challenger: str,
    protege: str,
    on: date,
    *,
    facts: Facts | None = None,
    rates: Rates | None = None,
) -> PairRate:
    """The rate of disputes and attacks of one state against another on a day.

    Args:
        challenger: alpha-3 code.
        protege: alpha-3 code, or a place of the table of holders: then its holder of that day.
        on: from 1946 on; what happened on it or later is not used.
        facts, rates: other than those that ship.

    Raises:
        UnknownActor: a code that is no state and no place.
        ImpossibleDate: a day before 1946, or on which a state was not in the system.
        InputError: a challenger that is the protege, or holds it.

    Example:
        >>> rate = pair_rate("CHN", "TWN", date(2021, 8, 13))
        >>> attack = rate.attack(12, 4000, np.random.default_rng(1))
        >>> bool(0.001 < attack.mean() < 0.1)
        True
    """
    known, fit = facts or load_facts(), rates or load_rates()
    if on < FIRST_DAY:
        raise ImpossibleDate(
            f"{on.isoformat()}", f"a day from {FIRST_DAY} on", "the tables begin there"
        )
    notes: list[str] = []
    a = cow_code(challenger, on)
    target = _target(protege, on, notes)
    if target == challenger:
        raise InputError(
            f"{challenger} against {protege}" + (f", held by {target}" if notes else ""),
            "two states, or a place that another state holds",
            "name the other side",
        )
    b = cow_code(target, on)
    day = _day_of_record(known, on)
    at = DyadMoments(
        np.array([a], dtype=np.int64),
        np.array([b], dtype=np.int64),
        np.array([year_fraction(day)]),
    )
    columns = dict(regressors(known, at))
    columns |= _effects(known, fit, at)
    columns[TREND] = np.array([min(day.year - fit.last, 0) / 10])
    level = fit.level(day.year)
    relevant = bool(in_scope(known, at)[0])
    if not relevant:
        notes.append(
            "no neighbours, no rivals, no major power and no dispute in twenty years: "
            f"the counted rate of such pairs, {fit.distant[1]} disputes and {fit.distant[2]} "
            f"attacks in {fit.distant[0]:,} directed dyad-years"
        )
    if relevant and day.year > fit.last + 1 and fit.later:
        rows = [r for r in fit.later if day.year - 10 <= r[0] < day.year]
        notes.append(
            f"severity times {level:.2f}: {sum(r[2] for r in rows)} attacks came in "
            f"{rows[0][0]}-{rows[-1][0]} where {sum(r[1] for r in rows):.1f} were expected"
        )
    eta, spread = fit.severity.spread(fit.severity.scaled(columns)[0])
    rows = {
        "onset": fit.onset.scaled(columns)[0],
        "severity": fit.severity.scaled(columns)[0],
    }
    return PairRate(
        challenger=challenger,
        protege=protege,
        target=target,
        on=on,
        relevant=relevant,
        regressors=_lines(fit, columns, rows) if relevant else (),
        counts=_counts(known, at),
        coverage={name: c.last for name, c in known.coverage.items()},
        notes=(*notes, *_record_notes(known, on)),
        missing=_missing(known, on, (challenger, a), (target, b)),
        rates=fit.name,
        _onset=(*fit.onset.spread(rows["onset"]), fit.onset_level),
        _severity=(eta + float(np.log(level)), spread, fit.severity_level),
        _distant=fit.distant,
    )


def _day_of_record(facts: Facts, on: date) -> date:
    """The day, or the one after the record of disputes ends: what is not known is not peace."""
    return min(on, facts.end + timedelta(days=1))


def _target(protege: str, on: date, notes: list[str]) -> str:
    try:
        cow_code(protege, on)
    except (UnknownActor, ImpossibleDate):
        held = holder_of(protege, on)
        if held is None:
            raise
        notes.append(f"{held.place} was held by {held.holder}: the pair is with {held.holder}")
        return held.holder
    return protege


def _lines(
    fit: Rates, columns: Mapping[str, Array], rows: Mapping[str, Array]
) -> tuple[Regressor, ...]:
    added = {
        which: dict(zip(logit.names, rows[which][1:] * logit.coef[1:], strict=True))
        for which, logit in (("onset", fit.onset), ("severity", fit.severity))
    }
    return tuple(
        Regressor(
            name,
            float(columns[name][0]),
            added["onset"].get(name),
            added["severity"].get(name),
            fit.reasons.get(name, ""),
        )
        for name in dict.fromkeys((*fit.onset.names, *fit.severity.names))
    )


def _effects(facts: Facts, fit: Rates, at: DyadMoments) -> Mapping[str, Array]:
    """Effects of the pair from its years since 1946, as far as the record of disputes goes."""
    a, b, now = int(at.first[0]), int(at.second[0]), int(at.year[0])
    until = min(now, facts.coverage["disputes"].last + 1)
    years = np.arange(FIRST_DAY.year, max(until, FIRST_DAY.year))
    born = np.maximum(facts.births.at(at.first, at.year), facts.births.at(at.second, at.year))
    years = years[years >= born]
    first = np.repeat(np.array([a, b], dtype=np.int64), len(years))
    past = DyadMoments(first, a + b - first, np.tile(years, 2).astype(float))
    past = past.where(in_scope(facts, past))
    came = happened(facts.onsets, past.key, past.year).astype(float)
    expected = fit.plain.chance(regressors(facts, past))
    history = PairHistory.of(past.first, past.second, past.year, came, expected)
    return history.effects(at.first, at.second, at.year, fit.shapes)


def _counts(facts: Facts, at: DyadMoments) -> PairCounts:
    def count(turned: bool, years: float) -> int:
        return int(facts.onsets.count(at.turned if turned else at.key, at.time, years)[0])

    last = float(facts.met_attack.last(at.key, at.time)[0])
    ended = facts.coverage["disputes"].last + 1
    span = float(at.time[0]) - ended
    recent = sum(count(t, min(span, 20.0)) for t in (False, True)) if span > 0 else 0
    return PairCounts(
        begun_5=count(False, 5),
        begun_20=count(False, 20),
        reverse_20=count(True, 20),
        attacks=int(facts.attacks.count(at.key, at.time, 10_000)[0]),
        peace=float(years_of_peace(facts, at)[0]),
        last_attack=int(last) if np.isfinite(last) else None,
        clashes=recent,
    )


def _record_notes(facts: Facts, on: date) -> tuple[str, ...]:
    last = facts.coverage["disputes"].last
    day = _day_of_record(facts, on)
    found: list[str] = []
    if on.year > last and facts.clashes_end is not None:
        found.append(f"disputes after {last} are those of the table of clashes, which lists fewer")
    if day < on:
        end = day - timedelta(days=1)
        found.append(f"no dispute after {end} is known here: the rate of {day} stands for {on}")
    return tuple(found)


def _missing(
    facts: Facts, on: date, challenger: tuple[str, int], target: tuple[str, int]
) -> tuple[str, ...]:
    found: list[str] = []
    for table, words, year in (
        ("capabilities", "capabilities", on.year - 1),
        ("contiguity", "borders", on.year),
        ("majors", "major powers", on.year),
        ("pacts", "pacts", on.year - 1),
        ("rivalries", "rivalries", on.year - 1),
        ("nuclear", "nuclear weapons", on.year - 1),
    ):
        last = facts.coverage[table].last
        if year > last:
            found.append(f"{words} of {last} stand for {year}")
    for name, code in (challenger, target):
        year = np.array([on.year - 1, on.year])
        if not facts.capabilities.find(np.array([code, code]), year)[1].any():
            found.append(f"no capabilities of {name}: taken as the least")
    return tuple(found)
