"""Other people's assessments: what they say, what hangs on nothing, what cannot all be right."""

from standoff.brief.checking.annotate import annotated_html
from standoff.brief.checking.check import check_brief
from standoff.brief.checking.record import BriefCheck, BriefItem, Finding, Rank

__all__ = ["BriefCheck", "BriefItem", "Finding", "Rank", "annotated_html", "check_brief"]
