"""A coding against the gold: figures with intervals, classes, confusions, reliability of confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.errors import BadRecord
from standoff.evaluate.coding import (
    FIELDS,
    NEVER_HAPPENED,
    CodedClaim,
    CodedSignal,
    Coding,
)
from standoff.evaluate.gold import Gold, GoldText
from standoff.evaluate.matching import (
    WHO_WHAT,
    covers,
    match_signals,
    one_to_one,
    overlap,
    right,
)
from standoff.evaluate.resample import (
    BINS,
    Array,
    Figure,
    bins_of,
    calibration,
    draw_weights,
    kappa,
    ratio,
)
from standoff.terms import PloverEvent, Valence

STRICT = ("sources", "event", "status")
MISSED, EXTRA = "(missed)", "(extra)"
FALSE = frozenset({"CONTRADICTED", "INCONSISTENT"})
TARGET_DATES = frozenset({"text", "publication"})
"""Bases of a gold date that a reader of the text can know."""

Share = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Class:
    """One value of a field: how often coded, emitted, and both on the same signal."""

    value: str
    coded: int
    emitted: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of what was emitted that is right."""
        return self.right / self.emitted if self.emitted else None

    @property
    def recall(self) -> float | None:
        """Share of what was coded that was found."""
        return self.right / self.coded if self.coded else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        total = self.coded + self.emitted
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Signals whose confidence lies from `low` up to the next bin: mean confidence, share right."""

    low: float
    signals: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a confidence can be believed. `where` gives its mean over kinds of signal."""

    of: str
    means: str
    error: Figure
    bins: tuple[Bin, ...]
    where: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Miss:
    """One signal that was not found, is not there, or is wrong in one of the four fields."""

    doc: str
    kind: str
    quote: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was counted. `confusion` of a field goes by (coded, emitted)."""

    coder: str
    gold: str
    texts: int
    figures: tuple[Figure, ...]
    classes: Mapping[str, tuple[Class, ...]]
    confusion: Mapping[str, Mapping[tuple[str, str], int]]
    reliability: tuple[Reliability, ...]
    misses: tuple[Miss, ...]
    silent: Mapping[str, int]

    def __getitem__(self, name: str) -> Figure:
        """A figure by its name."""
        return next(f for f in self.figures if f.name == name)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One text: what was emitted, and which of it is which coded signal."""

    gold: GoldText
    emitted: tuple[CodedSignal, ...]
    pairs: tuple[tuple[CodedSignal, CodedSignal], ...]
    left: tuple[CodedSignal, ...]
    claims: tuple[CodedClaim, ...]
    placed: bool

    @property
    def missed(self) -> list[CodedSignal]:
        """Coded signals that nothing emitted is."""
        found = {id(g) for _, g in self.pairs}
        return [g for g in self.gold.signals if id(g) not in found]


def evaluate_coding(
    gold: Gold, coding: Coding, *, resamples: int = 1000, seed: int = 0
) -> Evaluation:
    """Hold a coding against the gold. Texts that the coding does not name count as empty.

    Signals that are hypothetical or denied are emitted in placed texts, and left out in sentences,
    where nothing tells them from the rest. Raises `BadRecord` if no text is in both.
    """
    known = {t.doc for t in gold.texts}
    if coding.signals and not known & coding.signals.keys():
        raise BadRecord(
            f"texts {', '.join(sorted(coding.signals)[:3])} in {coding.coder}",
            f"texts of {gold.name}: {', '.join(sorted(known)[:3])} ...",
            "give the texts the names of the gold",
        )
    seen = [_see(text, coding, gold.placed) for text in gold.texts]
    weights = draw_weights(len(seen), resamples, seed)
    rows = [dict(_shares(s)) for s in seen]
    figures = [
        ratio(name, [row.get(name, (0.0, 0.0)) for row in rows], weights)
        for name in dict.fromkeys(name for row in rows for name in row)
    ]
    levels = [
        (p.values["explicitness"], g.values["explicitness"], n)
        for n, s in enumerate(seen)
        for p, g in s.pairs
        if "explicitness" in p.values and "explicitness" in g.values
    ]
    if levels:
        ours, theirs, texts = zip(*levels, strict=True)
        figures.append(
            kappa("explicitness_kappa", ours, theirs, texts, weights, levels=(0, 1, 2, 3))
        )
    used = [f for f in FIELDS if any(f in g.values for s in seen for g in s.gold.signals)]
    return Evaluation(
        coding.coder, gold.name, len(seen), tuple(figures),
        {f: _classes(f, seen) for f in used}, {f: _confusion(f, seen) for f in used},
        tuple(_reliabilities(seen, weights)), tuple(m for s in seen for m in _misses(s)),
        {s.gold.doc: len(s.emitted) for s in seen if not s.gold.signals},
    )  # fmt: skip


