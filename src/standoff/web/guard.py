"""What every request must pass before a page sees it, and what every answer carries.

The app runs on the reader's own machine, where any page of the web can send requests to it. So: the
name it is called by must be one of ours, a change must come from our own page and bring its token,
nothing is embedded in other pages, and a body has a bound.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024 * 1024
"""The most that one request may bring: a document of 50 MB and its form around it."""
LONGEST_QUERY = 8192
COOKIE = "standoff_key"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": under it a browser sends our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Refused(Exception):
    """A request that does not come from our own pages, or is too large. It never leaves this room."""

    def __init__(self, status: int, came: str, expected: str, remedy: str) -> None:
        super().__init__(f"refused: {came} came; expected {expected}; try: {remedy}")
        self.status = status
        self.came = came
        self.expected = expected
        self.remedy = remedy


class Guard:
    """Lets through what comes by our name and, for a change, from our own page."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], key: str | None) -> None:
        self.app = app
        self.hosts = frozenset(h.lower() for h in hosts)
        self.key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {k.lower() for k, _ in message["headers"]}
                extra = [
                    (k.lower().encode(), v.encode())
                    for k, v in HEADERS.items()
                    if k.lower().encode() not in held
                ]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        try:
            self._host(headers)
            self._length(scope, headers)
            _origin(scope["method"], headers)
            if self.key is not None and not self._holds_key(headers):
                await self._enter(scope, sealed)
                return
            await self.app(scope, _bounded(receive), sealed)
        except Refused as error:
            await _say(error.status, str(error), sealed)

    def _host(self, headers: dict[str, str]) -> None:
        # A name that another page made point here ("DNS rebinding") is none of ours.
        name = host_of(headers.get("host", ""))
        if name not in self.hosts and "*" not in self.hosts:
            raise Refused(
                400, f"the host name {name!r}", f"one of {', '.join(sorted(self.hosts))}",
                "open the address that `standoff open` printed",
            )  # fmt: skip

    def _length(self, scope: Scope, headers: dict[str, str]) -> None:
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            raise Refused(
                414, f"an address of {len(scope['query_string'])} characters",
                f"at most {LONGEST_QUERY}", "shorten it",
            )  # fmt: skip
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise _too_large(length)

    def _holds_key(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(
            cookie.value.encode(), (self.key or "").encode()
        )

    async def _enter(self, scope: Scope, send: Send) -> None:
        """Take the key from the address once, and keep it in a cookie that scripts cannot read."""
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("key", [""])[0]
        if not hmac.compare_digest(given.encode(), (self.key or "").encode()):
            raise Refused(
                403, "no key, or a wrong one", "the address with its key, as `standoff open` printed it",
                "copy the whole address",
            )  # fmt: skip
        cookie = f"{COOKIE}={self.key}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode())]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def host_of(text: str) -> str:
    """A host header without its port, in lower case.

    >>> host_of("LocalHost:8765"), host_of("[::1]:80"), host_of("127.0.0.1")
    ('localhost', '[::1]', '127.0.0.1')
    """
    text = text.strip().lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0]


def _origin(method: str, headers: dict[str, str]) -> None:
    """Refuse what another page sends; a person who follows a link from elsewhere may read."""
    site = headers.get("sec-fetch-site", "none")
    if method in ("GET", "HEAD"):
        follows = headers.get("sec-fetch-mode", "navigate") == "navigate"
        framed = headers.get("sec-fetch-dest", "document") in ("iframe", "frame", "embed", "object")
        if site in ("cross-site", "same-site") and (framed or not follows):
            raise _foreign(site)
        return
    if method != "POST":
        raise Refused(405, method, "GET or POST", "use the pages")
    if site not in ("same-origin", "none"):
        raise _foreign(site)
    origin = headers.get("origin")
    if origin is not None:
        here = headers.get("host", "").strip().lower()
        if urlsplit(origin).netloc.lower() != here:
            raise _foreign(origin)


def _foreign(what: str) -> Refused:
    return Refused(
        403, f"a request from another page ({what})", "one from a page of this program",
        "open the address that `standoff open` printed",
    )  # fmt: skip


def _too_large(length: str) -> Refused:
    return Refused(
        413, f"a body of {length} bytes", f"at most {MOST_BYTES // 2**20} MB",
        "read a file of that size with `standoff read FILE`",
    )  # fmt: skip


def _bounded(receive: Receive) -> Receive:
    """Stop a body that goes on longer than it said, or that did not say."""
    taken = 0

    async def count() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise _too_large(f"over {MOST_BYTES}")
        return message

    return count


async def _say(status: int, text: str, send: Send) -> None:
    body = text.encode("utf-8", "backslashreplace")
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Token:
    """The secret that our own forms bring, so that no other page can send them."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(24)

    def check(self, given: str) -> None:
        """Raise `Refused` for a form that is not of this run of the program."""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.value.encode()):
            raise Refused(
                403, "a form of an earlier run of the program, or of another page",
                "a form of this run", "reload the page and do it again; nothing was changed",
            )  # fmt: skip
