"""The Brief: key judgements in sentences whose words can be edited and whose numbers cannot."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from standoff.api.screens.benches import BENCHES
from standoff.api.screens.desk import stages_picture
from standoff.api.screens.picture import Picture
from standoff.api.screens.stored import assessment_of
from standoff.api.screens.timepicture import pair_picture
from standoff.api.screens.view import View
from standoff.assess import Assessment
from standoff.brief import Headline, headline, judgements
from standoff.errors import InputError
from standoff.ledger import Ledger
from standoff.measure import days_between
from standoff.terms import Relation, worded

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LONGEST = 2000
MOVING = 12
"""Events in the table of what moved it; none that reads ×1.00."""


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One sentence: its place, its words, those it had before an edit, and the notes of its numbers."""

    key: str
    text: str
    was: str
    notes: tuple[int, ...]

    @property
    def edited(self) -> bool:
        """Whether somebody changed its words."""
        return self.text != self.was


@dataclass(frozen=True, slots=True)
class BriefScreen:
    """A brief of one run: judgements, the notes under them, pictures, evidence, method and limits."""

    run: str
    a: Assessment
    headline: Headline
    paragraphs: tuple[tuple[BriefSentence, ...], ...]
    notes: tuple[tuple[int, str], ...]
    pictures: tuple[Picture, ...]
    moving: tuple[tuple[str, str, str, bool, str, str], ...]
    made_on: date


def brief_screen(view: View) -> BriefScreen | None:
    """The brief of the last run of the day, with the words that people changed; None without a run."""
    if view.run is None:
        return None
    a = assessment_of(view.run)
    edits = edits_of(view.ledger, a.run)
    numbers: dict[str, int] = {}
    paragraphs: list[tuple[BriefSentence, ...]] = []
    for i, paragraph in enumerate(judgements(a), start=1):
        row: list[BriefSentence] = []
        for j, s in enumerate(paragraph, start=1):
            for handle in s.handles:
                numbers.setdefault(handle, len(numbers) + 1)
            key = f"{i}.{j}"
            notes = tuple(numbers[h] for h in s.handles)
            row.append(BriefSentence(key, edits.get(key, s.text), s.text, notes))
        paragraphs.append(tuple(row))
    head = headline(a)
    return BriefScreen(
        run=a.run,
        a=a,
        headline=head,
        paragraphs=tuple(paragraphs),
        notes=tuple((n, h) for h, n in numbers.items()),
        pictures=(stages_picture(a), *_timelines(view, a)),
        moving=tuple(
            (i.event, i.day, i.quote, i.noted, i.said, f"×{i.multiplier.mean:.2f}")
            for i in a.influences[:MOVING]
            if f"{i.multiplier.mean:.2f}" != "1.00"
        ),
        made_on=view.day,
    )


def edits_of(ledger: Ledger, run: str) -> Mapping[str, str]:
    """The words in force in place of the program's, by the place of the sentence."""
    found: dict[str, str] = {}
    for d in ledger.decisions(action="reword"):
        head, _, key = d.subject.rpartition("#")
        if d.in_force and head == f"brief:{run}":
            found[key] = str(d.payload["text"])
    return found


def reword(path: Path, author: str, run: str, key: str, text: str, reason: str) -> str:
    """Change the words of one sentence of a brief; its numbers stay.

    Raises `InputError` for a sentence that is not there, and for words with other numbers.
    """
    words = " ".join(text.split())
    with Ledger.open(path, author=author) as ledger:
        stored = ledger.run(run)
        places = {
            f"{i}.{j}": s.text
            for i, p in enumerate(judgements(assessment_of(stored)), start=1)
            for j, s in enumerate(p, start=1)
        }
        if key not in places:
            raise InputError(f"sentence {key!r}", f"one of {', '.join(places)}", "reload the page")
        was = places[key]
        check_numbers(was, words)
        if words == edits_of(ledger, stored.handle).get(key, was):
            return "nothing was changed"
        because = reason.strip() or "reworded in the brief"
        ledger.decide(
            "reword", f"brief:{stored.handle}#{key}", {"text": words, "was": was}, because
        )
    return f"sentence {key} reworded"


