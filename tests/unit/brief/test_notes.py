"""The words of a coder are a note in every table of a brief, and no quotation."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()


def test_a_note_is_called_a_note_and_the_words_of_a_report_are_quoted(tmp_path) -> None:
    made = str(tmp_path / "west.standoff")
    RUN.invoke(app, ["new", made.removesuffix(".standoff")])
    report = tmp_path / "r.txt"
    report.write_text("Japan condemned the Chinese launch.", encoding="utf-8")
    RUN.invoke(app, ["read", str(report), "--published", "2021-08-12", "--dossier", made])
    out = tmp_path / "brief.html"
    done = RUN.invoke(app, ["assess", "--as-of", "2021-08-13", "--draws", "200", "--dossier", made])
    assert done.exit_code == 0, done.output
    done = RUN.invoke(app, ["brief", "--out", str(out), "--dossier", made])
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    rows = re.findall(r"<td>(note: .+?|<q>.+?</q>)</td>", page)
    assert any(r.startswith("note: ") for r in rows)
    notes = {r.removeprefix("note: ") for r in rows if r.startswith("note: ")}
    quoted = set(re.findall(r"<q>(.+?)</q>", page))
    assert quoted and not notes & quoted
