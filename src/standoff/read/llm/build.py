"""From checked items to signals: numbers and dates read from the words, actors resolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from standoff.read.dates import find_dates
from standoff.read.gazetteer import Entry, world
from standoff.read.llm.items import Item
from standoff.read.quantities import find_quantities
from standoff.reference import states
from standoff.terms import (
    Attribution,
    AttributionKind,
    Channel,
    Cost,
    DateBasis,
    ExtensionEvent,
    Officialness,
    Part,
    Party,
    Period,
    PloverEvent,
    Quantity,
    Signal,
    Span,
    Status,
    Valence,
)

SPECIAL = frozenset(("IGO", "MULTI", "XXX"))


def build_signal(item: Item, number: int, published: date, coder: str, rule: str) -> Signal:
    """One signal. What the model wrote as a number is never looked at."""
    f = item.fields
    parts: list[Part] = [Part("event", f["event"], item.trigger)]
    sources = _parties(f["sources"], published, "source", parts)
    targets = _parties(f["targets"], published, "target", parts)
    protege = _parties([f["protege"]], published, "protege", parts) if f["protege"] else ()
    period = _period(item, published, parts)
    level = explicitness(item)
    for name in ("object_quote", "action_quote"):
        if name in item.quotes:
            parts.append(
                Part(f"explicitness.{name.removesuffix('_quote')}", str(level), item.quotes[name])
            )
    speaker = item.quotes.get("speaker_quote")
    condition = item.quotes.get("condition_quote")
    return Signal(
        id=f"m{number}",
        span=item.span,
        trigger=item.trigger,
        sources=sources,
        targets=targets,
        event=PloverEvent(f["event"]),
        mode=f["mode"],
        x_event=ExtensionEvent(f["extension"]) if f["extension"] else None,
        channel=Channel(f["channel"]),
        status=Status(f["status"]),
        officialness=Officialness(f["officialness"]),
        explicitness=level,
        cost=Cost(f["cost"]),
        valence=Valence(f["valence"]),
        date=period,
        protege=protege[0].actor if protege else None,
        commitment=item.quotes["action_quote"].quote if "action_quote" in item.quotes else "",
        condition=condition.quote if condition else "",
        quantities=_quantities(item.span),
        attribution=(Attribution(speaker.quote, AttributionKind.PARAPHRASE, speaker),)
        if speaker
        else (),
        negated=bool(f["negated"]),
        coder=coder,
        rule=rule,
        confidence=0.5,
        parts=tuple(parts),
    )


def explicitness(item: Item) -> int:
    """0 to 3 from the parts that stand in the text, by the rule of the codebook."""
    if not item.fields["promises_or_threatens"]:
        return 0
    has_object, has_action = "object_quote" in item.quotes, "action_quote" in item.quotes
    if has_object and has_action and not item.fields["hedged"]:
        return 3
    return 2 if has_object else 1


def _quantities(span: Span) -> tuple[Quantity, ...]:
    """The quantities in the words of the item, with offsets in the document."""
    return tuple(
        Quantity(
            Span(span.start + q.span.start, span.start + q.span.end, q.span.quote),
            q.low, q.high, q.unit, q.comparator, q.noun,
        )
        for q in find_quantities(span.quote)
    )  # fmt: skip


def _period(item: Item, published: date, parts: list[Part]) -> Period:
    """The interval that our own grammar gives the words of the date; publication where it gives none."""
    quoted = item.quotes.get("date_quote")
    if quoted is not None:
        found = find_dates(quoted.quote, published)
        if found:
            parts.append(Part("date", found[0].period.text, quoted))
            return found[0].period
        parts.append(Part("date", "words that our grammar cannot read", quoted))
        return Period(None, None, quoted.quote, DateBasis.UNSTATED)
    return Period(published, published, "", DateBasis.PUBLICATION)


def _parties(
    actors: Sequence[Any], published: date, field: str, parts: list[Part]
) -> tuple[Party, ...]:
    found: list[Party] = []
    for raw in actors:
        actor = cast("dict[str, str]", raw)
        party, how = resolve(actor["name"], actor["code"], published)
        parts.append(Part(field, f"{party.actor} ({how})"))
        if party.person is None and actor["person"]:
            party = Party(
                party.actor, party.sector, actor["person"][:120], party.office, party.organisation
            )
        if party not in found:
            found.append(party)
    return tuple(found)


def resolve(name: str, code: str, on: date) -> tuple[Party, str]:
    """Who a name means, and how that is known: the gazetteer first, then a code, else new.

    >>> resolve("Tokyo", "CHN", date(2021, 8, 13))[0].actor
    'JPN'
    >>> resolve("日本", "JPN", date(2021, 8, 13))
    (Party(actor='JPN', sector=None, person=None, office=None, organisation=None), 'code of the model')
    >>> resolve("Wakanda", "WKD", date(2021, 8, 13))[1]
    'new'
    """
    known = _known(name, on)
    if known is not None:
        party = Party(known.actor, known.sector, known.person, known.office, known.organisation)
        return party, "gazetteer"
    if code in _codes() or code in SPECIAL - {"XXX"}:
        return Party(code), "code of the model"
    return Party("XXX", organisation=name[:120] or None), "new"


@cache
def _codes() -> frozenset[str]:
    return frozenset(s.actor for s in states())


def _known(name: str, on: date) -> Entry | None:
    """The entry of the longest known name in the words, as of a day."""
    hits = sorted(world().find(name), key=lambda h: (h.start - h.end, h.start))
    for hit in hits:
        entries = [e for e in hit.entries if e.actor and e.holds(on)] or [
            e for e in hit.entries if e.actor
        ]
        if entries:
            return entries[0]
    return None
