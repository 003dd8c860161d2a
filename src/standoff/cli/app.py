"""The one application: each command family registers itself."""

from __future__ import annotations

import gc
import importlib
import sys
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from standoff.cli.common import any_console, shown
from standoff.errors import StandoffError

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
    "why",
    "brief",
    "check_brief",
    "web",
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
            # One line, whatever stands in the file or the name that it is about.
            sys.stderr.write(" ".join(shown(str(error)).splitlines()) + "\n")
            raise typer.Exit(2) from error
        except BrokenPipeError:
            # `standoff signals | head`: the reader has gone, which is no error.
            sys.stderr.close()
            raise typer.Exit(0) from None


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
        add_completion=False,
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
    any_console()
    app()
