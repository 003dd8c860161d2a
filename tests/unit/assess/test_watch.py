"""Indicators against `whatif` on the same bench, and what has fired against plain search."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from standoff.assess import LeaveOut, added_events, open_bench, watch
from standoff.assess.watching import plainest_acts
from standoff.errors import InputError
from standoff.forecast import load_evidence
from standoff.ledger import Ledger
from standoff.systems import load_system

DAY = date(2021, 8, 13)
SYSTEM = load_system("west-pacific-2021")


@pytest.fixture(scope="module")
def opened(dossier: Path):
    with Ledger.open(dossier) as ledger:
        yield ledger, open_bench(ledger, SYSTEM, as_of=DAY, draws=400)


def test_each_indicator_of_the_challenger_does_what_whatif_says(opened) -> None:
    ledger, bench = opened
    found = {i.key: i for i in watch(ledger, bench).indicators}
    for act in ("ASSAULT", "MOBILIZE", "RETREAT", "CONSULT"):
        added = bench.adding(added_events(act, SYSTEM, DAY))
        few = slice(None, None, bench.step)
        now, then = (b.answer().arrays["all"][few] for b in (added, bench))
        assert found[f"kind.{act}"].would.mean == pytest.approx(now.mean() / then.mean(), rel=1e-6)


def test_signs_are_those_of_the_kinds(opened) -> None:
    ledger, bench = opened
    calms = {k.name: k.calms for k in load_evidence().kinds}
    acts = {act: kind for kind, act in plainest_acts().items()}
    for i in watch(ledger, bench).indicators:
        if i.key.startswith("kind."):
            assert (i.points < 0) == calms[acts[i.key.removeprefix("kind.")]]


def test_every_kind_but_the_rest_has_its_plainest_act() -> None:
    names = [k.name for k in load_evidence().kinds]
    assert set(plainest_acts()) == set(names) - {"readying"}


def test_what_has_fired_is_what_came_in_the_window(opened) -> None:
    ledger, bench = opened
    found = {i.key: i for i in watch(ledger, bench, days=120).indicators}
    built = found["kind.MOBILIZE"]
    pieces = [
        p for p in bench.pieces
        if p.kind == "build-up" and DAY - timedelta(120) < p.day and p.direction in ("challenger", "untargeted")
    ]  # fmt: skip
    assert built.fired and len(built.events) == len(pieces)
    assert built.last == str(max(p.day for p in pieces))
    codings = {s.handle: s.signal for s in ledger.signals(as_of=DAY)}
    (move,) = LeaveOut(bench, codings).moves([built.signals])
    assert built.moves == move
    assert not found["kind.ULTIMATUM"].fired and found["kind.ULTIMATUM"].moves is None


def test_vague_help_is_no_promise(opened) -> None:
    ledger, bench = opened
    for i in watch(ledger, bench, days=2000).indicators:
        if "promises" in i.name:
            for h in i.signals:
                s = ledger.signal(h).signal
                assert s.explicitness >= 2 and s.x_event.value in ("PLEDGE", "REAFFIRM")


def test_a_window_of_no_day_is_refused(opened) -> None:
    with pytest.raises(InputError, match="one day or more"):
        watch(*opened, days=0)
