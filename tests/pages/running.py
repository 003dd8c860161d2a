"""A page as a list of steps: files to write, edits to make, commands to run, code to execute."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(
    r"(?:<!-- (?P<directive>[^\n]*) -->\n)?```(?P<language>\w*)\n(?P<body>.*?)\n?```$", re.S | re.M
)
ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Step:
    """One block of a page: what it is, how it is meant, what stands in it."""

    language: str
    directive: str
    body: str


def steps(page: Path) -> list[Step]:
    """The blocks of a page in their order."""
    found = FENCE.finditer(page.read_text("utf-8"))
    return [Step(m["language"], m["directive"] or "", m["body"]) for m in found]


def commands(body: str) -> list[tuple[str, str]]:
    """Commands of a console block, each with the output that the page shows."""
    found: list[tuple[str, str]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def run_page(page: Path, folder: Path, *, own: Path | None = None) -> None:
    """Do what a page says in a folder; `own` is the copy of the source that its edits change."""
    source = (own or ROOT) / "src"
    env = {k: v for k, v in os.environ.items() if not k.startswith("STANDOFF_")}
    env |= {"PYTHONPATH": str(source), "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1",
            "STANDOFF_DATA": str(folder / "home")}  # fmt: skip
    printed = None
    for step in steps(page):
        if step.directive:
            edit(step, own or folder)
        elif step.language == "console":
            for command, shown in commands(step.body):
                said = run(command, own or folder, env)
                assert fits(shown, said), (
                    f"{page.name}: {command}\nthe page shows\n{shown}\ncame\n{said}"
                )
        elif step.language == "python":
            printed = run_code(step.body, folder, env)
        elif step.language == "text" and printed is not None:
            assert fits(step.body, printed), f"{page.name} shows\n{step.body}\ncame\n{printed}"
            printed = None


def run(command: str, folder: Path, env: dict[str, str]) -> str:
    """Run a command of a page; it may refuse nothing."""
    words = shlex.split(command)
    start = {"standoff": [sys.executable, "-m", "standoff"], "python": [sys.executable]}
    fed = None
    if "<" in words:
        at = words.index("<")
        fed, words = (folder / words[at + 1]).read_text("utf-8"), words[:at]
    done = subprocess.run(
        [*start.get(words[0], words[:1]), *words[1:]],
        cwd=folder, env=env, capture_output=True, text=True, check=False, input=fed or "",
    )  # fmt: skip
    assert done.returncode in (0, 1), f"{command}\n{done.stdout}{done.stderr}"
    assert words[0] != "python" or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_code(code: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fits(shown: str, said: str) -> bool:
    """Whether an output is what a page shows: `...` stands for anything, a page may show nothing."""
    return not shown.strip() or doctest.OutputChecker().check_output(shown, said, ALIKE)


def edit(step: Step, folder: Path) -> None:
    """Do what the comment before a block says: file, append, insert after, before, replace."""
    what, _, rest = step.directive.partition(": ")
    match = re.fullmatch(r"(\S+)(?: (after|at|old): (.*))?", rest)
    assert match, step.directive
    path, anchor = folder / match[1], match[3]
    text = step.body + "\n"
    if what == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    held = path.read_text("utf-8")
    if what == "append":
        path.write_text(held + text, encoding="utf-8")
        return
    if what == "replace":
        assert held.count(anchor) == 1, f"{match[1]}: {anchor!r} stands {held.count(anchor)} times"
        path.write_text(held.replace(anchor, step.body), encoding="utf-8")
        return
    lines = held.splitlines(keepends=True)
    places = [i for i, line in enumerate(lines) if line.rstrip("\n") == anchor]
    assert places, f"{match[1]} has no line {anchor!r}"
    at = places[0] + (what == "insert")
    path.write_text("".join([*lines[:at], text, *lines[at:]]), encoding="utf-8")
