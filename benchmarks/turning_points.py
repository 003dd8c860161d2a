"""Twenty turning points, fixed before any measurement, against the shifts that MEASURE finds.

    python benchmarks/turning_points.py

`data/turning_points.csv` was written from general knowledge and committed before the long record was
measured. A point is found when, on some day of the 26 weeks from its day on, the probability that its
channel moved its way by more than half a standard deviation within 26 weeks is one half or more, from
signals that were public on that day. Beside it: the highest probability reached, the share of all half
years since 2006 (one begins every fourth week) in which the same series showed as much, and the signals
of that channel in the half year: with points set by chance one in ten would have a share of .1 or less.
Last, the reverse: how many of all stretches with such a probability have a point behind them.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from measure_default import record
from standoff.errors import InputError
from standoff.measure import Stance, measure_stance
from standoff.terms import Channel, Relation

POINTS = Path(__file__).parent / "data" / "turning_points.csv"
HALF_YEAR = 26
FOUND = 0.5
RARE = 0.1
FIRST, LAST = date(2006, 1, 1), date(2025, 12, 31)


def probability(
    stance: Stance, name: tuple[str, str, Relation], channel: str, way: str, day: date
) -> float:
    """P(the channel moved that way by more than half a sd in the 26 weeks before `day`)."""
    try:
        found = stance.shifts(*name, at=day)
    except InputError:
        return 0.0
    shift = next((s for s in found if s.channel.value == channel), None)
    if shift is None or shift.status != "measured":
        return 0.0
    return shift.probability if shift.direction == way else shift.opposite


def named(text: str) -> tuple[str, str, Relation]:
    """A series as the table writes it: `CHN>TWN:hostility`, `USA>TWN`."""
    pair, _, kind = text.partition(":")
    actor, _, target = pair.partition(">")
    return actor, target.upper(), Relation.HOSTILITY if kind else Relation.COMMITMENT


def main() -> None:
    """Print the table and the two counts."""
    stance = measure_stance(record(), at=LAST)
    with POINTS.open(newline="", encoding="utf-8") as stream:
        points = list(csv.DictReader(stream))
    usual: dict[tuple[str, str, str], dict[date, float]] = {}
    hits = rare = 0
    print(
        "| nr | series | channel, way | day | what | highest | on | share of half years as high | signals |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for p in points:
        name, channel, way = named(p["series"]), p["channel"], p["direction"]
        day = date.fromisoformat(p["day"])
        key = (p["series"], channel, way)
        if key not in usual:
            days = [FIRST + timedelta(weeks=w) for w in range(0, (LAST - FIRST).days // 7, 4)]
            usual[key] = {d: probability(stance, name, channel, way, d) for d in days}
        grid = sorted(usual[key])
        reached = [max(usual[key][d] for d in grid[i : i + 7]) for i in range(len(grid) - 6)]
        tried = [day + timedelta(weeks=w) for w in range(HALF_YEAR + 1)]
        found = {d: probability(stance, name, channel, way, d) for d in tried if d <= LAST}
        best = max(found, key=lambda d: found[d])
        high = found[best]
        hits += high >= FOUND
        share = sum(v >= high for v in reached) / len(reached) if high else 1.0
        rare += share <= RARE
        try:
            seen = stance.observations(*name)
        except InputError:
            seen = ()
        end = day + timedelta(weeks=HALF_YEAR)
        inside = sum(o.channel is Channel(channel) and day <= o.day <= end for o in seen)
        print(
            f"| {p['number']} | {p['series']} | {channel}, {way} | {day} | {p['what']} | {high:.2f} "
            f"| {best if high else 'never measured'} | {share:.2f} | {inside} |"
        )
    stretches = behind = 0
    for (series, channel, way), shown in usual.items():
        known = [
            date.fromisoformat(p["day"])
            for p in points
            if (p["series"], p["channel"], p["direction"]) == (series, channel, way)
        ]
        days = sorted(d for d, v in shown.items() if v >= FOUND)
        for i, d in enumerate(days):
            if i and (d - days[i - 1]).days <= 28:
                continue
            stretches += 1
            behind += any(timedelta(0) <= d - k <= timedelta(weeks=HALF_YEAR) for k in known)
    print(f"\n{hits} of {len(points)} points found (.5 or more within half a year).")
    print(f"{rare} in a half year that is among the highest tenth of its series (by chance: 2).")
    print(
        f"{stretches} stretches of .5 or more in these series; {behind} begin within half a year of a point."
    )


if __name__ == "__main__":
    main()
