"""What the grammar of dates builds: an interval with what is known and what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from standoff.read.dates.calendar import Span
from standoff.read.scan import Grammar, Rule
from standoff.terms import DateBasis

GRAMMAR = Grammar("dates")
MONTH, WEEKDAY, STEP = (GRAMMAR.numbers(name) for name in ("month", "weekday", "step"))
UNIT = GRAMMAR.words("unit")
_FUTURE, _PAST = GRAMMAR.words("future"), GRAMMAR.words("past")
Grain = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century", "other"
]
GRAINS: dict[str, Grain] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "quarter": "quarter",
    "half": "half", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
_BEFORE = re.compile(r"('?[^\W\d_]+(?:'[a-z]+)?|\d+|[^\w\s])\s*$")
_AFTER = re.compile(r"\s*([^\W\d_]+(?:'[a-z]+)?|\d+|[^\w\s])")
_CUE = re.compile(
    r"['’]?[^\W\d_]+(?:['’][a-z]+)?|(?<![.\s]\w)[.!?;](?=\s+[^a-z]|\s*$)|[^\w\s.!?;]|\d+"
)
_STOPS = frozenset(".!?;")
_TO = re.compile(r"\bto (?!the\b|a\b|an\b|its\b|his\b|her\b|their\b)[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Value:
    """A date expression, characters `first:last`. Ends inclusive; None on an open or unknown side.

    `floats` gives the interval in a year where none was said; `known` says that start and end mean
    something; `made` is the maker.
    """

    first: int
    last: int
    start: date | None
    end: date | None
    grain: Grain = "day"
    basis: DateBasis = DateBasis.STATED
    known: bool = True
    floats: Callable[[int], Span | None] | None = None
    made: str = ""

    def at(self, first: int, last: int) -> Value:
        """The same value over other characters."""
        return replace(self, first=first, last=last)

    @property
    def span(self) -> Span:
        """Both ends of a value that has them, as the values of slots do."""
        if self.start is None or self.end is None:
            raise ValueError("a date with an open side has no span")
        return self.start, self.end

    def in_year(self, year: int) -> Value:
        """A floating value put into a year."""
        span = self.floats(year) if self.floats and 1 <= year <= 9998 else None
        start, end = span or (None, None)
        return replace(self, start=start, end=end, known=span is not None)

    def settled(self, year: int) -> Value:
        """The value in `year`, no longer floating."""
        return replace(self.in_year(year), floats=None)


@dataclass(slots=True)
class Context:
    """A text as written and in lower case, the day of publication, the last day named.

    `day_first` holds for the whole text: where one date of it can only be read so (13/07/2021) and
    none only the other way, 05/08/2021 beside it is 5 August.
    """

    text: str
    low: str
    published: date
    day_first: bool = False
    anchor: date | None = None
    memo: dict[int, Value | None] = field(default_factory=dict[int, "Value | None"])

    def before(self, at: int) -> str:
        """The word, numeral or mark before a place, "" at the start."""
        found = _BEFORE.search(self.low[max(0, at - 24) : at])
        return found[1] if found else ""

    def after(self, at: int) -> str:
        """The word, numeral or mark behind a place, "" at the end."""
        found = _AFTER.match(self.low, at)
        return found[1] if found else ""

    def capital(self, at: int) -> bool:
        """Whether the letter there is a capital."""
        return self.text[at : at + 1].isupper()

    def future(self, first: int, last: int) -> bool:
        """True if the nearest verb cue around characters `first:last` points ahead."""
        left = _CUE.findall(self.text[max(0, first - 200) : first])[:-30:-1]
        right = _CUE.findall(self.text[last : last + 110])[:15]
        for side in (left, right):
            for word in side:
                word = word.lower().replace("’", "'")
                if word in _STOPS:
                    break
                if word in _FUTURE:
                    return True
                if word in _PAST or (len(word) > 4 and word.endswith("ed")):
                    return False
        # No verb says it: an infinitive points ahead ("restaurants are to close", "to leave in May").
        return bool(_TO.search(self.text, max(0, first - 60), first))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule matched: characters `first:last`, its groups with their places, the values of slots."""

    ctx: Context
    rule: Rule
    first: int
    last: int
    groups: tuple[tuple[str, str, int], ...]
    values: tuple[Value, ...]

    def __getitem__(self, name: str) -> str:
        """The words of a group, "" where it did not match."""
        return next((text for key, text, _ in self.groups if key == name), "")

    def all(self, name: str) -> list[str]:
        """The words of every group of a name, in order."""
        return [text for key, text, _ in self.groups if key == name]

    def place(self, name: str) -> int:
        """Where a group starts."""
        return next((at for key, _, at in self.groups if key == name), self.first)

    def value(
        self,
        span: tuple[date | None, date | None],
        grain: str = "other",
        basis: DateBasis = DateBasis.STATED,
    ) -> Value:
        """The value of an interval over all that was matched."""
        return Value(self.first, self.last, *span, GRAINS.get(grain, "other"), basis)

    def day(self, on: date | None, basis: DateBasis = DateBasis.STATED) -> Value:
        """The value of one day; a day that no calendar has is found and unknown."""
        return Value(self.first, self.last, on, on, "day", basis, known=on is not None)

    def unknown(self) -> Value:
        """A date whose interval the text does not give."""
        return Value(self.first, self.last, None, None, "year", known=False)

    def floating(self, grain: str, at: Callable[[int], Span | None]) -> Value:
        """A value without a year, resolved by the tense around it and the day of publication."""
        published = self.ctx.published
        value = replace(self.value((None, None), grain), floats=at)
        found = [value.in_year(published.year + n) for n in range(-4, 5)]
        found = [c for c in found if c.known and c.start and c.end]
        if not found:
            return replace(value, known=False)
        if self.ctx.future(self.first, self.last):
            ahead = [c for c in found if c.end and c.end >= published]
            return (ahead or found[-1:])[0]
        behind = [c for c in found if c.start and c.start <= published]
        return behind[-1] if behind else found[0]


Maker = Callable[[Hit], "Value | None"]
MAKERS: dict[str, Maker] = {}


def maker(function: Maker) -> Maker:
    """Register a function that makes a value of what a rule matched."""
    MAKERS[function.__name__] = function
    return function
