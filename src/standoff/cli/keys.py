"""Keys of a person: one at a time from a terminal, or one after the other from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

STOP = "q"


class Keys:
    """Where keys come from; a context within which the terminal gives keys without Enter.

    Ctrl-C and Ctrl-D come as keys, so that a review stops between two decisions, never within one.
    """

    def __init__(self) -> None:
        self.live = sys.stdin.isatty()
        self.rest = "" if self.live else sys.stdin.read()

    @contextmanager
    def open(self) -> Generator[Keys]:
        """Keys at once while inside; the terminal is left as it was found."""
        if not self.live or sys.platform == "win32":
            yield self
            return
        import termios

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        now = termios.tcgetattr(terminal)
        # No lines, no echo, no signals; what is printed keeps its line ends.
        now[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
        termios.tcsetattr(terminal, termios.TCSADRAIN, now)
        try:
            yield self
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

    def key(self) -> str:
        """The next key; q when there is none left."""
        if not self.live:
            key, self.rest = (self.rest[:1] or STOP), self.rest[1:]
            return key
        sys.stdout.flush()
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch()
        return sys.stdin.read(1) or STOP

    def line(self, prompt: str) -> str:
        """The next line, typed with echo."""
        if not self.live:
            text, _, self.rest = self.rest.partition("\n")
            return text
        if sys.platform == "win32":
            return input(prompt)
        import termios

        terminal = sys.stdin.fileno()
        keys = termios.tcgetattr(terminal)
        lines = termios.tcgetattr(terminal)
        lines[3] |= termios.ICANON | termios.ECHO
        termios.tcsetattr(terminal, termios.TCSADRAIN, lines)
        try:
            return input(prompt)
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, keys)
