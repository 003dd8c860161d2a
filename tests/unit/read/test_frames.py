"""Every frame's example is its test: a signal of its event, with the parties that its line names."""

from datetime import date

import pytest

from standoff.errors import DescriptionError
from standoff.read.acts import find_signals
from standoff.read.frames import Frame, all_frames, frame_classes, frame_of_row
from standoff.read.report import prepare
from standoff.terms import Channel

FRAMES = all_frames()


@pytest.mark.parametrize("frame", FRAMES, ids=[f.id for f in FRAMES])
def test_example_gives_its_event_with_its_parties(frame: Frame) -> None:
    report = find_signals(prepare(frame.example, date(2021, 8, 13)))
    senders, _, receivers = frame.who.partition(">")
    wanted = set(filter(None, senders.split(","))), set(filter(None, receivers.split(",")))
    told = [s for s in report.signals if s.event is frame.event]
    assert any(
        wanted[0] <= set(s.source_actors) and wanted[1] <= set(s.target_actors) for s in told
    ), (
        frame.example,
        frame.who,
        [(s.rule, s.source_actors, s.target_actors) for s in report.signals],
        [(n.reason, n.span.quote) for n in report.nonsignals],
    )


def test_ids_are_unique() -> None:
    ids = [f.id for f in FRAMES]
    assert len(ids) == len(set(ids))


def test_all_sixteen_events_and_both_channels_are_covered() -> None:
    assert len({f.event for f in FRAMES}) == 17
    assert {f.channel for f in FRAMES} == {Channel.WORDS, Channel.DEEDS}


def test_classes_are_lower_case_lemmas() -> None:
    for name, words in frame_classes().items():
        assert name.isupper()
        assert all(w == w.lower() for w in words), name


@pytest.mark.parametrize(
    "row",
    [
        {"id": "x", "v": "say"},
        {"v": "say", "ex": "Japan said so."},
        {"id": "x", "v": "say", "ex": "Japan said so.", "typo": 1},
    ],
)
def test_a_faulty_line_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(DescriptionError):
        frame_of_row("ACCUSE", row, 0)