def _see(text: GoldText, coding: Coding, placed: bool) -> _Seen:
    emitted = coding.signals.get(text.doc, ())
    if not placed:
        emitted = tuple(s for s in emitted if s.status not in NEVER_HAPPENED)
    found = match_signals(emitted, text.signals, placed=placed)
    taken = {i for i, _ in found}
    return _Seen(
        text, emitted, tuple((emitted[i], text.signals[j]) for i, j in found),
        tuple(p for i, p in enumerate(emitted) if i not in taken),
        coding.claims.get(text.doc, ()), placed,
    )  # fmt: skip


# ---------------------------------------------------------------- figures of one text


def _shares(s: _Seen) -> Iterator[tuple[str, Share]]:
    """(name, (count, of)) of every figure that is a ratio of sums."""
    coded, emitted = len(s.gold.signals), len(s.emitted)
    for suffix, fields in (("", ()), ("_strict", STRICT), ("_all_four", WHO_WHAT)):
        n = sum(_all_right(fields, p, g) for p, g in s.pairs)
        yield f"precision{suffix}", (n, emitted)
        yield f"recall{suffix}", (n, coded)
        yield f"f1{suffix}", (2 * n, coded + emitted)
    if not s.placed:
        yield "texts_right", (_same_acts(s), 1)
    stranger = [_stranger(p, s.gold) for p in s.emitted]
    victim = [_victim(p, s) for p in s.emitted]
    yield "wrong_side", (sum(a or b for a, b in zip(stranger, victim, strict=True)), emitted)
    yield "wrong_side_target", (sum(victim), emitted)
    yield "wrong_side_stranger", (sum(stranger), emitted)
    for name, chosen in (("threats", _threat), ("pledges", _pledge)):
        some = sum(chosen(g) for g in s.gold.signals)
        full = sum(chosen(g) and _all_right(WHO_WHAT, p, g) for p, g in s.pairs)
        yield f"{name}_all_four", (full, some)
    if s.placed:
        yield "trap_rate", (_traps_hit(s), len(s.gold.traps))
        yield "silent_texts", (emitted if not coded else 0, 1 if not coded else 0)
    yield from _field_shares(s)
    if s.gold.claims:
        yield from _claim_shares(s)


def _field_shares(s: _Seen) -> Iterator[tuple[str, Share]]:
    for field in FIELDS:
        both = [(p, g) for p, g in s.pairs if field in p.values and field in g.values]
        if both or any(field in g.values for g in s.gold.signals):
            yield field, (sum(right(field, p, g) for p, g in both), len(both))
        if field == "targets":
            shared = [
                len(p.targets & g.targets) / max(1, len(p.targets | g.targets)) for p, g in both
            ]
            yield "targets_overlap", (sum(shared), len(both))
    dated = [(_ends(p), g.values["date"]) for p, g in s.pairs if "date" in g.values]
    told = [(p, g) for p, g in dated if p is not None]
    yield "date_overlaps", (
        sum(bool(g["from"]) and p[0] <= (g["to"] or p[0]) and p[1] >= g["from"] for p, g in told),
        len(told),
    )  # fmt: skip
    knowable = [(p, g) for p, g in dated if g["from"] and g["basis"] in TARGET_DATES]
    yield "date_exact", (sum(p == (g["from"], g["to"]) for p, g in knowable), len(knowable))


