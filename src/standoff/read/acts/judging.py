"""What the fitted models make of a word: whether it tells an act, which, how far it got, who takes part.

A frame that fits keeps the sides that grammar gave it, a status that grammar shows (planned, alleged,
conditional ...), and its event unless the models are surer of another. The models drop it where they see no
act, say whether what is told as done goes on or is history, fill targets that grammar left open, and add acts
that no frame knows; none of it depends on the length of the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from standoff.read.acts.arguments import Argument
from standoff.read.acts.recall import told_apart
from standoff.read.encoder import EVENTS, STATUSES, Context, Logits
from standoff.read.encoder.network import Floats
from standoff.read.reading import Token
from standoff.terms import Party, Signal

ADDS = 0.35
"""An act for which there is no frame is told from this probability on."""
KNOWS = 0.4
"""An added act is told only if, with this probability, those who are named did it and nobody else."""
SAYS = 0.35
"""An added act is told only if its event has this probability."""
SURER = 0.9
"""Another event than the frame's is told from this probability on."""
DROPS = 0.1
"""A frame's act below this probability is none."""
TELLS = 0.5
"""A status is the models' from this probability on, else the one that tense and modality give."""
TAKES = 0.5
"""Somebody is source or target from this probability on; if nobody is, the likeliest from `FILLS` on."""
FILLS = 0.3
HITS, STRIKES = 0.4, 0.6
"""Somebody is the target of a frame's act whose target grammar left open from this probability on; of one that
harms, from the second: help is mistaken for harm where the friend is the only one named."""
UNNAMED, NO_TARGET = 0.35, 0.08
"""Shares right where nobody is named as source, and where no target was found: coders nearly always find one."""
_FRAMES = ((0.0, 0.4), (0.17, 0.54), (0.53, 0.81), (0.79, 0.9), (1.0, 0.9))
_ADDED = ((0.0, 0.35), (0.33, 0.55), (0.46, 0.75), (0.74, 0.85), (1.0, 0.87))
"""Events are right more often than the model says: (its probability, share right), of a frame's acts and of those
that it adds, on 395 passages that it was not fitted on (1,123 signals, 2026-12-01), joined by straight lines."""
_NEAR = ("np:", "speaker", "author", "before1", "pair", "spokelast", "prevsubj", "near", "said")


@dataclass(frozen=True, slots=True)
class Judged:
    """One act with the probability of each of its fields, and how explicit it most likely is; `targets`
    are for the sources that stand."""

    act: float
    event: tuple[str, float]
    status: tuple[str, float]
    level: int
    sources: dict[str, float]
    targets: dict[str, float]


def judge(
    context: Context,
    token: Token,
    word: Logits,
    shown: set[str],
    arguments: Mapping[str, Argument],
    rule: Signal | None,
    *,
    firm: bool,
) -> Judged:
    """Event, status and sides of a word that tells an act; of a frame's act its own sources, and its own
    event if it is `firm` or the models are not surer of another."""
    heads = context.encoder.heads
    events = _shares(EVENTS, word.events)
    event = max(EVENTS, key=lambda e: events[e])
    if rule is not None and (firm or events[event] < SURER):
        event = rule.event.value
    states = _shares(STATUSES, heads.statuses(word, event))
    if "when:old" not in shown:
        states.pop("historical", None)  # without a date long past nothing is told as history
    if "cond:True" not in shown:
        states.pop("conditional", None)  # nor as conditional without a condition
    status = max(states, key=lambda s: states[s])
    level = int(heads.levels(word, event).argmax())
    actors = sorted(arguments)
    vector = context.vector(token.index)
    sides = {
        a: heads.side(
            vector,
            *context.names(token.index, a, arguments[a].heads),
            event,
            shown_of_party(arguments, a, token.lemma, token.tag, event, rule),
        )
        for a in actors
    }
    as_source = {a: chance_of(float(sides[a][0])) for a in actors}
    known = _codes(rule.sources) - {"XXX"} if rule is not None else set[str]()
    sources = sorted(known) or chosen(as_source)
    as_target = {
        a: chance_of(
            float(sides[a][1])
            + heads.given(given_sources(arguments[a].features, a, event, sources, actors))
        )
        for a in actors
    }
    return Judged(
        chance_of(word.act),
        (event, events[event]),
        (status, states[status]),
        level,
        as_source,
        as_target,
    )


def chance_of(log_odds: float) -> float:
    """The probability of log odds.

    >>> round(chance_of(0.0), 2), round(chance_of(-800.0), 2)
    (0.5, 0.0)
    """
    return 1 / (1 + math.exp(min(-log_odds, 700.0)))


def _shares(labels: Sequence[str], logits: Floats) -> dict[str, float]:
    odds = np.exp(logits - logits.max())
    return dict(zip(labels, (odds / odds.sum()).tolist(), strict=True))


def share_right(probability: float, *, framed: bool) -> float:
    """The share of events that were right where the model gave this probability.

    >>> [round(share_right(p, framed=True), 3) for p in (0.0, 0.35, 1.0)]
    [0.4, 0.675, 0.9]
    """
    points = _FRAMES if framed else _ADDED
    for (low, a), (high, b) in pairwise(points):
        if probability <= high:
            return a + (b - a) * (probability - low) / (high - low)
    return points[-1][1]


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


def shown_of_party(
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


def given_sources(
    own: set[str], actor: str, event: str, sources: Sequence[str], actors: Sequence[str]
) -> set[str]:
    """The features of a party as target that the sources make."""
    doer = actor in sources
    return {
        f"inS:{doer}", f"nS:{min(len(sources), 2)}", f"inS{doer}|ev:{event}",
        f"oth:{min(sum(a not in sources for a in actors), 4)}:{doer}",
        *(f"inS{doer}|{f}" for f in own if f.startswith(("np:", "near"))),
    }  # fmt: skip


def _codes(parties: Sequence[Party]) -> set[str]:
    return {told_apart(p).actor for p in parties}
