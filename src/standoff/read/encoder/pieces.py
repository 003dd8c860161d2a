"""Words as the encoder sees them: pieces of the vocabulary, without case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

UNKNOWN, OPENING, CLOSING = 100, 101, 102
"""Rows of the vocabulary: [UNK], [CLS], [SEP]."""
LONGEST = 64
"""A longer run of letters is unknown: it is no word."""


class Vocabulary:
    """Pieces by their row; `##` marks one that goes on a word.

    >>> Vocabulary(["block", "##ade", "-"]).pieces("Blockade-block")
    (0, 1, 2, 0)
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self._rows: Mapping[str, int] = {piece: row for row, piece in enumerate(pieces) if piece}
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """The rows of a word: at each place the longest piece that fits (WordPiece; Wu et al. 2016)."""
        found = self._known.get(word)
        if found is None:
            parts = _parts(word)
            found = tuple(row for part in parts for row in self._split(part)) or (UNKNOWN,)
            self._known[word] = found
        return found

    def _split(self, part: str) -> list[int]:
        out: list[int] = []
        start = 0
        while start < len(part) <= LONGEST:
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                row = self._rows.get(prefix + part[start:end])
                if row is not None:
                    out.append(row)
                    start = end
                    break
            else:
                return [UNKNOWN]
        return out or [UNKNOWN]


def _parts(word: str) -> list[str]:
    """Runs of letters and figures, and each other mark alone."""
    out: list[str] = []
    joined = False
    for c in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(c)
        if kind == "Mn" or c.isspace() or kind in ("Cc", "Cf"):
            continue
        alone = kind[0] in "PS"
        if joined and not alone:
            out[-1] += c
        else:
            out.append(c)
        joined = not alone
    return out
