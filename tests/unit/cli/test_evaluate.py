"""`standoff evaluate`: what it prints, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from standoff.cli.app import app
from standoff.read import read_report

TEXT = "Japan condemned the Chinese launch. Nobody fired."
SIGNAL = {
    "doc": "a1", "gold": "signal", "start": 0, "end": 34, "quote": TEXT[:34],
    "trigger": {"start": 6, "end": 15, "quote": "condemned"}, "sources": [{"state": "JPN"}],
    "targets": [{"state": "CHN"}], "plover": "ACCUSE", "plover_alt": [], "status": "done",
    "explicit": 1, "talk_act": "talk",
}  # fmt: skip
SENTENCE = {
    "id": "s1", "text": TEXT, "published": "2021-08-13",
    "right": [{"sources": ["JPN"], "targets": ["CHN"], "plover": "ACCUSE", "status": "done"}],
}  # fmt: skip


def run(*words: object, code: int = 0):
    ran = CliRunner().invoke(app, ["evaluate", *map(str, words)])
    assert ran.exit_code == code, ran.output
    return ran


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "01.txt").write_text(TEXT)
    (folder / "01.signals.jsonl").write_text(json.dumps(SIGNAL) + "\n")
    rows = [{"doc": "a1", "file": "01.txt", "published": "2021-08-13"}]
    (folder / "manifest.json").write_text(json.dumps(rows))
    return folder


def sentences(tmp_path: Path, *rows: Any) -> Path:
    path = tmp_path / "sentences.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def test_the_rules_on_a_gold_folder(gold: Path) -> None:
    out = run(gold).stdout
    assert out.startswith("rules on gold: 1 texts\n")
    assert re.search(r"^f1_all_four +1\.000", out, re.MULTILINE)
    assert re.search(r"^ACCUSE +1 +1 +1 +1\.000", out, re.MULTILINE)
    assert "confidence that sources, event and status right" in out


def test_json_has_figures_classes_and_reliability(gold: Path) -> None:
    found = json.loads(run(gold, "--format", "json").stdout)
    assert found["figures"]["f1"] == {
        "value": 1.0, "low": None, "high": None, "count": 2.0, "of": 2.0,
    }  # fmt: skip
    assert found["classes"]["status"]["done"]["recall"] == 1
    assert found["reliability"]["strict"]["bins"][0]["right"] == 1


def test_sentences_and_the_same_bytes_twice(tmp_path: Path) -> None:
    other = {**SENTENCE, "id": "s2", "text": "Fans sang in Lima.", "right": []}
    path = sentences(tmp_path, SENTENCE, other)
    first = run(path, "--show", "5").stdout
    assert re.search(r"^texts_right +1\.000", first, re.MULTILINE)
    assert run(path, "--show", "5").stdout == first


def test_what_the_coder_gave_is_saved_and_scores_the_same(gold: Path, tmp_path: Path) -> None:
    saved = tmp_path / "p.jsonl"
    first = json.loads(run(gold, "--save", saved, "--format", "json").stdout)
    again = json.loads(run(gold, "--coder", saved, "--format", "json").stdout)
    assert again.pop("coder") == "p.jsonl" and first.pop("coder") == "rules"
    assert again == first


def test_two_codings_are_compared(gold: Path, tmp_path: Path) -> None:
    line = {**SIGNAL, "type": "signal", "status": "planned", "confidences": {"status": 0.5}}
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(line) + "\n")
    out = run(gold, other, "--show", "9").stdout
    assert re.search(r"^signals +1\.000", out, re.MULTILINE)
    assert re.search(r"^status +0\.000", out, re.MULTILINE)
    assert re.search(r"^a1 +status +done +planned", out, re.MULTILINE)
    found = json.loads(run(gold, other, "--format", "json").stdout)
    assert found["fields"]["sources"]["agreement"]["value"] == 1


def test_a_model_without_its_address_is_refused(gold: Path) -> None:
    assert "--base-url and --model" in run(gold, "--coder", "llm", code=2).output


def test_a_model_is_asked_for_each_text(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the model, so that no request is sent: it gives what the rules give, swapped."""
    asked: list[str] = []

    def answer(text: str, *, model: Any, **about: Any) -> SimpleNamespace:
        asked.append(f"{about['title']} {about['published']} {model.endpoint.model}")
        report = read_report(text, published=about["published"])
        (signal,) = report.signals
        swapped = replace(signal, sources=signal.targets, targets=signal.sources)
        return SimpleNamespace(report=replace(report, signals=(swapped,)), verdicts=())

    monkeypatch.setattr("standoff.assess.coders.code_text", answer)
    monkeypatch.setattr("standoff.assess.code_text", answer, raising=False)
    out = run(gold, "--coder", "llm", "--base-url", "http://127.0.0.1:9/v1", "--model", "m").stdout
    assert asked == ["a1 2021-08-13 m"] and out.startswith("llm:m on gold")
    assert re.search(r"^f1_strict +0\.000", out, re.MULTILINE)
    assert re.search(r"^wrong_side +1\.000", out, re.MULTILINE)


# ---------------------------------------------------------------- bad input


