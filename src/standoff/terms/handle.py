"""Handles: the short names by which every printed number can be asked `why`.

S-014 signal · C-07 claim · E-021 event · D-003 document · A-0004 action (what somebody decided)
L-JPN>TWN@2021-08-13 level · R-3f2a run · R-3f2a#war one number of it
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.errors import UnknownHandle

_PATTERN = re.compile(
    r"(?P<kind>[SCEDA])-(?P<number>\d+)"
    r"|L-(?P<series>[A-Z]{3}>[A-Z][A-Z-]{2,23}(?::(?:commitment|hostility))?)@(?P<at>\d{4}-\d\d(?:-\d\d)?)"
    r"|R-(?P<run>[0-9a-f]{4,64})(?:#(?P<part>[\w.>:+-]+))?"
)


@dataclass(frozen=True, slots=True)
class Handle:
    """A parsed handle: `kind` is one of S C E D A L R; `key` the rest as printed."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.key}"


def parse_handle(text: str) -> Handle:
    """Parse a handle as printed; the hyphen may be any dash, case does not matter for S C E D A R.

    >>> parse_handle("s-014")
    Handle(kind='S', key='014')
    >>> parse_handle("L-JPN>TWN@2021-08-13").kind
    'L'
    """
    cleaned = text.strip().replace("–", "-").replace("‑", "-")
    if cleaned[:1].lower() in "sceda" and cleaned[1:2] == "-":
        cleaned = cleaned.upper()
    match = _PATTERN.fullmatch(cleaned)
    if match is None:
        raise UnknownHandle(
            repr(text),
            "a handle such as S-014, C-07, E-021, D-003, A-0004, L-JPN>TWN@2021-08-13 or R-3f2a",
            "copy it from the output, quoted because of the > sign",
        )
    return Handle(cleaned[0], cleaned[2:])
