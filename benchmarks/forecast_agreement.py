"""Two blind codings of the same days: how far they agree, and how far their forecasts do.

    python benchmarks/forecast_agreement.py A.jsonl B.jsonl [--draws 500]

Both files are cases of `standoff backtest` (the roles are taken from A, so that only the signals
differ); the ids that both have are compared. A signal of one matches one of the other with the same
event, a common source and a common target within three days; pairs are taken greedily, the nearest
days first. The forecast is that of an attack within three months.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from standoff.assess import CaseForecast, forecast_case, read_cases
from standoff.fit import area_under_curve
from standoff.forecast import Parties, events_of, load_evidence, volumes, weigh

NEAR = 3  # days
RESAMPLES = 2000
Signal = dict[str, Any]


def matches(
    a: Sequence[Signal], b: Sequence[Signal], *, same_event: bool = True
) -> list[tuple[int, int]]:
    """Pairs of places, greedily by distance in days, each signal once.

    >>> s = {"date": "2020-01-01", "event": "ACCUSE", "sources": ["A"], "targets": ["B"]}
    >>> matches([s], [s | {"date": "2020-01-04"}]), matches([s], [s | {"date": "2020-01-05"}])
    ([(0, 0)], [])
    """
    near: list[tuple[int, int, int]] = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            gap = abs((date.fromisoformat(x["date"]) - date.fromisoformat(y["date"])).days)
            common = all(set(x[side]) & set(y[side]) for side in ("sources", "targets"))
            if gap <= NEAR and common and (x["event"] == y["event"] or not same_event):
                near.append((gap, i, j))
    found: list[tuple[int, int]] = []
    for _, i, j in sorted(near):
        if all(i != k and j != m for k, m in found):
            found.append((i, j))
    return found


def volume(case: dict[str, Any], signals: Sequence[Signal]) -> dict[str, float]:
    """Volume of each kind of evidence on the day of the case."""
    at, model = date.fromisoformat(case["as_of"]), load_evidence()
    patrons = frozenset([*(case.get("defenders") or ()), *(case.get("supporters") or ())])
    parties = Parties(case["challenger"], case["protege"], patrons)
    events = events_of(signals).events
    return volumes(weigh(events, parties, model, at=at)[0], model, at)


def kappa(a: Sequence[str], b: Sequence[str]) -> float:
    """Cohen's kappa; NaN where both say one thing alone.

    >>> kappa(["x", "y"], ["x", "y"]), kappa(["x", "x", "y", "y"], ["x", "y", "x", "y"])
    (1.0, 0.0)
    """
    labels = set(a) | set(b)
    chance = sum(a.count(v) * b.count(v) for v in labels) / len(a) ** 2
    same = sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
    return (same - chance) / (1 - chance) if chance < 1 else float("nan")


def rank_correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Spearman's, ties at their mean rank."""
    return float(np.corrcoef(rankdata(x), rankdata(y))[0, 1])


def log_odds(found: Sequence[CaseForecast]) -> np.ndarray:
    """Log-odds of the forecasts."""
    p = np.array([f.p_violence for f in found])
    return np.log(p) - np.log1p(-p)


def interval(values: Sequence[float]) -> str:
    """5th and 95th percentile."""
    low, high = np.nanquantile(values, [0.05, 0.95])
    return f"90 % {low:.3f} to {high:.3f}"


