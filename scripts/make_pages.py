"""Writes the pages of docs/reference that are made from the program: `python scripts/make_pages.py`.

API, one page a room, from docstrings; commands with options, from their help; glossary, codes and
errors, from the data and enums. `--check` names the pages that are no longer what the program says.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

import standoff.terms as terms
from standoff import errors
from standoff.cli import app
from standoff.reference import glossary

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
ROOMS = (
    "standoff", "standoff.states", "standoff.assess", "standoff.brief", "standoff.check",
    "standoff.evaluate", "standoff.fit", "standoff.forecast", "standoff.game", "standoff.history",
    "standoff.ledger", "standoff.mcp", "standoff.measure", "standoff.read", "standoff.reference",
    "standoff.systems", "standoff.terms", "standoff.errors",
)  # fmt: skip
MADE = (
    "<!-- Made by scripts/make_pages.py; change the program or its data, and run it again. -->\n\n"
)


def names_of(room: str) -> list[str]:
    """The public names of a room: its `__all__`, or the classes it defines."""
    module = importlib.import_module(room)
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(listed, key=str.casefold)
    return [n for n, v in vars(module).items() if isinstance(v, type) and v.__module__ == room]


def test_of(room: str, name: str) -> str:
    """The first test that uses a name of a room; empty where none does."""
    short = room.rpartition(".")[2]
    folders = (
        f"tests/unit/{short}",
        "tests/published",
        "tests/laws",
        "tests/oracles",
        "tests/unit",
    )
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path not in _TEXTS:
                _TEXTS[path] = path.read_text("utf-8")
            if pattern.search(_TEXTS[path]):
                return path.relative_to(ROOT).as_posix()
    return ""


_TEXTS: dict[Path, str] = {}


def entry(room: str, name: str) -> str:
    """One name: signature, docstring with its examples, and a test that uses it."""
    value = getattr(importlib.import_module(room), name)
    lines = [f"## {name}\n"]
    described = inspect.isclass(value) or inspect.isroutine(value)
    if inspect.isroutine(value):
        lines.append(f"```python\n{name}{_signature(value)}\n```\n")
    elif inspect.isclass(value) and issubclass(value, Enum):
        lines.append("Values: " + ", ".join(f"`{m.value}`" for m in value) + "\n")
    elif inspect.isclass(value) and not issubclass(value, Exception):
        lines.append(f"```python\nclass {name}{_signature(value)}\n```\n")
    elif not described:
        lines.append(f"```python\n{name} = {_short(value)}\n```\n")
    text = (inspect.getdoc(value) or "") if described else ""
    if inspect.isclass(value) and text.startswith(f"{name}("):
        text = ""  # what dataclass writes is the signature again
    if text:
        lines.append(_formatted(text) + "\n")
    used = test_of(room, name)
    if used:
        lines.append(f"Used in `{used}`.\n")
    return "\n".join(lines)


class _Raw:
    """An annotation that is printed as it was written, without quotes."""

    def __init__(self, annotation: Any) -> None:
        self.text = (
            annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
        )

    def __repr__(self) -> str:
        return self.text


def _signature(value: Any) -> str:
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return "(...)"
    empty = inspect.Parameter.empty
    kept = [
        p if p.annotation is empty else p.replace(annotation=_Raw(p.annotation))
        for p in found.parameters.values()
    ]
    back = found.return_annotation
    after = (
        "" if back is inspect.Signature.empty or inspect.isclass(value) else f" -> {_Raw(back)!r}"
    )
    shown = str(found.replace(parameters=kept, return_annotation=inspect.Signature.empty)) + after
    shown = re.sub(r"<[^>]*>", "...", shown)
    if len(shown) < 90:
        return shown
    star = next((i for i, p in enumerate(kept) if p.kind is p.KEYWORD_ONLY), None)
    rows = [re.sub(r"<[^>]*>", "...", str(p)) for p in kept]
    if star is not None and not any(p.kind is p.VAR_POSITIONAL for p in kept):
        rows.insert(star, "*")
    return "(\n" + "".join(f"    {row},\n" for row in rows) + f"){after}"


def _short(value: Any) -> str:
    if isinstance(value, set | frozenset):
        value = sorted(value)
    shown = re.sub(r" at 0x[0-9a-f]+", "", repr(value))
    return shown if len(shown) <= 120 else shown[:117] + "..."


def _formatted(text: str) -> str:
    """A docstring as Markdown: parts in bold, examples in fences."""
    out: list[str] = []
    code = False
    text = re.sub(r":\w+:`~?([^`]*)`", r"`\1`", text)
    for line in text.splitlines():
        if line.strip().startswith(">>>") and not code:
            out += ["", "```python"]
            code = True
        elif code and not line.strip():
            out += ["```"]
            code = False
        part = re.fullmatch(r"(Args|Returns|Raises|Attributes|Examples?|Shapes?|Source):", line)
        if part:
            out += ["", f"**{part.group(1)}**", ""]
        elif code:
            out.append(line.strip() if line.strip().startswith((">>>", "...")) else line.lstrip())
        else:
            item = re.match(r"    (\w[\w, ]*): (.*)", line)
            out.append(f"- `{item.group(1)}`: {item.group(2)}" if item else line.lstrip())
    if code:
        out.append("```")
    return "\n".join(out).replace("\n\n\n", "\n\n")


def api_page(room: str) -> str:
    """All names of a room."""
    about = (inspect.getdoc(importlib.import_module(room)) or "").split(">>>")[0]
    body = "\n".join(entry(room, name) for name in names_of(room))
    return f"# `{room}`\n\n{MADE}{_formatted(about.strip())}\n\n{body}"


def commands(group: Any = None, prefix: str = "standoff ") -> Iterator[tuple[str, Any]]:
    """Every command by its whole name."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def commands_page() -> str:
    """Every command with what it does, its arguments, options and JSON schema."""
    parts = [
        "# Commands\n",
        MADE,
        "Every command takes `--help`. Exit codes: 0 done, 1 done with items refused, 2 nothing done.\n",
    ]
    for name, command in commands():
        parts.append(f"## {name}\n")
        about, _, example = (command.help or "").partition("Example")
        parts.append(re.sub(r"(?<!\n)\n(?!\n)", " ", about).strip() + "\n")
        if example:
            shown = re.sub(r"\s+", " ", example.split(":", 1)[1])
            lines = [e.strip() for e in re.split(r";\s*(?=standoff|printf)", shown) if e.strip()]
            parts.append("```sh\n" + "\n".join(lines) + "\n```\n")
        rows = [_option(p) for p in command.params if "--help" not in p.opts]
        if rows:
            parts.append("| | |\n| --- | --- |\n" + "\n".join(rows) + "\n")
        if any("--format" in p.opts for p in command.params):
            slug = name.removeprefix("standoff ").replace(" ", "-")
            parts.append(f"JSON: [schemas/{slug}.json](schemas/{slug}.json)\n")
    return "\n".join(parts)


