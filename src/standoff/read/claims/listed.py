"""Numbers of things beside the list of them, and shares in brackets beside what is said of them all.

"Five Allies: A, B, C, D and E"; "ranks first (4.1 %), B is second (3.4 %)"; "A and B spend more than
3 per cent" with "B (2.1 %)" beside it; "$15.5 million (17 %), the remaining $74.7 million (83 %)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading, Sentence
from standoff.terms import (
    ChangeContent,
    Comparator,
    ComparisonContent,
    Period,
    Quantity,
    RatioContent,
    RepeatContent,
    Span,
)

_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_VALUE = {w: i for i, w in enumerate(_NUMBERS, start=2)}
_COUNT = "|".join(_NUMBERS) + r"|[2-9]|1[0-9]"
_WORD = r"(?<!\w)[A-Z][\w’'.-]{1,40}"
_NAME = rf"(?:the\s+)?(?:{_WORD}(?:\s+(?:of|and\s+the|the)?\s*{_WORD}){{0,8}}|[A-Z]{{2,}})"
_ITEM = r"(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,4}"


_HEADED = re.compile(rf"\b(?P<n>{_COUNT})\s+(?P<what>[a-z][\w’' -]{{2,60}}?)(?P<mid>\s*:\s+)", re.I)


def find_listed(reading: Reading) -> Iterator[Draft]:
    """`five member countries ...: A, B, C and D`: what is counted and then named one by one.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "It covered four pivotal areas: security, trade, space, energy, and ties."
    >>> [d.statement for d in find_listed(prepare(text, date(2025, 4, 10)))]
    ['four pivotal areas, and 5 named']
    """
    for sentence in reading.prose():
        for head in _HEADED.finditer(reading.text, sentence.start, sentence.end):
            if re.search(
                r"\b(?:among|including|such as|out|than|hours?|years?|days?|per\s?cent|million|billion)\b",
                head.group("what"),
            ):
                continue
            found = re.compile(rf"{_ITEM}(?:,\s+{_ITEM})*,?\s+and\s+{_ITEM}\s*[.;]?").match(
                reading.text, head.end(), sentence.end
            )
            if found is None or reading.text[found.end() : sentence.end].strip(" .;\n"):
                continue
            items = [
                i for i in re.split(r",\s+and\s+|,\s+|\s+and\s+", found.group().strip(" .;")) if i
            ]
            if reading.quantities_in(found.start(), found.end()):
                # "14 ships: six frigates, five tankers ...": a sum, which others read.
                continue
            commas = found.group().count(",")
            if commas < len(items) - 2 or len(items) < 2:
                # "A, B and C and D": what belongs together the commas do not say.
                continue
            yield _counted(reading, head, found, len(items))


def _counted(reading: Reading, head: re.Match[str], found: re.Match[str], named: int) -> Draft:
    word = head.group("n").casefold()
    value = float(_VALUE.get(word, 0) or int(word))
    span = reading.span(head.start("n"), head.end("what"))
    first = Quantity(span, value, value, "count", Comparator.EQUAL, head.group("what"))
    listed = reading.span(found.start(), found.start() + len(found.group().rstrip(" .;\n")))
    second = Quantity(listed, float(named), float(named), "count", Comparator.EQUAL, "named")
    return Draft(
        reading.span(span.start, listed.end), "count", f"{span.quote}, and {named} named",
        RepeatContent(head.group("what"), first, second),
    )  # fmt: skip


_SHARE = re.compile(
    rf"(?P<name>{_NAME})(?:\s+is\s+\w+)?\s+\((?P<v>\d+(?:\.\d+)?)\s*(?:%|per\s+cent)(?:\s+of\s+GDP)?\)"
)
_RANKED = re.compile(
    r"\b(?:ranks?|is|comes?|was|stands?)\s+(?:in\s+)?(?P<o>first|second|third|fourth|fifth|sixth)\b",
    re.I,
)


def find_ranked(reading: Reading) -> Iterator[Draft]:
    """Shares in brackets that a sentence tells in falling order: "first (4.1 %), B is second (3.4 %)"."""
    for sentence in reading.prose():
        shares = [(m, float(m.group("v"))) for m in _bracketed(reading, sentence)]
        words = reading.text[sentence.start : sentence.end]
        ranks = [m.group("o").casefold() for m in _RANKED.finditer(words)]
        if (
            len(shares) < 2
            or ranks[:2] != ["first", "second"]
            or re.search(r"\b(?:lowest|last|least|bottom)\b", words)
        ):
            continue
        for (first, one), (second, two) in pairwise(shares):
            a, b = (_percent(reading, m) for m in (first, second))
            # The second in rank is not above the first: a fall, or the same.
            if one != two:
                span = reading.span(first.start(), second.end())
                statement = f"{first.group(0)} ranks before {second.group(0)}"
                yield Draft(span, "rank", statement, ChangeContent(a, b, None, rising=False))


def _bracketed(reading: Reading, sentence: Sentence) -> list[re.Match[str]]:
    pattern = re.compile(r"\(\s*(?P<v>\d+(?:\.\d+)?)\s*(?:%|per\s+cent)(?:\s+of\s+GDP)?\s*\)")
    return list(pattern.finditer(reading.text, sentence.start, sentence.end))


def _percent(reading: Reading, m: re.Match[str]) -> Quantity:
    value = float(m.group("v"))
    return Quantity(reading.span(m.start(), m.end()), value, value, "%")


def find_floors(reading: Reading) -> Iterator[Draft]:
    """A floor that named states are said to pass, and their own shares in brackets.

    The sentence with the floor names the same states, or the one with the shares says that just
    these reach it ("are the only countries that achieve the goal").
    """
    floor: tuple[float, str, Span] | None = None
    for sentence in reading.prose():
        words = reading.text[sentence.start : sentence.end]
        shares = {
            m.group("name").removeprefix("the "): m
            for m in _SHARE.finditer(reading.text, sentence.start, sentence.end)
        }
        if floor is not None and len(shares) >= 2:
            value, named, span = floor
            just_these = re.search(
                r"\bonly\s+(?:countries|members|states|allies)\b[^.]{0,40}\b(?:achieve|reach|meet)\b",
                words,
            )
            for name, m in shares.items():
                if name not in named and not just_these:
                    continue
                share = _percent(reading, m)
                least = Quantity(span, value, value, "%")
                statement = f"{name} passes {value:g} per cent"
                content = ComparisonContent(share, least, more=True, exact=True)
                yield Draft(reading.span(m.start(), m.end()), "universal", statement, content)
        found = re.search(
            r"\b(?:more\s+than|at\s+least|above|over|target\s+of|goal\s+of|benchmark\s+of|threshold\s+of)\s+(\d+(?:\.\d+)?)\s*(?:%|per\s*cent)\s+of\s+(?:their\s+)?GDP",
            words,
        )
        if found:
            at = sentence.start + found.start(1)
            floor = (
                float(found.group(1)),
                words[: found.start()],
                reading.span(at, sentence.start + found.end()),
            )


_AMOUNT = re.compile(r"\s*\(\s*$")


def find_parts_of_whole(reading: Reading) -> Iterator[Draft]:
    """`$15.5 million (17 %), with the remaining $74.7 million (83 %)`: two parts that make the whole."""
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        pairs = [
            (a, b)
            for a, b in pairwise(inside)
            if b.unit == "%" and a.unit not in ("%", "count", "yr") and a.value and b.value
            and _AMOUNT.fullmatch(reading.text[a.span.end : b.span.start])
            and reading.text[b.span.end : b.span.end + 1] == ")"
        ]  # fmt: skip
        if len(pairs) != 2 or pairs[0][0].unit != pairs[1][0].unit:
            continue
        (one, first), (two, second) = pairs
        between = reading.text[first.span.end : two.span.start]
        if not re.search(r"\b(?:remaining|rest|remainder|other)\b", between):
            continue
        total = (one.value or 0.0) + (two.value or 0.0)
        span = reading.span(one.span.start, two.span.end)
        whole = replace(one, span=span, low=total, high=total)
        for part, share in ((one, first), (two, second)):
            ratio = replace(share, unit="%")
            content = RatioContent(
                "", "", "part of the whole", ratio, part, whole, Period.unstated()
            )
            where = reading.span(part.span.start, share.span.end)
            yield Draft(where, "share", f"{part.span.quote} is {share.span.quote} of both", content)
