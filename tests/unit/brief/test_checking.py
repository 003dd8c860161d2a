"""Other people's assessments: texts written by hand, whose faults are plain."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from standoff.brief import Rank, annotated_html, check_brief
from standoff.errors import ImpossibleDate
from standoff.read import load_documents

DAY = date(2024, 5, 12)


def checked(text: str, documents=(), name="brief.md"):
    source = load_documents(text.encode(), name=name)[0]
    return check_brief(source, name=name, published=DAY, documents=documents)


def found(text: str, kind: str, documents=()):
    return [f for f in checked(text, documents).findings if f.kind == kind]


SUMS = [
    ("We see three scenarios:\n\n- Status quo: 50%\n- Blockade: 30%\n- War: 30%", "110 %"),
    ("There are three possible outcomes.\n\n1. Peace (40 per cent)\n2. War (20 per cent)\n3. Talks (20 per cent)", "80 %"),
    ("Scenarios and their probability:\n\n| scenario | probability |\n|---|---|\n| A | 60% |\n| B | 50% |", "110 %"),
    ("The scenarios are war, with a 45% chance, truce, with a 45% chance, and stalemate, with a 30% chance.", "120 %"),
    ("We weigh two scenarios:\n\n- War: 50-60%\n- Peace: 55-70%", "105 to 130 %"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "total"), SUMS)
def test_alternatives_that_do_not_add_up(text, total) -> None:
    (finding,) = found(text, "sum")
    assert finding.rank is Rank.WRONG
    assert f"add up to {total}," in finding.why


@pytest.mark.parametrize(
    "text",
    [
        "We see three scenarios:\n\n- Status quo: 50%\n- Blockade: 30%\n- War: 20%",
        # Rounded to whole per cent.
        "We see three scenarios:\n\n- A: 33%\n- B: 33%\n- C: 33%",
        "Scenarios:\n\n- War: 20-40%\n- Peace: 50-70%",
        # Two of several: nothing says that these are all.
        "Of the scenarios that we looked at, the worst:\n\n- War: 20%\n- Blockade: 30%",
        "The most likely scenario is a blockade (60% probability), with an invasion probability of 35%.",
        # Risks that may all come, not alternatives.
        "The chances this year:\n\n- Clash: 50%\n- Blockade: 40%\n- Sanctions: 80%",
        # Shares of something else.
        "We see three scenarios. In each, exports fall:\n\n- to China by 50%\n- to Japan by 30%\n- to Korea by 30%",
        "Support for the scenarios: 50% of voters want peace, 40% of voters want talks.",
    ],
)
def test_what_need_not_add_up_is_left_alone(text) -> None:
    assert found(text, "sum") == []


HORIZONS = [
    "The chance of a clash is 30% within six months and 20% within a year.",
    "There is a 25 per cent chance of war within 12 months, rising to 15 per cent over the next three years.",
    "The probability of an attack is 40% by 2027 and 35% by 2030.",
    "Chances of a blockade:\n\n| event | 3 months | 6 months | 12 months |\n|---|---|---|---|\n| blockade | 5% | 4% | 9% |",
]  # fmt: skip


@pytest.mark.parametrize("text", HORIZONS)
def test_a_longer_horizon_is_never_less_likely(text) -> None:
    (finding,) = found(text, "horizon")
    assert finding.rank is Rank.WRONG
    assert "the longer time holds the shorter one" in finding.why


@pytest.mark.parametrize(
    "text",
    [
        "The chance of a clash is 20% within six months and 30% within a year.",
        "The chance of a clash is 30% within six months and of sanctions 20% within a year.",
        "There is a 60% chance of talks within a month and a 20% chance of a treaty within a year.",
        "Chances of a blockade:\n\n| event | 3 months | 6 months |\n|---|---|---|\n| blockade | 4% | 5% |\n| war | 1% | 1% |",
    ],
)
def test_other_events_and_growing_chances_are_left_alone(text) -> None:
    assert found(text, "horizon") == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A blockade is very unlikely (35%).", "very unlikely"),
        ("It is almost certain, about 60 per cent, that talks go on.", "almost certain"),
        ("War is likely, with a probability of 20%, before winter.", "likely"),
        ("There is a 70% chance, or roughly even odds, of a strike.", "roughly even odds"),
        ("An attack is unlikely (one in two chance).", "unlikely"),
    ],
)
def test_a_word_against_its_number(text, word) -> None:
    (finding,) = found(text, "band")
    assert f'"{word}"' in finding.why


@pytest.mark.parametrize(
    "text",
    [
        "A blockade is very unlikely (10%).",
        "War is likely (70%).",
        # The IPCC's "likely" goes up to 100 %: an author who follows it is not accused.
        "War is likely (90%).",
        "War is unlikely, and 60% of voters oppose it.",
        "War is unlikely, but there is a 60% chance of sanctions.",
        "It is more likely (60%) than not.",
        "The most likely scenario (40%) is a stalemate.",
    ],
)
def test_a_word_that_fits_or_speaks_of_another_thing(text) -> None:
    assert found(text, "band") == []


def test_a_thing_and_its_opposite() -> None:
    text = "There is a 70% chance of an attack and a 40% chance of no attack."
    (finding,) = found(text, "complement")
    assert "110 %" in finding.why
    assert not found(text.replace("40%", "30%"), "complement")
    assert not found(
        "There is a 70% chance of an attack and a 40% chance of no sanctions.", "complement"
    )


def test_confidence_and_likelihood_in_one_sentence() -> None:
    (finding,) = found("We judge with moderate confidence that war is unlikely.", "confidence")
    assert finding.rank is Rank.FORM
    assert not found("War is unlikely. Our confidence in this is moderate.", "confidence")
    assert not found("We have high confidence in this source. War is unlikely.", "confidence")
    assert not found("They lost confidence. War is unlikely.", "confidence")


DOCUMENT = (
    "D-001",
    "Xi said: “We will never renounce the use of force — and reserve the option.” It rained.",
)


def test_a_quotation_that_stands_in_a_document() -> None:
    for words in (
        "We will never renounce the use of force",
        "we will never renounce … the option.",
        "We will never [he said] renounce the use of force",
        "never renounce the use of force - and reserve the option,",
    ):
        assert found(f'Xi said, "{words}" in May.', "quotation", [DOCUMENT]) == []


def test_an_altered_quotation_shows_the_difference() -> None:
    text = "Xi said, “We will always renounce the use of force and reserve the option”."
    (finding,) = found(text, "quotation", [DOCUMENT])
    assert finding.rank is Rank.WRONG
    assert "D-001" in finding.why and "[-always-]{+never+}" in finding.why


@pytest.mark.parametrize(
    "words", ["reserve all of the option", "the use of a pen", "we never knew of the option for it"]
)
def test_a_likeness_by_chance_is_no_altered_quotation(words) -> None:
    (finding,) = found(f'He spoke of "{words}".', "quotation", [DOCUMENT])
    assert finding.rank is Rank.DOUBTFUL


def test_every_part_of_a_quotation_must_stand_there() -> None:
    text = "Xi said, “we will never renounce the use of force … and we shall march at dawn”."
    (finding,) = found(text, "quotation", [DOCUMENT])
    assert finding.kind == "quotation"


def test_a_quotation_that_stands_nowhere() -> None:
    (finding,) = found('Xi said, "the harvest will be very good".', "quotation", [DOCUMENT])
    assert finding.rank is Rank.DOUBTFUL
    assert finding.why == "stands in no document of the dossier"


def test_without_documents_quotations_are_counted_not_judged() -> None:
    result = checked('Xi said, "the harvest will be very good".')
    assert [f for f in result.findings if f.kind == "quotation"] == []
    assert result.count("quotation") == 1
    assert any("held against nothing" in note for note in result.notes)


@pytest.mark.parametrize(
    "text",
    [
        "China has 370 ships, according to the Pentagon.",
        "China has 370 ships.[3]",
        "China has 370 ships (Cordesman and Hwang, 2023).",
        "China has [370 ships](https://example.org/ships).",
        "China’s navy has 370 ships.12 It grows.",
        # A summary repeats what the text proves.
        "China has 370 ships.\n\nThe navy counts 370 ships, the Pentagon said.",
        # The author's own estimate, a small count, a length of time.
        "The chance of war is 20% this year. We name 3 reasons. We look 12 months ahead.",
    ],
)
def test_a_number_with_a_source(text) -> None:
    assert found(text, "source") == []


def test_a_number_without_a_source() -> None:
    (finding,) = found("China has 370 ships and 2 million soldiers. It grows.", "source")
    assert (finding.rank, finding.quote) == (Rank.UNSOURCED, "370 ships; 2 million soldiers")
    assert not found("China has 370 ships.", "source", [("D-001", "The navy has 370 ships.")])
    assert found("China has 370 ships.", "source", [("D-001", "The navy has 37 ships.")])


def test_a_page_without_blank_lines_has_paragraphs() -> None:
    line = "The ministers met in the capital and spoke of trade, of fish and of"
    page = "\n".join(
        [line] * 4 + ["China has 370 ships."] + [line] * 4 + ["That is what SIPRI said."]
    )
    (finding,) = found(page, "source")
    assert finding.quote == "370 ships"


def test_a_false_distance_is_found_through_the_claims() -> None:
    (finding,) = found("Ishigaki lies 600 km from Taiwan.", "claim")
    assert finding.rank is Rank.WRONG


def test_an_office_without_a_day_of_its_own_is_only_doubted() -> None:
    (finding,) = found("German Chancellor Angela Merkel met the king.", "claim")
    assert finding.rank is Rank.DOUBTFUL
    (dated,) = found("On 3 May 2024, German Chancellor Angela Merkel met the king.", "claim")
    assert dated.rank is Rank.WRONG


def test_findings_come_by_seriousness_then_place() -> None:
    text = (
        "China has 370 ships. We judge with high confidence that war is likely.\n\n"
        "We see two scenarios:\n\n- War: 50%\n- Peace: 60%\n\nA raid is unlikely (90%) in 2025."
    )
    ranks = [(f.rank, f.start) for f in checked(text).findings]
    assert ranks == sorted(ranks)
    assert {f.kind for f in checked(text).findings} >= {"source", "confidence", "sum", "band"}


def test_a_text_without_probabilities() -> None:
    result = checked("The ministers met and talked.")
    assert result.findings == ()
    assert (result.count("probability"), result.count("likelihood")) == (0, 0)


def test_every_item_is_at_its_place() -> None:
    text = "On 3 May 2024 Japan may, with low confidence, send 30 ships; war is unlikely (10%)."
    result = checked(text)
    by_kind = {i.kind: text[i.start : i.end] for i in result.items}
    assert by_kind == {
        "date": "3 May 2024",
        "name": "Japan",
        "vague": "may",
        "confidence": "low confidence",
        "number": "30",
        "likelihood": "unlikely",
        "probability": "10%",
    }


def test_the_day_is_that_of_the_text_or_asked_for() -> None:
    source = load_documents(b"Berlin, 3 March 2023. War is unlikely.", name="x.txt")[0]
    result = check_brief(source)
    assert (result.published, result.published_from) == (
        date(2023, 3, 3),
        "the text (3 March 2023)",
    )
    with pytest.raises(ImpossibleDate, match="--published"):
        check_brief(load_documents(b"War is unlikely.", name="x.txt")[0])


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.text += data


def test_the_annotated_copy_holds_the_text_and_every_finding() -> None:
    text = (
        "A <b>raid</b> & war are unlikely (90%) in 2025; “we will never give in & yield”.\n\n"
        "We see two scenarios:\n\n- War: 50%\n- Peace: 60%"
    )
    result = checked(text, [DOCUMENT])
    page = annotated_html(result)
    parser = Balance()
    parser.feed(page)
    assert parser.open == []
    for line in filter(None, text.split("\n")):
        assert line in parser.text
    for number, finding in enumerate(result.findings, start=1):
        assert f'id="f{number}"' in page and finding.why in parser.text
    assert "<script" not in page and "http" not in page


def test_the_same_text_gives_the_same_bytes() -> None:
    text = "War is unlikely (90%). China has 370 ships."
    assert annotated_html(checked(text)) == annotated_html(checked(text))
