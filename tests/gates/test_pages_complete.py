"""Every command, option, setting, code, term and public name has an entry in the reference."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT / "scripts"))

import make_pages as made  # noqa: E402


def headings(page: str) -> set[str]:
    return set(re.findall(r"^## (.+)$", (PAGES / page).read_text("utf-8"), re.M))


# Functions that had no example and no test of their own when the gate was made; no new one may join.
WITHOUT = set((Path(__file__).with_name("without_example.txt")).read_text("utf-8").split())
AGAIN = "run: python scripts/make_pages.py"


@pytest.mark.parametrize("room", made.ROOMS)
def test_every_public_name_has_its_entry(room: str) -> None:
    page = f"api/{room.replace('standoff.', '')}.md"
    assert set(made.names_of(room)) == headings(page), AGAIN


@pytest.mark.parametrize("room", made.ROOMS)
def test_every_public_function_has_a_docstring_and_an_example_or_a_test(room: str) -> None:
    module = importlib.import_module(room)
    lacking = []
    for name in made.names_of(room):
        value = getattr(module, name)
        if inspect.isroutine(value):
            text = inspect.getdoc(value) or ""
            if not text or (">>>" not in text and not made.test_of(room, name)):
                lacking.append(name)
    assert {f"{room}.{name}" for name in lacking} - WITHOUT == set()


def test_every_room_with_public_names_has_a_page() -> None:
    folders = (ROOT / "src" / "standoff").iterdir()
    rooms = {p.stem for p in folders if p.name[:1] not in "_." and p.suffix in ("", ".py")}
    # The doors for people are commands and pages; api is what `standoff` itself exports.
    assert rooms - {r.rpartition(".")[2] for r in made.ROOMS} == {"api", "cli", "web"}


def test_every_command_and_option_has_its_entry() -> None:
    known = dict(made.commands())
    assert set(known) == headings("commands.md"), AGAIN
    text = (PAGES / "commands.md").read_text("utf-8")
    parts = dict(re.findall(r"^## (standoff [^\n]+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    for name, command in known.items():
        options = {o for p in command.params for o in p.opts if o.startswith("--")} - {"--help"}
        assert {o for o in options if f"`{o}`" not in parts[name]} == set(), f"{name}; {AGAIN}"


def test_every_setting_has_its_entry() -> None:
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\b(?:STANDOFF_[A-Z]+(?:_[A-Z]+)*|NO_COLOR)\b", path.read_text("utf-8"))
    }  # fmt: skip
    text = (PAGES / "settings.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)`", text, re.M)) == used


def test_codes_errors_and_terms_are_those_of_the_program() -> None:
    from enum import Enum

    import standoff.terms as terms
    from standoff import errors
    from standoff.reference import glossary

    text = (PAGES / "codes.md").read_text("utf-8")
    enums = [v for n in terms.__all__ if inspect.isclass(v := getattr(terms, n))]
    values = [m.value for kind in enums if issubclass(kind, Enum) for m in kind]
    assert [v for v in values if f"- `{v}`\n" not in text] == [], AGAIN
    codes = {getattr(errors, n).code for n in made.names_of("standoff.errors")}
    assert codes == set(re.findall(r"^\| `([\w-]+)` \|", text, re.M)), AGAIN
    assert {t.name for t in glossary()} == headings("glossary.md"), AGAIN
    assert [t.page for t in glossary() if t.page and not (ROOT / "docs" / t.page).exists()] == []


def test_a_name_without_entry_is_seen(monkeypatch) -> None:
    import standoff.states as states

    monkeypatch.setattr(states, "__all__", [*states.__all__, "unheard_of"])
    monkeypatch.setattr(states, "unheard_of", lambda: None, raising=False)
    with pytest.raises(AssertionError):
        test_every_public_name_has_its_entry("standoff.states")
    with pytest.raises(AssertionError):
        test_every_public_function_has_a_docstring_and_an_example_or_a_test("standoff.states")
