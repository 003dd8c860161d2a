"""The fields of a coding as a form, and a filled form as changes of a coding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from standoff.errors import ImpossibleDate, InputError, UnknownActor
from standoff.reference import known_actors, nearest_actors
from standoff.terms import (
    Channel,
    Cost,
    DateBasis,
    ExtensionEvent,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
    party_record,
    period_record,
)

M = TypeVar("M", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: `kind` is text, choice, day, number or check; `help` says what goes in."""

    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""


def edit_form(signal: Signal) -> tuple[Field, ...]:
    """The fields of a signal that a person may change, as they stand now."""
    x = signal.x_event.value if signal.x_event else ""
    day = signal.date
    return (
        Field("sources", "Who", "text", " ".join(signal.source_actors), help="codes or names"),
        _choice("event", "Act", PloverEvent, signal.event.value),
        _choice("x_event", "Kind of act", ExtensionEvent, x, blank=True),
        Field("targets", "Whom", "text", " ".join(signal.target_actors), help="codes or names"),
        Field("protege", "For whom", "text", signal.protege or "", help="whom it protects"),
        _choice("channel", "Words or deeds", Channel, signal.channel.value),
        _choice("status", "Status", Status, signal.status.value),
        _choice("officialness", "In whose name", Officialness, signal.officialness.value),
        Field(
            "explicitness", "Explicit", "choice", str(signal.explicitness),
            tuple((str(i), text) for i, text in enumerate(_EXPLICIT)),
        ),
        _choice("valence", "Does what", Valence, signal.valence.value),
        _choice("cost", "Cost", Cost, signal.cost.value),
        Field("from", "From", "day", day.start.isoformat() if day.start else ""),
        Field("to", "To", "day", day.end.isoformat() if day.end else ""),
        Field("condition", "If", "text", signal.condition, help="the condition, in its words"),
        Field("negated", "Negated", "check", "yes" if signal.negated else ""),
    )  # fmt: skip


_EXPLICIT = (
    "0 nothing promised or threatened",
    "1 vague concern",
    "2 clear object, act open or hedged",
    "3 object and act both named",
)


def _choice(
    name: str, label: str, kind: type[StrEnum], value: str, *, blank: bool = False
) -> Field:
    options = tuple((m.value, m.value.replace("_", " ")) for m in kind)
    return Field(name, label, "choice", value, ((("", "none"),) if blank else ()) + options)


def read_changes(given: Mapping[str, str], signal: Signal) -> dict[str, Any]:
    """The fields of a filled form that differ from the coding, as `Ledger.edit` takes them.

    Actors may be written as codes or as names. Raises `UnknownActor`, `ImpossibleDate` or `InputError`
    naming the field.
    """
    now = {f.name: f.value for f in edit_form(signal)}
    moved = {k for k, v in now.items() if k in given and given[k].strip() != v}
    changes: dict[str, Any] = {}
    parties = {"sources": signal.sources, "targets": signal.targets}
    for name in ("sources", "targets"):
        if name in moved:
            changes[name] = _parties(given[name], parties[name])
    if "protege" in moved:
        codes = _codes(given["protege"])
        if len(codes) > 1:
            raise InputError(f"{given['protege']!r} for whom", "one actor, or nothing", "TWN")
        changes["protege"] = codes[0] if codes else None
    for name in ("event", "channel", "status", "officialness", "valence", "cost", "condition"):
        if name in moved:
            changes[name] = given[name].strip()
    if "explicitness" in moved:
        changes["explicitness"] = _small(given["explicitness"])
    if "negated" in moved:
        changes["negated"] = given["negated"].strip() == "yes"
    if "x_event" in moved:
        # The field lives among our extensions; the others there stay as they are.
        changes["x_standoff"] = {"event": given["x_event"].strip() or None}
    if {"from", "to"} & moved:
        changes["date"] = period_record(_period(given, signal.date))
    return changes


