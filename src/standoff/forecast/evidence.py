"""Which pieces of evidence bear on an attack, of which kind, how much and how lately.

A piece is one event between the challenger and the protege (or a patron). Its sign comes from event
and valence together; its kind, decay and slopes from `data/evidence-1.toml`. Volume counts: thirty
mobilisations are more than one, and a build-up that ends is forgotten by its half-life.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from standoff.errors import DescriptionError
from standoff.measure import event_error, load_items, signal_day
from standoff.terms import Event, Signal, Valence

__all__ = [
    "EvidenceModel",
    "Kind",
    "Parties",
    "PassedOver",
    "Piece",
    "load_evidence",
    "weigh",
]

Array = npt.NDArray[np.float64]

_HOSTILE = frozenset("THREATEN MOBILIZE COERCE ASSAULT SANCTION ACCUSE REJECT PROTEST".split())
_CALM = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
_VALENCE = {
    Valence.THREATEN: 1,
    Valence.ACCUSE: 1,
    Valence.PREPARE: 1,
    Valence.CONCILIATE: -1,
    Valence.REASSURE: -1,
    Valence.RETRACT: -1,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: what belongs to it, how it fades, what it does to the log-odds.

    `crisis` and `severity` are (median, sd of the logarithm) of a slope per log2(1 + volume); the
    sign is fixed by `calms`. Empty sets hold for every piece of the right sign.
    """

    name: str
    reason: str
    calms: bool
    events: frozenset[str]
    extensions: frozenset[str]
    channels: frozenset[str]
    valences: frozenset[str]
    half_life: float
    crisis: tuple[float, float]
    severity: tuple[float, float]
    precedent: str
    origin: str

    def holds(self, signal: Signal) -> bool:
        """Whether a signal of the right sign belongs here."""
        extension = signal.x_event.value if signal.x_event else ""
        return (
            (not self.events or signal.event.value in self.events)
            and (not self.extensions or extension in self.extensions)
            and (not self.channels or signal.channel.value in self.channels)
            and (not self.valences or signal.valence.value in self.valences)
        )


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """The table of kinds with everything else that turns pieces into a forecast."""

    name: str
    kinds: tuple[Kind, ...]
    direction: Mapping[str, float]
    status: Mapping[str, float]
    crisis_years: tuple[float, float]
    crisis_worse: tuple[float, float]
    reply_per_month: tuple[float, float]
    strategic: tuple[float, float]
    ceiling_crisis: float
    ceiling_severity: float
    rarity_top: float
    rarity_full: float
    origins: Mapping[str, str]

    def kind_of(self, signal: Signal, calms: bool) -> Kind | None:
        """The first kind that takes the signal."""
        for kind in self.kinds:
            if kind.calms == calms and kind.holds(signal):
                return kind
        return None

    def draws(self, n: int, rng: np.random.Generator) -> dict[str, Array]:
        """Parameters by name, axis: draw; Latin hypercubes, one stream for each name."""
        priors: dict[str, tuple[float, float]] = {
            "crisis.years": self.crisis_years,
            "crisis.worse": self.crisis_worse,
            "reply.per_month": self.reply_per_month,
            "weight.strategic": self.strategic,
        }
        for kind in self.kinds:
            priors[f"{kind.name}.crisis"] = kind.crisis
            priors[f"{kind.name}.severity"] = kind.severity
        found: dict[str, Array] = {}
        for name, (median, sd) in priors.items():
            z = ndtri((rng.permutation(n) + rng.random(n)) / n)
            found[name] = median * np.exp(sd * z)
        return found


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is who in a question. `holder` is the state that holds a protege that is none."""

    challenger: str
    protege: str
    patrons: frozenset[str] = frozenset()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One event as evidence: its kind, its day, and its weight before decay, 0 to 1."""

    key: str
    handles: tuple[str, ...]
    kind: str
    calms: bool
    day: date
    weight: float
    direction: str
    quote: str

    def volume(self, at: date, half_life: float) -> float:
        """Weight left on the day `at`; nothing before the piece's own day."""
        age = (at - self.day).days
        return self.weight * 0.5 ** (age / half_life) if age >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An event between the parties that is no evidence, and why."""

    key: str
    handles: tuple[str, ...]
    reason: str


def sign_of(signal: Signal) -> int | str:
    """1 for a hostile signal, -1 for a conciliatory one; else why it is neither.

    Where event and valence contradict each other neither is believed.
    """
    event = signal.event.value
    first = 1 if event in _HOSTILE else -1 if event in _CALM else 0
    second = _VALENCE.get(signal.valence, 0)
    if first and second and first != second:
        return f"{event} with valence {signal.valence.value}: they contradict each other"
    return (first or second) or "neither hostile nor conciliatory"


def weigh(
    events: Iterable[Event], parties: Parties, model: EvidenceModel, *, at: date
) -> tuple[tuple[Piece, ...], tuple[PassedOver, ...]]:
    """The pieces of evidence known on the day `at`, in order of time, and what was passed over.

    A piece weighs (1 - doubt) times direction times status; the doubt is that of MEASURE (source,
    item, coder, review). Events that are not between the parties are left out in silence.

    >>> weigh([], Parties("CHN", "TWN"), load_evidence(), at=date(2021, 8, 13))
    ((), ())
    """
    items = load_items()
    pieces: list[Piece] = []
    passed: list[PassedOver] = []
    for event in events:
        if event.available > at:
            continue
        found = _piece(event, parties, model, at, 1.0 - event_error(event, items))
        if isinstance(found, Piece):
            pieces.append(found)
        elif found:
            passed.append(PassedOver(event.key, event.handles, found))
    pieces.sort(key=lambda p: (p.day, p.key))
    return tuple(pieces), tuple(passed)


def _piece(
    event: Event, parties: Parties, model: EvidenceModel, at: date, belief: float
) -> Piece | str:
    """A piece, the reason why there is none, or nothing where it is between others."""
    signal = event.signal
    sign = sign_of(signal)
    direction = _direction(signal, parties, sign)
    if direction is None:
        return ""
    if isinstance(sign, str):
        return sign
    if signal.negated:
        return "it is said not to have been done"
    if signal.aggregate:
        return "a summary of many acts is not one dated act"
    status = model.status[signal.status.value]
    if status <= 0:
        return f"status {signal.status.value}"
    kind = model.kind_of(signal, sign < 0)
    if kind is None:
        return "no kind of evidence takes it"
    day = signal_day(event)
    if isinstance(day, str):
        return day
    if event.retracted_on is not None and event.retracted_on <= at:
        return f"taken back on {event.retracted_on}"
    return Piece(
        event.key,
        event.handles,
        kind.name,
        kind.calms,
        min(day, at),
        belief * model.direction[direction] * status,
        direction,
        signal.span.quote,
    )


def _direction(signal: Signal, parties: Parties, sign: int | str) -> str | None:
    sources, targets = set(signal.source_actors), set(signal.target_actors)
    c, held = parties.challenger, {parties.protege, parties.holder} - {""}
    if c in sources and held & targets:
        return "challenger"
    if c in sources and not targets - {"XXX"} and sign == 1 and signal.channel.value == "deeds":
        return "untargeted"
    if held & sources and c in targets:
        return "protege"
    hurt = sign == 1 and signal.event.value == "ASSAULT" and signal.channel.value == "deeds"
    if hurt and not sources - {"XXX"} and c in targets and held & targets:
        return "between"
    if c in sources and targets & parties.patrons:
        return "patron"
    # A patron's help for the protege may name the challenger: that is a commitment, no kindness.
    calm = sign == -1 and signal.protege is None and signal.valence is not Valence.COMMIT
    if c in targets and sources & parties.patrons and (calm or signal.event.value == "ASSAULT"):
        return "towards"
    return None


def saturate(x: Array, ceiling: float) -> Array:
    """C tanh(x / C): evidence adds up, but not without end.

    >>> bool(saturate(np.array([1e9]), 3.5)[0] <= 3.5)
    True
    """
    return ceiling * np.tanh(x / ceiling)


def strength(volume: float | Array) -> float | Array:
    """f(v) = log2(1 + v): the second of a kind says less than the first.

    >>> float(strength(1.0)), float(strength(3.0))
    (1.0, 2.0)
    """
    return np.log2(1.0 + volume)


# ---------------------------------------------------------------- reading the table


@cache
def load_evidence(name: str = "evidence-1") -> EvidenceModel:
    """A shipped table of kinds: "evidence-1" as fitted, "evidence-0" the priors before.

    >>> [k.name for k in load_evidence().kinds][:3]
    ['force used', 'ultimatum', 'evacuation']
    """
    file = resources.files("standoff.forecast") / "data" / f"{name}.toml"
    if not file.is_file():
        raise DescriptionError(
            f"the evidence table {name!r}", "evidence-0 or evidence-1", "use evidence-1"
        )
    return parse_evidence(file.read_text("utf-8"), name)


def parse_evidence(text: str, where: str) -> EvidenceModel:
    """Read a table of kinds. Raises `DescriptionError` naming what is wrong."""
    try:
        raw: dict[str, Any] = tomllib.loads(text)
        kinds = tuple(_kind(row) for row in raw["kind"])
        model = EvidenceModel(
            str(raw["name"]),
            kinds,
            {k: float(v) for k, v in raw["direction"].items()},
            {k: float(v) for k, v in raw["status"].items()},
            _pair(raw["crisis"]["years"]),
            _pair(raw["crisis"]["worse"]),
            _pair(raw["reply"]["per_month"]),
            _pair(raw["weight"]["strategic"]),
            float(raw["ceiling"]["crisis"]),
            float(raw["ceiling"]["severity"]),
            float(raw["rarity"]["top"]),
            float(raw["rarity"]["full"]),
            {part: str(raw[part]["origin"]) for part in ("crisis", "reply", "weight")},
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DescriptionError(
            f"{where}: {error}", "a table as evidence-1.toml", "compare it with evidence-1.toml"
        ) from error
    if any(k.half_life <= 0 or min(*k.crisis, *k.severity) < 0 for k in kinds):
        raise DescriptionError(
            f"{where}: a slope or half-life below zero",
            "positive numbers; `calms` turns the sign",
            "correct it",
        )
    return model


def _pair(raw: list[float]) -> tuple[float, float]:
    median, sd = raw
    return float(median), float(sd)


def _kind(row: dict[str, Any]) -> Kind:
    def words(name: str) -> frozenset[str]:
        return frozenset(str(w) for w in row.get(name, []))

    return Kind(
        str(row["name"]),
        str(row["reason"]),
        bool(row.get("calms", False)),
        words("events"),
        words("extensions"),
        words("channels"),
        words("valences"),
        float(row["half_life"]),
        _pair(row["crisis"]),
        _pair(row["severity"]),
        str(row["precedent"]),
        str(row["origin"]),
    )
