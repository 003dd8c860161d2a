"""A brief as one self-contained HTML file: no script, no network, every number with its handle."""

from __future__ import annotations

from pathlib import Path

import jinja2

from standoff.assess import Assessment
from standoff.brief.figures import stages_spec, timeline_spec, to_svg
from standoff.brief.sentences import judgements
from standoff.brief.words import interval, level, multiplier, percent
from standoff.errors import StoreFailure


def render_html(assessment: Assessment) -> str:
    """The brief of an assessment: same assessment, same bytes.

    Judgements first, then the figures with their tables, what rests on judgement, the evidence.
    """
    return _ENVIRONMENT.get_template("brief.html").render(
        a=assessment,
        judgements=judgements(assessment),
        stages_svg=to_svg(stages_spec(assessment)),
        timelines=[(t, to_svg(timeline_spec(t))) for t in assessment.timelines],
        elicited=[x for x in assessment.assumptions if x.origin == "elicited"],
    )


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
            "interval": interval,
            "level": level,
            "multiplier": multiplier,
            "anchor": _anchor,
        }
    )
    return made


_ENVIRONMENT = _environment()
