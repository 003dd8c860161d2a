"""Claims that a model proposes: quoted parts in, our numbers and our verdicts out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from standoff.check import check_claims
from standoff.read.codebook import load_guide
from standoff.read.llm.claims import KINDS, build_claims
from standoff.read.llm.ground import Ground
from standoff.read.llm.items import Dropped, check_answer
from standoff.terms import Claim, Document, Report

sys.path.insert(0, str(Path(__file__).parent))
from fake_model import DAY, answer, command, item, says, serving


def proposed(quote: str, kind: str, *parts: tuple[str, str]) -> dict[str, Any]:
    return {
        "quote": quote,
        "kind": kind,
        "parts": [{"part": name, "words": words} for name, words in parts],
    }


def built(text: str, *claims: dict[str, Any]) -> tuple[tuple[Claim, ...], list[Dropped]]:
    """What our code makes of claims on a text, without those of the rules."""
    checked = check_answer(answer(item_of(text), claims=claims), text, 0)
    document = Document.from_text(text, title="", source="", published=DAY)
    made, lost = build_claims(checked.claims, Ground.of(Report(document)), (), "llm:m")
    return made, [*checked.dropped, *lost]


def item_of(text: str) -> dict[str, Any]:
    """An item that fits the schema and falls, so that an answer of one bad claim is still one of ours."""
    return item(quote="not in the text")


CASES = [
    ("Ishigaki is about 180 km from Taiwan.", "distance",
     [("place", "Ishigaki"), ("other_place", "Taiwan"), ("number", "about 180 km")], "CONTRADICTED"),
    ("Nagasaki lies in Japan.", "inside", [("place", "Nagasaki"), ("other_place", "Japan")], "SUPPORTED"),
    ("It lies 80 km (roughly 65 nautical miles) away.", "unit",
     [("number", "80 km"), ("other_number", "roughly 65 nautical miles")], "INCONSISTENT"),
    ("Prime Minister Shinzo Abe spoke.", "office",
     [("person", "Shinzo Abe"), ("office", "Prime Minister")], "CONTRADICTED"),
    ("The Japanese prime minister, Yoshihige Suga, spoke.", "person",
     [("person", "Yoshihige Suga"), ("office", "prime minister"), ("state", "Japanese")], "CONTRADICTED"),
    ("The Japanese Liberal Party won.", "party",
     [("name", "Japanese Liberal Party"), ("state", "Japanese")], "CONTRADICTED"),
    ("The Indian Navy sailed.", "force", [("name", "Indian Navy"), ("state", "Indian")], "SUPPORTED"),
    ("HMNZS Endeavour sailed.", "ship", [("name", "HMNZS Endeavour")], "CONTRADICTED"),
    ("Joe Biden became president in January 2021.", "term_begun",
     [("person", "Joe Biden"), ("office", "president"), ("date", "January 2021")], "SUPPORTED"),
    ("Shinzo Abe resigned as prime minister in September 2018.", "term_ended",
     [("person", "Shinzo Abe"), ("office", "prime minister"), ("date", "September 2018")], "CONTRADICTED"),
    ("It met on Friday, 12 August 2021.", "date",
     [("date", "12 August 2021"), ("weekday", "Friday")], "INCONSISTENT"),
    ("It met on 30 February 2021.", "date", [("date", "30 February 2021")], "INCONSISTENT"),
    ("The reply of 7 July 2021 came after the note of 9 July 2021.", "order",
     [("date", "9 July 2021"), ("other_date", "7 July 2021")], "INCONSISTENT"),
    ("The drill, from 1 March 2021 to 5 March 2021, lasted ten days.", "duration",
     [("number", "ten days"), ("date", "1 March 2021"), ("other_date", "5 March 2021")], "INCONSISTENT"),
    ("Japan spent 4.2 per cent of GDP on defence in 2019.", "spending",
     [("state", "Japan"), ("number", "4.2 per cent of GDP"), ("date", "2019")], "CONTRADICTED"),
    ("China has the second largest defence budget in the world.", "rank",
     [("state", "China"), ("rank", "second largest")], "SUPPORTED"),
    ("It spent 60 billion dollars, three times as much as the 30 billion dollars before.", "ratio",
     [("number", "three times"), ("total", "60 billion dollars"), ("other_number", "30 billion dollars")],
     "INCONSISTENT"),
    ("It fired 33 missiles: 18 in spring and eight in summer.", "sum",
     [("total", "33 missiles"), ("number", "18"), ("number", "eight")], "INCONSISTENT"),
    ("Of the 12 ships eight were new and five old.", "members",
     [("total", "12 ships"), ("number", "eight"), ("number", "five")], "INCONSISTENT"),
    ("The fleet grew from 50 ships to 40 ships.", "rise",
     [("number", "50 ships"), ("other_number", "40 ships")], "INCONSISTENT"),
    ("The fleet shrank by 20 per cent, from 50 ships to 40 ships.", "fall",
     [("number", "50 ships"), ("other_number", "40 ships"), ("total", "20 per cent")], "SUPPORTED"),
    ("It sent 45 aircraft. The table counts 54 aircraft.", "repeat",
     [("thing", "aircraft"), ("number", "45 aircraft"), ("other_number", "54 aircraft")], "INCONSISTENT"),
    ("The Anti-Secession Law was passed in 2008.", "law",
     [("law", "Anti-Secession Law"), ("date", "2008")], "CONTRADICTED"),
    ("Japan changed its constitution in 2015.", "constitution",
     [("state", "Japan"), ("date", "2015")], "CONTRADICTED"),
    ("Taro Aso said: we would have to defend Taiwan together with the United States.", "attribution",
     [("person", "Taro Aso"), ("words", "we would have to defend Taiwan together with the United States")],
     None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "parts", "outcome"), CASES, ids=[f"{c[1]}-{c[3]}" for c in CASES]
)
def test_each_kind_is_read_and_judged_by_us(
    text: str, kind: str, parts: list[tuple[str, str]], outcome: str | None
) -> None:
    (claim,), _ = built(text, proposed(text[:-1], kind, *parts))
    (verdict,) = check_claims([claim], published=DAY)
    assert text[claim.span.start : claim.span.end] == claim.span.quote
    assert claim.coder == "llm:m"
    assert outcome is None or verdict.outcome.value == outcome, verdict.why


def test_every_kind_of_the_guide_has_its_reader_and_its_case() -> None:
    kinds = {c.kind for c in load_guide().claims}
    assert kinds == set(KINDS) == {kind for _, kind, _, _ in CASES}


DISTANCE = "Ishigaki is about 180 km from Taiwan. Ishigaki is an island."
GOOD = [("place", "Ishigaki"), ("other_place", "Taiwan"), ("number", "about 180 km")]


@pytest.mark.parametrize(
    ("quote", "kind", "parts", "why"),
    [
        (DISTANCE[:36], "distance", [*GOOD[:2], ("number", "about 110 km")], "does not stand"),
        (DISTANCE[:36], "distance", [*GOOD[:2], ("number", "is about")], "no numbers"),
        (DISTANCE[:36], "distance", GOOD[:2], "no part number"),
        (DISTANCE[:36], "distance", [*GOOD, ("law", "Taiwan")], "a part 'law'"),
        (DISTANCE[:36], "distance", [("place", " "), *GOOD[1:]], "empty"),
        ("Ishigaki", "distance", GOOD, "more than once"),
        ("Ishigaki is 110 km from Taiwan", "distance", GOOD, "does not stand"),
        (DISTANCE[:36], "spending", [("state", "Ishigaki"), ("number", "180 km")], "no spending"),
        (DISTANCE[:36], "constitution", [("state", "an island")], "no state"),
        (DISTANCE[:36], "order", [("date", "Taiwan"), ("other_date", "about")], "no date"),
        (DISTANCE[:36], "unit", [("number", "180 km"), ("other_number", "Taiwan")], "no numbers"),
    ],
)
def test_a_part_that_is_no_quote_or_cannot_be_read_drops_the_claim(
    quote: str, kind: str, parts: list[tuple[str, str]], why: str
) -> None:
    made, dropped = built(DISTANCE, proposed(quote, kind, *parts))
    assert made == () and any(why in d.reason and d.reason.startswith("claim") for d in dropped)


@pytest.mark.parametrize("bad", [5, None, {}, {"quote": "Ishigaki", "kind": "weather", "parts": []},
                                 {"quote": DISTANCE[:36], "kind": "distance", "parts": [3]},
                                 {"quote": DISTANCE[:36], "kind": "distance", "parts": "Ishigaki"}])  # fmt: skip
def test_a_claim_in_another_schema_is_dropped(bad: Any) -> None:
    assert built(DISTANCE, bad, proposed(DISTANCE[:36], "distance", *GOOD))[0][0].kind == "distance"


def test_the_number_is_read_where_it_stands_and_never_from_the_model() -> None:
    text = "Defence took 0.94 per cent of GDP in Japan."
    (claim,), _ = built(
        text, proposed(text[:-1], "spending", ("state", "Japan"), ("number", "0.94"))
    )
    assert (claim.content.quantity.unit, claim.content.quantity.low) == ("% of GDP", 0.94)  # pyright: ignore


def test_the_command_prints_verdicts_on_claims_of_both_and_none_twice(tmp_path: Path) -> None:
    text = "Ishigaki is about 180 km from Taiwan. It fired 33 missiles, by its own count 18 early and eight late."
    tally = proposed("33 missiles, by its own count 18 early and eight late", "sum",
                     ("total", "33 missiles"), ("number", "18"), ("number", "eight"))  # fmt: skip
    again = proposed(text[:36], "distance", *GOOD)
    (tmp_path / "a.txt").write_text(text)
    with serving(
        says(answer(claims=[again, tally, {**tally, "parts": tally["parts"][:1]}]))
    ) as server:
        ran = command("read", str(tmp_path / "a.txt"), "--published", "2021-08-13", "--coder", "llm",
                      "--base-url", server.url, "--model", "m", "--format", "jsonl")  # fmt: skip
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    claims = [
        (r["kind"], r["verdict"], r.get("coder", "rules")) for r in rows if r["type"] == "claim"
    ]
    assert claims == [
        ("distance", "CONTRADICTED", "rules"),
        ("count", "NOT_CHECKABLE", "rules"),
        ("sum", "INCONSISTENT", "llm:m"),
    ]
    notes = [r["text"] for r in rows if r["type"] == "note"]
    assert any(n == "dropped 1: claim that the rules make too" for n in notes)
    assert any(n == "dropped 1: claim sum: no part number" for n in notes)
