"""Answers, retractions and one act told twice. Texts are the test's own."""

from datetime import date

from standoff.read import read_report

DAY = date(2023, 6, 1)


def signals(text: str):
    return read_report(text, published=DAY).signals


def test_a_rejection_answers_the_accusation_it_names() -> None:
    first, _, third = signals(
        "Japan accused China of spying. India fired a missile. China rejected the accusation."
    )
    assert third.replies_to == (first.id,)


def test_an_answer_of_somebody_else_is_none() -> None:
    _, second = signals("Japan accused China of spying. Brazil signed a pact with Peru.")
    assert second.replies_to == ()


def test_retaliation_answers_who_acted_against_the_sender() -> None:
    first, second = signals(
        "Japan expelled Russian diplomats. Russia expelled Japanese diplomats in response."
    )
    assert second.replies_to == (first.id,)


def test_a_retraction_points_at_the_words_taken_back() -> None:
    first, second = signals("China threatened to attack Japan. China later retracted the threat.")
    assert second.retracts == (first.id,) and second.target_actors == ("JPN",)


def test_a_withdrawal_takes_back_the_deployment() -> None:
    first, second = signals(
        "Russia deployed troops near Estonia. Russia withdrew the troops from Estonia."
    )
    assert second.retracts == (first.id,)


def test_one_act_told_twice_has_one_key_and_two_acts_have_two() -> None:
    told = signals(
        "North Korea fired a missile towards Japan. The missile was fired by North Korea towards Japan. "
        "North Korea held drills near Japan."
    )
    keys = [s.event_key for s in told]
    assert keys[0] == keys[1] != keys[2]


def test_keys_follow_from_the_text_alone() -> None:
    text = "Japan condemned the Chinese launch. Japan condemned the Chinese launch again."
    assert [s.event_key for s in signals(text)] == [s.event_key for s in signals(text)]
