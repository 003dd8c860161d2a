"""What the grammars of dates and quantities share: word classes and rules read from one data file.

A grammar is one TOML file: `[words]` holds the classes of words, each with the reason why it is one
(`name = ["reason", "word word=value two_words"]`, `@name` takes in another class, `@dates.month` one
of another grammar); `[macros]` holds pieces of patterns; each `[[rule]]` has a name, a pattern, the
words it can begin with (classes, `=word` or `#` for a numeral), the function that makes a value of
it, and examples, which are its tests.

Patterns are regular expressions over the lower-case text. A blank stands for white space, `{name}`
for a macro or a class (a class is a group of its name, `{:name}` without a group; a name may stand
twice), `<name>` for another expression, which the grammar finds itself, `<name!>` for a macro that many rules
share (`<name?>`: or nothing). `after` and `not_after` name
a class that the word before must or must not be of, `capital` says how its first letter is written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from standoff.errors import StandoffError

_PIECE = re.compile(r"\{(:?)([A-Za-z_]+)\}")
_GROUP = re.compile(r"\(\?P<([a-z]+)>")
_SLOT = re.compile(r"(?<!P)<([a-z]+[!?]?)>")
_BLANK = re.compile(r"(\[(?:\\.|[^\]])*\])| ")


def words(*lists: str) -> frozenset[str]:
    """A set of words written as running text, so that long lists stay readable.

    >>> sorted(words("km mi", "nmi"))
    ['km', 'mi', 'nmi']
    """
    return frozenset(" ".join(lists).split())


@cache
def _read(grammar: str) -> dict[str, Any]:
    path = files("standoff.read") / grammar / f"{grammar}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def word_class(grammar: str, name: str) -> Mapping[str, str]:
    """A class of words of a grammar, each word with its value ("" where it has none).

    >>> word_class("dates", "season")["autumn"]
    '9'
    """
    found: dict[str, str] = {}
    for entry in _read(grammar)["words"][name][1].split():
        if entry[0] == "@" and len(entry) > 1:
            *other, inner = entry[1:].split(".")
            found.update(word_class(other[0] if other else grammar, inner))
        else:
            word, _, value = entry.rpartition("=") if "=" in entry[1:] else (entry, "", "")
            if entry.endswith("=="):
                word, value = entry[:-2], "="
            found[word.replace("_", " ")] = value.replace("_", " ")
    return found


@cache
def _numbers(grammar: str, name: str) -> Mapping[str, int]:
    return {word: int(value) for word, value in word_class(grammar, name).items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern, then names of slots and patterns in turn; `args` is the entry of the data file."""

    name: str
    kind: str
    make: str
    head: re.Pattern[str]
    rest: tuple[re.Pattern[str] | str, ...]
    begins: frozenset[str]
    after: Mapping[str, str] | None
    not_after: Mapping[str, str] | None
    capital: bool | None
    args: Mapping[str, Any]


class Grammar:
    """The classes, patterns and rules of one data file.

    >>> Grammar("dates").pattern("{month} {:month}").match("may june")["month"]
    'may'
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = _read(name)
        self.macros: dict[str, str] = self.data.get("macros", {})
        self._known: dict[str, Mapping[str, str]] = {}
        self._shared: dict[str, re.Pattern[str]] = {}
        self.rules = tuple(self._rule(raw) for raw in self.data.get("rule", ()))

    def words(self, name: str) -> Mapping[str, str]:
        """A class of words with their values."""
        if name not in self._known:
            self._known[name] = word_class(self.name, name)
        return self._known[name]

    def numbers(self, name: str) -> Mapping[str, int]:
        """A class of words whose values are whole numbers."""
        return _numbers(self.name, name)

    def pattern(self, source: str) -> re.Pattern[str]:
        """A pattern of the grammar as a regular expression; a name that repeats gets a number."""
        seen: dict[str, int] = {}

        def once(found: re.Match[str]) -> str:
            name = found[1]
            seen[name] = seen.get(name, 0) + 1
            return found.group() if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

        return re.compile(_BLANK.sub(_spaced, _GROUP.sub(once, self._expand(source))))

    def shared(self, macro: str) -> re.Pattern[str]:
        """The pattern of a macro that rules share."""
        if macro not in self._shared:
            self._shared[macro] = self.pattern(f"{{{macro}}}")
        return self._shared[macro]

    def sources(self, kind: str) -> list[str]:
        """The patterns of all rules of a kind, as regular expressions."""
        return [rule.head.pattern for rule in self.rules if rule.kind == kind]

    def _expand(self, source: str) -> str:
        return _PIECE.sub(self._piece, source)

    def _piece(self, found: re.Match[str]) -> str:
        plain, name = found.groups()
        if name in self.macros:
            inner = self._expand(self.macros[name])
            return _GROUP.sub("(?:", inner) if plain else inner
        known = sorted(self.words(name), key=lambda w: (-len(w), w))
        choices = "|".join(re.escape(w) for w in known).replace("\\ ", " ")
        group = "?:" if plain else f"?P<{name.replace('_', '')}>"
        return rf"({group}{choices})(?![^\W\d_])"

    def _rule(self, raw: dict[str, Any]) -> Rule:
        head, *parts = _SLOT.split(raw["pattern"])
        try:
            first = self.pattern(head)
            rest = tuple(self.pattern(p) if n % 2 else p for n, p in enumerate(parts) if p)
            begins = frozenset(
                key for name in raw.get("on", "*").split() for key in self._keys(name)
            )
            after, before = (
                self.words(raw[key]) if key in raw else None for key in ("after", "not_after")
            )
        except (KeyError, re.error) as error:
            raise StandoffError(
                f"rule {raw.get('name')!r} of the grammar of {self.name}: {error!r}",
                "a pattern of known classes",
                f"correct it in read/{self.name}/{self.name}.toml",
            ) from error
        return Rule(
            raw["name"], raw.get("kind", "date"), raw.get("make", ""), first, rest, begins, after,
            before, raw.get("capital"), raw,
        )  # fmt: skip

    def _keys(self, name: str) -> list[str]:
        if name not in self.data["words"]:
            return [name.removeprefix("=")]
        return [re.split(r"[ '-]", word, maxsplit=1)[0] for word in self.words(name)]


def _spaced(found: re.Match[str]) -> str:
    return found[1].replace(" ", r"\s") if found[1] else r"(?:\s{1,9})"


def lowered(text: str) -> str:
    """The text in lower case with straight apostrophes, every character at its place.

    >>> lowered("May’s İ")
    "may's i"
    """
    low = text.lower()
    if len(low) != len(text):  # some capitals grow when lowered
        low = "".join(c.lower()[0] for c in text)
    return low.replace("’", "'")


def text_blocks(text: str, size: int = 100_000) -> Iterator[tuple[int, str]]:
    """Cut a long text into blocks with their offsets, so that memory does not grow with its length.

    Cuts fall at an empty line, a line end, a sentence end or a blank, whichever comes last in the
    block in that order of preference; a run without any blank is cut at `size`.

    >>> list(text_blocks("one two\\nthree", 10))
    [(0, 'one two\\n'), (8, 'three')]
    """
    at = 0
    while len(text) - at > size:
        stop = at + size
        for mark in ("\n\n", "\n", ". ", " "):
            cut = text.rfind(mark, at + size // 2, stop)
            if cut >= 0:
                stop = cut + len(mark)
                break
        yield at, text[at:stop]
        at = stop
    yield at, text[at:]
