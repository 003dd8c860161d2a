"""What strangers write stays text: hostile texts, titles, names and reasons through every command."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from standoff.cli import app

HELPER = Path(__file__).parents[1] / "schemas" / "outputs.py"
_spec = importlib.util.spec_from_file_location("outputs_of_commands", HELPER)
assert _spec is not None and _spec.loader is not None
_outputs: Any = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _outputs
_spec.loader.exec_module(_outputs)

# Clears the screen, sets the title, opens a C1 sequence, deletes, turns the words that follow round.
EVIL = "\x1b[2J\x1b]0;gone\x07\x9b2J\x7f\u202e\u2066\u200f"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MORE = (
    ("grade", "a wire", "B", "--because", f"known{EVIL}"),
    ("accept", "S-250", "--because", f"seen{EVIL}", "--author", f"A{EVIL}"),
    ("claims", "overrule", "C-01", "supported", "--because", f"read{EVIL}"),
    ("actors", "add", "people.csv", "--because", f"new{EVIL}"),
    ("facts", "add", "facts.csv", "--because", f"new{EVIL}"),
    ("actors", "list"), ("facts", "list"), ("decisions",), ("grades",), ("documents",),
    ("signals",), ("why", "S-250"), ("why", "D-002"), ("why", "A-0003"), ("search", f"Japan{EVIL}"),
    ("cite",), ("brief", "--out", "b.md"), ("brief", "--out", "b.html"), ("verify",),
    ("signals", "--document", f"D{EVIL}"), ("why", EVIL), ("read", f"no{EVIL}.txt"),
    ("actors", "import", f"dictionary{EVIL}.txt"), ("measure", "--series", f"JPN>{EVIL}"),
    ("game", "solve", f"game{EVIL}.efg"), ("history", "check", f"states{EVIL}.csv"),
    ("system", "check", f"mine{EVIL}.toml"), ("import", f"no{EVIL}.jsonl"), (f"no{EVIL}",),
    ("signals", "--dossier", f"no{EVIL}.standoff"), ("read", "feed.xml", "--published", "2021-08-13"),
    ("read", "--batch", "batch.jsonl"), ("export", f"out{EVIL}.xyz"), ("events", "list"),
    ("questions",), ("questions", "Q-001"),
)  # fmt: skip


def hostile(text: str) -> str:
    """A text with steering marks after every word that is followed by a space."""
    return re.sub(r"(?<=[a-z]{3}) ", f"{EVIL} ", text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made, here, kept = tmp_path_factory.mktemp("hostile"), Path.cwd(), dict(os.environ)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(made)
    old = {n: getattr(_outputs, n) for n in ("REPORT", "BRIEF", "ARGUMENT", "STATES")}
    try:
        _outputs.REPORT = old["REPORT"] + "".join(
            sentence + f" {EVIL} Tokyo{EVIL} spoke. " for sentence in [hostile(old["REPORT"])]
        )
        _outputs.BRIEF, _outputs.ARGUMENT = hostile(old["BRIEF"]), hostile(old["ARGUMENT"])
        _outputs.STATES = old["STATES"].replace(",A,", f",A{EVIL},")
        _outputs.fill(made)
        (made / "people.csv").write_text(f"name,code\nGondor{EVIL},GON{EVIL}\nMordor{EVIL},CHN\n")
        (made / "facts.csv").write_text(f"kind{EVIL},value\na,b\n")
        (made / f"dictionary{EVIL}.txt").write_text(f"NAME{EVIL} [JPN]\nBAD{EVIL} [[\n")
        (made / f"game{EVIL}.efg").write_text(f'EFG 2 R "x{EVIL}" {{ "A{EVIL}" }}\nc "" 1 "" {{')
        (made / f"states{EVIL}.csv").write_text(f"a{EVIL},b\n1,2\n")
        (made / f"mine{EVIL}.toml").write_text(f'[system]\nslug = "a"\n"b{EVIL}" = 1\n')
        (made / "feed.xml").write_text(
            "<rss><channel><item><title>T\u202e\u2066\x7f</title><description>Japan\u202e condemned "
            "China.</description><pubDate>\u202ewhen</pubDate></item></channel></rss>"
        )
        (made / "batch.jsonl").write_text(
            '{"id": "a\\u001b[2J", "text": "Japan condemned China.", "published": "\\u202e"}\n'
            '{"id": "b\\u202e", "text": "Japan \\u001b[2J condemned China.", "published": "2021-08-13"}\n'
        )
        title = (
            "--title",
            f"T{EVIL}itle",
            "--source",
            f"S{EVIL}",
            "--dossier",
            "west-pacific.standoff",
        )
        CliRunner().invoke(app, ["read", "argument.txt", "--published", "2021-08-12", *title])
        yield made
    finally:
        for name, value in old.items():
            setattr(_outputs, name, value)
        os.chdir(here)
        os.environ.clear()
        os.environ.update(kept)


def steering(words: tuple[str, ...]) -> str:
    """What a command printed that a terminal would obey; "" where it is none."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code in (0, 1, 2), (words, done.output, done.exception)
    found = STEERS.search(done.stdout + done.stderr)
    return (
        f"{words!r}: {(done.stdout + done.stderr)[found.start() - 60 : found.end() + 20]!r}"
        if found
        else ""
    )


def test_no_command_prints_what_steers_a_terminal(folder: Path) -> None:
    quick = [w for name, w in _outputs.RUNS if name not in _outputs.SLOW]
    asked = [*MORE, *quick, *((*w, "--format", "json") for w in (*quick, *MORE[9:17]))]
    assert [found for words in asked if (found := steering(words))] == []


@pytest.mark.slow
def test_no_slow_command_prints_what_steers_a_terminal(folder: Path) -> None:
    slow = [w for name, w in _outputs.RUNS if name in _outputs.SLOW and name != "evaluate"]
    asked = [*slow, *((*w, "--format", "json") for w in slow)]
    assert [found for words in asked if (found := steering(words))] == []


def test_the_brief_shows_what_strangers_wrote(folder: Path) -> None:
    for name in ("b.md", "b.html"):
        made = folder / name
        if not made.exists():
            steering(("brief", "--out", name))
        found = STEERS.search(made.read_text("utf-8"))
        assert not found, made.read_text("utf-8")[found.start() - 80 : found.end() + 20]
