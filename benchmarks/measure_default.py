"""How data/model-2.toml was made: dynamics fitted on public event data and the shipped record.

    python benchmarks/measure_default.py ../shared/data/history/icews14_events_full_xERTE.csv

The scales (thresholds, discriminations, slopes) are fitted along with the dynamics but not shipped:
both records were selected by their collectors, so their average signal is not the average signal.
Since model-2 was made, demands moved to level 1 in the reader of event files, as in items-2: a run now
gives half-lives of 53.6 and 132.1 weeks and a follow-through of .40, which is the same within rounding.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

import measure_real as real
import standoff.measure.design as design_module
from standoff.measure import Series, load_items, load_model, write_model
from standoff.measure.design import Kind, design_of, kinds_of
from standoff.measure.estimate import fit_stance
from standoff.measure.evidence import gather
from standoff.measure.filter import load_kernel
from standoff.measure.observation import Observation
from standoff.measure.series import weeks
from standoff.systems import load_chronology, load_system
from standoff.terms import Channel, Event, EventReport, ItemGrade, Relation

# The doubt in machine-coded events under which model-2 was fitted.
EPS = 0.02


def record(slug: str = "west-pacific-2021") -> list[Event]:
    """The shipped chronology as events, graded by the rules of its system."""
    system = load_system(slug)
    return [
        Event(
            e.signal.id, e.signal, e.signal.date, e.available,
            (
                EventReport(
                    f"S-{i:03d}", "D-001", e.source, system.grade(e.source)[0],
                    ItemGrade.PROBABLY_TRUE if e.verified else ItemGrade.UNKNOWN,
                    e.available, "chronology", e.signal.rule,
                ),
            ),
            None, e.signal.retracts,
        )
        for i, e in enumerate(load_chronology(slug).entries, 1)
    ]  # fmt: skip


def main(path: Path) -> None:
    """Fit and print the model file."""
    load_kernel()
    design_module.OFTEN = 10**9
    items, start = load_items("items-2"), load_model("model-1")
    prior = replace(start, dynamics=replace(start.dynamics, story_sd=0.5))
    kinds = {
        **kinds_of(items, prior),
        "talk": Kind("talk", 1.35, real.START),
    }
    talk = {
        Series(k, "X", Relation.HOSTILITY): tuple(
            Observation(
                "", (), Channel.WORDS, "talk", e.day, e.day, weeks(e.day), e.level, real.LEVELS,
                1.0, real.START, (1.0, 0.0), EPS, 1.0, "", False,
            )
            for e in v
        )
        for k, v in real.dyads(real.read_events(path), 60, real.EAST).items()
    }  # fmt: skip
    evidence = gather(record(), items, prior)
    design = design_of({**evidence.series, **talk}, prior, kinds)
    fit = fit_stance(
        design, rng=np.random.default_rng(0), hold=("officialness", "explicitness"),
        progress=lambda text: print(text, file=sys.stderr),
    )  # fmt: skip
    for row in fit.table():
        name, start_at, median, low, high = row
        print(f"{name:44s} prior {start_at:6.2f}  median {median:6.2f} ({low:.2f} to {high:.2f})",
              file=sys.stderr)  # fmt: skip
    made = fit.model("model-2", 2, "")
    rounded = {
        "half_life_words": 1, "half_life_deeds": 1, "follow_through": 2, "series_sd": 2,
        "story_sd": 2, "story_half_life": 2,
    }  # fmt: skip
    dynamics = replace(
        start.dynamics, **{k: round(getattr(made.dynamics, k), n) for k, n in rounded.items()}
    )
    how = (
        f"Dynamics: mode of a joint fit to {sum(map(len, talk.values()))} verbal events of "
        f"{len(talk)} directed dyads in 2014 (public event data) and {len(evidence.series)} series of "
        "the shipped record under items-2. Scales and jumps are the elicited ones: both records were "
        "selected by their collectors. Made by benchmarks/measure_default.py, November 2026."
    )
    print(write_model(replace(start, name="model-2", version=2, origin="fitted", how=how,
                              dynamics=dynamics)))  # fmt: skip


if __name__ == "__main__":
    events = Path(sys.argv[1]) if len(sys.argv) > 1 else real.OPEN_EVENTS
    if events.is_file():
        main(events)
    else:
        print(f"skipped: no event file at {events}")
