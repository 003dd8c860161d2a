"""Many reports, one event: who speaks for it, when it happened, and what makes a report contested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standoff.ledger import Ledger, Origin, SignalQuery
from standoff.ledger.agreement import match_signals
from standoff.ledger.decide import same_words
from standoff.ledger.events import group_events
from standoff.ledger.rows import Grading, StoredClaim, StoredSignal
from standoff.ledger.search import spellings
from standoff.terms import ItemGrade, Period, PloverEvent, Signal, SourceGrade, Span


def stored(make, handle: str, signal: Signal, **changes: object) -> StoredSignal:
    base = StoredSignal(
        handle, "D-001", signal, "k", "E-001", "Wire", "", date(2021, 8, 4), "", "suggested",
        ItemGrade.UNKNOWN,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def claim(outcome: str, start: int, end: int, **changes: object) -> StoredClaim:
    base = StoredClaim("C-01", "D-001", Span(start, end, "x" * (end - start)), outcome, {})
    return replace(base, **changes)  # type: ignore[arg-type]


def letters(**grades: str) -> dict[str, Grading]:
    return {k: Grading(k, SourceGrade(v), "a", "", "") for k, v in grades.items()}


def test_hand_coding_speaks_first_then_the_better_source_then_the_earlier_report(make) -> None:
    plain = make.signal("s1", 0, 36, 3)
    hand = replace(plain, coder="chronology")
    reports = [
        stored(make, "S-004", plain, source="Poor", available=date(2021, 8, 1)),
        stored(make, "S-003", plain, source="Good", available=date(2021, 8, 9)),
        stored(make, "S-002", plain, source="Good", available=date(2021, 8, 8)),
        stored(make, "S-001", hand, source="Poor", available=date(2021, 8, 10)),
        stored(make, "S-005", plain, source="Poor", available=date(2021, 8, 11), state="accepted"),
    ]
    (event,) = group_events(reports, (), letters(Good="B", Poor="D"))
    assert event.handles == ("S-001", "S-005", "S-002", "S-003", "S-004")
    assert event.available == date(2021, 8, 1)
    assert [r.reviewed for r in event.reports] == [False, True, False, False, False]
    assert [r.grade.value for r in event.reports] == ["D", "D", "B", "B", "D"]


def test_a_source_that_nobody_graded_is_unknown(make) -> None:
    (event,) = group_events([stored(make, "S-001", make.signal("s1", 0, 36, 3))], (), {})
    assert event.reports[0].grade is SourceGrade.F


def test_an_event_has_the_first_date_that_a_report_gives(make) -> None:
    undated = replace(make.signal("s1", 0, 36, 3), date=Period.unstated())
    open_end = replace(undated, date=Period(None, date(2021, 8, 3)))
    reports = [stored(make, "S-001", undated), stored(make, "S-002", open_end)]
    assert group_events(reports, (), {})[0].happened == Period(None, date(2021, 8, 3))
    assert group_events(reports[:1], (), {})[0].happened == Period.unstated()


@pytest.mark.parametrize(
    ("held", "contested"),
    [
        (claim("CONTRADICTED", 10, 20), True),
        (claim("INCONSISTENT", 35, 40), True),
        (claim("SUPPORTED", 10, 20), False),
        (claim("NOT_CHECKABLE", 10, 20), False),
        (claim("CONTRADICTED", 36, 40), False),  # it begins where the words of the signal end
        (claim("CONTRADICTED", 10, 20, state="rejected"), False),
        (claim("CONTRADICTED", 10, 20, document="D-002"), False),
    ],
)
def test_a_report_is_contested_by_a_wrong_claim_inside_its_words(
    make, held: StoredClaim, contested: bool
) -> None:
    (event,) = group_events([stored(make, "S-001", make.signal("s1", 0, 36, 3))], (held,), {})
    assert event.reports[0].contested is contested


def test_events_stand_by_day_and_a_rejected_signal_makes_none(make) -> None:
    late = stored(make, "S-001", make.signal("s1", 0, 36, 9), event_key="b")
    early = stored(make, "S-002", make.signal("s1", 0, 36, 3), event_key="c")
    gone = stored(make, "S-003", make.signal("s1", 0, 36, 1), event_key="d", state="rejected")
    assert [e.key for e in group_events([late, early, gone], (), {})] == ["c", "b"]


def test_an_event_taken_back_twice_is_taken_back_on_the_earlier_day(make) -> None:
    first = stored(make, "S-001", make.signal("s1", 0, 36, 3), event_key="a")
    backs = [
        stored(make, f"S-00{n}", make.signal("s1", 0, 36, day, retracts=("a",)), event_key=f"r{n}")
        for n, day in ((2, 9), (3, 7))
    ]
    dated = {e.key: e.retracted_on for e in group_events([first, *backs], (), {})}
    assert dated == {"a": date(2021, 8, 7), "r2": None, "r3": None}


# ------------------------------------------------------------------ pages, months, layers, search


@pytest.fixture
def four(book: Ledger, make) -> Ledger:
    for n, day in enumerate((5, 1, 9, 3)):
        text = f"{make.text} Copy {n}."
        signal = make.signal("s1", 0, 36, day, text=text)
        book.add(
            make.report(signal, text=text), origins={"s1": Origin("Wire", date(2021, 9, n + 1))}
        )
    return book


def test_pages_and_orders(four: Ledger) -> None:
    def handles(**asked: object) -> list[str]:
        return [s.handle for s in four.find(SignalQuery(**asked))]  # type: ignore[arg-type]

    assert handles() == ["S-001", "S-002", "S-003", "S-004"]
    assert handles(order="happened") == ["S-002", "S-004", "S-001", "S-003"]
    assert handles(order="happened", limit=2) == ["S-002", "S-004"]
    assert handles(as_of=date(2021, 9, 2)) == ["S-001", "S-002"]
    assert handles(as_of=date(2021, 8, 31)) == []
    assert handles(document="D-003") == ["S-003"]


def test_counts_by_state_and_by_month(four: Ledger) -> None:
    four.accept(["S-001"])
    four.reject(["S-002", "S-003"], "no pledge")
    assert four.count(SignalQuery()) == {"suggested": 1, "accepted": 1, "rejected": 2}
    assert [s.handle for s in four.find(SignalQuery(state="suggested"))] == ["S-004"]
    assert [s.handle for s in four.find(SignalQuery(state="rejected"))] == ["S-002", "S-003"]
    assert four.by_month(SignalQuery()) == {"2021-08": 4}


def test_layers_are_those_beside_the_main_one(four: Ledger, make) -> None:
    assert four.layers() == ()
    text = f"{make.text} Copy 0."
    four.add(make.report(make.signal("s1", 0, 36, 5, text=text), text=text), layer="second")
    assert four.layers() == ("second",)


def test_a_search_finds_documents_quotes_and_reasons_up_to_its_limit(four: Ledger) -> None:
    four.reject(["S-002"], "the words help nobody")
    found = four.search("help").hits
    assert [h.handle for h in found] == [
        "D-001", "D-002", "D-003", "D-004", "S-001", "S-002", "S-003", "S-004", "S-002",
    ]  # fmt: skip
    assert [h.kind for h in found][-1] == "note"
    assert [h.handle for h in four.search("help", 2).hits] == ["D-001", "D-002"]
    assert [h.handle for h in four.search("Copy 2").hits] == ["D-003"]
    assert four.search("zzz").hits == ()
    assert four.search("  ").note == "nothing to look for"
    # Two letters are below a trigram: the scan finds them in any case, wherever they stand.
    assert "D-001" in [h.handle for h in four.search("TA").hits]
    assert [h.handle for h in four.search("TA", 3).hits] == ["D-001", "D-002", "D-003"]


def test_a_search_of_a_day_sees_what_was_there_on_it(four: Ledger) -> None:
    handles = [h.handle for h in four.search("help", as_of=date(2021, 9, 2)).hits]
    assert handles == ["D-001", "D-002", "D-003", "D-004", "S-001", "S-002"]
    assert [h.handle for h in four.search("help", as_of=date(2021, 8, 3)).hits] == []


def test_the_words_around_a_hit(four: Ledger) -> None:
    hit = four.search("Copy 2").hits[0]
    assert hit.snippet.endswith("Copy 2.") and "back" in hit.snippet
    assert len(hit.snippet) <= 60 + len("Copy 2") + 60


def test_short_words_are_searched_in_every_case_and_long_ones_in_four() -> None:
    assert spellings("ab") == ("AB", "Ab", "aB", "ab")
    assert spellings("abc") == ("ABC", "Abc", "abc")


# ------------------------------------------------------------------ the same words, the same act


def test_words_that_stand_twice_are_told_apart_by_what_stands_around_them() -> None:
    old = "On Monday it fired. On Friday it fired again."
    at = old.index("fired again")
    span = Span.of(old, at, at + 5)
    new = "Note. On Monday it fired. On Friday it fired again."
    found = same_words(old, span, new)
    # 40 code points before reach into the sentence of Monday, which the note has not moved.
    assert found is not None and new[found.start :].startswith("fired again")
    assert same_words(old, span, "It fired. It fired.") is None
    assert same_words(old, span, "Nothing.") is None
    assert same_words(old, Span(3, 3, ""), new) is None


def test_codings_match_one_to_one_by_the_largest_share_of_common_words(make) -> None:
    def at(name: str, start: int, end: int, **changes: object) -> StoredSignal:
        return stored(make, name, make.signal(name, start, end, 3, **changes))

    long, short, aside = at("a1", 0, 36), at("a2", 20, 36), at("a3", 64, 92)
    one, two = at("b1", 18, 36), at("b2", 0, 34)
    pairs = match_signals([long, short, aside], [one, two])
    assert [(a.handle, b.handle) for a, b in pairs] == [("a1", "b2"), ("a2", "b1")]
    # Spans that only touch share nothing, and another document is another text.
    assert match_signals([at("a", 0, 36)], [at("b", 36, 60)]) == []
    other = replace(at("b", 0, 36), document="D-002")
    assert match_signals([at("a", 0, 36)], [other]) == []
    # Of two equal overlaps the one with the same event is the pair.
    same = [at("x", 0, 36, event=PloverEvent.AID), at("y", 0, 36)]
    assert [b.handle for _, b in match_signals([at("a", 0, 36)], same)] == ["y"]