def _claim_shares(s: _Seen) -> Iterator[tuple[str, Share]]:
    """Claims that must come out, found by any overlap; verdicts; errors; debris that came out."""
    gold = [c for c in s.gold.claims if c.emit]
    found = [
        (s.claims[i], gold[j])
        for i, j in one_to_one(s.claims, gold, lambda p, g: overlap(p, g), 1e-12)
    ]
    caught = {id(g) for p, g in found if p.verdict in FALSE}
    errors = [c for c in gold if c.verdict in FALSE]
    planted = [c for c in gold if c.planted]
    true = [(p, g) for p, g in found if not ({g.verdict} | g.also) & FALSE]
    debris = [c for c in s.gold.claims if not c.emit]
    yield "claim_recall", (len(found), len(gold))
    yield "verdict", (sum(p.verdict in {g.verdict} | g.also for p, g in found), len(found))
    yield "errors_caught", (sum(id(c) in caught for c in errors), len(errors))
    yield "planted_caught", (sum(id(c) in caught for c in planted), len(planted))
    yield "false_alarms", (sum(p.verdict in FALSE for p, _ in true), len(true))
    told = sum(any(overlap(p, c) > 0.3 for p in s.claims) for c in debris)
    yield "debris_emitted", (told, len(debris))


def _all_right(fields: Sequence[str], emitted: CodedSignal, gold: CodedSignal) -> bool:
    return all(right(f, emitted, gold) for f in fields)


def _same_acts(s: _Seen) -> bool:
    """True if what is emitted is what is coded, in sources, event and status, no more and no less."""

    def acts(signals: Sequence[CodedSignal]) -> Counter[tuple[object, ...]]:
        return Counter(tuple(x.values[f] for f in STRICT) for x in signals)

    return acts(s.emitted) == acts(s.gold.signals)


def _stranger(emitted: CodedSignal, gold: GoldText) -> bool:
    """True if a source is a source of no coded signal of the text."""
    authors = {a for g in gold.signals for a in g.sources}
    return bool(emitted.sources - authors - {"XXX"})


def _victim(emitted: CodedSignal, s: _Seen) -> bool:
    """True if a source is coded as a target, and not as a source, of the act that this one is.

    The act is the one matched, else those whose words overlap.
    """
    acts = [g for p, g in s.pairs if p is emitted] or [
        g for g in s.gold.signals if overlap(emitted, g) > 0
    ]
    targets = {a for g in acts for a in g.targets}
    authors = {a for g in acts for a in g.sources}
    return s.placed and bool(emitted.sources & (targets - authors))


def _threat(gold: CodedSignal) -> bool:
    return gold.event == PloverEvent.THREATEN


def _pledge(gold: CodedSignal) -> bool:
    """A commitment in words; needs valence and channel in the gold."""
    told = gold.values.get("channel") == "words" and gold.values.get("valence") == Valence.COMMIT
    return told and not _threat(gold)


def _traps_hit(s: _Seen) -> int:
    live = [p for p in s.left if p.status not in NEVER_HAPPENED]
    return sum(any(covers(p, t) for p in live) for t in s.gold.traps)


def _ends(emitted: CodedSignal) -> tuple[str, str] | None:
    """The date as an interval; an open side is as wide as the calendar; None where none is told."""
    when = emitted.values.get("date")
    if not when or not (when["from"] or when["to"]):
        return None
    return when["from"] or "0001-01-01", when["to"] or "9999-12-31"


# ---------------------------------------------------------------- by class, by confidence, by item


def _shown(signal: CodedSignal, field: str) -> str:
    value = signal.values.get(field)
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value) or "-"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "-" if value is None else str(value)


def _confusion(field: str, seen: Sequence[_Seen]) -> dict[tuple[str, str], int]:
    """Coded against emitted values; an accepted other event counts as the coded one."""
    out: Counter[tuple[str, str]] = Counter()
    for s in seen:
        for p, g in s.pairs:
            if field in p.values and field in g.values:
                wanted = _shown(g, field)
                out[wanted, wanted if right(field, p, g) else _shown(p, field)] += 1
        out.update((_shown(g, field), MISSED) for g in s.missed if field in g.values)
        out.update((EXTRA, _shown(p, field)) for p in s.left if field in p.values)
    return dict(sorted(out.items()))


