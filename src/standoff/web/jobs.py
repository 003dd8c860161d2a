"""Work that takes longer than a page: told step by step, stopped at the next step, never lost sight of."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from standoff.errors import StandoffError, UnknownHandle

Tell = Callable[[str], None]
KEPT = 40
"""Jobs that are remembered; the oldest finished ones go first."""


class Stopped(Exception):
    """Raised inside a job that somebody stopped."""


@dataclass(slots=True)
class Job:
    """One piece of work: `state` is running, stopping, done, stopped or failed; `to` where it leads."""

    id: str
    title: str
    back: str
    to: str = ""
    state: str = "running"
    lines: list[str] = field(default_factory=list[str])
    error: str = ""

    def tell(self, line: str) -> None:
        """Say what is done next; the place where a stop takes effect."""
        if self.state == "stopping":
            raise Stopped
        self.lines.append(line)

    def cancel(self) -> None:
        """Ask for a stop; work that is done stays done."""
        if self.state == "running":
            self.state = "stopping"

    def record(self) -> dict[str, Any]:
        """The job as plain data."""
        return {
            "id": self.id, "title": self.title, "state": self.state, "lines": list(self.lines),
            "to": self.to, "back": self.back, "error": self.error,
        }  # fmt: skip


class Jobs:
    """The jobs of this run of the program."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, title: str, back: str, work: Callable[[Tell], str]) -> Job:
        """Begin work in a thread of its own; it returns the address that shows what it made."""
        job = Job(secrets.token_urlsafe(9), title, back)
        with self._lock:
            over = [k for k, j in self._jobs.items() if j.state not in ("running", "stopping")]
            for name in over[: max(len(self._jobs) - KEPT, 0)]:
                del self._jobs[name]
            self._jobs[job.id] = job
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()
        return job

    def get(self, name: str) -> Job:
        """A job by its name. Raises `UnknownHandle` after the program was started anew."""
        job = self._jobs.get(name)
        if job is None:
            raise UnknownHandle(
                "a piece of work of an earlier run of the program",
                "one of this run",
                "go back to the dossier: what was finished is there",
            )
        return job

    def _run(self, job: Job, work: Callable[[Tell], str]) -> None:
        try:
            job.to = work(job.tell)
            job.state = "done"
        except Stopped:
            job.state = "stopped"
        except StandoffError as error:
            job.error, job.state = (
                f"{error.came}; expected {error.expected}; {error.remedy}",
                "failed",
            )
        except Exception as error:
            # A fault of ours must not look like work that never ends.
            job.error, job.state = f"{type(error).__name__}: {error}", "failed"
