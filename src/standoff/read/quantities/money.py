"""Money: symbols, ISO 4217 codes and names of currencies, before or after the amount.

Names that several states share stay what they are ("rupee", "franc", "peso") unless an adjective
settles it; a bare dollar is the United States', a bare pound sterling, as in most reporting.
"""

from __future__ import annotations

from standoff.read.quantities.numbers import MAGNITUDES
from standoff.read.quantities.tokens import GRAMMAR, Scan

_SIGNS, _DOLLARS, _ISO, _LETTERS, _NAMES, _WHOSE, _SETTLED = (
    GRAMMAR.words(name)
    for name in ("sign", "dollar", "iso", "money_before", "currency", "adjective", "settled")
)
_SCALES = {"M": 1e6, "K": 1e3, "B": 1e9}
Money = tuple[str, int, float]


def currency_before(scan: Scan, i: int) -> Money | None:
    """A currency that starts at token `i` and stands before an amount: (code, next, scale).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> currency_before(scan_text("NT$200"), 0), currency_before(scan_text("USD 5"), 0)
    (('TWD', 2, 1.0), ('USD', 1, 1.0))
    """
    word, j = scan.word(i), i + 1
    if word in _SIGNS:
        australian = word == "$" and scan.glued(j) and scan.word(j) == "a"
        return ("AUD", i + 2, 1.0) if australian else (_SIGNS[word], j, 1.0)
    if scan.kind(i) != "w" or len(word) > 6:
        return None
    if word == "u" and scan.word(j) == "." and scan.word(i + 2) == "s":
        word, j = "us", i + 3
        j += scan.word(j) == "." and scan.glued(j)
    if scan.word(j) == "$" and word in _DOLLARS:
        alone = len(word) == 1 and not scan.raw[i].isupper()
        if not alone or (word == "c" and scan.word(i - 1) not in ("'", "’")):
            return _DOLLARS[word], j + 1, 1.0
    if f"{word}{scan.word(j)}" in _DOLLARS and scan.word(j) in ("£", "¥"):
        return _DOLLARS[f"{word}{scan.word(j)}"], j + 1, 1.0
    code = _code(scan.raw[i])
    if code is not None:
        return code[0], i + 1, code[1]
    dot = scan.word(i + 1) == "." and word != "sen"
    return (
        (_LETTERS[word], i + 1 + dot, 1.0)
        if word in _LETTERS and scan.kind(i + 1 + dot) == "n"
        else None
    )


def _code(raw: str) -> tuple[str, float] | None:
    """A code of ISO 4217, perhaps with a scale before it ("MUSD"); small letters only for the known ones."""
    if raw in GRAMMAR.words("small_code"):
        raw = raw.upper()
    scale = _SCALES.get(raw[:1], 0.0) if len(raw) == 4 and raw[1:] in _ISO else 0.0
    if not scale and raw not in _ISO:
        return None
    raw = raw[1:] if scale else raw
    return _ISO[raw] or raw, scale or 1.0


def currency_after(scan: Scan, i: int) -> Money | None:
    """A currency that starts at token `i` behind an amount: (code, next, scale).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> currency_after(scan_text("5 Canadian dollars"), 1)
    ('CAD', 3, 1.0)
    """
    word = scan.word(i)
    if word in _SIGNS:
        before_amount = scan.kind(i + 1) == "n" and (scan.glued(i + 1) or not scan.glued(i))
        return None if before_amount else (_SIGNS[word], i + 1, 1.0)
    if scan.kind(i) != "w" or (scan.kind(i + 1) == "n" and scan.glued(i + 1)):
        return None
    code = _code(scan.raw[i])
    if code is not None:
        return code[0], i + 1, code[1]
    whose, j = _adjective(scan, i)
    name = scan.word(j)
    if name in ("pound", "pounds"):
        sterling = scan.word(j + 1) == "sterling"
        code_name = "GBP" if sterling else _SETTLED.get(f"{whose}.pound")
        return (code_name, j + 1 + sterling, 1.0) if code_name else None
    code_name = _NAMES.get(name)
    if code_name is None or (code_name == "KRW" and j == i and not _won_is_money(scan, i)):
        return None
    if whose in ("new", "hong", "south", "north", "sri") and code_name != "KRW":
        return None
    if code_name == "KRW" and word == "north":
        return "KPW", j + 1, 1.0
    return _SETTLED.get(f"{whose}.{code_name}", code_name), j + 1, 1.0


def _adjective(scan: Scan, i: int) -> tuple[str, int]:
    """Whose currency, said in up to three words, and the token behind them."""
    whose, j = "", i
    while scan.word(j) in _WHOSE and j < i + 3:
        whose = _WHOSE[scan.word(j)] or scan.word(j)
        j += 1
        j += scan.word(j) == "." and scan.glued(j)
    if j == i and scan.word(i) == "u" and scan.word(i + 1) == "." and scan.word(i + 2) == "s":
        whose, j = "us", i + 3 + (scan.word(i + 3) == ".")
    return whose, j + (scan.word(j) == "states" and whose == "us")


def _won_is_money(scan: Scan, i: int) -> bool:
    """ "5 million won" is money; "the party won", "27 won seats" are not."""
    large = scan.kind(i - 1) == "n" and scan.values[i - 1] >= 1000
    return (scan.word(i - 1) in MAGNITUDES or large) and not scan.has(i + 1, "won_before")
