"""Who codes a text: the rules, a model that a person chose, or both, with how far they agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from standoff.check import Facts, check_claims
from standoff.errors import EmptyText, UnusableAnswer
from standoff.ledger import Agreement, compare_signals
from standoff.read import ActorEntry, read_report
from standoff.terms import Report, Verdict

if TYPE_CHECKING:
    # Loaded when a model is asked: one article by the rules needs none of it.
    from standoff.read import Consent, Endpoint, LlmReading, ReplayCache

PROBES = ("relabelled", "reordered", "swapped")


@dataclass(frozen=True, slots=True)
class CodingModel:
    """A model to code with: where it is asked, who agreed to that, and where replies are kept.

    With `both` the rules' coding is given beside the model's.
    """

    endpoint: Endpoint
    consent: Consent | None = None
    cache: ReplayCache | None = None
    both: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """A text coded and its claims checked; `second` is the coding by the rules beside a model's."""

    report: Report
    verdicts: tuple[Verdict, ...]
    second: Report | None = None

    @property
    def agreement(self) -> Agreement | None:
        """How far the two codings agree; None where there is one."""
        if self.second is None:
            return None
        return compare_signals(self.report.signals, self.second.signals)


@dataclass(frozen=True, slots=True)
class Survival:
    """What became of a model's answers under one probe.

    Of `asked` signals of the plain reading `found` came again, `whole` of them with the same
    sources, targets, event and status; `fields` counts those with the same value in a field. `extra`
    signals are new. `note` says why there is nothing to count.
    """

    probe: str
    asked: int
    found: int
    whole: int
    extra: int
    fields: Mapping[str, int]
    note: str = ""

    @property
    def share(self) -> float | None:
        """The share of answers that survive; None where nothing was asked."""
        return self.whole / self.asked if self.asked and not self.note else None


def code_text(
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[ActorEntry] = (),
    facts: Facts | None = None,
    model: CodingModel | None = None,
    announce: Callable[[str], None] | None = None,
) -> Coding:
    """Code a text and check its claims; nothing is stored. `facts` adds rows of your own.

    Raises `EmptyText` for a text without any words, `NoConsent` where a text would leave the machine
    unasked, `EndpointFailure` where the model's server fails, `UnusableAnswer` where nothing of what
    the model answers can be used.
    """
    if not text.strip():
        raise EmptyText(
            f"a text of {len(text)} characters without a word", "a report", "check the file"
        )
    second = None
    if model is None:
        report = read_report(text, published=published, source=source, title=title, actors=actors)
    else:
        reading = _ask(
            model, text, published=published, source=source, title=title, actors=actors,
            announce=announce,
        )  # fmt: skip
        report, second = reading.report, reading.rules if model.both else None
    verdicts = check_claims(report.claims, published=published, signals=report.signals, facts=facts)
    return Coding(report, tuple(verdicts), second)


def probe_model(
    model: CodingModel,
    text: str,
    *,
    published: date,
    actors: Sequence[ActorEntry] = (),
    announce: Callable[[str], None] | None = None,
) -> tuple[Survival, ...]:
    """How many of a model's answers on a text survive what should not matter.

    The codes are given labels that mean nothing, the codebook is turned round, two countries of the
    text change places. An answer that rests on the text and the codebook stays; one that the model
    knew before does not. Raises as `code_text`.
    """
    from standoff.read import read_with_llm

    plain = _ask(model, text, published=published, actors=actors, announce=announce)
    found: list[Survival] = []
    for probe in PROBES:
        changed = read_with_llm(
            text, published=published, endpoint=model.endpoint, consent=model.consent,
            cache=model.cache, actors=actors, probe=probe,
        )  # fmt: skip
        found.append(_survival(probe, plain, changed))
    return tuple(found)


def _survival(probe: str, plain: LlmReading, changed: LlmReading) -> Survival:
    asked = len(plain.report.signals)
    agreement = compare_signals(plain.report.signals, changed.report.signals)
    note = ""
    if not asked:
        note = "the model found no signal in the text as it is"
    elif not changed.requests + changed.replayed:
        note = "the text names fewer than two states that could change places"
    fields = {name: round((s or 0.0) * agreement.matched) for name, s in agreement.same.items()}
    return Survival(
        probe, asked, agreement.matched, agreement.whole, len(agreement.only_second), fields, note
    )


def _ask(
    model: CodingModel,
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[ActorEntry] = (),
    announce: Callable[[str], None] | None = None,
) -> LlmReading:
    """A model's reading. Raises `UnusableAnswer` where a window has no answer and none a signal."""
    from standoff.read import read_with_llm

    reading = read_with_llm(
        text, published=published, endpoint=model.endpoint, consent=model.consent,
        cache=model.cache, source=source, title=title, actors=actors, announce=announce,
    )  # fmt: skip
    if reading.unanswered and not reading.report.signals:
        why = reading.dropped[0].reason if reading.dropped else "no answer"
        raise UnusableAnswer(
            f"{why}, from {model.endpoint.base_url} (model {model.endpoint.model})",
            "items in the schema, with words of the text",
            "another model, or --coder rules; nothing was stored",
        )
    return reading
