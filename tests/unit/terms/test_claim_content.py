"""The content of a claim survives the record and the JSON of a dossier."""

from __future__ import annotations

import json
from datetime import date

import pytest

from standoff.errors import BadRecord
from standoff.terms import (
    Comparator,
    Content,
    DateBasis,
    DistanceContent,
    OfficeContent,
    OpenContent,
    OrderContent,
    Period,
    Quantity,
    RankContent,
    ShareContent,
    Span,
    SumContent,
    content_from_record,
    content_record,
)

_KM = Quantity(Span(4, 16, "about 180 km"), 180.0, 180.0, "km", Comparator.ABOUT)
_MORE = Quantity(Span(0, 13, "more than 500"), 500.0, None, "ship", Comparator.MORE, "ships")
_DAY = Period(date(2021, 8, 13), date(2021, 8, 13), "on Friday", DateBasis.INFERRED)

CONTENTS: tuple[Content, ...] = (
    DistanceContent("Ishigaki", "Taiwan", _KM, "way"),
    SumContent(_MORE, (_KM, _MORE), part_only=True),
    OfficeContent("Taro Aso", "deputy prime minister", "JPN", _DAY, True, (Period.unstated(),)),
    ShareContent("JPN", "milex_gdp_share", _KM, Period(date(2019, 1, 1), None, "since 2019")),
    OrderContent("17:35", "2021-08-13T17:35", "17:00", "2021-08-13T17:00"),
    RankContent("IND", "milex_usd", None, "highest", "", Period.unstated()),
    OpenContent("a motive"),
)


@pytest.mark.parametrize("content", CONTENTS, ids=lambda c: type(c).__name__)
def test_round_trip(content: Content) -> None:
    assert content_from_record(json.loads(json.dumps(content_record(content)))) == content


@pytest.mark.parametrize(
    "record",
    [
        {"form": "Claim", "id": "c1"},
        {"form": "NoSuchContent"},
        {"inner": "Yilan"},
        {"form": "PartContent", "inner": "Yilan"},
        {"form": "DistanceContent", "origin": "A", "destination": "B", "quantity": {"number": [1]}},
    ],
)
def test_refused(record: dict[str, object]) -> None:
    with pytest.raises(BadRecord, match=r"claim|fields"):
        content_from_record(record)
