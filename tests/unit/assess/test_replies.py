"""Replies in time: planted replies are found, independent series are not, ties are no evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from standoff.assess.replies import replies
from standoff.errors import DescriptionError
from standoff.terms import Channel

START = date(2015, 1, 1)


@dataclass(frozen=True)
class Seen:
    day: date
    channel: Channel = Channel.WORDS


class Record:
    """Stands in for a stance: only the days of two series."""

    def __init__(self, causes, answers):
        self.days = {"JPN": causes, "CHN": answers}

    def observations(self, actor, target, relation):
        return tuple(Seen(START + timedelta(days=int(d))) for d in sorted(self.days[actor]))


def asked(causes, answers, days=30):
    return replies(Record(causes, answers), "JPN>TWN words", "CHN>JPN:hostility words", days)


def test_planted_replies_are_found():
    rng = np.random.default_rng(1)
    causes = np.sort(rng.integers(0, 3000, 25))
    found = asked(causes, causes + rng.integers(1, 10, 25))
    assert found.within == found.replies >= 24
    assert found.share > 0.99 and found.ratio.low > 1.5


def test_independent_series_are_told_apart_no_oftener_than_chance():
    shares = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        found = asked(rng.integers(0, 3000, 25), rng.integers(0, 3000, 25))
        shares.append(found.share)
    told = np.mean([s >= 0.95 for s in shares])
    assert told <= 0.15
    assert 0.35 < np.mean(shares) < 0.65


def test_a_record_full_of_causes_tells_nothing():
    found = asked(np.arange(0, 900, 10), np.arange(5, 900, 50))
    assert found.share == pytest.approx(0.5, abs=0.05)


def test_too_few_signals_give_no_ratio():
    found = asked([1, 2, 3], [4, 5, 6, 7, 8, 9])
    assert found.ratio is None and found.share is None


def test_a_series_that_is_none_is_refused():
    with pytest.raises(DescriptionError, match="series 'JPN>TWN'"):
        replies(Record([1], [2]), "JPN>TWN", "CHN>JPN:hostility words")
