"""`standoff check FILE`: any text, the gravest claim first, counts with reasons, an exit code."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from typer.testing import CliRunner

from standoff.cli import app

TEXT = (
    "Ishigaki is about 220 km from Taiwan. Jon Doe, the British prime minister, spoke. "
    "German Chancellor Angela Merkel met him on Monday."
)


def run(*words: str):
    return CliRunner().invoke(app, ["check", *words, "--published", "2024-01-10"])


def docx_of(text: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.encode()),
        ("a.md", f"# News\n\n{TEXT}\n".encode()),
        ("a.html", f"<html><body><p>{TEXT}</p></body></html>".encode()),
        ("a.docx", docx_of(TEXT)),
    ],
)
def test_any_file_that_read_takes(tmp_path, name, content) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run(str(path))
    assert result.exit_code == 1, result.output
    first = result.output.splitlines()[1]
    assert "contradicted" in first and "Merkel" in first and "Olaf Scholz" in first
    assert "1 supported, 1 contradicted" in result.output


def test_json_has_counts_and_the_reasons(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It was the first time ever. She sailed 20 km (10.8 nautical miles).", "utf-8")
    result = run(str(path), "--format", "json")
    assert result.exit_code == 0
    (found,) = json.loads(result.output)
    assert found["counts"]["SUPPORTED"] == 1 and found["counts"]["NOT_CHECKABLE"] == 1
    assert found["not_checked"] == {"a first or a record, of which no table tells": 1}
    assert [c["verdict"] for c in found["claims"]] == ["NOT_CHECKABLE", "SUPPORTED"]


def test_nothing_is_stored(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    run("a.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
