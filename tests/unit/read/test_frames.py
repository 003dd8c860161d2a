"""Every frame's example is its test: the frame fires, with the parties its line names."""

from datetime import date

import pytest

from standoff.errors import DescriptionError
from standoff.read.frames import Frame, all_frames, frame_classes
from standoff.read.frames import _frame as build_frame  # pyright: ignore[reportPrivateUsage]
from standoff.read.report import prepare
from standoff.read.signals import find_signals
from standoff.terms import Channel

FRAMES = all_frames()


@pytest.mark.parametrize("frame", FRAMES, ids=[f.id for f in FRAMES])
def test_example_fires_its_frame(frame: Frame) -> None:
    report = find_signals(prepare(frame.example, date(2021, 8, 13)))  # the frames alone
    signal = next((s for s in report.signals if s.rule == frame.id), None)
    assert signal is not None, [s.rule for s in report.signals] or report.nonsignals
    senders, _, receivers = frame.who.partition(">")
    if senders:
        assert set(signal.source_actors) == set(senders.split(","))
    if receivers:
        assert set(signal.target_actors) == set(receivers.split(","))
    assert signal.event is frame.event
    assert signal.channel is frame.channel


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
        build_frame("ACCUSE", row, 0)
