"""The scan that the grammars of quantities and dates share: words, numerals and marks.

One pass of one regular expression, linear in the length of the text. Numerals keep their value
and whether they were plain digits; a numeral glued to letters ("DF-21D", "scp173m") keeps the
letters as its neighbour, so that the grammars can refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Digits that can form a group of thousands are taken first; the plain numeral is the fallback.
SPACE = "[ \u00a0\u202f\u2009]"
# Letters without the digits and signs that Unicode calls alphanumeric (², ½, ①).
LETTER = r"[^\W\d_²³¹¼½¾⁰-₟⅐-↉①-⓿]"
TOKEN = re.compile(
    rf"""
    (?P<group>\d{{1,3}}(?:,\d{{3}}){{1,8}}(?:\.\d{{1,30}})?(?![\d])(?!,\d{{3}})
      |\d{{1,2}}(?:,\d{{2}}){{1,8}},\d{{3}}(?:\.\d{{1,30}})?(?!\d)
      |\d{{1,3}}(?:{SPACE}\d{{3}}){{1,8}}(?:\.\d{{1,30}})?(?!\d)(?!{SPACE}?\d))
  | (?P<euro>\d{{1,3}}(?:\.\d{{3}}){{1,8}},\d{{1,30}}(?!\d))
  | (?P<comma>(?<![\d,])\d{{1,9}},\d{{1,2}}(?![\d,]))
  | (?P<dotted>\d{{1,9}}(?:\.\d{{1,9}}){{2,30}})
  | (?P<decimal>\d{{1,300}}\.\d{{1,300}}|(?<![\w.])\.\d{{1,300}})
  | (?P<int>\d{{1,300}})
  | (?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
  | (?P<word>{LETTER}+(?:['’](?:[a-rt-z]|s[a-z]){LETTER}*)?)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_NUMERALS = frozenset(("group", "euro", "comma", "decimal", "int"))


def words(*lists: str) -> frozenset[str]:
    """A set of words written as running text, so that long lists stay readable.

    >>> sorted(words("km mi", "nmi"))
    ['km', 'mi', 'nmi']
    """
    return frozenset(" ".join(lists).split())


@dataclass(frozen=True, slots=True)
class Scan:
    """Parallel lists, one entry a token: kind, lower-case word, offsets, value of a numeral.

    `kinds` are "w" word, "n" numeral, "v" vulgar fraction, "d" dotted run (1.2.3), "s" mark.
    `plain` says that a numeral is nothing but digits. Reading past the end gives "".
    """

    text: str
    kinds: list[str]
    lower: list[str]
    raw: list[str]
    starts: list[int]
    ends: list[int]
    values: list[float]
    plain: list[bool]

    def word(self, index: int) -> str:
        """The lower-case token at `index`, "" outside the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def kind(self, index: int) -> str:
        """The kind of the token at `index`, "" outside the text."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else ""

    def glued(self, index: int) -> bool:
        """True if nothing stands between this token and the one before."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]

    def gap(self, index: int) -> str:
        """What stands between this token and the one before."""
        if not 0 < index < len(self.starts):
            return ""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def __len__(self) -> int:
        return len(self.kinds)


def scan_text(text: str) -> Scan:
    """Cut `text` into words, numerals and marks.

    >>> scan = scan_text("some 1,200 km, or 2½")
    >>> scan.lower, scan.values[1]
    (['some', '1,200', 'km', ',', 'or', '2', '½'], 1200.0)
    """
    scan = Scan(text, [], [], [], [], [], [], [])
    kinds, lower, raw = scan.kinds, scan.lower, scan.raw
    starts, ends, values, plain = scan.starts, scan.ends, scan.values, scan.plain
    for match in TOKEN.finditer(text):
        group = match.lastgroup or "mark"
        token = match.group()
        value = 0.0
        if group == "word":
            kind = "w"
        elif group in _NUMERALS:
            kind, value = "n", _value(group, token)
        elif group == "vulgar":
            kind, value = "v", VULGAR[token]
        else:
            kind = "d" if group == "dotted" else "s"
        kinds.append(kind)
        raw.append(token)
        # Some capitals grow when lowered (İ); offsets never come from the lowered form.
        lower.append(token.lower().replace("’", "'") if kind == "w" else token)
        starts.append(match.start())
        ends.append(match.end())
        values.append(value)
        plain.append(group == "int")
    return scan


def _value(group: str, token: str) -> float:
    """The number that a numeral stands for; overflow becomes infinity and is refused later."""
    if group == "group":
        token = re.sub(r"[^\d.]", "", token)
    elif group == "euro":
        token = token.replace(".", "").replace(",", ".")
    elif group == "comma":
        token = token.replace(",", ".")
    try:
        return float(token)
    except ValueError:  # digits of other scripts that float() cannot join
        return float("inf")