def main() -> None:
    """Print the table and the summary."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("first", type=Path)
    ask.add_argument("second", type=Path)
    ask.add_argument("--draws", type=int, default=500)
    given = ask.parse_args()
    second = {c["id"]: c for c in read_cases(given.second)}
    cases = [(c, second[c["id"]]) for c in read_cases(given.first) if c["id"] in second]
    for a, b in cases:
        if any(a[k] != b[k] for k in ("as_of", "challenger", "protege")):
            raise SystemExit(f"{a['id']}: another day or other parties in the two files")
    kept: list[tuple[dict[str, Any], CaseForecast, CaseForecast]] = []
    found: list[tuple[Signal, Signal]] = []
    loose: list[tuple[Signal, Signal]] = []
    sizes = np.zeros(2, dtype=int)
    volumes_: dict[str, list[tuple[float, float]]] = {k.name: [] for k in load_evidence().kinds}
    print(
        f"{'case':34} {'signals':>9} {'matched':>7} {'forecast A':>10} {'forecast B':>10} {'came':>5}"
    )
    for a, b in cases:
        pairs = matches(a["signals"], b["signals"])
        found += [(a["signals"][i], b["signals"][j]) for i, j in pairs]
        wide = matches(a["signals"], b["signals"], same_event=False)
        loose += [(a["signals"][i], b["signals"][j]) for i, j in wide]
        sizes += [len(a["signals"]), len(b["signals"])]
        ours = [forecast_case(a | {"signals": s["signals"]}, draws=given.draws) for s in (a, b)]
        for f in ours:
            if f.error:
                raise SystemExit(f"{f.id}: {f.error}")
        kept.append((a, ours[0], ours[1]))
        one, two = volume(a, a["signals"]), volume(a, b["signals"])
        for kind in one:
            volumes_[kind].append((one[kind], two[kind]))
        print(
            f"{a['id']:34} {len(a['signals']):4}/{len(b['signals']):4} {len(pairs):7} "
            f"{ours[0].p_violence:10.4f} {ours[1].p_violence:10.4f} {ours[0].violence!s:>5}"
        )
        said = [f"{k} {one[k]:.2f}/{two[k]:.2f}" for k in one if max(one[k], two[k]) >= 0.005]
        print(f"    volumes A/B: {', '.join(said) or 'none'}")
    x, y = log_odds([k[1] for k in kept]), log_odds([k[2] for k in kept])
    rng = np.random.default_rng(1)
    draws = [rng.integers(0, len(kept), len(kept)) for _ in range(RESAMPLES)]
    print(f"\n{len(kept)} cases, {sizes[0]} and {sizes[1]} signals")
    print(
        f"rank correlation of forecasts {rank_correlation(x, y):.3f} "
        f"({interval([rank_correlation(x[d], y[d]) for d in draws])})"
    )
    gap = np.abs(x - y)
    print(
        f"mean absolute difference in log-odds {gap.mean():.3f} "
        f"({interval([gap[d].mean() for d in draws])}), median {np.median(gap):.3f}; "
        f"B minus A {np.mean(y - x):+.3f}"
    )
    for label, p in (("A", x), ("B", y)):
        by = {k: [v for v, (c, _, _) in zip(p, kept, strict=True) if c.get("kind") == k]
              for k in dict.fromkeys(c.get("kind", "") for c, _, _ in kept)}  # fmt: skip
        means = ", ".join(
            f"{k} {np.mean(1 / (1 + np.exp(-np.array(v)))):.3f}" for k, v in by.items()
        )
        print(f"mean forecast by kind, {label}: {means}")
        if by.get("eve") and by.get("buildup"):
            hard = np.array([*by["eve"], *by["buildup"]])
            rank = area_under_curve(hard, np.arange(len(hard)) < len(by["eve"]))
            print(f"AUC of eves against build-ups, {label}: {rank:.3f}")
    for label, pairs in (("same event", found), ("any event", loose)):
        print(
            f"signals matched, {label}: {len(pairs)}; F1 {2 * len(pairs) / sizes.sum():.3f}, "
            f"of A {len(pairs) / sizes[0]:.3f}, of B {len(pairs) / sizes[1]:.3f}"
        )
    for field, pairs in (
        ("status", found),
        ("valence", found),
        ("channel", found),
        ("event", loose),
    ):
        one, two = [p[0][field] for p in pairs], [p[1][field] for p in pairs]
        same = np.mean([u == v for u, v in zip(one, two, strict=True)])
        where = "matches of any event" if pairs is loose else "matches"
        print(
            f"{field} the same on {same:.3f} of {len(pairs)} {where}, kappa {kappa(one, two):.3f}"
        )
    print("rank correlation of volumes by kind, over cases, and mean of A and of B")
    for kind, rows in volumes_.items():
        v = np.array(rows)
        told = f"{rank_correlation(v[:, 0], v[:, 1]):.2f}" if min(v.std(axis=0)) > 0 else "-"
        print(f"  {kind:24} {told:>5}  {v[:, 0].mean():6.3f} {v[:, 1].mean():6.3f}")


if __name__ == "__main__":
    main()
