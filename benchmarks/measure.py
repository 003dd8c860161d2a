"""The figures of MEASURE, M1 to M17, side by side with goals, floors and other methods.

    python benchmarks/measure.py                   the full form, half an hour on two cores
    python benchmarks/measure.py --quick           few sets and noisy, a minute and a half
    python benchmarks/measure.py --part refit      one part; names in PARTS
    python benchmarks/measure.py --markdown FILE   and append the rows as a table

`figures(full=False)` is what a test calls. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import measure_fit as fits
import measure_real as real
import measure_shifts as shifts
import measure_worlds as worlds
from stance_worlds import WORLDS
from standoff.measure import load_model


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

    def row(self) -> str:
        """A line of a Markdown table."""
        sign = {"low": "<= ", "high": ">= ", "in": ""}[self.better]
        bars = [
            f"{b[0]:g} to {b[1]:g}" if isinstance(b, tuple) else f"{sign}{b:g}"
            for b in (self.goal, self.floor)
        ]
        cells = (self.id, self.what, *bars, f"{self.value:.3f}", self.state, self.beside)
        return f"| {' | '.join(cells)} |"


# ---------------------------------------------------------------- the parts


def particles(full: bool) -> Iterator[Figure]:
    """M1: moment matching against a particle filter."""
    p = fits.particle_study(20 if full else 3, 50_000 if full else 20_000)
    rms, ratio = p["no jumps"]
    yield Figure("M1", "bank to particles, rms difference, sd", rms, 0.02, 0.04, "low",
                 f"with jumps {p['jumps'][0]:.3f}")  # fmt: skip
    yield Figure("M1", "the same, ratio of sds", ratio, (0.99, 1.01), (0.97, 1.03), "in",
                 f"with jumps {p['jumps'][1]:.3f}")  # fmt: skip


def refit(full: bool) -> Iterator[Figure]:
    """M2, M3, M5: simulate from drawn constants, refit, compare with the truth."""
    r = fits.refit_study(200 if full else 6)
    for which in ("filter", "smoother"):
        yield Figure("M2", f"coverage of 90 % intervals, {which}", r[f"cover {which}"],
                     (0.885, 0.915), (0.87, 0.93), "in",
                     f"se {r[f'cover {which} se']:.3f}, {r['sets']} sets; constants at their mode "
                     f"alone {r[f'cover {which} plug-in']:.3f}")  # fmt: skip
        yield Figure("M2", f"series under 40 signals, {which}", r[f"cover {which} sparse"], 0.88,
                     0.87, "high")  # fmt: skip
    groups = {k: v for k, v in r.items() if k.startswith("hyper ")}
    worst = min(groups, key=lambda k: groups[k])
    yield Figure("M3", f"coverage of constants, worst group ({worst[6:]})", groups[worst], 0.88,
                 0.82, "high", ", ".join(f"{k[6:]} {v:.2f}" for k, v in groups.items()))  # fmt: skip
    yield _against_ewma("series of 12 to 170", r)


def sizes(full: bool) -> Iterator[Figure]:
    """M4, M5: root mean squared error against the smoother that knows the constants."""
    for truth, spread in (("drawn", 1.0), ("median", 0.0)):
        small = fits.refit_study(60 if full else 3, [62] * 8, seed=5, spread=spread)
        large = fits.refit_study(30 if full else 1, [100] * 20, seed=6, spread=spread)
        for name, study, goal in (("500 x 8", small, 1.06), ("2,000 x 20", large, 1.03)):
            w, d = study["rmse smoother/oracle"]
            yield Figure("M4", f"RMSE of smoother to oracle's, {name}, {truth} constants, worse of two",
                         max(w, d), goal, 1.12, "low", f"words {w:.3f}, deeds {d:.3f}")  # fmt: skip
        yield _against_ewma(f"2,000 x 20, {truth} constants", large)


def _against_ewma(name: str, r: dict) -> Figure:
    w, d = r["rmse filter/EWMA"]
    others = "; ".join(
        f"to {k} {r[f'rmse filter/{k}'][0]:.2f}, {r[f'rmse filter/{k}'][1]:.2f}"
        for k in ("Kalman", "static", "oracle filter")
    )
    return Figure("M5", f"RMSE of filter to best EWMA, {name}, worse of two", max(w, d), 0.90, 1.0,
                  "low", f"words {w:.3f}, deeds {d:.3f}; told the constants "
                  f"{w / r['rmse filter/oracle filter'][0]:.3f}, "
                  f"{d / r['rmse filter/oracle filter'][1]:.3f}; {others}")  # fmt: skip


def speed(full: bool) -> Iterator[Figure]:
    """M6 to M8: milliseconds and seconds."""
    s = fits.speed_study(2000 if full else 500)
    yield Figure("M6", "one update through the public API, p50, ms", s["p50"], 0.2, 5.0, "low")
    yield Figure("M6", "the same, p99, ms", s["p99"], 1.0, 5.0, "low")
    yield Figure("M7", "replay of a retraction in 200 signals, median, ms", s["replay median"],
                 10.0, 100.0, "low", f"worst {s['replay worst']:.1f}")  # fmt: skip
    t = fits.fit_timing()
    yield Figure("M8", "fit of 2,000 x 20 with uncertain constants, warm, s", t["seconds"], 8.0,
                 60.0, "low", f"effective draws {t['ess']:.0f}")  # fmt: skip


def nuts(full: bool) -> Iterator[Figure]:
    """M9: the mixture against NUTS on the exact model; only in the full form."""
    if not full:
        return
    n = fits.nuts_study()
    yield Figure("M9", "mixture to NUTS, rms difference, sd", n["mean difference, rms sd"], 0.10,
                 0.20, "low", f"4 chains, R-hat {n['r_hat max']:.3f}")  # fmt: skip
    yield Figure("M9", "the same, ratio of sds", n["sd ratio"], (0.95, 1.05), (0.9, 1.1), "in")
    yield Figure("M9", "the same, seconds of NUTS", n["seconds"], 120.0, 600.0, "low",
                 f"mixture {n['seconds laplace']:.1f} s")  # fmt: skip


def jumps(full: bool) -> Iterator[Figure]:
    """M10, M11: one jump of 1.5 sd, .2 false alarms a year."""
    cells = (("M10", 26.0, 0.75, 11.0, 0.89, 0.65), ("M11", 52.0, 0.85, 9.0, 0.94, 0.78))
    for label, rate, share, delay, auc, floor in cells if full else cells[:1]:
        m = shifts.shift_study(1, 40 if full else 12, rate, step=2.0 if full else 4.0)
        ours = m["ours, P(jump up)"]
        beside = "; ".join(
            f"{k} {v['found']:.2f}/{v['delay']:.0f}/{v['auc']:.2f}" for k, v in m.items()
        )
        yield Figure(label, f"1.5-sd jump at {rate:.0f} a year, found in 26 w", ours["found"],
                     share, floor, "high", f"found/delay/AUC: {beside}")  # fmt: skip
        yield Figure(label, "the same, median delay, weeks", ours["delay"], delay, 26.0, "low",
                     f"oracle {m['oracle']['delay']:.1f}; those never found counted, "
                     f"{ours['delay of all']:.1f} against {m['oracle']['delay of all']:.1f}")  # fmt: skip
        yield Figure(label, "the same, AUC", ours["auc"], auc, 0.7, "high",
                     f"oracle {m['oracle']['auc']:.3f}")  # fmt: skip


def chances(full: bool) -> Iterator[Figure]:
    """M12: shown probabilities of a shift, and levels, against what happened, in five worlds."""
    dynamics = load_model().dynamics
    for name in WORLDS:
        v = worlds.summary(worlds.ask(dynamics, name, worlds.REPORT_SEED, 100 if full else 8))
        yield Figure("M12", f"calibration error of shown P(shift), {name}", v["ece"], 0.05, 0.10,
                     "low", f"{v['n']} statements; likelier direction {v['ece likelier']:.3f}; shown "
                     f"{v['shown with']:.2f} with a shift, {v['shown without']:.2f} without; AUC "
                     f"{v['auc']:.2f}")  # fmt: skip
        yield Figure("M12", f"coverage of 90 % intervals, {name}", v["coverage"],
                     0.85 if name == "selective" else 0.87, 0.80, "high",
                     f"words {v['coverage words']:.2f}, deeds {v['coverage deeds']:.2f}")  # fmt: skip


def after(full: bool) -> Iterator[Figure]:
    """M13: coverage in the months after a jump of two sd."""
    for name, truth in (("resting", shifts.RESTING), ("wandering", shifts.WANDERING)):
        a = shifts.after_jump_study(1, 60 if full else 8, draws=100, truth=truth)
        yield Figure("M13", f"coverage 13-26 w after a 2-sd jump, online, {name}", a["online"],
                     0.80, 0.70, "high", f"without jumps {a['without jumps']:.2f}")  # fmt: skip
        yield Figure("M13", f"with hindsight, {name}", a["smoothed"], 0.85, 0.70, "high")


def events(full: bool) -> Iterator[Figure]:
    """M14, M15: real events, where the optional file is there."""
    if not real.OPEN_EVENTS.is_file():
        return
    best = "with story and own scales"
    cells = (("eight states", real.EAST, 0.5), ("eight states", real.EAST, 0.33),
             ("all states", real.is_state, 0.5))  # fmt: skip
    for name, states, first in cells if full else cells[:1]:
        found = real.prequential(real.OPEN_EVENTS, states, first=first)
        beside = "; ".join(
            f"{k} {v['gain']:+.4f} ({v['low']:+.4f} to {v['high']:+.4f})"
            for k, v in found.items() if isinstance(v, dict)
        )  # fmt: skip
        yield Figure("M14", f"gain over tuned EWMA, nats an event, {name}, {first:.0%} fitted",
                     found[best]["gain"], 0.010, -0.005, "high",
                     f"{found['tested']} events of {found['dyads']} dyads; {beside}")  # fmt: skip
        yield Figure("M14", "the same, lower end of the 90 % interval", found[best]["low"], 0.0,
                     -0.02, "high")  # fmt: skip
    h = real.split_half(real.OPEN_EVENTS, "China", "Japan")
    yield Figure("M15", "two halves of the record, China to Japan, r", h["r"], 0.80, 0.70, "high",
                 f"{h['events']} events of one year")  # fmt: skip


def press(full: bool) -> Iterator[Figure]:
    """M16, M17: bursts of coverage, copies, a source that becomes stricter."""
    # A stance that rests, so that an alarm is false; and one that wanders, where a burst of
    # coverage also shows true moves that were hidden before.
    for name, truth in (("resting", shifts.RESTING), ("wandering", shifts.WANDERING)):
        n = 100 if full else 12
        b = shifts.burst_study(7, n, truth=truth)
        se = (sum((1 - b[k]) / max(b[k], 0.01) / n for k in ("burst", "calm"))) ** 0.5
        yield Figure("M16", f"alarms in 34 w around a burst of coverage to those without it, {name}",
                     b["burst"] / max(b["calm"], 0.01), 1.0, 2.0, "low",
                     f"burst {b['burst']:.3f}, calm {b['calm']:.3f}, relative se {se:.2f}")  # fmt: skip
    k = shifts.copies_study(1, 100 if full else 20)
    yield Figure("M16b", "coverage with four copies per event, merged", k["merged"], 0.88, 0.85,
                 "high", f"not merged {k['not merged']:.2f}")  # fmt: skip
    # One sd of the drift between sources, which is what happens, and two, which is rare.
    for shift in (0.3, 0.6):
        d = shifts.drift_study(1, 80 if full else 15, shift)
        yield Figure("M17", f"bias where the main source turns stricter by {shift:g} sd",
                     abs(d["with drift"]), 0.2, 0.4, "low",
                     f"without the drift term {abs(d['without']):.2f}; coverage "
                     f"{d['coverage with drift']:.2f} against {d['coverage without']:.2f}")  # fmt: skip


PARTS = {
    "particles": particles,
    "refit": refit,
    "sizes": sizes,
    "speed": speed,
    "nuts": nuts,
    "jumps": jumps,
    "chances": chances,
    "after": after,
    "events": events,
    "press": press,
}


def figures(
    full: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    parts: Iterable[str] = tuple(PARTS),
) -> list[Figure]:
    """Measure the parts, in order; the quick form uses few sets and is noisy."""
    found: list[Figure] = []
    for name in parts:
        for f in PARTS[name](full):
            found.append(f)
            tell(f"{f.id:5s} {f.what:60s} {f.value:9.4f}  {f.state:11s}  {f.beside}")
    if "events" in parts and not real.OPEN_EVENTS.is_file():
        tell(f"M14, M15 skipped: no event file at {real.OPEN_EVENTS}")
    return found


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--quick", action="store_true")
    ask.add_argument("--part", action="append", choices=list(PARTS))
    ask.add_argument("--markdown", type=Path)
    given = ask.parse_args()
    found = figures(not given.quick, print, given.part or tuple(PARTS))
    reached = sum(f.state == "reached" for f in found)
    below = [f.id for f in found if f.state == "below floor"]
    print(f"{reached} of {len(found)} reached; below their floor: {', '.join(below) or 'none'}")
    if given.markdown:
        with given.markdown.open("a", encoding="utf-8") as out:
            out.writelines(f.row() + "\n" for f in found)


if __name__ == "__main__":
    main()