def check_numbers(was: str, now: str) -> None:
    """Raise `InputError` where the numbers of a sentence are not those it had.

    >>> check_numbers("War is unlikely: 3 %.", "We judge war unlikely (3 %).")
    >>> check_numbers("War is unlikely: 3 %.", "War is unlikely: 2 %.")
    Traceback (most recent call last):
        ...
    standoff.errors.InputError: input: a sentence with other numbers (2 for 3) came; ...
    """
    if not now or len(now) > LONGEST:
        raise InputError(f"{len(now)} characters", f"1 to {LONGEST}", "write a sentence")
    old, new = Counter(_NUMBER.findall(was)), Counter(_NUMBER.findall(now))
    if old != new:
        gone, come = ", ".join(old - new) or "none", ", ".join(new - old) or "none"
        raise InputError(
            f"a sentence with other numbers ({come} for {gone})",
            "the numbers of the run: they are bound to it",
            "change the words alone; another number needs another run",
        )


def brief_markdown(b: BriefScreen) -> str:
    """The brief as Markdown, notes numbered."""
    a = b.a
    lines = [
        f"# {a.title}",
        "",
        f"Assessment as of {a.as_of}, run {a.run}. {a.question} {a.act}.",
        "",
    ]
    lines += ["## Key judgements", ""]
    for i, paragraph in enumerate(b.paragraphs, start=1):
        said = " ".join(_plain(s.text) + "".join(f"[^{n}]" for n in s.notes) for s in paragraph)
        lines.append(f"{i}. {said}")
    lines += [
        "",
        "## Events that move the answer",
        "",
        "| event | day | times | words |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {e} | {day} | {times} | {_worded(q, noted=noted, said=said)} |"
        for e, day, q, noted, said, times in b.moving
    ]
    if a.contested:
        lines += ["", "## Contested claims", ""]
        lines += [
            f"- {c.handle} {_worded(c.quote, noted=False)}: {c.outcome.lower()}, {_plain(c.why)}"
            for c in a.contested
        ]
    lines += ["", "## What this is not", ""] + [f"- {_plain(w)}" for w in a.warnings]
    lines += [
        "",
        "## Evidence",
        "",
        "| handle | words | where | source, grade |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {e.handle} | {_worded(e.quote, noted=e.noted, said=e.said)} | {e.document} {e.start}-{e.end} | "
        f"{_plain(e.source)}, {e.grade} |"
        for e in a.evidence
    ]
    lines += [""] + [f"[^{n}]: {h}" for n, h in b.notes]
    return "\n".join(lines) + "\n"


def brief_data(b: BriefScreen) -> dict[str, Any]:
    """The brief as plain data: the run's own numbers, and the sentences as they stand."""
    return {
        "run": b.run,
        "sentences": [
            {"key": s.key, "text": s.text, "was": s.was, "notes": list(s.notes)}
            for p in b.paragraphs
            for s in p
        ],
        "notes": {str(n): h for n, h in b.notes},
        "assessment": b.a.payload(),
    }


def _plain(text: str) -> str:
    """Words of a report as they may stand in Markdown: no markup, no cell, no line of their own."""
    flat = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*_{}\[\]#|!])", r"\\\1", flat)


def _worded(words: str, *, noted: bool, said: str = "") -> str:
    """As `worded`, in Markdown."""
    return worded(_plain(words), noted=noted, said=_plain(said))


def _timelines(view: View, a: Assessment) -> list[Picture]:
    """Words and deeds of each defender over two years, in panels of their own."""
    stance = BENCHES.stance(view)
    found: list[Picture] = []
    first = a.as_of.replace(year=a.as_of.year - 2, day=min(a.as_of.day, 28))
    days = days_between(first, a.as_of, 49)
    for k in view.system.defenders:
        points = stance.timeline(k, view.system.protege, Relation.COMMITMENT, days=days)
        inner = [
            stance.level(k, view.system.protege, Relation.COMMITMENT, d, coverage=0.5) for d in days
        ]
        label = f"{view.system.name(k)} to {view.system.name(view.system.protege)}"
        found.append(
            pair_picture(
                points, inner, (), first, a.as_of, gaps=(), most=0, label=label, lanes=False
            )
        )
    return found
