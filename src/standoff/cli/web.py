"""`standoff open`: the workbench in the browser, on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import AuthorOption, DossierOption, find_dossier, say

HERE = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("open")(open_app)


def open_app(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Another address than this machine's own; it then needs a key.")
    ] = "127.0.0.1",
    dossier: DossierOption = None,
    author: AuthorOption = "analyst",
) -> None:
    """Open the workbench in the browser; only this machine can reach it.

    Without a dossier, and where this folder does not hold exactly one, it begins with the list of
    dossiers here, where a new one can be made.

    Example: standoff open --dossier west-pacific.standoff
    """
    import secrets

    from standoff.errors import MissingExtra
    from standoff.ledger import Ledger
    from standoff.measure import load_kernel
    from standoff.web import LOOPBACK, create_app

    path = _where(dossier)
    if path.is_file():
        Ledger.open(path).close()
    key = None if host in HERE else secrets.token_urlsafe(18)
    hosts = LOOPBACK if key is None else ("*",)
    app = create_app(path, author=author, hosts=hosts, key=key)
    _free(host, port)
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtra("the local app", "uvicorn", "pip install 'standoff[web]'") from error
    # A server lives long enough to earn back the second that numba takes to start.
    load_kernel()
    shown = f"[{host}]" if ":" in host else host
    page = f"/?key={key}" if key else (f"/d/{path.stem}/desk" if path.is_file() else "/")
    say(f"open     http://{shown}:{port}{page}   {path}   stop with Ctrl-C")
    if key:
        say(
            "         others on the network can reach it; whoever has this address can change things"
        )
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _where(given: Path | None) -> Path:
    """The dossier that is meant, or this folder where none is named and not exactly one is here."""
    named = given is not None or os.environ.get("STANDOFF_DOSSIER")
    if named or len(list(Path.cwd().glob("*.standoff"))) == 1:
        return find_dossier(given)
    return Path.cwd()


def _free(host: str, port: int) -> None:
    """Refuse a port that is none, or that another program listens on, and an address not of here."""
    import socket

    from standoff.errors import InputError

    if not 1 <= port <= 65535:
        raise InputError(f"--port {port}", "a port from 1 to 65535", "--port 8765")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # As uvicorn binds: a port of a connection that has just ended counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8765
            raise InputError(
                f"--host {host} --port {port}, which cannot be used ({error.strerror})",
                "an address of this machine and a port that no program listens on",
                f"standoff open --port {other}",
            ) from error
