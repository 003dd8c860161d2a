"""The façade: what the README promises to people who write Python."""

from __future__ import annotations

from datetime import date

import pytest

import standoff as so
from standoff.errors import InputError

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
