"""The whole chain on another region: a description of one's own, a report of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import standoff as so

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = ROOT / "cases" / "systems" / "baltic-2022.toml"
REPORT = """NATO sails off Gotland

Tallinn, 8 June 2022. President Biden said on Monday that the United States would defend Estonia.
The USS Kearsarge sailed through the Gulf of Finland on Tuesday. Britain deployed 1,000
troops to Estonia last week. Russia condemned the deployment. Tallinn is about 80 km from Helsinki.
Estonian Prime Minister Kaja Kallas thanked the allies. Russia threatened Estonia on Wednesday.
"""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    path = tmp_path_factory.mktemp("baltic") / "baltic.standoff"
    with so.new_dossier(path, system=str(SYSTEM)) as made:
        made.read(REPORT, published=date(2022, 6, 8), source="BNS", title="NATO sails")
        yield made


def test_reports_are_coded_and_checked(dossier) -> None:
    rows = list(dossier.signals())
    actors = {actor for row in rows for actor in row["actor"].split(";")}
    assert {"USA", "GBR", "RUS"} <= actors
    verdicts = {row["quote"]: row["verdict"] for row in dossier.claims()}
    assert verdicts["80 km from Helsinki"] == "SUPPORTED"
    assert set(verdicts.values()) <= {"SUPPORTED", "NOT_CHECKABLE"}


def test_the_question_is_answered_and_traced_to_the_words(dossier) -> None:
    answer = dossier.assess(as_of=date(2022, 6, 8), draws=200)
    assert answer.question == "Does Russia use force against Estonia within a year?"
    keys = {q.key for q in answer.quantities}
    assert {"fight.USA", "fight.GBR", "support.POL", "arm.POL.attack"} <= keys
    assert any(line.handle == "L-USA>EST@2022-06-08" and line.n_signals for line in answer.levels)
    tree = dossier.why("L-USA>EST@2022-06-08")
    assert tree.rests_on and tree.rests_on[0].line.startswith("«")


def test_thin_evidence_is_called_thin(dossier) -> None:
    answer = dossier.assess(as_of=date(2022, 6, 8), draws=200)
    assert "for want of three recent signals" in " ".join(answer.warnings)
    assert answer.grades.evidence == "low"


def test_the_brief_names_the_region(dossier, tmp_path) -> None:
    page = dossier.brief(tmp_path / "b.html", as_of=date(2022, 6, 8), draws=200)
    text = page.read_text(encoding="utf-8")
    assert "Estonia" in text and "Taiwan" not in text
