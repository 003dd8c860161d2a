"""Where the rooms meet: taking reports in, answering the question, walking back to the words.

Each name is loaded when it is first used: reading a report must not wait for the game and the
numerical libraries behind it (0.9 s of a cold start).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.assess.added import added_events, by_kind, kinds_to_add
    from standoff.assess.answer import Workbench, open_workbench
    from standoff.assess.assessment import (
        Assessment,
        Assumption,
        BaseRate,
        Contested,
        Effect,
        Evidence,
        Factor,
        Focus,
        Influence,
        LevelLine,
        Point,
        PriorSet,
        Quantity,
        ShiftLine,
        Stage,
        Timeline,
        Update,
    )
    from standoff.assess.bench import NextSignal, next_signals, open_bench
    from standoff.assess.cases import (
        CaseForecast,
        CaseScores,
        forecast_case,
        read_cases,
        score_cases,
    )
    from standoff.assess.chains import JudgedChains, JudgedLink, judge_chains
    from standoff.assess.coded import read_events
    from standoff.assess.coders import Coding, Model, Survival, code_text, probe_model
    from standoff.assess.conflicts import Conflict, find_conflicts
    from standoff.assess.described import adopt_system, chains_of, own_description, system_of
    from standoff.assess.flow import assess_bench, assess_question, digest, level_line
    from standoff.assess.intake import (
        GRADER,
        Ingested,
        Original,
        actors_of,
        add_read,
        facts_of,
        grade_sources,
        ingest,
        read_and_check,
        seed,
    )
    from standoff.assess.numbers import Part, parts
    from standoff.assess.outlook import Outlook, forecast_events, outlook_of, outlook_record
    from standoff.assess.recheck import Recheck, recheck_claims
    from standoff.assess.trace import Why, why

__all__ = [
    "GRADER",
    "Assessment",
    "Assumption",
    "BaseRate",
    "CaseForecast",
    "CaseScores",
    "Coding",
    "Conflict",
    "Contested",
    "Effect",
    "Evidence",
    "Factor",
    "Focus",
    "Influence",
    "Ingested",
    "JudgedChains",
    "JudgedLink",
    "LevelLine",
    "Model",
    "NextSignal",
    "Original",
    "Outlook",
    "Part",
    "Point",
    "PriorSet",
    "Quantity",
    "Recheck",
    "ShiftLine",
    "Stage",
    "Survival",
    "Timeline",
    "Update",
    "Why",
    "Workbench",
    "actors_of",
    "add_read",
    "added_events",
    "adopt_system",
    "assess_bench",
    "assess_question",
    "by_kind",
    "chains_of",
    "code_text",
    "digest",
    "facts_of",
    "find_conflicts",
    "forecast_case",
    "forecast_events",
    "grade_sources",
    "ingest",
    "judge_chains",
    "kinds_to_add",
    "level_line",
    "next_signals",
    "open_bench",
    "open_workbench",
    "outlook_of",
    "outlook_record",
    "own_description",
    "parts",
    "probe_model",
    "read_and_check",
    "read_cases",
    "read_events",
    "recheck_claims",
    "score_cases",
    "seed",
    "system_of",
    "why",
]

_HOMES = {
    "system_of": "described",
    "own_description": "described",
    "chains_of": "described",
    "adopt_system": "described",
    "GRADER": "intake",
    "Assessment": "assessment",
    "Assumption": "assessment",
    "BaseRate": "assessment",
    "CaseForecast": "cases",
    "CaseScores": "cases",
    "Coding": "coders",
    "Conflict": "conflicts",
    "Contested": "assessment",
    "Effect": "assessment",
    "Evidence": "assessment",
    "Factor": "assessment",
    "Focus": "assessment",
    "Influence": "assessment",
    "Ingested": "intake",
    "JudgedChains": "chains",
    "JudgedLink": "chains",
    "LevelLine": "assessment",
    "Model": "coders",
    "NextSignal": "bench",
    "Original": "intake",
    "Outlook": "outlook",
    "Part": "numbers",
    "Point": "assessment",
    "PriorSet": "assessment",
    "Quantity": "assessment",
    "Recheck": "recheck",
    "ShiftLine": "assessment",
    "Stage": "assessment",
    "Survival": "coders",
    "Timeline": "assessment",
    "Update": "assessment",
    "Why": "trace",
    "Workbench": "answer",
    "actors_of": "intake",
    "add_read": "intake",
    "added_events": "added",
    "assess_bench": "flow",
    "assess_question": "flow",
    "by_kind": "added",
    "code_text": "coders",
    "digest": "flow",
    "facts_of": "intake",
    "find_conflicts": "conflicts",
    "forecast_case": "cases",
    "forecast_events": "outlook",
    "grade_sources": "intake",
    "ingest": "intake",
    "judge_chains": "chains",
    "kinds_to_add": "added",
    "level_line": "flow",
    "next_signals": "bench",
    "open_bench": "bench",
    "open_workbench": "answer",
    "outlook_of": "outlook",
    "outlook_record": "outlook",
    "parts": "numbers",
    "probe_model": "coders",
    "read_and_check": "intake",
    "read_cases": "cases",
    "read_events": "coded",
    "recheck_claims": "recheck",
    "score_cases": "cases",
    "seed": "intake",
    "why": "trace",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
