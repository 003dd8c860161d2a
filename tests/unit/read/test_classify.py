"""The fitted fallback: its file, its probabilities, when it speaks and when it must not."""

import math
from datetime import date

import pytest

from standoff.errors import DescriptionError
from standoff.read import read_report
from standoff.read.classify import hash_of, pack_weights, shipped_weights, unpack_weights
from standoff.read.report import prepare
from standoff.read.signals import find_signals

DAY = date(2021, 8, 13)


def test_probabilities_are_a_softmax() -> None:
    rows = [(hash_of("a"), 2.0, [1.0, 0.0, -1.0]), (hash_of("b"), 1.0, [0.0, 0.5, 0.0])]
    weights = unpack_weights(pack_weights(["X", "Y", "Z"], rows, [0.1, 0.0, 0.0]))
    norm = math.sqrt(5)
    scores = {"X": 0.1 + 2 / norm, "Y": 0.5 / norm, "Z": -2 / norm}
    total = sum(math.exp(s) for s in scores.values())
    for chance, label in weights.probabilities(["a", "b", "unknown"]):
        # Weights are kept in 8 bits of the largest, so each is off by at most 1/254.
        assert chance == pytest.approx(math.exp(scores[label]) / total, abs=0.01)


def test_unknown_features_leave_the_biases() -> None:
    weights = unpack_weights(pack_weights(["A", "B"], [(1, 1.0, [1.0, 1.0])], [0.0, math.log(3)]))
    assert weights.probabilities(["nothing"])[0] == (pytest.approx(0.75), "B")


def test_other_bytes_are_refused() -> None:
    with pytest.raises(DescriptionError):
        unpack_weights(b"PK\x03\x04 something else")


def test_the_shipped_weights_know_the_events_and_none() -> None:
    assert "NONE" in shipped_weights().labels
    assert len(shipped_weights().labels) == 16


def test_what_it_adds_says_so() -> None:
    sure = unpack_weights(pack_weights(["AID", "NONE"], [(1, 1.0, [0.0, 0.0])], [3.0, 0.0]))
    reading = prepare("Germany wired Greece two billion euros.", DAY)
    assert not find_signals(reading).signals
    signal = find_signals(reading, sure).signals[0]
    assert (signal.rule, signal.source_actors, signal.target_actors) == (
        "fitted.AID", ("DEU",), ("GRC",),
    )  # fmt: skip
    assert signal.confidence <= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Japan did not attack China.",
        "Did Japan attack China?",
        "The weather in Tokyo was fine on Sunday.",
        "I will meet you next Tuesday at noon.",
        "If Japan attacked China, war would follow.",
    ],
)
def test_it_is_silent_where_nothing_happened(text: str) -> None:
    assert not read_report(text, published=DAY).signals


def test_a_refusal_and_an_assurance_are_answers() -> None:
    text = "France will not lift the ban on Britain. Iran said it would not attack Israel."
    events = [(s.event.value, s.valence.value, s.negated)
              for s in read_report(text, published=DAY).signals]  # fmt: skip
    assert events == [("REJECT", "accuse", True), ("AGREE", "reassure", True)]
