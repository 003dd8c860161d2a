"""Files of records: lines, arrays, and what is neither."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from standoff.errors import BadRecord, UnreadableFile
from standoff.terms import read_records


def written(folder: Path, text: str) -> Path:
    path = folder / "acts.jsonl"
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"a": 2}\n',
        '{"a": 1}\r\n\n   \n{"a": 2}',
        '[{"a": 1}, {"a": 2}]',
        ' \n [{"a": 1},\n{"a": 2}]\n',
        '\ufeff{"a": 1}\n{"a": 2}\n',
    ],
)
def test_lines_and_arrays_read_alike(tmp_path: Path, text: str) -> None:
    assert read_records(written(tmp_path, text)) == [{"a": 1}, {"a": 2}]


def test_a_line_mark_of_unicode_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    assert read_records(written(tmp_path, '{"a": "x\u2028y"}\n')) == [{"a": "x\u2028y"}]


def test_an_empty_file_holds_no_record(tmp_path: Path) -> None:
    assert read_records(written(tmp_path, "\n")) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"a": 1}\n\n7\n', "line 3: '7'"),
        ('[{"a": 1}, 7]', "item 2: '7'"),
        ('{"a": 1}\n{"a": \n', "line 2"),
        ("[{", "acts.jsonl"),
    ],
)
def test_what_is_no_record_is_named_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(BadRecord) as caught:
        read_records(written(tmp_path, text))
    assert where in str(caught.value)


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"a": 1}'))
    assert read_records(Path("-")) == [{"a": 1}]


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.jsonl"):
        read_records(tmp_path / "none.jsonl")
    path = tmp_path / "bytes"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile, match="bytes"):
        read_records(path)
