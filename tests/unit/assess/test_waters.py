"""Passages inside and outside of waters that states claim, as `why` tells them."""

from __future__ import annotations

from datetime import date

from typer.testing import CliRunner

from standoff.assess import waters_of, why
from standoff.cli import app
from standoff.ledger import Ledger
from standoff.reference import find_places
from standoff.terms import ExtensionEvent

RUN = CliRunner()
(STRAIT,) = (p for p in find_places("Taiwan Strait") if p.kind == "strait")


def test_the_claim_to_the_strait_begins_on_its_day() -> None:
    before = waters_of(STRAIT, date(2022, 6, 12), ("CHN", "TWN"))
    after = waters_of(STRAIT, date(2022, 6, 13), ("CHN", "TWN"))
    assert [c.id for c in before.claims] == []
    assert [c.id for c in after.claims] == ["strait-2022"]


def test_far_out_a_place_is_outside_of_everything() -> None:
    far = next(p for p in find_places("Philippine Sea") if p.kind == "sea")
    assert waters_of(far, date(2021, 1, 1), ("DEU",)).lines() == [
        "outside of every band and claim known here"
    ]


def test_a_passage_of_the_record_says_whose_waters_it_went_through(tmp_path) -> None:
    made = str(tmp_path / "west.standoff")
    RUN.invoke(app, ["new", made.removesuffix(".standoff")])
    with Ledger.open(made) as ledger:
        passages = [
            s
            for s in ledger.signals()
            if s.signal.x_event is ExtensionEvent.TRANSIT
            and s.signal.place is not None
            and s.signal.place.name == "Taiwan Strait"
        ]
        early = min(passages, key=lambda s: s.available)
        late = max(passages, key=lambda s: s.available)
        told = {
            h.handle: [v for k, v in why(ledger, h.handle).details if k == "waters"]
            for h in (early, late)
        }
        other = next(s for s in ledger.signals() if s.signal.x_event is None)
        assert "waters" not in dict(why(ledger, other.handle).details)
    assert any("exclusive economic zone of TWN" in line for line in told[early.handle])
    assert not any(line.startswith("inside") for line in told[early.handle])
    assert any(line.startswith("inside") for line in told[late.handle])


def test_the_command_prints_bands_claims_and_the_caveat() -> None:
    done = RUN.invoke(app, ["facts", "waters", "Taiwan Strait", "--on", "2022-07-01"])
    assert done.exit_code == 0
    assert "inside the Taiwan Strait" in done.stdout and "declared baselines" in done.stdout
    assert RUN.invoke(app, ["facts", "waters", "Nowhere", "--on", "2022-07-01"]).exit_code == 2
