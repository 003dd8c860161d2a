"""What CHECK must find on the open texts of two sets, and on the article where it is present."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standoff.assess import read_and_check

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT.parent / "shared" / "seed" / "article.txt"


@pytest.fixture(scope="module")
def study() -> Any:
    path = ROOT / "benchmarks" / "check_second.py"
    spec = importlib.util.spec_from_file_location("check_second", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_second"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["claims-2", "claims-3"])
def test_planted_errors_are_caught_without_false_alarm(study, name) -> None:
    folder = study.FOLDER.with_name(name)
    results = [study.run(p) for p in sorted(folder.glob("open-*.toml"))]
    planted = [p for r in results for p in r.planted]
    assert len(planted) == 15
    assert [p.quote for p in planted if not p.caught] == []
    assert [c.statement for r in results for c, _ in r.alarms] == []


def test_the_gate_sees_a_true_claim_made_false(study, tmp_path) -> None:
    text = (study.FOLDER / "open-2-baltic.toml").read_text("utf-8")
    assert "Tallinn is 82 km" in text
    path = tmp_path / "shifted.toml"
    path.write_text(text.replace("Tallinn is 82 km", "Tallinn is 182 km"), "utf-8")
    assert len(study.run(path).alarms) == 1


@pytest.mark.skipif(not ARTICLE.is_file(), reason="needs ../shared/seed/article.txt")
def test_the_article_gets_the_same_verdicts_twice() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    assert read_and_check(text, published=date(2021, 8, 13)) == read_and_check(
        text, published=date(2021, 8, 13)
    )
