"""One assessed dossier for the folder: the shipped record and the three shipped reports."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import assess_question, grade_sources, ingest, seed
from standoff.ledger import Ledger
from standoff.systems import load_reports, load_system

SYSTEM = load_system("west-pacific-2021")
AT = date(2021, 8, 13)


@pytest.fixture(scope="session")
def answer(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "a.standoff"
    with Ledger.create(path, system=SYSTEM.slug) as ledger:
        seed(ledger, SYSTEM)
        for r in load_reports(SYSTEM.slug):
            ingest(ledger, r.text, published=r.published, source=r.source, title=r.title)
            grade_sources(ledger, SYSTEM, [r.source])
        return assess_question(ledger, SYSTEM, as_of=AT, draws=200)
