"""The figures of MEASURE, M1 to M17, side by side with goals, floors and other methods.

    python benchmarks/measure.py            the quick form, about a minute
    python benchmarks/measure.py --full     the full form, about half an hour

`figures(full=False)` is what a test calls. Seeds are fixed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import measure_fit as fits
import measure_real as real
import measure_shifts as shifts


@dataclass(frozen=True)
class Figure:
    """One measured number; `better` is "low", "high" or "in" (goal and floor are then ranges)."""

    id: str
    what: str
    value: float
    goal: tuple[float, float] | float
    floor: tuple[float, float] | float
    better: str
    beside: str = ""

    def meets(self, bar: tuple[float, float] | float) -> bool:
        """Whether the value meets a goal or a floor."""
        if isinstance(bar, tuple):
            return bar[0] <= self.value <= bar[1]
        return self.value <= bar if self.better == "low" else self.value >= bar

    @property
    def state(self) -> str:
        """reached, missed (but above the floor), or below the floor."""
        if self.meets(self.goal):
            return "reached"
        return "missed" if self.meets(self.floor) else "below floor"


def figures(full: bool = False, tell: Callable[[str], None] = lambda _: None) -> list[Figure]:
    """Measure everything; the quick form uses few sets and is noisy."""
    found: list[Figure] = []

    def add(*figure: object) -> None:
        found.append(Figure(*figure))
        f = found[-1]
        tell(f"{f.id:5s} {f.what:58s} {f.value:9.4f}  {f.state}  {f.beside}")

    p = fits.particle_study(20 if full else 3, 50_000 if full else 20_000)
    add("M1", "moment matching against particles, rms difference, sd", p["no jumps"][0],
        0.02, 0.04, "low", f"with jumps {p['jumps'][0]:.3f}")  # fmt: skip
    add("M1", "the same, ratio of sds", p["no jumps"][1], (0.99, 1.01), (0.97, 1.03), "in",
        f"with jumps {p['jumps'][1]:.3f}")  # fmt: skip
    r = fits.refit_study(200 if full else 6)
    for which in ("filter", "smoother"):
        add("M2", f"coverage of 90 % intervals, {which}", r[f"cover {which}"], (0.885, 0.915),
            (0.87, 0.93), "in", f"se {r[f'cover {which} se']:.3f}, {r['sets']} sets")  # fmt: skip
        add("M2", f"the same, series under 40 signals, {which}", r[f"cover {which} sparse"], 0.88,
            0.87, "high")  # fmt: skip
    groups = {k: v for k, v in r.items() if k.startswith("hyper ")}
    worst = min(groups, key=lambda k: groups[k])
    add("M3", f"coverage of constants, worst group ({worst[6:]})", groups[worst], 0.88, 0.82, "high",
        ", ".join(f"{k[6:]} {v:.2f}" for k, v in groups.items()))  # fmt: skip
    small = fits.refit_study(30 if full else 3, [62] * 8, seed=5)
    large = fits.refit_study(8 if full else 1, [100] * 20, seed=6)
    for name, study, goal in (("500 x 8", small, 1.06), ("2,000 x 20", large, 1.03)):
        w, d = study["rmse smoother/oracle"]
        add("M4", f"RMSE of smoother to oracle's, {name}, worse of two", max(w, d), goal, 1.12,
            "low", f"words {w:.3f}, deeds {d:.3f}")  # fmt: skip
    for name, study in (("mixed sizes", r), ("2,000 x 20", large)):
        w, d = study["rmse filter/EWMA"]
        add("M5", f"RMSE of filter to best EWMA, {name}, worse of two", max(w, d), 0.90, 1.0, "low",
            f"words {w:.3f}, deeds {d:.3f}; static response {study['rmse filter/static'][0]:.2f}, "
            f"{study['rmse filter/static'][1]:.2f}")  # fmt: skip
    s = fits.speed_study()
    add("M6", "one update through the public API, p50, ms", s["p50"], 0.2, 5.0, "low")
    add("M6", "the same, p99, ms", s["p99"], 1.0, 5.0, "low")
    add("M7", "replay of a retraction in 200 signals, median, ms", s["replay median"], 10.0, 100.0,
        "low", f"worst {s['replay worst']:.1f}")  # fmt: skip
    t = fits.fit_timing()
    add("M8", "fit of 2,000 x 20 with uncertainty of constants, s", t["seconds"], 8.0, 60.0, "low")
    if full:
        n = fits.nuts_study()
        add("M9", "mixture against NUTS, rms difference, sd", n["mean difference, rms sd"], 0.10,
            0.20, "low", f"R-hat {n['r_hat max']:.3f}, {n['seconds']:.0f} s")  # fmt: skip
        add("M9", "the same, ratio of sds", n["sd ratio"], (0.95, 1.05), (0.9, 1.1), "in")
    cells = (("M10", 26.0, 0.75, 11.0, 0.89, 0.65), ("M11", 52.0, 0.85, 9.0, 0.94, 0.78))
    for label, rate, share, delay, auc, floor in cells if full else cells[:1]:
        m = shifts.shift_study(1, 100 if full else 12, rate, dynamics=shifts.RESTING,
                               step=1.0 if full else 4.0)  # fmt: skip
        ours = m["ours, P(jump up)"]
        beside = "; ".join(
            f"{k} {v['found']:.2f}/{v['delay']:.0f}/{v['auc']:.2f}" for k, v in m.items()
        )
        add(label, f"1.5-sd jump at {rate:.0f} a year, resting: found in 26 w", ours["found"], share,
            floor, "high", beside)  # fmt: skip
        add(label, "the same, median delay, weeks", ours["delay"], delay, 26.0, "low")
        add(label, "the same, AUC", ours["auc"], auc, 0.7, "high")
    c = shifts.probability_study(1, 120 if full else 12)
    add("M12", "calibration error of shown probabilities of a shift", c["ece"], 0.03, 0.06, "low",
        f"{c['n']} statements; without jumps {c['ece without jumps']:.3f}")  # fmt: skip
    for name, dynamics in (("resting", shifts.RESTING), ("model-1", shifts.SHIPPED)):
        a = shifts.after_jump_study(1, 60 if full else 8, draws=100, dynamics=dynamics)
        add("M13", f"coverage 13-26 w after a 2-sd jump, online, {name}", a["online"], 0.80, 0.70,
            "high", f"without jumps {a['without jumps']:.2f}")  # fmt: skip
        add("M13", f"the same with hindsight, {name}", a["smoothed"], 0.85, 0.70, "high")
    if real.OPEN_EVENTS.is_file():
        for first in (0.5, 0.33) if full else (0.5,):
            e = real.prequential(real.OPEN_EVENTS, first=first)["with story and own scales"]
            add("M14", f"gain per event over tuned EWMA, lower 90 % end, fitted on {first:.0%}",
                e["low"], 0.0, -0.02, "high",
                f"gain {e['gain']:+.4f} ({e['low']:+.4f} to {e['high']:+.4f})")  # fmt: skip
        h = real.split_half(real.OPEN_EVENTS, "China", "Japan")
        add("M15", "two halves of the record agree, China to Japan, r", h["r"], 0.80, 0.70, "high")
    else:
        tell(f"M14, M15 skipped: no event file at {real.OPEN_EVENTS}")
    b = shifts.burst_study(1, 100 if full else 12)
    add("M16", "false alarms in 34 w around a burst, per calm series' alarms",
        b["burst"] / max(b["calm"], 0.01), 1.0, 2.0, "low",
        f"burst {b['burst']:.2f}, calm {b['calm']:.2f}")  # fmt: skip
    k = shifts.copies_study(1, 100 if full else 20)
    add("M16b", "coverage with four copies per event, merged", k["merged"], 0.88, 0.85, "high",
        f"not merged {k['not merged']:.2f}")  # fmt: skip
    d = shifts.drift_study(1, 80 if full else 15)
    add("M17", "bias where the main source becomes stricter by .6 sd, sd", abs(d["with drift"]), 0.2,
        0.4, "low", f"without drift {abs(d['without']):.2f}; coverage {d['coverage with drift']:.2f}"
        f" against {d['coverage without']:.2f}")  # fmt: skip
    return found


def main() -> None:
    """Print the table."""
    found = figures("--full" in sys.argv, print)
    reached = sum(f.state == "reached" for f in found)
    below = [f.id for f in found if f.state == "below floor"]
    print(f"{reached} of {len(found)} reached; below their floor: {', '.join(below) or 'none'}")


if __name__ == "__main__":
    main()
