"""Out and in again gives back what was there, in every format; damage on the way is noticed."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from standoff.errors import (
    BadRecord,
    DossierExists,
    InputError,
    LedgerError,
    SpanMismatch,
    StandoffError,
    UnreadableFile,
)
from standoff.ledger import (
    FORMATS,
    Ledger,
    SignalQuery,
    collect,
    compare_layers,
    fingerprint,
    make_dossier,
    read_content,
    restore_layer,
    verify,
    write_content,
)
from standoff.terms import Claim, Document, OpenContent, Outcome, Report, Span, Verdict

# What trips formats: quotes, commas, all kinds of line ends, formulas, NUL, bidi marks, astral.
NASTY = '=SUM(A1)\r\n"a", b\rc\u2028d\u0085 \x00 \u202eabc\u202c \U0001f6a2 ships sailed on.\n'


@pytest.fixture
def full(book: Ledger, make, clock) -> Ledger:
    claim = Claim("c1", Span.of(make.text, 37, 63), "distance", "90 km", OpenContent("test"))
    book.add(
        make.report(make.signal("s1", 0, 36, 3), make.signal("s2", 64, 92, 4), claims=(claim,)),
        [Verdict("c1", Outcome.CONTRADICTED, "measured 108 km")],
        event_keys={"s1": "pledge"},
    )
    nasty = make.signal("s1", 0, len(NASTY), 5, text=NASTY)
    document = Document.from_text(NASTY, title="-1+2", source="@wire", published=date(2021, 8, 5))
    book.add(Report(document, (nasty,)))
    raw = "Zuri\u0304ch ships: é".encode("utf-16")
    text = raw.decode("utf-16")
    coded = make.signal("s1", 0, len(text), 6, text=text)
    book.add(
        Report(
            Document(hashlib.sha256(raw).hexdigest(), text, "t", "s", date(2021, 8, 6), "utf-16"),
            (coded,),
        ),
        content=raw,
    )
    clock.tick()
    book.accept(["S-001", "S-003"], "=cmd|' /C calc'!A0")
    book.edit("S-002", {"explicitness": 0}, "vague")
    book.merge("E-001", "E-002", "one")
    book.grade("Wire", "B", "right before")
    book.undo()
    book.save_run(
        date(2021, 8, 13),
        {
            "parts": {"war": {"label": "war", "median": 0.1 + 0.2, "rests_on": ["L-A>B@2021-08"]}},
            "levels": [{"handle": "L-A>B@2021-08", "signals": ["S-001"]}],
        },
    )
    return book


@pytest.mark.parametrize("form", FORMATS)
def test_a_round_trip_is_the_identity(full: Ledger, form: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_content(collect(full.store), first, form)
    content = read_content(first, form)
    assert content == collect(full.store)
    make_dossier(content, tmp_path / "again.standoff")
    with Ledger.open(tmp_path / "again.standoff") as again:
        assert collect(again.store) == collect(full.store)
        assert again.signals() == full.signals() and again.events() == full.events()
        assert again.claims() == full.claims() and again.decisions() == full.decisions()
        assert again.gradings() == full.gradings() and again.runs() == full.runs()
        assert again.used_by("S-001") == full.used_by("S-001") != ()
        assert fingerprint(again) == fingerprint(full)
        assert verify(again.store) == ()
        write_content(collect(again.store), second, form)
    names = sorted(p.name for p in first.iterdir()) if first.is_dir() else [""]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_plover_lines_carry_plovers_own_fields(full: Ledger, tmp_path: Path) -> None:
    write_content(collect(full.store), tmp_path / "a.jsonl", "plover")
    lines = [json.loads(x) for x in (tmp_path / "a.jsonl").read_text("utf-8").split("\n") if x]
    events = [x for x in lines if "type" in x]
    assert len(events) == 4
    assert events[0]["type"] == "SUPPORT" and events[0]["date"] == "2021-08-03"
    assert events[0]["actor"] == [{"code": "JPN", "sector": "GOV"}]
    assert events[0]["recip"][0]["code"] == "CHN"
    assert events[0]["text"] == "Tokyo pledged help on 3 August 2021."


def test_annotations_point_by_quote_and_by_position(full: Ledger, tmp_path: Path) -> None:
    write_content(collect(full.store), tmp_path / "a.json", "annotation")
    whole = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    texts = {d.sha256: full.document(d.handle).text for d in full.documents()}
    for item in whole["first"]["items"]:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"].removeprefix("urn:sha256:")]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
    assert whole["total"] == len(whole["first"]["items"]) == 5


def test_no_cell_of_a_table_is_a_formula(full: Ledger, tmp_path: Path) -> None:
    write_content(collect(full.store), tmp_path / "t", "csv")
    package = json.loads((tmp_path / "t" / "datapackage.json").read_text("utf-8"))
    guarded = 0
    for resource in package["resources"]:
        raw = (tmp_path / "t" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        with (tmp_path / "t" / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [f["name"] for f in resource["schema"]["fields"]]
        for cell in (c for row in rows[1:] for c in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            guarded += cell.startswith("'")
    assert guarded >= 4


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_another_kind_is_refused(form: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe not an export\n")
    with pytest.raises((UnreadableFile, BadRecord)):
        read_content(tmp_path / "x", form)
    with pytest.raises(InputError):
        read_content(tmp_path / "none", form)


def test_damage_on_the_way_is_noticed(full: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_content(collect(full.store), path, "plover")
    whole = path.read_text("utf-8")
    for old, new, error in (
        ("It lies 90 km from Taiwan.", "It lies 95 km from Taiwan.", BadRecord),
        ('"start":64', '"start":63', (SpanMismatch, BadRecord)),
        ('\\"explicitness\\":2', '\\"explicitness\\":3', BadRecord),
    ):
        path.write_text(whole.replace(old, new), encoding="utf-8")
        with pytest.raises(error):
            make_dossier(read_content(path), tmp_path / "bad.standoff")
        assert not (tmp_path / "bad.standoff").exists()
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(StandoffError):
        make_dossier(read_content(path), tmp_path / "bad.standoff")


def test_two_records_are_not_merged(full: Ledger, tmp_path: Path) -> None:
    with pytest.raises(DossierExists):
        make_dossier(collect(full.store), full.path)


def test_a_second_coding_comes_in_as_a_layer(full: Ledger, make, tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "other.standoff", system="x", author="second") as other:
        other.add(
            make.report(
                make.signal("x1", 0, 30, 3, explicitness=3, coder="second"),
                make.signal("x2", 37, 63, 3, coder="second"),
            )
        )
        content = collect(other.store)
    before = full.events()
    assert restore_layer(full.store, content, "second") == 2
    assert full.events() == before and len(full.signals()) == 4
    assert [s.event for s in full.find(SignalQuery(layer="second"))] == ["", ""]
    result = compare_layers(full, "second")
    assert result.matched == 1 and len(result.only_second) == 1
    assert result.only_first == ("S-002",)
    assert [(d.field, d.first_value, d.second_value) for d in result.disagreements] == [
        ("explicitness", "2", "3")
    ]
    assert result.f1 == pytest.approx(2 / 4)
    assert verify(full.store) == ()
    with pytest.raises(LedgerError):
        restore_layer(full.store, content, "main")


def test_the_fingerprint_tells_edits_and_reasons_apart(book: Ledger, make, tmp_path: Path) -> None:
    book.add(make.report(make.signal("s1", 0, 36, 3)))
    marks = [fingerprint(book)]
    for explicitness, reason in ((1, "hedged"), (3, "hedged"), (3, "both named")):
        batch = book.edit("S-001", {"explicitness": explicitness}, reason)
        marks.append(fingerprint(book))
        write_content(collect(book.store), tmp_path / f"{batch}.jsonl", "plover")
        make_dossier(read_content(tmp_path / f"{batch}.jsonl"), tmp_path / f"{batch}.standoff")
        with Ledger.open(tmp_path / f"{batch}.standoff") as copy:
            assert fingerprint(copy) == marks[-1]
    assert len(set(marks)) == 4