def _option(p: Any) -> str:
    names = (p.name,) if p.param_type_name == "argument" else (*p.opts, *p.secondary_opts)
    shown = ", ".join(f"`{n}`" for n in names)
    about = re.sub(r"\s+", " ", str(getattr(p, "help", "") or "")).replace("|", "\\|")
    default = p.default
    if isinstance(default, Enum):
        default = default.value
    if default not in (None, False, "", ()) and not callable(default):
        about += f" Default: `{default}`."
    if p.required:
        about += " Required."
    env = getattr(p, "envvar", None)
    return f"| {shown} | {about}{f' Environment: `{env}`.' if env else ''} |"


def glossary_page() -> str:
    """Every term with definition, source, related terms and page."""
    parts = ["# Glossary\n", MADE, "The same in the terminal: `standoff glossary TERM`.\n"]
    for t in glossary():
        also = f" Also: {', '.join(t.also)}." if t.also else ""
        see = ", ".join(f"[{s}](#{anchor(s)})" for s in t.see)
        link = t.page.removeprefix("reference/") if t.page.startswith("ref") else f"../{t.page}"
        more = f" More: [{t.page}]({link})." if t.page else ""
        parts.append(
            f"## {t.name}\n\n{t.text}{also}\n\n"
            f"Source: {t.source}.{f' See {see}.' if see else ''}{more}\n"
        )
    return "\n".join(parts)


def anchor(heading: str) -> str:
    """The anchor that GitHub and MkDocs give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def codes_page() -> str:
    """Every closed vocabulary with its values, and every error with its code."""
    parts = ["# Codes\n", MADE]
    enums = [v for n in sorted(terms.__all__) if inspect.isclass(v := getattr(terms, n))]
    for kind in enums:
        if issubclass(kind, Enum):
            values = "\n".join(f"- `{m.value}`" for m in kind)
            parts.append(f"## {kind.__name__}\n\n{inspect.getdoc(kind)}\n\n{values}\n")
    parts.append(
        "## Errors\n\nThe code is the first word of a message and stays; the words may change.\n"
    )
    parts.append("| code | error | when |\n| --- | --- | --- |")
    for name in names_of("standoff.errors"):
        kind = getattr(errors, name)
        first = (inspect.getdoc(kind) or "").splitlines()[0]
        parts.append(f"| `{kind.code}` | {name} | {first} |")
    return "\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """Every page that is made, by its path."""
    made = {PAGES / "api" / f"{r.replace('standoff.', '')}.md": api_page(r) for r in ROOMS}
    rows = "\n".join(
        f"| [`{r}`]({r.replace('standoff.', '')}.md) | {len(names_of(r))} | "
        f"{(inspect.getdoc(importlib.import_module(r)) or '').splitlines()[0]} |"
        for r in ROOMS
    )
    head = "Every public name, with signature, docstring and a test that uses it.\n\n"
    made[PAGES / "api" / "README.md"] = (
        f"# API\n\n{MADE}{head}| room | names | |\n| --- | --- | --- |\n{rows}\n"
    )
    made[PAGES / "commands.md"] = commands_page()
    made[PAGES / "glossary.md"] = glossary_page()
    made[PAGES / "codes.md"] = codes_page()
    return made


def main() -> int:
    """Write the pages, or with --check say which are stale; 1 if any is."""
    stale = 0
    for path, text in pages().items():
        text = re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        if "--check" in sys.argv:
            print(f"stale: {path.relative_to(ROOT)}")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return stale if "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(min(main(), 1))
