"""M12: does what ships mean what it says, in worlds that it was not made for?

    python benchmarks/measure_worlds.py [SERIES] [SEED] [MODEL]

Series come from `stance_worlds`, which knows nothing of the filter; they are read by the model that
`load_model()` gives, with the item table's thresholds. Each series is asked every half year, for
words and for deeds: did the level rise (fall) by more than half a unit within 26 weeks, and
where is it? Two kinds of statement are scored: both directions, each as shown; and the one that a
reader sees first, the likelier of the two. Constants were chosen on seed 11; the report uses another.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

import stance_worlds
from measure_baselines import auc, expected_calibration_error
from standoff.measure import Dynamics, load_items, load_model
from standoff.measure.bank import levels, open_bank
from standoff.measure.filter import load_kernel, predict, update
from standoff.measure.mixture import cdf
from standoff.measure.response import Site
from standoff.measure.shifts import change_probability, window_bank
from standoff.terms import Channel

WINDOW, DELTA, COVERAGE = 26.0, 0.5, 0.9
GRID = np.arange(58.0, stance_worlds.SPAN, 26.0)
REPORT_SEED = 29


@dataclass(frozen=True)
class Statements:
    """What was shown of one world, and what was so. Axis `case`: series x day x channel.

    `known` says whether the record is long and dense: three years or more, forty signals a year.
    """

    rise: np.ndarray
    fall: np.ndarray
    rose: np.ndarray
    fell: np.ndarray
    covered: np.ndarray
    channel: np.ndarray
    known: np.ndarray

    @property
    def both(self) -> tuple[np.ndarray, np.ndarray]:
        """Shown probability and truth of every statement, either direction."""
        return np.concatenate([self.rise, self.fall]), np.concatenate([self.rose, self.fell])

    @property
    def likelier(self) -> tuple[np.ndarray, np.ndarray]:
        """The same for the likelier direction alone."""
        up = self.rise >= self.fall
        return np.where(up, self.rise, self.fall), np.where(up, self.rose, self.fell)


def sites_of(world: stance_worlds.World) -> list[Site]:
    """The reports of a world as the filter takes them: one source, the table's thresholds."""
    types = load_items().types
    kinds = (types["commitment_words"], types["commitment_deeds"])
    return [
        Site(
            r.week, r.level, 5, kinds[r.channel].discrimination, kinds[r.channel].thresholds,
            ((1.0, 0.0), (0.0, 1.0))[r.channel], r.error, 1.0, "press",
        )
        for r in world.reports
    ]  # fmt: skip


def ask(dynamics: Dynamics, name: str, seed: int, count: int) -> Statements:
    """Filter `count` series of a world and ask each on the days of the grid."""
    load_kernel()
    rows = []
    for number in range(count):
        world = stance_worlds.make(name, seed, number)
        sites = sites_of(world)
        weeks = np.array([s.week for s in sites])
        banks = [open_bank(dynamics, sites[0].week)]
        for site in sites:
            banks.append(update(banks[-1], dynamics, site))
        for t in GRID:
            start = max(t - WINDOW, weeks[0])
            first, last = (int(np.searchsorted(weeks, w, side="right")) for w in (start, t))
            bank = window_bank(dynamics, banks[first], start, sites[first:last], t)
            now, moved = world.at(t), world.at(t) - world.at(t - WINDOW)
            w, mean, cov = levels(predict(banks[last], dynamics, t))
            for c, channel in enumerate(Channel):
                rise, fall = (float(p[0]) for p in change_probability(bank, channel, DELTA))
                below = cdf(w, mean[:, c], np.sqrt(cov[:, c, c]), now[c])
                inside = abs(below - 0.5) < 0.5 * COVERAGE
                known = t >= 156.0 and len(sites) > 40.0 * stance_worlds.SPAN / 52.0
                rows.append((rise, fall, moved[c] > DELTA, moved[c] < -DELTA, inside, c, known))
    columns = np.array(rows, dtype=float).T
    rose, fell, covered, known = (columns[i].astype(bool) for i in (2, 3, 4, 6))
    return Statements(columns[0], columns[1], rose, fell, covered, columns[5], known)


def summary(s: Statements) -> dict[str, float]:
    """The figures of one world."""
    shown, so = s.both
    first, true = s.likelier
    moved, still = shown[so], shown[~so]
    twice = np.concatenate([s.known, s.known])
    return {
        "n": len(shown),
        "ece": expected_calibration_error(shown, so),
        "ece likelier": expected_calibration_error(first, true),
        "ece known": expected_calibration_error(shown[twice], so[twice]),
        "n known": int(twice.sum()),
        "coverage": float(s.covered.mean()),
        "coverage words": float(s.covered[s.channel == 0].mean()),
        "coverage deeds": float(s.covered[s.channel == 1].mean()),
        "true": float(so.mean()),
        "shown": float(shown.mean()),
        "shown with": float(moved.mean()),
        "shown without": float(still.mean()),
        "auc": auc(moved, still),
    }


def reliability(s: Statements) -> list[tuple[float, float, int]]:
    """Per tenth of shown probability: mean shown, frequency, number of statements."""
    shown, so = s.both
    which = np.minimum((shown * 10).astype(int), 9)
    return [
        (float(shown[which == b].mean()), float(so[which == b].mean()), int((which == b).sum()))
        for b in range(10)
        if (which == b).any()
    ]


def main() -> None:
    """Print one line per world, and its reliability bins."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else REPORT_SEED
    dynamics = load_model(*sys.argv[3:4]).dynamics
    print("| world | n | ECE | ECE, likelier | ECE, long and dense (n) | coverage words, deeds | true "
          "| shown | shown with, without a shift | AUC |\n|" + " --- |" * 10)  # fmt: skip
    bins = []
    for name in stance_worlds.WORLDS:
        s = ask(dynamics, name, seed, count)
        v = summary(s)
        print(
            f"| {name} | {v['n']} | {v['ece']:.3f} | {v['ece likelier']:.3f} "
            f"| {v['ece known']:.3f} ({v['n known']}) | {v['coverage words']:.3f}, "
            f"{v['coverage deeds']:.3f} | {v['true']:.3f} "
            f"| {v['shown']:.3f} | {v['shown with']:.3f}, {v['shown without']:.3f} "
            f"| {v['auc']:.3f} |", flush=True,
        )  # fmt: skip
        row = "; ".join(f"{p:.2f} {f:.2f} ({n})" for p, f, n in reliability(s))
        bins.append(f"{name}: {row}")
    print("\nshown, happened (number), by tenths of what was shown\n" + "\n".join(bins))


if __name__ == "__main__":
    main()
