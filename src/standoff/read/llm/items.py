"""An answer taken apart: each item is checked against schema and text, or dropped with a reason."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from standoff.read.codebook import load_ontology
from standoff.terms import Span

MOST_ITEMS = 200
FENCE = re.compile(r"\A\s*```[a-z]*\s*\n(.*?)\n\s*```\s*\Z", re.DOTALL)
QUOTES = ("date_quote", "condition_quote", "speaker_quote", "object_quote", "action_quote")


@dataclass(frozen=True, slots=True)
class Dropped:
    """An item, or a part of one, that was not used. `whole` says that the item fell."""

    reason: str
    words: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One item whose words stand in the text. `quotes` are the parts that were found in it."""

    fields: dict[str, Any]
    span: Span
    trigger: Span
    quotes: dict[str, Span]


class Unusable(Exception):
    """An answer that is no JSON of the schema; the message says what is wrong."""


def parse_answer(answer: str) -> list[Any]:
    """The items of an answer. Raises `Unusable`.

    >>> parse_answer('{"items": []}')
    []
    """
    fenced = FENCE.match(answer)
    try:
        parsed: Any = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"the answer is no JSON ({type(error).__name__})") from error
    items: Any = cast("dict[str, Any]", parsed).get("items") if isinstance(parsed, dict) else None
    if not isinstance(items, list):
        raise Unusable('the answer has no list "items"')
    found = cast("list[Any]", items)
    if len(found) > MOST_ITEMS:
        raise Unusable(f"the answer has {len(found)} items; at most {MOST_ITEMS} are taken")
    return found


def check_items(raw: list[Any], text: str, offset: int) -> tuple[list[Item], list[Dropped]]:
    """Items whose quotes stand once in `text` (at `offset` of the document), and what was dropped."""
    kept: list[Item] = []
    dropped: list[Dropped] = []
    seen: set[tuple[int, int, str, str]] = set()
    for entry in raw:
        fields = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        words = str(fields.get("quote") or "")[:200]
        wrong = _wrong_code(fields)
        if wrong:
            dropped.append(Dropped(wrong, words))
            continue
        span = _only(text, fields["quote"], offset)
        if isinstance(span, str):
            dropped.append(Dropped(span, words))
            continue
        trigger = _inside(text, fields["trigger_quote"], span, offset)
        if trigger is None:
            dropped.append(Dropped("the trigger does not stand in the quote", words))
            continue
        key = (
            trigger.start,
            trigger.end,
            fields["event"],
            json.dumps(fields["sources"], sort_keys=True),
        )
        if key in seen:
            dropped.append(Dropped("the same item twice", words))
            continue
        seen.add(key)
        quotes: dict[str, Span] = {}
        for name in QUOTES:
            if not fields[name]:
                continue
            part = _inside(text, fields[name], span, offset) or _only(text, fields[name], offset)
            if isinstance(part, str):
                dropped.append(Dropped(f"{name}: {part}", str(fields[name])[:200], whole=False))
            else:
                quotes[name] = part
        kept.append(Item(fields, span, trigger, quotes))
    return kept, dropped


def _wrong_code(fields: dict[str, Any]) -> str:
    """What in an item does not fit the schema, "" if all does."""
    ontology = load_ontology()
    for name in ("quote", "trigger_quote", *QUOTES):
        if not isinstance(fields.get(name), str):
            return f"{name} is no text"
    for name in ("negated", "hedged", "promises_or_threatens"):
        if not isinstance(fields.get(name), bool):
            return f"{name} is neither true nor false"
    if fields.get("event") not in {e.entry.code for e in ontology.events}:
        return f"event {str(fields.get('event'))[:40]!r} is none of the codebook"
    if fields.get("mode") is not None and fields["mode"] not in ontology.modes(
        str(fields["event"])
    ):
        return f"mode {str(fields['mode'])[:40]!r} is none of {fields['event']}"
    if fields.get("extension") is not None and fields["extension"] not in {
        e.code for e in ontology.extensions
    }:
        return f"extension {str(fields['extension'])[:40]!r} is none of the codebook"
    for name in ("channel", "status", "officialness", "cost", "valence"):
        if fields.get(name) not in {v.code for v in ontology.field(name).values}:
            return f"{name} {str(fields.get(name))[:40]!r} is none of the codebook"
    for name in ("sources", "targets"):
        actors: Any = fields.get(name)
        if not isinstance(actors, list) or not all(_is_actor(a) for a in cast("list[Any]", actors)):
            return f"{name} is no list of actors"
    if fields.get("protege") is not None and not _is_actor(fields["protege"]):
        return "protege is no actor"
    return "" if fields["sources"] else "no source"


def _is_actor(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    actor = cast("dict[str, Any]", value)
    return all(isinstance(actor.get(k), str) for k in ("name", "code", "person", "office"))


def _only(text: str, words: str, offset: int) -> Span | str:
    """The one place of words in the text, or why there is none."""
    if not words.strip():
        return "an empty quote"
    start = text.find(words)
    if start < 0:
        return "the quote does not stand in the text"
    if text.find(words, start + 1) >= 0:
        return "the quote stands in the text more than once"
    return Span(offset + start, offset + start + len(words), words)


def _inside(text: str, words: str, span: Span, offset: int) -> Span | None:
    """The first place of words inside a span."""
    if not words.strip():
        return None
    start = text.find(words, span.start - offset, span.end - offset)
    return None if start < 0 else Span(offset + start, offset + start + len(words), words)
