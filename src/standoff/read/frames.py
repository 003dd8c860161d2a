"""Frames: which verb, with which object, preposition or complement, is which event.

The lexicon stands in `data/frames_words.toml` and `data/frames_deeds.toml`, one line a frame, each
with an example that is its test. Frames with more conditions are tried first; within equals the
order of the files holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.read.reading import Token
from standoff.terms import Channel, Cost, ExtensionEvent, PloverEvent, Valence

_WORD_EVENTS = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN NONE".split()
)
_VALENCES = {"ACCUSE": "accuse", "REJECT": "accuse", "THREATEN": "threaten", "PROTEST": "accuse"}
_USUAL = {
    "AGREE": "conciliate", "SUPPORT": "conciliate", "CONCEDE": "conciliate", "COOPERATE": "conciliate",
    "RETREAT": "conciliate", "AID": "commit", "SANCTION": "threaten", "MOBILIZE": "prepare",
    "COERCE": "threaten", "ASSAULT": "threaten",
}  # fmt: skip
_CALM = frozenset((PloverEvent.THREATEN,))
_KEYS = frozenset(
    "id v p o o2 un s pr c cv mod neg joint m x ch val cost lvl ex who speaker pledge flip follow w e "
    "tclass undergo shared both together aimed".split()
)
_DESCRIBING = frozenset(
    "be remain call describe label brand deem term consider characterize denounce decry become "
    "constitute represent amount slam pose meet greet regard dismiss define declare".split()
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of the lexicon, its word lists expanded."""

    id: str
    verbs: frozenset[str]
    particles: frozenset[str]
    objects: frozenset[str]
    second: frozenset[str]
    unless: frozenset[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    complement: str
    complement_verbs: frozenset[str]
    modalities: frozenset[str]
    negated: bool
    joint: bool
    wide: bool
    shared: bool
    both_ways: bool
    together: bool
    aimed: bool
    speaker: bool
    pledge: bool
    flip: bool
    undergo: bool
    follow: bool
    needs_target: bool
    event: PloverEvent
    mode: str | None
    x_event: ExtensionEvent | None
    channel: Channel
    valence: Valence
    cost: Cost
    level: int
    example: str
    who: str
    weight: int
    order: int


@dataclass(frozen=True, slots=True)
class View:
    """What a clause shows to a frame: its own zones, read in the active voice."""

    lemma: str
    head: int
    passive: bool
    subject: Sequence[Token]
    after: Sequence[Token]
    objects: Sequence[Token]
    complement: str
    complement_verb: str
    complement_negated: bool
    modality: str
    negated: bool
    joint: bool
    particles: Sequence[Token] = ()
    prepositions: Sequence[tuple[str, Token]] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits, with the tokens that made it fit."""

    frame: Frame
    tokens: tuple[int, ...]


@lru_cache(maxsize=1)
def frame_classes() -> dict[str, frozenset[str]]:
    """The word classes that frames name with @."""
    raw = tomllib.loads(_data("frame_classes.toml"))
    return {name: frozenset(cast("str", words).split()) for name, words in raw.items()}


def _data(name: str) -> str:
    return files("standoff.read").joinpath(f"data/{name}").read_text("utf-8")


@lru_cache(maxsize=1)
def all_frames() -> tuple[Frame, ...]:
    """Every frame, in the order of the files.

    >>> len(all_frames()) > 200
    True
    """
    out: list[Frame] = []
    for name in ("frames_words.toml", "frames_deeds.toml"):
        table = tomllib.loads(_data(name))
        for event, rows in table.items():
            out.extend(frame_of_row(event, row, len(out) + i) for i, row in enumerate(rows))
    return tuple(out)


def _words(value: str) -> frozenset[str]:
    found: set[str] = set()
    for word in value.split():
        found |= frame_classes()[word[1:]] if word.startswith("@") else {word}
    return frozenset(found)


def frame_of_row(event: str, row: dict[str, Any], order: int = 0) -> Frame:
    """The frame of one line of the lexicon; raises `DescriptionError` for keys that it does not know."""
    unknown = set(row) - _KEYS
    if unknown or "id" not in row or "ex" not in row or "v" not in row:
        raise DescriptionError(
            f"frame {row.get('id')!r} of {event} with {sorted(unknown) or 'no id, v or ex'}",
            f"the keys {' '.join(sorted(_KEYS))}; id, v and ex always",
            "correct the line in src/standoff/read/data",
        )
    event = cast("str", row.get("e", event))
    channel = cast("str", row.get("ch") or ("words" if event in _WORD_EVENTS else "deeds"))
    weight = (
        2 * ("o" in row and bool(row["o"])) + 2 * bool(row.get("s")) + 2 * bool(row.get("p"))
        + bool(row.get("pr")) + bool(row.get("c")) + 2 * bool(row.get("cv"))
        + 2 * bool(row.get("mod")) + 2 * bool(row.get("neg")) + 2 * bool(row.get("joint"))
    )  # fmt: skip
    verbs = _words(row["v"])
    return Frame(
        id=f"{event}.{row['id']}",
        verbs=verbs,
        particles=_words(row.get("p", "")),
        objects=_words(row.get("o", "")),
        second=_words(row.get("o2", "")),
        unless=_words(row.get("un", "")),
        subjects=_words(row.get("s", "")),
        prepositions=_words(row.get("pr", "")),
        complement=row.get("c", ""),
        complement_verbs=_words(row.get("cv", "")),
        modalities=_words(row.get("mod", "")),
        negated=bool(row.get("neg", False)),
        joint=bool(row.get("joint", False)),
        wide=bool(row.get("w") or row.get("pr"))
        or (bool(verbs & _DESCRIBING - {"be"}) and "be" not in verbs),
        shared=bool(row.get("shared", False)),
        both_ways=bool(row.get("both", False)),
        together=bool(row.get("together", False)),
        aimed=bool(row.get("aimed", False)),
        speaker=bool(row.get("speaker", False)),
        pledge=bool(row.get("pledge", False)),
        flip=bool(row.get("flip", False)),
        undergo=bool(row.get("undergo", False)),
        follow=bool(row.get("follow", False)),
        needs_target=row.get("tclass") == "hit",
        event=PloverEvent(event),
        mode=row.get("m"),
        x_event=ExtensionEvent(row["x"]) if row.get("x") else None,
        channel=Channel(channel),
        valence=Valence(row.get("val") or _VALENCES.get(event, "neutral")),
        cost=Cost(row.get("cost", "cheap")),
        level=int(row.get("lvl", 1)),
        example=row["ex"],
        who=row.get("who", "JPN>CHN"),
        weight=weight,
        order=order,
    )


def plain_frame(event: str, name: str) -> Frame:
    """A frame of an event that asks for nothing: of a noun, or of the fitted model.

    >>> plain_frame("ASSAULT", "fitted").valence.value
    'threaten'
    """
    row = {"id": name, "v": "", "ex": "", "cost": "cheap", "lvl": 1}
    return frame_of_row(event, row | ({"val": _USUAL[event]} if event in _USUAL else {}))


def frame_named(name: str) -> Frame:
    """The frame of that id.

    >>> frame_named("ACCUSE.condemn").event.value
    'ACCUSE'
    """
    return next(frame for frame in all_frames() if frame.id == name)


@lru_cache(maxsize=1)
def frames_by_verb() -> dict[str, tuple[Frame, ...]]:
    """Frames under each of their lemmas, most specific first."""
    out: dict[str, list[Frame]] = {}
    for frame in all_frames():
        for verb in frame.verbs:
            out.setdefault(verb, []).append(frame)
    return {v: tuple(sorted(g, key=lambda f: (-f.weight, f.order))) for v, g in out.items()}


def match_frame(view: View, skip: Frame | None = None) -> Match | None:
    """The first frame that fits the clause, or None; `skip` is passed over."""
    for frame in frames_by_verb().get(view.lemma, ()):
        if frame is skip:
            continue
        found = _fits(frame, view)
        if found is not None:
            return Match(frame, found)
    return None


def _fits(frame: Frame, view: View) -> tuple[int, ...] | None:
    """The tokens that make the frame fit, or None."""
    if frame.negated and not view.negated:
        return None
    if frame.joint and not view.joint:
        return None
    if frame.modalities and view.modality not in frame.modalities:
        return None
    if not _complement_fits(frame, view):
        return None
    if frame.unless and any(
        t.lemma in frame.unless or t.lower in frame.unless for t in view.objects
    ):
        return None
    hits = [view.head]
    for wanted, zone in (
        (frame.particles, _particles(view)),
        (frame.prepositions, [t for _, t in _goals(view)]),
        (frame.objects, _zone(frame, view)),
        (frame.second, _zone(frame, view)),
        (frame.subjects, [*view.subject, *view.objects] if view.passive else view.subject),
    ):
        if not wanted:
            continue
        if wanted is frame.prepositions:
            place = next((t for p, t in _goals(view) if p in wanted), None)
        else:
            place = _named(zone, wanted)
        if place is None:
            return None
        if wanted is not frame.subjects:
            hits.append(place.index)
    return tuple(hits)


def _named(zone: Sequence[Token], wanted: frozenset[str]) -> Token | None:
    """The first token of a zone that is one of the words; "survival-threatening" is three tokens."""
    for place, token in enumerate(zone):
        if token.lemma in wanted or token.lower in wanted:
            return token
        if token.text == "-" and 0 < place < len(zone) - 1:
            before, after = zone[place - 1].lower, zone[place + 1]
            if {f"{before}-{after.lower}", f"{before}-{after.lemma}"} & wanted:
                return after
    return None


def _complement_fits(frame: Frame, view: View) -> bool:
    if not frame.complement:
        return True
    if view.complement != frame.complement:
        return False
    if frame.complement_verbs and view.complement_verb not in frame.complement_verbs:
        return False
    # "promised not to attack" threatens nothing
    return not (frame.complement_verbs and view.complement_negated and frame.event in _CALM)


def _particles(view: View) -> Sequence[Token]:
    return [*view.particles, *(t for t in view.after[:4] if t.tag in ("PREP", "ADV"))]


def _goals(view: View) -> list[tuple[str, Token]]:
    """The prepositions of the clause with their objects; "on Monday" is no goal, "until Monday" a deadline."""
    return [(p, t) for p, t in view.prepositions if p == "until" or t.lower not in _DAYS]


def _zone(frame: Frame, view: View) -> Sequence[Token]:
    if frame.wide or (frame.subjects and view.passive):
        return [*view.objects, *view.after]
    return view.objects


_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december".split()
)
