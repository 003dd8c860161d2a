"""What the fitted models make of a word: whether it tells an act, which, how far it got, who takes part.

A frame that fits keeps its event, the sides that grammar gave it, and a status that grammar shows (planned,
alleged, conditional ...). The models drop it where they see no act, say whether what is told as done goes on
or is history, fill targets that grammar left open, and add acts that no frame knows; none of it depends on
the length of the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.read.acts.arguments import Argument
from standoff.read.acts.model import shipped_models
from standoff.read.acts.recall import told_apart
from standoff.read.reading import Token
from standoff.terms import Party, Signal

ADDS = 0.15
"""An act for which there is no frame is told if act, event and sources are all right with this probability."""
DROPS = 0.1
"""A frame's act below this probability is none."""
TELLS = 0.5
"""A status is the models' from this probability on, else the one that tense and modality give."""
TAKES = 0.5
"""Somebody is source or target from this probability on; if nobody is, the likeliest from `FILLS` on."""
FILLS = 0.3
UNNAMED, NO_TARGET = 0.2, 0.04
"""Shares right where nobody is named as source, and where no target was found: coders nearly always find one."""
_FRAMES = ((0.0, 0.3), (0.2, 0.48), (0.46, 0.61), (0.7, 0.78), (1.0, 0.96))
"""A frame's event is right more often than the models alone would say: (their probability, share right), out of
fold on 556 passages of 2026-11-30 (1,208 signals), joined by straight lines."""
_NEAR = ("np:", "speaker", "author", "before1", "pair", "spokelast", "prevsubj", "near", "said")
_TENSED = ("m:", "tn:", "told:", "Rst:", "form:", "acc:", "cond:")


@dataclass(frozen=True, slots=True)
class Judged:
    """One act with the probability of each of its fields; `targets` are for the sources that stand."""

    act: float
    event: tuple[str, float]
    status: tuple[str, float]
    sources: dict[str, float]
    targets: dict[str, float]


def tells(shown: set[str]) -> float:
    """How likely it is that a word tells an act."""
    return shipped_models()["act"].yes(shown)


def judge(
    trigger: Token,
    shown: set[str],
    act: float,
    arguments: Mapping[str, Argument],
    rule: Signal | None,
) -> Judged:
    """Event, status and sides of a word that tells an act; of a frame's act its own event and sources."""
    models = shipped_models()
    events = models["event"].probabilities(shown)
    event = rule.event.value if rule is not None else max(sorted(events), key=lambda e: events[e])
    states = models["status"].probabilities(for_status(shown, event))
    if "when:old" not in shown:
        states.pop("historical", None)  # without a date long past nothing is told as history
    status = max(sorted(states), key=lambda s: states[s])
    actors = sorted(arguments)
    sides = {a: for_source(arguments, a, trigger.lemma, trigger.tag, event, rule) for a in actors}
    as_source = {a: models["source"].yes(sides[a]) for a in actors}
    known = _codes(rule.sources) - {"XXX"} if rule is not None else set[str]()
    sources = sorted(known) or chosen(as_source)
    as_target = {a: models["target"].yes(for_target(sides[a], a, sources, actors)) for a in actors}
    return Judged(
        act, (event, events.get(event, 0.0)), (status, states[status]), as_source, as_target
    )


def share_of_frame(probability: float) -> float:
    """The share of frames' signals that were right where the models gave this probability.

    >>> [round(share_of_frame(p), 3) for p in (0.0, 0.33, 1.0)]
    [0.3, 0.545, 0.96]
    """
    for (low, a), (high, b) in pairwise(_FRAMES):
        if probability <= high:
            return a + (b - a) * (probability - low) / (high - low)
    return _FRAMES[-1][1]


def chosen(probabilities: Mapping[str, float]) -> list[str]:
    """Who takes a part: all that are likely, else the likeliest if likely enough."""
    found = [a for a, p in probabilities.items() if p >= TAKES]
    if found or not probabilities:
        return found
    best = max(probabilities, key=lambda a: probabilities[a])
    return [best] if probabilities[best] >= FILLS else []


def all_right(probabilities: Mapping[str, float], taken: Iterable[str]) -> float:
    """The probability that those taken, and nobody else, take the part."""
    own = set(taken)
    return math.prod(p if a in own else 1 - p for a, p in probabilities.items())


# ---------------------------------------------------------------- what the models are shown


def for_status(shown: set[str], event: str) -> set[str]:
    """The features of a status: those of the word, some of them joined with its event."""
    return {*shown, f"ev:{event}", *(f"{event}|{f}" for f in shown if f.startswith(_TENSED))}


def for_source(
    arguments: Mapping[str, Argument],
    actor: str,
    lemma: str,
    tag: str,
    event: str,
    rule: Signal | None,
) -> set[str]:
    """The features of a party as source of an act."""
    own = arguments[actor].features
    out = {*own, f"ev:{event}", f"nroles:{min(len(arguments), 6)}", f"tag:{tag}"}
    out |= {f"{event}|{f}" for f in own if f.startswith(_NEAR)}
    out |= {f"{lemma}|{f}" for f in own if f.startswith("speaker")}
    if rule is None:
        return {*out, "noR"}
    same = rule.event.value == event
    doer, hit = actor in _codes(rule.sources), actor in _codes(rule.targets)
    return out | {
        f"Rsrc:{doer}", f"Rsrc:{doer}:{same}", f"Rtgt:{hit}", f"Rtgt:{hit}:{same}",
        f"RsX:{[p.actor for p in rule.sources] == ['XXX']}", f"Rtn:{min(len(rule.targets), 2)}",
    }  # fmt: skip


def for_target(
    own: set[str], actor: str, sources: Sequence[str], actors: Sequence[str]
) -> set[str]:
    """The features of a party as target, once the sources are known."""
    doer = actor in sources
    out = {*own, f"inS:{doer}", f"nS:{min(len(sources), 2)}"}
    out |= {f"inS{doer}|{f}" for f in own if f.startswith(("ev:", "np:", "near"))}
    out.add(f"oth:{min(sum(a not in sources for a in actors), 4)}:{doer}")
    return out


def _codes(parties: Sequence[Party]) -> set[str]:
    return {told_apart(p).actor for p in parties}