def _classes(field: str, seen: Sequence[_Seen]) -> tuple[Class, ...]:
    found = _confusion(field, seen)
    values = sorted({v for pair in found for v in pair} - {MISSED, EXTRA})
    return tuple(
        Class(
            value,
            sum(n for (a, _), n in found.items() if a == value),
            sum(n for (_, b), n in found.items() if b == value),
            found.get((value, value), 0),
        )
        for value in values
    )


def _reliabilities(seen: Sequence[_Seen], weights: Array) -> Iterator[Reliability]:
    """The confidence of a signal, then that of each field where signals carry them."""
    partner = {id(p): g for s in seen for p, g in s.pairs}
    all_of = [(p, n) for n, s in enumerate(seen) for p in s.emitted]
    whole = [(p, n) for p, n in all_of if p.confidence is not None]
    meant = {
        "strict": "sources, event and status right",
        "all_four": "sources, targets, event and status right",
        "matched": "there is such a signal",
    }
    for of, fields in (("strict", STRICT), ("all_four", WHO_WHAT), ("matched", ())):
        hits = [
            (g := partner.get(id(p))) is not None and _all_right(fields, p, g) for p, _ in whole
        ]
        chances = [p.confidence or 0.0 for p, _ in whole]
        kinds = {
            "right": [c for c, hit in zip(chances, hits, strict=True) if hit],
            "wrong": [
                c
                for (p, _), c, hit in zip(whole, chances, hits, strict=True)
                if not hit and id(p) in partner
            ],
            "nothing there": [
                c for (p, _), c in zip(whole, chances, strict=True) if id(p) not in partner
            ],
        }
        if whole:
            means = {k: sum(v) / len(v) if v else None for k, v in kinds.items()}
            yield _reliability(of, meant[of], chances, hits, [n for _, n in whole], weights, means)
    names = sorted({f for p, _ in all_of for f in p.confidences})
    for field in names:
        some = [
            (p.confidences[field], right(field, p, g), n)
            for p, n in all_of
            if field in p.confidences
            and (g := partner.get(id(p))) is not None
            and field in g.values
            and field in p.values
        ]
        if some:
            chances, hits, texts = (list(v) for v in zip(*some, strict=True))
            meaning = f"{field} right, of signals that are there"
            yield _reliability(field, meaning, chances, hits, texts, weights, {})


def _reliability(
    of: str,
    means: str,
    chances: Sequence[float],
    hits: Sequence[bool],
    texts: Sequence[int],
    weights: Array,
    where: Mapping[str, float | None],
) -> Reliability:
    p, hit = np.asarray(chances), np.asarray(hits, dtype=np.float64)
    inside = bins_of(p)
    bins = tuple(
        Bin(b / BINS, int(of_bin.sum()), float(p[of_bin].mean()), float(hit[of_bin].mean()))
        for b in range(BINS)
        if (of_bin := inside == b).any()
    )
    error = calibration(f"calibration_error.{of}", chances, hits, texts, weights)
    return Reliability(of, means, error, bins, where)


def _misses(s: _Seen) -> Iterator[Miss]:
    def told(signal: CodedSignal) -> str:
        who, whom, event, status = (_shown(signal, f) for f in WHO_WHAT)
        return f"{who} > {whom} {event} {status}"

    for p, g in s.pairs:
        wrong = [f for f in WHO_WHAT if not right(f, p, g)]
        if wrong:
            yield Miss(s.gold.doc, "wrong " + ", ".join(wrong), _words(s, g, p), told(g), told(p))
    for g in s.missed:
        yield Miss(s.gold.doc, "missed", _words(s, g), told(g), "")
    for p in s.left:
        hit = any(covers(p, t) for t in s.gold.traps) and p.status not in NEVER_HAPPENED
        yield Miss(s.gold.doc, "trap" if hit else "extra", _words(s, p), "", told(p))


def _words(s: _Seen, *signals: CodedSignal) -> str:
    for signal in signals:
        if signal.start is not None:
            return s.gold.text[signal.start : signal.end]
    return s.gold.text
