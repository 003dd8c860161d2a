"""Does machine-coded event data add to a pair's rate of disputes?

    python benchmarks/forecast_events.py [EVENTS.parquet]

The rates are fitted to the years before 2005 alone. For every pair in scope and every month of 2005 to
2010 the offset is the log-odds of a dispute in that month, by the rate of the month's first day; ICEWS
events of the days before add f(v) = log2(1 + v) by kind, with the half-lives of the shipped table of
evidence. Slopes are fitted on 2005 to 2008 and scored on 2009 and 2010, which nothing has seen. A pair
leaves the year in which it had a dispute: the record has one a pair and a year.

EVENTS has head, relation, tail, date (a sample of one event in five, decoded). What ICEWS codes as done
by persons is their state's while they held an office; sides without a state are left out.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from standoff.errors import StandoffError
from standoff.fit import area_under_curve
from standoff.forecast import fit_rates, load_evidence, load_facts, training_panel
from standoff.forecast.effects import PairHistory
from standoff.forecast.facts import cow_code
from standoff.forecast.features import DyadMoments, regressors
from standoff.forecast.lookup import pair_key
from standoff.reference import office_spells, state_names

OPEN_EVENTS = (
    Path(__file__).resolve().parents[2] / "shared/data/history/icews_2005_2010_xERTE.parquet"
)
FIRST, SPLIT, LAST = 2005, 2009, 2010
# Evidence of the first months would lack what came before the file begins.
WARM = 3
# The file holds one event in five.
SAMPLE = 5.0
# Acts of the protege count half, as in the shipped table.
REVERSE = 0.5
RIDGE = 3.0
RESAMPLES = 2000

# Terms of CAMEO as ICEWS prints them, by their first words (the longest that fits), to kinds of the
# table of evidence. Statements, requests and police work say nothing of either and are left out.
KINDS: dict[str, tuple[str, ...]] = {
    "force used": (
        "use conventional", "use unconventional", "use tactics of violent", "fight with", "employ aerial",
        "violate ceasefire", "assassinate", "kill by", "carry out suicide", "conduct suicide",
        "engage in mass", "physically assault", "destroy property",
    ),
    "ultimatum": ("give ultimatum",),
    "blockade or seizure": (
        "impose blockade", "obstruct passage", "occupy territory", "confiscate", "seize", "abduct",
        "arrest", "coerce",
    ),
    "build-up": (
        "mobilize or increase armed", "increase military alert", "demonstrate military", "increase police",
        "mobilize or increase police",
    ),
    "threat": ("threaten",),
    "rupture": (
        "reduce", "halt", "impose embargo", "impose administrative", "expel",
    ),
    "hostile words": (
        "accuse", "criticize", "reject", "demand", "complain", "refuse", "rally opposition", "veto",
        "defy", "protest", "demonstrate", "investigate", "bring lawsuit", "make pessimistic",
    ),
    "step back": (
        "retreat", "declare truce", "ease", "return", "yield", "provide", "cooperate", "engage in material",
        "share intelligence", "demobilize", "receive", "grant", "accede",
    ),
    "agreement": (
        "sign formal", "express intent to yield", "express intent to settle", "express intent to release",
        "express intent to de-escalate", "express intent to provide", "express intent to accept",
        "express intent to ease",
    ),
    "contact": (
        "consult", "make a visit", "host a visit", "meet at", "engage in negotiation", "discuss",
        "express intent to", "engage in diplomatic", "praise", "apologize", "mediate", "make optimistic",
        "express accord", "engage in symbolic", "rally support", "make empathetic", "forgive",
    ),
}  # fmt: skip
STARTS = {start: kind for kind, starts in KINDS.items() for start in starts}
MODEL = {k.name: k for k in load_evidence().kinds}


def kind_of(term: str) -> str | None:
    """The kind of evidence of a term, None for what is no evidence."""
    best = max((s for s in STARTS if term.lower().startswith(s)), key=len, default=None)
    return None if best is None else STARTS[best]


# ---------------------------------------------------------------- who is meant


def folded(name: str) -> str:
    """First and last word without accents: how two spellings of one person meet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain)
    return f"{words[0]} {words[-1]}" if words else ""


