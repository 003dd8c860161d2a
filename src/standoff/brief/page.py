"""The first screen as lines of plain text, 24 with the line of next commands, none wider than asked."""

from __future__ import annotations

import re
import textwrap

from standoff.brief.first_screen import DatedChance, Headline, LeadingEvidence
from standoff.brief.words import bare, percent
from standoff.forecast import OutsideNumber
from standoff.terms import worded

LINES, WIDTH = 23, 100
"""A terminal has 24 lines: the last one is that of the next commands."""
_LABEL = 11


def page_lines(h: Headline, width: int = WIDTH, why: str = "") -> list[str]:
    """The page as lines: labels on the left, one thought each, chances in per cent.

    `why` says in the first line why it is of that day.

    What does not fit on a line is cut with an ellipsis, never a number: quotations come last.
    """
    fitting = (_page(h, width, why, roomy) for roomy in _ROOM)
    return next((lines for lines in fitting if len(lines) <= LINES), _page(h, width, why, ""))


_ROOM = ("PGFNO", "PGFO", "PGO", "GO", "O", "")
"""What may take two lines where the page has room, the most needed last: patrons, grades, faults, note,
others."""


def _page(h: Headline, width: int, why: str, roomy: str) -> list[str]:
    day = f"{h.as_of} ({why})" if why else str(h.as_of)
    first = f"{h.title}, as of {day}"

    def told(label: str, text: str, room: str) -> list[str]:
        return _at_most(1 + (room in roomy), _labelled(label, text, width), width)

    lines = [_fit(first, width, h.run) if h.run else _cut(first, width)]
    lines += textwrap.wrap(f"{h.question} ({_short_act(h.act)})", width, subsequent_indent="  ")
    lines += _labelled("Answer", f"{_upper(h.likelihood)}.", width)
    lines += [_chance(c, first=c is h.chances[0]) for c in h.chances]
    lines += _labelled("Base rate", h.base.text, width)
    lines += _labelled("Reports", h.reports.text, width)
    if h.evidence:
        lines.append(
            "Moved by   the strongest pieces of evidence, each with the chance within the year without it:"
        )
        lines += [_fit(f"{'':{_LABEL}}{_mover(m)}", width, m.handle) for m in h.evidence]
    elif h.unmoved:
        lines += _labelled("Moved by", h.unmoved, width)
    for i, s in enumerate(h.stands):
        lines += told("" if i else "Patrons", s.text, "P")
    for word, change in (("up", h.up), ("down", h.down)):
        label = "Change" if word == "up" else ""
        moved = f"nothing that was tried moves it {word}"
        if change:
            moved = f"most {word:4} {percent(change.chance):>7}  if {change.name}"
        lines.append(_cut(f"{label:{_LABEL}}{moved}", width))
    lines += told("Faults", _upper(h.faults.text), "F")
    lines += told("Others", _outside(h.outside), "O")
    lines += told("Grades", f"evidence {h.evidence_grade}: {h.evidence_reason.text}", "G")
    lines += told("", f"model {h.model_grade}: {h.model_reason.text}", "G")
    return lines + [line for text in h.remarks[:1] for line in told("Note", text, "N")]


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
    return f"{verb} it from {percent(m.without)}:  {m.day} {m.actor}, {words}"


def _outside(numbers: tuple[OutsideNumber, ...]) -> str:
    if not numbers:
        return "no number of somebody else for this pair is known here."
    n = max(numbers, key=_near)
    told = f"{percent(n.value)}, {n.measure} of {n.as_of}: {n.question}"
    beside = "; ".join(t for t in (n.ours, n.differs_briefly) if t)
    return f"{told} {_upper(beside)}." if beside else told


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
