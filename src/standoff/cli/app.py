"""The one application: each command family registers itself."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from contextlib import suppress
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from standoff.cli.common import any_console, shown
from standoff.errors import StandoffError, StoreFailure

# Families in the order in which help lists them; each module has `register(app)`.
FAMILIES = (
    "dossier",
    "system",
    "read",
    "evaluate",
    "probe",
    "check",
    "claims",
    "recheck",
    "measure",
    "fit",
    "assess",
    "asking",
    "questions",
    "score",
    "backtest",
    "base_rate",
    "fit_forecast",
    "chains",
    "argument",
    "why",
    "brief",
    "check_brief",
    "web",
    "mcp",
    "glossary",
    "facts",
    "actors",
    "history",
    "data",
    "whatif",
    "drivers",
    "play",
    "shares",
    "sides",
    "game",
    "triage",
    "queue",
    "watch",
    "precedents",
    "ach",
    "review",
    "decisions",
    "events",
    "grades",
    "compare",
    "exchange",
    "demo",
)


class Guarded(TyperGroup):
    """Turns an error of ours into its message and exit code 2; others keep their traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except StandoffError as error:
            _tell(error)
            raise typer.Exit(2) from error
        except BrokenPipeError:
            # `standoff signals | head`: the reader has gone, which is no error.
            _drop_output()
            raise typer.Exit(0) from None
        except OSError as error:
            # A full disk, a name that is too long, a folder that refuses: no fault of the program.
            _tell(_refused(error))
            raise typer.Exit(2) from error


def _refused(error: OSError) -> StoreFailure:
    """What the system refused, in the words of our errors."""
    name = str(error.filename or "")
    where = f"{name if len(name) <= 300 else name[:300] + chr(0x2026)}: " if name else ""
    return StoreFailure(
        f"{where}{error.strerror or error}",
        "a file or folder that can be read or written here, with room on the disk",
        "check the path, the rights and the room",
    )


def _tell(error: StandoffError) -> None:
    """The message on one line, whatever stands in the file or the name that it is about."""
    line = " ".join(shown(str(error)).splitlines())
    sys.stderr.write((line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…") + "\n")


LONGEST_LINE = 2_000
"""Characters of a message: what came may be a whole file."""


def _drop_output() -> None:
    """Send what still waits to be written nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _flush() -> None:
    """Write what still waits; a full disk or a closed pipe is told, or not, like any other."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(0) from None
    except OSError as error:
        _drop_output()
        _tell(_refused(error))
        raise SystemExit(2) from None


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"standoff {metadata.version('standoff')}\n")
        raise typer.Exit


def _build() -> typer.Typer:
    built = typer.Typer(
        cls=Guarded,
        name="standoff",
        help="A workbench for deterrence systems: from reporting to an assessment that can be checked.",
        no_args_is_help=True,
        add_completion=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for family in FAMILIES:
        importlib.import_module(f"standoff.cli.{family}").register(built)

    @built.callback()
    def root(
        version: Annotated[  # pyright: ignore[reportUnusedParameter]
            bool,
            typer.Option(
                "--version", help="Say which version this is.", callback=_version, is_eager=True
            ),
        ] = False,
    ) -> None:
        """Deterrence systems: from reporting to an assessment that can be checked."""

    return built


app = _build()


def main() -> None:
    """Entry point of the `standoff` command."""
    # The tables of names and facts are tens of thousands of small records that live as long as the
    # process; looking through them for cycles again and again costs a tenth of a second at start.
    gc.set_threshold(100_000, 50, 100)
    # Streams that the caller closed are none: what is written there goes nowhere.
    if sys.stdout is None or sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    any_console()
    try:
        app(prog_name="standoff")  # also as `python -m standoff`
    finally:
        _flush()
