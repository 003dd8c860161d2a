"""One request to an OpenAI-compatible endpoint: bounded in time, in size and in tries."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from standoff.errors import EndpointFailure, MissingExtra

MOST_BYTES = 4_000_000
RETRY = frozenset((408, 409, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask and how long to wait, in seconds. `key` is sent as a bearer token and never kept."""

    base_url: str
    model: str
    key: str = ""
    timeout: float = 60.0
    deadline: float = 300.0
    tries: int = 3
    pause: float = 1.0

    def __repr__(self) -> str:
        return f"Endpoint({self.base_url!r}, {self.model!r})"


def ask(
    endpoint: Endpoint,
    messages: Sequence[dict[str, str]],
    schema: dict[str, Any],
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """The model's answer as text. Redirects are not followed: the text goes where it was agreed.

    Raises `EndpointFailure` when the server cannot be reached, fails `tries` times, answers too
    much, too slowly or not in the protocol.
    """
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra(
            "--coder llm, and httpx is not installed", "httpx", "pip install 'standoff[llm]'"
        ) from error
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "seed": 1,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "signals", "strict": True, "schema": schema},
        },
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    url = endpoint.base_url.rstrip("/") + "/chat/completions"
    problem = ""
    for attempt in range(endpoint.tries):
        wait = endpoint.pause * 2**attempt
        try:
            with (
                # Consent names one host: no proxy of the environment gets the text, nor a .netrc's key.
                httpx.Client(
                    timeout=endpoint.timeout, follow_redirects=False, trust_env=False
                ) as client,
                client.stream("POST", url, json=body, headers=headers) as response,
            ):
                if response.status_code == 200:
                    return _content(endpoint, _body(endpoint, response.iter_bytes()))
                if response.status_code not in RETRY:
                    raise _failure(endpoint, f"status {response.status_code}", "status 200")
                problem = f"status {response.status_code}"
                wait = _retry_after(response.headers.get("retry-after"), wait)
        except httpx.HTTPError as error:
            problem = f"{type(error).__name__}"
        except (httpx.InvalidURL, ValueError) as error:
            raise _failure(
                endpoint, f"an address that is none ({error})", "http(s)://host/v1"
            ) from error
        if attempt + 1 < endpoint.tries:
            sleep(min(wait, 30.0))
    raise _failure(endpoint, f"{problem}, {endpoint.tries} times", "an answer")


def _retry_after(header: str | None, otherwise: float) -> float:
    try:
        return min(max(float(header or ""), 0.0), 30.0)
    except ValueError:
        return otherwise


def _body(endpoint: Endpoint, chunks: Any) -> bytes:
    """The body, as far as bounds allow: a server that drips or floods is cut off."""
    begun, size = time.monotonic(), 0
    parts: list[bytes] = []
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise _failure(endpoint, f"more than {MOST_BYTES:,} bytes", "a short answer")
        if time.monotonic() - begun > endpoint.deadline:
            raise _failure(
                endpoint, f"an answer still going after {endpoint.deadline:g} s", "a faster one"
            )
    return b"".join(parts)


def _content(endpoint: Endpoint, data: bytes) -> str:
    """The text of the first choice; an answer cut off by the server is told apart by the caller."""
    try:
        parsed: Any = json.loads(data)
        content = parsed["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise _failure(
            endpoint, f"{data[:60].decode('utf-8', 'replace')!r}", "choices[0].message.content"
        ) from error
    if isinstance(content, list):  # some servers give parts
        pieces = cast("list[Any]", content)
        content = "".join(
            str(cast("dict[str, Any]", p).get("text", "")) for p in pieces if isinstance(p, dict)
        )
    if not isinstance(content, str):
        raise _failure(endpoint, "an answer without text", "choices[0].message.content as text")
    return content


def _failure(endpoint: Endpoint, came: str, expected: str) -> EndpointFailure:
    return EndpointFailure(
        f"{came} from {endpoint.base_url}", expected, "check --base-url and --model, or try later"
    )
