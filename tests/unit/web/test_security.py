"""What comes from elsewhere stays out, what strangers wrote stays text, and looking changes nothing."""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from standoff.ledger import Ledger
from standoff.web import create_app
from standoff.web.guard import MOST_BYTES

from .conftest import HERE, HOSTILE, token

D = "/d/demo"
GETS = [
    "/", D, f"{D}/desk", f"{D}/text", f"{D}/text/D-005", f"{D}/text/D-001", f"{D}/text/D-004?beside=D-005",
    f"{D}/text/D-004?sel=S-1071&edit=1", f"{D}/text/D-004?mark=0-20", f"{D}/card/D-004/S-1071",
    f"{D}/map", f"{D}/map?start=Ishigaki&end=Taiwan&at=24,122&km=300", f"{D}/brief", f"{D}/brief?edit=1.1", f"{D}/brief?export=html", f"{D}/brief?export=md",
    f"{D}/brief?export=json", f"{D}/timeline", f"{D}/timeline?pair=CHN%3ETWN:hostility&clock=reported", f"{D}/system", f"{D}/whatif", f"{D}/whatif?l.deeds:JPN=1&tab=tornado", f"{D}/whatif?l.deeds:JPN=never", f"{D}/why?h=S-1071",
    f"{D}/why?h=L-JPN%3ETWN@2021-08-13", f"{D}/search?q=Taiwan", f"{D}/search?q=an+unseen+phrase",
    f"{D}/history", f"{D}/desk?asof=2021-07-01", f"{D}/desk?rec=2021-07-01",
]  # fmt: skip


def heads(path: Path) -> dict[str, int]:
    """The last number of every table that holds what people know."""
    with sqlite3.connect(path) as connection:
        return {
            t: connection.execute(" ".join(("SELECT max(rowid) FROM", t))).fetchone()[0] or 0
            for t in ("document", "signal", "claim", "decision", "activity", "run", "event")
        }


@pytest.fixture(scope="module")
def pages(client, demo):
    """Every page, fetched once, with the dossier's bytes before and after."""
    found = {}

    def get(address: str):
        if address not in found:
            before = heads(demo), hashlib.sha256(demo.read_bytes()).hexdigest()
            page = client.get(address)
            found[address] = (
                page,
                before,
                (heads(demo), hashlib.sha256(demo.read_bytes()).hexdigest()),
            )
        return found[address]

    return get


@pytest.mark.parametrize("address", GETS)
def test_looking_never_changes_the_dossier(pages, address) -> None:
    page, before, after = pages(address)
    assert page.status_code == 200, page.text[:2000]
    assert before == after


@pytest.mark.parametrize("address", GETS)
def test_every_page_has_the_headers_and_loads_only_our_own(pages, address) -> None:
    page = pages(address)[0]
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy or "export" in address
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "same-origin"
    if "export" in address:
        return
    for script in re.findall(r"<script[^>]*>", page.text):
        assert script == '<script type="module" src="/static/app.js">'
    for element in re.findall(r"<[a-z][^>]*>", page.text):
        bare = re.sub(r'"[^"]*"', '""', element)
        assert not re.search(r"\s(on\w+|style)=", bare), f"the policy refuses {bare}"
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)


@pytest.mark.parametrize("address", GETS)
def test_what_strangers_wrote_is_never_markup(pages, address) -> None:
    text = pages(address)[0].text
    assert "<script>alert" not in text and "<img src=x" not in text and "<svg onload" not in text
    assert "<i>title</i>" not in text and "\u202e" not in text and "\x1b" not in text
    assert ">49<" not in text


def test_a_text_stands_there_whole_to_the_last_code_point(client) -> None:
    page = client.get(f"{D}/text/D-005").text
    body = page.split('<div class="report" lang="">')[1].split("</p></div>")[0]
    shown = html.unescape(re.sub(r"<[^>]+>", "", body.replace("&#13;", "\r")))
    seen = HOSTILE.translate({0x202E: 0xFFFD, 0x202C: 0xFFFD, 0x1B: 0x241B})
    assert shown == seen and len(shown) == len(HOSTILE)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:8765"},
        {"host": "127.0.0.1.evil.example"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    ],
)
def test_requests_of_other_pages_are_refused(client, headers) -> None:
    page = client.get(f"{D}/desk", headers=headers)
    assert page.status_code in (400, 403)
    assert "expected" in page.text and "frame-ancestors" in page.headers["content-security-policy"]


