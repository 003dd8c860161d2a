"""A copy holds what was durable, also what still stands in the log, and leaves the dossier alone."""

from __future__ import annotations

import hashlib

import pytest

from standoff.errors import NoDossier, NotADossier
from standoff.ledger import Ledger, copy_dossier


def state_of(folder) -> dict[str, str]:
    files = (p for p in folder.iterdir() if p.is_file())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_copy_of_a_dossier_that_another_process_holds_open(tmp_path) -> None:
    path, to = tmp_path / "d.standoff", tmp_path / "copies" / "c.standoff"
    to.parent.mkdir()
    with Ledger.create(path, system="west-pacific-2021") as held:
        held.grade("a wire", "B", "usually right")
        before = {k: v for k, v in state_of(tmp_path).items() if not k.endswith("-shm")}
        copy_dossier(path, to)
        after = {k: v for k, v in state_of(tmp_path).items() if not k.endswith("-shm")}
        assert before == after
    with Ledger.open(to) as copy:
        assert copy.gradings()["a wire"].grade.value == "B"


def test_a_closed_dossier_and_its_folder_stay_as_they_are(tmp_path) -> None:
    path, to = tmp_path / "d.standoff", tmp_path / "c"
    Ledger.create(path, system="west-pacific-2021").close()
    before = state_of(tmp_path)
    copy_dossier(path, to)
    assert state_of(tmp_path) == before | {"c": state_of(tmp_path)["c"]}


def test_what_is_no_dossier_is_refused(tmp_path) -> None:
    with pytest.raises(NoDossier):
        copy_dossier(tmp_path / "none.standoff", tmp_path / "c")
    (tmp_path / "text").write_text("words")
    with pytest.raises(NotADossier):
        copy_dossier(tmp_path / "text", tmp_path / "c")
    assert not (tmp_path / "c").exists()
