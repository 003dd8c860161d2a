"""Ranks in military expenditure: `the third largest defence budget in the world`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft, states_in
from standoff.read.reading import Reading, Sentence
from standoff.terms import Period, RankContent

_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_RANK = re.compile(
    r"\b(one of the\s+|"
    + "|".join(rf"{w}[-\s]" for w in _ORDINALS)
    + r"|\d{1,2}(?:st|nd|rd|th)[-\s])?(highest|largest|biggest|lowest|smallest)\s+"
    r"(?:(?:annual|national)\s+)?(?:defen[cs]e|military)\s+(?:budgets?|spender|spending|expenditure)\b"
    r"(?P<gdp>[^.;]{0,40}\b(?:GDP|gross domestic product)\b)?",
    re.I,
)
_RANKED = re.compile(
    r"\brank(?:s|ed)\s+(?P<rank>first|"
    + "|".join(_ORDINALS)
    + r"|\d{1,2}(?:st|nd|rd|th))\b(?P<rest>[^.;]{0,40}?)\b(?:by|in|for)\s+(?:its\s+)?"
    r"(?:defen[cs]e|military)\s+(?:budgets?|spending|expenditure)\b"
    r"(?P<gdp>[^.;,]{0,30}\b(?:GDP|gross domestic product)\b)?",
    re.I,
)
# Any set that is named, known or not: "in Asia", "of the five", "outside the West".
_GROUP = re.compile(
    r"\b(?:in|of|among(?:st)?|within|on|outside|behind|after)\s+(?:the\s+)?"
    r"(world|globe|NATO|ASEAN|G7|G20|EU|European Union|(?:[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*)|"
    r"(?:region|continent|group|alliance|bloc|hemisphere|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_WORLD = ("world", "globe")


def find_ranks(reading: Reading) -> Iterator[Draft]:
    """A rank with its end, its measure and, where named, its group."""
    for sentence in reading.prose():
        yield from _ranked(reading, sentence)
        for m in _RANK.finditer(reading.text, sentence.start, sentence.end):
            mentions = reading.mentions_in(sentence.start, m.start())
            actor = next(states_in(mentions), "")
            if not actor:
                continue
            word = (m.group(1) or "").strip().casefold().rstrip("-")
            rank: int | None = None if word.startswith("one of") else _ORDINALS.get(word)
            if rank is None and word[:1].isdigit():
                rank = int(re.sub(r"\D", "", word))
            if not word:
                rank = 1
            end = "lowest" if m.group(2).casefold() in ("lowest", "smallest") else "highest"
            measure = "milex_gdp_share" if m.group("gdp") else "milex_usd"
            group = _GROUP.search(reading.text, m.end(), sentence.end)
            name = group.group(1) if group and group.group(1) not in _WORLD else ""
            dates = reading.dates_in(sentence.start, sentence.end)
            period = dates[0].period if dates else Period.unstated()
            content = RankContent(actor, measure, rank, end, name, period)
            yield Draft(reading.span(m.start(), m.end()), "rank", f"{actor}: {m.group()}", content)


def _ranked(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`ranked tenth in the world by military spending`."""
    for m in _RANKED.finditer(reading.text, sentence.start, sentence.end):
        states = list(states_in(reading.mentions_in(sentence.start, m.start())))
        if not states:
            continue
        word = m.group("rank").casefold()
        rank = 1 if word == "first" else _ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        measure = "milex_gdp_share" if m.group("gdp") else "milex_usd"
        group = _GROUP.search(m.group("rest")) or _GROUP.search(reading.text, m.end(), sentence.end)
        name = group.group(1) if group and group.group(1) not in _WORLD else ""
        dates = reading.dates_in(sentence.start, sentence.end)
        period = dates[0].period if dates else Period.unstated()
        content = RankContent(states[-1], measure, rank, "highest", name, period)
        yield Draft(reading.span(m.start(), m.end()), "rank", f"{states[-1]}: {m.group()}", content)
