"""When an act was and how far it has got. Texts are the test's own; dates worked out by hand."""

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import Status, Valence

DAY = date(2024, 5, 23)  # a Thursday
DATES = {
    "Japan condemned the Chinese launch on Tuesday.": (date(2024, 5, 21), date(2024, 5, 21)),
    "Iran has denied a role in attacks on tankers last week.": (DAY, DAY),
    "The drills are the largest since August 2022, when China fired missiles over Taiwan.":
        (date(2022, 8, 1), date(2022, 8, 31)),
    "Abe, who died in 2022, had condemned the Chinese launch in 2021.":
        (date(2021, 1, 1), date(2021, 12, 31)),
    "China fired missiles near Taiwan on Monday. A day earlier Japan protested to China.":
        (date(2024, 5, 19), date(2024, 5, 19)),
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_the_date_is_that_of_the_act(text: str) -> None:
    last = read_report(text, published=DAY).signals[-1]
    assert (last.date.start, last.date.end) == DATES[text]


STATUSES = {
    "The United States would open a base in Poland, Biden said.": Status.PLANNED,
    "Philippines, Vietnam to hold joint drills": Status.PLANNED,
    "Germany said it was considering sending a frigate to Taiwan.": Status.PROPOSED,
    "Finland and Sweden will not support Russia.": Status.DONE,
    "Should China attack Taiwan, the United States would defend it, Biden said.": Status.CONDITIONAL,
    "Iran's response to Israel would be severe.": Status.DONE,
}


@pytest.mark.parametrize("text", STATUSES)
def test_the_status_follows_the_words(text: str) -> None:
    # The fitted model has its say in very short texts; here the rules alone are meant.
    signals = read_report(f"{text}\n\nIt rained. It was dark.", published=DAY).signals
    assert [s.status for s in signals] == [STATUSES[text]]


VALENCES = {
    "China promised not to attack Japan.": ("AGREE", Valence.REASSURE),
    "Russia said it would never use nuclear weapons.": ("AGREE", Valence.REASSURE),
    "Iran vowed never to abandon its missiles.": ("REJECT", Valence.COMMIT),
    "China vowed to attack Japan.": ("THREATEN", Valence.THREATEN),
    "Japan condemned the Chinese launch.": ("ACCUSE", Valence.ACCUSE),
    "Poland will not be intimidated by Russia.": ("REJECT", Valence.COMMIT),
}


@pytest.mark.parametrize("text", VALENCES)
def test_a_negated_threat_reassures(text: str) -> None:
    (signal,) = read_report(text, published=DAY).signals
    assert (signal.event.value, signal.valence) == VALENCES[text]
