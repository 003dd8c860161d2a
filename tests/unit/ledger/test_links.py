"""Every number knows what it rests on, and every handle which numbers rest on it."""

from __future__ import annotations

from datetime import date

from standoff.ledger import Ledger
from standoff.terms import Claim, OpenContent, Outcome, Span, Verdict

RUN = {
    "parts": {
        "war": {"rests_on": ["L-JPN>TWN@2021-08-13"]},
        "attack": {"rests_on": ["L-JPN>TWN@2021-08-13", "S-002"]},
        "stage.1": {"rests_on": []},
    },
    "levels": [{"handle": "L-JPN>TWN@2021-08-13", "signals": ["S-001"]}],
}


def test_links_run_both_ways(book: Ledger, make) -> None:
    claim = Claim("c1", Span.of(make.text, 8, 30), "date", "3 August", OpenContent("test"))
    book.add(
        make.report(make.signal("s1", 0, 36, 3), make.signal("s2", 64, 92, 4), claims=(claim,)),
        [Verdict("c1", Outcome.CONTRADICTED, "no")],
    )
    run = book.save_run(date(2021, 8, 13), RUN)
    assert book.uses(run) == (f"{run}#attack", f"{run}#war")
    assert book.uses(f"{run}#attack") == ("L-JPN>TWN@2021-08-13", "S-002")
    assert book.uses("L-JPN>TWN@2021-08-13") == ("S-001",)
    assert book.uses("S-001") == ("D-001",) and book.uses("C-01") == ("D-001",)
    assert book.uses("E-002") == ("S-002",) and book.uses("D-001") == ("S-001", "S-002")
    # S-001 reaches both numbers through the level; S-002 one of them directly.
    assert book.used_by("S-001") == (f"{run}#attack", f"{run}#war")
    assert book.used_by("S-002") == (f"{run}#attack",)
    assert book.used_by("L-JPN>TWN@2021-08-13") == (f"{run}#attack", f"{run}#war")
    assert book.used_by("D-001") == book.used_by("S-001") == book.used_by("E-001")
    assert book.used_by("C-01") == book.used_by("S-001")
    assert book.used_by("S-009") == ()


def test_a_level_of_another_run_does_not_carry_over(book: Ledger, make) -> None:
    book.add(make.report(make.signal("s1", 0, 36, 3), make.signal("s2", 64, 92, 4)))
    first = book.save_run(date(2021, 8, 13), RUN)
    second = book.save_run(
        date(2021, 8, 13),
        {
            "parts": {"war": {"rests_on": ["L-JPN>TWN@2021-08-13"]}},
            "levels": [{"handle": "L-JPN>TWN@2021-08-13", "signals": ["S-002"]}],
        },
    )
    assert book.used_by("S-001") == (f"{first}#attack", f"{first}#war")
    assert f"{second}#war" in book.used_by("S-002")
    assert f"{second}#war" not in book.used_by("S-001")


def test_saving_an_equal_run_again_keeps_its_links(book: Ledger) -> None:
    one = book.save_run(date(2021, 8, 13), RUN)
    assert book.save_run(date(2021, 8, 13), RUN) == one
    assert book.used_by("S-002") == (f"{one}#attack",)
    assert [r.handle for r in book.runs()] == [one]
