"""What our code loses of a model's answer that is right: hand-coded texts put as answers of a model.

    python benchmarks/read_answers.py ../shared/gold

Each coded signal becomes an item with the words of the text; an actor is named by its coded name, else by
the first words of the text that the gazetteer takes for its state. What does not come out as it went in is
lost by our checks and grammars, whatever the model. This is a ceiling and no quality of any model.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from standoff.read.codebook import load_ontology
from standoff.read.gazetteer import world
from standoff.read.llm.build import build_signal
from standoff.read.llm.ground import Ground, state_codes
from standoff.read.llm.items import check_answer
from standoff.terms import Document, Report, Signal


def words_for(text: str, party: dict[str, Any]) -> str:
    """Words of the text for a coded party; its code where there are none."""
    if party.get("name") and party["name"] in text:
        return party["name"]
    for hit in world().find(text):
        if any(e.actor == party["state"] for e in hit.entries):
            return text[hit.start : hit.end]
    return party["state"]


def item(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    """A coded signal as an item of an answer."""

    def actor(party: dict[str, Any]) -> dict[str, str]:
        name = words_for(text, party)
        return {"name": name, "code": party["state"], "person": "", "office": ""}

    event, mode = gold["plover"], gold.get("mode")
    day = gold["date"].get("text") or ""
    trigger = gold["trigger"]["quote"]
    return {
        "quote": gold["quote"], "trigger_quote": trigger,
        "sources": [actor(p) for p in gold["sources"]],
        "targets": [actor(p) for p in gold["targets"]],
        "protege": actor({"state": gold["protege"]}) if gold["protege"] in state_codes() else None,
        "event": f"{event}.{mode}" if mode in load_ontology().modes(event) else event,
        "extension": None, "channel": {"talk": "words", "act": "deeds"}[gold["talk_act"]],
        "status": gold["status"], "officialness": gold["official"], "cost": gold["cost"],
        "valence": gold["valence"], "date_quote": day if day in text else "",
        "condition_quote": "", "speaker_quote": "",
        "object_quote": trigger if gold["explicit"] >= 2 else "",
        "action_quote": trigger if gold["explicit"] == 3 else "",
        "hedged": False, "negated": gold["negated"],
    }  # fmt: skip


def same(signal: Signal, gold: dict[str, Any]) -> dict[str, bool]:
    """Which fields came out as they were coded."""
    day = gold["date"]
    return {
        "sources": [p["state"] for p in gold["sources"]] == list(signal.source_actors),
        "targets": [p["state"] for p in gold["targets"]] == list(signal.target_actors),
        "event": gold["plover"] == signal.event.value,
        "status": gold["status"] == signal.status.value,
        "explicitness": gold["explicit"] == signal.explicitness,
        "date": day["basis"] != "text"
        or (day["from"], day["to"]) == (str(signal.date.start), str(signal.date.end)),
    }


def main(folder: Path) -> None:
    """Print how many coded signals, and how many of their fields, come through."""
    days = {
        d["doc"]: d["published"] for d in json.loads((folder / "manifest.json").read_text())["open"]
    }
    right: Counter[str] = Counter()
    asked = kept = 0
    for path in sorted(folder.glob("*.signals.jsonl")):
        name = path.name.split(".")[0]
        text = (folder / f"{name}.txt").read_bytes().decode()
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        signals = [r for r in rows if r["gold"] == "signal"]
        asked += len(signals)
        if not signals:
            continue
        published = date.fromisoformat(days[f"t{name}"])
        answer = json.dumps({"items": [item(text, g) for g in signals], "claims": []})
        checked = check_answer(answer, text, 0)
        document = Document.from_text(text, title="", source="", published=published)
        ground = Ground.of(Report(document))
        by_quote = {g["quote"]: g for g in signals}
        for number, found in enumerate(checked.items, start=1):
            signal = build_signal(found, number, ground, "gold", "")
            kept += 1
            right.update(f for f, ok in same(signal, by_quote[found.span.quote]).items() if ok)
    print(f"{kept} of {asked} signals come through")
    for name, count in right.items():
        print(f"{name:13} {count} of {kept}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
