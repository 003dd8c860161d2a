"""One small dossier for the whole folder: the shipped record and the three shipped reports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from standoff.assess import Assessment, assess_question, grade_sources, ingest, seed
from standoff.ledger import Ledger
from standoff.systems import load_reports, load_system

AS_OF = date(2021, 8, 13)
SLUG = "west-pacific-2021"


def build(path: Path) -> Ledger:
    system = load_system(SLUG)
    clock = lambda: datetime(2021, 8, 13, tzinfo=UTC)  # noqa: E731
    ledger = Ledger.create(path, system=SLUG, clock=clock)
    seed(ledger, system)
    for r in load_reports(SLUG):
        ingest(ledger, r.text, published=r.published, source=r.source, title=r.title)
        grade_sources(ledger, system, [r.source])
    return ledger


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("assess") / "west.standoff"
    build(path).close()
    return path


@pytest.fixture(scope="session")
def answer(dossier: Path) -> Assessment:
    with Ledger.open(dossier) as ledger:
        return assess_question(ledger, load_system(SLUG), as_of=AS_OF, draws=400)
