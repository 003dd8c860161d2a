"""Every printed number of an assessment as a part with a handle: R-3f2a#fight.USA.

A part says what the number is, how it was computed and which handles it rests on. Parts are stored
with the run, so that `why` explains a number years later without computing it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from standoff.assess.assessment import Assessment
from standoff.terms import Estimate


@dataclass(frozen=True, slots=True)
class Part:
    """One number: its key within the run, what it is, its interval, its unit, its basis."""

    key: str
    label: str
    estimate: Estimate
    unit: str
    how: str
    rests_on: tuple[str, ...] = ()

    def payload(self) -> dict[str, Any]:
        """As it is stored."""
        e = self.estimate
        return {
            "label": self.label,
            "mean": _short(e.mean),
            "median": _short(e.median),
            "low": _short(e.low),
            "high": _short(e.high),
            "coverage": e.coverage,
            "unit": self.unit,
            "how": self.how,
            "rests_on": list(self.rests_on),
        }


def parts(a: Assessment) -> Iterator[Part]:
    """Every number of an assessment, each key once."""
    levels = tuple(level.handle for level in a.levels)
    solved = f"the game solved for {a.draws:,} draws, seed {a.seed}"
    for rate in a.base_rates:
        fixed = Estimate(rate.rate, rate.rate, rate.rate)
        how = f"{rate.counts}; {rate.source}"
        yield Part(f"{rate.key}.rate", f"base rate: {rate.name}", fixed, "probability", how)
    for stage in a.stages:
        rests = levels if stage.key == "stage.3" else ()
        yield Part(
            stage.key,
            f"attack within a year: {stage.name}",
            stage.war,
            "probability",
            stage.note,
            rests,
        )
        how = "the printed probability over the printed base rate; interval draw by draw"
        yield Part(
            f"{stage.key}.ratio", f"{stage.name}, over base", stage.ratio, "ratio", how, rests
        )
    for q in a.quantities:
        label = f"{q.label}, given {q.given}" if q.given else q.label
        how = solved if ":" in q.key or q.given else "base rate, evidence and strategic model"
        yield Part(q.key, label, q.estimate, q.unit, how, levels)
    evidence = tuple(dict.fromkeys(h for u in a.updates for h in u.signals))
    for months, chance in a.horizons:
        how = "base rate times the lines of the ledger of updates"
        label = f"attack within {months} months"
        yield Part(f"within.{months}", label, chance, "probability", how, (*levels, *evidence))
    for months, chance in a.base_horizons:
        label = f"attack within {months} months, base rate"
        yield Part(f"base.{months}", label, chance, "probability", a.stages[0].note)
    for u in a.updates:
        how = "; ".join(x for x in (u.precedent, f"slopes {u.origin}") if x)
        yield Part(u.key, u.name, u.ratio, "multiplier", how, u.signals)
    for s in a.prior_sets:
        yield Part(f"set.{s.name}", f"war under {s.name}", s.war, "probability", s.meaning, levels)
    for shift in a.shifts:
        p = shift.probability
        key = f"shift.{shift.level.removeprefix('L-').partition('@')[0]}.{shift.channel}"
        label = (
            f"{shift.level} {shift.channel}: {shift.direction} of more than {shift.delta:g} sd "
            f"in {shift.weeks:g} weeks"
        )
        how = f"probability under the filter ({shift.status})"
        yield Part(key, label, Estimate(p, p, p), "probability", how, (shift.level, *shift.signals))
    for f in (*a.factors, *a.levers):
        how = (
            "Shapley share of the game's log-odds of war, as a multiplier of the odds of an attack"
            if f.key.startswith("factor.")
            else "chance of an attack with the change over that without, same draws and constants"
        )
        yield Part(f.key, f.name, f.multiplier, "multiplier of the odds", how, levels)
    for e in a.effects:
        how = "chance of an attack with it over that without it, same draws and constants"
        touched = tuple(level for level, _, _ in e.levels)
        yield Part(e.key, e.name, e.multiplier, "multiplier", how, (*touched, *e.signals))
    yield from _grades(a)
    for i in a.influences:
        how = "the event left out of evidence and stance"
        yield Part(
            f"influence.{i.event}",
            f"{i.event} on the chance of an attack",
            i.multiplier,
            "multiplier",
            how,
            (i.level, *i.signals),
        )


def _grades(a: Assessment) -> Iterator[Part]:
    """The shares behind the two grades, and that of the claims which are contradicted."""
    g = a.grades
    rests = tuple(dict.fromkeys(h for i in a.influences for h in i.signals))
    how = (
        f"{g.evidence}: {g.sources} independent sources, {g.graded} of them graded, {g.reviewed} signals "
        "reviewed; the number is the share of the leading events' influence that a person coded or reviewed"
    )
    yield Part("grade.evidence", "evidence grade", _fixed(g.by_hand), "share", how, rests)
    how = (
        f"{g.model}: share of the summed log-ratios of the ledger of updates whose coefficients are "
        f"estimated from data; {g.elicited} of {g.coefficients} coefficients of the game are elicited"
    )
    yield Part("grade.model", "model grade", _fixed(g.estimated), "share", how)
    settled = a.n_claims - a.n_unsettled
    if settled:
        share = len(a.contested) / settled
        how = (
            f"{len(a.contested)} of {settled} claims that could be checked, of {a.n_claims} claims of "
            f"reports published by {a.as_of}"
        )
        handles = tuple(c.handle for c in a.contested)
        yield Part("claims", "checked claims contradicted", _fixed(share), "share", how, handles)


def _fixed(value: float) -> Estimate:
    return Estimate(value, value, value)


def _short(value: float) -> float:
    return float(f"{value:.10g}")
