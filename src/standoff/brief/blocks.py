"""The brief as blocks of text, tables and pictures: what Markdown and Word files are written from.

The same statements as the first screen and the key judgements of the HTML brief, with small numbered
notes in place of handles, and on the last page method and limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standoff.assess import Assessment, Influence
from standoff.brief.figures import Drawing, heard, stages_spec, timeline_spec
from standoff.brief.first_screen import Change, Headline, LeadingEvidence, headline, long_day
from standoff.brief.notes import Notes, moving
from standoff.brief.sentences import Sentence, judgements
from standoff.brief.words import interval, multiplier, percent
from standoff.terms import worded

__all__ = ["Block", "Heading", "PictureBlock", "TableBlock", "Text", "brief_blocks"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph with the numbers of its notes. `name` marks one that a person may reword."""

    text: str
    notes: tuple[int, ...] = ()
    name: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption; every row as long as the head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A Vega-Lite specification, or a drawing as SVG, with what it shows in words."""

    spec: dict[str, Any]
    words: str
    svg: str = ""


SILENT = "Of no patron is a signal known: there is no timeline to show."
Block = Heading | Text | TableBlock | PictureBlock


def brief_blocks(a: Assessment, ground: Drawing | None = None) -> tuple[Block, ...]:
    """The brief of an assessment: same assessment and map, same blocks."""
    notes = Notes()
    page = headline(a)
    found: list[Block] = [
        Heading(a.title, 1),
        Text(f"Assessment as of {long_day(a.as_of)}, run {a.run}."),
        *_answer(page, notes),
        Heading("Key judgements"),
        *_judged(judgements(a), notes),
        Heading("From the base rate to the answer"),
        PictureBlock(
            stages_spec(a),
            "Chance of an attack within a year: means and 90 % intervals, log scale.",
        ),
        TableBlock(
            "An attack within a year, by stage",
            ("stage", "probability", "90 % interval", "times base rate"),
            tuple(
                (s.name, percent(s.war.mean), interval(s.war), multiplier(s.ratio))
                for s in a.stages
            ),
        ),
        Heading("Evidence"),
        _evidence(a, notes),
    ]
    if a.contested:
        found += [Heading("Contested claims"), _contested(a, notes)]
    found += [Heading("Words and deeds")]
    found += [
        PictureBlock(
            timeline_spec(t), f"{t.label}: words above (dashed), deeds below (solid), 90 % bands."
        )
        for t in heard(a)
    ] or [Text(SILENT)]
    if ground:
        found += [Heading("Where"), PictureBlock({}, ground.words, ground.svg)]
    found += [Heading("What would change it"), _changes(a, notes), *_limits(a)]
    found += [Heading("Notes"), *_noted(notes)]
    return tuple(found)


def _answer(page: Headline, notes: Notes) -> list[Block]:
    rows = tuple(
        (long_day(c.deadline), f"{percent(c.chance.mean)} [{notes.number([c.handle])}]",
         interval(c.chance), percent(c.base.mean))
        for c in page.chances
    )  # fmt: skip
    found: list[Block] = [
        Text(f"{page.question} {_upper(page.likelihood)}."),
        TableBlock("", ("by", "probability", "90 % interval", "base rate"), rows),
    ]
    told = [
        ("Base rate", page.base),
        ("Reports", page.reports),
        *(("Strongest evidence", _moved(m)) for m in page.evidence),
        *(("Words against deeds", s) for s in page.stands),
        ("What would raise it most", _change(page.up)),
        ("What would lower it most", _change(page.down)),
        ("Claims", page.faults),
        (f"Evidence {page.evidence_grade}", page.evidence_reason),
        (f"Model {page.model_grade}", page.model_reason),
    ]
    found += [Text(f"{label}: {s.text}", _numbers(s, notes)) for label, s in told]
    found += [Text(f"Others, not used: {n.line}") for n in page.outside[:3]]
    return found + [Text(f"Note: {remark}") for remark in page.remarks]


def _moved(m: LeadingEvidence) -> Sentence:
    words = worded(m.words, noted=m.noted, said=m.said)
    verb = "raises" if m.raises else "lowers"
    return Sentence(
        f"{verb} it, {percent(m.without)} without: {m.actor}, {m.day}, {words}", (m.handle,)
    )


def _change(c: Change | None) -> Sentence:
    if c is None:
        return Sentence("nothing that was tried")
    return Sentence(f"{percent(c.chance)} if {c.name}", (c.handle,))


def _judged(found: Sequence[Sequence[Sentence]], notes: Notes) -> list[Block]:
    return [
        Text(" ".join(s.text for s in part), _several(part, notes), name=f"judgement {number}")
        for number, part in enumerate(found, start=1)
        if part
    ]


def _several(part: Sequence[Sentence], notes: Notes) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for s in part for n in _numbers(s, notes)))


def _numbers(s: Sentence, notes: Notes) -> tuple[int, ...]:
    return (notes.number(s.handles),) if s.handles else ()


def _worded(i: Influence) -> str:
    return worded(" ".join(i.quote.split()), noted=i.noted, said=i.said)


def _evidence(a: Assessment, notes: Notes) -> TableBlock:
    graded = {e.handle: f"{e.source or 'unknown'}, {e.grade}" for e in a.evidence}
    rows = tuple(
        (
            i.day,
            _worded(i) + f" [{notes.number(i.signals or (i.event,))}]",
            next((graded[h] for h in i.signals if h in graded), ""),
            multiplier(i.multiplier),
        )
        for i in moving(a.influences)
    )
    caption = (
        "The events that move the answer, each left out in turn: chance with it over chance without"
    )
    return TableBlock(caption, ("day", "words", "source and grade", "with over without"), rows)


def _contested(a: Assessment, notes: Notes) -> TableBlock:
    rows = tuple(
        (f"«{c.quote}» [{notes.number([c.handle])}]", f"{c.outcome.lower()}: {c.why}")
        for c in a.contested
    )
    return TableBlock("", ("words", "verdict and arithmetic"), rows)


def _changes(a: Assessment, notes: Notes) -> TableBlock:
    rows = tuple(
        (f"if {f.name} [{notes.number([f'{a.run}#{f.key}'])}]", multiplier(f.multiplier))
        for f in a.levers
    )
    return TableBlock("One thing changed, on the same draws", ("change", "times likelier"), rows)


def _limits(a: Assessment) -> list[Block]:
    elicited = sum(x.origin == "elicited" for x in a.assumptions)
    return [
        Heading("Method and limits"),
        Text(
            "The answer is the pair's base rate, times what the strategic model says of its facts and of the "
            "stance of its patrons, times the evidence of acts between the two, on common draws; what is "
            "printed is the mean."
        ),
        Text(
            f"{elicited} of {len(a.assumptions)} coefficients are judged and not estimated. The priors fix the "
            "sign of most effects: a sign shows what is assumed, not what history proves."
        ),
        *(Text(f"{_upper(w)}.") for w in a.warnings),
        Text(
            "Likelihood words follow ICD 203, grades the Admiralty scale, where F and 6 mean unknown. Codes and "
            "boundaries show control, not opinion."
        ),
    ]


def _noted(notes: Notes) -> list[Block]:
    return [
        Text(f"[{number}] " + ", ".join(f'standoff why "{h}"' for h in handles))
        for number, handles in enumerate(notes.held, start=1)
    ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
