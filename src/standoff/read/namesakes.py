"""Words that are a name of the tables and stand for somebody else: part of a longer name, a person of that
name, a place of it elsewhere, an abbreviation that the text gives to others."""

from __future__ import annotations

import re
from functools import lru_cache

from standoff.read.found import Found
from standoff.read.gazetteer import Entry, Hit
from standoff.read.lexicon_words import words_of

_GENERAL = re.compile(
    r"\b(?:Inspector|Attorney|Secretary|Director|Consul|Surgeon|Solicitor|Governor) $"
)


def named_longer(entry: Entry, text: str, hit: Hit) -> bool:
    """Whether the words are part of another name: "The National Institute", "Inspector General"."""
    word = text[hit.start : hit.end]
    if entry.kind not in ("state", "demonym", "title") and word.startswith("The "):
        return re.match(r" [A-Z][a-z]", text[hit.end : hit.end + 3]) is not None
    return (
        word == "General" and _GENERAL.search(text, max(0, hit.start - 12), hit.start) is not None
    )


def doubtful(entry: Entry, text: str, hit: Hit) -> bool:
    """True where the word is better not taken for the state."""
    caution = entry.caution
    if "case" in caution and text[hit.start : hit.end].islower():
        return True
    after = text[hit.end : hit.end + 22]
    if text[hit.start : hit.start + 4].lower() == "the " and re.match(r" [A-Z]", after):
        return True
    before = text[max(0, hit.start - 12) : hit.start]
    if "place-phrase" in caution and re.match(
        r"[- ](?:[Ss]ea|[Ss]trait|[Gg]ulf|Ocean|Bay|[Pp]eninsula|Straits|Channel|subcontinent)\b",
        after,
    ):
        return True
    if re.match(r" (?:Valley|River|Delta|Plateau|Desert|Basin|Canal)\b", after):
        return True
    if "ethnic" in caution and re.search(r"\b[Ee]thnic $", text[max(0, hit.start - 8) : hit.start]):
        return True
    if "us-state" in caution and _american(text):
        return True
    if entry.kind == "capital" and entry.name.lower() in words_of("homonym_capitals"):
        return not any(name in text for name in _names_of(entry.actor))
    if "place-phrase" in caution and re.search(
        r"(?:Sea|Gulf|Bay|Straits?|Isthmus|Horn) of $", before
    ):
        return True
    surname_next = re.match(r" ([A-Z][a-z]+)", after) if "person" in caution else None
    if surname_next and entry.kind == "state" and not _is_title(surname_next[1]):
        return True  # "Jordan Goudreau"
    named = re.search(r"([A-Z][a-z]+) $", before) if "person" in caution else None
    if named and entry.kind != "demonym":  # "George Washington", but not "But Washington"
        opener = named[1].lower()
        plain = words_of("sentence_openers") | words_of("regimes")
        return not (opener in plain or opener.endswith("ly"))
    return (
        "agreement" in caution
        and re.match(r" (?:agreement|accord|talks|process|format|protocol)", after) is not None
    )


def _american(text: str) -> bool:
    """Whether the text speaks of American states and never of the Caucasus."""
    words = set(re.findall(r"[A-Z][a-z]+", text))
    here, there = words_of("american_places"), words_of("georgian_places")
    lower = {w.lower() for w in words}
    return bool(lower & here) and not lower & there


def _is_title(word: str) -> bool:
    """Whether a capitalised word behind the name of a state is no surname: "Georgia President ..."."""
    lower = word.lower()
    return lower in words_of("state_organs") or lower.rstrip("s") in words_of("state_organs")


@lru_cache(maxsize=64)
def _names_of(actor: str) -> tuple[str, ...]:
    """The names and demonyms of a state, for a capital that is a common name elsewhere."""
    from standoff.reference import state_names

    return tuple(n.name for n in state_names() if n.actor == actor and n.kind != "capital")


_DEFINED = re.compile(r"\(([A-Z]{2,6})s?\)")
_TITLED = re.compile(r"[A-Z][\w’'-]{0,30}")
EXPANSION = 80
"""Characters before a bracket in which the words of its abbreviation stand."""


def own_abbreviations(text: str, found: list[Found]) -> list[Found]:
    """Without the abbreviations that the text gives to somebody else: "the Allied Democratic Forces
    (ADF)" is not Australia's."""
    theirs: set[str] = set()
    bodies = [f for f in found if f.entry.kind == "body"]
    for match in _DEFINED.finditer(text):
        ahead = text[max(0, match.start() - EXPANSION) : match.start()]
        words = _TITLED.findall(ahead)[-len(match[1]) :]
        if "".join(w[0] for w in words) != match[1]:
            continue
        begin = match.start() - len(ahead) + ahead.rfind(words[0])
        if not any(f.start < match.start() and begin < f.end for f in bodies):
            theirs.add(match[1])
    return [f for f in found if text[f.start : f.end].strip(".") not in theirs]
