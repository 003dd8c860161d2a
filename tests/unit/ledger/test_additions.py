"""Facts and actors of the analyst's own live in the dossier like every other decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from standoff.errors import InputError, LedgerError
from standoff.ledger import FACT_COLUMNS, Ledger, as_csv, collect, make_dossier, verify
from standoff.ledger.exchange import read_content, write_content

ROW = {"kind": "distance", "subject": "Alpha", "object": "Beta", "value": "12", "unit": "km",
       "source": "survey 2020"}  # fmt: skip
OTHER = {**ROW, "object": "Gamma", "value": "15"}


def test_a_row_counts_once_and_undo_takes_it_back(book: Ledger, clock: Any) -> None:
    first = book.add_facts([ROW, dict(ROW)], "my survey")
    assert book.add_facts([{**ROW, "note": "  "}]) == ""
    clock.tick()
    book.add_facts([ROW, OTHER])
    assert [r["object"] for r in book.added_facts()] == ["Beta", "Gamma"]
    assert tuple(book.added_facts()[0]) == FACT_COLUMNS
    book.undo(first)
    assert [r["object"] for r in book.added_facts()] == ["Gamma"]
    # Taken back, it can be added again; and the undo undone does not make it two.
    book.add_facts([ROW])
    book.undo(next(d.batch for d in book.decisions(f"batch:{first}")))
    assert sorted(r["object"] for r in book.added_facts()) == ["Beta", "Gamma"]
    (held, *_) = book.decisions(action="add_fact")
    assert (held.author, held.reason, held.batch) == ("analyst", "my survey", first)
    assert not verify(book.store)


def test_the_past_knows_what_was_added_then(book: Ledger, clock: Any) -> None:
    book.add_facts([ROW])
    clock.tick(60)
    book.add_actors([{"name": "Gondor", "code": "GON"}])
    with Ledger.open(book.path, recorded_by="2021-08-13T00:10:00Z") as past:
        assert len(past.added_facts()) == 1 and past.added_actors() == ()
        with pytest.raises(LedgerError):
            past.add_facts([OTHER])
    assert book.added_actors()[0]["name"] == "Gondor"


@pytest.mark.parametrize("form", ["plover", "annotation", "csv"])
def test_additions_travel_with_every_export(book: Ledger, tmp_path: Path, form: str) -> None:
    book.add_facts([ROW], "because")
    book.add_actors([{"name": "Gondor", "code": "GON", "office": "Steward"}])
    write_content(collect(book.store), tmp_path / "out", form)
    make_dossier(read_content(tmp_path / "out", form), tmp_path / "again.standoff")
    with Ledger.open(tmp_path / "again.standoff") as again:
        assert again.added_facts() == book.added_facts()
        assert again.added_actors() == book.added_actors()
        assert again.decisions() == book.decisions()


@pytest.mark.parametrize("row", [{"colour": "red"}, {}, {"kind": "  "}])
def test_rows_that_say_nothing_are_refused(book: Ledger, row: dict[str, str]) -> None:
    with pytest.raises(InputError):
        book.add_facts([ROW, row])
    assert book.added_facts() == ()


def test_csv_holds_commas_and_quotes() -> None:
    text = as_csv("actor", [{"name": 'the "A", B', "code": "ABC"}])
    assert text.splitlines()[1] == '"the ""A"", B",ABC,,,,,'
