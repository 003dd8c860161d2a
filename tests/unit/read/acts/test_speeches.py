"""Who says what: nested, on either side of a quotation, inserted, behind a colon, carried over."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.read.acts import find_signals
from standoff.read.acts.quotes import quoted
from standoff.read.report import prepare

DAY = date(2024, 5, 23)

# text -> (event, source, target) of its signals
SPOKEN: dict[str, list[tuple[str, str, str]]] = {
    "“We will attack Estonia,” said the Russian foreign minister.": [("THREATEN", "RUS", "EST")],
    '"We will strike Chile," Peru\'s president said.': [("THREATEN", "PER", "CHL")],
    'Peru\'s president said: "We will strike Chile."': [("THREATEN", "PER", "CHL")],
    '"Chile," the president of Peru said, "must withdraw its troops."': [("REQUEST", "PER", "CHL")],
    "Peru said Chile must withdraw its troops.": [("REQUEST", "PER", "CHL")],
    "According to Peru, Chile fired on a boat of Ecuador.": [("ASSAULT", "CHL", "ECU")],
    "Chile fired on a boat of Ecuador, Peru said.": [("ASSAULT", "CHL", "ECU")],
    "Chile, the minister of Peru said, had fired rockets at Bolivia.": [("ASSAULT", "CHL", "BOL")],
    "Peru said Chile had told Bolivia that it would attack Mali.": [("THREATEN", "CHL", "MLI")],
    '"We condemn Chile," Peru\'s president said. "We will strike Bolivia."':
        [("ACCUSE", "PER", "CHL"), ("THREATEN", "PER", "BOL")],
    "Peru's president issued a warning. Chile must withdraw its troops, he said.":
        [("THREATEN", "PER", ""), ("REQUEST", "PER", "CHL")],
    '"We condemn Chile," Peru\'s president said. The army chief of Bolivia said: "We will strike Peru."':
        [("ACCUSE", "PER", "CHL"), ("THREATEN", "BOL", "PER")],
}  # fmt: skip


@pytest.mark.parametrize("text", SPOKEN)
def test_words_are_their_speakers(text: str) -> None:
    found = [
        (s.event.value, " ".join(s.source_actors), " ".join(s.target_actors))
        for s in read_report(text, published=DAY).signals
    ]
    assert found == SPOKEN[text]


@pytest.mark.xfail(strict=True, reason="the small pipeline makes a preposition of the quoted verb")
def test_a_quotation_that_ends_with_an_exclamation_mark() -> None:
    (found,) = read_report(
        "“We threatened India!” said Pakistan’s army chief.", published=DAY
    ).signals
    assert (found.source_actors, found.target_actors) == (("PAK",), ("IND",))


def test_speakers_of_nested_speech_stand_outermost_first() -> None:
    text = "Peru said Chile had told Bolivia that it would attack Mali."
    (found,) = read_report(text, published=DAY).signals
    assert [a.speaker for a in found.attribution] == ["Peru", "Chile"]


def test_a_denial_of_having_said_it_is_no_speech() -> None:
    found = read_report("Peru did not say that Chile would attack Bolivia.", published=DAY)
    assert not found.signals


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('Peru said: "We condemn Chile."', "verbatim"),
        ("Peru said it condemned Chile.", "paraphrase"),
    ],
)
def test_quoted_words_are_told_from_retold_ones(text: str, kind: str) -> None:
    (speech,) = find_signals(prepare(text, DAY)).speeches
    assert (speech.kind, speech.speaker) == (kind, "Peru")


@pytest.mark.parametrize(
    "words",
    ["Two unnamed officials said Tehran had shelled Israel.",
     "Tehran shelled Israel, said officials on condition of anonymity."],
)  # fmt: skip
def test_unnamed_officials_are_marked(words: str) -> None:
    signals = read_report(words, published=DAY).signals
    assert [s.officialness.value for s in signals] == ["anonymous_official"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will act,” he said. “Never.”", ["We will act,", "Never."]),
        ('He said "no" and left.', ["no"]),
        ("Peru's ship and Chile's boat met.", []),
        ("“It goes on\nand on.”", ["It goes on"]),
        ("„Nein“, «non»", ["Nein", "non"]),
        ("“open to the end", ["open to the end"]),
        ('A 12" gun was fired.', []),
    ],
)
def test_quotations_without_their_marks(text: str, words: list[str]) -> None:
    assert [q.quote for q in quoted(text)] == words
    assert all(text[q.start : q.end] == q.quote for q in quoted(text))
