"""The first screen as lines of plain text, 24 at most, none wider than asked."""

from __future__ import annotations

import re
import textwrap

from standoff.brief.first_screen import DatedChance, Headline, LeadingEvidence
from standoff.brief.words import bare, percent
from standoff.forecast import OutsideNumber
from standoff.terms import worded

LINES, WIDTH = 24, 100
_LABEL = 11


def page_lines(h: Headline, width: int = WIDTH, why: str = "") -> list[str]:
    """The page as lines: labels on the left, one thought each, chances in per cent.

    `why` says in the first line why it is of that day.

    What does not fit on a line is cut with an ellipsis, never a number: quotations come last.
    """
    day = f"{h.as_of} ({why})" if why else str(h.as_of)
    first = f"{h.title}, as of {day}"
    lines = [_fit(first, width, h.run) if h.run else _cut(first, width)]
    lines += textwrap.wrap(f"{h.question} ({_short_act(h.act)})", width, subsequent_indent="  ")
    lines += _labelled("Answer", f"{_upper(h.likelihood)}.", width)
    lines += [_chance(c, first=c is h.chances[0]) for c in h.chances]
    lines += _labelled("Base rate", h.base.text, width)
    lines += _labelled("Reports", h.reports.text, width)
    if h.evidence:
        lines.append(
            "Moved by   the strongest pieces of evidence, and the chance within the year without each:"
        )
        lines += [_fit(f"{'':{_LABEL}}{_mover(m)}", width, m.handle) for m in h.evidence]
    for i, s in enumerate(h.stands):
        lines.append(_cut(f"{'Patrons' if not i else '':{_LABEL}}{s.text}", width))
    for word, change in (("up", h.up), ("down", h.down)):
        label = "Change" if word == "up" else ""
        told = f"nothing that was tried moves it {word}"
        if change:
            told = f"most {word:4} {percent(change.chance):>7}  if {change.name}"
        lines.append(_cut(f"{label:{_LABEL}}{told}", width))
    lines.append(_cut(f"{'Faults':{_LABEL}}{h.faults.text}", width))
    lines += _at_most(2, _labelled("Others", _outside(h.outside), width), width)
    lines.append(
        _cut(f"{'Grades':{_LABEL}}evidence {h.evidence_grade}: {h.evidence_reason.text}", width)
    )
    lines.append(_cut(f"{'':{_LABEL}}model {h.model_grade}: {h.model_reason.text}", width))
    lines += [_cut(f"{'Note':{_LABEL}}{text}", width) for text in h.remarks[:1]]
    return lines


def _short_act(act: str) -> str:
    """The definition without who and whom, whom the question names."""
    return re.sub(r", by [A-Z]{3} against [A-Z]{3}$", "", act.removeprefix("attack: "))


def _chance(c: DatedChance, *, first: bool) -> str:
    spread = (
        f"{'90 % interval ' if first else '':14}{bare(c.chance.low)} to {percent(c.chance.high)}"
    )
    return f"{'':{_LABEL}}by {c.deadline}  {percent(c.chance.mean):>7}   {spread}"


def _mover(m: LeadingEvidence) -> str:
    words = worded(m.words, noted=m.noted, said=m.said)
    verb = "raises" if m.raises else "lowers"
    return f"{verb} it, {percent(m.without)} without:  {m.day} {m.actor}, {words}"


def _outside(numbers: tuple[OutsideNumber, ...]) -> str:
    if not numbers:
        return "no number of somebody else for this pair is known here."
    n = max(numbers, key=_near)
    told = f"{percent(n.value)}, {n.measure} of {n.as_of}: {n.question}"
    return f"{told} {_upper(n.differs_briefly)}." if n.differs_briefly else told


FORCE = ("invade", "force", "attack", "war ")
"""A number of somebody else stands first where its question is about force, as ours is."""


def _near(n: OutsideNumber) -> bool:
    return any(w in n.question.lower() for w in FORCE)


def _labelled(label: str, text: str, width: int) -> list[str]:
    # A number stays with its sign.
    glued = text.replace(" %", "\u00a0%")
    lines = textwrap.wrap(f"{label:{_LABEL}}{glued}", width, subsequent_indent=" " * _LABEL)
    return [line.replace("\u00a0", " ") for line in lines]


def _at_most(count: int, lines: list[str], width: int) -> list[str]:
    """The first lines, the last of them cut where there are more."""
    more = lines[count:]
    return (
        lines[:count] if not more else [*lines[: count - 1], _cut(f"{lines[count - 1]} …", width)]
    )


def _fit(text: str, width: int, handle: str) -> str:
    """A line with a handle at its right end; the text gives way."""
    return f"{_cut(text, width - len(handle) - 2)}  {handle}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
