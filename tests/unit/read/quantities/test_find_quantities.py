"""Quantities of the news: value, unit and hedge as the words give them."""

from __future__ import annotations

import pytest

from standoff.read.quantities import find_quantities

INF = None
ONE = [
    # text, quote, low, high, unit, comparator
    ("Ishigaki lies about 180 km away.", "180 km", 180, 180, "km", "~"),
    ("It passed within 70 nautical miles of it.", "70 nautical miles", None, 70, "nmi", "<"),
    ("It has 500 to 600 warheads.", "500 to 600 warheads", 500, 600, "warhead", "="),
    ("Between 20 and 30 aircraft flew.", "Between 20 and 30", 20, 30, "aircraft", "="),
    ("It spends 0.94 percent of GDP on it.", "0.94 percent of GDP", 0.94, 0.94, "% of GDP", "="),
    ("Exports rose by 12%.", "12%", 12, 12, "%", "up"),
    ("Exports fell 3.5 per cent.", "3.5 per cent", 3.5, 3.5, "%", "down"),
    ("More than 1,200 troops came.", "1,200 troops", 1200, INF, "troop", ">"),
    ("Fewer than 40 ships came.", "40 ships", INF, 40, "ship", "<"),
    ("The sale is worth $750 million.", "$750 million", 7.5e8, 7.5e8, "USD", "="),
    ("A loan of €3.2bn was agreed.", "€3.2bn", 3.2e9, 3.2e9, "EUR", "="),
    ("It paid 5 trillion yen.", "5 trillion yen", 5e12, 5e12, "JPY", "="),
    ("Its budget is about three times as large.", "three times", 3, 3, "ratio", "~"),
    ("It doubled to nothing.", "doubled", 2, 2, "ratio", None),
    ("Two dozen jets crossed.", "Two dozen jets", 24, 24, "jet", "="),
    ("Half a million people fled.", "Half a million people", 5e5, 5e5, "person", "="),
    ("It weighs 2,500 tonnes.", "2,500 tonnes", 2500, 2500, "t", "="),
    ("Some 5,000-odd tanks stood there.", "5,000", 5000, 5000, "tank", "~"),
    ("The zone extends 200nm from the coast.", "200nm", 200, 200, "nmi", "="),
    ("A laser of 193nm etches the chip.", "193nm", 193, 193, "nanometre", "="),
    ("Output shrank by an annualised 9.5%.", "9.5%", 9.5, 9.5, "%", "down"),
    ("The index gained 312 points.", "312", 312, 312, "point", "up"),
    ("A range of at least 1,000 miles.", "1,000 miles", 1000, INF, "mi", ">"),
]
NONE = [
    "On 13 August 2021 it was so.",
    "The F-35 and the DF-21D flew in 1996.",
    "Article 5 of Resolution 1718.",
    "Call +86 138-2010-2015 at 17:35.",
    "The Five Eyes met; the second fleet left.",
    "",
]


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "unit", "comparator"), ONE, ids=[r[0] for r in ONE]
)
def test_a_number_has_its_value_unit_and_hedge(
    text: str, quote: str, low: float | None, high: float | None, unit: str, comparator: str | None
) -> None:
    found = find_quantities(text)
    assert [q.unit for q in found] == [unit]
    assert found[0].low == (pytest.approx(low) if low is not None else None)
    assert found[0].high == (pytest.approx(high) if high is not None else None)
    assert comparator is None or found[0].comparator.value == comparator
    span = found[0].span
    assert text[span.start : span.end] == span.quote
    assert quote in span.quote or span.quote in quote


@pytest.mark.parametrize("text", NONE)
def test_what_names_or_dates_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


def test_time_is_linear_in_the_length() -> None:
    import time

    unit = (
        "Some 1,200 troops, 500 to 600 missiles and $3.5 billion within 70 nautical miles, up 12%. "
    )

    def spent(times: int) -> float:
        # Processor time, the best of three: other programs on the machine do not count.
        taken: list[float] = []
        for _ in range(3):
            begun = time.process_time()
            find_quantities(unit * times)
            taken.append(time.process_time() - begun)
        return min(taken)

    # Four times the text; sixteen times the time would be quadratic. Six leaves room for noise.
    assert spent(800) < 6 * spent(200) + 0.05
