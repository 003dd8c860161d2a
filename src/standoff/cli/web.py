"""`standoff open`: the local app on 127.0.0.1."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff.cli.common import DossierOption, find_dossier, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("open")(open_app)


def open_app(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8765,
    dossier: DossierOption = None,
) -> None:
    """Show a dossier in the browser; only this machine can reach it.

    Example: standoff open --dossier west-pacific.standoff
    """
    from standoff.errors import MissingExtra
    from standoff.ledger import Ledger
    from standoff.measure import load_kernel
    from standoff.web import create_app

    _free(port)
    path = find_dossier(dossier)
    Ledger.open(path).close()
    app = create_app(path)
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtra("the local app", "uvicorn", "pip install 'standoff[web]'") from error
    # A server lives long enough to earn back the second that numba takes to start.
    load_kernel()
    say(f"open     http://127.0.0.1:{port}   {path}   stop with Ctrl-C")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def _free(port: int) -> None:
    """Refuse a port that is none, or that another program listens on."""
    import socket

    from standoff.errors import InputError

    if not 1 <= port <= 65535:
        raise InputError(f"--port {port}", "a port from 1 to 65535", "--port 8765")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        # As uvicorn binds: a port of a connection that has just ended counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8765
            raise InputError(
                f"--port {port}, which cannot be used ({error.strerror})",
                "a port that no program listens on",
                f"standoff open --port {other}",
            ) from error
