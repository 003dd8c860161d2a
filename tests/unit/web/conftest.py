"""One demo dossier for all tests of the app: made once, copied for those that change it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx")
pytest.importorskip("multipart")

from starlette.testclient import TestClient

from standoff.assess import assess_question, grade_sources, ingest, seed
from standoff.ledger import Ledger
from standoff.systems import load_reports, load_system
from standoff.web import create_app

HERE = "http://127.0.0.1"
SYSTEM = "west-pacific-2021"
HOSTILE = (
    'China accused Japan of <script>alert(1)</script> "interference" on Monday. '
    "Japan will deploy missiles to Ishigaki, {{ 7*7 }} its defence minister said.\r\n"
    "\u202eevil\u202c <img src=x onerror=alert(1)> \x1b[2J Beijing condemned Tokyo & Taipei. 🚀 "
    "The United States said it would defend Taiwan."
)
TITLE = "</title><script>alert('t')</script> <i>title</i>"
SOURCE = "\"><svg onload=alert(1)> ${7*7} ' OR 1=1 --"


def make_demo(path: Path, *, draws: int = 200) -> Path:
    """The shipped record and reports, a hostile report, and one run."""
    system = load_system(SYSTEM)
    with Ledger.create(path, system=SYSTEM) as ledger:
        seed(ledger, system)
        for report in load_reports(SYSTEM):
            ingest(
                ledger,
                report.text,
                published=report.published,
                source=report.source,
                title=report.title,
            )
            grade_sources(ledger, system, [report.source])
        ingest(ledger, HOSTILE, published=date(2021, 8, 12), source=SOURCE, title=TITLE)
        assess_question(ledger, system, as_of=system.as_of, draws=draws)
        ledger.search("index", 1)
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The demo dossier, to look at."""
    return make_demo(tmp_path_factory.mktemp("web") / "demo.standoff")


@pytest.fixture(scope="session")
def client(demo) -> TestClient:
    """A browser without a script, on the demo dossier."""
    return TestClient(create_app(demo), base_url=HERE, follow_redirects=True)


@pytest.fixture
def own(demo, tmp_path) -> Path:
    """A copy of the demo dossier, to change."""
    return Path(shutil.copy(demo, tmp_path / "own.standoff"))


@pytest.fixture
def writer(own) -> TestClient:
    """A browser on a copy that may be changed."""
    return TestClient(create_app(own, author="tester"), base_url=HERE, follow_redirects=True)


def token(client: TestClient, address: str = "/") -> str:
    """The secret that the forms of a page bring."""
    found = re.search(r'data-token="([^"]+)"', client.get(address).text)
    assert found
    return found[1]
