"""One coding as it is compared: whoever wrote it, rules, a model or a person, in one record.

Two spellings are read: that of `standoff read` (docs/reference/record.md) and that of gold folders
(docs/reference/evaluate.md). A field that a line does not give is not scored for that line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from standoff.errors import BadRecord
from standoff.terms import (
    Channel,
    Cost,
    Officialness,
    Outcome,
    PloverEvent,
    Status,
    Valence,
)

Record = Mapping[str, Any]
CHANNELS = {"talk": "words", "act": "deeds"}
"""What gold folders call the channel."""

NEVER_HAPPENED = frozenset({Status.HYPOTHETICAL.value, Status.DENIED.value})

_CLOSED: Mapping[str, frozenset[str]] = {
    "event": frozenset(PloverEvent),
    "status": frozenset(Status),
    "channel": frozenset(Channel),
    "officialness": frozenset(Officialness),
    "cost": frozenset(Cost),
    "valence": frozenset(Valence),
}
_SPELLINGS = {"officialness": "official", "explicitness": "explicit", "channel": "talk_act"}


@dataclass(frozen=True, slots=True)
class CodedSignal:
    """One coded act. `start` is None for a text whose coding has no places (sentences).

    `values` holds event, sources, targets, status and whatever else was given; sources and targets
    are sorted tuples of codes. `alternatives` are events that are right too. `confidences` goes by
    field. A trap is a clause that must not come out as something that happened.
    """

    start: int | None
    end: int | None
    trigger: tuple[int, int] | None
    values: Mapping[str, Any]
    alternatives: frozenset[str] = frozenset()
    confidence: float | None = None
    confidences: Mapping[str, float] = field(default_factory=dict[str, float])
    trap: bool = False
    quote: str = ""
    where: str = ""

    @property
    def sources(self) -> frozenset[str]:
        """Who acts or speaks."""
        return frozenset(self.values.get("sources", ()))

    @property
    def targets(self) -> frozenset[str]:
        """To whom."""
        return frozenset(self.values.get("targets", ()))

    @property
    def event(self) -> str:
        """The PLOVER event, or NONE."""
        return self.values["event"]

    @property
    def status(self) -> str:
        """How far it has got; empty for a trap without one."""
        return self.values.get("status", "")


@dataclass(frozen=True, slots=True)
class CodedClaim:
    """One checked claim. `also` are verdicts that are right too; debris (`emit` false) must not be told."""

    start: int
    end: int
    verdict: str
    also: frozenset[str] = frozenset()
    emit: bool = True
    planted: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder made of some texts; every text that was coded has its key, were it empty."""

    coder: str
    signals: Mapping[str, tuple[CodedSignal, ...]]
    claims: Mapping[str, tuple[CodedClaim, ...]] = field(
        default_factory=dict[str, tuple[CodedClaim, ...]]
    )


def coded_signal(record: Record, where: str, *, placed: bool = True) -> CodedSignal:
    """A signal from a line of either spelling. Raises `BadRecord` saying `where` and what.

    >>> s = coded_signal({"start": 3, "end": 9, "sources": [{"state": "USA"}], "targets": [],
    ...     "plover": "SUPPORT", "status": "done", "talk_act": "talk"}, "line 1")
    >>> s.event, s.sources, s.values["channel"]
    ('SUPPORT', frozenset({'USA'}), 'words')
    """
    trap = record.get("gold") == "trap"
    if record.get("gold", "signal") not in ("signal", "trap"):
        raise bad(where, f"gold {record['gold']!r}", "signal or trap")
    start, end = _place(record, where) if placed else (None, None)
    trigger = _trigger(record, where, start, end)
    values = {} if trap and "sources" not in record else _values(record, where)
    alternatives = [str(v) for v in cast("list[Any]", record.get("plover_alt") or [])]
    for event in alternatives:
        _closed("event", event, where)
    extension = cast("Record", record.get("x_standoff") or {})
    by_field = cast("Record", record.get("confidences") or extension.get("confidences") or {})
    confidence = record.get("confidence")
    return CodedSignal(
        start, end, trigger, values, frozenset(alternatives),
        None if confidence is None else _chance(confidence, "confidence", where),
        {f: _chance(value, f"confidences.{f}", where) for f, value in by_field.items()},
        trap, str(record.get("quote") or ""), where,
    )  # fmt: skip


def coded_claim(record: Record, where: str) -> CodedClaim:
    """A claim from a line of either spelling. Raises `BadRecord`."""
    start, end = _place(record, where)
    verdict = record.get("verdict")
    also = [str(v) for v in cast("list[Any]", record.get("verdict_also_ok") or [])]
    for item in (verdict, *also):
        if item not in frozenset(Outcome):
            raise bad(where, f"verdict {item!r}", " | ".join(Outcome))
    return CodedClaim(
        start, end, str(verdict), frozenset(also),
        bool(record.get("emit", True)), bool(record.get("planted", False)),
    )  # fmt: skip


