"""Four digits that are a year, by the words around them."""

from __future__ import annotations

from standoff.read.quantities.nouns import is_plural
from standoff.read.quantities.tokens import GRAMMAR, Scan

_LEADS, _COMPARED, _MAGNITUDES = (
    GRAMMAR.words(n) for n in ("year_before", "compared", "magnitude")
)


def is_year(scan: Scan, i: int) -> bool:
    """A bare numeral between 1500 and 2199 that the words around it make a year.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> is_year(scan_text("the 2015 security laws"), 1), is_year(scan_text("about 2000 troops"), 1)
    (True, False)
    """
    if not scan.number(i) or len(scan.raw[i]) != 4:
        return False
    at = i - 2 if scan.word(i - 1) == "." and scan.glued(i - 1) else i - 1
    behind = scan.word(i + 1) if scan.kind(i + 1) == "w" and not scan.glued(i + 1) else ""
    return reads_as_year(int(scan.values[i]), scan.word(at), scan.word(at - 1), behind)


def reads_as_year(value: int, before: str, earlier: str, behind: str) -> bool:
    """Whether the two words before and the word behind ("" for none) make four digits a year.

    >>> reads_as_year(2015, "the", "in", "security"), reads_as_year(2000, "about", "", "troops")
    (True, False)
    """
    if before in _LEADS or not 1900 <= value < 2100:
        return before in _LEADS and 1500 <= value < 2200
    if (
        before == "than"
        and value > 2000
        and not behind
        and earlier not in ("more", "less", "fewer")
    ):
        return True
    if before in _COMPARED and (value <= 2000 or behind or before != "over"):
        return False
    counts = is_plural(behind) and before not in ("the", "its", "their", "his", "her", "'s", "s")
    return not counts and behind not in _MAGNITUDES
