"""JSON-RPC 2.0, one message a line, as the Model Context Protocol wants it.

Revision 2026-07-28 has no handshake: a request names its version in `_meta`. Revisions before it
begin with `initialize`; a process that was opened so speaks the version that was agreed on. Both are
served, told apart by the request, as the specification lays down for servers of both kinds.

Specification: modelcontextprotocol.io, revisions 2026-07-28 and 2025-11-25.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, BinaryIO, cast

from standoff.errors import StandoffError

Json = dict[str, Any]

MODERN = ("2026-07-28",)
LEGACY = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
VERSIONS = (*MODERN, *LEGACY)
LONGEST = 4_000_000
"""Bytes of one message; a book has about a million characters."""
KEPT_MS = 3_600_000
"""How long a client may keep the list of tools: it does not change while the server runs."""

PARSE, INVALID, NO_METHOD, BAD_PARAMS, INTERNAL, NO_VERSION = (
    -32700, -32600, -32601, -32602, -32603, -32022,
)  # fmt: skip
_META = "io.modelcontextprotocol/"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its name, what it does, the JSON Schema of its arguments, and the function.

    `run` takes the arguments and returns a JSON object; an error of `standoff` is told to the
    assistant as the tool's answer, so that it can mend what it gave.
    """

    name: str
    title: str
    description: str
    arguments: Mapping[str, Json]
    required: tuple[str, ...]
    run: Callable[[Json], Json]
    writes: bool = False

    def record(self) -> Json:
        """The tool as `tools/list` gives it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": dict(self.arguments),
                "required": list(self.required),
                "additionalProperties": False,
            },
            "annotations": {
                "readOnlyHint": not self.writes,
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
            },
        }


class Refusal(Exception):
    """A request that cannot be served, with the code of JSON-RPC."""

    def __init__(self, code: int, message: str, data: Json | None = None) -> None:
        self.code, self.message, self.data = code, message, data
        super().__init__(message)


@dataclass
class Session:
    """Answers to messages; `version` is what a handshake agreed on, None before or without one."""

    tools: tuple[Tool, ...]
    instructions: str = ""
    version: str | None = field(default=None, init=False)

    def answer(self, line: bytes) -> Json | None:
        """The response to one line; None where none is due.

        >>> Session(()).answer(b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}')
        {'jsonrpc': '2.0', 'id': 1, 'result': {}}
        """
        number: str | int | None = None
        try:
            message = _message(line)
            if "method" not in message and ("result" in message or "error" in message):
                return None  # an answer to a question that was never asked
            number = _number(message)
            method = message.get("method")
            if not isinstance(method, str):
                raise Refusal(INVALID, "a request without a method")
            if "id" not in message:
                return None  # a notification
            params = message.get("params", {})
            if not isinstance(params, dict):
                raise Refusal(BAD_PARAMS, "params must be an object")
            result = self._call(method, cast("Json", params))
        except Refusal as refusal:
            return _error(number, refusal)
        except Exception as error:  # whatever fails, the client gets an answer and the server stays
            return _error(number, Refusal(INTERNAL, f"{type(error).__name__} inside the server"))
        return {"jsonrpc": "2.0", "id": number, "result": result}

    def _call(self, method: str, params: Json) -> Json:
        if method == "initialize":
            return self._initialize(params)
        modern = self._modern(params)
        if method == "ping" and not modern:
            return {}
        if method == "server/discover" and modern:
            return _complete({**self._about(), "supportedVersions": list(VERSIONS)}, kept=True)
        if not modern and self.version is None:
            raise Refusal(
                BAD_PARAMS,
                f"neither initialize nor _meta {_META}protocolVersion; this server speaks "
                + ", ".join(VERSIONS),
            )
        if method == "tools/list":
            listed = {"tools": [tool.record() for tool in self.tools]}
            return _complete(listed, kept=True) if modern else listed
        if method == "tools/call":
            done = self._run(params)
            return _complete(done) if modern else done
        raise Refusal(NO_METHOD, f"no method {method!r:.80}")

    def _modern(self, params: Json) -> bool:
        """Whether a request names its own version. Raises `Refusal` for one that is not spoken."""
        meta = params.get("_meta")
        asked = (
            cast("Json", meta).get(f"{_META}protocolVersion") if isinstance(meta, dict) else None
        )
        if asked is None:
            return False
        if asked not in MODERN:
            data = {"supported": list(VERSIONS), "requested": asked}
            raise Refusal(NO_VERSION, "Unsupported protocol version", data)
        return True

    def _initialize(self, params: Json) -> Json:
        asked = params.get("protocolVersion")
        if not isinstance(asked, str):
            raise Refusal(BAD_PARAMS, "initialize without protocolVersion")
        self.version = asked if asked in LEGACY else LEGACY[0]
        about = self._about()
        meta = about.pop("_meta")
        return {
            "protocolVersion": self.version,
            "serverInfo": meta[f"{_META}serverInfo"],
            **about,
        }

    def _about(self) -> Json:
        about: Json = {
            "capabilities": {"tools": {}},
            "_meta": {
                f"{_META}serverInfo": {
                    "name": "standoff",
                    "title": "standoff",
                    "version": metadata.version("standoff"),
                }
            },
        }
        return about | ({"instructions": self.instructions} if self.instructions else {})

    def _run(self, params: Json) -> Json:
        name, given = params.get("name"), params.get("arguments", {})
        tool = next((t for t in self.tools if t.name == name), None)
        if tool is None:
            known = ", ".join(t.name for t in self.tools)
            raise Refusal(BAD_PARAMS, f"no tool {name!r:.80}; there are {known}")
        if not isinstance(given, dict):
            raise Refusal(BAD_PARAMS, "arguments must be an object")
        arguments = cast("Json", given)
        wrong = _misfit(tool, arguments)
        if wrong:
            return _said(wrong, failed=True)
        try:
            found = tool.run(arguments)
        except StandoffError as error:
            return _said(str(error), failed=True)
        text = json.dumps(found, ensure_ascii=False, default=str)
        return {**_said(text), "structuredContent": json.loads(text)}


def serve_lines(session: Session, lines: BinaryIO, out: BinaryIO) -> None:
    """Answer every line until the input ends; each answer is one line."""
    for line in _lines(lines):
        if line is None:
            refusal = Refusal(INVALID, f"a message of more than {LONGEST} bytes")
            answer: Json | None = _error(None, refusal)
        elif not line.strip():
            continue
        else:
            answer = session.answer(line)
        if answer is not None:
            text = json.dumps(answer, ensure_ascii=False)
            out.write(text.encode("utf-8", "backslashreplace") + b"\n")
            out.flush()


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines of at most `LONGEST` bytes; None for one that is longer, which is read past."""
    while line := stream.readline(LONGEST + 1):
        if len(line) <= LONGEST or line.endswith(b"\n"):
            yield line
            continue
        while rest := stream.readline(LONGEST):
            if rest.endswith(b"\n"):
                break
        yield None


