"""The façade: what the README promises to people who write Python."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

import standoff as so
from standoff.errors import FactError, InputError, LedgerError

TEXT = "The U.S. destroyer Benfold passed through the Taiwan Strait. China condemned the passage."


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    path = tmp_path_factory.mktemp("api") / "a.standoff"
    with so.new_dossier(path) as made:
        made.read(TEXT, published=date(2021, 7, 30), source="a wire", title="Passage")
        yield made


def test_every_name_of_the_front_door_is_there() -> None:
    for name in so.__all__:
        assert getattr(so, name) is not None
    assert set(so.__all__) <= set(dir(so))
    with pytest.raises(AttributeError, match="nonsense"):
        so.nonsense  # noqa: B018


def test_signals_are_filtered_by_actor_object_and_channel(dossier) -> None:
    japan = dossier.signals(actor="JPN", on="TWN", channel="words")
    assert len(japan) > 10
    assert all("JPN" in row["actor"] and row["channel"] == "words" for row in japan)
    assert len(dossier.signals(as_of=date(2019, 1, 1))) < len(dossier.signals())


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_tables_become_frames(dossier, library) -> None:
    pytest.importorskip(library)
    frame = dossier.signals(actor="JPN").to_frame(library)
    names = list(frame.column_names if library == "pyarrow" else frame.columns)
    assert names[:3] == ["handle", "event", "document"]
    assert len(frame) == len(dossier.signals(actor="JPN"))


def test_tables_refuse_what_they_do_not_have(dossier) -> None:
    with pytest.raises(InputError, match="dask"):
        dossier.signals().to_frame("dask")
    with pytest.raises(InputError, match="colour"):
        dossier.signals().column("colour")


def test_notebook_tables_escape_what_reports_say() -> None:
    table = so.Table(({"quote": "<b>&"},), "t")
    assert "&lt;b&gt;&amp;" in table._repr_html_()


def test_a_stance_gives_levels_shifts_plots_and_diagnostics(dossier) -> None:
    stance = dossier.measure(at=date(2021, 8, 13))
    assert "JPN" in stance.levels().column("actor")
    assert stance.diagnostics().n_events > 100
    assert stance.shifts(within=52.0)[0].probability >= stance.shifts(within=52.0)[-1].probability
    plot = stance.plot("JPN", "TWN")
    assert plot["data"]["values"] and plot["$schema"].startswith("https://vega.github.io")


def test_assess_why_and_brief(dossier, tmp_path) -> None:
    answer = dossier.assess(draws=200)
    assert 0 < answer.war.median < 0.2
    assert dossier.why(f"{answer.run}#war").rests_on
    page = dossier.brief(tmp_path / "brief.html", draws=200)
    assert answer.run in page.read_text(encoding="utf-8")


def test_a_dossier_opens_again(dossier) -> None:
    with so.open_dossier(dossier.ledger.path) as again:
        assert repr(again) == repr(dossier)


def test_every_view_is_a_table_that_becomes_a_frame_even_when_it_is_empty(tmp_path) -> None:
    with so.new_dossier(tmp_path / "e.standoff", with_record=False) as empty:
        empty.read(TEXT, published=date(2021, 7, 30), source="a wire")
        batch = empty.ledger.accept([empty.signals()[0]["handle"]], "read it")
        empty.ledger.grade("a wire", "B", "usually right")
        views = {
            "signals": empty.signals(), "events": empty.events(), "documents": empty.documents(),
            "claims": empty.claims(outcome="CONTRADICTED"), "decisions": empty.decisions(),
            "grades": empty.grades(), "search": empty.search("Benfold"),
        }  # fmt: skip
        for name, table in views.items():
            assert (len(table) > 0) == (name != "claims"), name
            for library in ("polars", "pandas"):
                pytest.importorskip(library)
                frame = table.to_frame(library)
                assert tuple(frame.columns) == table.columns and len(frame) == len(table)
            assert all(f"<th>{column}</th>" in table._repr_html_() for column in table.columns)
        assert views["decisions"][0]["action"] == batch
        assert set(views["events"].column("signals")) == set(empty.signals().column("handle"))
        assert empty.signals(state="rejected").to_frame("pandas")["actor"].tolist() == []
        with pytest.raises(InputError):
            empty.signals(state="perhaps")
        found = empty.find(so.SignalQuery(state="accepted", limit=1))
        assert found.column("state") == ("accepted",)


def test_files_facts_and_names_go_in_through_the_api(tmp_path) -> None:
    file = tmp_path / "r.txt"
    file.write_bytes("Gondor condemned Côte d’Ivoire.".encode("cp1252"))
    with so.new_dossier(tmp_path / "f.standoff", with_record=False) as made:
        made.add_actors([{"name": "Gondor", "code": "GONGOV"}], because="a tale")
        fact = {"kind": "share", "subject": "JPN", "object": "milex_gdp_share", "value": "5",
                "unit": "% of GDP", "from": "2020-01-01", "to": "2020-12-31", "source": "mine"}  # fmt: skip
        assert made.add_facts([fact]) and made.add_facts([fact]) == ""
        with pytest.raises(FactError):
            made.add_facts([{**fact, "value": "7"}])
        made.read_file(file, published=date(2021, 8, 13), source="a wire")
        assert made.signals()[0]["actor"] == "GON"
        made.read(
            "Japan spent 5 percent of its GDP on defense in 2020.", published=date(2021, 8, 13)
        )
        assert made.claims().column("verdict") == ("SUPPORTED",)
        assert made.documents()[0]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    with so.open_dossier(tmp_path / "f.standoff", recorded_by="2020-01-01") as past:
        assert len(past.documents()) == len(past.decisions()) == 0
        with pytest.raises(LedgerError):
            past.add_facts([fact])
