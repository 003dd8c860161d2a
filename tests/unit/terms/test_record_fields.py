"""The printed record, field by field: what docs/reference/record.md says, written out by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from standoff.errors import BadRecord
from standoff.terms import (
    Attribution,
    AttributionKind,
    Channel,
    Claim,
    Comparator,
    Cost,
    DateBasis,
    DateMention,
    ExtensionEvent,
    Mention,
    NonSignal,
    Officialness,
    OpenContent,
    Outcome,
    Part,
    Party,
    Period,
    PlaceMention,
    PloverEvent,
    Quantity,
    Reference,
    Signal,
    Span,
    Status,
    Valence,
    Verdict,
    claim_record,
    date_record,
    mention_record,
    nonsignal_record,
    quantity_from_record,
    quantity_record,
    signal_from_record,
    signal_record,
)

TEXT = "Tokyo may have warned of 80 ships."
SPAN = Span.of(TEXT, 0, 34)

LEAST: dict[str, Any] = {
    "start": 100,
    "end": 134,
    "quote": TEXT,
    "event": "ACCUSE",
    "channel": "words",
    "status": "alleged",
    "officialness": "unknown",
}

FULL = Signal(
    id="s7",
    span=SPAN,
    trigger=Span.of(TEXT, 15, 21),
    sources=(Party("JPN", "GOV", "Taro Aso", "finance minister"), Party("IGO", organisation="UN")),
    targets=(Party("CHN", "MIL"),),
    event=PloverEvent.NONE,
    channel=Channel.DEEDS,
    status=Status.CONDITIONAL,
    officialness=Officialness.RETIRED_OFFICIAL,
    explicitness=3,
    cost=Cost.COSTLY,
    valence=Valence.THREATEN,
    date=Period(date(2021, 8, 1), None, "since August", DateBasis.INFERRED),
    mode="warn",
    x_event=ExtensionEvent.RED_LINE,
    contexts=("military", "alliance"),
    protege="TWN",
    protege_weights=(("KOR", 0.25), ("TWN", 0.75)),
    commitment="treaty",
    condition="if attacked",
    place=PlaceMention(Span.of(TEXT, 0, 5), "Tokyo", "JPN", 35.7, 139.7),
    quantities=(Quantity(Span.of(TEXT, 25, 33), 80, None, "ship", Comparator.MORE, "ships"),),
    attribution=(
        Attribution("Kyodo", AttributionKind.HEARSAY, Span.of(TEXT, 0, 5)),
        Attribution("an official", AttributionKind.UNNAMED),
    ),
    negated=True,
    aggregate=True,
    event_key="k1",
    replies_to=("s1", "s2"),
    retracts=("s3",),
    coder="hand",
    rule="r12",
    confidence=0.5,
    confidences=(("event", 0.8), ("date", 0.6)),
    parts=(Part("event", "NONE", Span.of(TEXT, 15, 21)), Part("mode", "warn")),
)


def through_json(record: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(record))


def test_every_field_of_a_full_signal_comes_back() -> None:
    assert signal_from_record(through_json(signal_record(FULL))) == FULL


def test_each_field_is_printed_under_the_name_of_the_page() -> None:
    record = signal_record(FULL)
    assert record["trigger"] == [15, 21]
    assert record["sources"][1]["organisation"] == "UN"
    assert record["date"] == {
        "from": "2021-08-01",
        "to": None,
        "text": "since August",
        "basis": "inferred",
    }
    assert record["attribution"][1] == {"speaker": "an official", "kind": "unnamed", "span": None}
    assert record["x_standoff"]["event"] == "RED_LINE"
    assert record["x_standoff"]["protege_weights"] == {"KOR": 0.25, "TWN": 0.75}
    assert (record["negated"], record["aggregate"], record["confidence"]) == (True, True, 0.5)


def test_what_the_least_record_leaves_out_is_the_least_that_may_be_said() -> None:
    """Cheap, neutral, nothing explicit, no date, nobody named; by a coder that is not the rules."""
    signal = signal_from_record(LEAST)
    assert signal.id == "s100"
    assert (signal.trigger.start, signal.trigger.end, signal.trigger.quote) == (100, 134, TEXT)
    assert (signal.cost, signal.valence, signal.explicitness) == (Cost.CHEAP, Valence.NEUTRAL, 0)
    assert signal.date == Period.unstated()
    assert (signal.negated, signal.aggregate) == (False, False)
    assert (signal.coder, signal.confidence) == ("unknown", 1.0)
    for name in ("sources", "targets", "contexts", "quantities", "attribution", "parts"):
        assert getattr(signal, name) == (), name
    for name in ("replies_to", "retracts", "protege_weights", "confidences"):
        assert getattr(signal, name) == (), name
    for name in ("mode", "x_event", "protege", "place"):
        assert getattr(signal, name) is None, name
    for name in ("commitment", "condition", "event_key", "rule"):
        assert getattr(signal, name) == "", name


def test_a_signal_made_without_more_is_by_the_rules_and_neither_negated_nor_a_sum() -> None:
    signal = Signal(
        "s1", SPAN, SPAN, (), (), PloverEvent.ACCUSE, Channel.WORDS, Status.DONE,
        Officialness.OFFICIAL, 0, Cost.CHEAP, Valence.ACCUSE, Period.unstated(),
    )  # fmt: skip
    assert (signal.coder, signal.confidence) == ("rules", 1.0)
    assert (signal.negated, signal.aggregate) == (False, False)


def test_the_trigger_counts_from_the_text_not_from_the_sentence() -> None:
    signal = signal_from_record(LEAST | {"trigger": [115, 121]})
    assert signal.trigger == Span(115, 121, "warned")


def test_a_date_that_is_given_is_stated_and_one_name_may_stand_without_a_list() -> None:
    signal = signal_from_record(LEAST | {"date": {"to": "2021-08-03"}, "retracts": "s1"})
    assert signal.date == Period(None, date(2021, 8, 3), "", DateBasis.STATED)
    assert signal.retracts == ("s1",)
    assert signal_from_record(LEAST | {"date": {"text": "soon"}}).date.basis is DateBasis.UNSTATED


def test_a_place_without_a_name_has_the_name_of_its_words() -> None:
    place = {"start": 100, "end": 105, "quote": "Tokyo"}
    assert signal_from_record(LEAST | {"place": place}).place == PlaceMention(
        Span(100, 105, "Tokyo"), "Tokyo"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"explicitness": 4}, "explicitness"),
        ({"explicitness": -1}, "explicitness"),
        ({"explicitness": 1.5}, "explicitness"),
        ({"trigger": [115]}, "trigger"),
        ({"trigger": [115, 115]}, "trigger"),
        ({"trigger": [99, 121]}, "trigger"),
        ({"trigger": [115, 135]}, "trigger"),
        ({"trigger": ["a", "b"]}, "trigger"),
        ({"start": -1, "end": 33}, "end"),
        ({"start": "100"}, "start"),
        ({"end": 135}, "end"),
        ({"sources": {"actor": "JPN"}}, "sources"),
        ({"sources": ["JPN"]}, "sources"),
        ({"targets": [{"actor": 5}]}, "targets.actor"),
        ({"date": {"from": "3 August"}}, "date"),
        ({"attribution": [{"kind": "shouted"}]}, "kind"),
        ({"attribution": [{"span": {"start": 1}}]}, "attribution.end"),
        ({"cost": "dear"}, "cost"),
        ({"channel": None}, "channel"),
        ({"quantities": [{"start": 1, "end": 2}]}, "quantity.quote"),
    ],
)
def test_each_wrong_field_is_refused_by_its_name(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadRecord) as caught:
        signal_from_record(LEAST | change)
    assert caught.value.came.startswith(f"{field} = ")


@pytest.mark.parametrize("trigger", [[100, 134], [100, 101], [133, 134]])
def test_a_trigger_may_reach_both_ends(trigger: list[int]) -> None:
    assert signal_from_record(LEAST | {"trigger": trigger}).trigger.start == trigger[0]


def test_a_quantity_comes_back_and_its_unit_may_be_absent() -> None:
    made = Quantity(Span(3, 6, "two"), 2.0, 3.0, "km", Comparator.ABOUT, "reefs")
    record = through_json(quantity_record(made))
    assert record["approximate"] is True
    assert quantity_from_record(record) == made
    bare = quantity_from_record({"start": 0, "end": 3, "quote": "two"})
    assert (bare.unit, bare.comparator, bare.low, bare.noun) == ("", Comparator.EQUAL, None, None)


def test_a_claim_without_a_verdict_was_not_checked_and_a_coder_is_named_unless_the_rules() -> None:
    claim = Claim("c1", SPAN, "open", "a motive", OpenContent("a motive"))
    bare = claim_record(claim)
    assert (bare["verdict"], bare["explanation"]) == ("NOT_CHECKABLE", "no check was run")
    assert (bare["reference"], bare["difference"], bare["against"]) == (None, None, [])
    assert "coder" not in bare
    other = Claim("c1", SPAN, "open", "a motive", OpenContent("a motive"), coder="model")
    assert claim_record(other)["coder"] == "model"


def test_a_verdict_is_printed_with_its_arithmetic_and_its_sources() -> None:
    claim = Claim("c1", SPAN, "open", "a motive", OpenContent("a motive"))
    fact = Reference("110 km", "GeoNames", "2024-01", date(2024, 1, 5), "https://example.org")
    verdict = Verdict(
        "c1", Outcome.CONTRADICTED, "too far", fact, "200 / 110 = 1.82", 0.82, "10 %", "unit",
        ("c2",), (Reference("108 km", "own"),),
    )  # fmt: skip
    record = claim_record(claim, verdict)
    assert record["verdict"] == "CONTRADICTED"
    assert record["reference"] == {
        "value": "110 km",
        "source": "GeoNames",
        "release": "2024-01",
        "dated": "2024-01-05",
        "url": "https://example.org",
    }
    assert record["alternatives"] == [
        {"value": "108 km", "source": "own", "release": "", "dated": None, "url": ""}
    ]
    assert [record[k] for k in ("explanation", "formula", "difference", "tolerance")] == [
        "too far",
        "200 / 110 = 1.82",
        0.82,
        "10 %",
    ]
    assert (record["slip"], record["against"]) == ("unit", ["c2"])


def test_the_other_records() -> None:
    mention = Mention(Span.of(TEXT, 0, 5), Party("JPN"), "place", None, date(2020, 9, 16))
    printed = mention_record(mention)
    assert (printed["from"], printed["to"], printed["kind"]) == ("2020-09-16", None, "place")
    left = Mention(Span.of(TEXT, 0, 5), Party("JPN"), "person", "Tokio", None, date(2021, 10, 4))
    assert (mention_record(left)["from"], mention_record(left)["to"]) == (None, "2021-10-04")
    dated = date_record(DateMention(Span.of(TEXT, 0, 5), Period.day(date(2021, 8, 3), "Tuesday")))
    assert (dated["from"], dated["to"], "text" in dated) == ("2021-08-03", "2021-08-03", False)
    aside = nonsignal_record(NonSignal(SPAN, "hypothetical", "THREATEN"))
    assert (aside["reason"], aside["would_be"]) == ("hypothetical", "THREATEN")
