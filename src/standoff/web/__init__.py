"""The local app: a dossier in the browser, rendered on the server, read without JavaScript.

```
from standoff.web import create_app
create_app(Path("west-pacific.standoff"))     an ASGI application for 127.0.0.1
```
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.errors import MissingExtra

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["LOOPBACK", "create_app"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(
    path: Path | str,
    *,
    author: str = "analyst",
    hosts: Collection[str] = LOOPBACK,
    key: str | None = None,
) -> Starlette:
    """The application for a dossier, or for the dossiers of a folder.

    `hosts` are the names under which it answers; one that is not of this machine needs `key`, which a
    browser must bring once (`/?key=...`). Raises `MissingExtra` without the extra `web`.
    """
    try:
        from standoff.web.app import build
    except ImportError as error:
        raise MissingExtra(
            "the local app", "starlette and python-multipart", "pip install 'standoff[web]'"
        ) from error
    return build(Path(path), author=author, hosts=hosts, key=key)
