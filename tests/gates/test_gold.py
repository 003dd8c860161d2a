"""The coder against the open gold texts: the figures it must not fall below.

The texts live outside the repository; without them the test says so and skips. Events, senders
and status are scored here by the rule of the gold folder's own scorer.
"""

import importlib.util
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standoff.read import read_report
from standoff.terms import signal_record

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
# The scorer takes a folder too, but other files than the coded texts lie in it.
FILES = sorted(str(f) for f in GOLD.glob("[0-9]*.jsonl"))
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the shared gold texts are not here")


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(
    change: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    manifest = json.loads((GOLD / "manifest.json").read_text("utf-8"))
    for item in (m for group in manifest.values() for m in group):
        name = Path(item["file"]).name
        text = (GOLD / name).read_bytes().decode("utf-8")
        for signal in read_report(text, published=date.fromisoformat(item["published"])).signals:
            record = signal_record(signal)
            line = {
                "type": "signal", "doc": item["doc"], "start": signal.span.start,
                "end": signal.span.end, "sources": list(signal.source_actors),
                "targets": list(signal.target_actors), "plover": record["event"],
                "status": signal.status.value,
            }  # fmt: skip
            out.append(change(line) if change else line)
    return out


def test_gold_figures() -> None:
    result = _scorer().score(FILES, predictions())
    assert round(result["F1"], 9) >= 0.80
    assert result["F1_strict"] >= 0.60
    assert result["traps_hit"] == 0
    assert result["no_signal_docs"] == {"t04": 0}


def test_the_gate_sees_a_planted_fault() -> None:
    """Wrong senders must sink the strict figure, or the gate measures nothing."""

    def other_sender(line: dict[str, Any]) -> dict[str, Any]:
        return {**line, "sources": ["BRA"]}

    result = _scorer().score(FILES, predictions(other_sender))
    assert result["F1_strict"] < 0.10
