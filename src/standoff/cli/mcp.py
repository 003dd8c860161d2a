"""`standoff mcp`: the tools for assistants, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import find_dossier, progress


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp")(serve_tools)


def serve_tools(
    dossier: Annotated[
        Path | None,
        typer.Argument(help="The dossier; else $STANDOFF_DOSSIER, else the only *.standoff here."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Store what is read and assessed in the dossier itself.")
    ] = False,
) -> None:
    """Serve read, check, assess and why to a tool-using assistant (Model Context Protocol).

    Messages come on standard input and go to standard output, one a line; no port is opened. Without
    --write the tools work on a copy, which is deleted at the end.

    Example: standoff mcp taiwan.standoff
    """
    import sys
    import tempfile

    from standoff.ledger import Ledger, copy_dossier
    from standoff.mcp import Session, serve_lines, tools_for

    path = find_dossier(dossier)
    with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
        place = path
        if not write:
            place = Path(folder) / path.name
            copy_dossier(path, place)
        with Ledger.open(place) as ledger:
            about = f"A dossier about {ledger.system}, as standoff keeps it."
        progress(
            f"mcp      {path}{'' if write else ', on a copy'}; one message a line, end with EOF"
        )
        # Whatever is printed by accident must not stand between the messages.
        out, sys.stdout = sys.stdout, sys.stderr
        try:
            session = Session(tools_for(place, write=write), about)
            serve_lines(session, sys.stdin.buffer, out.buffer)
        finally:
            sys.stdout = out
