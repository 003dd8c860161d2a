"""`standoff check-brief` at the terminal: kinds of files, bad files, order, JSON, the copy."""

from __future__ import annotations

import json

import docx
import pytest
from tests.unit.read.documents.test_load import pdf_of
from typer.testing import CliRunner

from standoff.cli import app

LINES = [
    "12 May 2024",
    "A blockade is very unlikely (35%).",
    "China has 370 ships.",
    "We judge with high confidence that talks are likely this year.",
]


def run(*words, code: int = 0):
    result = CliRunner().invoke(app, ["check-brief", *map(str, words)])
    assert result.exit_code == code, result.output + result.stderr
    return result


def as_docx(path) -> None:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(path))


@pytest.fixture(params=["md", "txt", "html", "docx", "pdf"])
def brief(request, tmp_path):
    path = tmp_path / f"brief.{request.param}"
    if request.param == "docx":
        as_docx(path)
    elif request.param == "pdf":
        path.write_bytes(pdf_of(["\n".join(LINES)]))
    elif request.param == "html":
        body = "".join(f"<p>{line}</p>" for line in LINES)
        path.write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    else:
        path.write_text("\n\n".join(LINES), "utf-8")
    return path


def test_every_kind_of_file_is_read(brief) -> None:
    record = json.loads(run(brief, "--format", "json").stdout)
    assert record["published"] == "2024-05-12"
    kinds = [f["kind"] for f in record["findings"]]
    assert kinds[0] == "band" and set(kinds) >= {"band", "source", "confidence"}
    for item in record["items"]:
        assert item["quote"]


def test_the_terminal_prints_the_most_serious_first(brief) -> None:
    out = run(brief).stdout
    heads = [out.index(h) for h in ("cannot all be right", "hangs on no source", "form ")]
    assert heads == sorted(heads)
    assert '"very unlikely" stands for 5-20 % ICD' in out


def test_a_copy_is_written(brief, tmp_path) -> None:
    copy = tmp_path / "copy.html"
    assert f"wrote    {copy}" in run(brief, "--out", copy).stdout
    page = copy.read_text("utf-8")
    assert "370" in page and "cannot all be right" in page
    assert "a file that can be written" in run(brief, "--out", tmp_path, code=2).stderr


def test_long_lists_are_cut_and_counted(tmp_path) -> None:
    path = tmp_path / "b.md"
    path.write_text("12 May 2024\n\n" + "\n\n".join(f"China has {n} ships." for n in range(30, 50)))
    out = run(path).stdout
    assert "hangs on no source  20" in out and "... and 15 more (--all)" in out
    assert "... and" not in run(path, "--all").stdout


def test_quotations_are_held_against_a_dossier(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.txt").write_text("Xi said: “We will never renounce the use of force.”", "utf-8")
    (tmp_path / "b.md").write_text(
        "12 May 2024\n\nXi said, “We will always renounce the use of force.” He spoke of “a very good harvest this year”.",
        "utf-8",
    )
    for words in (
        ["new", "a", "--empty"],
        ["read", "r.txt", "--published", "2024-05-01", "--dossier", "a.standoff"],
    ):
        assert CliRunner().invoke(app, words).exit_code == 0
    out = run("b.md", "--dossier", "a.standoff").stdout
    assert "D-001 has it otherwise: we will [-always-]{+never+} renounce" in out
    assert "stands in no document of the dossier" in out
    assert "held against nothing" in run("b.md").stdout


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.md", b"", "an empty file"),
        ("blank.txt", b" \n\t ", "an empty file"),
        ("broken.pdf", b"%PDF-1.7 this is no PDF", "a PDF that cannot be parsed"),
        ("picture.html", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("undated.md", b"War is unlikely.", "--published"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path, name, data, says) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run(path, code=2)
    assert says in result.stderr and result.stdout == ""


def test_a_missing_file_and_a_bad_day(tmp_path) -> None:
    assert "check the path" in run(tmp_path / "none.md", code=2).stderr
    path = tmp_path / "b.md"
    path.write_text("War is unlikely.")
    assert "--published" in run(path, "--published", "yesterday", code=2).stderr


def test_a_text_with_nothing_wrong(tmp_path) -> None:
    path = tmp_path / "b.md"
    path.write_text("The ministers met and talked.")
    out = run(path, "--published", "2024-05-12").stdout
    assert "0 probabilities" in out and "nothing was found wrong" in out
