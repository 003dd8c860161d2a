"""Two codings of the same documents: which signals match, and how far each field agrees.

Krippendorff's alpha = 1 - D_observed / D_expected, from the coincidence matrix of pairable values
(K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011): 1 is perfect agreement, 0 what
chance would give. It takes any number of coders, missing values, and several levels of measurement.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar, cast

from standoff.errors import InputError
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import MAIN, SignalQuery
from standoff.terms import Signal

Value = Hashable
LEVELS = ("nominal", "ordinal", "interval", "ratio")
SERIES = ("sources", "targets", "event", "status")
"""The fields that decide into which series a signal goes and with what weight."""

FIELDS: Mapping[str, tuple[str, Callable[[Signal], Value]]] = {
    "event": ("nominal", lambda s: s.event.value),
    "channel": ("nominal", lambda s: s.channel.value),
    "status": ("nominal", lambda s: s.status.value),
    "officialness": ("nominal", lambda s: s.officialness.value),
    "explicitness": ("ordinal", lambda s: s.explicitness),
    "cost": ("nominal", lambda s: s.cost.value),
    "valence": ("nominal", lambda s: s.valence.value),
    "sources": ("nominal", lambda s: tuple(sorted(s.source_actors))),
    "targets": ("nominal", lambda s: tuple(sorted(s.target_actors))),
    "protege": ("nominal", lambda s: s.protege or ""),
    "date": ("nominal", lambda s: (s.date.start, s.date.end)),
}


class Coded(Protocol):
    """A signal with a name of its own, and the document that it codes."""

    @property
    def handle(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def signal(self) -> Signal: ...


S = TypeVar("S", bound=Coded)


@dataclass(frozen=True, slots=True)
class _Unstored:
    """A signal that stands in no dossier, under its id."""

    signal: Signal
    document: str = ""

    @property
    def handle(self) -> str:
        return self.signal.id


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field of a matched pair on which the two codings differ."""

    first: str
    second: str
    field: str
    first_value: str
    second_value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two codings agree. `alpha` is None for a field that never varies or has no pairs.

    `matched` counts pairs of signals that overlap; `only_first` and `only_second` are the handles
    of those that only one coder found. `same` is the share of pairs with equal values in a field,
    None without pairs; `whole` counts the pairs that are equal in every field of `SERIES`.
    """

    matched: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    alpha: Mapping[str, float | None]
    disagreements: tuple[Disagreement, ...]
    same: Mapping[str, float | None] = field(default_factory=dict[str, float | None])
    whole: int = 0

    @property
    def f1(self) -> float:
        """Agreement on what is a signal at all: 2 matched / (first + second)."""
        total = 2 * self.matched + len(self.only_first) + len(self.only_second)
        return 2 * self.matched / total if total else 1.0


def krippendorff_alpha(
    units: Sequence[Sequence[Value | None]], level: str = "nominal"
) -> float | None:
    """Alpha over units, each a sequence of the coders' values, None where one is missing.

    None when no unit has two values, or when all values are equal (agreement by chance is then
    certain, and alpha is not defined). Raises `InputError` for an unknown level.

    >>> krippendorff_alpha([["a", "a"], ["b", "b"]])
    1.0
    """
    if level not in LEVELS:
        raise InputError(f"level {level!r}", f"one of {', '.join(LEVELS)}", '"nominal"')
    coincidences: dict[tuple[Value, Value], float] = defaultdict(float)
    for unit in units:
        values = Counter(v for v in unit if v is not None)
        m = values.total()
        if m < 2:
            continue
        for c, n_c in values.items():
            for k, n_k in values.items():
                coincidences[(c, k)] += n_c * (n_k - (c == k)) / (m - 1)
    marginal: dict[Value, float] = defaultdict(float)
    for (c, _), n in coincidences.items():
        marginal[c] += n
    total = math.fsum(marginal.values())
    delta = _metric(level, marginal)
    observed = math.fsum(n * delta(c, k) for (c, k), n in coincidences.items())
    expected = math.fsum(
        marginal[c] * marginal[k] * delta(c, k) for c in marginal for k in marginal
    )
    if expected == 0.0:
        return None
    return 1.0 - (total - 1.0) * observed / expected


def _metric(level: str, marginal: Mapping[Value, float]) -> Callable[[Value, Value], float]:
    if level == "nominal":
        return lambda c, k: float(c != k)
    if level == "ordinal":
        ordered = sorted(marginal)  # pyright: ignore[reportArgumentType, reportUnknownVariableType, reportCallIssue]
        place = {v: i for i, v in enumerate(ordered)}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

        def ordinal(c: Value, k: Value) -> float:
            low, high = sorted((place[c], place[k]))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            between = math.fsum(marginal[v] for v in ordered[low : high + 1])  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            return (between - (marginal[c] + marginal[k]) / 2) ** 2

        return ordinal
    if level == "interval":
        return lambda c, k: (float(c) - float(k)) ** 2  # type: ignore[arg-type]

    def ratio(c: Value, k: Value) -> float:
        x, y = float(c), float(k)  # type: ignore[arg-type]
        return ((x - y) / (x + y)) ** 2 if x + y else 0.0

    return ratio


def compare_layers(
    ledger: Ledger, second: str, first: str = MAIN, *, as_of: date | None = None
) -> Agreement:
    """Compare two layers on the documents that both have coded.

    Signals match one to one within a document, the largest overlap of their words first.
    Raises `InputError` for a layer without signals.
    """
    sides = {name: ledger.find(SignalQuery(layer=name, as_of=as_of)) for name in (first, second)}
    for name, found in sides.items():
        if not found:
            raise InputError(f"layer {name!r}", "a layer with signals", "standoff import --layer B")
    common = {s.document for s in sides[first]} & {s.document for s in sides[second]}
    ones = [s for s in sides[first] if s.document in common and s.state != "rejected"]
    twos = [s for s in sides[second] if s.document in common and s.state != "rejected"]
    return _agreement(ones, twos)


def compare_signals(ones: Sequence[Signal], twos: Sequence[Signal]) -> Agreement:
    """Compare two codings of one text that stand in no dossier; handles are the signals' ids."""
    return _agreement([_Unstored(s) for s in ones], [_Unstored(s) for s in twos])


