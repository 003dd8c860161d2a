"""Words, verb groups and clauses: classes in context, tense, negation, subjects, what hangs on what."""

from datetime import date

import pytest

from standoff.read.reading import Clause, Reading
from standoff.read.report import prepare


def read(text: str) -> Reading:
    return prepare(text, date(2021, 8, 13))


def subject(reading: Reading, clause: Clause) -> str:
    return reading.token_span(*clause.subject).quote if clause.subject else ""


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Chinese attacks worried Japan.", "attacks", "NOUN"),
        ("China attacks Japan.", "attacks", "VERB"),
        ("Japan opened a probe into Chinese firms.", "firms", "NOUN"),
        ("Iran cut ties with Oman.", "cut", "VERB"),
        ("The ministry hit back.", "hit", "VERB"),
        ("Japan supports Ukraine.", "supports", "VERB"),
        ("They met in May.", "May", "PROPN"),
        ("China may attack.", "may", "MODAL"),
        ("The strike killed two.", "strike", "NOUN"),
        ("It plans to strike.", "strike", "VERB"),
    ],
)
def test_word_class(text: str, word: str, tag: str) -> None:
    assert next(t.tag for t in read(text).tokens if t.text == word) == tag


@pytest.mark.parametrize(
    ("text", "modality", "negated", "passive"),
    [
        ("Japan will sign.", "will", False, False),
        ("Japan did not sign.", "", True, False),
        ("Japan hasn't signed.", "", True, False),
        ("Japan never signed.", "", True, False),
        ("The post could no longer be seen.", "could", True, True),
        ("Ships were sent.", "", False, True),
        ("Japan must leave.", "must", False, False),
        ("Japan has to leave.", "must", False, False),
        ("Japan might leave.", "may", False, False),
        ("Japan is going to leave.", "will", False, False),
    ],
)
def test_verb_group(text: str, modality: str, negated: bool, passive: bool) -> None:
    verb = read(text).clauses[0].verb
    assert (verb.modality, verb.negated, verb.passive) == (modality, negated, passive)


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Japan, which protested, urged restraint.", "urge", "Japan"),
        ("China fired missiles and Japan protested.", "protest", "Japan"),
        ("Japan protested and recalled its envoy.", "recall", "Japan"),
        ("Missiles launched by China landed at sea.", "land", "Missiles"),
        ("After the Speaker, Nancy Pelosi, visited Taipei, China fired.", "visit",
         "the Speaker, Nancy Pelosi"),
        ("The destroyer Izumo (DDH-183) sailed.", "sail", "The destroyer Izumo (DDH-183)"),
        ('"We object," said the minister.', "say", "the minister"),
        ("Japan urged China to stop.", "stop", "China"),
    ],
)  # fmt: skip
def test_subject(text: str, lemma: str, expected: str) -> None:
    reading = read(text)
    clause = next(c for c in reading.clauses if c.verb.lemma == lemma)
    assert subject(reading, clause) == expected


def test_an_object_relative_keeps_its_antecedent() -> None:
    reading = read("It was part of drills that China announced.")
    clause = next(c for c in reading.clauses if c.verb.lemma == "announce")
    assert clause.kind == "relative"
    assert clause.antecedent is not None
    assert reading.token_span(*clause.antecedent).quote.endswith("drills")


def test_a_complement_hangs_on_the_verb_of_saying() -> None:
    reading = read("Abe had argued, after leaving office, that war would come.")
    clause = next(c for c in reading.clauses if c.verb.lemma == "come")
    assert clause.kind == "complement"
    assert clause.parent is not None
    assert reading.clauses[clause.parent].verb.lemma == "argue"


def test_a_consequence_inside_speech_hangs_on_the_speech() -> None:
    reading = read("She replied that if ships came, Japan could fight.")
    clause = next(c for c in reading.clauses if c.verb.lemma == "fight")
    assert clause.parent is not None
    assert reading.clauses[clause.parent].verb.lemma == "reply"
