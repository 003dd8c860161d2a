"""Two codings of the same texts, neither of them the standard: agreement and Cohen's kappa by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.errors import BadRecord
from standoff.evaluate.coding import FIELDS, CodedSignal, Coding
from standoff.evaluate.matching import match_alike, match_signals
from standoff.evaluate.resample import Array, Figure, draw_weights, kappa, ratio

Found = tuple[CodedSignal, CodedSignal, int]


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """One field on the signals that both have: share of equal values, and kappa."""

    field: str
    agreement: Figure
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one signal on which the two differ."""

    doc: str
    field: str
    first: str
    second: str
    quote: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two codings agree. `left_out` are texts that only one of them has."""

    first: str
    second: str
    texts: int
    left_out: tuple[str, ...]
    signals: Figure
    only_first: int
    only_second: int
    fields: tuple[FieldAgreement, ...]
    differences: tuple[Difference, ...]


def agreement(first: Coding, second: Coding, *, resamples: int = 1000, seed: int = 0) -> Agreement:
    """Compare two codings on the texts that both have coded.

    `signals` is the agreement on what is a signal at all: twice the matched over all of both.
    Explicitness has kappa weighted by the square of the distance, the rest plain kappa. Raises
    `BadRecord` if no text is in both.
    """
    docs = sorted(first.signals.keys() & second.signals.keys())
    if not docs:
        raise BadRecord(
            f"no text in both {first.coder} ({', '.join(sorted(first.signals)[:3])}) and "
            f"{second.coder} ({', '.join(sorted(second.signals)[:3])})",
            "two codings of the same texts, under the same names",
            "see docs/reference/evaluate.md",
        )
    weights = draw_weights(len(docs), resamples, seed)
    pairs: list[Found] = []
    parts: list[tuple[float, float]] = []
    for number, doc in enumerate(docs):
        ours, theirs = first.signals[doc], second.signals[doc]
        if all(s.start is not None for s in (*ours, *theirs)):
            found = match_alike(ours, theirs)
        else:
            found = match_signals(ours, theirs, placed=False)
        pairs += [(ours[i], theirs[j], number) for i, j in sorted(found)]
        parts.append((2 * len(found), len(ours) + len(theirs)))
    ones, twos = (sum(len(c.signals[d]) for d in docs) for c in (first, second))
    return Agreement(
        first.coder, second.coder, len(docs),
        tuple(sorted(first.signals.keys() ^ second.signals.keys())),
        ratio("signals", parts, weights), ones - len(pairs), twos - len(pairs),
        tuple(_fields(pairs, weights)),
        tuple(_differences(pairs, docs)),
    )  # fmt: skip


def _fields(pairs: list[Found], weights: Array) -> Iterator[FieldAgreement]:
    for field in FIELDS:
        both = [(a.values[field], b.values[field], n) for a, b, n in pairs if _have(field, a, b)]
        if not both:
            continue
        per_text = [(0.0, 0.0)] * weights.shape[1]
        for x, y, n in both:
            same, of = per_text[n]
            per_text[n] = (same + (x == y), of + 1)
        ours, theirs, texts = (list(v) for v in zip(*both, strict=True))
        levels = (0, 1, 2, 3) if field == "explicitness" else None
        yield FieldAgreement(
            field,
            ratio(field, per_text, weights),
            kappa(field, ours, theirs, texts, weights, levels=levels),
        )


def _have(field: str, *signals: CodedSignal) -> bool:
    return all(field in s.values for s in signals)


def _differences(pairs: list[Found], docs: list[str]) -> Iterator[Difference]:
    """What differs, the signals with the most differences first, since those are to be looked at."""
    found = [
        [
            Difference(docs[n], f, _text(a.values[f]), _text(b.values[f]), a.quote or b.quote)
            for f in FIELDS
            if _have(f, a, b) and a.values[f] != b.values[f]
        ]
        for a, b, n in pairs
    ]
    for differences in sorted(found, key=len, reverse=True):
        yield from differences


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value) or "-"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "-" if value is None else str(value)
