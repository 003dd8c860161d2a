"""The Desk: the last answer on one page, what moved it, what is wrong, what is to do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.api.screens.cards import Card, card_of_claim
from standoff.api.screens.picture import Picture, Scale, canvas, tag, title, words
from standoff.api.screens.stored import assessment_of
from standoff.api.screens.view import View
from standoff.api.tables import Table
from standoff.assess import Assessment, Conflict, Factor, LevelLine, find_conflicts
from standoff.brief import level, likelihood, likelihood_range, multiplier, percent
from standoff.errors import StandoffError
from standoff.terms import Estimate, worded

MOVERS = 3
MANY = 200
"""Reports beyond which conflicts between them are not looked for while a page waits."""
SURE, UNSURE = 0.8, 0.2
"""A shift is told where its probability lies outside these two."""


@dataclass(frozen=True, slots=True)
class PrintedChance:
    """A probability as it is printed: within how many months, in figures, with its interval."""

    months: int
    percent: str
    interval: str
    handle: str


@dataclass(frozen=True, slots=True)
class MovingEvent:
    """One event that moves the answer: which, its words, and how many times likelier it makes it."""

    event: str
    signals: tuple[str, ...]
    day: str
    quote: str
    times: str
    up: bool


@dataclass(frozen=True, slots=True)
class Patron:
    """Words against deeds of one patron, in standard deviations from an average commitment."""

    handle: str
    name: str
    words: str
    deeds: str
    words_wide: bool
    deeds_wide: bool
    signals: int
    reviewed: int
    shift: str


@dataclass(frozen=True, slots=True)
class Lever:
    """One change and what it would do to the answer."""

    name: str
    times: str
    up: bool
    handle: str


@dataclass(frozen=True, slots=True)
class Grades:
    """How good the evidence is and how far the model rests on estimates, each with its reason."""

    evidence: str
    evidence_why: str
    model: str
    model_why: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The first screen of an answer. Sentences hold their numbers; `handle`s say where from."""

    run: str
    question: str
    act: str
    day: date
    deadline: date
    word: str
    chances: tuple[PrintedChance, ...]
    base: str
    moved: str
    movers: tuple[MovingEvent, ...]
    patrons: tuple[Patron, ...]
    raises: tuple[Lever, ...]
    lowers: tuple[Lever, ...]
    outside: tuple[str, ...]
    grades: Grades
    warnings: tuple[str, ...]
    picture: Picture


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands and what is to do. `headline` is None where the day was not assessed yet."""

    headline: Headline | None
    problem: str
    wrong: tuple[Card, ...]
    conflicts: tuple[Conflict, ...]
    unsought: bool
    to_grade: tuple[str, ...]


def desk_screen(view: View) -> Desk:
    """The desk of a dossier as known on the view's day."""
    headline, problem = None, ""
    if view.run is not None:
        try:
            headline = headline_of(assessment_of(view.run))
        except StandoffError as error:
            problem = str(error)
    wrong = [card_of_claim(c) for c in view.claims if c.state != "rejected"]
    shown = {d.handle for d in view.documents}
    many = len(view.documents) > MANY
    conflicts: tuple[Conflict, ...] = () if many else find_conflicts(view.ledger)
    graded = view.ledger.gradings()
    sources = dict.fromkeys(d.source for d in view.documents if not d.record)
    return Desk(
        headline=headline,
        problem=problem,
        wrong=tuple(c for c in wrong if c.wrong),
        conflicts=tuple(c for c in conflicts if {c.older_document, c.newer_document} <= shown),
        unsought=many,
        to_grade=tuple(s for s in sources if s not in graded),
    )


def headline_of(a: Assessment) -> Headline:
    """The first screen of an assessment."""
    base, model, full = a.stages[0], a.stages[1], a.stages[-1]
    return Headline(
        run=a.run,
        question=a.question,
        act=a.act,
        day=a.as_of,
        deadline=_a_year_on(a.as_of),
        word=likely(full.war),
        chances=tuple(
            PrintedChance(m, share(e.mean), shares(e), f"{a.run}#within.{m}") for m, e in a.horizons
        ),
        base=(
            f"The pair’s base rate is {share(base.war.mean)} a year; forces, treaties, trade and "
            f"distance make it {_times(model.ratio)}."
        ),
        moved=(
            f"The reports make an attack {_times(_over(full.ratio, model.ratio))} than without them."
        ),
        movers=tuple(
            MovingEvent(
                i.event,
                i.signals,
                i.day,
                worded(i.quote, noted=i.noted, said=i.said),
                multiplier(i.multiplier),
                i.multiplier.mean > 1,
            )
            for i in a.influences[:MOVERS]
        ),
        patrons=tuple(_patron(a, x) for x in a.levels if x.relation == "commitment"),
        raises=_levers(a, up=True),
        lowers=_levers(a, up=False),
        outside=tuple(line for kind, line in a.beside if kind == "elsewhere")[:MOVERS],
        grades=_grades(a),
        warnings=a.warnings,
        picture=stages_picture(a),
    )


