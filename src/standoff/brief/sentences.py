"""Key judgements: sentences whose every number carries the handle it came from.

A sentence with a digit and no handle is refused before anything is rendered. A likelihood and a
level of confidence never share a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.assess import Assessment, LevelLine
from standoff.brief.words import (
    interval,
    level,
    likelihood_range,
    multiplier,
    percent,
)
from standoff.errors import ModelError

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the handles its numbers stand for.

    >>> Sentence("War is unlikely.").text
    'War is unlikely.'
    >>> Sentence("War has a probability of 3 %.")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    standoff.errors.ModelError: model: a sentence with a number and no handle: ...
    """

    text: str
    handles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if _DIGIT.search(self.text) and not self.handles:
            raise ModelError(
                f"a sentence with a number and no handle: {self.text!r}",
                "the handle of every number",
                "Sentence(text, handles)",
            )


# Why the word of confidence is what it is; the rule itself is in `assess.confidence`.
_GROUNDS = {
    "high": "three or more independent sources, usually reliable and probably true, bear on it",
    "moderate": "some independent sources, but fewer than three usually reliable ones",
    "low": "one source alone, or none that is better than fairly reliable and possibly true",
}


def judgements(a: Assessment) -> tuple[tuple[Sentence, ...], ...]:
    """The key judgements, each a paragraph of sentences, in order of importance."""
    return (_answer(a), *_levels(a), _joining(a), _effects(a), _contributions(a))


def _answer(a: Assessment) -> tuple[Sentence, ...]:
    run = a.run
    base, silent, full = a.stages
    act, question = _upper(likelihood_range(full.war)), a.question.rstrip("?")
    return (
        Sentence(
            f"{question}? {act}: {percent(full.war.mean)} within a year "
            f"(90 % interval {interval(full.war)}).",
            (f"{run}#stage.3",),
        ),
        Sentence(
            f"The base rate is {percent(base.war.mean)} a year ({interval(base.war)}), {base.note}; "
            f"the strategic model multiplies it by {multiplier(silent.ratio)}, and with the evidence "
            f"it stands at {multiplier(full.ratio)}.",
            (f"{run}#stage.1", f"{run}#stage.2.ratio", f"{run}#stage.3.ratio"),
        ),
        Sentence(
            f"Confidence in what was reported is {a.grades.evidence}: {_GROUNDS[a.grades.evidence]}. How far "
            "the model turns it into the right odds is not part of that word."
        ),
    )


def _levels(a: Assessment) -> tuple[tuple[Sentence, ...], ...]:
    found: list[tuple[Sentence, ...]] = []
    for line in (x for x in a.levels if x.relation == "commitment"):
        if line.words_status == line.deeds_status == "prior":
            continue
        found.append((_level(line), *_shift(a, line)))
    return tuple(found)


def _level(line: LevelLine) -> Sentence:
    def channel(name: str, status: str, text: str) -> str:
        return f"{name} {text}" if status == "measured" else f"{name} {text}, resting on its prior"

    words = channel("words", line.words_status, level(line.words))
    deeds = channel("deeds", line.deeds_status, level(line.deeds))
    return Sentence(
        f"Signalled commitment of {line.actor} to {line.object}, in standard deviations from an "
        f"average commitment: {words}; {deeds}.",
        (line.handle,),
    )


def _shift(a: Assessment, line: LevelLine) -> tuple[Sentence, ...]:
    rows = [s for s in a.shifts if s.level == line.handle and s.status == "measured"]
    if not rows:
        return (Sentence("Whether that is a shift cannot be told from this record."),)
    top = rows[0]
    series = line.handle.removeprefix("L-").partition("@")[0]
    return (
        Sentence(
            f"A {top.direction} of {top.channel} by more than {top.delta:g} standard deviations "
            f"within the last {top.weeks:g} weeks has a probability of {percent(top.probability)}.",
            (f"{a.run}#shift.{series}.{top.channel}",),
        ),
    )


def _joining(a: Assessment) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for q in a.quantities:
        if q.key.startswith("fight.") and q.key.count(".") == 1:
            found.append(
                Sentence(
                    f"{q.label}, given {q.given}: {percent(q.estimate.mean)} "
                    f"({interval(q.estimate)}).",
                    (f"{a.run}#{q.key}",),
                )
            )
        if q.key.startswith("new-nuclear"):
            found.append(
                Sentence(
                    f"{_upper(q.label)} after {q.given}: {percent(q.estimate.mean)} "
                    f"({interval(q.estimate)}).",
                    (f"{a.run}#{q.key}",),
                )
            )
    return tuple(found)


def _effects(a: Assessment) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for e in a.effects:
        found.append(
            Sentence(
                f"Chance of an attack with {e.name}: {multiplier(e.multiplier)}.",
                (f"{a.run}#{e.key}",),
            )
        )
        if e.sentence:
            found.append(Sentence(e.sentence, (f"{a.run}#{e.key}",)))
    return tuple(found)


def _contributions(a: Assessment) -> tuple[Sentence, ...]:
    ranked = sorted(a.factors, key=lambda f: abs(f.multiplier.mean - 1.0), reverse=True)[:3]
    listed = "; ".join(f"{f.name} {multiplier(f.multiplier)}" for f in ranked)
    swing = sorted(a.levers, key=lambda f: abs(f.multiplier.mean - 1.0), reverse=True)[:3]
    moved = "; ".join(f"{f.name} {multiplier(f.multiplier)}" for f in swing)
    return (
        Sentence(
            f"What contributes most in the strategic model, as multipliers of the odds of an attack: {listed}.",
            tuple(f"{a.run}#{f.key}" for f in ranked),
        ),
        Sentence(
            f"What would change the answer most: {moved}.", tuple(f"{a.run}#{f.key}" for f in swing)
        ),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