def disputes(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The signals of the main coding that a second coding disputes, with what it says, by handle.

    A signal that the second coder did not find, in a document where it found others, is disputed
    as a whole.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for layer in ledger.layers() if ledger.find(SignalQuery(limit=1)) else ():
        result = compare_layers(ledger, layer)
        for d in result.disagreements:
            found[d.first].append(f"{layer}: {d.field} {d.second_value or 'none'}")
        for handle in result.only_first:
            found[handle].append(f"{layer}: no such signal")
    return {handle: tuple(lines) for handle, lines in found.items()}


def _agreement(ones: Sequence[Coded], twos: Sequence[Coded]) -> Agreement:
    pairs = match_signals(ones, twos)
    alpha: dict[str, float | None] = {}
    same: dict[str, float | None] = {}
    apart: list[tuple[int, Disagreement]] = []
    for name, (level, value) in FIELDS.items():
        units = [(value(a.signal), value(b.signal)) for a, b in pairs]
        alpha[name] = krippendorff_alpha(units, level)
        same[name] = sum(x == y for x, y in units) / len(units) if units else None
        apart += [
            (i, Disagreement(a.handle, b.handle, name, _shown(x), _shown(y), a.signal.span.quote))
            for i, ((a, b), (x, y)) in enumerate(zip(pairs, units, strict=True))
            if x != y
        ]
    seen = {s.handle for pair in pairs for s in pair}
    ordered = sorted(apart, key=lambda d: (d[0], d[1].field))
    unequal = {i for i, d in apart if d.field in SERIES}
    return Agreement(
        len(pairs),
        tuple(s.handle for s in ones if s.handle not in seen),
        tuple(s.handle for s in twos if s.handle not in seen),
        alpha,
        tuple(d for _, d in ordered),
        same,
        len(pairs) - len(unequal),
    )


def match_signals(ones: Sequence[S], twos: Sequence[S]) -> list[tuple[S, S]]:
    """Signals of two codings, one to one within a document, the largest overlap of words first."""
    by_document: dict[str, list[tuple[int, S]]] = defaultdict(list)
    for j, item in enumerate(twos):
        by_document[item.document].append((j, item))
    found: list[tuple[float, int, int]] = []
    for i, a in enumerate(ones):
        x = a.signal.span
        for j, b in by_document[a.document]:
            y = b.signal.span
            shared = min(x.end, y.end) - max(x.start, y.start)
            if shared > 0:
                # Equal overlaps: the same act first, then the order in which they stand.
                union = max(x.end, y.end) - min(x.start, y.start)
                score = shared / union + 1e-6 * (a.signal.event == b.signal.event)
                found.append((-score, i, j))
    first: set[int] = set()
    second: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(found):
        if i not in first and j not in second:
            first.add(i)
            second.add(j)
            pairs.append((i, j))
    return [(ones[i], twos[j]) for i, j in sorted(pairs)]


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return " ".join(str(v) for v in cast("tuple[object, ...]", value) if v is not None)
    return str(value)
