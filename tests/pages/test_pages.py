"""What the pages show runs, what they link is there, and every command that they name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer
import yaml
from running import DOCS, ROOT, commands, fits, run_page, steps

from standoff.cli import app
from standoff.cli.system import OfSystems
from standoff.systems import shipped_systems

GUIDES = sorted([*(DOCS / "tutorial").glob("*.md"), *(DOCS / "how-to").glob("*.md")])
RECIPES = sorted((DOCS / "contribute").glob("*.md"))
EVERY = sorted(DOCS.rglob("*.md"))
GAMES = ROOT.parent / "shared" / "data" / "games" / "war1800.csv"
SYSTEMS = shipped_systems()
ROOT_COMMAND = typer.main.get_command(app)
NAV = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.slow
@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_a_guide_does_what_it_says(page: Path, tmp_path: Path) -> None:
    if page.stem == "replicate-a-table":
        if not GAMES.exists():
            pytest.skip("needs ../shared/data/games/war1800.csv, which the R package `games` ships")
        shutil.copy(GAMES, tmp_path)
    if page.stem == "doors":
        report = next(
            s for s in steps(DOCS / "tutorial/the-first-hour.md") if "report.txt" in s.directive
        )
        (tmp_path / "report.txt").write_text(report.body, encoding="utf-8")
    run_page(page, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("page", RECIPES, ids=name)
def test_a_recipe_works_in_a_copy(page: Path, tmp_path: Path) -> None:
    for part in ("src", "tests", "cases", "pyproject.toml"):
        held = ROOT / part
        (shutil.copytree if held.is_dir() else shutil.copy)(held, tmp_path / part)
    run_page(page, tmp_path, own=tmp_path)


def unknown(line: str) -> list[str]:
    """Words of a command line that the command does not have."""
    words = shlex.split(line, comments=True)[1:]
    words = words[: next((i for i, w in enumerate(words) if w in "<|>"), None)]
    command = ROOT_COMMAND
    root = {o for p in command.params for o in p.opts} | {
        "--show-completion",
        "--install-completion",
    }
    if words and words[0] in root:
        return []
    while hasattr(command, "commands"):
        first = words.pop(0) if words else ""
        if isinstance(command, OfSystems) and (first in SYSTEMS or first.endswith(".toml")):
            words, first = [first, *words], "show"
        if first not in command.commands:
            return [first]
        command = command.commands[first]
    have = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    options = (w.split("=", 1)[0] for w in words if re.match(r"--?[a-z]", w))
    return [w for w in options if w not in have]


@pytest.mark.parametrize("page", EVERY, ids=name)
def test_commands_of_a_page_exist_with_their_options(page: Path) -> None:
    lines = [
        command for s in steps(page) if s.language == "console" for command, _ in commands(s.body)
        if command.startswith("standoff ")
    ]  # fmt: skip
    wrong = {line: unknown(line) for line in lines}
    assert {line: w for line, w in wrong.items() if w} == {}


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub and MkDocs give to the headings of a page."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", h.strip().lower()).replace(" ", "-") for h in heads}


def broken(page: Path, text: str) -> list[str]:
    """Links of a page that lead nowhere on the disk."""
    found: list[str] = []
    plain = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", plain):
        if re.match(r"[a-z]+://", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        known = there.exists() and (not anchor or there.suffix != ".md" or anchor in anchors(there))
        found += [] if known else [target]
    return found


@pytest.mark.parametrize("page", [*EVERY, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page, page.read_text("utf-8")) == []


def test_a_broken_link_a_wrong_option_and_another_output_are_seen() -> None:
    page = DOCS / "index.md"
    assert broken(page, "[a](nothing.md) [b](#nowhere) ![c](pictures/no.svg)") == [
        "nothing.md", "#nowhere", "pictures/no.svg",
    ]  # fmt: skip
    assert unknown("standoff read a.txt --publisched 2021-08-13") == ["--publisched"]
    assert unknown("standoff reed a.txt") == ["reed"]
    assert unknown("standoff system west-pacific-2021 --fromat json") == ["--fromat"]
    assert unknown("standoff system chek mine.toml") == ["chek"]
    assert fits("a ...\nc\n", "a b\nc\n") and not fits("a ...\nd\n", "a b\nc\n")


def entries(node) -> list[str]:
    if isinstance(node, str):
        return [node]
    return [
        e for part in (node.values() if isinstance(node, dict) else node) for e in entries(part)
    ]


def test_every_page_has_its_place_in_the_site() -> None:
    listed = entries(NAV["nav"])
    assert [e for e in listed if not (DOCS / e).exists()] == []
    assert len(listed) == len(set(listed))
    pages = {p.relative_to(DOCS).as_posix() for p in EVERY}
    left = {p for p in pages - set(listed) if not p.startswith("decisions/")}
    assert left == set() and NAV["strict"] is True


def test_every_guide_and_recipe_has_something_that_runs() -> None:
    assert [
        p.name for p in (*GUIDES, *RECIPES) if not any(s.language == "console" for s in steps(p))
    ] == []
    assert len(RECIPES) == 6
