"""Signals and claims as cards: who, act, whom, what was decided, how sure each field is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from standoff.api.screens.view import WRONG, View
from standoff.assess import is_note
from standoff.ledger import StoredClaim, StoredSignal
from standoff.terms import SAID, Period

VERDICTS = {
    "SUPPORTED": "holds",
    "CONTRADICTED": "contradicted",
    "INCONSISTENT": "contradicts itself",
    "NOT_CHECKABLE": "cannot be checked",
}
FIELDS = {
    "source": "who",
    "sources": "who",
    "event": "act",
    "target": "whom",
    "targets": "whom",
    "x_event": "kind of act",
}


@dataclass(frozen=True, slots=True)
class Confidence:
    """How often coders agree with fields like this one; `share` runs 0-1."""

    field: str
    share: float

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Card:
    """A signal or a claim of a document.

    `shape` is how its words are underlined (solid, dotted, wavy) and `letter` what stands before
    them: W words, D deeds, C claim, C! a claim that is wrong. `facts` are the fields of the coding in
    short; `notes` (what, text) the rest. `quote` is the note of a coder where `noted`.
    """

    handle: str
    kind: str
    state: str
    shape: str
    letter: str
    who: str
    act: str
    whom: str
    protege: str
    facts: tuple[str, ...]
    quote: str
    noted: bool
    start: int
    end: int
    document: str
    confidences: tuple[Confidence, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    wrong: bool = False
    edited: bool = False
    event: str = ""
    codes: str = ""

    @property
    def decided(self) -> bool:
        """Whether somebody accepted or rejected it."""
        return self.state != "suggested"

    def sure(self, field: str) -> Confidence | None:
        """How sure a field is: who, act, whom, status."""
        return next((c for c in self.confidences if c.field == field), None)

    @property
    def others(self) -> tuple[Confidence, ...]:
        """The confidences of fields other than who, act and whom."""
        return tuple(c for c in self.confidences if c.field not in ("who", "act", "whom"))

    @property
    def line(self) -> str:
        """The card in one line: who, act, whom; of a claim its verdict."""
        if self.kind == "claim":
            return f"{self.act}: {self.verdict}"
        return f"{self.codes} · {self.act}"


def card_of_signal(view: View, item: StoredSignal) -> Card:
    """The card of a signal."""
    s = item.signal
    name = view.system.name
    facts = [
        s.channel.value, s.status.value, s.valence.value,
        s.officialness.value.replace("_", " "), f"explicit {s.explicitness} of 3", s.cost.value,
    ]  # fmt: skip
    if s.negated:
        facts.append("negated")
    notes = [("when", when(s.date))]
    if s.condition:
        notes.append(("if", s.condition))
    if s.place:
        notes.append(("place", s.place.name))
    notes += [
        (
            "said by",
            f"{a.speaker or 'unnamed'} ({a.kind.value})",
        )
        for a in s.attribution
    ]
    mark = ("", "") if is_note(s) else ("«", "»")
    notes += [
        ("source says", f"«{p.span.quote}»")
        if p.field == SAID
        else (p.field, f"{p.value}: {p.span.quote.join(mark)}")
        for p in s.parts
        if p.span
    ]
    notes.append(("coder", f"{s.coder}, rule {s.rule}" if s.rule else s.coder))
    if item.url:
        notes.append(("address", item.url))
    act = s.event.value + (f" · {s.x_event.value}" if s.x_event else "")
    return Card(
        handle=item.handle,
        kind="signal",
        state=item.state,
        shape="solid",
        letter="W" if s.channel.value == "words" else "D",
        who=", ".join(map(name, s.source_actors)) or "nobody named",
        act=act,
        whom=", ".join(map(name, s.target_actors)) or "nobody named",
        protege=name(s.protege) if s.protege else "",
        facts=tuple(facts),
        quote=s.span.quote,
        noted=is_note(s),
        start=s.span.start,
        end=s.span.end,
        document=item.document,
        confidences=tuple(Confidence(FIELDS.get(f, f), c) for f, c in s.confidences),
        notes=tuple(notes),
        edited=item.edited,
        event=item.event,
        codes=_codes(s.source_actors, s.target_actors, s.protege),
    )


def card_of_claim(item: StoredClaim) -> Card:
    """The card of a claim: what it says, the verdict, the arithmetic."""
    record = item.record
    wrong = item.outcome in WRONG
    notes = [("why", str(record.get("explanation", "")))]
    if record.get("formula"):
        notes.append(("arithmetic", str(record["formula"])))
    for key, label in (("tolerance", "tolerance"), ("slip", "a likely slip")):
        if record.get(key):
            notes.append((label, str(record[key])))
    reference = record.get("reference")
    if isinstance(reference, Mapping):
        fact = cast("Mapping[str, Any]", reference)
        origin = (fact.get("source"), fact.get("release"), fact.get("dated"))
        notes.append(("fact", f"{fact['value']} ({', '.join(str(o) for o in origin if o)})"))
    return Card(
        handle=item.handle,
        kind="claim",
        state=item.state,
        shape="wavy" if wrong else "dotted",
        letter="C!" if wrong else "C",
        who="",
        act=str(record.get("kind", "claim")).replace("_", " "),
        whom="",
        protege="",
        facts=(str(record.get("claim", "")),) if record.get("claim") else (),
        quote=item.span.quote,
        noted=False,
        start=item.span.start,
        end=item.span.end,
        document=item.document,
        notes=tuple((k, v) for k, v in notes if v),
        verdict=VERDICTS.get(item.outcome, item.outcome.lower()),
        wrong=wrong,
    )


def _codes(sources: tuple[str, ...], targets: tuple[str, ...], protege: str | None) -> str:
    """Who to whom in codes: "JPN → CHN for TWN"."""
    about = f" for {protege}" if protege and protege not in targets else ""
    return f"{' '.join(sources) or '?'} → {' '.join(targets) or '?'}{about}"


def when(period: Period) -> str:
    """A period in words.

    >>> from datetime import date
    >>> when(Period.day(date(2021, 8, 13))), when(Period.unstated())
    ('2021-08-13 (stated)', 'not stated')
    """
    if period.start is None and period.end is None:
        return "not stated"
    days = f"{period.start or '…'}"
    if period.end != period.start:
        days += f" to {period.end or '…'}"
    return f"{days} ({period.basis.value})"
