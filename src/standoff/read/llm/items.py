"""An answer taken apart: each item is checked against schema and text, or dropped with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from standoff.read.codebook import ClaimKind, load_guide
from standoff.read.llm.codes import FIELDS, Codes, plain_codes
from standoff.read.llm.prompt import ACTOR, QUOTES, TRUTHS
from standoff.terms import Span

MOST_ITEMS = 200
FENCE = re.compile(r"\A\s*```[a-z]*\s*\n(.*?)\n\s*```\s*\Z", re.DOTALL)
REPEATED = "the same item twice"
OTHER_SCHEMA = "another schema"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dropped:
    """An item, or a part of one, that was not used. `whole` says that the item fell."""

    reason: str
    words: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as the model names it: `span` is where the words stand, None for nobody known."""

    name: str
    code: str
    person: str
    office: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item whose words stand in the text. `codes` are those of the codebook by field, `quotes`
    the parts that were found in the text.
    """

    span: Span
    trigger: Span
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    protege: Named | None
    event: str
    mode: str | None
    extension: str | None
    codes: Mapping[str, str]
    quotes: Mapping[str, Span]
    hedged: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim whose words and parts stand in the text: (name of the part, its words), in order."""

    span: Span
    kind: str
    parts: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What of an answer can be used, and what was dropped."""

    items: tuple[Item, ...]
    claims: tuple[Proposed, ...]
    dropped: tuple[Dropped, ...]


class Unusable(Exception):
    """An answer that is no JSON of the schema; the message says what is wrong."""


def parse_answer(answer: str) -> tuple[list[Any], list[Any]]:
    """The items and the claims of an answer. Raises `Unusable`.

    >>> parse_answer('{"items": [], "claims": []}')
    ([], [])
    """
    fenced = FENCE.match(answer)
    try:
        parsed: Any = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"the answer is no JSON ({type(error).__name__})") from error
    whole = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    found: list[list[Any]] = []
    for name in ("items", "claims"):
        entries = whole.get(name)
        if not isinstance(entries, list):
            raise Unusable(f'the answer has no list "{name}"')
        entries = cast("list[Any]", entries)
        if len(entries) > MOST_ITEMS:
            raise Unusable(f"the answer has {len(entries)} {name}; at most {MOST_ITEMS} are taken")
        found.append(entries)
    return found[0], found[1]


def check_answer(answer: str, text: str, offset: int, codes: Codes | None = None) -> Checked:
    """The items and claims whose quotes stand in `text` (at `offset` of the document).

    Raises `Unusable` for an answer in another schema: no JSON, no lists, or items of which none has
    the fields asked for.
    """
    raw_items, raw_claims = parse_answer(answer)
    page = _Page(text, offset)
    dropped: list[Dropped] = []
    items = _each(
        raw_items, dropped, lambda entry: _item(entry, page, codes or plain_codes(), dropped)
    )
    claims = _each(raw_claims, dropped, lambda entry: _claim(entry, page))
    entries = len(raw_items) + len(raw_claims)
    if entries and sum(d.reason.startswith(OTHER_SCHEMA) for d in dropped) == entries:
        raise Unusable(f"none of {entries} entries fits the schema; the first: {dropped[0].reason}")
    return Checked(_once(items, dropped), claims, tuple(dropped))


def _each(
    raw: Sequence[Any], dropped: list[Dropped], check: Callable[[dict[str, Any]], T | str]
) -> tuple[T, ...]:
    """What passes its check; the rest is dropped with the reason that the check gives."""
    kept: list[T] = []
    for entry in raw:
        fields = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        made = check(fields)
        if isinstance(made, str):
            dropped.append(Dropped(made, str(fields.get("quote") or "")[:200]))
        else:
            kept.append(made)
    return tuple(kept)


def _once(items: tuple[Item, ...], dropped: list[Dropped]) -> tuple[Item, ...]:
    """Items without repeats: one trigger, one event, one set of senders."""
    kept: dict[tuple[object, ...], Item] = {}
    for item in items:
        key = (item.trigger, item.event, tuple(n.name for n in item.sources))
        if key in kept:
            dropped.append(Dropped(REPEATED, item.span.quote[:200]))
        kept.setdefault(key, item)
    return tuple(kept.values())


def _item(fields: dict[str, Any], page: _Page, codes: Codes, dropped: list[Dropped]) -> Item | str:
    """One item, or why it falls. What falls of its parts alone goes to `dropped`."""
    wrong = _wrong_shape(fields) or _wrong_code(fields, codes)
    if wrong:
        return f"{OTHER_SCHEMA}: {wrong}"
    span = page.only(fields["quote"])
    if isinstance(span, str):
        return span
    trigger = page.inside(fields["trigger_quote"], span)
    if trigger is None:
        return "the trigger does not stand in the quote"
    lost: list[Dropped] = []
    parties = {
        name: _named(name, fields[name], span, page, lost) for name in ("sources", "targets")
    }
    protege = _named("protege", [fields["protege"]] if fields["protege"] else [], span, page, lost)
    quotes: dict[str, Span] = {}
    for name in QUOTES:
        part = page.part(fields[name], span) if fields[name] else None
        if isinstance(part, str):
            lost.append(Dropped(f"{name}: {part}", fields[name][:200], whole=False))
        elif part is not None:
            quotes[name] = part
    if not parties["sources"]:
        return "no source whose words stand in the text"
    dropped += lost
    event, _, mode = (codes.code("event", fields["event"]) or "").partition(".")
    return Item(
        span, trigger, parties["sources"], parties["targets"], protege[0] if protege else None,
        event, mode or None, codes.code("extension", fields["extension"]),
        {name: codes.code(name, fields[name]) or "" for name in FIELDS}, quotes,
        fields["hedged"], fields["negated"],
    )  # fmt: skip


def _wrong_shape(fields: dict[str, Any]) -> str:
    """What in an item is not of the type of the schema, "" if all is."""
    for name in ("quote", "trigger_quote", *QUOTES):
        if not isinstance(fields.get(name), str):
            return f"{name} is no text"
    for name in TRUTHS:
        if not isinstance(fields.get(name), bool):
            return f"{name} is neither true nor false"
    for name in ("sources", "targets"):
        actors: Any = fields.get(name)
        if not isinstance(actors, list) or not all(map(_is_actor, cast("list[Any]", actors))):
            return f"{name} is no list of actors"
    if fields.get("protege") is not None and not _is_actor(fields["protege"]):
        return "protege is no actor"
    return "" if fields["sources"] else "no source"


def _wrong_code(fields: dict[str, Any], codes: Codes) -> str:
    """Which field holds what is none of its codes, "" if none does."""
    for name in ("event", *FIELDS):
        if codes.code(name, fields.get(name)) is None:
            return f"{name} {str(fields.get(name))[:40]!r} is none of the codebook"
    extension = fields.get("extension")
    if extension is not None and codes.code("extension", extension) is None:
        return f"extension {str(extension)[:40]!r} is none of the codebook"
    return ""


def _is_actor(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    actor = cast("dict[str, Any]", value)
    return all(isinstance(actor.get(k), str) for k in ACTOR)


def _named(
    field: str, actors: Sequence[Mapping[str, str]], span: Span, page: _Page, lost: list[Dropped]
) -> tuple[Named, ...]:
    """Actors whose words stand in the text; nobody known (XXX) needs no words."""
    found: list[Named] = []
    for actor in actors:
        at = page.near(actor["name"], span)
        if at is None and (actor["name"].strip() or actor["code"] != "XXX"):
            reason = f"{field}: the words for the actor do not stand in the text"
            lost.append(Dropped(reason, actor["name"][:200], whole=False))
            continue
        person, office = (
            actor[k] if page.near(actor[k], span) else "" for k in ("person", "office")
        )
        found.append(Named(actor["name"].strip(), actor["code"], person, office, at))
    return tuple(found)


def _claim(fields: dict[str, Any], page: _Page) -> Proposed | str:
    """A claim whose quote and parts all stand in the text, or why it falls."""
    kind = next((c for c in load_guide().claims if c.kind == fields.get("kind")), None)
    raw: Any = fields.get("parts")
    if kind is None or not isinstance(fields.get("quote"), str) or not isinstance(raw, list):
        return f"{OTHER_SCHEMA}: a claim without quote, kind and parts"
    span = page.only(fields["quote"])
    if isinstance(span, str):
        return f"claim: {span}"
    parts: list[tuple[str, Span]] = []
    for entry in cast("list[Any]", raw):
        part = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        name, words = part.get("part"), part.get("words")
        if not isinstance(words, str) or name not in (*kind.needs, *kind.may):
            return f"claim {kind.kind}: a part {str(name)[:40]!r} that it does not have"
        at = page.part(words, span)
        if isinstance(at, str):
            return f"claim {kind.kind}, part {name}: {at}"
        parts.append((str(name), at))
    return _complete(kind, span, parts)


def _complete(kind: ClaimKind, span: Span, parts: list[tuple[str, Span]]) -> Proposed | str:
    missing = [n for n in kind.needs if n not in {name for name, _ in parts}]
    if missing:
        return f"claim {kind.kind}: no part {missing[0]}"
    return Proposed(span, kind.kind, tuple(parts))


@dataclass(frozen=True, slots=True)
class _Page:
    """The window of the text that an answer is about; `offset` is where it begins in the document."""

    text: str
    offset: int

    def only(self, words: str) -> Span | str:
        """The one place of words, or why there is none."""
        if not words.strip():
            return "an empty quote"
        start = self.text.find(words)
        if start < 0:
            return "the quote does not stand in the text"
        if self.text.find(words, start + 1) >= 0:
            return "the quote stands in the text more than once"
        return self._span(start, words)

    def inside(self, words: str, span: Span) -> Span | None:
        """The first place of words inside a span."""
        if not words.strip():
            return None
        start = self.text.find(words, span.start - self.offset, span.end - self.offset)
        return None if start < 0 else self._span(start, words)

    def part(self, words: str, span: Span) -> Span | str:
        """Words inside a span, else at their one place in the text, else why there is none."""
        return self.inside(words, span) or self.only(words)

    def near(self, words: str, span: Span) -> Span | None:
        """Whole words inside a span, else the last before it, else the first behind it."""
        name = words.strip()
        if not name:
            return None
        starts = [m.start() for m in re.finditer(re.escape(name), self.text)]
        whole = [s for s in starts if not self._cut(s, s + len(name))]
        first, last = span.start - self.offset, span.end - self.offset
        for group in (
            [s for s in whole if first <= s and s + len(name) <= last],
            [s for s in reversed(whole) if s < first],
            whole,
        ):
            if group:
                return self._span(group[0], name)
        return None

    def _cut(self, start: int, end: int) -> bool:
        """Whether a stretch begins or ends within a word of Latin letters: "US" in "USED"."""
        return any(
            0 < at < len(self.text) and _latin(self.text[at - 1]) and _latin(self.text[at])
            for at in (start, end)
        )

    def _span(self, start: int, words: str) -> Span:
        return Span(self.offset + start, self.offset + start + len(words), words)


def _latin(character: str) -> bool:
    """A letter or digit of a script that writes spaces between words.

    >>> _latin("é"), _latin("国"), _latin("-")
    (True, False, False)
    """
    return character.isalnum() and character < "\u2e80"
