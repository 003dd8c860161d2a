"""CHECK on passages that others wrote, each unaltered and with single facts altered.

Run: .venv/bin/python benchmarks/check_altered.py PASSAGES.json [open|held|all] [--show]

The file holds `passages` (id to `day`, `text` and `half`) and `alterations` ([id, words, other words,
kind]), one fact each. An alteration is caught if a verdict CONTRADICTED or INCONSISTENT meets a
sentence that it changes and the unaltered passage has no such verdict on those words. A false
SUPPORTED is a SUPPORTED verdict on words that were altered. Verdicts CONTRADICTED or INCONSISTENT on
unaltered passages are printed as false alarms, to be looked at one by one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from standoff.assess import read_and_check

FALSE = ("CONTRADICTED", "INCONSISTENT")


def verdicts(text: str, day: date) -> list[tuple[int, int, str, str, str, str]]:
    """(start, end, kind, words, outcome, why) of each claim."""
    report, found = read_and_check(text, published=day)
    return [
        (c.span.start, c.span.end, c.kind, c.span.quote, v.outcome.value, v.why)
        for c, v in zip(report.claims, found, strict=True)
    ]


def sentence(text: str, at: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence round `at:end`, by full stops before a capital."""
    stops = [m.end() for m in re.finditer(r"[.!?][\"”)]?\s+(?=[A-Z“\"])|\n+", text)]
    return (
        max((s for s in stops if s <= at), default=0),
        min((s for s in stops if s >= end), default=len(text)),
    )


def main() -> None:
    """Print what was caught and missed, by kind."""
    data: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    half = sys.argv[2] if len(sys.argv) > 2 else "open"
    show = "--show" in sys.argv
    outcomes: Counter[str] = Counter()
    plain: dict[str, list[tuple[int, int, str, str, str, str]]] = {}
    for name, passage in data["passages"].items():
        if half in ("all", passage["half"]):
            plain[name] = verdicts(passage["text"], date.fromisoformat(passage["day"]))
            outcomes.update(v[4] for v in plain[name])
            for v in plain[name]:
                if v[4] in FALSE:
                    print(f"  alarm   {name}  {v[2]}: {v[3]!r}: {v[5]}")
    seen: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    confirmed = emitted = 0
    for name, old, new, kind in data["alterations"]:
        if name not in plain:
            continue
        passage = data["passages"][name]
        at = passage["text"].index(old)
        text = passage["text"].replace(old, new, 1)
        start, end = sentence(text, at, at + len(new))
        known = {(v[2], v[3]) for v in plain[name] if v[4] in FALSE}
        found = verdicts(text, date.fromisoformat(passage["day"]))
        emitted += len(found)
        hit = [
            v
            for v in found
            if v[4] in FALSE and v[0] < end and start < v[1] and (v[2], v[3]) not in known
        ]
        seen[kind] += 1
        caught[kind] += bool(hit)
        if not hit and show:
            print(f"  missed  {name}  {kind}: {old} -> {new}")
        before = {v[3] for v in plain[name] if v[4] == "SUPPORTED"}
        wrong = [
            v
            for v in found
            if v[4] == "SUPPORTED" and v[0] < at + len(new) and at < v[1] and v[3] not in before
        ]
        confirmed += bool(wrong and not hit)
        if wrong and not hit:
            print(f"  confirmed  {name}  {kind}: {old} -> {new}: {wrong[0][3]!r}: {wrong[0][5]}")
    for kind in sorted(seen):
        print(f"  {kind:12} {caught[kind]:3} of {seen[kind]}")
    print(f"{half}: caught {sum(caught.values())} of {sum(seen.values())}; SUPPORTED {confirmed}")
    print(f"unaltered: {sum(outcomes.values())} claims {dict(outcomes)}; altered: {emitted} claims")


if __name__ == "__main__":
    main()
