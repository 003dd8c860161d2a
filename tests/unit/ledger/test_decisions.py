"""Decisions are appended, act in batches, and are taken back by the inverse decision."""

from __future__ import annotations

import pytest

from standoff.errors import BadRecord, InputError, LedgerError, SpanMismatch, UnknownHandle
from standoff.ledger import Ledger, SignalQuery, carry_over, plan_carry, verify


@pytest.fixture
def two(book: Ledger, make) -> Ledger:
    book.add(make.report(make.signal("s1", 0, 36, 3), make.signal("s2", 64, 92, 4)))
    return book


def states(ledger: Ledger) -> list[str]:
    return [s.state for s in ledger.signals()]


def test_undo_takes_back_a_whole_action_and_undo_of_undo_brings_it_back(two: Ledger) -> None:
    two.reject(["S-002"], "doubt")
    batch = two.accept(["S-001", "S-002"], "read both")
    assert states(two) == ["accepted", "accepted"]
    assert two.undo() == batch
    assert states(two) == ["suggested", "rejected"]
    undo = two.decisions()[-1].batch
    assert two.undo(undo) == undo
    assert states(two) == ["accepted", "accepted"]
    assert [d.action for d in two.decisions()] == ["reject", "accept", "accept", "undo", "undo"]
    assert [d.in_force for d in two.decisions()] == [True, True, True, False, True]
    assert verify(two.store) == ()


def test_undo_goes_back_step_by_step_to_the_beginning(two: Ledger) -> None:
    two.accept(["S-001"])
    two.reject(["S-001"])
    two.undo()
    assert states(two)[0] == "accepted"
    two.undo()
    assert states(two)[0] == "suggested"
    assert two.undo() is None


def test_undo_leaves_what_another_person_did(two: Ledger) -> None:
    two.accept(["S-001"])
    with Ledger.open(two.path, author="second") as other:
        assert other.undo() is None
        other.reject(["S-002"])
        assert other.undo() is not None
    assert states(two) == ["accepted", "suggested"]


def test_an_action_is_undone_once(two: Ledger) -> None:
    batch = two.accept(["S-001"])
    two.undo(batch)
    with pytest.raises(InputError, match="undone before"):
        two.undo(batch)
    with pytest.raises(UnknownHandle):
        two.undo("A-9999")


def test_an_edit_changes_the_coding_and_keeps_the_first(two: Ledger) -> None:
    two.edit("S-001", {"explicitness": 3, "x_standoff": {"event": "PLEDGE"}}, "both named")
    item = two.signal("S-001")
    assert item.signal.explicitness == 3 and item.signal.x_event == "PLEDGE"
    assert item.state == "accepted" and item.edited
    assert two.events()[0].signal.explicitness == 3
    two.undo()
    assert two.signal("S-001").signal.explicitness == 2 and not two.signal("S-001").edited


def test_two_edits_lie_over_each_other(two: Ledger) -> None:
    first = two.edit("S-001", {"explicitness": 3}, "named")
    two.edit("S-001", {"channel": "deeds"}, "ships went")
    two.undo(first)
    item = two.signal("S-001").signal
    assert item.explicitness == 2 and item.channel == "deeds"


def test_queries_see_the_coding_as_edited(two: Ledger) -> None:
    two.edit("S-001", {"sources": [{"actor": "USA"}], "protege": "PHL"}, "misread")
    assert [s.handle for s in two.find(SignalQuery(actor="USA"))] == ["S-001"]
    assert [s.handle for s in two.find(SignalQuery(actor="JPN"))] == ["S-002"]
    assert [s.handle for s in two.find(SignalQuery(on="PHL"))] == ["S-001"]
    assert [s.handle for s in two.find(SignalQuery(protege="TWN"))] == ["S-002"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"explicitness": 9}, BadRecord),
        ({"start": 1}, BadRecord),
        ({"start": 1, "end": 37, "trigger": [1, 6]}, SpanMismatch),
        ({"colour": "red"}, BadRecord),
        ({"coder": "me"}, InputError),
        ({}, InputError),
    ],
)
def test_an_edit_that_cannot_stand_stores_nothing(two: Ledger, changes, error) -> None:
    with pytest.raises(error):
        two.edit("S-001", changes, "why")
    assert two.decisions() == ()


def test_events_are_merged_and_split(two: Ledger) -> None:
    two.merge("E-001", "E-002", "one pledge, two sentences")
    assert [e.handles for e in two.events()] == [("S-001", "S-002")]
    assert two.uses("E-001") == ("S-001", "S-002") and two.uses("E-002") == ()
    assert [s.handle for s in two.find(SignalQuery(event="E-001"))] == ["S-001", "S-002"]
    two.split(["S-002"], "no, the words were taken back")
    assert [e.handles for e in two.events()] == [("S-001",), ("S-002",)]
    assert [s.handle for s in two.find(SignalQuery(event="E-003"))] == ["S-002"]
    two.undo()
    two.undo()
    assert [e.key.endswith(":s1") for e in two.events()] == [True, False]
    with pytest.raises(LedgerError):
        two.merge("E-001", "E-001", "same")


