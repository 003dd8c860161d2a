"""What docs/reference/forecast.md shows runs, and its tables are those that ship."""

from __future__ import annotations

import doctest
from pathlib import Path

from standoff.forecast import load_evidence

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/forecast.md"
TEXT = PAGE.read_text("utf-8")


def rows_that_differ(text: str) -> list[str]:
    """Kinds whose row on the page does not say what the tables hold."""
    found: list[str] = []
    for kind, prior in zip(load_evidence().kinds, load_evidence("evidence-0").kinds, strict=True):
        sign = "-" if kind.calms else "+"
        cells = " | ".join(
            f"{sign}{now[0]:.2f} ({before[0]:.2f})"
            for now, before in ((kind.crisis, prior.crisis), (kind.severity, prior.severity))
        )
        if f"| {kind.name} | {kind.half_life:g} | {cells} |" not in text:
            found.append(f"{kind.name}: {kind.half_life:g} | {cells}")
    return found


def test_the_example_runs() -> None:
    test = doctest.DocTestParser().get_doctest(TEXT, {}, "forecast.md", str(PAGE), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    found = runner.summarize(verbose=False)
    assert (found.failed, found.attempted > 5) == (0, True)


def test_every_kind_has_its_row_with_half_life_slopes_and_priors() -> None:
    assert rows_that_differ(TEXT) == []


def test_a_wrong_slope_is_found() -> None:
    assert len(rows_that_differ(TEXT.replace("| build-up | 45 |", "| build-up | 44 |"))) == 1
