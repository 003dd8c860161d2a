"""The first screen: what it may hold, that it says what the record says, and what is bad input."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import date

import pytest

from standoff.assess import assess_question, forecast_events, ingest, parts, read_events
from standoff.brief import headline, outlook_headline, page_lines
from standoff.forecast import draft_system
from standoff.ledger import Ledger
from standoff.systems import load_chronology, load_system
from standoff.terms import Estimate

SYSTEM = load_system("west-pacific-2021")
AT = date(2021, 8, 13)
HANDLE = re.compile(r"\b[A-Z]-[\w>:]+(?:@[\d-]+)?(?:#[\w.\-]+)?")
NUMBER = re.compile(r"\d{4}-\d\d-\d\d|\d[\d.,]*")


def numbers(lines: list[str]) -> list[str]:
    """Every number of a page but the digits of handles; a day is one."""
    return NUMBER.findall(HANDLE.sub("", "\n".join(lines)))


PAIRS = [
    ("RUS", "UKR", date(2022, 2, 23), (), ("USA", "GBR", "POL")),
    ("PRK", "KOR", date(2017, 9, 1), ("USA",), ("JPN",)),
    ("ARG", "GBR", date(1982, 3, 1), (), ("USA",)),
    ("IRQ", "KWT", date(1990, 7, 31), (), ("USA", "SAU")),
]


def test_it_is_one_page_of_at_most_forty_numbers(answer) -> None:
    lines = page_lines(headline(answer))
    assert len(lines) <= 23 and max(map(len, lines)) <= 100, "the 24th names the next commands"
    assert len(numbers(lines)) <= 40


@pytest.mark.parametrize(("c", "t", "on", "defenders", "supporters"), PAIRS)
def test_so_is_that_of_other_pairs_and_days(c, t, on, defenders, supporters) -> None:
    system = draft_system(c, t, on, defenders=defenders, supporters=supporters)
    found = forecast_events(system, [], as_of=on, draws=200, explained=True)
    page = outlook_headline(found)
    lines = page_lines(page)
    assert len(lines) <= 24 and max(map(len, lines)) <= 100 and len(numbers(lines)) <= 40
    assert page.evidence_grade == "low" and page.evidence == ()
    assert "no signal" in page.remarks[0] and "none" in page.reports.text


def test_the_deadlines_are_months_after_the_day(answer) -> None:
    page = headline(answer)
    days = [c.deadline for c in page.chances]
    assert days == [date(2021, 11, 13), date(2022, 2, 13), date(2022, 8, 13)]
    assert "by 13 August 2022?" in page.question


def test_every_sentence_with_a_number_names_parts_of_the_run(answer) -> None:
    page = headline(answer)
    known = {f"{answer.run}#{p.key}" for p in parts(answer)}
    known |= {x.handle for x in answer.levels} | {c.handle for c in answer.contested}
    said = (page.base, page.reports, *page.stands, page.faults, page.evidence_reason,
            page.model_reason)  # fmt: skip
    for sentence in said:
        assert set(sentence.handles) <= known, sentence
    assert {c.handle for c in page.chances} | {page.up.handle, page.down.handle} <= known


def test_without_a_piece_the_chance_is_that_of_leaving_it_out(answer) -> None:
    page = headline(answer)
    for mover, item in zip(page.evidence, answer.influences, strict=False):
        assert mover.without == pytest.approx(answer.war.mean / item.multiplier.mean)
        assert mover.raises == (mover.without < answer.war.mean)
        # The record is the first document of a dossier: its signals have the first handles.
        first = int(mover.handle[2:]) <= len(load_chronology("west-pacific-2021").entries)
        assert mover.noted == first, "the record's words are notes"


def test_the_movers_are_the_widest_of_all_levers(answer) -> None:
    page = headline(answer)
    ratios = [f.multiplier.mean for f in answer.levers]
    assert page.up.chance == pytest.approx(answer.war.mean * max(ratios))
    assert page.down.chance == pytest.approx(answer.war.mean * min(ratios))


def test_a_shift_is_named_only_where_it_is_clear(answer) -> None:
    told = headline(answer).stands[0].text
    line = answer.levels[0]
    for p, words in ((0.85, "a rise of words"), (0.5, ""), (0.1, "no recent shift")):
        mine = [replace(s, probability=p, direction="rise", channel="words")
                for s in answer.shifts if s.level == line.handle][:1]  # fmt: skip
        said = headline(replace(answer, shifts=tuple(mine))).stands[0].text
        assert words in said and ("shift" in said) == (words == "no recent shift"), told


def test_the_two_grades_are_measured_shares(answer) -> None:
    g = answer.grades
    moved = sum(abs(math.log(u.ratio.mean)) for u in answer.updates)
    counted = sum(abs(math.log(u.ratio.mean)) for u in answer.updates if u.origin != "elicited")
    assert g.estimated == pytest.approx(counted / moved)
    high = replace(answer, updates=tuple(replace(u, origin="historical") for u in answer.updates))
    assert g.model == "low" and high.updates[0].origin == "historical"
    assert g.sources >= g.graded > 0 and 0 <= g.by_hand <= 1


def test_no_source_better_than_f6_is_said(tmp_path) -> None:
    with Ledger.create(tmp_path / "u.standoff", system=SYSTEM.slug) as ledger:
        text = "Japan said on 10 August 2021 that it would defend Taiwan at any cost."
        ingest(ledger, text, published=AT, source="somebody")
        page = headline(assess_question(ledger, SYSTEM, as_of=AT, draws=100))
    assert page.evidence_grade == "low"
    assert "not graded" in page.evidence_reason.text
    assert "standoff grade" in page.evidence_reason.text


def test_a_claim_that_nothing_settles_is_not_called_checked(answer) -> None:
    """Twelve claims of which nine have no reference are three that were checked."""
    few = replace(answer, n_claims=12, n_unsettled=9, contested=())
    assert headline(few).faults.text == (
        "none of 3 checked claims is contradicted; 9 more could not be checked."
    )
    none = replace(answer, n_claims=5, n_unsettled=5, contested=())
    assert headline(none).faults.text == "none of 5 claims could be checked here."
    assert not any(p.key == "claims" for p in parts(none))
    one = replace(answer, n_claims=1, n_unsettled=0, contested=())
    assert headline(one).faults.text == "the one checked claim is not contradicted."


def test_no_event_that_moves_the_answer_is_said(answer) -> None:
    small = tuple(replace(i, multiplier=Estimate(1.0, 1.0, 1.0)) for i in answer.influences)
    page = headline(replace(answer, influences=small))
    assert not page.evidence and any("no single event" in line for line in page_lines(page))


def test_nobody_has_no_code_on_the_page(answer) -> None:
    unnamed = tuple(replace(i, actor="XXX") for i in answer.influences)
    page = page_lines(headline(replace(answer, influences=unnamed)))
    assert not any("XXX" in line for line in page) and any("not named" in line for line in page)


def test_no_line_loses_its_end_where_there_is_room(answer) -> None:
    """Of grades, patrons and faults nothing is cut; quotations of evidence may be."""
    lines = page_lines(headline(answer))
    assert all(not line.endswith("…") for line in lines), lines


def test_no_report_is_said_first(tmp_path) -> None:
    with Ledger.create(tmp_path / "e.standoff", system=SYSTEM.slug) as ledger:
        page = headline(assess_question(ledger, SYSTEM, as_of=AT, draws=100))
    assert page.remarks[0].startswith("no signal") and "standoff read" in page.remarks[0]
    assert any("no signal" in line for line in page_lines(page))


def test_acts_between_the_two_are_signals_too(tmp_path) -> None:
    """An act of the challenger against the protege stands in no series of a patron."""
    act = {"event": "MOBILIZE", "channel": "deeds", "valence": "threaten", "sources": ["RUS"],
           "targets": ["UKR"], "status": "ongoing", "date": "2022-02-01", "text": "moves brigades"}  # fmt: skip
    system = draft_system("RUS", "UKR", date(2022, 2, 23), defenders=(), supporters=("USA",))
    file = tmp_path / "acts.jsonl"
    file.write_text(json.dumps(act))
    events = read_events(file).events
    page = outlook_headline(
        forecast_events(system, events, as_of=date(2022, 2, 23), draws=200, explained=True)
    )
    assert page.evidence and not any("no signal" in r for r in page.remarks)


def test_the_word_follows_the_interval_not_the_mean(answer) -> None:
    wide = Estimate(0.04, 0.01, 0.3)
    page = headline(replace(answer, horizons=((3, wide), (6, wide), (12, wide))))
    assert page.likelihood == "anywhere from almost no chance to unlikely"
