"""The LLM coder against a local server that speaks the protocol and misbehaves."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import BadRecord, EndpointFailure, NoConsent
from standoff.read.llm import (
    Endpoint,
    LlmReading,
    ReplayCache,
    consent_for,
    read_with_llm,
    record_consent,
)
from standoff.read.llm.prompt import item_schema
from standoff.terms import DateBasis, PloverEvent, Status

sys.path.insert(0, str(Path(__file__).parent))
from fake_model import (
    DAY,
    FLIGHT,
    PLEDGE,
    TEXT,
    Server,
    actor,
    answer,
    flight,
    item,
    raw,
    says,
    serving,
)
from fake_model import command as run


def command(*options: str) -> Any:
    return run("read", *options)


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def hangs(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def read(server: Server, text: str = TEXT, **options: Any) -> LlmReading:
    endpoint = Endpoint(
        server.url,
        "test-model",
        timeout=options.pop("timeout", 5),
        deadline=options.pop("deadline", 5),
    )
    return read_with_llm(text, published=DAY, endpoint=endpoint, sleep=lambda _: None, **options)


# ---------------------------------------------------------------- a server that behaves


def test_a_good_item_becomes_a_signal_tied_to_its_words() -> None:
    with serving(says(answer(item(), flight()))) as server:
        reading = read(server)
    pledge, sent = reading.report.signals
    assert TEXT[pledge.span.start : pledge.span.end] == PLEDGE == pledge.span.quote
    assert (pledge.event, pledge.status, pledge.explicitness) == (
        PloverEvent.SUPPORT,
        Status.CONDITIONAL,
        3,
    )
    assert (pledge.source_actors, pledge.protege, pledge.coder) == (
        ("JPN",),
        "TWN",
        "llm:test-model",
    )
    assert pledge.date.start == date(2021, 8, 10) and pledge.condition == "if China attacks"
    assert [q.low for q in sent.quantities] == [45.0]
    assert (sent.mode, sent.date.basis, sent.explicitness) == ("weapons", DateBasis.PUBLICATION, 1)
    assert reading.dropped == () and reading.requests == 1


def test_the_text_is_sent_as_data_under_the_schema_of_the_codebook() -> None:
    with serving(says(answer())) as server:
        read(server)
    asked = server.asked[0]
    assert asked["response_format"]["json_schema"]["schema"] == item_schema()
    system, user = asked["messages"]
    assert system["role"] == "system" and TEXT not in system["content"]
    assert json.loads(user["content"]) == {"published": "2021-08-13", "text": TEXT}


def test_spans_of_a_foreign_text_are_in_its_own_words() -> None:
    text = "国防部发言人星期五表示,中国军队在台湾周边海域举行了实弹演习。"
    found = flight(quote="中国军队在台湾周边海域举行了实弹演习", trigger_quote="举行了实弹演习",
                   sources=[actor("中国", "CHN")], targets=[actor("台湾", "TWN")])  # fmt: skip
    with serving(says(answer(found))) as server:
        report = read(server, text).report
    (signal,) = report.signals
    assert text[signal.span.start : signal.span.end] == "中国军队在台湾周边海域举行了实弹演习"
    assert (signal.source_actors, signal.target_actors) == (("CHN",), ("TWN",))
    assert report.notes[0].startswith("language: Chinese")


def test_a_long_text_goes_in_windows_with_offsets_of_the_whole() -> None:
    text = "Nothing was said. " * 900 + FLIGHT + "."
    with serving(says(answer()), says(answer(flight()))) as server:
        reading = read(server, text)
    (signal,) = reading.report.signals
    assert text[signal.span.start : signal.span.end] == FLIGHT and reading.requests == 2


# ---------------------------------------------------------------- a server that misbehaves


def test_1_an_invented_quote_is_dropped_and_counted() -> None:
    with serving(
        says(
            answer(
                item(quote="France attacked Spain yesterday", trigger_quote="attacked"), flight()
            )
        )
    ) as server:
        reading = read(server)
    assert [s.span.quote for s in reading.report.signals] == [FLIGHT]
    assert [d.reason for d in reading.dropped] == ["the quote does not stand in the text"]
    assert any("dropped 1: the quote does not stand" in note for note in reading.report.notes)
    assert reading.requests == 3  # two repairs were tried


def test_2_a_quote_that_stands_twice_is_dropped() -> None:
    with serving(says(answer(item(quote="China protested", trigger_quote="protested")))) as server:
        reading = read(server)
    assert reading.report.signals == () and "more than once" in reading.dropped[0].reason


def test_3_prose_instead_of_json_ends_without_signals_after_two_repairs() -> None:
    with serving(says("Sure! France attacked Spain with 900 missiles.")) as server:
        reading = read(server)
    assert reading.report.signals == () and len(server.asked) == 3
    assert reading.dropped[0].reason.startswith("no usable answer")


def test_4_a_broken_answer_is_repaired_once_told() -> None:
    with serving(says('{"items": [{"quote": "Jap'), says(answer(item()))) as server:
        reading = read(server)
    assert len(reading.report.signals) == 1 and reading.requests == 2
    assert "no JSON" in server.asked[1]["messages"][-1]["content"]


def test_5_json_in_a_fence_is_taken() -> None:
    with serving(says("```json\n" + answer(item()) + "\n```")) as server:
        assert len(read(server).report.signals) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"event": "WAR"}, {"event": "SUPPORT.visit"}, {"event": "THREATEN.weapons"}, {"status": "maybe"}, {"extension": "X"}, {"officialness": 3},
        {"sources": []}, {"sources": "Japan"}, {"sources": [{"name": 1}]}, {"protege": "Taiwan"}, {"hedged": "no"},
        {"quote": None}, {"date_quote": 5}, {"trigger_quote": ""}, {"trigger_quote": "sent 45 aircraft"}, {"quote": " "},
    ],
    ids=str,
)  # fmt: skip
def test_6_codes_outside_the_schema_are_dropped(changes: dict[str, Any]) -> None:
    with serving(says(answer(item(**changes), flight()))) as server:
        reading = read(server)
    assert [s.span.quote for s in reading.report.signals] == [FLIGHT]
    assert len(reading.dropped) == 1


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "null",
        '{"items": 5}',
        '{"items": []}',
        '{"signals": [{"who": "Japan"}]}',
        '{"items": [5, null, "x"]}',
        "",
        '{"items": [[[[]]]]}',
    ],
)
def test_6_answers_of_another_shape_never_crash(content: str) -> None:
    with serving(says(content)) as server:
        assert read(server).report.signals == ()


def test_7_numbers_come_from_the_words_and_never_from_the_model() -> None:
    lying = flight() | {"quantities": [{"low": 900, "unit": "missile"}], "count": 900}
    with serving(says(answer(lying))) as server:
        (signal,) = read(server).report.signals
    assert [(q.low, q.unit) for q in signal.quantities] == [(45.0, "aircraft")]


def test_8_an_unknown_actor_is_marked_new_and_a_wrong_code_is_overruled() -> None:
    wrong = flight(sources=[actor("China", "FRA")], targets=[actor("the schema", "WKD")])
    with serving(says(answer(wrong))) as server:
        (signal,) = read(server).report.signals
    assert signal.source_actors == ("CHN",) and signal.target_actors == ("XXX",)
    assert any(p.field == "target" and "new" in p.value for p in signal.parts)


def test_9_an_instruction_in_the_text_changes_nothing() -> None:
    obeying = item(
        quote="France attacked Spain with 900 missiles", trigger_quote="attacked", sources=[actor("France", "FRA")],
        targets=[actor("Spain", "ESP")], event="ASSAULT", extension=None, status="hypothetical",
    )  # fmt: skip
    with serving(says(answer(obeying, item()))) as server:
        report = read(server).report
    assert [s.span.quote for s in report.signals] == [PLEDGE]
    assert [n.reason for n in report.nonsignals] == ["hypothetical"]


def test_10_a_busy_server_is_asked_again_and_a_dead_one_given_up() -> None:
    with serving(raw(b"", 503), raw(b"", 429, retry_after="1"), says(answer(item()))) as server:
        assert len(read(server).report.signals) == 1
    with serving(raw(b"", 500)) as server, pytest.raises(EndpointFailure, match="500"):
        read(server)
    with serving(raw(b"", 401)) as server, pytest.raises(EndpointFailure, match="401"):
        read(server)


def test_11_a_server_that_hangs_or_drips_is_cut_off() -> None:
    with serving(hangs) as server, pytest.raises(EndpointFailure):
        read(server, timeout=0.1)
    with serving(drips) as server, pytest.raises(EndpointFailure, match="still going"):
        read(server, deadline=0.2)


def test_12_a_flood_is_cut_off() -> None:
    with (
        serving(raw(b"x" * 5_000_000)) as server,
        pytest.raises(EndpointFailure, match="more than"),
    ):
        read(server)


def test_13_a_redirect_is_not_followed() -> None:
    with serving(says(answer(item()))) as other:
        moved = raw(b"", 307, location=other.url + "/chat/completions")
        with serving(moved) as server, pytest.raises(EndpointFailure, match="307"):
            read(server)
        assert other.asked == []


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}',
                                  b"[" * 100_000, b"\xff\xfe"])  # fmt: skip
def test_14_what_is_not_the_protocol_is_refused(body: bytes) -> None:
    with serving(raw(body)) as server, pytest.raises(EndpointFailure):
        read(server)


def test_15_the_same_item_twice_is_one_signal() -> None:
    with serving(says(answer(item(), item()))) as server:
        reading = read(server)
    assert len(reading.report.signals) == 1 and reading.requests == 1


# ---------------------------------------------------------------- replay and consent


def test_a_reading_replays_offline_with_the_same_bytes(tmp_path: Path) -> None:
    with serving(says("no json"), says(answer(item(), flight()))) as server:
        first = read(server, cache=ReplayCache(tmp_path))
    dead = Endpoint(server.url, "test-model")
    again = read_with_llm(
        TEXT, published=DAY, endpoint=dead, cache=ReplayCache(tmp_path, only_replay=True)
    )
    assert again.report.signals == first.report.signals
    assert (again.requests, again.replayed) == (0, 2)
    for other in (
        Endpoint(server.url, "other-model"),
        Endpoint("http://else.invalid/v1", "test-model"),
    ):
        with pytest.raises(EndpointFailure, match="never made"):
            read_with_llm(
                TEXT, published=DAY, endpoint=other, cache=ReplayCache(tmp_path, only_replay=True)
            )


def test_nothing_leaves_the_machine_without_consent_for_this_host(tmp_path: Path) -> None:
    dossier = tmp_path / "case.standoff"
    away = Endpoint("https://api.example.invalid/v1", "m", tries=1)
    with pytest.raises(NoConsent, match=r"api\.example\.invalid"):
        read_with_llm(TEXT, published=DAY, endpoint=away)
    other = record_consent(dossier, "https://else.example/v1", "An Analyst")
    with pytest.raises(NoConsent):
        read_with_llm(TEXT, published=DAY, endpoint=away, consent=other)


def test_consent_holds_for_scheme_host_and_port(tmp_path: Path) -> None:
    dossier = tmp_path / "case.standoff"
    record_consent(dossier, "https://api.example.org/v1", "An Analyst")
    assert consent_for(dossier, "https://API.example.org:443/other") is not None
    for url in (
        "http://api.example.org/v1",
        "https://api.example.org:8443/v1",
        "https://example.org/",
    ):
        assert consent_for(dossier, url) is None
    with pytest.raises(BadRecord):
        consent_for(dossier, "ftp://api.example.org/v1")


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
def test_no_proxy_of_the_environment_gets_the_text(name: str, monkeypatch) -> None:
    with serving(says(answer(item()))) as proxy, serving(says(answer(item()))) as server:
        monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        read(server)
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


def test_consent_is_recorded_for_each_dossier_and_can_be_withdrawn(tmp_path: Path) -> None:
    dossier, url = tmp_path / "case.standoff", "https://api.example/v1"
    assert consent_for(dossier, url) is None
    record_consent(dossier, url, "An Analyst", at=datetime(2021, 8, 13, tzinfo=UTC))
    given = consent_for(dossier, url)
    assert given is not None and (given.by, given.at) == ("An Analyst", "2021-08-13T00:00:00+00:00")
    assert consent_for(tmp_path / "other.standoff", url) is None
    with (tmp_path / "case.standoff.consent.jsonl").open("a") as handle:
        handle.write('{"dossier": "case.standoff", "host": "api.ex')
        handle.write("\n")
    assert consent_for(dossier, url) == given
    record_consent(dossier, url, "An Analyst", withdrawn=True)
    assert consent_for(dossier, url) is None


def test_a_key_is_sent_but_never_shown() -> None:
    assert "secret" not in repr(Endpoint("http://127.0.0.1/v1", "m", key="secret"))


# ---------------------------------------------------------------- the command


def test_the_command_says_where_the_text_goes_and_prints_the_same_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with serving(says(answer(item()))) as server:
        ran = command(str(tmp_path / "a.txt"), "--published", "2021-08-13", "--coder", "llm", "--base-url", server.url,
                      "--model", "m", "--format", "jsonl")  # fmt: skip
    assert ran.exit_code == 0 and f"characters to {server.url}" in ran.stderr
    (signal,) = [r for r in map(json.loads, ran.stdout.splitlines()) if r["type"] == "signal"]
    assert (signal["coder"], signal["quote"]) == ("llm:m", PLEDGE)


def test_the_command_sends_nothing_before_consent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ran = command(str(tmp_path / "a.txt"), "--published", "2021-08-13", "--coder", "llm", "--model", "m",
                  "--base-url", "https://api.example.invalid/v1")  # fmt: skip
    assert ran.exit_code == 2 and "no-consent" in ran.stderr and "sending" not in ran.stderr


def keep(tmp_path: Path, text: str, reply: str) -> Any:
    from standoff.ledger import Ledger

    path = tmp_path / "d.standoff"
    if not path.exists():
        Ledger.create(path, system="west-pacific-2021").close()
    (tmp_path / "a.txt").write_text(text)
    with serving(says(reply)) as server:
        ran = command(str(tmp_path / "a.txt"), "--published", "2021-08-13", "--coder", "llm", "--base-url", server.url,
                      "--model", "m", "--dossier", str(path))  # fmt: skip
    with Ledger.open(path) as ledger:
        return ran, ledger.documents(), ledger.signals()


@pytest.mark.parametrize("reply", ["no json", "[]", '{"items": 3}', ""])
def test_an_unusable_answer_stores_nothing(tmp_path: Path, reply: str) -> None:
    ran, documents, signals = keep(tmp_path, TEXT, reply)
    assert ran.exit_code == 2
    assert "unusable-answer" in ran.stderr
    assert (documents, signals) == ((), ())


def test_a_text_without_signals_is_read_again_by_a_model(tmp_path: Path) -> None:
    text = "The Emperor grew weary of the Shogun of Kyoto."
    ran, documents, signals = keep(tmp_path, text, answer())
    assert (ran.exit_code, len(documents), signals) == (0, 1, ())
    told = item(quote=text[:-1], trigger_quote="grew weary", protege=None,
                sources=[actor("The Emperor", "JPN")], targets=[actor("Shogun", "JPN")], date_quote="", condition_quote="",
                speaker_quote="", object_quote="", action_quote="", status="done")  # fmt: skip
    ran, documents, signals = keep(tmp_path, text, answer(told))
    assert ran.exit_code == 0, ran.stderr
    assert [(s.document, s.signal.coder) for s in signals] == [("D-001", "llm:m")]
    ran, documents, again = keep(tmp_path, text, answer(told))
    assert (len(documents), len(again)) == (1, 1)
