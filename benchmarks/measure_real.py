"""M14, M15: real events, one series per directed dyad, against a tuned EWMA of frequencies.

    python benchmarks/measure_real.py EVENTS.csv --states China,Japan,"South Korea" --least 60

Reads event files of two shapes: `head,relation,tail,date` (ICEWS terms, decoded) and ICEWS's own
tab-separated one. Talk only: verbal cooperation and conflict, four levels of hostility by the
CAMEO root of the act, as in items-2. Files are data of others and stay where they are.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from standoff.measure.design import Design, Kind, arrays, design_of
from standoff.measure.estimate import fit_stance
from standoff.measure.evidence import Observation
from standoff.measure.filter import kernel, load_kernel
from standoff.measure.model import Dynamics, Model
from standoff.measure.series import Series, weeks
from standoff.terms import Channel, Relation

# CAMEO's terms as ICEWS prints them, by the first words; on the scale of
# items-2: 0 cooperates or meets, 1 demands, asks or states, 2 accuses or rejects, 3 threatens.
TALK_TERMS = {
    "express intent to cooperate": 0, "express intent to engage": 0, "express intent to provide": 0,
    "express intent to meet": 0, "praise or endorse": 0, "apologize": 0, "forgive": 0,
    "express accord": 0, "engage in diplomatic cooperation": 0, "make empathetic comment": 0,
    "sign formal agreement": 0, "defend verbally": 0, "rally support on behalf": 0,
    "express intent to yield": 0, "express intent to release": 0, "express intent to settle": 0,
    "express intent to accept": 0, "express intent to allow": 0, "express intent to ease": 0,
    "express intent to de-escalate": 0, "express intent to change": 0, "express intent to institute": 0,
    "consult": 0, "make a visit": 0, "host a visit": 0, "meet at a": 0, "engage in negotiation": 0,
    "discuss by telephone": 0, "mediate": 0, "make optimistic comment": 0, "engage in symbolic": 0,
    "make statement": 1, "decline comment": 1, "consider policy option": 1, "make an appeal": 1,
    "appeal for": 1, "acknowledge or claim": 1, "deny responsibility": 1, "appeal to": 1,
    "make pessimistic comment": 2, "criticize or denounce": 2, "accuse": 2, "complain officially": 2,
    "demand": 2, "reject": 2, "refuse to": 2, "rally opposition": 2, "bring lawsuit": 2,
    "investigate": 2, "defy norms": 2, "veto": 2, "find guilty": 2,
    "threaten": 3, "give ultimatum": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """One verbal event: day, directed dyad, level."""

    day: date
    dyad: str
    level: int


def level_of(term: str) -> int | None:
    """The level of a CAMEO term, None for material acts and unknown terms."""
    low = term.lower()
    best = max((k for k in TALK_TERMS if low.startswith(k)), key=len, default=None)
    return None if best is None else TALK_TERMS[best]


def read_events(path: Path) -> list[Talk]:
    """Verbal events between different parties; countries where the file names them."""
    found: list[Talk] = []
    tab = path.suffix == ".tab" or "\t" in path.open(encoding="utf-8").readline()
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t" if tab else ","):
            if "Event Text" in row:
                who, what, whom, when = (
                    row["Source Country"], row["Event Text"], row["Target Country"], row["Event Date"]
                )  # fmt: skip
            else:
                who, what, whom, when = row["head"], row["relation"], row["tail"], row["date"]
            level = level_of(what or "")
            if level is not None and who and whom and who != whom:
                found.append(Talk(date.fromisoformat(when), f"{who}>{whom}", level))
    return sorted(found, key=lambda t: (t.dyad, t.day, t.level))


def dyads(events: list[Talk], least: int, only: set[str] | None = None) -> dict[str, list[Talk]]:
    """Dyads with at least `least` events, most events first."""
    groups: dict[str, list[Talk]] = defaultdict(list)
    for e in events:
        groups[e.dyad].append(e)
    chosen = {
        k: v
        for k, v in groups.items()
        if len(v) >= least and (only is None or set(k.split(">")) <= only)
    }
    return dict(sorted(chosen.items(), key=lambda kv: (-len(kv[1]), kv[0])))


def ewma_log_loss(days: np.ndarray, levels: np.ndarray, half_life: float, prior: np.ndarray,
                  weight: float) -> np.ndarray:  # fmt: skip
    """One-step log loss of exponentially weighted frequencies, `prior` worth `weight` events."""
    counts = np.zeros(len(prior))
    out = np.empty(len(levels))
    last = days[0]
    for i, (t, y) in enumerate(zip(days, levels, strict=True)):
        counts *= 2.0 ** (-(t - last) / half_life)
        last = t
        p = (counts + weight * prior) / (counts.sum() + weight)
        out[i] = -np.log(p[y])
        counts[y] += 1.0
    return out


# An optional folder beside the repository; studies skip with a reason where it is absent.
OPEN_EVENTS = (
    Path(__file__).resolve().parents[2] / "shared/data/history/icews14_events_full_xERTE.csv"
)

# ---------------------------------------------------------------- M14: the next statement

LEVELS = 4
START = (-0.0, 0.7, 2.5)
EAST = {"China", "Japan", "South Korea", "North Korea", "Iran", "Iraq", "Vietnam", "Philippines"}
# Machine-coded events: two in a hundred are taken to be noise, whatever the reported source.
EPS = 0.02


def talk_design(groups: dict[str, list[Talk]], model: Model, least: int, own: bool) -> Design:
    """One series per dyad; with `own`, dyads of at least `least` events get their own thresholds."""
    import standoff.measure.design as module

    series = {}
    for k, talk in groups.items():
        name = Series(k, "", Relation.HOSTILITY)
        series[name] = [
            Observation(
                "", (), Channel.WORDS, "talk", e.day, e.day, weeks(e.day), e.level, LEVELS, 1.0,
                START, (1.0, 0.0), EPS, 1.0, "", False,
            )
            for e in talk
        ]  # fmt: skip
    often = module.OFTEN
    module.OFTEN = least if own else 10**9
    try:
        return design_of(series, model, {"talk": Kind("talk", 1.35, START)})
    finally:
        module.OFTEN = often


def losses(design: Design, theta: np.ndarray) -> np.ndarray:
    """One-step log loss of each event, given all earlier ones of its series."""
    a = arrays(design, theta)
    out = np.empty(design.count)
    kernel().plain_run(
        a.rows, design.week, design.first, a.mean, a.cov, a.rates, a.be, a.p, a.slow,
        np.empty((0, 0)), np.empty((0, 0, 0)), out,
    )  # fmt: skip
    return -out


def tuned_ewma(
    train: dict[str, list[Talk]], full: dict[str, list[Talk]]
) -> tuple[np.ndarray, tuple]:
    """Half-life and prior weight chosen on the training part; losses on everything."""
    prior = np.bincount([e.level for v in train.values() for e in v], minlength=LEVELS) + 1.0
    prior /= prior.sum()

    def run(groups, half_life, weight):
        return np.concatenate(
            [
                ewma_log_loss(
                    np.array([weeks(e.day) for e in v]), np.array([e.level for e in v]),
                    half_life, prior, weight,
                )
                for v in groups.values()
            ]
        )  # fmt: skip

    grid = [(h, w) for h in (1, 2, 4, 8, 13, 26, 52, 104, 208, 1e4) for w in (1, 2, 5, 10, 20)]
    best = min(grid, key=lambda c: run(train, *c).mean())
    return run(full, *best), best


def prequential(path: Path, states: set[str] | None = EAST, least: int = 60, first: float = 0.5,
                seed: int = 0) -> dict[str, object]:  # fmt: skip
    """M14: fit on the first part of the span, predict every later event one step ahead."""
    load_kernel()
    groups = dyads(read_events(path), least, states)
    days = sorted(e.day for v in groups.values() for e in v)
    cut = days[0] + (days[-1] - days[0]) * first
    train = {k: part for k, v in groups.items() if (part := [e for e in v if e.day < cut])}
    groups = {k: groups[k] for k in train}
    test = np.concatenate([[e.day >= cut for e in v] for v in groups.values()])
    base, best = tuned_ewma(train, groups)
    out: dict[str, object] = {
        "dyads": len(groups), "events": len(test), "tested": int(test.sum()), "cut": str(cut),
        "EWMA half-life, weight": best, "EWMA": float(base[test].mean()),
    }  # fmt: skip
    week = np.concatenate([[int(weeks(e.day)) for e in v] for v in groups.values()])[test]
    name = np.concatenate([[i] * len(v) for i, v in enumerate(groups.values())])[test]
    _, block = np.unique(np.stack([name, week]), axis=1, return_inverse=True)
    for label, story, own in (
        ("plain", 0.0, False), ("with story", 0.5, False), ("with story and own scales", 0.5, True),
    ):  # fmt: skip
        model = Model(dynamics=Dynamics(jump_rate=0.0, drift_sd=0.0, story_sd=story))
        fit = fit_stance(
            talk_design(train, model, 15, own), rng=np.random.default_rng(seed), draws=16
        )
        design = talk_design(train, model, 15, own)
        full = talk_design(groups, model, 15, own)
        # The same dyads keep their own scales; the whole record has more events of each.
        keep = {a: i for i, a in enumerate(full.actors)}
        assert set(design.actors) <= set(keep)
        from dataclasses import replace

        actor = np.array([-1] + [design.actors.index(a) if a in design.actors else -1
                                 for a in full.actors])  # fmt: skip
        full = replace(full, actors=design.actors, actor=actor[full.actor + 1])
        gain = (base - losses(full, fit.mode))[test]
        low, high = _block_interval(gain, block.ravel(), seed)
        out[label] = {
            "loss": float(base[test].mean() - gain.mean()), "gain": float(gain.mean()),
            "low": low, "high": high, "half-life": float(np.exp(fit.mode[0])),
        }  # fmt: skip
    return out


def _block_interval(gain: np.ndarray, block: np.ndarray, seed: int, n: int = 2000):
    """90 % interval of the mean by drawing dyad-weeks anew."""
    total, count = np.bincount(block, gain), np.bincount(block)
    rng = np.random.default_rng(seed)
    means = []
    for _ in range(n):
        i = rng.integers(len(total), size=len(total))
        means.append(total[i].sum() / count[i].sum())
    return float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


# ---------------------------------------------------------------- M15: two halves of the record


def split_half(path: Path, source: str, target: str, seed: int = 0, step: float = 4.0):
    """M15: correlation of levels filtered from two random halves of one dyad's talk."""
    from standoff.measure.bank import levels, open_bank
    from standoff.measure.filter import predict, update
    from standoff.measure.response import Site

    load_kernel()
    talk = dyads(read_events(path), 30, {source, target})[f"{source}>{target}"]
    model = Model(dynamics=Dynamics(jump_rate=0.0, drift_sd=0.0, story_sd=0.5))
    fit = fit_stance(
        talk_design({f"{source}>{target}": talk}, model, 15, False),
        rng=np.random.default_rng(seed), draws=16,
    )  # fmt: skip
    fitted = fit.model("half", 0, "")
    kind = fitted.types["talk"]
    found = []
    for s in range(20):
        rng = np.random.default_rng([seed, s])
        half = rng.permutation(len(talk)) < len(talk) // 2
        paths = []
        for side in (half, ~half):
            bank = open_bank(fitted.dynamics, weeks(talk[0].day))
            grid = np.arange(weeks(talk[0].day) + 8, weeks(talk[-1].day), step)
            events = [e for e, take in zip(talk, side, strict=True) if take]
            values, i = [], 0
            for t in grid:
                while i < len(events) and weeks(events[i].day) <= t:
                    e = events[i]
                    bank = update(bank, fitted.dynamics, Site(
                        weeks(e.day), e.level, LEVELS, kind.discrimination, kind.thresholds,
                        (1.0, 0.0), EPS))  # fmt: skip
                    i += 1
                w, m, _ = levels(predict(bank, fitted.dynamics, t))
                values.append(float(w @ m[:, 0]))
            paths.append(values)
        found.append(float(np.corrcoef(paths)[0, 1]))
    return {"r": float(np.median(found)), "events": len(talk)}


def main() -> None:
    """Print M14 and M15 for an event file."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=Path, nargs="?", default=OPEN_EVENTS)
    parser.add_argument("--states", default=",".join(sorted(EAST)))
    parser.add_argument("--least", type=int, default=60)
    parser.add_argument("--first", type=float, default=0.5)
    given = parser.parse_args()
    if not given.events.is_file():
        print(f"skipped: no event file at {given.events}")
        return
    states = {s.strip() for s in given.states.split(",")} if given.states else None
    for k, v in prequential(given.events, states, given.least, given.first).items():
        print(k, v)
    print("split half China>Japan", split_half(given.events, "China", "Japan"))


if __name__ == "__main__":
    main()
