"""Laws of the two grammars: spans are the words, offsets move with the text, ends are in order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.read.dates import find_dates
from standoff.read.quantities import find_quantities

WORDS = st.lists(
    st.sampled_from(
        "on from to between and since before after until by the a last next this week month year Friday May may March "
        "13 4th 2021 1996 2021-08-13 8/13 Q3 3 two three days weeks ago early mid late end of first half 1,200 km 70 "
        "nautical miles % per cent $ 5 million billion ships troops about more than up 500 600 - – ( ) . , \n \x00 İ ½ 日".split(
            " "
        )
    ),
    max_size=25,
).map(" ".join)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(max_examples=250, deadline=None)
@given(WORDS, DAYS)
def test_dates_are_tied_to_their_words_and_in_order(text: str, published: date) -> None:
    found = find_dates(text, published)
    for one, two in pairwise(found):
        assert one.span.end <= two.span.start
    for mention in found:
        mention.span.check(text)
        assert mention.period.text == mention.span.quote
        start, end = mention.period.start, mention.period.end
        assert start is None or end is None or start <= end


@settings(max_examples=250, deadline=None)
@given(WORDS)
def test_quantities_are_tied_to_their_words_and_in_order(text: str) -> None:
    for q in find_quantities(text):
        q.span.check(text)
        assert q.low is None or q.high is None or q.low <= q.high
        assert not (q.low is None and q.high is None)


@settings(max_examples=120, deadline=None)
@given(WORDS, DAYS)
def test_words_before_move_offsets_and_change_nothing_else(text: str, published: date) -> None:
    # A text that is nothing but "8/13" is a date, so something stands before it in both readings.
    text = "So it was. " + text
    lead = "Nothing else was said there.\n\n"
    plain, moved = find_dates(text, published), find_dates(lead + text, published)
    assert [(m.span.start + len(lead), m.span.quote) for m in plain] == [
        (m.span.start, m.span.quote) for m in moved
    ]
    numbers, shifted = find_quantities(text), find_quantities(lead + text)
    assert [(q.span.start + len(lead), q.low, q.high) for q in numbers] == [
        (q.span.start, q.low, q.high) for q in shifted
    ]
