"""The article of the reference case, where the optional folder with it is present."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standoff.assess import assess_question, ingest, read_and_check, seed, why
from standoff.ledger import Ledger
from standoff.systems import load_system

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="needs ../shared/seed/article.txt")
PUBLISHED = date(2021, 8, 13)


@pytest.fixture(scope="module")
def text() -> str:
    return ARTICLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def coded(text):
    return read_and_check(text, published=PUBLISHED)


def verdict(coded, words: str):
    report, verdicts = coded
    found = [(c, v) for c, v in zip(report.claims, verdicts, strict=True) if words in c.span.quote]
    assert found, f"no claim about {words!r}"
    return found[0]


def test_every_span_is_exact(coded, text) -> None:
    report, _ = coded
    spans = [s.span for s in report.signals] + [c.span for c in report.claims]
    assert len(report.signals) >= 14 and len(spans) >= 25
    assert all(text[s.start : s.end] == s.quote for s in spans)


def test_the_tail_of_sources_is_set_aside(coded, text) -> None:
    report, _ = coded
    tail = text.index("Sources:")
    assert any(
        b.start <= tail + 8 and b.end >= len(text.rstrip()) for b in report.document.boilerplate
    )
    assert all(s.span.end <= tail for s in report.signals)
    assert all(c.span.end <= tail for c in report.claims)


def test_ishigaki_is_further_than_180_km(coded) -> None:
    claim, found = verdict(coded, "180 km")
    assert found.outcome == "CONTRADICTED" and claim.content.origin == "Ishigaki"
    # 218.6 km coast to coast by an independent coastline (GSHHG, full resolution).
    assert "218" in found.why or "219" in found.why


def test_yonaguni_is_nearer_than_70_nautical_miles(coded) -> None:
    _, found = verdict(coded, "70 nautical miles")
    assert found.outcome == "CONTRADICTED"
    assert "nautical miles" in found.why and "at most 125 km" in found.why


def test_the_misspelt_prime_minister_is_named(coded) -> None:
    _, found = verdict(coded, "Yoshihige Suda")
    assert found.outcome == "CONTRADICTED" and "Yoshihide Suga" in found.why


def test_about_three_times_holds(coded) -> None:
    _, found = verdict(coded, "three times")
    assert found.outcome == "SUPPORTED" and "2.87" in found.why


def test_no_true_claim_is_called_false(coded) -> None:
    report, verdicts = coded
    false = [
        c.span.quote
        for c, v in zip(report.claims, verdicts, strict=True)
        if v.outcome in ("CONTRADICTED", "INCONSISTENT")
    ]
    wrong = (
        "180 km", "70 nautical miles", "Suda", "Japanese Defense Forces",
        "Japanese Liberal Party", "constitutional reforms",
        "democratic country",  # said by Nakayama on 2021-06-28, given to Aso (Reuters)
        "first week of August",  # Abe spoke on 07-29, Aso on 07-05 (Taipei Times, Kyodo)
    )  # fmt: skip
    assert all(any(w in quote for w in wrong) for quote in false), false
    assert all(any(w in quote for quote in false) for w in wrong), false


def test_the_article_adds_little_to_the_other_reports(text, tmp_path) -> None:
    system = load_system("west-pacific-2021")
    with Ledger.create(tmp_path / "a.standoff", system=system.slug) as ledger:
        seed(ledger, system)
        taken = ingest(ledger, text, published=PUBLISHED, source="a blog")
        known = {key for _, match in taken.matches for key in [match.key]}
        assert "C040" in known, "Blinken at the ASEAN Regional Forum, dated a week before"
        answer = assess_question(ledger, system, as_of=PUBLISHED, draws=400)
        assert [e.key for e in answer.effects] == ["effect.events", "effect.report"]
        assert answer.focus is not None and answer.focus.handle == taken.added.document
        tree = why(ledger, f"{answer.run}#effect.events")
        assert any(node.line.startswith("«") for node in tree.rests_on)
