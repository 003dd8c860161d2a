"""The shipped record of the West Pacific as data: read with `csv` alone, loader not involved.

`problems` says what is wrong with a table of rows. The shipped table must have none, and each
kind of fault, planted in a copy, must be found: a check that cannot fail proves nothing.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[3] / "src/standoff/systems/data/west-pacific-2021"
AS_OF = date(2021, 8, 13)

COLUMNS = [
    "id",
    "date",
    "date_end",
    "actor",
    "person",
    "office",
    "target",
    "protege",
    "protege_weights",
    "commitment",
    "event",
    "x_event",
    "mode",
    "channel",
    "status",
    "officialness",
    "explicitness",
    "cost",
    "valence",
    "description",
    "place",
    "replies_to",
    "retracts",
    "reference_series",
    "source",
    "url",
    "verified",
    "available",
    "note",
    "quote",
]

EVENTS = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "NONE",
]
ENUMERATIONS: dict[str, frozenset[str]] = {
    "event": frozenset(EVENTS),
    "x_event": frozenset(
        [
            "PLEDGE",
            "RED_LINE",
            "REAFFIRM",
            "DENY",
            "WITHDRAW",
            "LAW",
            "BUDGET",
            "DEPLOY",
            "TRANSIT",
            "PROLIFERATE",
            "EVACUATE",
        ]
    )
    | {""},
    "channel": frozenset({"words", "deeds"}),
    "status": frozenset(
        ["done", "ongoing", "planned", "proposed", "conditional", "historical", "alleged"]
    ),
    "officialness": frozenset(
        [
            "official",
            "anonymous_official",
            "semi_official",
            "retired_official",
            "unofficial",
            "unknown",
        ]
    ),
    "explicitness": frozenset("0123"),
    "cost": frozenset({"costly", "cheap"}),
    "valence": frozenset(
        ["commit", "threaten", "accuse", "conciliate", "reassure", "retract", "prepare", "neutral"]
    ),
    "verified": frozenset({"search", "search_event_certain_day", "certain"}),
}
# PLOVER 0.8: the modes of the events that have any (manual, table of modes).
MODES: dict[str, frozenset[str]] = {
    "CONSULT": frozenset({"visit", "third-party", "multilateral", "phone"}),
    "ASSAULT": frozenset({"firearms"}),
    "RETREAT": frozenset(["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    "REQUEST": frozenset({"assist", "change", "yield", "meet"}),
    "ACCUSE": frozenset({"disapprove", "investigate", "allege"}),
    "REJECT": frozenset({"assist", "change", "yield", "meet"}),
    "THREATEN": frozenset(["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    "SANCTION": frozenset({"convict", "expel", "withdraw", "discontinue"}),
    "MOBILIZE": frozenset({"troops", "weapons", "police", "militia"}),
    "COERCE": frozenset(
        [
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ]
    ),
}
STATES = frozenset(
    [
        "AUS",
        "CAN",
        "CHN",
        "DEU",
        "FRA",
        "GBR",
        "ITA",
        "JPN",
        "KOR",
        "MYS",
        "PHL",
        "PRK",
        "RUS",
        "TWN",
        "USA",
        "VNM",
    ]
)
CODES = STATES | {"IGO", "MULTI", "XXX"}
PROTEGES = CODES | {"Senkaku"}
LONGEST = 240
WORDS_QUOTED = 25

Row = dict[str, str]


def read_rows() -> list[Row]:
    with (DATA / "chronology.csv").open(newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def many(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def date_problems(row: Row) -> list[str]:
    try:
        start = date.fromisoformat(row["date"])
        end = date.fromisoformat(row["date_end"]) if row["date_end"] else start
        available = date.fromisoformat(row["available"])
    except ValueError as error:
        return [f"date: {error}"]
    found = [] if start <= end else ["date after date_end"]
    return found + ([] if start <= available else ["available before the event"])


def weight_problems(row: Row) -> list[str]:
    if not row["protege_weights"]:
        return []
    found = [] if row["channel"] == "deeds" else ["weights on words"]
    pairs = [part.split(":") for part in many(row["protege_weights"])]
    if pairs[0][0] != row["protege"]:
        found.append("protege is not the heaviest of protege_weights")
    found += [f"protege_weights: {name!r}" for name, _ in pairs if name not in PROTEGES]
    weights = [float(weight) for _, weight in pairs]
    if abs(sum(weights) - 1) > 1e-9 or min(weights) <= 0:
        found.append("weights are not shares of one")
    if weights != sorted(weights, reverse=True):
        found.append("heaviest protege is not first")
    return found


def quote_problems(row: Row) -> list[str]:
    found = ["a double quote in the quote"] if '"' in row["quote"] else []
    if len(row["quote"].split()) > WORDS_QUOTED:
        found.append("quote is too long")
    if row["quote"] and row["quote"] in (row["description"], row["note"]):
        found.append("quote repeats our own words")
    return found


def reaffirm_problems(row: Row) -> list[str]:
    """Words said again have the code they had the first time, unless they renew a commitment."""
    if row["x_event"] != "REAFFIRM" or (
        row["explicitness"] in "23" and row["protege"] and row["valence"] in ("commit", "reassure")
    ):
        return []
    return ["REAFFIRM without a commitment that has an object"]


def budget_problems(row: Row) -> list[str]:
    moved = row["x_event"] == "BUDGET" and row["event"] == "MOBILIZE"
    return ["a budget is no mobilisation"] if moved else []


def row_problems(row: Row) -> list[str]:
    found = date_problems(row) + weight_problems(row) + reaffirm_problems(row)
    found += budget_problems(row)
    found += [
        f"{column}: {row[column]!r}"
        for column, allowed in ENUMERATIONS.items()
        if row[column] not in allowed
    ]
    if row["mode"] and row["mode"] not in MODES.get(row["event"], frozenset()):
        found.append(f"mode {row['mode']!r} is none of {row['event']}")
    for column in ("actor", "target"):
        codes = many(row[column])
        found += [f"{column}: {code!r}" for code in codes if code not in CODES]
        found += [] if codes else [f"{column} is empty"]
    if row["protege"] and row["protege"] not in PROTEGES:
        found.append(f"protege: {row['protege']!r}")
    for column in ("person", "office"):
        if len(many(row[column])) not in {0, 1, len(many(row["actor"]))}:
            found.append(f"{column}: segments do not fit the actors")
    if '"' in row["description"] or "\n" in "".join(row.values()):
        found.append("a double quote in the description, or a line break")
    if not row["url"].startswith(("http://", "https://")) and not row["note"]:
        found.append("neither url nor note")
    found += quote_problems(row)
    found += [f"{column} is too long" for column in COLUMNS if len(row[column]) > LONGEST]
    found += [
        f"{column} has stray space" for column in COLUMNS if row[column] != row[column].strip()
    ]
    return found + ([] if row["description"] and row["source"] else ["empty text"])


def link_problems(row: Row, dates: dict[str, str]) -> list[str]:
    found: list[str] = []
    for column in ("replies_to", "retracts"):
        for other in many(row[column]):
            if other not in dates:
                found.append(f"{column} names no row: {other}")
            elif dates[other] > row["date"]:
                found.append(f"{column} names a later row: {other}")
            elif other == row["id"]:
                found.append(f"{column} names itself")
    return found


def problems(rows: list[Row]) -> list[str]:
    dates = {row["id"]: row["date"] for row in rows}
    found = [
        f"{row['id']}: {problem}"
        for row in rows
        for problem in row_problems(row) + link_problems(row, dates)
    ]
    counts = Counter(row["id"] for row in rows)
    found += [f"{key}: id used {n} times" for key, n in counts.items() if n > 1]
    order = [(row["date"], int(row["id"][1:])) for row in rows]
    return found + ([] if order == sorted(order) else ["rows are not sorted by date, then id"])


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows()


def test_the_shipped_table_has_no_problem(rows: list[Row]) -> None:
    assert problems(rows) == []


def plant(rows: list[Row], **fields: str) -> list[Row]:
    """A copy with one row (a deed with weights) changed."""
    copy = [dict(row) for row in rows]
    next(row for row in copy if row["id"] == "C038").update(fields)
    return copy


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"date": "2021-02-30"}, "date:"),
        ({"date_end": "2020-01-01"}, "date after date_end"),
        ({"available": "2021-08-01"}, "available before the event"),
        ({"event": "BOAST"}, "event: 'BOAST'"),
        ({"mode": "visit"}, "mode 'visit' is none of MOBILIZE"),
        ({"actor": "Japan"}, "actor: 'Japan'"),
        ({"target": ""}, "target is empty"),
        ({"protege": "TWN"}, "protege is not the heaviest"),
        ({"protege": "JPN;TWN"}, "protege: 'JPN;TWN'"),
        ({"person": "A; B; C"}, "person: segments do not fit"),
        ({"description": 'says "yes"'}, "a double quote in the description"),
        ({"protege_weights": "JPN:0.5;TWN:0.3;Senkaku:0.1"}, "weights are not shares of one"),
        ({"channel": "words"}, "weights on words"),
        ({"explicitness": "4"}, "explicitness: '4'"),
        ({"replies_to": "C9999"}, "replies_to names no row"),
        ({"retracts": "C117"}, "retracts names a later row"),
        ({"url": "", "note": ""}, "neither url nor note"),
        ({"note": "x" * 241}, "note is too long"),
        ({"quote": 'they say "yes"'}, "a double quote in the quote"),
        ({"quote": "word " * 25 + "word"}, "quote is too long"),
        ({"x_event": "REAFFIRM", "explicitness": "1"}, "REAFFIRM without a commitment"),
        ({"x_event": "BUDGET"}, "a budget is no mobilisation"),
        ({"id": "C037"}, "C037: id used 2 times"),
        ({"date": "2030-01-01", "available": "2030-01-01"}, "rows are not sorted"),
    ],
)
def test_a_planted_fault_is_found(rows: list[Row], fields: dict[str, str], says: str) -> None:
    assert any(says in problem for problem in problems(plant(rows, **fields)))


def by_date(row: Row) -> bool:
    return date.fromisoformat(row["available"]) < AS_OF


def by(actor: str, protege: str = "") -> Callable[[Row], bool]:
    def matches(row: Row) -> bool:
        fits = actor in many(row["actor"]) and (not protege or protege == row["protege"])
        return fits and by_date(row)

    return matches


def test_the_seed_rows_are_all_there(rows: list[Row]) -> None:
    assert {f"C{n:03d}" for n in range(1, 118)} <= {row["id"] for row in rows}


def test_the_united_states_towards_taiwan(rows: list[Row]) -> None:
    found = [row for row in rows if by("USA", "TWN")(row) and int(row["id"][1:]) > 117]
    assert len(found) >= 18
    assert sum(row["channel"] == "deeds" for row in found) * 2 >= len(found)
    assert any(row["valence"] == "conciliate" for row in found)


def test_the_other_voices_before_the_date(rows: list[Row]) -> None:
    later = [row for row in rows if int(row["id"][1:]) > 117]
    europe = [row for row in later if any(by(a)(row) for a in ("GBR", "DEU", "AUS", "FRA"))]
    assert len(europe) >= 6
    assert sum(by("CHN")(row) and "TWN" in many(row["target"]) for row in later) >= 12
    assert sum(by("TWN")(row) for row in later) >= 6
    assert sum(row["x_event"] == "PROLIFERATE" and by_date(row) for row in later) >= 4


def test_a_genre_is_there_in_the_years_in_which_it_said_little(rows: list[Row]) -> None:
    papers = [row for row in rows if row["reference_series"] == "white-paper-JPN" and by_date(row)]
    assert {row["date"][:4] for row in papers} >= {"2016", "2017", "2018", "2019", "2020", "2021"}
    quiet = {row["date"][:4] for row in papers if row["explicitness"] == "0"}
    assert quiet >= {"2016", "2017", "2018", "2019", "2020"}
    talks = [row for row in rows if row["reference_series"] == "2plus2-JPN-USA"]
    assert {row["date"][:4] for row in talks} >= {"2015", "2017", "2019", "2021"}


@pytest.mark.parametrize(
    ("series", "first", "last", "count", "said_by"),
    [
        ("transit-USA", "2019-01-01", "2019-12-31", 9, "Taiwan News 2019-11-13: the ninth"),
        ("transit-USA", "2020-01-01", "2020-12-31", 13, "SCMP 2020-12-31: the 13th of the year"),
        ("transit-USA", "2021-01-20", "2021-07-28", 7, "UPI 2021-07-29: the seventh this year"),
        ("arms-sale-USA-TWN", "2017-01-20", "2020-07-09", 7, "Taiwan's ministry: the seventh"),
        ("arms-sale-USA-TWN", "2017-01-20", "2021-01-20", 11, "Taiwan News 2020-12-08: the 11th"),
        (
            "arms-sale-USA-TWN",
            "2021-01-20",
            "2023-06-29",
            10,
            "Presidential Office, Taipei: the 10th",
        ),
        ("arms-sale-USA-TWN", "2021-01-20", "2024-02-21", 13, "CNA 2024-02-22: the 13th"),
    ],
)
def test_a_constant_genre_has_as_many_rows_as_others_counted(
    rows: list[Row], series: str, first: str, last: str, count: int, said_by: str
) -> None:
    found = [
        row for row in rows if row["reference_series"] == series and first <= row["date"] <= last
    ]
    assert len(found) == count, said_by


def test_the_record_is_long_and_every_year_and_actor_is_in_it(rows: list[Row]) -> None:
    assert len(rows) >= 600
    years = Counter(row["date"][:4] for row in rows)
    assert min(years[str(year)] for year in range(2005, 2026)) >= 15
    actors = Counter(actor for row in rows for actor in many(row["actor"]))
    wanted = ("JPN", "USA", "CHN", "TWN", "KOR", "AUS", "GBR", "DEU", "PHL")
    assert min(actors[actor] for actor in wanted) >= 20, actors
    later = [row for row in rows if int(row["id"][1:]) > 251]
    assert sum(bool(row["quote"]) for row in later) > len(later) / 2


def test_new_rows_have_numbers_in_order_of_day(rows: list[Row]) -> None:
    later = [row for row in rows if int(row["id"][1:]) > 251]
    numbers = [int(row["id"][1:]) for row in later]
    assert numbers == list(range(252, 252 + len(later)))


def test_what_is_taken_back_names_the_row_it_takes_back(rows: list[Row]) -> None:
    taken = {row["id"]: row["retracts"] for row in rows if row["retracts"]}
    assert {"C032": "C031", "C048": "C047", "C062": "C061"}.items() <= taken.items()
    for row in rows:
        if row["retracts"]:
            assert row["valence"] == "retract", row["id"]


def test_addition_rows_rest_on_a_page(rows: list[Row]) -> None:
    bare = [row["id"] for row in rows if int(row["id"][1:]) > 117 and not row["url"]]
    assert bare == []


def manifest() -> list[dict[str, Any]]:
    with (DATA / "reports/manifest.toml").open("rb") as stream:
        return tomllib.load(stream)["report"]


def test_the_reports_are_named_dated_and_of_the_promised_length() -> None:
    reports = manifest()
    assert len(reports) == 3
    on_disk = sorted(path.name for path in (DATA / "reports").glob("*.txt"))
    assert sorted(report["file"] for report in reports) == on_disk
    for report in reports:
        text = (DATA / "reports" / report["file"]).read_text(encoding="utf-8")
        assert 150 <= len(text.split()) <= 260, report["file"]
        assert date(2021, 7, 30) <= report["published"] <= date(2021, 8, 12)
        assert report["file"].startswith(report["published"].isoformat())


def test_the_reports_repeat_rows_that_were_known_when_they_appeared(rows: list[Row]) -> None:
    known = {row["id"]: date.fromisoformat(row["available"]) for row in rows}
    channels = {row["id"]: row["channel"] for row in rows}
    for report in manifest():
        assert all(known[fact] <= report["published"] for fact in report["facts"]), report["file"]
        assert {channels[fact] for fact in report["facts"]} == {"words", "deeds"}
        assert all(d["url"] or d.get("computed") for d in report["detail"])
    assert len({fact for report in manifest() for fact in report["facts"]}) >= 6
