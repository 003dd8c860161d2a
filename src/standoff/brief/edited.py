"""A brief whose words a person edited: words are kept, numbers are not theirs to change.

Paragraphs that may be reworded stand in the Markdown brief under a comment with their name and run. In a brief
of the same run their numbers must be those that were computed. In one of another run a paragraph whose
numbers have moved is kept and marked as stale, with what would stand there now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from standoff.brief.blocks import Block, Text
from standoff.errors import InputError

__all__ = ["with_words"]

_NAMED = re.compile(
    r"^<!-- (judgement \d+), (R-\w+) -->\n(.*?)(?=\n\n|\s*\Z)", re.DOTALL | re.MULTILINE
)
_MARKS = re.compile(r" \[[\d, ]+\]\s*\Z")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def with_words(blocks: Sequence[Block], edited: str, run: str) -> tuple[Block, ...]:
    """The blocks with the words of an edited Markdown brief.

    Raises:
        InputError: no paragraph of a brief in it, one that this run has not, or a number that was changed.
    """
    found = {name: (old, _words(text)) for name, old, text in _NAMED.findall(edited)}
    if not found:
        raise InputError(
            "a file without a paragraph of a brief",
            "a Markdown brief, its comments <!-- judgement 1, R-... --> kept",
            "standoff brief --out brief.md",
        )
    names = {b.name for b in blocks if isinstance(b, Text) and b.name}
    if strange := sorted(set(found) - names):
        raise InputError(
            f"{', '.join(strange)} in the edited brief",
            f"paragraphs of {run}: {', '.join(sorted(names))}",
            "write the brief anew and carry your words over",
        )
    return tuple(
        _reworded(b, *found[b.name], run) if isinstance(b, Text) and b.name in found else b
        for b in blocks
    )


def _reworded(block: Text, old: str, words: str, run: str) -> Text:
    said, known = _numbers(words), _numbers(block.text)
    if said == known:
        return replace(block, text=words)
    if old != run:
        return replace(
            block,
            text=words,
            stale=f"Stale: written for {old}. In {run} it would read: {block.text}",
        )
    wrong = ", ".join((said - known).elements()) or "none"
    gone = ", ".join((known - said).elements()) or "none"
    raise InputError(
        f"{block.name} with numbers of its own ({wrong}; missing {gone})",
        "the numbers that were computed; only words may change",
        f"put back: {block.text}",
    )


def _words(text: str) -> str:
    plain = re.sub(r"\\([\\`*_<#])", r"\1", " ".join(text.split()))
    return _MARKS.sub("", plain)


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))