class Who:
    """Names of a file to COW codes on a day."""

    def __init__(self) -> None:
        self.states = {n.name.lower(): n.actor for n in state_names() if n.kind == "name"}
        self.persons: dict[str, list[tuple[date, date, str]]] = {}
        for spell in office_spells():
            for name in {folded(n) for n in spell.names}:
                row = (spell.start, spell.end or date.max, spell.actor)
                self.persons.setdefault(name, []).append(row)
        self.codes: dict[tuple[str, int], int | None] = {}

    def actor(self, name: str, on: date) -> str | None:
        """A state, a part of one ("Police (Chile)"), or a person in office on the day."""
        part = re.search(r"\(([^()]+)\)$", name)
        found = self.states.get((part.group(1) if part else name).lower())
        if found or part:
            return found
        held = {a for start, end, a in self.persons.get(folded(name), []) if start <= on <= end}
        return held.pop() if len(held) == 1 else None

    def code(self, name: str, on: date) -> int | None:
        """The COW code, None where there is none."""
        actor = self.actor(name, on)
        if actor is None:
            return None
        key = (actor, on.year)
        if key not in self.codes:
            try:
                self.codes[key] = cow_code(actor, date(on.year, 7, 1))
            except StandoffError:
                self.codes[key] = None
        return self.codes[key]


def read_events(file: Path) -> pd.DataFrame:
    """Events between two states: pair, day (of the proleptic calendar), kind."""
    rows = pd.read_parquet(file)
    print(f"{len(rows):,} events in the file")
    rows["kind"] = rows.relation.map({r: kind_of(r) for r in rows.relation.unique()})
    who = Who()
    for side in ("head", "tail"):
        rows[side] = [who.code(n, d) for n, d in zip(rows[side], rows.date, strict=True)]
    both = rows.dropna(subset=["head", "tail"])
    both = both[both["head"] != both["tail"]]
    print(f"{len(both):,} between two states, {both.kind.notna().sum():,} of a kind of evidence")
    kept = both.dropna(subset=["kind"])
    return pd.DataFrame(
        {
            "pair": pair_key(kept["head"].astype(int), kept["tail"].astype(int)),
            "day": [d.toordinal() for d in kept.date],
            "kind": kept.kind.to_numpy(),
        }
    )


# ---------------------------------------------------------------- dyad-months


@dataclass(frozen=True)
class Months:
    """Dyad-months at risk: pair, month since the first, offset, whether a dispute began."""

    pair: np.ndarray
    month: np.ndarray
    offset: np.ndarray
    came: np.ndarray


def dyad_months() -> Months:
    """All dyad-months with the rate fitted to the years before the first."""
    facts = load_facts()
    training = training_panel(facts, last=LAST)
    rates = fit_rates(training, facts, until=FIRST - 1)
    at = training.panel.at
    past = PairHistory.of(
        at.first, at.second, at.year,
        training.panel.onset.astype(float), rates.plain.chance(training.columns),
    )  # fmt: skip
    onset = dict(zip(zip(facts.onsets.keys, np.floor(facts.onsets.times), strict=True),
                     facts.onsets.times, strict=True))  # fmt: skip
    parts: list[tuple[np.ndarray, ...]] = []
    for year in range(FIRST, LAST + 1):
        now = at.where(at.year == year)
        when = np.array([onset.get((k, year), np.inf) for k in now.key])
        for month in range(12):
            # The first day of the month: only what came before it is known.
            moment = DyadMoments(now.first, now.second, np.full(len(now.key), year + month / 12))
            columns = dict(regressors(facts, moment))
            columns |= past.effects(now.first, now.second, moment.year, rates.shapes)
            yearly = rates.onset.chance(columns)
            chance = -np.expm1(np.log1p(-yearly) / 12)
            risk = when > year + month / 12
            came = risk & (when < year + (month + 1) / 12)
            since = np.full(len(now.key), (year - FIRST) * 12 + month)
            odds = np.log(chance) - np.log1p(-chance)
            parts.append(tuple(v[risk] for v in (now.key, since, odds, came)))
    pair, month, offset, came = (np.concatenate(p) for p in zip(*parts, strict=True))
    keep = month >= WARM
    return Months(pair[keep], month[keep], offset[keep], came[keep].astype(float))


