"""`standoff read` on feeds, documents with pages, batches, and options that do not go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli.app import app

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Launch</title><link>https://example.org/1</link><pubDate>Tue, 10 Aug 2021 08:00:00 GMT</pubDate>
<description>Japan condemned the Chinese launch.</description></item>
<item><title>Ships</title><link>https://example.org/2</link>
<description>China sent warships towards Taiwan.</description></item></channel></rss>"""
PAGE = "<html><body><article><p>Nothing was said about it in the morning.</p><p>Japan condemned the Chinese launch.</p></article></body></html>"


def read(*options: str, code: int = 0):
    ran = CliRunner().invoke(app, ["read", *options])
    assert ran.exit_code == code, ran.output
    return ran


def signals(text: str) -> list[dict[str, object]]:
    return [r for r in map(json.loads, text.splitlines()) if r["type"] == "signal"]


def test_each_item_of_a_feed_is_read_on_its_own_day(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    ran = read(str(tmp_path / "feed.xml"), "--published", "2021-08-13", "--format", "jsonl")
    first, second = signals(ran.stdout)
    assert (first["doc"], first["where"]) == ("https://example.org/1", "item 1")
    assert first["date"]["from"] == "2021-08-10" and second["date"]["from"] == "2021-08-13"


def test_a_feed_is_kept_in_a_dossier_item_by_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["new", "case"]).exit_code == 0
    Path("feed.xml").write_text(FEED)
    read("feed.xml", "--published", "2021-08-13", "--dossier", "case.standoff")
    listed = (
        CliRunner()
        .invoke(app, ["signals", "--dossier", "case.standoff", "--format", "json"])
        .stdout
    )
    assert "Japan condemned the Chinese launch" in listed and "China sent warships" in listed


def test_offsets_of_a_page_lead_back_to_its_paragraph(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (signal,) = signals(
        read(str(tmp_path / "page.html"), "--published", "2021-08-13", "--format", "jsonl").stdout
    )
    assert signal["where"] == "paragraph 2"


def test_a_batch_goes_to_a_file_and_bad_lines_set_the_exit_code(tmp_path: Path) -> None:
    line = {"id": "a", "text": "Japan condemned the Chinese launch.", "published": "2021-08-13"}
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(line) + "\nno json\n")
    out = tmp_path / "out.jsonl"
    ran = read("--batch", str(source), "--out", str(out), code=1)
    assert "line 2" in ran.stderr and "1 documents read, 1 refused" in ran.stderr
    assert [s["doc"] for s in signals(out.read_text())] == ["a"]
    source.write_text("no json\n")
    read("--batch", str(source), "--format", "jsonl", code=2)


def test_a_batch_goes_to_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    source = tmp_path / "in.jsonl"
    source.write_text(
        json.dumps(
            {"id": "a", "text": "Japan condemned the Chinese launch.", "published": "2021-08-13"}
        )
    )
    read("--batch", str(source), "--out", str(tmp_path / "out"), "--format", "parquet")
    table = pq.read_table(tmp_path / "out" / "part-00000.parquet").to_pylist()
    row = next(r for r in table if r["type"] == "signal")
    assert (row["doc"], row["event"], row["from"]) == ("a", "ACCUSE", "2021-08-13")
    assert json.loads(row["record"])["quote"] == row["quote"]


@pytest.mark.parametrize(
    "options",
    [
        ("--batch", "x.jsonl", "--coder", "llm"),
        ("--batch", "x.jsonl", "--dossier", "d.standoff"),
        ("a.txt", "--published", "2021-08-13", "--out", "y"),
        ("a.txt", "--published", "2021-08-13", "--format", "parquet"),
        ("a.txt", "--published", "2021-08-13", "--coder", "llm"),
        ("--batch", "nowhere.jsonl"),
        ("nowhere.txt", "--published", "2021-08-13"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Japan condemned the Chinese launch.")
    assert "came; expected" in read(*options, code=2).stderr