def test_a_link_from_elsewhere_may_be_followed(client) -> None:
    headers = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert client.get(f"{D}/text/D-004", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:81"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_another_page_is_refused(writer, own, headers) -> None:
    before = heads(own)
    form = {"token": token(writer), "handle": "S-1071", "action": "accept"}
    assert writer.post("/d/own/do/decide", data=form, headers=headers).status_code == 403
    assert heads(own) == before


@pytest.mark.parametrize("given", ["", "wrong", "é" * 20])
def test_a_change_without_the_token_is_refused(writer, own, given) -> None:
    before = heads(own)
    form = {"token": given, "handle": "S-1071", "action": "accept"}
    answer = writer.post("/d/own/do/decide", data=form)
    assert answer.status_code == 403 and "reload" in answer.text
    assert heads(own) == before


@pytest.mark.parametrize("act", ["decide", "undo", "edit", "mark", "grade", "read", "assess"])
def test_changes_are_never_made_by_looking(writer, own, act) -> None:
    before = heads(own)
    answer = writer.get(f"/d/own/do/{act}", params={"token": token(writer), "handle": "S-1071"})
    assert answer.status_code in (404, 405)
    assert heads(own) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(client, method) -> None:
    assert client.request(method, f"{D}/desk").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "%2e%2e",
        "..%2fdemo",
        "demo%00",
        "a/b",
        ".hidden",
        "demo.standoff",
        "a" * 200,
        "%5cdemo",
    ],
)
def test_no_name_leads_out_of_the_folder(client, name) -> None:
    assert client.get(f"/d/{name}/desk").status_code in (400, 404)


def test_static_files_are_ours_alone(client) -> None:
    assert client.get("/static/app.js").status_code == 200
    for address in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd"):
        assert client.get(address).status_code == 404


def test_a_link_to_a_file_elsewhere_is_no_dossier(tmp_path, demo) -> None:
    (tmp_path / "linked.standoff").symlink_to(demo)
    browser = TestClient(create_app(tmp_path), base_url=HERE)
    assert browser.get("/d/linked/desk").status_code == 404


def test_bodies_and_addresses_are_bounded(client) -> None:
    long = client.get(f"{D}/search", params={"q": "x" * 9000})
    assert long.status_code == 414
    huge = client.post(
        f"{D}/do/read", headers={"content-length": str(MOST_BYTES + 1)}, content=b"x"
    )
    assert huge.status_code == 413

    def unending():
        for _ in range(MOST_BYTES // 2**20 + 2):
            yield b"x" * 2**20

    kind = {"content-type": "application/octet-stream"}
    many = client.post(f"{D}/do/read", headers=kind, content=unending())
    assert many.status_code in (400, 403, 413)


def test_another_host_needs_the_key(demo) -> None:
    browser = TestClient(
        create_app(demo, hosts=("desk.example",), key="k3y"), base_url="http://desk.example"
    )
    assert browser.get(f"{D}/desk").status_code == 403
    assert browser.get("/?key=wrong").status_code == 403
    entered = browser.get("/?key=k3y", follow_redirects=False)
    assert entered.status_code == 303 and "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=Strict" in entered.headers["set-cookie"]
    assert browser.get(f"{D}/desk", follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"{D}/text/D-999", f"{D}/why?h=S-99999", f"{D}/why?h=nonsense", f"{D}/desk?asof=never",
        f"{D}/desk?asof=2021-13-45", f"{D}/desk?rec=x", f"{D}/card/D-004/S-999", "/d/absent/desk",
        "/nowhere", "/job/unknown",
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_page_with_a_reason(client, address) -> None:
    page = client.get(address)
    assert page.status_code in (400, 404) and 'role="alert"' in page.text
    assert "Traceback" not in page.text


def test_a_dossier_of_a_newer_version_is_listed_with_the_reason(tmp_path, demo) -> None:
    data = bytearray(demo.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    (tmp_path / "newer.standoff").write_bytes(bytes(data))
    (tmp_path / "noise.standoff").write_bytes(b"no dossier at all")
    browser = TestClient(create_app(tmp_path), base_url=HERE)
    page = browser.get("/")
    assert (
        page.status_code == 200 and "data model 99" in page.text and "no SQLite file" in page.text
    )
    assert "data model 99" in browser.get("/d/newer/desk").text


def test_a_view_of_the_past_cannot_write(own) -> None:
    from standoff.api.screens import look
    from standoff.errors import StandoffError

    with look(own) as view, pytest.raises(StandoffError):
        view.ledger.accept(["S-1071"])
    with look(own) as view, pytest.raises(sqlite3.DatabaseError):
        # Deletions are refused by the file itself; an insert is refused by the view alone.
        view.ledger.store.connection.execute("INSERT INTO meta (key, value) VALUES ('a', 'b')")
    with Ledger.open(own) as ledger:
        assert ledger.signal("S-1071").state == "suggested"
