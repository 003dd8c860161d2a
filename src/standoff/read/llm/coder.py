"""The LLM coder: windows of a text, one request each, at most two repairs, a count of what fell."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.errors import EmptyText
from standoff.read.documents import refuse_longer
from standoff.read.gazetteer import Entry
from standoff.read.language import language_of
from standoff.read.llm.build import build_signal
from standoff.read.llm.cache import Message, ReplayCache, request_key
from standoff.read.llm.claims import build_claims
from standoff.read.llm.client import Endpoint, ask
from standoff.read.llm.codes import Codes, Probe, codes_for
from standoff.read.llm.consent import Consent, leaves_the_machine, require
from standoff.read.llm.ground import Ground
from standoff.read.llm.items import (
    REPEATED,
    Checked,
    Dropped,
    Item,
    Proposed,
    Unusable,
    check_answer,
)
from standoff.read.llm.prompt import (
    VERSION,
    instructions,
    item_schema,
    repair_message,
    text_message,
)
from standoff.read.llm.swap import Swapped, swap_states
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
    no answer could be used. `rules` is what the rules read in the same text, for comparison; it is
    without signals and claims where the text is not English.
    """

    report: Report
    dropped: tuple[Dropped, ...]
    requests: int
    replayed: int
    unanswered: int = 0
    rules: Report | None = None


@dataclass(slots=True)
class _Talk:
    """One conversation: whom to ask, under which codes, and how often it was asked."""

    endpoint: Endpoint
    cache: ReplayCache | None
    sleep: Callable[[float], None]
    codes: Codes
    requests: int = 0
    replayed: int = 0
    failed: int = 0

    def answer(self, messages: list[Message]) -> str:
        """The model's answer, kept or fresh."""
        endpoint, cache = self.endpoint, self.cache
        key = request_key(endpoint.base_url, endpoint.model, VERSION, messages)
        kept = cache.get(key) if cache is not None else None
        if kept is not None:
            self.replayed += 1
            return kept
        answer = ask(endpoint, messages, item_schema(self.codes), sleep=self.sleep)
        self.requests += 1
        if cache is not None:
            cache.put(key, endpoint.model, VERSION, answer)
        return answer


def read_with_llm(
    text: str,
    *,
    published: date,
    endpoint: Endpoint,
    consent: Consent | None = None,
    cache: ReplayCache | None = None,
    source: str = "",
    title: str = "",
    actors: Sequence[Entry] = (),
    probe: str | None = None,
    announce: Callable[[str], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> LlmReading:
    """Code a text with a model. Quantities, dates and mentions of an English text are those of the
    rules, and so are its claims, to which the model adds; signals are the model's, as far as the text
    bears them out. `announce` is told where the text goes; `actors` are names for this run.

    With `probe` (relabelled, reordered, swapped) the codes or the countries of the text are changed
    before the model is asked, and its signals are led back to the text and the codes as they are:
    what differs from a plain reading did not survive. A text that names fewer than two states has no
    swap and gives no signals.

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
    changed = Probe(probe) if probe else None
    swap = swap_states(text, published) if changed is Probe.SWAPPED else None
    asked = swap.text if swap is not None else text
    base = _base(asked, published, source, title, actors)
    talk = _Talk(endpoint, cache, sleep, codes_for(changed))
    if changed is Probe.SWAPPED and swap is None:
        return LlmReading(base, (), 0, 0)
    reading = _reading(_windows(asked, published, talk), base, Ground.of(base, actors), talk)
    return reading if swap is None else _led_back(reading, swap, source, title)


def _led_back(reading: LlmReading, swap: Swapped, source: str, title: str) -> LlmReading:
    """The signals of a changed text as signals of the text as it came; the rest is of no use there."""
    published = reading.report.document.published
    document = Document.from_text(swap.original, title=title, source=source, published=published)
    signals = tuple(map(swap.back, reading.report.signals))
    report = Report(document, signals, notes=reading.report.notes)
    return replace(reading, report=report, rules=None)


def _reading(checked: Checked, base: Report, ground: Ground, talk: _Talk) -> LlmReading:
    """Everything that could be used, as a report."""
    coder = f"llm:{talk.endpoint.model}"
    items = sorted(checked.items, key=lambda item: (item.span.start, item.trigger.start))
    signals = [build_signal(i, n, ground, coder, VERSION) for n, i in enumerate(items, start=1)]
    claims, lost = build_claims(checked.claims, ground, base.claims, coder)
    dropped = (*checked.dropped, *lost)
    report = replace(
        base,
        signals=tuple(s for s in signals if s.status not in NEVER),
        nonsignals=tuple(_nonsignal(s) for s in signals if s.status in NEVER),
        claims=(*base.claims, *claims),
        notes=(*base.notes, *_notes(len(signals), len(claims), dropped, talk)),
    )
    return LlmReading(report, dropped, talk.requests, talk.replayed, talk.failed, base)


def _base(text: str, published: date, source: str, title: str, actors: Sequence[Entry]) -> Report:
    language = language_of(text)
    if language.english:
        return read_report(text, published=published, source=source, title=title, actors=actors)
    document = Document.from_text(text, title=title, source=source, published=published)
    return Report(
        document, notes=(f"language: {language.name}; spans are in the language of the text",)
    )


def _nonsignal(signal: Signal) -> NonSignal:
    return NonSignal(signal.span, NEVER[signal.status], signal.event.value)


def _windows(text: str, published: date, talk: _Talk) -> Checked:
    """What the answers on all windows of a text come to."""
    items: list[Item] = []
    claims: list[Proposed] = []
    dropped: list[Dropped] = []
    for offset, window in text_blocks(text, WINDOW):
        if window.strip():
            found = _window(window, offset, published, talk)
            items += found.items
            claims += found.claims
            dropped += found.dropped
    return Checked(tuple(items), tuple(claims), tuple(dropped))


def _window(window: str, offset: int, published: date, talk: _Talk) -> Checked:
    """One window through at most three rounds; the best round counts."""
    messages: list[Message] = [
        {"role": "system", "content": instructions(talk.codes)},
        {"role": "user", "content": text_message(window, published)},
    ]
    best: Checked | None = None
    problems: list[str] = []
    for _ in range(REPAIRS + 1):
        answer = talk.answer(messages)
        try:
            found = check_answer(answer, window, offset, talk.codes)
        except Unusable as error:
            problems = [str(error)]
        else:
            if best is None or _worth(found) >= _worth(best):
                best = found
            problems = [
                f"{d.reason}: {d.words[:80]!r}" for d in found.dropped if d.reason != REPEATED
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
        lost = Dropped(f"no usable answer for a window of the text: {problems[0]}", window[:80])
        return Checked((), (), (lost,))
    return best


def _worth(found: Checked) -> tuple[int, int, int]:
    """Items count before claims, and these before parts that were not lost."""
    return len(found.items), len(found.claims), -len(found.dropped)


def _notes(signals: int, claims: int, dropped: Sequence[Dropped], talk: _Talk) -> Iterator[str]:
    endpoint = talk.endpoint
    where = endpoint.base_url if leaves_the_machine(endpoint.base_url) else "this machine"
    yield (
        f"coder llm:{endpoint.model} at {where}: {signals} items and {claims} claims kept, "
        f"{sum(d.whole for d in dropped)} dropped, {talk.requests} requests, {talk.replayed} replayed"
    )
    counts = Counter(d.reason for d in dropped)
    for reason, count in sorted(counts.items()):
        yield f"dropped {count}: {reason}"
