"""How far a batch is: a bar on a terminal, a line now and then in a pipe."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from standoff.cli.common import progress

if TYPE_CHECKING:
    from standoff.read import Progress


class BatchProgress:
    """A bar on a terminal; in a pipe a line every ten seconds, and only where a file is written."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> BatchProgress:
        if self._wanted and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("reading", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, state: Progress) -> None:
        """How far it is."""
        if self._bar is not None:
            self._bar.update(
                self._task, total=state.size or None, completed=state.offset,
                description=f"{state.done:,} documents, {state.refused:,} refused",
            )  # fmt: skip
        elif self._wanted and time.monotonic() - self._said > 10:
            self._said = time.monotonic()
            share = f" ({state.offset / state.size:.0%})" if state.size else ""
            progress(f"{state.done} documents read{share}")

    def refuse(self, message: str) -> None:
        """One line for a document that could not be read."""
        if self._bar is not None:
            self._bar.console.print(message, markup=False, highlight=False)
        else:
            progress(message)
