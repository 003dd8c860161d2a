"""Figures of a tiny gold, each counted by hand in the comments; and against the shared scorers."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from standoff.evaluate import agreement, coding_of, evaluate_coding, read_coding, read_gold
from standoff.evaluate.resample import calibration, draw_weights, kappa

SHARED = Path(__file__).resolve().parents[4] / "shared" / "gold"
needs_shared = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="needs the optional folder ../shared/gold"
)

ONE = "Peru warned Chile against the drill. Chile said it would defend Bolivia. Nobody fired."
TWO = "The sun shone over Lima. Fans sang."


def span(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def coded(doc: str, text: str, words: str, key: str, who: str, whom: str, event: str, **more: Any):
    return {
        "doc": doc, **span(text, words), "trigger": span(text, key),
        "sources": [{"state": who}], "targets": [{"state": s} for s in whom.split()],
        "plover": event, "plover_alt": [], "status": "done", **more,
    }  # fmt: skip


def tiny(folder: Path) -> Path:
    """Two texts: two signals and a trap in the first, none in the second; three claims."""
    signals = [
        coded("a1", ONE, "Peru warned Chile against the drill", "warned", "PER", "CHL", "THREATEN",
              gold="signal", explicit=2, talk_act="talk", valence="threaten", plover_alt=["ACCUSE"]),
        coded("a1", ONE, "Chile said it would defend Bolivia", "defend", "CHL", "PER", "SUPPORT",
              gold="signal", explicit=3, talk_act="talk", valence="commit", protege="BOL"),
        {"doc": "a1", "gold": "trap", **span(ONE, "Nobody fired"), "trigger": span(ONE, "fired")},
    ]  # fmt: skip
    claims = [
        {"doc": "a1", **span(ONE, "Peru warned"), "verdict": "SUPPORTED", "emit": True},
        {"doc": "a1", **span(ONE, "Bolivia"), "verdict": "INCONSISTENT", "planted": True},
        {"doc": "a1", **span(ONE, "Nobody"), "verdict": "SUPPORTED", "emit": False},
    ]
    folder.mkdir(exist_ok=True)
    (folder / "01.txt").write_text(ONE)
    (folder / "02.txt").write_text(TWO)
    write(folder / "01.signals.jsonl", signals)
    write(folder / "02.signals.jsonl", [])
    write(folder / "01.claims.jsonl", claims)
    rows = [
        {"doc": "a1", "file": "01.txt", "published": "2024-05-15"},
        {"doc": "a2", "file": "02.txt", "published": "2024-05-15"},
    ]
    (folder / "manifest.json").write_text(json.dumps({"open": rows}))
    return folder


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))


def printed(doc: str, text: str, words: str, who: str, whom: str, event: str, **more: Any):
    """A signal as `standoff read` prints it."""
    return {
        "type": "signal", "doc": doc, **span(text, words), "sources": [{"actor": who}],
        "targets": [{"actor": s} for s in whom.split()], "event": event, "status": "done", **more,
    }  # fmt: skip


def emitted() -> list[dict[str, Any]]:
    return [
        # An accepted other event, all four right.
        printed("a1", ONE, "Peru warned Chile against the drill", "PER", "CHL", "ACCUSE",
                explicitness=2, confidence=0.9, confidences={"sources": 0.8}),
        # The wrong side: Peru, the target, as author.
        printed("a1", ONE, "Chile said it would defend Bolivia", "PER", "CHL", "SUPPORT",
                explicitness=1, confidence=0.5, confidences={"sources": 0.6}),
        # A trap, and its author stands nowhere in the gold.
        printed("a1", ONE, "Nobody fired", "BOL", "", "ASSAULT", confidence=0.9),
        # A text without signals.
        printed("a2", TWO, "Fans sang", "PER", "", "PROTEST", confidence=0.2),
        {"type": "claim", "doc": "a1", **span(ONE, "Peru"), "verdict": "CONTRADICTED"},
        # Half of its words are the debris: .5 is more than .3.
        {"type": "claim", "doc": "a1", **span(ONE, "Nobody fired"), "verdict": "SUPPORTED"},
    ]  # fmt: skip


@pytest.fixture
def result(tmp_path: Path):
    gold = read_gold(tiny(tmp_path / "gold"))
    write(tmp_path / "p.jsonl", emitted())
    texts = {t.doc: t.text for t in gold.texts}
    return evaluate_coding(gold, read_coding(tmp_path / "p.jsonl", texts))


COUNTED = {
    "precision": (2, 4), "recall": (2, 2), "f1": (4, 6),
    "f1_strict": (2, 6),  # one of the two matches
    "precision_all_four": (1, 4), "recall_all_four": (1, 2),
    # Peru in place of Chile; Bolivia; Peru in the text without any author.
    "wrong_side": (3, 4), "wrong_side_target": (1, 4), "wrong_side_stranger": (2, 4),
    "threats_all_four": (1, 1), "pledges_all_four": (0, 1),
    "trap_rate": (1, 1), "silent_texts": (1, 1),
    "event": (2, 2), "sources": (1, 2), "targets": (1, 2), "status": (2, 2), "explicitness": (1, 2),
    # "Peru" lies in the coded "Peru warned"; its verdict is a false alarm; the planted one is missed.
    "claim_recall": (1, 2), "verdict": (0, 1), "errors_caught": (0, 1), "planted_caught": (0, 1),
    "false_alarms": (1, 1), "debris_emitted": (1, 1),
}  # fmt: skip


def test_figures_are_those_counted_by_hand(result) -> None:
    assert {k: (result[k].count, result[k].of) for k in COUNTED} == COUNTED
    assert result["f1"].value == pytest.approx(2 / 3)
    assert result.silent == {"a2": 1}


def test_fields_that_one_side_does_not_give_are_not_scored(result) -> None:
    # The gold gives the channel, the emitted signals do not; neither gives a mode.
    assert (result["channel"].of, result["channel"].value) == (0, None)
    assert "mode" not in {f.name for f in result.figures}


def test_classes_and_confusion(result) -> None:
    events = {c.value: (c.coded, c.emitted, c.right) for c in result.classes["event"]}
    assert events["THREATEN"] == (1, 1, 1)  # ACCUSE was accepted for it
    assert events["ASSAULT"] == (0, 1, 0)
    assert result.confusion["sources"]["CHL", "PER"] == 1
    assert result.confusion["event"]["(extra)", "PROTEST"] == 1


def test_reliability_by_hand(result) -> None:
    by = {r.of: r for r in result.reliability}
    # Strict right: .9 yes, .5 no, .9 no, .2 no. Bins .2 (0 of 1), .5 (0 of 1), .9 (1 of 2).
    assert by["strict"].error.value == pytest.approx((0.2 + 0.5 + 2 * abs(0.9 - 0.5)) / 4)
    assert by["strict"].where == pytest.approx({"right": 0.9, "wrong": 0.5, "nothing there": 0.55})
    # Sources, on the two that are there: .8 right, .6 wrong.
    assert by["sources"].error.value == pytest.approx((0.2 + 0.6) / 2)
    assert by["sources"].error.of == 2


def test_faults_are_listed(result) -> None:
    kinds = [(m.doc, m.kind) for m in result.misses]
    assert kinds == [("a1", "wrong sources, targets"), ("a1", "trap"), ("a2", "extra")]


def test_a_perfect_coding_has_no_fault_and_an_empty_one_finds_nothing(tmp_path: Path) -> None:
    gold = read_gold(tiny(tmp_path / "gold"))
    best = evaluate_coding(gold, gold.as_coding())
    assert best["f1_all_four"].value == best["claim_recall"].value == 1
    assert best["wrong_side"].count == best["trap_rate"].count == 0 and best.misses == ()
    worst = evaluate_coding(gold, coding_of("none", []))
    assert worst["recall"].value == 0 and worst["precision"].value is None


def test_intervals_come_from_whole_texts_and_a_seed(tmp_path: Path) -> None:
    gold = read_gold(tiny(tmp_path / "gold"))
    coding = coding_of("p", [(r, "") for r in emitted()])
    first, again, other = (
        evaluate_coding(gold, coding, seed=s, resamples=200)["precision"] for s in (1, 1, 2)
    )
    assert first == again
    # Two texts with 2 of 3 and 0 of 1: resamples have 4 of 6, 2 of 4 or 0 of 2, nothing between.
    assert (first.low, first.high) == (other.low, other.high) == (0, 4 / 6)
    alone = type(gold)(gold.name, gold.texts[:1])
    assert evaluate_coding(alone, coding)["precision"].low is None


def test_kappa_is_the_published_one() -> None:
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, table 18.1: two raters,
    # 100 subjects, three diagnoses, kappa .68.
    table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    a, b = zip(*pairs, strict=True)
    found = kappa("k", a, b, [0] * 100, draw_weights(1, 0, 0))
    assert found.value == pytest.approx(0.68, abs=0.005)  # printed with two digits


def test_weighted_kappa_is_the_slow_one() -> None:
    rng = random.Random(3)
    a, b = ([rng.randrange(4) for _ in range(50)] for _ in range(2))
    seen = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / 50
    chance = sum((x - y) ** 2 for x in a for y in b) / 2500
    found = kappa("k", a, b, [0] * 50, draw_weights(1, 0, 0), levels=(0, 1, 2, 3))
    assert found.value == pytest.approx(1 - seen / chance, abs=1e-12)


def test_a_calibrated_confidence_has_no_error_and_its_interval_holds_the_truth() -> None:
    hits = [i % 10 < 7 for i in range(100)]
    weights = draw_weights(10, 200, 0)
    assert calibration("e", [0.7] * 100, hits, [i // 10 for i in range(100)], weights).value == (
        pytest.approx(0, abs=1e-12)
    )
    sure = calibration(
        "e", np.full(100, 0.95).tolist(), hits, [i // 10 for i in range(100)], weights
    )
    assert sure.value == pytest.approx(0.25)


def one_text(signals: list[dict[str, Any]], claims: list[dict[str, Any]], tmp_path: Path):
    """The first text of the tiny gold with other signals and claims."""
    folder = tiny(tmp_path / "gold")
    write(folder / "01.signals.jsonl", signals)
    write(folder / "01.claims.jsonl", claims)
    return read_gold(folder)


def test_in_a_mutual_act_nobody_is_the_wrong_side(tmp_path: Path) -> None:
    words = "Peru warned Chile against the drill"
    act = coded("a1", ONE, words, "warned", "PER", "PER CHL", "CONSULT")
    act["sources"] = [{"state": "PER"}, {"state": "CHL"}]
    line = printed("a1", ONE, words, "CHL", "PER CHL", "CONSULT")
    both = {**line, "targets": [{"actor": "CHL"}, {"actor": "PER"}]}
    found = evaluate_coding(one_text([act], [], tmp_path), coding_of("p", [(both, "")]))
    assert found["wrong_side"].count == 0
    assert found["targets"].count == 1  # in whichever order


def test_of_nested_acts_the_matched_one_says_who_is_the_wrong_side(tmp_path: Path) -> None:
    # Chile answers within the words of the act against it: no exchange of sides.
    acts = [
        coded("a1", ONE, ONE[:70], "warned", "PER", "CHL", "THREATEN"),
        coded("a1", ONE, "Chile said it would defend Bolivia", "defend", "CHL", "PER", "SUPPORT"),
    ]
    line = printed("a1", ONE, "Chile said it would defend Bolivia", "CHL", "PER", "SUPPORT")
    gold = one_text(acts, [], tmp_path)
    assert evaluate_coding(gold, coding_of("p", [(line, "")]))["wrong_side"].count == 0
    swapped = printed("a1", ONE, ONE[:70], "CHL", "PER", "THREATEN")
    nobody = printed("a1", ONE, ONE[:70], "XXX", "PER", "THREATEN")
    for wrong, count in ((swapped, 1), (nobody, 0)):
        assert evaluate_coding(gold, coding_of("p", [(wrong, "")]))["wrong_side"].count == count


def test_a_verdict_that_is_right_too_is_no_false_alarm(tmp_path: Path) -> None:
    words = span(ONE, "Bolivia")
    claim = {"doc": "a1", **words, "verdict": "NOT_CHECKABLE", "verdict_also_ok": ["CONTRADICTED"]}
    line = {"type": "claim", "doc": "a1", **words, "verdict": "CONTRADICTED"}
    found = evaluate_coding(one_text([], [claim], tmp_path), coding_of("p", [(line, "")]))
    assert (found["false_alarms"].count, found["verdict"].value) == (0, 1)


# ---------------------------------------------------------------- two codings


def test_the_key_words_of_either_are_enough_to_match_two_codings() -> None:
    line = printed("a1", ONE, ONE[:40], "PER", "CHL", "THREATEN", trigger=[0, 4])
    other = printed("a1", ONE, ONE[20:40], "PER", "CHL", "THREATEN", trigger=[25, 30])
    a, b = coding_of("a", [(line, "")]), coding_of("b", [(other, "")])
    assert agreement(a, b).signals.value == agreement(b, a).signals.value == 1


def test_agreement_by_hand(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "gold")
    write(tmp_path / "p.jsonl", emitted())
    found = agreement(read_coding(folder), read_coding(tmp_path / "p.jsonl"))
    # Two pairs among two and four signals.
    assert (found.signals.count, found.signals.of) == (4, 6)
    assert (found.only_first, found.only_second) == (0, 2)
    by = {f.field: f for f in found.fields}
    assert by["sources"].agreement.value == 0.5 and by["status"].agreement.value == 1
    # Neither is the standard: an event accepted by one is still another event.
    assert by["event"].agreement.value == 0.5
    # Status never varies: agreement by chance is certain.
    assert by["status"].kappa.value is None
    assert {d.field for d in found.differences} == {"event", "sources", "targets", "explicitness"}


def test_texts_of_one_coding_only_are_left_out_and_said(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "gold")
    other = coding_of("p", [(r, "") for r in emitted() if r["doc"] == "a1"])
    found = agreement(read_coding(folder), other)
    assert (found.texts, found.left_out) == (1, ("a2",))


# ---------------------------------------------------------------- the shared scorers

NAMES = {
    "P": "precision", "R": "recall", "F1": "f1", "F1_strict": "f1_strict", "acc_plover": "event",
    "acc_sources": "sources", "acc_targets": "targets_overlap", "acc_talk_act": "channel",
    "acc_status": "status", "acc_official": "officialness", "acc_protege": "protege",
    "acc_explicit": "explicitness", "acc_date_from": "date_overlaps", "trap_rate": "trap_rate",
    "claim_recall": "claim_recall", "verdict_acc_on_found": "verdict",
}  # fmt: skip
COUNTS = {
    "traps_hit": "trap_rate", "claims_found": "claim_recall", "errors_caught": "errors_caught",
    "planted_caught": "planted_caught", "false_alarms": "false_alarms",
    "debris_emitted": "debris_emitted",
}  # fmt: skip


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", SHARED / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def noisy(lines: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """The gold as predictions with faults of every kind, some of them on the traps."""
    out: list[dict[str, Any]] = []
    for line in lines:
        if rng.random() < 0.2:
            continue
        new = dict(line)
        if rng.random() < 0.5:
            new["start"] = max(0, new["start"] - rng.randrange(80))
            new["end"] = max(new["start"] + 5, new["end"] - rng.randrange(60))
        if new["type"] == "claim":
            new["verdict"] = rng.choice(["SUPPORTED", "CONTRADICTED", "INCONSISTENT"])
        elif rng.random() < 0.6:
            new["sources"] = rng.sample(["JPN", "CHN", "USA", "XXX"], rng.randrange(3))
            new["plover"] = rng.choice(["ACCUSE", "MOBILIZE", "NONE", "SUPPORT"])
            new["status"] = rng.choice(["done", "planned", "denied"])
            new["explicit"] = rng.randrange(4)
            new["protege"] = rng.choice([None, "TWN"])
            new["date_from"] = "2022-08-04"
            new["date_to"] = "2024-09-26"
        out.append(new)
        if rng.random() < 0.2:  # the same words again, coded otherwise: ties
            out.append({**new, "sources": ["NZL"]})
    return out


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("seed", range(12))
def test_the_figures_are_those_of_the_shared_scorer(seed: int) -> None:
    score = scorer()
    files = sorted(str(f) for f in SHARED.glob("[0-9]*.jsonl"))
    rng = random.Random(seed)
    lines = noisy(score.gold_as_pred(files), rng)
    for file in sorted(SHARED.glob("[0-9]*.signals.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if row["gold"] == "trap" and rng.random() < 0.4:
                lines.append(
                    {"type": "signal", "doc": row["doc"], "start": row["start"], "end": row["end"],
                     "sources": ["JPN"], "targets": [], "plover": "SUPPORT",
                     "status": rng.choice(["done", "denied"])}
                )  # fmt: skip
    wanted = score.score(files, lines)
    found = evaluate_coding(
        read_gold(SHARED), coding_of("p", [(r, "") for r in lines]), resamples=10
    )
    # Ratios of the same sums: they differ by rounding only.
    assert {k: found[v].value for k, v in NAMES.items()} == pytest.approx(
        {k: wanted[k] for k in NAMES}, abs=1e-12
    )
    assert {k: found[v].count for k, v in COUNTS.items()} == {k: wanted[k] for k in COUNTS}
    assert found.silent == wanted["no_signal_docs"]
    assert (found["precision"].of, found["recall"].of) == (
        wanted["signals_pred"],
        wanted["signals_gold"],
    )


@needs_shared
@pytest.mark.shared
def test_the_sentences_score_as_the_shared_scorer_says(tmp_path: Path) -> None:
    file = SHARED / "sentences.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rng = random.Random(5)
    lines: list[dict[str, Any]] = []
    for row in rows:
        for act in row["right"]:
            sources = (
                act["sources"]
                if rng.random() < 0.6
                else rng.choice([["JPN"], [], ["IGO"], ["XXX"]])
            )
            status = rng.choice(["done", act["status"], act["status"], "denied"])
            lines += [
                {"type": "signal", "doc": row["id"], "start": 0, "end": 5, "event": act["plover"],
                 "sources": [{"actor": a} for a in sources], "targets": [], "status": status}
            ] * rng.choice([1, 1, 1, 2])  # fmt: skip
    write(tmp_path / "out.jsonl", lines)
    done = subprocess.run(
        [sys.executable, str(SHARED / "score_sentences.py"), str(file),
         "--cmd", f"cat {tmp_path / 'out.jsonl'}", "--json", str(tmp_path / "r.json")],
        check=True, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0
    wanted = json.loads((tmp_path / "r.json").read_text())
    found = evaluate_coding(read_gold(file), coding_of("p", [(r, "") for r in lines]), resamples=10)
    assert wanted["right"] not in (0, 1) and wanted["wrong_side"] not in (0, 1)
    assert {
        "texts": found.texts, "right": found["texts_right"].value,
        "emitted": found["wrong_side"].of, "wrong_side": found["wrong_side"].value,
    } == pytest.approx(wanted, abs=1e-12)  # fmt: skip
