"""Two words about an answer: how good its evidence is, and how good the model that weighs it.

They are apart, because reports may be excellent while the odds that a model makes of them are guessed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from standoff.assess.answer import Workbench
from standoff.assess.assessment import Grades, Influence, LevelLine, Update
from standoff.assess.confidence import GOOD, confidence, is_good
from standoff.terms import EventReport, SourceGrade

HAND = 0.5
"""Evidence is at most moderate where a person looked at less than half of what moves the answer."""
MODEL = ((0.75, "high"), (0.4, "moderate"), (0.0, "low"))
"""Model grade by the share that rests on estimated coefficients: three quarters, two fifths."""
ESTIMATED = ("historical", "published")


def grades(
    bench: Workbench,
    levels: Sequence[LevelLine],
    updates: Sequence[Update],
    influences: Sequence[Influence],
) -> Grades:
    """The two words with their reasons. Sources count once each, with their best grade.

    Every independent source of an event counts that is a piece of evidence, or bears on a level;
    records that name no source count as none.
    """
    bearing = {h for p in bench.pieces for h in p.handles} | {h for x in levels for h in x.signals}
    best: dict[str, str] = {}
    reviewed = 0
    for event in bench.events:
        for report in event.reports:
            reviewed += report.reviewed
            if report.handle in bearing and not _unnamed(report):
                grade = f"{report.grade.value}{report.item_grade.value}"
                best[report.source] = min(grade, best.get(report.source, grade))
    by_hand = _share([(_size(i.multiplier.mean), i.by_hand) for i in influences])
    good = sum(is_good(g) for g in best.values())
    word = confidence(sorted(best.values()))
    if word == "high" and by_hand < HAND:
        word = "moderate"
    estimated = _share([(_size(u.ratio.mean), u.origin in ESTIMATED) for u in updates])
    items = bench.coefficients.items
    return Grades(
        evidence=word,
        model=next(name for least, name in MODEL if estimated >= least),
        sources=len(best),
        graded=sum(not g.startswith(SourceGrade.F.value) for g in best.values()),
        good=good,
        enough_good=good >= GOOD,
        reviewed=reviewed,
        by_hand=by_hand,
        estimated=estimated,
        elicited=sum(c.origin.value == "elicited" for c in items),
        coefficients=len(items),
    )


def _unnamed(report: EventReport) -> bool:
    """A bare record without a source: its grade is an assumption, and nothing says it is independent."""
    return not report.document and report.source.startswith("record ")


def _size(ratio: float) -> float:
    return abs(math.log(max(ratio, 1e-12)))


def _share(parts: Sequence[tuple[float, bool]]) -> float:
    whole = sum(size for size, _ in parts)
    return round(sum(size for size, yes in parts if yes) / whole, 12) if whole else 0.0
