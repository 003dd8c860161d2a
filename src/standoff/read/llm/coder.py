"""The LLM coder: windows of a text, one request each, at most two repairs, a count of what fell."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from standoff.errors import EmptyText
from standoff.read.documents import refuse_longer
from standoff.read.language import language_of
from standoff.read.llm.build import build_signal
from standoff.read.llm.cache import Message, ReplayCache, request_key
from standoff.read.llm.client import Endpoint, ask
from standoff.read.llm.consent import Consent, leaves_the_machine, require
from standoff.read.llm.items import Dropped, Item, Unusable, check_items, parse_answer
from standoff.read.llm.prompt import (
    VERSION,
    instructions,
    item_schema,
    repair_message,
    text_message,
)
from standoff.read.report import read_report
from standoff.read.scan import text_blocks
from standoff.terms import Document, NonSignal, Report, Signal, Status

WINDOW = 12_000
"""Code points of one request."""
REPAIRS = 2
NEVER = {Status.HYPOTHETICAL: "hypothetical", Status.DENIED: "denied"}


@dataclass(frozen=True, slots=True)
class LlmReading:
    """What the model's answers came to: a report in the same record as that of the rules.

    `requests` were sent, `replayed` were answered by the cache; of `unanswered` windows of the text
    no answer could be used.
    """

    report: Report
    dropped: tuple[Dropped, ...]
    requests: int
    replayed: int
    unanswered: int = 0


@dataclass(slots=True)
class _Talk:
    """The counts of one reading."""

    requests: int = 0
    replayed: int = 0
    failed: int = 0


def read_with_llm(
    text: str,
    *,
    published: date,
    endpoint: Endpoint,
    consent: Consent | None = None,
    cache: ReplayCache | None = None,
    source: str = "",
    title: str = "",
    announce: Callable[[str], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> LlmReading:
    """Code a text with a model. Claims, quantities, dates and mentions of an English text are
    those of the rules; signals are the model's, as far as the text bears them out. `announce` is
    told where the text goes.

    Raises `NoConsent` before anything is sent, `EndpointFailure` where the server fails.
    """
    if not text.strip():
        raise EmptyText("a text without any words", "a report to read", "check the file")
    refuse_longer(text, title or "the text")
    if cache is None or not cache.only_replay:
        require(consent, endpoint.base_url)
        if announce is not None:
            announce(
                f"sending {len(text):,} characters to {endpoint.base_url} (model {endpoint.model})"
            )
    base = _base(text, published, source, title)
    talk = _Talk()
    kept: list[Item] = []
    dropped: list[Dropped] = []
    for offset, window in text_blocks(text, WINDOW):
        if not window.strip():
            continue
        items, lost = _window(window, offset, published, endpoint, cache, talk, sleep)
        kept += items
        dropped += lost
    coder = f"llm:{endpoint.model}"
    kept.sort(key=lambda item: (item.span.start, item.trigger.start))
    signals = [build_signal(i, n, published, coder, VERSION) for n, i in enumerate(kept, start=1)]
    report = replace(
        base,
        signals=tuple(s for s in signals if s.status not in NEVER),
        nonsignals=tuple(_nonsignal(s) for s in signals if s.status in NEVER),
        notes=(*base.notes, *_notes(signals, dropped, talk, endpoint)),
    )
    return LlmReading(report, tuple(dropped), talk.requests, talk.replayed, talk.failed)


def _base(text: str, published: date, source: str, title: str) -> Report:
    language = language_of(text)
    if language.english:
        return read_report(text, published=published, source=source, title=title)
    document = Document.from_text(text, title=title, source=source, published=published)
    return Report(
        document, notes=(f"language: {language.name}; spans are in the language of the text",)
    )


def _nonsignal(signal: Signal) -> NonSignal:
    return NonSignal(signal.span, NEVER[signal.status], signal.event.value)


def _window(
    window: str,
    offset: int,
    published: date,
    endpoint: Endpoint,
    cache: ReplayCache | None,
    talk: _Talk,
    sleep: Callable[[float], None],
) -> tuple[list[Item], list[Dropped]]:
    """One window through at most three rounds; the best round counts."""
    messages: list[Message] = [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": text_message(window, published)},
    ]
    best: tuple[list[Item], list[Dropped]] | None = None
    for _ in range(REPAIRS + 1):
        answer = _answer(messages, endpoint, cache, talk, sleep)
        try:
            items, lost = check_items(parse_answer(answer), window, offset)
        except Unusable as error:
            problems = [str(error)]
        else:
            if best is None or len(items) >= len(best[0]):
                best = (items, lost)
            problems = [
                f"{d.reason}: {d.words[:80]!r}" for d in lost if d.reason != "the same item twice"
            ]
        if not problems:
            break
        messages = [
            *messages[:2],
            {"role": "assistant", "content": answer[:20_000]},
            {"role": "user", "content": repair_message(problems)},
        ]
    if best is None:
        talk.failed += 1
        return [], [Dropped("no usable answer for a window of the text", window[:80])]
    return best


def _answer(
    messages: list[Message],
    endpoint: Endpoint,
    cache: ReplayCache | None,
    talk: _Talk,
    sleep: Callable[[float], None],
) -> str:
    key = request_key(endpoint.base_url, endpoint.model, VERSION, messages)
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        talk.replayed += 1
        return kept
    answer = ask(endpoint, messages, item_schema(), sleep=sleep)
    talk.requests += 1
    if cache is not None:
        cache.put(key, endpoint.model, VERSION, answer)
    return answer


def _notes(
    signals: list[Signal], dropped: list[Dropped], talk: _Talk, endpoint: Endpoint
) -> Iterator[str]:
    where = endpoint.base_url if leaves_the_machine(endpoint.base_url) else "this machine"
    yield (
        f"coder llm:{endpoint.model} at {where}: {len(signals)} items kept, "
        f"{sum(d.whole for d in dropped)} dropped, {talk.requests} requests, {talk.replayed} replayed"
    )
    counts = Counter(d.reason for d in dropped)
    for reason, count in sorted(counts.items()):
        yield f"dropped {count}: {reason}"
