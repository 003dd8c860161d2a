"""Dated news and no hindsight: forecasts at each month's end from the news of 120 days.

    python benchmarks/forecast_news.py [NEWS.jsonl] [--draws 200]

NEWS has {"day", "text"} a line (April 2020 to June 2021). Every two states that at least ten items name
both are asked about in both directions, at each month's end from May 2020 to June 2021; the texts go
through the same path as `standoff backtest` with texts, nobody choosing a pair or an item. What came is
an attack (or force or attack) of the table of clashes within three months, begun by the one on the
other. The base rate and the count of signals that counted stand beside. Intervals draw pairs anew.

Names are those of the reference table; a name that is also a state of the United States or a mere
direction is no sign of a state (Georgia, Washington, the North), nor is a capital that is a person's
name (Victoria), nor a name that two states bear.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from standoff.assess import CaseForecast, forecast_case
from standoff.errors import StandoffError
from standoff.fit import area_under_curve
from standoff.forecast.facts import cow_code
from standoff.read import read_report
from standoff.read.gazetteer import Entry, Names
from standoff.reference import state_names
from standoff.terms import signal_record

OPEN_NEWS = Path(__file__).resolve().parents[2] / "shared/data/reading/news_2020_2021.jsonl"
LEAST = 10
MEMORY, WITHIN = 120, 92  # days
NO_SIGN = {"us-state", "direction"}
MONTHS = [(2020, m) for m in range(5, 13)] + [(2021, m) for m in range(1, 7)]
LEVELS = {"attack": {"attack"}, "force or attack": {"force", "attack"}}
RESAMPLES = 1000
SHOWN = 10


@dataclass(frozen=True)
class Row:
    """One forecast with its month and what came, by level."""

    pair: tuple[str, str]
    at: date
    found: CaseForecast
    came: dict[str, bool]


def read_items(file: Path) -> list[tuple[date, str]]:
    """Items as (day, text)."""
    lines = file.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [(date.fromisoformat(r["day"]), r["text"]) for r in rows]


def is_state(actor: str, on: date) -> bool:
    """Whether the base rates know it as a state on a day."""
    try:
        cow_code(actor, on)
    except StandoffError:
        return False
    return True


def misleads(entry: Entry) -> bool:
    """Whether a name is better not taken for a state."""
    person = entry.kind == "capital" and "person" in entry.caution
    return person or bool(NO_SIGN & set(entry.caution))


def group(items: list[tuple[date, str]]) -> dict[tuple[str, str], list[int]]:
    """Two states, in order of code, to the places of the items that name both."""
    names = Names(
        Entry(n.name, n.kind, n.actor, start=n.start, end=n.end, caution=n.caution)
        for n in state_names()
    )
    found: dict[tuple[str, str], list[int]] = {}
    for place, (day, text) in enumerate(items):
        named: set[str] = set()
        for hit in names.find(text):
            held = {e.actor for e in hit.entries if e.holds(day)}
            if len(held) == 1 and not any(misleads(e) for e in hit.entries):
                named |= held
        for pair in itertools.combinations(sorted(a for a in named if is_state(a, day)), 2):
            found.setdefault(pair, []).append(place)
    return {p: v for p, v in found.items() if len(v) >= LEAST}


def coded(text: str, day: date, number: int) -> list[dict[str, Any]]:
    """Signals of one item, as `forecast_case` makes them of a text; read once for all its months."""
    report = read_report(text, published=day, source="wire", title="")
    more = {"doc": f"text {number}", "source": "wire", "grade": "F", "available": day.isoformat()}
    return [signal_record(s) | more for s in report.signals]


def clashes() -> list[tuple[str, str, date, str]]:
    """Challenger, protege, first day and level of what the challenger began or joined."""
    text = (files("standoff.forecast") / "data" / "clashes.csv").read_text("utf-8")
    return [
        (r["challenger"], r["protege"], date.fromisoformat(r["start"]), r["level"])
        for r in csv.DictReader(text.splitlines())
        if r["origin"] != "reply"
    ]


def forecasts(file: Path, draws: int) -> tuple[list[Row], Counter[tuple[str, str]], list[str]]:
    """All forecasts, items by pair, and what could not be forecast."""
    items = read_items(file)
    groups = group(items)
    signals = {
        i: coded(items[i][1], items[i][0], i) for i in {i for v in groups.values() for i in v}
    }
    table = clashes()
    rows: list[Row] = []
    failed: list[str] = []
    for (a, b), (year, month) in itertools.product(groups, MONTHS):
        at = date(year, month, calendar.monthrange(year, month)[1])
        window = [i for i in groups[a, b] if 0 <= (at - items[i][0]).days <= MEMORY]
        for c, t in ((a, b), (b, a)):
            case = {
                "id": f"{c}-{t}-{at}",
                "as_of": at.isoformat(),
                "challenger": c,
                "protege": t,
                "signals": [s for i in window for s in signals[i]],
            }
            found = forecast_case(case, draws=draws)
            if found.error:
                failed.append(f"{found.id}: {found.error}")
                continue
            came = {
                name: any(
                    (x, y) == (c, t) and level in levels and 0 < (start - at).days <= WITHIN
                    for x, y, start, level in table
                )
                for name, levels in LEVELS.items()
            }
            rows.append(Row((c, t), at, found, came))
    return rows, Counter({p: len(v) for p, v in groups.items()}), failed


def scores(rows: Sequence[Row], level: str) -> None:
    """Log score, Brier score and AUC of forecast, base rate and count; differences with intervals."""
    y = np.array([r.came[level] for r in rows], dtype=float)
    spells = len({(r.pair, s) for r in rows if r.came[level] for s in starts(r, level)})
    print(
        f"\n{level}: {int(y.sum())} of {len(y):,} forecasts came true; "
        f"they are {spells} clashes of {len({r.pair for r in rows if r.came[level]})} directed pairs"
    )
    if not 0 < y.sum() < len(y):
        print("no score: the outcomes are all alike")
        return
    means = {
        "forecast": np.array([r.found.p_violence for r in rows]),
        "base rate": np.array([r.found.base for r in rows]),
    }
    count = np.array([float(r.found.n_signals) for r in rows])
    _, pair = np.unique(["-".join(sorted(r.pair)) for r in rows], return_inverse=True)
    members = [np.flatnonzero(pair == i) for i in range(pair.max() + 1)]
    rng = np.random.default_rng(1)
    draws = [
        np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        for _ in range(RESAMPLES)
    ]

    def auc(p: np.ndarray, at: np.ndarray) -> float:
        mixed = 0 < y[at].sum() < len(at)
        return float(area_under_curve(p[at], y[at] > 0)) if mixed else float("nan")

    everything = np.arange(len(y))
    print(f"{'':10} {'mean':>8} {'expected':>8} {'log':>8} {'brier':>8} {'AUC (90 %)':>20}")
    for name, p in means.items():
        nats = -np.log(np.where(y > 0, p, 1 - p))
        low, high = np.nanquantile([auc(p, d) for d in draws], [0.05, 0.95])
        print(
            f"{name:10} {p.mean():8.5f} {p.sum():8.1f} {nats.mean():8.5f} {np.mean((p - y) ** 2):8.5f} "
            f"{auc(p, everything):6.3f} ({low:.3f} to {high:.3f})"
        )
    low, high = np.nanquantile([auc(count, d) for d in draws], [0.05, 0.95])
    print(f"{'count':10} {'':35} {auc(count, everything):6.3f} ({low:.3f} to {high:.3f})")
    p, base = means.values()
    gain = np.log(np.where(y > 0, p, 1 - p)) - np.log(np.where(y > 0, base, 1 - base))
    low, high = np.quantile([gain[d].mean() for d in draws], [0.05, 0.95])
    print(
        f"gain over the base rate, nats a forecast: {gain.mean():+.5f} ({low:+.5f} to {high:+.5f})"
    )
    hit = y > 0
    print(f"  where it came {gain[hit].mean():+.3f} each, elsewhere {gain[~hit].mean():+.5f} each")
    for r in rows:
        if r.came[level]:
            f = r.found
            print(
                f"  came: {f.id}  forecast {f.p_violence:.4f}  base {f.base:.4f}  signals {f.n_signals}"
            )


def starts(row: Row, level: str) -> list[date]:
    """First days of the clashes that a row foresees or misses."""
    return [
        start
        for x, y, start, kind in clashes()
        if (x, y) == row.pair and kind in LEVELS[level] and 0 < (start - row.at).days <= WITHIN
    ]


def main() -> None:
    """Print the scores and the tables."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("news", type=Path, nargs="?", default=OPEN_NEWS)
    ask.add_argument("--draws", type=int, default=200)
    given = ask.parse_args()
    if not given.news.is_file():
        raise SystemExit(f"skipped: {given.news} is not here")
    rows, items, failed = forecasts(given.news, given.draws)
    print(f"{len(items)} pairs named by {LEAST} items or more, {len(rows):,} forecasts")
    print(f"not forecast: {len(failed)}" + (f", such as {failed[0]}" if failed else ""))
    silent = sum(r.found.n_signals == 0 for r in rows)
    print(f"no signal counted in {silent:,} of them")
    for level in LEVELS:
        scores(rows, level)
    print("\nhighest forecasts, one a directed pair")
    best: dict[tuple[str, str], Row] = {}
    for r in sorted(rows, key=lambda r: -r.found.p_violence):
        best.setdefault(r.pair, r)
    for r in list(best.values())[:SHOWN]:
        came = next((name for name in LEVELS if r.came[name]), "nothing")
        f = r.found
        print(
            f"  {f.id}  {f.p_violence:.3f}  base {f.base:.4f}  signals {f.n_signals}  came: {came}"
        )
    print("\nforecast by month's end, % within three months (signals that counted)")
    for pair, number in items.most_common(SHOWN):
        for c, t in (pair, pair[::-1]):
            mine = [r for r in rows if r.pair == (c, t)]
            line = " ".join(
                f"{100 * r.found.p_violence:.2f}({r.found.n_signals}){'*' if r.came['attack'] else ''}"
                for r in mine
            )
            base = np.mean([r.found.base for r in mine]) if mine else float("nan")
            print(f"{c} {t}  {number} items, base {100 * base:.2f}: {line}")
    print("* an attack came within three months")


if __name__ == "__main__":
    main()
