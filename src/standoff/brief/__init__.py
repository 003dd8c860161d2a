"""Assessment to words and pictures: every sentence with a number carries its handle."""

from standoff.brief.argument_figure import argument_svg
from standoff.brief.argument_words import argument_lines
from standoff.brief.blocks import brief_blocks
from standoff.brief.checking import (
    BriefCheck,
    BriefItem,
    Finding,
    Rank,
    annotated_html,
    check_brief,
)
from standoff.brief.figures import Drawing, stages_spec, timeline_spec, to_svg
from standoff.brief.first_screen import (
    Change,
    DatedChance,
    Headline,
    LeadingEvidence,
    headline,
    outlook_headline,
)
from standoff.brief.page import page_lines
from standoff.brief.render import brief_bytes, render_html, write_brief
from standoff.brief.sentences import Sentence, judgements
from standoff.brief.words import (
    interval,
    level,
    likelihood,
    likelihood_range,
    multiplier,
    percent,
)

__all__ = [
    "BriefCheck",
    "BriefItem",
    "Change",
    "DatedChance",
    "Drawing",
    "Finding",
    "Headline",
    "LeadingEvidence",
    "Rank",
    "Sentence",
    "annotated_html",
    "argument_lines",
    "argument_svg",
    "brief_blocks",
    "brief_bytes",
    "check_brief",
    "headline",
    "interval",
    "judgements",
    "level",
    "likelihood",
    "likelihood_range",
    "multiplier",
    "outlook_headline",
    "page_lines",
    "percent",
    "render_html",
    "stages_spec",
    "timeline_spec",
    "to_svg",
    "write_brief",
]
