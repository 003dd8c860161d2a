"""The four tools over one dossier: read, check, assess, why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from standoff.errors import ImpossibleDate
from standoff.mcp.protocol import Json, Tool

_TEXT: Json = {"type": "string", "description": "The text of the report, as it was published."}
_DAY: Json = {
    "type": "string",
    "description": "Day of publication, YYYY-MM-DD; days in the text are read from it.",
}


def tools_for(path: Path, *, write: bool = False) -> tuple[Tool, ...]:
    """The tools on a dossier. Without `write` give a copy: `assess` stores its run where it works.

    Raises whatever opening the dossier raises, when a tool is called.
    """
    return (
        Tool(
            "read",
            "Code a report",
            "Code a text into signals (who did or said what to whom), with the words each rests on, "
            "and check its claims. " + ("The report is stored." if write else "Nothing is stored."),
            {
                "text": _TEXT,
                "published": _DAY,
                "source": {"type": "string", "description": "Who published it."},
                "title": {"type": "string", "description": "Its title."},
            },
            ("text", "published"),
            lambda given: _read(path, given, write),
            writes=write,
        ),
        Tool(
            "check",
            "Check the claims of a text",
            "Hold every checkable claim of a text (distances, shares, offices, names, dates, laws) "
            "against shipped facts, the gravest first. What cannot be checked says why. "
            "Nothing is stored.",
            {"text": _TEXT, "published": _DAY},
            ("text", "published"),
            _check,
        ),
        Tool(
            "assess",
            "Answer the question of the dossier",
            "The chance that force is used within 3, 6 and 12 months of a day, with intervals, base "
            "rate, what moved it and what would change it. Give intervals with every number; the "
            "handles lead to the words through `why`.",
            {
                "as_of": {
                    "type": "string",
                    "description": "Day of knowledge, YYYY-MM-DD; else that of the latest report.",
                },
                "draws": {
                    "type": "integer", "minimum": 100, "maximum": 20_000,
                    "description": "Draws of parameters and stances; 2000 unless given.",
                },
            },
            (),
            lambda given: _assess(path, given),
            writes=write,
        ),
        Tool(
            "why",
            "Walk from a number to the words it rests on",
            "What a handle (S-014, C-07, E-021, D-003, L-JPN>TWN@2021-08-13, R-3f2a...#war, or #war "
            "of the run last assessed) stands for and rests on, down to quoted words.",
            {
                "handle": {"type": "string", "description": "The handle."},
                "depth": {
                    "type": "integer", "minimum": 0, "maximum": 6,
                    "description": "Steps down; 2 unless given.",
                },
            },
            ("handle",),
            lambda given: _why(path, given),
        ),
    )  # fmt: skip


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImpossibleDate(
            f"{name} {text!r:.40}", "a calendar day as YYYY-MM-DD", "2021-08-13"
        ) from error


def _read(path: Path, given: Json, write: bool) -> Json:
    from standoff.assess import code_text, ingest
    from standoff.ledger import Ledger
    from standoff.terms import claim_record, signal_record

    text, day = given["text"], _day(given["published"], "published")
    source, title = given.get("source", ""), given.get("title", "")
    if write:
        with Ledger.open(path, author="assistant") as ledger:
            taken = ingest(ledger, text, published=day, source=source, title=title)
        report, verdicts, kept = taken.report, taken.verdicts, taken.added.document
    else:
        coding = code_text(text, published=day, source=source, title=title)
        report, verdicts, kept = coding.report, coding.verdicts, None
    return {
        "document": kept,
        "signals": [signal_record(s) for s in report.signals],
        "claims": [claim_record(c, v) for c, v in zip(report.claims, verdicts, strict=True)],
        "notes": list(report.notes),
    }


def _check(given: Json) -> Json:
    from standoff.assess import check_text
    from standoff.terms import claim_record

    found = check_text(given["text"], published=_day(given["published"], "published"))
    return {
        "claims": [claim_record(c, v) for c, v in found.found],
        "counts": dict(found.counts),
        "not_checked": dict(found.unchecked),
        "notes": list(found.notes),
    }


def _assess(path: Path, given: Json) -> Json:
    from standoff.assess import assess_question, day_to_assess, system_of
    from standoff.brief import headline, page_lines
    from standoff.ledger import Ledger

    with Ledger.open(path, author="assistant") as ledger:
        system = system_of(ledger)
        asked = given.get("as_of")
        day = _day(asked, "as_of") if asked else day_to_assess(ledger, system)[0]
        answer = assess_question(ledger, system, as_of=day, draws=given.get("draws", 2000))
    page = headline(answer)
    plain: dict[str, Any] = asdict(page)
    return {"run": answer.run, "page": "\n".join(page_lines(page)), "headline": plain}


def _why(path: Path, given: Json) -> Json:
    from standoff.assess import why
    from standoff.ledger import Ledger

    with Ledger.open(path) as ledger:
        return why(ledger, given["handle"], depth=given.get("depth", 2)).record()
