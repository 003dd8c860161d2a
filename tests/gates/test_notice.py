"""Every shipped file that is no program has a row with its source and terms; every package a licence."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HELD = tomllib.loads((ROOT / "scripts" / "notice.toml").read_text(encoding="utf-8"))
PATTERNS = [pattern for row in HELD["data"] for pattern in row["files"]]


def shipped(sources: Path) -> list[str]:
    """Files of a tree that are no programs, as paths from its root."""
    return sorted(
        p.relative_to(sources).as_posix()
        for p in sources.rglob("*")
        if p.is_file() and p.suffix not in (".py", ".pyc") and "__pycache__" not in p.parts
    )


def without_row(files: list[str]) -> list[str]:
    """Those that no pattern names; a star does not cross a folder."""
    return [
        f
        for f in files
        if not any(fnmatchcase(f, p) and f.count("/") == p.count("/") for p in PATTERNS)
    ]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_notice", ROOT / "scripts/make_notice.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_shipped_file_has_a_row_and_every_row_a_file() -> None:
    files = shipped(ROOT / "src" / "standoff")
    assert not without_row(files)
    assert not [p for p in PATTERNS if not any(fnmatchcase(f, p) for f in files)]


def test_a_planted_table_without_a_row_is_found(tmp_path: Path) -> None:
    for name in ("reference/data/milex.csv", "reference/data/planted.csv", "web/static/deep/x.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert without_row(shipped(tmp_path)) == ["reference/data/planted.csv", "web/static/deep/x.js"]


def test_every_row_says_whence_on_what_terms_and_what_is_here() -> None:
    for row in HELD["data"]:
        assert all(len(row[k]) > 3 for k in ("source", "terms", "ours")), row["files"]


def test_notice_and_page_are_those_of_the_script(maker) -> None:
    assert (ROOT / "NOTICE").read_text(encoding="utf-8") == maker.notice(HELD)
    page = (ROOT / "docs/reference/licences.md").read_text(encoding="utf-8")
    assert page == maker.page(HELD)


def test_every_package_asked_for_has_a_licence_and_no_other_is_listed(maker) -> None:
    asked = {d for listed in maker.groups().values() for d in listed}
    assert asked == set(HELD["packages"])


def test_what_ships_asks_for_no_copyleft(maker) -> None:
    for name, asked in maker.groups().items():
        if not name.startswith("developers"):
            assert not [d for d in asked if "GPL" in HELD["packages"][d]], name


@pytest.mark.parametrize("package", HELD["packages"])
def test_the_licence_is_that_of_the_installed_package(package: str) -> None:
    try:
        data = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    said = " ".join(
        [data.get("License-Expression") or "", (data.get("License") or "")[:2000]]
        + [c for c in data.get_all("Classifier") or [] if c.startswith("License")]
    ).lower()
    family = HELD["packages"][package].split("-")[0].lower()
    told = {"lgpl": "lesser general public", "apache": "apache"}.get(family, family)
    assert told in said or family in said, said[:200]
