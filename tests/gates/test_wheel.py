"""Wheel and sdist install into an empty environment, without this repository and without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".venv" / "bin" / "uv"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not UV.exists(), reason="needs uv in the environment of `make test`"),
]


def run(*words: object, cwd: Path, ok: bool = True) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(w) for w in words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if ok and done.returncode and "--offline" in map(str, words):
        pytest.skip(f"the package cache of uv does not hold what is needed: {done.stderr[-300:]}")
    assert not ok or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The two files, built from a copy of what is under version control."""
    copy = tmp_path_factory.mktemp("source")
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    run(UV, "build", "--offline", "--out-dir", copy / "dist", cwd=copy)
    return copy / "dist"


@pytest.fixture(scope="module", params=["whl", "tar.gz"])
def clean(request, built, tmp_path_factory) -> Path:
    """An empty environment: the built file, and what it declares that it needs, nothing else."""
    folder = tmp_path_factory.mktemp("clean")
    run(UV, "venv", "--offline", "--python", sys.executable, folder / "env", cwd=folder)
    (file,) = built.glob(f"*.{request.param}")
    python = folder / "env/bin/python"
    run(UV, "pip", "install", "--offline", "--no-deps", "--python", python, file, cwd=folder)
    shown = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    site = Path(shown.stdout.strip())
    (own,) = site.glob("standoff-*.dist-info")
    lend(metadata.PathDistribution(own).requires or [], site)
    return folder


def lend(requirements: list[str], site: Path) -> None:
    """Link declared packages, and what those need, from the environment of the tests."""
    waiting = [Requirement(r) for r in requirements]
    done: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        key = f"{wanted.name.lower()}{sorted(wanted.extras)}"
        if key in done or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        done.add(key)
        held = metadata.distribution(wanted.name)
        assert wanted.specifier.contains(held.version, prereleases=True), wanted
        for needed in map(Requirement, held.requires or []):
            extras = wanted.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                needed.marker = None
                waiting.append(needed)
        for top in {
            f.parts[0] for f in held.files or () if f.parts[0] not in ("..", "__pycache__")
        }:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(held.locate_file(top))))


def test_the_command_works_where_only_the_package_is(clean) -> None:
    standoff = clean / "env/bin/standoff"
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert run(standoff, "--version", cwd=clean).stdout == f"standoff {version}\n"
    shown = run(
        clean / "env/bin/python", "-c", "import standoff; print(standoff.__file__)", cwd=clean
    )
    assert str(clean) in shown.stdout
    out = run(standoff, "demo", "--draws", "100", cwd=clean).stdout
    assert "90 % interval" in out and (clean / "west-pacific-brief.html").exists()
    assert "words" in run(standoff, "glossary", "words and deeds", cwd=clean).stdout
    assert "unilateral_deterrence" in run(standoff, "game", "list", cwd=clean).stdout
    said = "from standoff.states import crosswalk; print(crosswalk(2))"
    assert run(clean / "env/bin/python", "-c", said, cwd=clean).stdout == "USA\n"


def test_what_needs_an_extra_names_it(clean) -> None:
    asked = run(clean / "env/bin/standoff", "open", "--dossier", "west-pacific.standoff",
                cwd=clean, ok=False)  # fmt: skip
    assert asked.returncode == 2 and "missing-extra" in asked.stderr and "web" in asked.stderr


def test_nothing_of_the_workshop_is_in_the_files(built) -> None:
    (wheel,), (source,) = built.glob("*.whl"), built.glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    assert all(n.startswith(("standoff/", "standoff-")) for n in names)
    assert any(n.endswith("py.typed") for n in names)
    with tarfile.open(source) as archive:
        held = archive.getnames()
    assert not [n for n in held if "/.venv" in n or n.endswith((".standoff-wal", ".whl"))]
