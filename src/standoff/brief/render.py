"""A brief as one file: self-contained HTML without script or network, PDF, Markdown, or Word."""

from __future__ import annotations

from pathlib import Path

import jinja2

from standoff.assess import Assessment
from standoff.brief.blocks import SILENT, brief_blocks
from standoff.brief.docx import docx_of
from standoff.brief.edited import with_words
from standoff.brief.figures import Drawing, heard, stages_spec, timeline_spec, to_svg
from standoff.brief.first_screen import headline, long_day
from standoff.brief.markdown import markdown_of
from standoff.brief.notes import Notes, moving, stands_still
from standoff.brief.pdf import pdf_of
from standoff.brief.sentences import judgements
from standoff.brief.words import interval, level, multiplier, percent
from standoff.errors import InputError, StoreFailure
from standoff.terms import spelt


def render_html(assessment: Assessment, ground: Drawing | None = None) -> str:
    """The brief of an assessment: same assessment, same bytes.

    Judgements first, then the figures with their tables, what rests on judgement, the evidence. `ground` is
    a map to stand in it.
    """
    notes = Notes()
    return _ENVIRONMENT.get_template("brief.html").render(
        a=assessment,
        ground=ground,
        silent=SILENT,
        page=headline(assessment),
        note=notes.number,
        notes=notes,
        moving=moving(assessment.influences),
        updates=[u for u in assessment.widest_updates() if not stands_still(u.ratio)],
        judgements=judgements(assessment),
        stages_svg=to_svg(stages_spec(assessment)),
        timelines=[(t, to_svg(timeline_spec(t))) for t in heard(assessment)],
        elicited=[x for x in assessment.assumptions if x.origin == "elicited"],
    )


def write_brief(
    assessment: Assessment, path: Path, *, words: str = "", ground: Drawing | None = None
) -> int:
    """Write the brief by the ending of its name: .html, .pdf, .md or .docx; returns its size in bytes.

    `words` is an edited Markdown brief whose words are kept; its numbers must be those computed. `ground`
    is a map to stand in it.

    Raises:
        InputError: another ending, words that cannot be taken over, or no browser to print a .pdf.
        StoreFailure: a file that cannot be written.
    """
    data = brief_bytes(assessment, path.suffix.lower(), words, ground)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StoreFailure(
            f"{path}: {error.strerror}", "a file that can be written", "--out another/brief.html"
        ) from error
    return len(data)


def brief_bytes(
    assessment: Assessment, suffix: str, words: str = "", ground: Drawing | None = None
) -> bytes:
    """A brief in the form of a suffix: same assessment, words and map, same bytes."""
    if suffix in (".html", ".htm", "") and not words:
        return render_html(assessment, ground).encode("utf-8")
    if suffix == ".pdf" and not words:
        return pdf_of(render_html(assessment, ground), assessment.as_of)
    if suffix not in (".md", ".docx"):
        kept = " with words of your own" if words else ""
        raise InputError(
            f"a brief{kept} as {suffix or 'a file without an ending'}",
            ".md or .docx" if words else ".html, .pdf, .md or .docx",
            "--out brief.docx",
        )
    blocks = brief_blocks(assessment, ground)
    if words:
        blocks = with_words(blocks, words, assessment.run)
    if suffix == ".md":
        return markdown_of(blocks, assessment.run).encode("utf-8")
    return docx_of(blocks)


def _anchor(handle: str) -> str:
    """A handle as an HTML id: letters, digits and hyphens."""
    return "".join(c if c.isalnum() else "-" for c in handle)


def _safe(value: object) -> object:
    return spelt(value) if type(value) is str else value


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("standoff.brief", "templates"),
        # Text from reports is never markup.
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Nor does it turn the words round that stand behind it; markup of ours holds no controls.
        finalize=_safe,
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