def _message(line: bytes) -> Json:
    try:
        found: object = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refusal(PARSE, "not JSON in UTF-8") from error
    if not isinstance(found, dict) or cast("Json", found).get("jsonrpc") != "2.0":
        raise Refusal(INVALID, "one object of JSON-RPC 2.0 a line")
    return cast("Json", found)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _number(message: Json) -> str | int | None:
    found = message.get("id")
    if found is None and "id" not in message:
        return None
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise Refusal(INVALID, "an id must be a string or an integer")
    return found


def _misfit(tool: Tool, given: Json) -> str:
    """What is wrong with arguments, in words that say how to mend it; empty where nothing is."""
    kinds: dict[str, type] = {"string": str, "integer": int}
    for name in tool.required:
        if name not in given:
            return f"{tool.name} needs {name}: {tool.arguments[name]['description']}"
    for name, value in given.items():
        wanted = tool.arguments.get(name)
        if wanted is None:
            return f"{tool.name} has no argument {name!r:.80}; it has {', '.join(tool.arguments)}"
        if isinstance(value, bool) or not isinstance(value, kinds[wanted["type"]]):
            return f"{name} must be of type {wanted['type']}: {wanted['description']}"
        if isinstance(value, int) and not wanted["minimum"] <= value <= wanted["maximum"]:
            return f"{name} must lie between {wanted['minimum']} and {wanted['maximum']}"
    return ""


def _said(text: str, *, failed: bool = False) -> Json:
    return {"content": [{"type": "text", "text": text}], "isError": failed}


def _complete(result: Json, *, kept: bool = False) -> Json:
    extra: Json = {"ttlMs": KEPT_MS, "cacheScope": "private"} if kept else {}
    return {"resultType": "complete", **result, **extra}


def _error(number: str | int | None, refusal: Refusal) -> Json:
    error: Json = {"code": refusal.code, "message": refusal.message}
    if refusal.data is not None:
        error["data"] = refusal.data
    named: Json = {} if number is None else {"id": number}
    return {"jsonrpc": "2.0", **named, "error": error}