def changed(**change: Any) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        (folder / "01.signals.jsonl").write_text(json.dumps({**SIGNAL, **change}) + "\n")

    return do


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def put(name: str, content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content)


ROW = '{"doc": "a1", "file": "01.txt", "published": "%s"}'
FAULTS = {
    "a missing text": (without("01.txt"), "01.txt (No such file"),
    "no manifest": (without("manifest.json"), "manifest.json (No such file"),
    "no codings": (without("01.signals.jsonl"), "holds no NN.signals.jsonl"),
    "a manifest of another form": (put("manifest.json", '"x"'), "manifest.json: 'x'"),
    "a text the manifest lacks": (put("manifest.json", "[]"), "no row for 01.txt"),
    "an impossible day": (put("manifest.json", f"[{ROW % '2021-02-30'}]"), "'2021-02-30'"),
    "a text twice": (
        lambda f: [put("02.txt", TEXT)(f), put("02.signals.jsonl", "")(f), put("manifest.json",
            f"[{ROW % '2021-08-13'}, {ROW.replace('01', '02') % '2021-08-13'}]")(f)],
        "a1 more than once",
    ),
    "offsets that do not fit": (changed(start=1), "1-34 is 'apan condemned the Chinese launch'"),
    "a trigger that does not fit": (
        changed(trigger={"start": 0, "end": 5, "quote": "condemned"}), "trigger 0-5 is 'Japan'"),
    "a span past the end": (changed(end=400), "a text of 49 characters"),
    "a span backwards": (changed(start=9, end=9, quote=""), "start 9, end 9"),
    "an unknown event": (changed(plover="FIGHT"), "line 1: unknown event 'FIGHT'"),
    "an unknown other event": (changed(plover_alt=["FIGHT"]), "unknown event 'FIGHT'"),
    "an unknown status": (changed(status="maybe"), "unknown status 'maybe'"),
    "an unknown kind of line": (changed(gold="maybe"), "gold 'maybe'"),
    "explicitness out of range": (changed(explicit=4), "explicitness 4"),
    "sources of another form": (changed(sources="JPN"), "sources 'JPN'"),
    "another text's line": (changed(doc="a9"), "doc 'a9'"),
    "another schema": (put("01.signals.jsonl", '{"event": "19", "actor1": "JPN"}'), "start None"),
    "no JSON": (put("01.signals.jsonl", "{'a': 1}"), "01.signals.jsonl line 1"),
    "a list in place of an object": (put("01.signals.jsonl", "[]"), "line 1: '[]'"),
    "a claim among signals": (
        put("01.signals.jsonl", '{"start": 0, "end": 5, "verdict": "SUPPORTED"}'), "a claim came"),
    "an unknown verdict": (
        put("01.claims.jsonl", '{"start": 0, "end": 5, "verdict": "TRUE"}'), "verdict 'TRUE'"),
    "bytes that are no UTF-8": (
        lambda f: (f / "01.txt").write_bytes(b"\xff\xfe"), "01.txt ('utf-8'"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_gold_is_refused_and_named(gold: Path, name: str) -> None:
    spoil, said = FAULTS[name]
    spoil(gold)
    output = run(gold, code=2).output
    assert said in output and output.count("\n") == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**SENTENCE, "right": None}, "right None"),
        ({k: v for k, v in SENTENCE.items() if k != "text"}, "text None"),
        ({**SENTENCE, "published": "May"}, "published 'May'"),
        ({**SENTENCE, "right": [{"plover": "FIGHT"}]}, "unknown event 'FIGHT'"),
        ({"id": "t", "input": "x", "expected": "y"}, "text None"),
    ],
)
def test_faulty_sentences_are_refused(tmp_path: Path, row: Any, said: str) -> None:
    assert said in run(sentences(tmp_path, row), code=2).output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({**SIGNAL, "doc": None}, "doc None"),
        ({**SIGNAL, "doc": "b7"}, "texts b7 in p.jsonl"),
        ({**SIGNAL, "quote": "Something else"}, "and not 'Something else'"),
        ({**SIGNAL, "confidence": 2}, "confidence 2"),
        ({**SIGNAL, "confidences": {"event": "high"}}, "confidences.event 'high'"),
    ],
)
def test_a_faulty_coding_is_refused(gold: Path, tmp_path: Path, line: Any, said: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(line) + "\n")
    assert said in run(gold, "--coder", path, code=2).output


def test_options_that_do_not_fit_are_refused(gold: Path, tmp_path: Path) -> None:
    assert "--by mode" in run(gold, "--by", "mode", code=2).output
    assert "which is no file" in run(gold, "--coder", "ruels", code=2).output
    assert "two codings and --coder" in run(gold, gold, "--coder", "llm", code=2).output
    assert "(No such file" in run(tmp_path / "nothing.jsonl", code=2).output
    (tmp_path / "empty.jsonl").write_text("")
    assert "is empty" in run(tmp_path / "empty.jsonl", code=2).output
    other = tmp_path / "b.jsonl"
    other.write_text(json.dumps({**SIGNAL, "doc": "b7"}) + "\n")
    assert "no text in both" in run(gold, other, code=2).output
