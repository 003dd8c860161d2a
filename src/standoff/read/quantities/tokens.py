"""The scan of the grammar of quantities: words, numerals and marks, and the phrases found in it.

One pass of one regular expression, linear in the length of the text. Numerals keep their value
and whether they were plain digits; a numeral glued to letters ("DF-21D", "scp173m") keeps the
letters as its neighbour, so that the grammar can refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from standoff.read.scan import Grammar

GRAMMAR = Grammar("quantities")
VULGAR = {word: float(value) for word, value in GRAMMAR.words("vulgar").items()}
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
KINDS = {"word": "w", "vulgar": "v", "dotted": "d", "mark": "s"}


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

    def name(self, index: int) -> str:
        """The token at `index` as printed, "" outside the text."""
        return self.raw[index] if 0 <= index < len(self.raw) else ""

    def has(self, index: int, name: str) -> bool:
        """Whether the token at `index` is a word of a class."""
        return 0 <= index < len(self.lower) and self.lower[index] in GRAMMAR.words(name)

    def number(self, index: int, *, plain: bool = True) -> bool:
        """Whether a numeral stands at `index`, with `plain` one of nothing but digits."""
        return self.kind(index) == "n" and (self.plain[index] or not plain)

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
        kind = KINDS.get(group, "n")
        kinds.append(kind)
        raw.append(token)
        # Some capitals grow when lowered (İ); offsets never come from the lowered form.
        lower.append(token.lower().replace("’", "'") if kind == "w" else token)
        starts.append(match.start())
        ends.append(match.end())
        values.append(_value(group, token) if kind == "n" else VULGAR.get(token, 0.0))
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


class Phrases:
    """A class of words and phrases with their values, to be found at a token.

    >>> Phrases({"nautical mile": "nmi", "mile": "mi"}).at(scan_text("a nautical mile"), 1)
    ('nmi', 3)
    """

    def __init__(self, phrases: Mapping[str, str], *, back: bool = False) -> None:
        self.index: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, value in sorted(phrases.items(), key=lambda item: -item[0].count(" ")):
            parts = phrase.split()
            self.index.setdefault(parts[-1 if back else 0], []).append((parts, value))

    def at(self, scan: Scan, i: int) -> tuple[str, int] | None:
        """The value of the longest phrase from token `i` on, and the token behind it."""
        for parts, value in self.index.get(scan.word(i), ()):
            if scan.lower[i : i + len(parts)] == parts:
                return value, i + len(parts)
        return None

    def before(self, scan: Scan, i: int) -> tuple[str, int] | None:
        """The value of the longest phrase that ends before token `i`, and where it starts."""
        for parts, value in self.index.get(scan.word(i - 1), ()):
            if i >= len(parts) and scan.lower[i - len(parts) : i] == parts:
                return value, i - len(parts)
        return None
