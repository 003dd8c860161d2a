"""Numbers of dates in digits and words: days, years, counts of calendar units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from standoff.read.dates.calendar import business_day, shift
from standoff.read.dates.value import GRAMMAR, STEP, UNIT, Context, Hit

_SMALL = {
    w: n for name in ("ones", "teens", "tens", "nth") for w, n in GRAMMAR.numbers(name).items()
}
ORDINALS = GRAMMAR.numbers("nth")
"""First to twentieth, and thirtieth, with their numbers."""
_QUARTERS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_VAGUE = GRAMMAR.numbers("vague")
_ERA = GRAMMAR.numbers("era")
_AMOUNT = GRAMMAR.pattern(
    "(?P<num>{num})(?P<half> and (?:a )?half)?[ -]?(?:(?P<filler>{:filler})[ -])?{unit}"
)
_BUSINESS = GRAMMAR.words("business")


def number_of(text: str) -> int:
    """A small number in digits or words, cardinal or ordinal.

    >>> number_of("4th"), number_of("twenty-third")
    (4, 23)
    """
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    return sum(_SMALL.get(word, 0) for word in re.split(r"[\s-]+", text))


def year_of(text: str) -> int | None:
    """A year: 2021, '96, of an era, or in words.

    >>> year_of("nineteen ninety-six"), year_of("two thousand and fifteen"), year_of("reiwa 3")
    (1996, 2015, 2021)
    """
    text = text.strip("' ")
    if text.isdigit():
        year = int(text)
        return year if len(text) > 2 else year + (2000 if year < 40 else 1900)
    words = re.split(r"[\s-]+", text)
    if words[0] in _ERA:
        counted = int(words[1])
        return _ERA[words[0]] + counted if 1 <= counted <= 150 else None
    total = part = 0
    for word in words:
        if word in ("hundred", "thousand"):
            total, part = total + part * (100 if word == "hundred" else 1000), 0
        elif 10 <= part <= 20 and _SMALL.get(word, 0) >= 10:
            total, part = part * 100, _SMALL[word]
        else:
            part += _SMALL.get(word, 0)
    return total + part


def amount_of(text: str) -> float:
    """A number before a unit, with its fraction.

    >>> amount_of("2½"), amount_of("one hundred and twenty"), amount_of("half a"), amount_of("a")
    (2.5, 120.0, 0.5, 1.0)
    """
    digits = re.match(r"[\d,]*\.?\d*", text)
    if digits and digits.group():
        return float(digits.group().replace(",", "")) + _QUARTERS.get(text[-1], 0.0)
    if text[-1] in _QUARTERS or text in ("a", "an"):
        return _QUARTERS.get(text[-1], 1.0)
    total, part = 0.0, 0.0
    for word in re.split(r"[\s-]+", text):
        if word in ("hundred", "thousand"):
            total, part = total + (part or 1) * (100 if word == "hundred" else 1000), 0.0
        else:
            part += 0.5 if word == "half" else _SMALL.get(word, 0)
    return total + part


def said_year(hit: Hit) -> int | None:
    """The year that stands behind a day, month or season: in digits, words, or as "last year"."""
    for name in ("year", "yy"):
        if hit[name]:
            return year_of(hit[name])
    if not hit["ryear"]:
        return None
    return hit.ctx.published.year + sum(STEP.get(word, 0) for word in hit["ryear"].split())


@dataclass(frozen=True, slots=True)
class Count:
    """A length in calendar units: amounts (2.0, "week"), the vague word of it, working days or all."""

    amounts: tuple[tuple[float, str], ...]
    loose: str = ""
    business: bool = False

    def move(self, day: date, sign: int) -> date:
        """The day that lies this length before (-1) or after (1) `day`."""
        for number, unit in self.amounts:
            if self.business and unit == "day":
                day = business_day(day, int(number) * sign)
            else:
                day = shift(day, sign * number, unit)
        return day


def count_in(text: str) -> Count | None:
    """A count of calendar units.

    >>> count_in("2 weeks and 3 days").amounts
    ((2.0, 'week'), (3.0, 'day'))
    """
    amounts: list[tuple[float, str]] = []
    loose, business = "", False
    for found in _AMOUNT.finditer(text):
        word = next((w for w in _VAGUE if w in found["num"].split()), "")
        number = _VAGUE[word] if word else amount_of(found["num"])
        if not 0 < number < 1e5 or found["unit"] in ("night", "nights"):
            return None
        loose = loose or word
        business = business or found["filler"] in _BUSINESS
        amounts.append((number + 0.5 * bool(found["half"]), UNIT[found["unit"]]))
    return Count(tuple(amounts), loose, business) if amounts else None


def step_of(hit: Hit) -> int:
    """Which one is meant: -1 the last, 0 this, 1 the next."""
    steps = [STEP[word] for word in hit.all("step") if word.strip() in STEP]
    return steps[-1] if steps else 1


def capital_word(ctx: Context, at: int) -> bool:
    """Whether a word is written with a capital and small letters behind it."""
    found = re.match(r"[^\W\d_]+", ctx.text[at : at + 20])
    word = found.group() if found else ""
    return word[:1].isupper() and (len(word) == 1 or word[1:].islower())