def test_items_are_graded_apart_from_their_source(two: Ledger) -> None:
    two.grade_item("S-001", "2", "logical, not confirmed")
    assert two.signal("S-001").item_grade == "2"
    assert two.events()[0].reports[0].item_grade == "2"
    with pytest.raises(InputError):
        two.grade_item("S-001", "7", "?")


def test_a_grade_can_be_taken_back(two: Ledger) -> None:
    two.grade("Wire", "B", "good")
    two.grade("Wire", "D", "one error")
    two.undo()
    assert two.gradings()["Wire"].grade == "B"


def test_the_past_can_be_seen_and_not_changed(two: Ledger, clock) -> None:
    clock.tick()
    two.accept(["S-001"])
    clock.tick()
    two.undo()
    two.edit("S-002", {"explicitness": 0}, "vague")
    moments = ["2021-08-13T00:00:00Z", "2021-08-13T00:01:00Z", "2021-08-13T00:02:00Z"]
    seen = []
    for moment in moments:
        with Ledger.open(two.path, recorded_by=moment) as past:
            seen.append([(s.state, s.signal.explicitness) for s in past.signals()])
            assert past.count(SignalQuery())["accepted"] == sum(
                s.state == "accepted" for s in past.signals()
            )
            with pytest.raises(LedgerError, match="past"):
                past.accept(["S-001"])
    blank, yes = ("suggested", 2), ("accepted", 2)
    assert seen == [[blank, blank], [yes, blank], [blank, ("accepted", 0)]]
    with Ledger.open(two.path, recorded_by="2021-08-12") as before:
        assert before.documents() == () and before.events() == ()


def test_a_decision_knows_its_words_whatever_the_handle(two: Ledger, make) -> None:
    two.accept(["S-002"])
    anchor = two.decisions()[0].anchor
    assert '"start":64' in anchor and two.documents()[0].sha256 in anchor


def test_decisions_about_what_is_not_there_are_refused(two: Ledger) -> None:
    for handle in ("S-009", "C-01", "D-007"):
        with pytest.raises(UnknownHandle):
            two.accept(["S-001", handle])
    assert states(two) == ["suggested", "suggested"]


def test_a_new_version_takes_over_only_what_stands_there_word_for_word(two: Ledger, make) -> None:
    two.accept(["S-001"], "yes")
    two.reject(["S-002"], "no")
    text = "UPDATED. " + make.text.replace("took the words back", "took all of it back")
    moved = make.signal("s1", 9, 45, 3, text=text)
    other = make.signal("s2", 73, 101, 4, text=text)
    added = two.add(make.report(moved, other, text=text))
    done = carry_over(two, "D-001", added.document)
    assert done.carried == (("S-001", "S-003"),) and done.queued == ("S-002",)
    assert states(two) == ["accepted", "rejected", "accepted", "suggested"]
    two.undo(done.batch)
    assert states(two)[2] == "suggested"


def test_an_edit_and_a_grade_go_with_the_words_and_a_moved_span_does_not(two: Ledger, make) -> None:
    two.edit("S-001", {"explicitness": 3, "event": "REQUEST"}, "both are named")
    two.grade_item("S-001", "2", "seen twice")
    two.edit("S-002", {"trigger": [64, 66]}, "shorter")
    text = "UPDATED. " + make.text
    first = make.signal("s1", 9, 45, 3, text=text)
    second = make.signal("s2", 73, 101, 4, text=text)
    two.add(make.report(first, second, text=text))
    plan = plan_carry(two, "D-001", "D-002")
    assert plan.carried == (("S-001", "S-003"),) and plan.queued == ("S-002",)
    assert plan.batch == "" and two.signal("S-003").state == "suggested"
    carry_over(two, "D-001", "D-002")
    new = two.signal("S-003")
    assert (new.signal.explicitness, new.signal.event.value) == (3, "REQUEST")
    assert (new.item_grade.value, new.state, new.signal.span.start) == ("2", "accepted", 9)
    # What somebody decides about the new version is never overruled by the old.
    two.reject(["S-003"], "not any more")
    assert carry_over(two, "D-001", "D-002").carried == ()
    assert two.signal("S-003").state == "rejected"
    with pytest.raises(InputError):
        plan_carry(two, "D-001", "D-001")


@pytest.mark.parametrize(
    "changes",
    [
        {"trigger": [64, 70], "quote": "x"},
        {"place": {"start": 0, "end": 5, "quote": "Osaka", "name": "Osaka"}},
        {"x_standoff": {"parts": [{"field": "event", "value": "AID",
                                   "span": {"start": 0, "end": 3, "quote": "Tic"}}]}},
        {"attribution": [{"speaker": "A", "kind": "said",
                          "span": {"start": 1, "end": 4, "quote": "abc"}}]},
    ],
)  # fmt: skip
def test_an_edit_may_not_move_words_to_where_they_do_not_stand(two: Ledger, changes) -> None:
    with pytest.raises((SpanMismatch, BadRecord)):
        two.edit("S-002", changes, "wrong")
    assert two.decisions() == ()


def test_everything_in_a_batch_or_nothing(two: Ledger) -> None:
    with pytest.raises(UnknownHandle), two.batch():
        two.accept(["S-001"])
        two.accept(["S-099"])
    assert two.decisions() == () and verify(two.store) == ()
