"""Does one kind of signal follow another more often than its own frequency explains?

For every signal of the second series, was there one of the first within the days before it? The
number is compared with what it is after the first series has been shifted in time by every possible
number of days, around the ends: that keeps the clusters of both series and breaks the link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.errors import DescriptionError
from standoff.measure import Stance
from standoff.terms import Channel, Estimate, Relation

_SERIES = re.compile(r"([A-Z]{3})>([A-Z]{3})(:hostility)? (words|deeds)")
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Replies:
    """`within` of `replies` signals came at most `days` days after one of the `causes`.

    `ratio` is that number over what shifted records give (median, 90 % interval); `share` the
    share of shifted records with fewer (ties count half). None where either series has fewer than five signals.
    """

    causes: int
    replies: int
    within: int
    days: int
    ratio: Estimate | None
    share: float | None


def replies(stance: Stance, cause: str, reply: str, days: int = 30) -> Replies:
    """Compare a record of replies with shifted ones. Series: "JPN>TWN words".

    `stance` holds the record. The interval of the ratio is that of the shifted records.

    Raises `DescriptionError` for text that names no series.
    """
    first, second = _days(stance, cause), _days(stance, reply)
    if min(len(first), len(second)) < FEWEST:
        return Replies(len(first), len(second), 0, days, None, None)
    # Only the span that both series cover: outside it a missing reply means nothing.
    start, end = max(first[0], second[0] - days), min(first[-1], second[-1]) + days
    first = first[(first >= start) & (first <= end)]
    second = second[(second >= start) & (second <= end)]
    span = int(end - start) + 1
    found = _within(first - start, second - start, span, 0, days)
    shifted = np.array([_within(first - start, second - start, span, s, days) for s in range(span)])
    low, mid, high = (max(float(np.quantile(shifted, q)), 0.5) for q in (0.05, 0.5, 0.95))
    ratio = Estimate(found / mid, found / high, found / low)
    # Half of the ties: a record that cannot be told from its shifted selves has a share of one half.
    fewer, as_many = np.count_nonzero(shifted < found), np.count_nonzero(shifted == found)
    share = (fewer + 0.5 * as_many) / span
    return Replies(len(first), len(second), found, days, ratio, share)


def _within(
    first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], span: int, shift: int, days: int
) -> int:
    gap = (second[:, None] - (first + shift)[None, :]) % span
    return int(((gap > 0) & (gap <= days)).any(axis=1).sum()) if first.size else 0


def _days(stance: Stance, text: str) -> npt.NDArray[np.int64]:
    found = _SERIES.fullmatch(text)
    if found is None:
        raise DescriptionError(
            f"series {text!r}", '"JPN>TWN words" or "CHN>JPN:hostility words"', "correct the file"
        )
    relation = Relation.HOSTILITY if found[3] else Relation.COMMITMENT
    seen = stance.observations(found[1], found[2], relation)
    days = [o.day for o in seen if o.channel is Channel(found[4])]
    return np.array(sorted((d - date(1970, 1, 1)).days for d in days), dtype=np.int64)
