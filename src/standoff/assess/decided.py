"""What people decided about something, in lines that `why` shows."""

from __future__ import annotations

import json

from standoff.ledger import Decision, Ledger

WORDS = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "edited",
    "grade_item": "graded",
    "link": "linked",
    "recheck": "rechecked",
    "overrule": "overruled",
    "reanchor": "followed",
}


def decided(ledger: Ledger, handle: str) -> tuple[tuple[str, str], ...]:
    """Decisions in force about a signal, claim or document, in order, each as (word, line)."""
    return tuple(
        (WORDS.get(d.action, d.action), decision_line(d))
        for d in ledger.decisions(handle)
        if d.in_force
    )


def decision_line(d: Decision) -> str:
    """One decision in words: what it says, by whom, when, in which action, why."""
    said = {
        "edit": lambda: json.dumps(d.payload.get("changes"), ensure_ascii=False),
        "grade": lambda: f"{d.subject.removeprefix('source:')}: {d.payload.get('grade')}",
        "grade_item": lambda: str(d.payload.get("grade")),
        "link": lambda: f"to the event {d.payload.get('event_key')}",
        "overrule": lambda: str(d.payload.get("outcome")),
        "recheck": lambda: str(d.payload["record"]["verdict"]),
        "add_fact": lambda: " ".join(str(v) for v in d.payload.values()),
        "add_actor": lambda: " ".join(str(v) for v in d.payload.values()),
        "reanchor": lambda: f"from {d.payload.get('from')}",
        "undo": lambda: d.subject.removeprefix("batch:"),
    }.get(d.action)
    head = f"{said()} " if said else ("" if d.subject[1:2] == "-" else f"{d.subject} ")
    return f"{head}by {d.author} on {d.at[:10]} ({d.batch})" + (f": {d.reason}" if d.reason else "")
