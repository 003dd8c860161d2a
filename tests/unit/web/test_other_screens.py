"""Desk, Timeline, Map, System, What-if, Brief and the start page: what they show is what was computed."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
from starlette.testclient import TestClient

import standoff as so
from standoff.api.screens import (
    assessment_of,
    brief_screen,
    check_numbers,
    desk_screen,
    look,
    map_screen,
    read_scenario,
    reword,
    system_screen,
    text_screen,
    timeline_screen,
    whatif_screen,
)
from standoff.assess import assess_question
from standoff.brief import headline
from standoff.errors import InputError, StandoffError
from standoff.ledger import Ledger
from standoff.reference import GeoPoint, geodesic_km
from standoff.web import create_app

from .conftest import HERE, token

SCREENS = ["desk", "text", "timeline", "map", "system", "whatif", "brief"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> TestClient:
    """Dossiers without anything in them: of a system that ships, and of a drafted one."""
    folder = tmp_path_factory.mktemp("empty")
    so.new_dossier(folder / "bare.standoff", with_record=False).close()
    browser = TestClient(create_app(folder), base_url=HERE, follow_redirects=True)
    form = {"token": token(browser), "kind": "drafted", "name": "baltic", "challenger": "Russia",
            "protege": "EST", "day": "2022-01-15", "defenders": "USA, GBR", "supporters": ""}  # fmt: skip
    assert browser.post("/new", data=form).status_code == 200
    return browser


@pytest.mark.parametrize("name", ["bare", "baltic"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_stands_empty_and_says_what_to_do(empty, name, screen) -> None:
    page = empty.get(f"/d/{name}/{screen}")
    assert page.status_code == 200 and "<h1" in page.text and "Traceback" not in page.text


def drawings(html: str) -> list[str]:
    return re.findall(r"<svg.*?</svg>", html, re.S)


@pytest.mark.parametrize("screen", ["desk", "timeline", "map", "system", "whatif", "brief"])
def test_pictures_are_well_formed_named_and_have_a_table(client, screen) -> None:
    page = client.get(f"/d/demo/{screen}").text
    found = drawings(page)
    assert found and page.count("<table") >= 1
    for svg in found:
        tree = ElementTree.fromstring(svg)
        assert tree.get("aria-label")
        numbers = " ".join(v for e in tree.iter() for k, v in e.attrib.items() if k != "aria-label")
        assert not re.search(r"\b(nan|inf)\b", numbers)


def test_a_stored_run_is_read_back_as_it_was(own) -> None:
    with Ledger.open(own) as ledger:
        from standoff.systems import load_system

        made = assess_question(
            ledger, load_system(ledger.system), as_of=date(2021, 8, 1), draws=100
        )
        back = assessment_of(ledger.run(made.run))
    assert back.payload() == made.payload() and back.run == made.run
    assert back.levels[0].words.mean == pytest.approx(
        made.levels[0].words.mean, rel=1e-7
    )  # a stored run keeps eight digits


def test_the_desk_says_what_the_run_says(demo) -> None:
    with look(demo) as view:
        head, a = desk_screen(view).headline, assessment_of(view.run)
    assert head == headline(a), "one rule for terminal, desk and brief"


def test_only_words_of_a_report_stand_in_quotation_marks(demo, client) -> None:
    """S-138 is a note of the shipped record, S-1070 is read from a report."""
    with look(demo) as view:
        stored = {s.handle: s for s in view.ledger.signals()}
    for handle, noted in (("S-138", True), ("S-1070", False)):
        item = stored[handle]
        assert (item.signal.coder == "chronology") is noted
        page = client.get(f"/d/demo/text/{item.document}?sel={handle}").text
        card = re.search(r'<article class="card.*?</article>', page, re.S)
        assert card is not None and f'data-handle="{handle}"' in card[0]
        assert ("<blockquote>" in card[0]) is not noted
        assert ("note: " in card[0]) is noted
    line = client.get("/d/demo/timeline?pair=USA%3ETWN").text
    rows = re.findall(r"<tr><th scope=.row.><a class=.handle.[^>]*>(S-\d+)</a>.*?</tr>", line, re.S)
    assert rows
    for row in re.findall(r"<tr><th scope=.row.><a class=.handle.*?</tr>", line, re.S):
        handle = re.search(r">(S-\d+)<", row)[1]
        signal = stored[handle].signal
        noted = signal.coder == "chronology"
        assert ("note: " in row) is noted, row
        # Beside a note stand the source's own words, where they were kept.
        assert ("<q>" in row) is (bool(signal.said) if noted else True), row


def test_a_run_is_stale_once_something_was_decided(own) -> None:
    with look(own) as view:
        assert view.stale == ""
    with Ledger.open(
        own,
        author="later",
        clock=lambda: __import__("datetime").datetime(
            2031, 1, 1, tzinfo=__import__("datetime").UTC
        ),
    ) as ledger:
        ledger.reject(["S-1070"])
    with look(own) as view:
        assert "1 decision" in view.stale


def test_a_day_without_a_run_offers_one_and_makes_none(client) -> None:
    page = client.get("/d/demo/desk?asof=2021-07-01").text
    assert "Not assessed yet as of 2021-07-01" in page and "do/assess" in page


def test_the_timeline_keeps_words_and_deeds_apart_and_hatches_what_is_unknown(demo) -> None:
    with look(demo) as view:
        screen = timeline_screen(
            view, pair="JPN>TWN", first=date(2016, 1, 1), last=date(2021, 8, 13)
        )
        assert {m.channel for m in screen.marks} == {"words", "deeds"}
        assert screen.picture.svg.count("not known, not quiet") >= 2
        stored = {s.handle for s in view.ledger.signals(as_of=view.day)}
        assert {m.handle for m in screen.marks} <= stored
        known = timeline_screen(view, pair="JPN>TWN", clock="reported")
        assert all(m.first == m.available for m in known.marks)
        for bad in ({"pair": "JPN>XYZ"}, {"first": date(2021, 8, 1), "last": date(2021, 1, 1)}):
            with pytest.raises(InputError):
                timeline_screen(view, **bad)


def test_many_signals_become_bars_and_none_is_left_out(demo, monkeypatch) -> None:
    from standoff.api.screens import timeline

    monkeypatch.setattr(timeline, "MOST_MARKS", 3)
    with look(demo) as view:
        screen = timeline_screen(view, pair="USA>TWN", first=date(2010, 1, 1))
    counted = sum(int(n) for n in re.findall(r": (\d+) signals</title>", screen.picture.svg))
    words = [m for m in screen.marks if m.channel == "words"]
    deeds = [m for m in screen.marks if m.channel == "deeds"]
    assert counted == sum(len(x) for x in (words, deeds) if len(x) > 3)


def test_the_map_keeps_distances_from_its_centre() -> None:
    from standoff.api.screens.mappicture import Ground

    centre = GeoPoint(24.0, 122.0)
    ground = Ground(centre, 1000.0)
    x0, y0 = ground.point(centre)
    for other in (GeoPoint(24.4, 124.2), GeoPoint(35.7, 139.7), GeoPoint(1.3, 103.8)):
        x, y = ground.point(other)
        drawn = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5 / ground.scale
        # A sphere for the ellipsoid: within half a per cent.
        assert drawn == pytest.approx(geodesic_km(centre, other), rel=5e-3)


def test_the_ruler_measures_by_names_and_says_what_it_does_not_know(demo) -> None:
    with look(demo) as view:
        ruler = map_screen(view, start="Ishigaki", end="Taiwan").ruler
        # 218.6 km shore to shore: APP.md, measured on the same outlines.
        assert ruler[0].km == "218.6 km" and ruler[0].nmi == "118.0 nmi"
        lost = map_screen(view, start="Ishigakki", end="Taiwan")
        assert not lost.ruler and "Ishigaki" in lost.ruler_problem


def test_an_edge_is_what_taking_a_patron_away_does(demo) -> None:
    with look(demo) as view:
        screen = system_screen(view, why=lambda h: "#", whatif=lambda lever, amount: "#")
        other = whatif_screen(view, {"certain_abstain:USA": "1"})
    edge = next(e for e in screen.edges if e.source == "USA")
    row = next(r for r in other.rows if r.key == "attack")
    assert row.after.split(" (")[0] == edge.without
    assert edge.kind in ("deters", "provokes") and screen.picture.svg.count("edge-link") == len(
        screen.edges
    )


def test_levers_at_rest_change_nothing_and_moved_ones_do(demo) -> None:
    with look(demo) as view:
        rest = whatif_screen(view, {"deeds:JPN": "0", "capability:USA": "1"})
        assert all(not r.difference for r in rest.rows)
        moved = whatif_screen(
            view, {"deeds:JPN": "1"}, kept=["strong~deeds:JPN=1", "weak~deeds:JPN=-1"]
        )
        attack = moved.rows[0]
        assert attack.difference.startswith("−")  # a patron's deeds deter
        assert moved.compared[0].attack == attack.after.split(" (")[0]
        assert moved.compared[1].difference.startswith("+")


@pytest.mark.parametrize(
    "chosen",
    [
        {"deeds:JPN": "nan"},
        {"deeds:JPN": "x"},
        {"deeds:XYZ": "1"},
        {"threat:JPN": "1"},
        {"law:JPN": "7"},
    ],
)
def test_levers_that_cannot_be_are_refused(demo, chosen) -> None:
    with look(demo) as view, pytest.raises(StandoffError):
        whatif_screen(view, chosen)


def test_a_scenario_goes_through_an_address_unchanged() -> None:
    text = "strong~deeds:JPN=1~foresight=0~+MOBILIZE:3"
    assert read_scenario(text).text == text


def test_keeping_a_scenario_changes_the_address_alone(client, demo) -> None:
    before = demo.read_bytes()
    page = client.get("/d/demo/whatif?l.deeds:JPN=1&keep=k1&name=strong")
    assert "k1=strong~deeds%3AJPN%3D1" in str(page.url) and "strong" in page.text
    assert demo.read_bytes() == before


def test_words_of_a_brief_can_be_changed_and_numbers_cannot(own) -> None:
    with look(own) as view:
        brief = brief_screen(view)
    assert brief is not None
    first = brief.paragraphs[0][0]
    with pytest.raises(InputError):
        reword(own, "tester", brief.run, first.key, re.sub(r"\d", "9", first.text), "")
    with pytest.raises(InputError):
        reword(own, "tester", brief.run, first.key, first.text + " And 5 % more.", "")
    reword(own, "tester", brief.run, first.key, "We judge: " + first.text, "clearer")
    with look(own) as view:
        again = brief_screen(view)
        assert again is not None and again.paragraphs[0][0].text.startswith("We judge: ")
        assert again.paragraphs[0][0].was == first.text and again.paragraphs[0][0].edited
    with Ledger.open(own, author="tester") as ledger:
        ledger.undo()
    with look(own) as view:
        back = brief_screen(view)
        assert back is not None and not back.paragraphs[0][0].edited


@pytest.mark.parametrize(
    ("was", "now", "holds"),
    [
        ("3 % and 1.5", "1.5, then 3 %", True),
        ("3 %", "three per cent", False),
        ("1,100", "1,000", False),
        ("x", "", False),
    ],
)
def test_numbers_are_compared_as_they_stand(was, now, holds) -> None:
    if holds:
        check_numbers(was, now)
    else:
        with pytest.raises(InputError):
            check_numbers(was, now)


def test_exports_are_files_that_hold_the_sentences(client) -> None:
    for form in ("html", "md", "json"):
        answer = client.get(f"/d/demo/brief?export={form}")
        assert "attachment" in answer.headers["content-disposition"]
        assert "base rate" in answer.text and "<script" not in answer.text


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../evil"},
        {"name": ""},
        {"name": "a b"},
        {"challenger": "Atlantis"},
        {"protege": "RUS"},
        {"day": "x"},
        {"name": "bare"},
    ],
)
def test_a_new_dossier_that_cannot_be_leaves_nothing_behind(empty, tmp_path, change) -> None:
    form = {"token": token(empty), "kind": "drafted", "name": "other", "challenger": "Russia", "protege": "EST",
            "day": "2022-01-15", "defenders": "USA"} | change  # fmt: skip
    answer = empty.post("/new", data=form)
    assert answer.status_code == 400 and "What to do" in answer.text
    assert "/d/other/" not in empty.get("/").text


def test_a_title_of_a_thousand_pages_and_odd_names_stand(tmp_path, demo) -> None:
    shutil.copy(demo, tmp_path / "a-b.c_d.standoff")
    shutil.copy(demo, tmp_path / "with space.standoff")
    page = TestClient(create_app(tmp_path), base_url=HERE).get("/").text
    assert "/d/a-b.c_d/desk" in page and "with space" not in page


def test_pictures_show_in_a_notebook(demo) -> None:
    with look(demo) as view:
        shown = timeline_screen(view, pair="JPN>TWN").picture._repr_html_()
        assert shown.startswith("<figure><svg") and "<table>" in shown
        assert text_screen(view, "D-004").cards