def strengths(events: pd.DataFrame, months: Months) -> np.ndarray:
    """log2(1 + v) by kind at the first day of each month, (row, kind)."""
    pairs = np.unique(
        np.concatenate([events.pair, events.pair % 1000 * 1000 + events.pair // 1000])
    )
    kinds = list(KINDS)
    life = np.array([MODEL[k].half_life for k in kinds])
    spot = np.searchsorted(pairs, events.pair)
    turned = np.searchsorted(pairs, events.pair % 1000 * 1000 + events.pair // 1000)
    which = np.array([kinds.index(k) for k in events.kind])
    day = events.day.to_numpy()
    place = np.minimum(np.searchsorted(pairs, months.pair), len(pairs) - 1)
    known = pairs[place] == months.pair
    volume = np.zeros((len(pairs), len(kinds)))
    found = np.zeros((len(months.pair), len(kinds)))
    before = date(FIRST, 1, 1).toordinal()
    for month in range((LAST - FIRST + 1) * 12):
        start = date(FIRST + month // 12, month % 12 + 1, 1).toordinal()
        volume *= 0.5 ** ((start - before) / life)
        new = (day >= before) & (day < start)
        weight = SAMPLE * 0.5 ** ((start - day[new]) / life[which[new]])
        np.add.at(volume, (spot[new], which[new]), weight)
        np.add.at(volume, (turned[new], which[new]), REVERSE * weight)
        rows = known & (months.month == month)
        found[rows] = np.log2(1.0 + volume[place[rows]])
        before = start
    return found


# ---------------------------------------------------------------- fit and score


def fit(x: np.ndarray, y: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and covariance of a ridge logit with an offset, the constant first and free."""
    shrink = np.diag([0.0, *([RIDGE] * (x.shape[1] - 1))])
    b = np.zeros(x.shape[1])

    def loss(c: np.ndarray) -> float:
        eta = offset + x @ c
        return float((np.logaddexp(0, eta) - y * eta).sum() + 0.5 * c @ shrink @ c)

    now, curve = loss(b), np.eye(len(b))
    for _ in range(60):
        p = 1 / (1 + np.exp(-(offset + x @ b)))
        curve = (x * (p * (1 - p))[:, None]).T @ x + shrink
        step, size = np.linalg.solve(curve, x.T @ (y - p) - shrink @ b), 1.0
        while loss(b + size * step) > now and size > 1e-6:
            size /= 2
        b = b + size * step
        saved, now = now - loss(b), loss(b)
        if saved < 1e-6:
            break
    return b, np.linalg.inv(curve)


def log_loss(eta: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Nats of each row."""
    return np.logaddexp(0, eta) - y * eta


def blocks(gain: np.ndarray, month: np.ndarray) -> tuple[float, float]:
    """90 % interval of the mean gain, whole months drawn anew."""
    _, where = np.unique(month, return_inverse=True)
    total, size = np.bincount(where, weights=gain), np.bincount(where)
    draw = np.random.default_rng(1).integers(0, len(size), (RESAMPLES, len(size)))
    low, high = np.quantile(total[draw].sum(axis=1) / size[draw].sum(axis=1), [0.05, 0.95])
    return float(low), float(high)


def score(f: np.ndarray, months: Months, label: str) -> tuple[np.ndarray, np.ndarray]:
    """Fit on the first years, print the gain on the last; the slopes and their errors come back."""
    y, train = months.came, months.month < (SPLIT - FIRST) * 12
    test = ~train
    one = np.ones((len(y), 1))
    level, _ = fit(one[train], y[train], months.offset[train])
    x = np.concatenate([one, f], axis=1)
    b, cov = fit(x[train], y[train], months.offset[train])
    alone, joined = months.offset + level[0], months.offset + x @ b
    gain = (log_loss(alone, y) - log_loss(joined, y))[test]
    low, high = blocks(gain, months.month[test])
    rank = [area_under_curve(eta[test], y[test] > 0) for eta in (alone, joined)]
    events = int(y[test].sum())
    print(
        f"{label}: gain {1e6 * gain.mean():+.1f} (90 % {1e6 * low:+.1f} to {1e6 * high:+.1f}) "
        f"millionths of a nat a dyad-month, {gain.sum() / events:+.3f} a dispute; "
        f"AUC {rank[0]:.3f} rate alone, {rank[1]:.3f} with it"
    )
    if low > 0:
        print(f"{label}: it adds to the rate")
    else:
        print(f"{label}: NO gain that this test can tell from none")
    return b, np.sqrt(np.diag(cov))


def precedents(f: np.ndarray, months: Months) -> None:
    """How often a dispute began in a month before which an act of a kind was fresh (volume 1 or more)."""
    rate = 1 / (1 + np.exp(-months.offset))
    for name, column in zip(KINDS, f.T, strict=True):
        fresh = column >= 1.0
        came, said = int(months.came[fresh].sum()), float(rate[fresh].sum())
        print(f"precedent, {name}: {came} of {int(fresh.sum()):,} months, {said:.1f} expected")
    none = ~(f >= 1.0).any(axis=1)
    came, said = int(months.came[none].sum()), float(rate[none].sum())
    print(f"precedent, none of them: {came} of {int(none.sum()):,} months, {said:.1f} expected")


def main() -> None:
    """Print everything."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else OPEN_EVENTS
    if not file.is_file():
        sys.exit(f"skipped: {file} is not here")
    events, months = read_events(file), dyad_months()
    test = months.month >= (SPLIT - FIRST) * 12
    for name, rows in ((f"{FIRST}-{SPLIT - 1}", ~test), (f"{SPLIT}-{LAST}", test)):
        rate = 1 / (1 + np.exp(-months.offset[rows]))
        print(
            f"{name}: {rows.sum():,} dyad-months, {int(months.came[rows].sum())} disputes, "
            f"{rate.sum():.1f} expected by the rate"
        )
    f = strengths(events, months)
    print(f"{(f > 0).any(axis=1).mean():.1%} of dyad-months have any event")
    precedents(f, months)
    b, error = score(f, months, "events by kind")
    hostile = [i for i, k in enumerate(KINDS) if not MODEL[k].calms]
    some = ["force used", "ultimatum", "blockade or seizure", "build-up", "threat", "rupture"]
    deeds = [i for i, k in enumerate(KINDS) if k in some]
    score(np.log2(1 + (2 ** f[:, hostile] - 1).sum(axis=1))[:, None], months, "one hostile volume")
    score(
        np.log2(1 + (2 ** f[:, deeds] - 1).sum(axis=1))[:, None], months, "acts and threats alone"
    )
    # A test that could not fail would say nothing: the events of other pairs must add nothing.
    shuffled = f[np.random.default_rng(7).permutation(len(f))]
    score(shuffled, months, "placebo, events of other dyad-months")
    print("slope of log2(1 + v), standard error, slope on a crisis in the shipped table")
    for i, kind in enumerate(KINDS, start=1):
        table = MODEL[kind].crisis[0] * (-1 if MODEL[kind].calms else 1)
        print(f"  {kind:20} {b[i]:+.3f}  {error[i]:.3f}  {table:+.2f}")


if __name__ == "__main__":
    main()
