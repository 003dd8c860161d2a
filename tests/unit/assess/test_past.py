"""The questions of the past that ship: well formed, without hindsight in time, and as the record says."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from standoff.assess import SHIPPED, mark_cases, score_marks, shipped_cases
from standoff.errors import InputError
from standoff.forecast import events_of, load_facts
from standoff.forecast.facts import ATTACK as ATTACK_LEVEL
from standoff.forecast.facts import TABLES, cow_code

PATH = shipped_cases("questions/past-1.jsonl")
CASES = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
LATER = [c for c in CASES if c["as_of"] >= "2011"]


def test_there_are_enough_of_both_over_the_whole_time() -> None:
    yes = sum(c["resolution"] == "yes" for c in CASES)
    assert len(CASES) >= 50 and 15 <= yes <= len(CASES) - 15
    years = {c["as_of"][:3] for c in CASES}
    assert years == {"197", "198", "199", "200", "201", "202"}
    assert len({c["id"] for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_nothing_in_a_question_is_of_a_later_day(case) -> None:
    as_of, deadline = (date.fromisoformat(case[k]) for k in ("as_of", "deadline"))
    assert 60 <= (deadline - as_of).days <= 366
    assert case["question"].endswith("?") and case["sources"] and case["note"]
    assert all(s["date"] <= case["as_of"] for s in case["signals"])
    taken = events_of(case["signals"])
    assert not taken.refused and len(taken.events) >= 1


@pytest.mark.parametrize("case", LATER, ids=lambda c: c["id"])
def test_resolutions_from_2011_on_agree_with_the_table_of_clashes(case) -> None:
    text = (resources.files("standoff.forecast") / "data" / "clashes.csv").read_text("utf-8")
    came = [
        row
        for row in csv.DictReader(text.splitlines())
        if (row["challenger"], row["protege"]) == (case["challenger"], case["protege"])
        and row["level"] == "attack"
        and case["as_of"] < row["start"] <= case["deadline"]
    ]
    assert bool(came) == (case["resolution"] == "yes")


# MID 4022 and 4436 are coded as deadly; no attack with 26 deaths in those months is on public record.
APART = {"usa-northkorea-1993", "russia-georgia-2009"}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["deadline"] < "2011"], ids=lambda c: c["id"]
)
def test_resolutions_before_2011_agree_with_the_disputes_that_ship(case) -> None:
    facts = load_facts()
    as_of, deadline = (date.fromisoformat(case[k]) for k in ("as_of", "deadline"))
    codes = sorted(cow_code(case[k], as_of) for k in ("challenger", "protege"))
    rows = facts.tables["disputes"]
    first, second, year, level = (
        rows[:, TABLES["disputes"].index(k)] for k in ("ccode1", "ccode2", "year", "level")
    )
    deadly = (first == codes[0]) & (second == codes[1]) & (level >= ATTACK_LEVEL)
    came = bool((deadly & (year >= as_of.year) & (year <= deadline.year)).any())
    assert (came == (case["resolution"] == "yes")) != (case["id"] in APART)


def test_cases_are_forecast_by_their_deadline_and_a_wrong_one_says_why(tmp_path) -> None:
    few = [c for c in CASES if c["id"] in ("usa-iraq-2002", "russia-estonia-2014")]
    sooner = {**few[0], "id": "sooner", "deadline": "2002-12-15"}
    wrong = {**few[0], "id": "wrong", "resolution": "perhaps"}
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(c) + "\n" for c in (*few, sooner, wrong)), "utf-8")
    found = {x.id: x for x in mark_cases(file, draws=100)}
    assert found["usa-iraq-2002"].mark.came and not found["russia-estonia-2014"].mark.came
    assert found["sooner"].mark.first < found["usa-iraq-2002"].mark.first
    assert found["wrong"].mark is None and "perhaps" in found["wrong"].error


def test_every_shipped_file_is_there_and_another_is_named() -> None:
    assert all(shipped_cases(name).is_file() for name in SHIPPED)
    with pytest.raises(InputError, match=r"no file of cases none\.jsonl"):
        shipped_cases("none.jsonl")


def test_the_figures_of_the_page_are_those_that_are_computed() -> None:
    page = Path(__file__).resolve().parents[3] / "docs/reference/desk.md"
    (row,) = re.findall(r"\| questions/past-1\.jsonl \| (.*) \|", page.read_text("utf-8"))
    n, came, brier, base_brier, gain, log, base_log, area, base_area = row.split(" | ")
    card = score_marks([x.mark for x in mark_cases(PATH) if x.mark])
    own, base = card.lines[0], next(x for x in card.lines if x.name.startswith("base rate"))
    assert (int(n), int(came)) == (card.n, card.came)
    assert [brier, base_brier, log, base_log] == [
        f"{x:.3f}" for x in (own.brier, base.brier, own.log, base.log)
    ]
    assert [area, base_area] == [f"{own.auc:.2f}", f"{base.auc:.2f}"]
    value, low, high = own.gain_brier
    assert gain == f"{value:+.3f} ({low:+.3f} to {high:+.3f})"
