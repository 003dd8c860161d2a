"""What may be asked about besides an attack, and what each chance must obey."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from standoff.assess import bench_of_events, chance_of, why
from standoff.assess.explained import fighting
from standoff.errors import InputError
from standoff.forecast import draft_system, events_of, pair_rate
from standoff.game import solve_batch
from standoff.ledger import Ledger

DAY = date(2022, 1, 15)
YEAR = date(2023, 1, 15)


def bench(*acts, defenders=("USA", "GBR")):
    system = draft_system("RUS", "UKR", DAY, defenders=defenders)
    return bench_of_events(system, events_of(acts).events, as_of=DAY, draws=400)


def act(event, valence="threaten", channel="deeds", days=3):
    on = str(DAY - timedelta(days=days))
    return {"event": event, "channel": channel, "valence": valence, "sources": ["RUS"],
            "targets": ["UKR"], "status": "done", "date": on}  # fmt: skip


def test_an_attack_is_a_dispute_and_nobody_joins_without_one() -> None:
    for known in (bench(), bench(act("MOBILIZE"), act("THREATEN", channel="words"))):
        dispute, attack, join = (chance_of(known, e, YEAR) for e in ("dispute", "attack", "join"))
        for part in ("all", "base", "silent"):
            sizes = [getattr(c, part).mean for c in (dispute, attack, join)]
            assert sizes[0] > sizes[1] > sizes[2] > 0


def test_without_evidence_a_dispute_has_its_rate() -> None:
    """The rate of the pair is fitted to disputes: the question must give it back."""
    rate = pair_rate("RUS", "UKR", DAY).dispute(12, 20_000, np.random.default_rng(3)).mean()
    found = chance_of(bench(), "dispute", YEAR)
    assert found.base.mean == pytest.approx(rate, rel=0.05)
    assert found.all.mean == pytest.approx(found.base.mean, rel=1e-6)


def test_a_build_up_raises_all_three_and_a_withdrawal_none() -> None:
    calm, loud = bench(), bench(*(act("MOBILIZE", days=d) for d in range(6)))
    soft = bench(act("RETREAT", "conciliate"))
    for event in ("dispute", "attack", "join"):
        p = [chance_of(b, event, YEAR).all.mean for b in (soft, calm, loud)]
        assert p[0] <= p[1] < p[2]


def test_of_two_defenders_somebody_fights_as_often_as_the_game_says() -> None:
    """P(nobody) by hand: the patron does not, and then neither does the other."""
    known = bench()
    solved = solve_batch(known.game, known.draws)
    p = solved.probabilities
    other = (p["fight:GBR"] - p["fight:USA"] * p["fight:GBR|USA fights"]) / (1 - p["fight:USA"])
    by_hand = 1 - (1 - p["fight:USA"]) * (1 - other)
    assert np.allclose(fighting(solved, ("USA", "GBR")), by_hand)
    assert np.allclose(fighting(solved, ("USA",)), p["fight:USA"])


def test_joining_without_a_defender_is_refused_and_so_is_another_event() -> None:
    with pytest.raises(InputError, match="where none is named"):
        chance_of(bench(defenders=()), "join", YEAR)
    with pytest.raises(InputError, match="sanctions"):
        chance_of(bench(), "sanctions", YEAR)


def test_why_of_a_question_walks_to_its_run(dossier, tmp_path) -> None:
    import shutil

    from typer.testing import CliRunner

    from standoff.cli.app import app

    copy = tmp_path / "asked.standoff"
    shutil.copy(dossier, copy)
    args = ["ask", "Force?", "--event", "dispute", "--by", "2022-06-30", "--as-of", "2021-08-13",
            "--draws", "200", "--dossier", str(copy)]  # fmt: skip
    done = CliRunner().invoke(app, args, catch_exceptions=False)
    assert "dispute by CHN on TWN" in done.stdout
    with Ledger.open(copy) as ledger:
        node = why(ledger, "q-1", depth=2)
    (forecast,) = node.rests_on
    assert node.handle == "Q-001" and forecast.rests_on[0].handle.endswith("#war")
