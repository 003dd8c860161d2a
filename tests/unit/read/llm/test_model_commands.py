"""A model in batches, in dossiers, and beside the rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from standoff.ledger import Ledger, SignalQuery

sys.path.insert(0, str(Path(__file__).parent))
from fake_model import actor, answer, command, flight, raw, says, serving, thinking

FIRST = "China sent warships towards Taiwan. Japan condemned the Chinese launch."
SECOND = "Japan held talks with China."


def reply(asked: dict[str, Any]) -> str:
    """Codes the two texts: one status otherwise than the rules, one target more, one signal less."""
    if json.loads(asked["messages"][1]["content"])["text"] == SECOND:
        return answer(flight(quote=SECOND[:-1], trigger_quote="held talks", event="CONSULT", extension=None,
                             sources=[actor("Japan")], targets=[actor("China")], channel="words",
                             cost="cheap", valence="neutral"))  # fmt: skip
    return answer(
        flight(
            quote="China sent warships towards Taiwan",
            trigger_quote="sent warships",
            status="ongoing",
        )
    )


def batch_file(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "in.jsonl"
    rows = [
        {"id": f"t{n}", "text": t, "published": "2021-08-13"} for n, t in enumerate(texts, start=1)
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "case.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    return path


def model(url: str, coder: str = "llm") -> list[str]:
    return ["--coder", coder, "--base-url", url, "--model", "m"]


def rows_of(text: str, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, text.splitlines()) if r["type"] == kind]


# ---------------------------------------------------------------- batches


def test_a_batch_is_coded_by_the_model_and_replays_offline(tmp_path: Path) -> None:
    batch, out = batch_file(tmp_path, FIRST, SECOND), tmp_path / "out.jsonl"
    options = ["read", "--batch", str(batch), "--cache", str(tmp_path / "kept")]
    with thinking(reply) as server:
        ran = command(*options, *model(server.url), "--out", str(out))
        assert len(server.asked) == 2
    assert ran.exit_code == 0, ran.stderr
    assert ran.stderr.count(f"are for model m at {server.url}") == 1
    signals = rows_of(out.read_text(), "signal")
    assert [(s["doc"], s["coder"]) for s in signals] == [("t1", "llm:m"), ("t2", "llm:m")]
    again = command(*options, *model(server.url), "--replay", "--format", "jsonl")
    assert again.exit_code == 0
    assert (
        again.stdout.replace("0 requests, 1 replayed", "1 requests, 0 replayed") == out.read_text()
    )


def test_a_text_whose_answer_is_unusable_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    batch = batch_file(tmp_path, FIRST, SECOND)
    bad = '{"items": [{"who": "China"}], "claims": []}'
    with thinking(lambda a: bad if FIRST in str(a["messages"][1]) else reply(a)) as server:
        ran = command("read", "--batch", str(batch), *model(server.url))
    assert ran.exit_code == 1
    assert "line 1: unusable-answer" in ran.stderr and "another schema" in ran.stderr
    assert [r["doc"] for r in rows_of(ran.stdout, "signal")] == ["t2"]


def test_a_server_that_is_gone_stops_the_batch_which_then_goes_on(tmp_path: Path) -> None:
    texts = [f"{SECOND} It was day {n}." for n in range(1, 7)]
    batch, out = batch_file(tmp_path, *texts), tmp_path / "out.jsonl"
    found = says(
        answer(
            flight(
                quote=SECOND[:-1],
                trigger_quote="held talks",
                sources=[actor("Japan")],
                targets=[actor("China")],
            )
        )
    )
    with serving(*[found] * 4, raw(b"", 401)) as server:
        options = ["read", "--batch", str(batch), *model(server.url), "--out", str(out)]
        ran = command(*options)
        assert ran.exit_code == 2 and "endpoint: status 401" in ran.stderr
        assert [r["doc"] for r in rows_of(out.read_text(), "signal")] == ["t1", "t2", "t3", "t4"]
        server.replies = [found]
        server.asked.clear()
        ran = command(*options)
        assert ran.exit_code == 0 and len(server.asked) == 2
    assert [r["doc"] for r in rows_of(out.read_text(), "signal")] == [f"t{n}" for n in range(1, 7)]
    other = command("read", "--batch", str(batch), "--out", str(out))
    assert other.exit_code == 2 and "other settings" in other.stderr


def test_a_batch_sends_nothing_before_consent(tmp_path: Path) -> None:
    batch, url = batch_file(tmp_path, FIRST, SECOND), "https://api.example.invalid/v1"
    ran = command("read", "--batch", str(batch), *model(url), "--out", str(tmp_path / "o.jsonl"))
    assert ran.exit_code == 2 and ran.stderr.count("no-consent") == 1
    assert rows_of((tmp_path / "o.jsonl").read_text(), "signal") == []


def test_consent_to_a_batch_stands_beside_its_output(tmp_path: Path) -> None:
    batch, url = (
        batch_file(tmp_path, FIRST),
        "http://127.0.0.9:9/v1",
    )  # no loopback name of ours: asks
    out = tmp_path / "o.jsonl"
    ran = command("read", "--batch", str(batch), *model(url), "--out", str(out), "--consent")
    assert ran.exit_code == 2 and "endpoint" in ran.stderr
    (line,) = (tmp_path / "o.jsonl.consent.jsonl").read_text().splitlines()
    assert json.loads(line)["host"] == "http://127.0.0.9:9"


@pytest.mark.parametrize("coder", ["rules", "llm"])
def test_a_batch_goes_into_a_dossier_and_not_twice(tmp_path: Path, coder: str) -> None:
    batch, path = batch_file(tmp_path, FIRST, SECOND), dossier(tmp_path)
    with thinking(reply) as server:
        options = ["read", "--batch", str(batch), "--dossier", str(path)]
        options += model(server.url) if coder == "llm" else []
        ran = command(*options)
        assert ran.exit_code == 0, ran.stderr
        assert [line.split()[0] for line in ran.stdout.splitlines()] == ["D-001", "D-002"]
        again = command(*options)
    assert all("here before" in line for line in again.stdout.splitlines())
    with Ledger.open(path) as ledger:
        signals = ledger.signals()
        assert {s.signal.coder for s in signals} == {"rules" if coder == "rules" else "llm:m"}
        assert len(ledger.documents()) == 2


def test_a_batch_with_a_dossier_can_print_its_records(tmp_path: Path) -> None:
    batch, path = batch_file(tmp_path, FIRST), dossier(tmp_path)
    ran = command("read", "--batch", str(batch), "--dossier", str(path), "--format", "jsonl")
    assert {r["doc"] for r in rows_of(ran.stdout, "signal")} == {"t1"}


# ---------------------------------------------------------------- dossiers


def test_the_models_signals_join_known_events(tmp_path: Path) -> None:
    path = dossier(tmp_path)
    (tmp_path / "a.txt").write_text(FIRST)
    (tmp_path / "b.txt").write_text(f"Once more: {FIRST}")
    with thinking(reply) as server:
        for name in ("a.txt", "b.txt"):
            ran = command("read", str(tmp_path / name), "--published", "2021-08-13", "--dossier", str(path),
                          *model(server.url))  # fmt: skip
            assert ran.exit_code == 0, ran.stderr
    with Ledger.open(path) as ledger:
        assert len({s.event_key for s in ledger.signals()}) == 1 < len(ledger.signals())


def test_names_of_the_run_and_of_the_dossier_are_known_to_the_model_coder(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,code\nGondor,GON\n")
    text = "Gondor sent 45 aircraft near Taiwan."
    (tmp_path / "a.txt").write_text(text)
    told = answer(flight(quote=text[:-1], sources=[actor("Gondor")]))
    with serving(says(told)) as server:
        ran = command("read", str(tmp_path / "a.txt"), "--published", "2021-08-13", "--actors", str(names),
                      "--format", "jsonl", *model(server.url))  # fmt: skip
    (signal,) = rows_of(ran.stdout, "signal")
    assert [s["actor"] for s in signal["sources"]] == ["GON"]


# ---------------------------------------------------------------- both coders


def read_both(tmp_path: Path, *more: str) -> Any:
    (tmp_path / "a.txt").write_text(FIRST)
    with thinking(reply) as server:
        return command("read", str(tmp_path / "a.txt"), "--published", "2021-08-13",
                       *model(server.url, "both"), *more)  # fmt: skip


def test_both_codings_are_printed_with_their_agreement(tmp_path: Path) -> None:
    ran = read_both(tmp_path)
    assert ran.exit_code == 0, ran.stderr
    lines = {line.split()[0]: line.split()[1:] for line in ran.stdout.splitlines() if line.split()}
    assert (lines["event"][0], lines["status"][0]) == ("1.00", "0.00")
    assert "1 signals in both (0 with the same sources, targets, event and status)" in ran.stdout
    assert "0 only by the model, 1 only by the rules" in ran.stdout
    assert "m1  status: ongoing, by the rules done" in ran.stdout
    rows = read_both(tmp_path, "--format", "jsonl").stdout
    assert [r["coder"] for r in rows_of(rows, "signal")] == ["llm:m"]
    assert [r["coder"] for r in rows_of(rows, "second")] == ["rules", "rules"]
    (record,) = rows_of(rows, "agreement")
    assert (record["matched"], record["same"]["status"], record["same"]["event"]) == (1, 0.0, 1.0)


def test_the_dossier_keeps_both_and_review_begins_with_what_they_dispute(tmp_path: Path) -> None:
    path = dossier(tmp_path)
    (tmp_path / "b.txt").write_text(SECOND)
    ran = command(
        "read", str(tmp_path / "b.txt"), "--published", "2021-08-12", "--dossier", str(path)
    )
    assert ran.exit_code == 0, ran.stderr
    assert read_both(tmp_path, "--dossier", str(path)).exit_code == 0
    with Ledger.open(path) as ledger:
        assert ledger.layers() == ("rules",)
        main = ledger.signals()
        assert {s.signal.coder for s in main if s.document == "D-002"} == {"llm:m"}
        assert len(ledger.find(SignalQuery(layer="rules"))) == 2
        first = next(s for s in main if s.document == "D-002")
        assert len(ledger.events()) == len(main)
    shown = pressed("q", "review", "--dossier", str(path))
    assert f"{len(main)} to review, 1 disputed first" in shown
    assert shown.index(first.handle) < shown.index("disputed: rules:")
    assert "rules: status done" in shown


def test_a_document_coded_before_keeps_its_coding_and_takes_the_models_beside_it(
    tmp_path: Path,
) -> None:
    path = dossier(tmp_path)
    (tmp_path / "a.txt").write_text(FIRST)
    options = ["read", str(tmp_path / "a.txt"), "--published", "2021-08-13", "--dossier", str(path)]
    assert command(*options).exit_code == 0
    with Ledger.open(path) as ledger:
        before = ledger.signals()
    ran = read_both(tmp_path, "--dossier", str(path))
    assert (
        "D-001 was coded before and keeps that coding; this one is in the layer llm" in ran.stderr
    )
    with Ledger.open(path) as ledger:
        assert (ledger.signals(), ledger.layers()) == (before, ("llm",))
    again = read_both(tmp_path, "--dossier", str(path))
    assert "this one is shown and not stored" in again.stderr
    table = command("agreement", "llm", "--dossier", str(path)).stdout
    assert "same" in table and "status" in table


def pressed(keys: str, *options: str) -> str:
    from typer.testing import CliRunner

    from standoff.cli.app import app

    return CliRunner().invoke(app, list(options), input=keys).stdout
