"""The argument of any text against the game: what sides are taken for, and what becomes of an edge."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from standoff.assess import JudgedArgument, Workbench, judge_argument, system_bench
from standoff.assess.concepts import meaning_of
from standoff.game import solve_batch
from standoff.read import read_argument
from standoff.systems import load_system
from standoff.terms import ArgumentNode, Span

DAY = date(2021, 8, 13)
WEST = load_system("west-pacific-2021")


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return system_bench(WEST, as_of=DAY, draws=200)


def judged(text: str, bench: Workbench | None) -> JudgedArgument:
    return judge_argument(read_argument(text, published=DAY), bench)


@pytest.mark.parametrize(
    ("words", "actors", "concept", "turned"),
    [
        ("a Chinese attack on Taiwan", ("CHN", "TWN"), "attack", False),
        ("have delayed the invasion", (), "attack", True),
        ("an attack by North Korea", ("PRK",), None, False),  # another war is not this one
        ("Japan to build nuclear weapons", ("JPN",), "nuclear programme", False),
        ("Germany to build nuclear weapons", ("DEU",), None, False),  # no proliferator here
        ("doubts about the American commitment", ("USA",), "doubt about the patron", False),
        ("the weather", (), None, False),
        (
            "Taiwan would fall",
            ("TWN",),
            "giving way",
            False,
        ),  # the word that names it turns nothing
        ("Taiwan would not fall", ("TWN",), "giving way", True),
    ],
)
def test_what_a_side_is_taken_for(
    words: str, actors: tuple[str, ...], concept: str | None, turned: bool
) -> None:
    found = meaning_of(ArgumentNode("N-01", Span(0, len(words), words), actors), WEST)
    assert (found.concept if found else None) == concept
    if found is not None:
        assert found.turned == turned


def test_an_edge_is_tested_as_the_game_solved_by_hand(bench: Workbench) -> None:
    text = "Doubts about the American commitment could lead Japan to acquire nuclear weapons."
    (edge,) = judged(text, bench).edges
    values = bench.draws.values
    moved = bench.draws.with_values({"patron_doubt": values["patron_doubt"] + 0.3})
    before = solve_batch(bench.game, bench.draws).probabilities["arm:JPN|hold"]
    after = solve_batch(bench.game, moved).probabilities["arm:JPN|hold"]
    assert edge.judged is not None and edge.judged.effect is not None
    assert edge.judged.effect.median == pytest.approx(float(np.median(after - before)))
    assert edge.disposition == "assumed"


def test_the_same_claim_with_the_other_sign_is_contradicted(bench: Workbench) -> None:
    up = judged("China's military advantage makes an invasion more likely.", bench)
    down = judged("China's military advantage makes an invasion less likely.", bench)
    assert up.edges[0].disposition in ("assumed", "dependent", "reproduced")
    assert down.edges[0].disposition == "contradicted"


def test_a_word_that_lowers_a_side_turns_the_test(bench: Workbench) -> None:
    """What prevents a delay of the invasion raises it."""
    found = judged("China's military advantage prevents a delay of the invasion.", bench).edges
    assert [e.effect_as for e in found] == ["less of: attack (CHN)"]
    assert found[0].disposition in ("assumed", "dependent", "reproduced")


def test_what_the_game_does_not_have_is_said_and_not_guessed(bench: Workbench) -> None:
    found = judged("The harvest raised the price of bread.", bench)
    assert [e.disposition for e in found.edges] == ["not expressible"]
    assert found.edges[0].why


def test_a_denied_edge_is_not_tested(bench: Workbench) -> None:
    found = judged("China's military advantage does not make an invasion more likely.", bench)
    assert [e.disposition for e in found.edges] == ["not expressible"]


def test_without_a_system_the_edges_stand_alone() -> None:
    found = judged("The sale raised the risk of war.", None)
    assert found.counts() == {} and found.payload()["edges"][0]["model"] is None


def test_the_payload_holds_spans_that_are_those_of_the_text(bench: Workbench) -> None:
    text = "If China attacks Taiwan, Japan would build nuclear weapons."
    payload = judged(text, bench).payload()
    for node in payload["nodes"]:
        assert text[node["start"] : node["end"]] == node["quote"]
    assert payload == judged(text, bench).payload()
