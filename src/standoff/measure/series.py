"""The unit of measurement: one actor's stance towards one object in one relation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.errors import InputError
from standoff.terms import Relation

# Day 0 of the week scale; any constant would do, results depend on differences only.
EPOCH = date(2000, 1, 1)

_PATTERN = re.compile(
    r"\s*(?P<actor>[^>:\s]+)\s*>\s*(?P<object>[^>:\s]+)\s*(?::(?P<relation>\w+))?\s*"
)


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """`actor`'s commitment to `object` (a protege), or its hostility towards `object`.

    >>> str(Series("JPN", "TWN")), str(Series("CHN", "JPN", Relation.HOSTILITY))
    ('JPN>TWN', 'CHN>JPN:hostility')
    """

    actor: str
    object: str
    relation: Relation = Relation.COMMITMENT

    def __str__(self) -> str:
        suffix = ":hostility" if self.relation is Relation.HOSTILITY else ""
        return f"{self.actor}>{self.object}{suffix}"

    @classmethod
    def parse(cls, text: str) -> Series:
        """Read a series as printed; `:commitment` may be written out.

        >>> Series.parse("CHN>JPN:hostility").relation.value
        'hostility'
        """
        match = _PATTERN.fullmatch(text)
        words = {r.value for r in Relation} | {None}
        if match is None or match["relation"] not in words:
            raise InputError(
                f"the series {text!r}",
                "ACTOR>OBJECT or ACTOR>OBJECT:hostility, such as JPN>TWN",
                "quote it in a shell, because of the > sign",
            )
        relation = Relation(match["relation"]) if match["relation"] else Relation.COMMITMENT
        return cls(match["actor"].upper(), match["object"].upper(), relation)


def weeks(day: date) -> float:
    """Weeks from `EPOCH` to `day`.

    >>> weeks(date(2000, 1, 8))
    1.0
    """
    return (day - EPOCH).days / 7.0


def day_of(week: float) -> date:
    """The calendar day nearest to `week` on the scale of `weeks`.

    >>> day_of(1.0)
    datetime.date(2000, 1, 8)
    """
    return EPOCH + timedelta(days=round(week * 7.0))