def bad(where: str, came: str, expected: str) -> BadRecord:
    """An error about one line of a file."""
    return BadRecord(f"{where}: {came}", expected, "see docs/reference/evaluate.md")


def check_quote(record: Record, text: str, where: str) -> None:
    """Raise `BadRecord` where the words at the offsets are not those quoted, or lie past the end."""
    for name, item in (("", record), ("trigger", record.get("trigger"))):
        if not isinstance(item, Mapping):
            continue
        part = cast("Record", item)
        start, end, quote = (part.get(k) for k in ("start", "end", "quote"))
        if not isinstance(start, int) or not isinstance(end, int):
            continue
        if end > len(text) or (isinstance(quote, str) and text[start:end] != quote):
            found = text[start:end] if end <= len(text) else f"a text of {len(text)} characters"
            raise bad(
                where,
                f"{name or 'the span'} {start}-{end} is {found[:60]!r} and not {str(quote)[:60]!r}",
                "offsets in code points of the untouched text, with text[start:end] == quote",
            )


def _values(record: Record, where: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "event": _closed("event", str(record.get("plover") or record.get("event")), where)
    }
    for name in ("sources", "targets"):
        values[name] = _parties(record.get(name), name, where)
    # In this order everywhere: who, what, then the rest.
    values["status"] = _closed("status", record.get("status"), where)
    for name, read in _OPTIONAL.items():
        given = _SPELLINGS.get(name, name)
        key = name if name in record else given if given in record else None
        if key is not None and not (name == "date" and record[key] is None):
            values[name] = read(name, record[key], where)
    return values


def _closed(name: str, value: Any, where: str) -> str:
    value = CHANNELS.get(value, value) if name == "channel" else value
    if value not in _CLOSED[name]:
        raise bad(where, f"unknown {name} {value!r}", " | ".join(sorted(_CLOSED[name])))
    return str(value)


def _free(name: str, value: Any, where: str) -> str | None:
    if isinstance(value, list):  # some coders give a list of proteges
        items = cast("list[Any]", value)
        value = items[0] if items else None
    if value is not None and not isinstance(value, str):
        raise bad(where, f"{name} {value!r}", "a string or null")
    return value or None


def _level(name: str, value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 3:
        raise bad(where, f"{name} {value!r}", "0, 1, 2 or 3")
    return value


def _date(name: str, value: Any, where: str) -> Mapping[str, Any]:
    if value is None or isinstance(value, str):
        return {"from": value, "to": value, "basis": None}
    if not isinstance(value, Mapping):
        raise bad(where, f"{name} {value!r}", "from, to and basis")
    found = cast("Record", value)
    return {"from": found.get("from"), "to": found.get("to"), "basis": found.get("basis")}


_OPTIONAL: Mapping[str, Callable[[str, Any, str], Any]] = {
    "channel": _closed, "officialness": _closed, "explicitness": _level, "protege": _free,
    "mode": _free, "valence": _closed, "cost": _closed, "date": _date,
}  # fmt: skip

FIELDS: tuple[str, ...] = ("event", "sources", "targets", "status", *list(_OPTIONAL)[:-1])
"""Fields with one value each that can be right or wrong; dates are scored by their own rule."""


def _parties(value: Any, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise bad(where, f"{name} {value!r}", "a list of states")
    out: set[str] = set()
    for item in cast("list[Any]", value):
        code = item
        if isinstance(item, Mapping):
            party = cast("Record", item)
            code = party.get("actor", party.get("state"))
        if code is not None and not isinstance(code, str):
            raise bad(where, f"{name}: {item!r}", "a code, or an object with actor or state")
        out.add(code or "XXX")
    return tuple(sorted(out))


def _place(record: Record, where: str) -> tuple[int, int]:
    start, end = record.get("start"), record.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise bad(where, f"start {start!r}, end {end!r}", "two offsets, the first below the second")
    return start, end


def _trigger(
    record: Record, where: str, start: int | None, end: int | None
) -> tuple[int, int] | None:
    """The span of the key words; that of the signal where none is given."""
    if start is None or end is None:
        return None
    given = record.get("trigger")
    if given is None:
        return start, end
    if isinstance(given, Mapping):
        part = cast("Record", given)
        given = [part.get("start"), part.get("end")]
    ends = cast("list[Any]", given)
    if len(ends) != 2 or not all(isinstance(v, int) for v in ends):
        raise bad(where, f"trigger {given!r}", "two offsets")
    return int(ends[0]), int(ends[1])


def _chance(value: Any, name: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise bad(where, f"{name} {value!r}", "a number from 0 to 1")
    return float(value)
