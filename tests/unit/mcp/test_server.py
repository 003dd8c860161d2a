"""The server as a client meets it: over a pipe, in both eras of the protocol, with bad input."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from standoff.ledger import Ledger
from standoff.mcp import LONGEST, Session, Tool, serve_lines, tools_for

# Any attempt to reach the network ends the server.
BLOCKED = """
import socket
def refuse(*args, **kwargs):
    raise SystemExit("the server reached for the network")
socket.socket.connect = socket.socket.bind = socket.getaddrinfo = socket.create_connection = refuse
from standoff.cli import main
main()
"""
META = {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                  "io.modelcontextprotocol/clientCapabilities": {}}}  # fmt: skip
TEXT = "Ishigaki is about 180 km from Taiwan. China accused Japan of gross interference on Monday."


@pytest.fixture(scope="module")
def dossier(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "d.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    return path


def ask(number, method, **params):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def call(number, name, **arguments):
    return ask(number, "tools/call", name=name, arguments=arguments, **META)


def talk(dossier: Path, *messages: dict, options: tuple[str, ...] = ()) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "mcp", str(dossier), *options],
        input="".join(json.dumps(m) + "\n" for m in messages),
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_all_four_tools_end_to_end_without_handshake(dossier) -> None:
    before = hashlib.sha256(dossier.read_bytes()).hexdigest()
    answers = talk(
        dossier,
        ask("d", "server/discover", **META),
        ask(1, "tools/list", **META),
        call(2, "read", text=TEXT, published="2021-07-14", source="a wire"),
        call(3, "check", text=TEXT, published="2021-07-14"),
        call(4, "assess", as_of="2021-08-13", draws=100),
        call(5, "why", handle="#war", depth=1),
        call(6, "why", handle="S-999"),
    )
    assert [a["id"] for a in answers] == ["d", 1, 2, 3, 4, 5, 6]
    about, listed, read, checked, assessed, why, unknown = (a["result"] for a in answers)
    assert about["supportedVersions"][0] == "2026-07-28" and about["capabilities"] == {"tools": {}}
    assert all(r["resultType"] == "complete" for r in (about, listed, read, why, unknown))
    assert [t["name"] for t in listed["tools"]] == ["read", "check", "assess", "why"]
    assert all(t["annotations"]["readOnlyHint"] for t in listed["tools"])
    assert read["structuredContent"]["signals"][0]["sources"][0]["actor"] == "CHN"
    verdicts = [c["verdict"] for c in checked["structuredContent"]["claims"]]
    assert verdicts[0] == "CONTRADICTED"
    assert json.loads(checked["content"][0]["text"]) == checked["structuredContent"]
    run = assessed["structuredContent"]["run"]
    assert "90 % interval" in assessed["structuredContent"]["page"]
    assert why["structuredContent"]["handle"] == f"{run}#war"
    assert why["structuredContent"]["rests_on"]
    assert unknown["isError"] and "unknown-handle" in unknown["content"][0]["text"]
    # Read-only: not a byte of the dossier changed, and nothing lies beside it.
    assert hashlib.sha256(dossier.read_bytes()).hexdigest() == before
    assert [p.name for p in dossier.parent.iterdir()] == ["d.standoff"]


def test_an_older_client_shakes_hands_and_may_be_allowed_to_write(tmp_path) -> None:
    path = tmp_path / "w.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    answers = talk(
        path,
        ask(0, "tools/list"),
        ask(1, "initialize", protocolVersion="2025-06-18", capabilities={},
            clientInfo={"name": "t", "version": "1"}),
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        ask(2, "ping"),
        ask(3, "tools/list"),
        ask(4, "tools/call", name="read",
            arguments={"text": TEXT, "published": "2021-07-14", "source": "a wire"}),
        options=("--write",),
    )  # fmt: skip
    early, hello, ping, listed, read = answers
    assert early["error"]["code"] == -32602 and "2026-07-28" in early["error"]["message"]
    assert hello["result"]["protocolVersion"] == "2025-06-18"
    assert hello["result"]["serverInfo"]["name"] == "standoff"
    assert ping["result"] == {} and "resultType" not in listed["result"]
    assert not listed["result"]["tools"][0]["annotations"]["readOnlyHint"]
    assert read["result"]["structuredContent"]["document"] == "D-001"
    with Ledger.open(path) as ledger:
        assert [d.source for d in ledger.documents()] == ["a wire"] and ledger.signals()


def _echo(given):
    return {"text": given.get("text", "")}


TOOL = Tool(
    "echo", "Echo", "Gives back.",
    {"text": {"type": "string", "description": "any"},
     "n": {"type": "integer", "minimum": 1, "maximum": 3, "description": "a number"}},
    ("text",), _echo,
)  # fmt: skip


def replies(*lines: bytes) -> list[dict]:
    out = io.BytesIO()
    serve_lines(Session((TOOL,)), io.BytesIO(b"".join(line + b"\n" for line in lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b"[" * 100_000, -32700),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": NaN}}', -32700),
        (b"[]", -32600),
        (b'{"id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}', -32602),
        (json.dumps(ask(1, "no/such", **META)).encode(), -32601),
        (json.dumps(ask(1, "ping", **META)).encode(), -32601),
        (json.dumps(call(1, "nothing")).encode(), -32602),
        (json.dumps(ask(1, "initialize")).encode(), -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "x", "params": {"a": "'
         + b"a" * LONGEST + b'"}}', -32600),
    ],
)  # fmt: skip
def test_bad_messages_get_their_code_and_the_server_goes_on(line, code) -> None:
    bad, good = replies(line, b'{"jsonrpc": "2.0", "id": 9, "method": "ping"}')
    assert bad["error"]["code"] == code and "result" not in bad
    assert good == {"jsonrpc": "2.0", "id": 9, "result": {}}


def test_a_version_that_is_not_spoken_is_refused_with_those_that_are() -> None:
    meta = {"_meta": {"io.modelcontextprotocol/protocolVersion": "1900-01-01"}}
    (found,) = replies(json.dumps(ask(1, "tools/list", **meta)).encode())
    assert found["error"]["code"] == -32022
    assert found["error"]["data"]["requested"] == "1900-01-01"
    assert "2026-07-28" in found["error"]["data"]["supported"]


def test_notifications_blank_lines_and_stray_answers_get_no_answer() -> None:
    quiet = (b'{"jsonrpc": "2.0", "method": "notifications/cancelled"}', b"",
             b'{"jsonrpc": "2.0", "id": 4, "result": {}}')  # fmt: skip
    assert replies(*quiet) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({}, "needs text"), ({"text": 3}, "of type string"), ({"text": "a", "n": 4}, "between 1 and 3"),
     ({"text": "a", "n": True}, "of type integer"), ({"text": "a", "who": 1}, "no argument 'who'")],
)  # fmt: skip
def test_wrong_arguments_are_told_to_the_assistant(arguments, said) -> None:
    (found,) = replies(json.dumps(call(1, "echo", **arguments)).encode())
    assert found["result"]["isError"] and said in found["result"]["content"][0]["text"]


def test_a_fault_inside_a_tool_is_an_answer_and_tells_nothing_of_the_machine() -> None:
    def broken(_):
        raise RuntimeError("/home/someone/secret")

    session = Session((Tool("b", "", "", {}, (), broken),))
    found = session.answer(json.dumps(call(1, "b")).encode())
    assert found is not None and found["error"]["code"] == -32603
    assert "secret" not in json.dumps(found)


def test_every_tool_has_a_schema_that_closes_its_arguments(dossier) -> None:
    for tool in tools_for(dossier):
        record = tool.record()["inputSchema"]
        assert record["additionalProperties"] is False and set(record["required"]) <= set(
            record["properties"]
        )
        assert all(p["description"] for p in record["properties"].values())
