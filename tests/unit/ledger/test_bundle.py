"""A bundle comes from others: every part is under a hash, and what it asks for can be run."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger import Ledger, read_bundle, write_bundle


@pytest.fixture
def bundle(book: Ledger, make, tmp_path: Path) -> Path:
    book.add(make.report(make.signal("s1", 0, 36, 3)))
    payload = {"draws": 400, "seed": 1, "software": "standoff", "focus": None}
    run = book.save_run(date(2021, 8, 13), payload)
    path = tmp_path / "run.zip"
    write_bundle(book, run, path)
    return path


def altered(path: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A copy of a zip in which one part is another; None leaves it out."""
    made = path.with_name("altered.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            raw = change(old.read(part)) if part == name else old.read(part)
            if raw is not None:
                new.writestr(part, raw)
    return made


def asking(**changes: Any) -> Callable[[bytes], bytes]:
    return lambda raw: json.dumps(json.loads(raw) | changes).encode()


def test_what_was_bundled_is_what_is_read(bundle: Path, tmp_path: Path) -> None:
    held = read_bundle(bundle, tmp_path)
    assert (held.manifest["draws"], held.manifest["seed"]) == (400, 1)
    assert held.run.as_of == date(2021, 8, 13)
    assert len(held.content.signals) == 1 and len(held.content.documents) == 1


@pytest.mark.parametrize("part", ["record.jsonl", "run.json"])
def test_a_part_that_was_changed_or_has_no_hash_is_refused(
    bundle: Path, tmp_path: Path, part: str
) -> None:
    with pytest.raises(BadRecord, match="another hash"):
        read_bundle(altered(bundle, part, lambda raw: raw + b" "), tmp_path)

    def without(raw: bytes) -> bytes:
        manifest = json.loads(raw)
        del manifest["sha256"][part]
        return json.dumps(manifest).encode()

    with pytest.raises(BadRecord, match="without a hash"):
        read_bundle(altered(bundle, "manifest.json", without), tmp_path)


def test_a_part_that_is_gone_is_refused(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="not there"):
        read_bundle(altered(bundle, "record.jsonl", lambda _: None), tmp_path)
    with pytest.raises(UnreadableFile):
        read_bundle(altered(bundle, "run.json", lambda _: None), tmp_path)


@pytest.mark.parametrize(
    "asked",
    [{"draws": 99}, {"draws": 100_001}, {"draws": 400.0}, {"draws": True}, {"seed": -1},
     {"seed": "1"}, {"report": 3}],
)  # fmt: skip
def test_a_run_that_cannot_be_made_is_refused(
    bundle: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    with pytest.raises(BadRecord):
        read_bundle(altered(bundle, "manifest.json", asking(**asked)), tmp_path)


@pytest.mark.parametrize("asked", [{"draws": 100}, {"draws": 100_000}, {"seed": 0}])
def test_the_edges_of_what_can_be_asked(
    bundle: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    held = read_bundle(altered(bundle, "manifest.json", asking(**asked)), tmp_path)
    assert asked.items() <= held.manifest.items()


def test_what_came_after_the_run_is_left_out(
    book: Ledger, make, tmp_path: Path, clock: Any
) -> None:
    book.add(make.report(make.signal("s1", 0, 36, 3)))
    run = book.save_run(date(2021, 8, 13), {"draws": 400, "seed": 1, "software": "standoff"})
    text = make.text + " More."
    book.add(make.report(make.signal("s1", 0, 36, 3, text=text), text=text))
    write_bundle(book, run, tmp_path / "run.zip")
    assert len(read_bundle(tmp_path / "run.zip", tmp_path).content.documents) == 1


def test_equal_runs_are_one_and_the_last_that_was_not_aside_is_spoken_of(book: Ledger) -> None:
    first = book.save_run(date(2021, 8, 13), {"draws": 400})
    aside = book.save_run(date(2021, 8, 12), {"draws": 400, "n": 2}, aside=True)
    assert first != aside and len(book.runs()) == 2
    spoken = book.last_assessed()
    assert spoken is not None and spoken.handle == first
    again = book.save_run(date(2021, 8, 12), {"draws": 400, "n": 2})
    spoken = book.last_assessed()
    assert again == aside and len(book.runs()) == 2
    assert spoken is not None and spoken.handle == aside
