"""Where the text quotes: spans between quotation marks, within a paragraph."""

from __future__ import annotations

from standoff.terms import Span

_PAIRS = {"“": "”", "«": "»", "„": "“"}
LONGEST = 3000


def quoted(text: str) -> tuple[Span, ...]:
    """The quotations of a text without their marks, in order.

    A quotation that a paragraph leaves open ends with it. Apostrophes never open one.

    >>> [s.quote for s in quoted('“We will act,” he said. "Never."')]
    ['We will act,', 'Never.']
    """
    out: list[Span] = []
    opened, closing = -1, ""
    for place, mark in enumerate(text):
        if opened >= 0:
            if mark == closing or mark == "\n" or place - opened > LONGEST:
                if place > opened + 1:
                    out.append(Span.of(text, opened + 1, place))
                opened = -1
        elif mark in _PAIRS or (
            mark == '"' and (place + 1 < len(text)) and not text[place + 1].isspace()
        ):
            opened, closing = place, _PAIRS.get(mark, '"')
    if opened >= 0 and len(text) > opened + 1:
        out.append(Span.of(text, opened + 1, len(text)))
    return tuple(out)
