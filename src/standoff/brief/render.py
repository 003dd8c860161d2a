"""A brief as one self-contained HTML file: no script, no network, every number with its handle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2

from standoff.assess import Assessment, Influence
from standoff.brief.figures import stages_spec, timeline_spec, to_svg
from standoff.brief.first_screen import headline, long_day
from standoff.brief.sentences import judgements
from standoff.brief.words import interval, level, multiplier, percent
from standoff.errors import StoreFailure
from standoff.terms import Estimate


def render_html(assessment: Assessment) -> str:
    """The brief of an assessment: same assessment, same bytes.

    Judgements first, then the figures with their tables, what rests on judgement, the evidence.
    """
    notes = Notes()
    return _ENVIRONMENT.get_template("brief.html").render(
        a=assessment,
        page=headline(assessment),
        note=notes.number,
        notes=notes,
        moving=moving(assessment.influences),
        updates=[u for u in assessment.widest_updates() if not _stands_still(u.ratio)],
        judgements=judgements(assessment),
        stages_svg=to_svg(stages_spec(assessment)),
        timelines=[(t, to_svg(timeline_spec(t))) for t in assessment.timelines],
        elicited=[x for x in assessment.assumptions if x.origin == "elicited"],
    )


class Notes:
    """Small numbered notes in place of handles: each opens what `standoff why` shows."""

    def __init__(self) -> None:
        self.held: list[tuple[str, ...]] = []

    def number(self, handles: Sequence[str]) -> int:
        """The number of the note for these handles; the same handles, the same note.

        >>> notes = Notes()
        >>> notes.number(["S-001"]), notes.number(["S-002"]), notes.number(["S-001"])
        (1, 2, 1)
        """
        wanted = tuple(handles)
        if wanted not in self.held:
            self.held.append(wanted)
        return self.held.index(wanted) + 1


def moving(influences: Sequence[Influence], most: int = 12) -> list[Influence]:
    """The events that move the answer as it is printed: at most twelve, and none that reads ×1.00."""
    return [i for i in influences if not _stands_still(i.multiplier)][:most]


def _stands_still(ratio: Estimate) -> bool:
    return f"{ratio.mean:.2f}" == "1.00"


def write_brief(assessment: Assessment, path: Path) -> int:
    """Write the brief; returns its size in bytes. Raises `StoreFailure` where it cannot."""
    data = render_html(assessment).encode("utf-8")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StoreFailure(
            f"{path}: {error.strerror}", "a file that can be written", "--out another/brief.html"
        ) from error
    return len(data)


def _anchor(handle: str) -> str:
    """A handle as an HTML id: letters, digits and hyphens."""
    return "".join(c if c.isalnum() else "-" for c in handle)


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("standoff.brief", "templates"),
        # Text from reports is never markup.
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        {
            "percent": percent,
            "long_day": long_day,
            "interval": interval,
            "level": level,
            "multiplier": multiplier,
            "anchor": _anchor,
        }
    )
    return made


_ENVIRONMENT = _environment()
