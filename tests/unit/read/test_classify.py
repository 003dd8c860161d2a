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


# Ordinary news of named states, written after the weights were fitted and not used for them.
ORDINARY = """
The Polish zloty firmed against the euro on Wednesday.
The Ukrainian poet spent her childhood in Odesa.
Taiwan's night markets draw millions of visitors a year.
China's birth rate has fallen to a record low.
A ferry links the Japanese island with Busan.
The Israeli start-up sells software to hospitals.
Russia's wheat exports are expected to reach 45 million tonnes.
The Korean drama was watched in 90 countries.
Iran's football captain plays for a club in Porto.
It snowed in Athens for the first time in six years.
The Philippine peso lost ground.
Turkey has a coastline on three seas.
The Pakistani novelist lives in London.
Indian farmers sow rice in June.
A new road connects Georgia's capital with the coast.
The Norwegian trawler caught 40 tonnes of cod.
Chinese tourists spent the holiday in Thailand.
The American economy added 210,000 jobs in November.
Vietnam is the second largest exporter of coffee.
The Serbian tennis player won in straight sets.
North Korea has about 26 million inhabitants.
The Lebanese chef opened a restaurant in Paris.
Kuwait's parliament has 50 elected members.
The Sudanese capital lies where two rivers meet.
"""


def test_ordinary_news_of_a_state_is_no_event() -> None:
    coded = [t for t in ORDINARY.split("\n") if t and read_report(t, published=DAY).signals]
    assert not coded


def test_what_a_short_text_reports_may_be_a_refusal() -> None:
    yes = unpack_weights(pack_weights(["AID", "REJECT"], [(1, 1.0, [0.0, 0.0])], [0.0, 4.0]))
    no = unpack_weights(pack_weights(["AID", "REJECT"], [(1, 1.0, [0.0, 0.0])], [4.0, 0.0]))
    reading = prepare("The government of Kenya did not open the road.", DAY)
    assert [s.event.value for s in find_signals(reading, yes).signals] == ["REJECT"]
    assert not find_signals(reading, no).signals


@pytest.mark.parametrize(("chance", "event"), [(0.9, "AID"), (0.2, "ACCUSE")])
def test_in_a_short_text_a_sure_model_overrules_a_frame(chance: float, event: str) -> None:
    odds = math.log(chance / (1 - chance))
    weights = unpack_weights(pack_weights(["AID", "ACCUSE"], [(1, 1.0, [0.0, 0.0])], [odds, 0.0]))
    reading = prepare("Japan condemned the Chinese launch.", DAY)
    assert [s.event.value for s in find_signals(reading, weights).signals] == [event]
    long = prepare("Japan condemned the Chinese launch. It rained. It rained again in Osaka.", DAY)
    assert find_signals(long, weights).signals[0].event.value in (event, "ACCUSE")


def test_a_side_event_that_the_model_holds_for_background_is_left_out() -> None:
    weights = unpack_weights(
        pack_weights(["ACCUSE", "REQUEST"], [(1, 1.0, [0.0, 0.0])], [4.0, 0.0])
    )
    reading = prepare("Japan condemned the launch and urged China to stop.", DAY)
    assert {s.event.value for s in find_signals(reading).signals} == {"ACCUSE", "REQUEST"}
    assert [s.event.value for s in find_signals(reading, weights).signals] == ["ACCUSE"]


def test_a_prime_minister_called_may_is_no_modal() -> None:
    text = "Theresa May has held talks with Leo Varadkar. Germany may send tanks to Kyiv."
    verbs = [c.verb for c in prepare(text, DAY).clauses]
    assert [(v.lemma, v.modality) for v in verbs] == [("hold", ""), ("send", "may")]
