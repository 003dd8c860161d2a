"""The terms that the program and its pages use, each with its definition and source.

Example:
    >>> glossary_term("QRE").name
    'quantal response equilibrium'
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from standoff.errors import FactError, InputError

__all__ = ["GlossaryTerm", "glossary", "glossary_term"]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """One term.

    Attributes:
        name: the field's word.
        also: other words for it.
        text: the definition, one or two sentences.
        source: where the term comes from; "standoff" for a word of this project.
        see: names of related terms.
        page: the page of the documentation that tells more; may be empty.
    """

    name: str
    text: str
    source: str
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    page: str = ""


@lru_cache(maxsize=1)
def glossary() -> tuple[GlossaryTerm, ...]:
    """All terms, by the alphabet.

    Raises:
        FactError: a term stands twice, lacks a source, or points to one that is not there.

    Example:
        >>> glossary()[0].name
        'Admiralty code'
    """
    held = resources.files("standoff.reference") / "data" / "glossary.toml"
    rows = tomllib.loads(held.read_text("utf-8"))["term"]
    terms = tuple(
        sorted(
            (
                GlossaryTerm(
                    r["name"], r["text"], r["source"], tuple(r.get("also", ())),
                    tuple(r.get("see", ())), r.get("page", ""),
                )
                for r in rows
            ),
            key=lambda t: t.name.casefold(),
        )
    )  # fmt: skip
    names = {t.name for t in terms}
    for term in terms:
        lost = [s for s in term.see if s not in names]
        if lost or not term.source or not term.text:
            raise FactError(
                f"the term {term.name!r} ({lost})", "text, source, known terms", "mend it"
            )
    if len(names) != len(terms):
        raise FactError("a term that stands twice", "one entry a term", "glossary.toml")
    return terms


def glossary_term(word: str) -> GlossaryTerm:
    """The term of a word, its other names included; case does not matter.

    Raises:
        InputError: no such term; the message names the nearest.

    Example:
        >>> glossary_term("brier score").source
        'Brier (1950)'
    """
    known = {n.casefold(): t for t in glossary() for n in (t.name, *t.also)}
    found = known.get(" ".join(word.split()).casefold())
    if found is None:
        near = difflib.get_close_matches(word.casefold(), known, n=3, cutoff=0.5)
        near += [n for n in known if word.casefold() in n and n not in near]
        said = f"a term such as {', '.join(near[:3])}" if near else "a term of the glossary"
        raise InputError(f"{word!r:.60}", said, "standoff glossary")
    return found