def new_signal(
    text: str, start: int, end: int, given: Mapping[str, str], published: date
) -> Signal:
    """A signal from a stretch of a text and a filled form.

    Raises `InputError` for a stretch that is empty or without an actor.
    """
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"characters {start} to {end} of {len(text)}", "a stretch of the text", "select words"
        )
    span = Span.of(text, start, end)
    sources = tuple(Party(c) for c in _codes(given.get("sources", "")))
    targets = tuple(Party(c) for c in _codes(given.get("targets", "")))
    if not sources:
        raise InputError("nobody in “who”", "at least one actor, XXX if unknown", "JPN")
    protege = _codes(given.get("protege", ""))
    blank = Period(published, published, "", DateBasis.PUBLICATION)
    dated = given.get("from", "").strip() or given.get("to", "").strip()
    x = given.get("x_event", "").strip()
    return Signal(
        id="hand",
        span=span,
        trigger=span,
        sources=sources,
        targets=targets,
        event=_member(PloverEvent, given, "event"),
        channel=_member(Channel, given, "channel"),
        status=_member(Status, given, "status"),
        officialness=_member(Officialness, given, "officialness"),
        explicitness=_small(given.get("explicitness", "0")),
        cost=_member(Cost, given, "cost"),
        valence=_member(Valence, given, "valence"),
        date=_period(given, blank) if dated else blank,
        x_event=ExtensionEvent(x) if x in tuple(ExtensionEvent) else None,
        protege=protege[0] if protege else None,
        condition=given.get("condition", "").strip(),
        negated=given.get("negated", "").strip() == "yes",
        coder="hand",
    )


def blank_form() -> tuple[Field, ...]:
    """The form of a signal that is being marked."""
    span = Span(0, 1, "x")
    return edit_form(
        Signal(
            "", span, span, (), (), PloverEvent.CONSULT, Channel.WORDS, Status.DONE,
            Officialness.OFFICIAL, 1, Cost.CHEAP, Valence.NEUTRAL, Period.unstated(),
        )
    )  # fmt: skip


def actor_code(name: str) -> str:
    """The code of an actor by code or name. Raises `UnknownActor` with the nearest names.

    >>> actor_code("jpn"), actor_code("Japan"), actor_code("XXX")
    ('JPN', 'JPN', 'XXX')
    """
    text = name.strip()
    if text.upper() in ("XXX", "IGO", "MULTI"):
        return text.upper()
    found = {k.actor for k in known_actors(text) if k.kind == "state"}
    if len(found) == 1:
        return found.pop()
    near = ", ".join(nearest_actors(text)) if text else ""
    raise UnknownActor(
        repr(text),
        "a code such as JPN, or the name of a state",
        f"nearest: {near}" if near else "see standoff actors",
    )


def _codes(text: str) -> list[str]:
    """Codes of a list of actors: commas part names, spaces part codes."""
    if re.search("[,;]", text):
        parts = re.split("[,;]", text)
    else:
        bare = text.split()
        parts = bare if all(re.fullmatch("[A-Za-z]{3}|IGO|MULTI", p) for p in bare) else [text]
    return [actor_code(p) for p in parts if p.strip()]


def _parties(text: str, held: tuple[Party, ...]) -> list[dict[str, Any]]:
    """Parties of a filled field; who was there before keeps person and office."""
    known = {p.actor: p for p in reversed(held)}
    return [dict(party_record(known.get(c, Party(c)))) for c in _codes(text)]


def _period(given: Mapping[str, str], held: Period) -> Period:
    days: list[date | None] = []
    for name, old in (("from", held.start), ("to", held.end)):
        text = given.get(name, old.isoformat() if old else "").strip()
        try:
            days.append(date.fromisoformat(text) if text else None)
        except ValueError as error:
            raise ImpossibleDate(
                f"the day {text!r}", "a calendar day as YYYY-MM-DD", "2021-08-13"
            ) from error
    start, end = days
    if given.get("from") and not given.get("to"):
        end = start
    return Period(start, end, held.text, DateBasis.STATED)


def _small(text: str) -> int:
    if text.strip() not in ("0", "1", "2", "3"):
        raise InputError(f"explicitness {text!r}", "0, 1, 2 or 3", "2")
    return int(text)


def _member(kind: type[M], given: Mapping[str, str], name: str) -> M:
    try:
        return kind(given.get(name, "").strip())
    except ValueError as error:
        options = ", ".join(m.value for m in kind)
        raise InputError(
            f"{name} {given.get(name)!r}", f"one of {options}", "choose one"
        ) from error
