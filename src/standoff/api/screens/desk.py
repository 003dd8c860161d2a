"""The Desk: the last answer on one page, what moved it, what is wrong, what is to do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.api.screens.cards import Card, card_of_claim
from standoff.api.screens.picture import Picture, Scale, canvas, tag, title, words
from standoff.api.screens.stored import assessment_of
from standoff.api.screens.view import View
from standoff.api.tables import Table
from standoff.assess import Assessment, Conflict, find_conflicts
from standoff.brief import Headline, headline, interval, percent
from standoff.errors import StandoffError

MANY = 200
"""Reports beyond which conflicts between them are not looked for while a page waits."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands and what is to do. `headline` is the first screen of the run, and None with `picture` where
    the day was not assessed yet."""

    headline: Headline | None
    picture: Picture | None
    problem: str
    wrong: tuple[Card, ...]
    conflicts: tuple[Conflict, ...]
    unsought: bool
    to_grade: tuple[str, ...]


def desk_screen(view: View) -> Desk:
    """The desk of a dossier as known on the view's day."""
    page, picture, problem = None, None, ""
    if view.run is not None:
        try:
            a = assessment_of(view.run)
            page, picture = headline(a), stages_picture(a)
        except StandoffError as error:
            problem = str(error)
    wrong = [card_of_claim(c) for c in view.claims if c.state != "rejected"]
    shown = {d.handle for d in view.documents}
    many = len(view.documents) > MANY
    conflicts: tuple[Conflict, ...] = () if many else find_conflicts(view.ledger)
    graded = view.ledger.gradings()
    sources = dict.fromkeys(d.source for d in view.documents if not d.record)
    return Desk(
        headline=page,
        picture=picture,
        problem=problem,
        wrong=tuple(c for c in wrong if c.wrong),
        conflicts=tuple(c for c in conflicts if {c.older_document, c.newer_document} <= shown),
        unsought=many,
        to_grade=tuple(s for s in sources if s not in graded),
    )


def stages_picture(a: Assessment) -> Picture:
    """From the base rate to the answer: a mean and an interval a stage, on a logarithmic scale."""
    rows = [(s.name, s.war, s.key) for s in a.stages]
    low = min(max(e.low, 1e-5) for _, e, _ in rows)
    high = max(e.high for _, e, _ in rows)
    x = Scale(math.log10(low * 0.8), math.log10(high * 1.25), 190.0, 620.0)
    height = 30.0 * len(rows) + 34
    parts: list[str] = []
    for value in _ticks(low * 0.8, high * 1.25):
        at = x(math.log10(value))
        parts.append(tag("line", {"x1": at, "x2": at, "y1": 6.0, "y2": height - 24,
                                  "stroke": "currentColor", "opacity": 0.14}))  # fmt: skip
        parts.append(words(percent(value), at, height - 8, text_anchor="middle", font_size=11))
    for i, (name, e, key) in enumerate(rows):
        y = 22.0 + 30 * i
        last = i == len(rows) - 1
        first, end = x(math.log10(max(e.low, low))), x(math.log10(e.high))
        parts.append(words(name, 0, y + 4, font_size=13, font_weight=600 if last else None))
        parts.append(
            tag(
                "g",
                None,
                title(f"{name}: {percent(e.mean)} ({interval(e)}), {a.run}#{key}"),
                tag("line", {"x1": first, "x2": end, "y1": y, "y2": y, "stroke": "#0072B2",
                             "stroke-width": 5 if last else 3, "class": "band",
                             "stroke-linecap": "round", "opacity": 0.55}),
                tag("circle", {"cx": x(math.log10(max(e.mean, low))), "cy": y,
                               "r": 5.5 if last else 4.5, "fill": "currentColor"}),
            )
        )  # fmt: skip
        parts.append(words(percent(e.mean), 640, y + 4, font_size=13))
    caption = "Chance of an attack within a year: mean and 90 % interval, logarithmic scale"
    table = Table(
        tuple(
            {"stage": n, "mean": percent(e.mean), "90 % interval": interval(e), "handle": f"{a.run}#{k}"}
            for n, e, k in rows
        ),
        "From the base rate to the answer",
        ("stage", "mean", "90 % interval", "handle"),
    )  # fmt: skip
    return Picture(canvas(700, height, caption, *parts), caption, table)


def _ticks(low: float, high: float) -> Sequence[float]:
    marks = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.9)
    return [m for m in marks if low <= m <= high]
