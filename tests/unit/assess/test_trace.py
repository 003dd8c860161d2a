"""From any handle back to words that stand in a document."""

from __future__ import annotations

import pytest

from standoff.assess import Why, why
from standoff.errors import InputError, UnknownHandle
from standoff.ledger import Ledger


def leaves(node: Why) -> list[Why]:
    return [node] if not node.rests_on else [x for c in node.rests_on for x in leaves(c)]


@pytest.fixture
def ledger(dossier, answer):
    with Ledger.open(dossier) as opened:
        yield opened


def test_the_answer_walks_down_to_quotes_that_stand_in_their_documents(ledger, answer) -> None:
    found = [x for x in leaves(why(ledger, f"{answer.run}#war")) if x.handle.startswith("S-")]
    assert len(found) > 10
    for leaf in found:
        signal = ledger.signal(leaf.handle)
        text = ledger.document(signal.document).text
        span = signal.signal.span
        assert text[span.start : span.end] == span.quote
        assert f"«{span.quote}»" == leaf.line


def test_every_part_of_a_run_is_explained(ledger, answer) -> None:
    top = why(ledger, answer.run)
    names = dict(top.details)["numbers"].split(", ")
    assert "war" in names and "effect.events" in names
    for name in names[::7]:
        assert why(ledger, f"{answer.run}#{name}").details[0][0] == "how"


@pytest.mark.parametrize("kind", ["S", "E", "D", "L"])
def test_each_kind_of_handle_answers(ledger, answer, kind) -> None:
    handle = {
        "S": ledger.signals()[0].handle,
        "E": ledger.signals()[-1].event,
        "D": "D-002",
        "L": "L-JPN>TWN@2021-08-13",
    }[kind]
    node = why(ledger, handle)
    assert node.handle == handle and node.line
    assert node.record()["handle"] == handle


def test_short_forms_of_a_handle_are_understood(ledger) -> None:
    assert why(ledger, "s-1").handle == "S-001"


@pytest.mark.parametrize(
    "handle", ["S-99999", "C-99999", "E-99999", "D-999", "R-ffff", "R-zz", "JPN"]
)
def test_unknown_handles_are_refused_by_name(ledger, handle) -> None:
    with pytest.raises(UnknownHandle, match=handle):
        why(ledger, handle)


def test_an_unknown_number_of_a_run_lists_the_known_ones(ledger, answer) -> None:
    with pytest.raises(UnknownHandle, match=r"stage\.3"):
        why(ledger, f"{answer.run}#peace")


def test_an_impossible_day_is_named(ledger) -> None:
    with pytest.raises(InputError, match="2021-13"):
        why(ledger, "L-JPN>TWN@2021-13-01")
