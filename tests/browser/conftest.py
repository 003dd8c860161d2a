"""A real browser on a real server: headless Chromium, where the machine has one."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

import uvicorn
from playwright.sync_api import sync_playwright

import standoff as so
from standoff.assess import assess_question, grade_sources, ingest, seed
from standoff.ledger import Ledger
from standoff.systems import load_reports, load_system
from standoff.web import create_app

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
SYSTEM = "west-pacific-2021"
WRONG = "Ishigaki lies about 120 km from Taiwan. Japan will deploy missiles to Ishigaki, its defence minister said."


def pytest_collection_modifyitems(items):
    """Without a browser these tests are skipped, and say why."""
    if CHROMIUM is None:
        for item in items:
            if "tests/browser" in str(item.path):
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


def make_demo(path: Path) -> Path:
    """The shipped record and reports, one with a wrong distance, and one run."""
    system = load_system(SYSTEM)
    with Ledger.create(path, system=SYSTEM) as ledger:
        seed(ledger, system)
        for r in load_reports(SYSTEM):
            ingest(ledger, r.text, published=r.published, source=r.source, title=r.title)
            grade_sources(ledger, system, [r.source])
        ingest(ledger, WRONG, published=date(2021, 8, 12), source="Blog X", title="A distance")
        assess_question(ledger, system, as_of=system.as_of, draws=200)
        ledger.search("index", 1)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """A folder with the demo dossier and an empty one."""
    where = tmp_path_factory.mktemp("browser")
    make_demo(where / "demo.standoff")
    so.new_dossier(where / "empty.standoff", with_record=False).close()
    return where


@pytest.fixture(scope="session")
def serve():
    """Start a server on a folder; all are stopped at the end."""
    running = []

    def start(where: Path) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(where, author="tester"), host="127.0.0.1", port=port, log_level="error"
            )
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def address(serve, folder) -> str:
    """The server on the shared folder, to look at."""
    return serve(folder)


@pytest.fixture
def own(serve, folder, tmp_path) -> tuple[str, Path]:
    """A server on a copy of the demo dossier that may be changed, and the file."""
    path = Path(shutil.copy(folder / "demo.standoff", tmp_path / "own.standoff"))
    return serve(tmp_path), path


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page; whatever its scripts complain of fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860})
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda e: wrong.append(str(e)))
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    made.on(
        "request",
        lambda r: (
            wrong.append(r.url) if not r.url.startswith(("http://127.0.0.1:", "data:")) else None
        ),
    )
    yield made
    context.close()
    # A page of an error of ours is no fault of a script.
    assert not [w for w in wrong if "Failed to load resource" not in w], wrong