def share(probability: float) -> str:
    """A probability in per cent with two significant digits, also below one: one unit a page.

    >>> share(0.0015), share(0.0174), share(0.62), share(0.0)
    ('0.15 %', '1.7 %', '62 %', '0 %')
    """
    value = 100 * probability
    digits = 0 if value >= 9.95 else 1 if value >= 0.995 else 2 if value >= 0.0995 else 3
    return f"{value:.{digits}f} %" if value else "0 %"


def shares(e: Estimate) -> str:
    """The interval of a probability, in per cent.

    >>> shares(Estimate(0.0099, 0.0015, 0.058))
    '0.15 % to 5.8 %'
    """
    return f"{share(e.low)} to {share(e.high)}"


def likely(e: Estimate) -> str:
    """The word for a probability, and where its interval reaches beyond the word's own range.

    >>> likely(Estimate(0.0099, 0.0015, 0.058, mean=0.017))
    'anywhere from almost no chance to very unlikely'
    """
    word, far = likelihood_range(e), likelihood(e.high)
    if word.startswith("anywhere") or far == word:
        return word
    return f"{word}; the interval reaches into {far}"


def _times(ratio: Estimate) -> str:
    """A ratio in words: "1.4 times likelier", "half as likely"."""
    value = ratio.mean
    if 0.95 <= value <= 1.05:
        return "no likelier and no less likely"
    if value > 1:
        return f"{value:.2g} times likelier"
    return f"{value:.2g} times as likely"


def _over(above: Estimate, below: Estimate) -> Estimate:
    """The ratio of two ratios to one base, by their means; its interval is not known from them."""
    value = above.mean / below.mean if below.mean else math.nan
    return Estimate(value, value, value)


def _patron(a: Assessment, line: LevelLine) -> Patron:
    moved = [
        s
        for s in a.shifts
        if s.level == line.handle and s.status == "measured" and not UNSURE < s.probability < SURE
    ]
    shift = ""
    if moved:
        top = moved[0]
        shift = (
            f"{top.direction} of {top.channel} in {top.weeks:g} weeks: {percent(top.probability)}"
        )
    return Patron(
        handle=line.handle,
        name=line.actor,
        words=level(line.words),
        deeds=level(line.deeds),
        words_wide=line.words_status == "prior",
        deeds_wide=line.deeds_status == "prior",
        signals=line.n_signals,
        reviewed=line.n_reviewed,
        shift=shift,
    )


def _levers(a: Assessment, *, up: bool) -> tuple[Lever, ...]:
    chosen = [f for f in a.levers if (f.multiplier.mean > 1) == up]
    chosen.sort(key=lambda f: -abs(math.log(max(f.multiplier.mean, 1e-12))))
    return tuple(_lever(a, f) for f in chosen[:2])


def _lever(a: Assessment, f: Factor) -> Lever:
    return Lever(f.name, multiplier(f.multiplier), f.multiplier.mean > 1, f"{a.run}#{f.key}")


def _grades(a: Assessment) -> Grades:
    g = a.grades
    return Grades(
        evidence=g.evidence,
        evidence_why=(
            f"{a.n_documents} documents, {g.sources} independent sources, {g.graded} of them graded; "
            f"{percent(g.by_hand)} of what moves the answer was coded or reviewed by hand"
        ),
        model=g.model,
        model_why=(
            f"{percent(g.estimated)} of the way from the base rate rests on coefficients estimated from "
            f"data; {g.elicited} of {g.coefficients} are elicited"
        ),
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
        parts.append(words(share(value), at, height - 8, text_anchor="middle", font_size=11))
    for i, (name, e, key) in enumerate(rows):
        y = 22.0 + 30 * i
        last = i == len(rows) - 1
        first, end = x(math.log10(max(e.low, low))), x(math.log10(e.high))
        parts.append(words(name, 0, y + 4, font_size=13, font_weight=600 if last else None))
        parts.append(
            tag(
                "g",
                None,
                title(f"{name}: {share(e.mean)} ({shares(e)}), {a.run}#{key}"),
                tag("line", {"x1": first, "x2": end, "y1": y, "y2": y, "stroke": "#0072B2",
                             "stroke-width": 5 if last else 3, "class": "band",
                             "stroke-linecap": "round", "opacity": 0.55}),
                tag("circle", {"cx": x(math.log10(max(e.mean, low))), "cy": y,
                               "r": 5.5 if last else 4.5, "fill": "currentColor"}),
            )
        )  # fmt: skip
        parts.append(words(share(e.mean), 640, y + 4, font_size=13))
    caption = "Chance of an attack within a year: mean and 90 % interval, logarithmic scale"
    table = Table(
        tuple(
            {"stage": n, "mean": share(e.mean), "90 % interval": shares(e), "handle": f"{a.run}#{k}"}
            for n, e, k in rows
        ),
        "From the base rate to the answer",
        ("stage", "mean", "90 % interval", "handle"),
    )  # fmt: skip
    return Picture(canvas(700, height, caption, *parts), caption, table)


def _ticks(low: float, high: float) -> Sequence[float]:
    marks = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.9)
    return [m for m in marks if low <= m <= high]


def _a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
