"""The first screen: one page of an answer that an analyst can defend, as a typed record.

The terminal, the desk and the brief all render this record; none of them counts anything. Every
chance is a percentage, every sentence carries the handles of its numbers, and what is left out is
behind `--full`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standoff.assess import (
    Assessment,
    Contested,
    Explained,
    Factor,
    Grades,
    Influence,
    Outlook,
    Update,
)
from standoff.brief.sentences import Sentence
from standoff.brief.stands import stands
from standoff.brief.words import bare, interval, likelihood_range, percent
from standoff.forecast import OutsideNumber
from standoff.terms import Estimate

NOBODY = "XXX"
"""The code of an actor whom a report does not name, or that is no state."""
UNMOVED = "no single event: without any one of them the printed chance is the same."
EVIDENCE, PATRONS = 3, 3
"""Pieces of evidence and patrons on the first screen; the rest is behind `--full`."""


@dataclass(frozen=True, slots=True)
class DatedChance:
    """The chance of an attack by a deadline, with the base rate until then, and its handle."""

    months: int
    deadline: date
    chance: Estimate
    base: Estimate
    handle: str


@dataclass(frozen=True, slots=True)
class LeadingEvidence:
    """A piece of evidence: the chance within a year without it, and the words it rests on.

    `words` are a quotation, or where `noted` the note of a coder and `said` the source's own. `handle` opens them.
    """

    without: float
    raises: bool
    actor: str
    day: str
    words: str
    noted: bool
    handle: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the answer, and the chance within a year if it were so."""

    name: str
    chance: float
    handle: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One page: the question, the answer, why, what would change it, and how far to trust it.

    `likelihood` is the ICD 203 term of the interval of the last of `chances`, or says from which to
    which term it reaches. `unmoved` says so where events are known and none of them alone moves the printed
    chance. `up` and `down` are None where nothing that was tried moves the answer.
    `outside` are numbers of others, never used in the answer. `remarks` are what a reader must know
    first: no report, no graded source, an interval that rests on priors.
    """

    run: str
    title: str
    as_of: date
    question: str
    act: str
    likelihood: str
    chances: tuple[DatedChance, ...]
    base: Sentence
    reports: Sentence
    evidence: tuple[LeadingEvidence, ...]
    unmoved: str
    stands: tuple[Sentence, ...]
    up: Change | None
    down: Change | None
    faults: Sentence
    outside: tuple[OutsideNumber, ...]
    evidence_grade: str
    evidence_reason: Sentence
    model_grade: str
    model_reason: Sentence
    remarks: tuple[str, ...]


def headline(a: Assessment) -> Headline:
    """The first screen of an assessment of a dossier."""
    told = Explained(
        a.updates,
        a.levels,
        a.shifts,
        a.influences,
        a.levers,
        a.grades,
        a.actors,
        a.outside,
        a.remarks,
    )
    return _page(
        a.run,
        (a.title, a.question, a.act),
        a.as_of,
        (a.horizons, a.base_horizons),
        told,
        (a.n_documents, a.n_signals, a.n_events),
        (a.n_claims, a.n_unsettled, a.contested),
        a.remarks,
    )


def outlook_headline(o: Outlook) -> Headline:
    """The first screen of a forecast without a dossier; it must have been asked for explained."""
    if o.explained is None:
        raise ValueError("an outlook without its explanation: forecast_events(..., explained=True)")
    answer = o.answer
    return _page(
        "",
        (o.system.title, o.system.question, o.system.act),
        o.at,
        (
            tuple((h.months, h.attack) for h in answer.horizons),
            tuple((h.months, h.attack) for h in answer.base),
        ),
        o.explained,
        (0, o.n_events, o.n_events),
        (0, 0, ()),
        o.explained.remarks,
    )


_Horizons = Sequence[tuple[int, Estimate]]


def _page(
    run: str,
    asked: tuple[str, str, str],
    as_of: date,
    horizons: tuple[_Horizons, _Horizons],
    told: Explained,
    counts: tuple[int, int, int],
    claims: tuple[int, int, tuple[Contested, ...]],
    remarks: Sequence[str],
) -> Headline:
    chances = tuple(
        DatedChance(months, after(as_of, months), chance, base, f"{run}#within.{months}")
        for (months, chance), (_, base) in zip(*horizons, strict=True)
    )
    last = chances[-1]
    names = {x.code: x.name for x in told.actors} | {NOBODY: "a party not named"}
    title, question, act = asked
    movers = _movers(told.influences, last.chance.mean, names, as_of)
    return Headline(
        run=run,
        title=title,
        as_of=as_of,
        question=_dated(question, last.deadline),
        act=act,
        likelihood=likelihood_range(last.chance),
        chances=chances,
        base=_base(run, last, told.updates),
        reports=_reports(run, last, told.updates, counts),
        evidence=movers,
        unmoved=UNMOVED if told.influences and not movers else "",
        stands=stands(told, names, PATRONS, run),
        up=_change(told.levers, last.chance.mean, run, up=True),
        down=_change(told.levers, last.chance.mean, run, up=False),
        faults=_faults(run, *claims),
        # Whether patrons of others came says something where a patron of ours is asked about.
        outside=tuple(n for n in told.outside if n.event != "joins" or n.ours),
        evidence_grade=told.grades.evidence,
        evidence_reason=_evidence_reason(run, told, counts),
        model_grade=told.grades.model,
        model_reason=_model_reason(run, told),
        remarks=tuple(remarks),
    )


def after(day: date, months: int) -> date:
    """The day so many months later; the last of the month where there is no such day.

    >>> after(date(2021, 11, 30), 3)
    datetime.date(2022, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(first_of_next.toordinal() - 1).day
    return date(year, month, min(day.day, last))


def long_day(day: date) -> str:
    """A day in words.

    >>> long_day(date(2022, 8, 13))
    '13 August 2022'
    """
    return f"{day.day} {day:%B %Y}"


def _dated(question: str, deadline: date) -> str:
    """The question with its deadline in place of "within a year"."""
    by = f"by {long_day(deadline)}"
    if "within a year" in question:
        return question.replace("within a year", by)
    return f"{question.rstrip('?')} ({by})?"


def _base(run: str, last: DatedChance, updates: Sequence[Update]) -> Sentence:
    facts = [u for u in updates if u.key == "strategic.1"]
    text = f"{percent(last.base.mean)} a year by past disputes"
    handles = (f"{run}#base.{last.months}",)
    if not facts:
        return Sentence(text + ".", handles)
    without = last.base.mean * facts[0].ratio.mean
    return Sentence(
        f"{text}; with {facts[0].name} {percent(without)}.",
        (*handles, f"{run}#strategic.1"),
    )


def _reports(
    run: str, last: DatedChance, updates: Sequence[Update], counts: tuple[int, int, int]
) -> Sentence:
    """What the reports did: from the answer without any to the answer."""
    facts = [u.ratio.mean for u in updates if u.key == "strategic.1"]
    start = last.base.mean * (facts[0] if facts else 1.0)
    signalled = 1.0
    for u in updates:
        if u.key.startswith("strategic.") and u.key != "strategic.1":
            signalled *= u.ratio.mean
    n_events = counts[2]
    handles = (f"{run}#stage.2", f"{run}#stage.3")
    if not n_events:
        return Sentence("none: the answer is the base rate and the model alone.")
    acts = any(u.key.startswith("evidence.") for u in updates)
    if not acts and signalled == 1.0:
        return Sentence("none of the events bears on the question.")
    with_signals = start * signalled
    first = f"the patrons' signals {_verb(start, with_signals)} that to {percent(with_signals)}"
    if percent(start) == percent(with_signals):
        first = "the patrons' signals leave that as it is"
    if not acts:
        return Sentence(f"{first}; no act between the two sides is known.", handles)
    then = f"acts between the two {_verb(with_signals, last.chance.mean)} it to the answer"
    return Sentence(f"{first}; {then}.", handles)


def _verb(before: float, now: float) -> str:
    return "raise" if now > before else "lower"


def _movers(
    influences: Sequence[Influence], now: float, names: Mapping[str, str], as_of: date
) -> tuple[LeadingEvidence, ...]:
    """The strongest pieces; none without which the printed chance would be the same."""
    moving = [i for i in influences if percent(now / i.multiplier.mean) != percent(now)]
    return tuple(_mover(i, now, names, as_of) for i in moving[:EVIDENCE])


def _mover(item: Influence, now: float, names: Mapping[str, str], as_of: date) -> LeadingEvidence:
    return LeadingEvidence(
        without=now / item.multiplier.mean,
        raises=item.multiplier.mean > 1,
        actor=names.get(item.actor, item.actor),
        day=item.day if item.day <= as_of.isoformat() else f"for {item.day}",
        words=" ".join(item.quote.split()),
        noted=item.noted,
        handle=item.signals[0] if item.signals else item.event,
        said=item.said,
    )


def _change(levers: Sequence[Factor], now: float, run: str, *, up: bool) -> Change | None:
    """The lever that moves the answer most in one direction."""
    moved = [f for f in levers if (f.multiplier.mean > 1) == up and f.multiplier.mean != 1]
    if not moved:
        return None
    best = max(moved, key=lambda f: f.multiplier.mean * (1 if up else -1))
    chance = min(now * best.multiplier.mean, 1.0)
    if percent(chance) == percent(now):
        return None
    return Change(best.name, chance, f"{run}#{best.key}")


def _faults(run: str, n_claims: int, unsettled: int, contested: Sequence[Contested]) -> Sentence:
    """What a check contradicted, of the claims that it could settle: the others are not called right."""
    if not n_claims:
        return Sentence("no report holds a claim that could be checked.")
    settled = n_claims - unsettled
    if not settled:
        few = "the one claim" if n_claims == 1 else f"none of {n_claims} claims"
        return Sentence(f"{few} could {'not ' if n_claims == 1 else ''}be checked here.", (run,))
    if not contested:
        rest = f"; {unsettled} more could not be checked" if unsettled else ""
        held = (
            f"none of {settled} checked claims is"
            if settled > 1
            else "the one checked claim is not"
        )
        return Sentence(f"{held} contradicted{rest}.", (f"{run}#claims",))
    first = contested[0]
    many = f"{len(contested)} of {settled} checked claim{'s' if settled > 1 else ''} contradicted"
    return Sentence(
        f"{many}, such as «{first.quote}»: {first.why}",
        (f"{run}#claims", *(c.handle for c in contested)),
    )


def _evidence_reason(run: str, told: Explained, counts: tuple[int, int, int]) -> Sentence:
    documents, signals, _ = counts
    g = told.grades
    handles = (f"{run}#grade.evidence",)
    if not signals:
        return Sentence("no report bears on the question.")
    if not g.sources:
        lacking = "names its source" if told.influences else "bears on the question"
        return Sentence(f"none of {signals:,} signals {lacking}.", handles)
    sources = f"{g.sources} source{'s' if g.sources != 1 else ''}"
    if documents:
        sources = f"{documents} document{'s' if documents != 1 else ''}, {sources}"
    graded = _graded(g)
    share = bare(g.by_hand)
    looked = {"100": "all hand-coded", "0": "none hand-coded"}.get(
        share, f"{share} % of weight hand-coded"
    )
    return Sentence(f"{sources}, {graded}; {looked}.", handles)


def _graded(g: Grades) -> str:
    """What of the grades of the sources makes evidence high, moderate or low."""
    if not g.graded:
        return "not graded (standoff grade)" if g.sources == 1 else "none graded (standoff grade)"
    if g.enough_good:
        return "three B2 or better"
    if g.evidence != "low":
        return "fewer than three B2 or better"
    return "and no other" if g.sources == 1 else "none better than C3"


def _model_reason(run: str, told: Explained) -> Sentence:
    """How much of the steps from the base rate, which is counted, is more than judgement."""
    share = bare(told.grades.estimated)
    steps = {
        "0": "every step from it to the answer is judged",
        "100": "so is every step from it to the answer",
    }.get(share, f"{share} % of the steps from it are estimated")
    return Sentence(f"the base rate is counted; {steps}.", (f"{run}#grade.model",))


__all__ = [
    "Change",
    "DatedChance",
    "Headline",
    "LeadingEvidence",
    "headline",
    "interval",
    "outlook_headline",
]
