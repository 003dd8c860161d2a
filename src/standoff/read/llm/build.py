"""From checked items to signals: numbers and dates read from the words, actors resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from standoff.read.llm.ground import Ground, basis_of
from standoff.read.llm.items import Item, Named
from standoff.read.quantities import find_quantities
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

BACKGROUND = timedelta(days=200)
"""What lies further back than this is background and no news; the guide names the same cut."""
HAPPENED = (Status.DONE, Status.ONGOING)
NOT_OVER = (Status.ONGOING, Status.PLANNED, Status.PROPOSED, Status.CONDITIONAL)
_YEARLESS = re.compile(r"(?!.*\d{4}).*\d", re.DOTALL)
AT_STAKE = (Valence.COMMIT, Valence.THREATEN, Valence.ACCUSE)


def build_signal(item: Item, number: int, ground: Ground, coder: str, rule: str) -> Signal:
    """One signal. What the model wrote as a number is never looked at."""
    parts: list[Part] = [Part("event", item.event, item.trigger)]
    sources = _parties(item.sources, ground, "source", parts)
    targets = _parties(item.targets, ground, "target", parts)
    protege = _parties([item.protege], ground, "protege", parts) if item.protege else ()
    status = Status(item.codes["status"])
    period, status = _when(item, status, ground, parts)
    quotes = item.quotes
    for name, what in (("object_quote", "object named"), ("action_quote", "action named")):
        if name in quotes:
            parts.append(Part("explicitness", what, quotes[name]))
    if item.hedged:
        parts.append(Part("explicitness", "hedged"))
    speaker, condition = quotes.get("speaker_quote"), quotes.get("condition_quote")
    return Signal(
        id=f"m{number}",
        span=item.span,
        trigger=item.trigger,
        sources=sources,
        targets=targets,
        event=PloverEvent(item.event),
        mode=item.mode,
        x_event=ExtensionEvent(item.extension) if item.extension else None,
        channel=Channel(item.codes["channel"]),
        status=status,
        officialness=Officialness(item.codes["officialness"]),
        explicitness=explicitness(
            "object_quote" in quotes, "action_quote" in quotes, item.hedged,
            Valence(item.codes["valence"]),
        ),
        cost=Cost(item.codes["cost"]),
        valence=Valence(item.codes["valence"]),
        date=period,
        protege=protege[0].actor if protege else None,
        commitment=quotes["action_quote"].quote if "action_quote" in quotes else "",
        condition=condition.quote if condition else "",
        quantities=_quantities(item.span),
        attribution=(Attribution(speaker.quote, AttributionKind.PARAPHRASE, speaker),)
        if speaker
        else (),
        negated=item.negated,
        coder=coder,
        rule=rule,
        confidence=0.5,
        parts=tuple(parts),
    )  # fmt: skip


def explicitness(object_named: bool, action_named: bool, hedged: bool, valence: Valence) -> int:
    """0 to 3 from the parts that stand in the text, by the rule of the codebook.

    3 for object and action without a hedge; 2 for an object; 1 where something is at stake (the
    valence commits, threatens or accuses) or an action hangs in the air; 0 else.

    >>> [explicitness(o, a, h, Valence.THREATEN) for o, a, h in (
    ...     (True, True, False), (True, True, True), (True, False, False), (False, False, False))]
    [3, 2, 2, 1]
    >>> explicitness(False, False, False, Valence.NEUTRAL)
    0
    """
    if object_named:
        return 3 if action_named and not hedged else 2
    return 1 if action_named or valence in AT_STAKE else 0


def _quantities(span: Span) -> tuple[Quantity, ...]:
    """The quantities in the words of the item, with offsets in the document."""
    return tuple(
        Quantity(
            Span(span.start + q.span.start, span.start + q.span.end, q.span.quote),
            q.low, q.high, q.unit, q.comparator, q.noun,
        )
        for q in find_quantities(span.quote)
    )  # fmt: skip


def _when(item: Item, status: Status, ground: Ground, parts: list[Part]) -> tuple[Period, Status]:
    """The interval that our own grammar gives the words of the date, and what it makes of the status.

    What is told as having happened is background where it ended long ago, and is not dated by a
    day after publication.
    """
    quoted = item.quotes.get("date_quote")
    if quoted is None:
        return basis_of(ground.published), status
    period = ground.period(quoted)
    if isinstance(period, str):
        parts.append(Part("date", period, quoted))
        return Period(None, None, quoted.quote, DateBasis.UNSTATED), status
    if status in NOT_OVER:
        period = _next_year(period, quoted.quote, ground.published)
    if status in HAPPENED and period.start is not None and period.start > ground.published:
        parts.append(Part("date", "after publication: not of what has happened", quoted))
        return Period(None, None, quoted.quote, DateBasis.UNSTATED), status
    parts.append(Part("date", period.text, quoted))
    if status is Status.DONE and period.end and period.end < ground.published - BACKGROUND:
        parts.append(Part("status", f"historical: over {BACKGROUND.days} days before", quoted))
        status = Status.HISTORICAL
    return period, status


def _next_year(period: Period, words: str, published: date) -> Period:
    """Days without a year ("4 to 7 August") of what is not over: the year is not the one before.

    The grammar of dates tells the year by the verb beside it, which may be that of an announcement.
    """
    start, end = period.start, period.end
    if start is None or end is None or end >= published - BACKGROUND or not _YEARLESS.match(words):
        return period
    moved = [
        d.replace(year=d.year + 1, day=min(d.day, 28 if d.month == 2 else d.day))
        for d in (start, end)
    ]
    return Period(moved[0], moved[1], period.text, DateBasis.INFERRED)


def _parties(
    actors: Sequence[Named], ground: Ground, field: str, parts: list[Part]
) -> tuple[Party, ...]:
    found: list[Party] = []
    for actor in actors:
        if actor.span is None:
            party, how = Party("XXX"), "nobody named"
        else:
            party, how = ground.party(actor.span, actor.code)
        parts.append(Part(field, f"{party.actor} ({how})", actor.span))
        if party.person is None and actor.person:
            office = party.office or actor.office or None
            party = Party(party.actor, party.sector, actor.person, office, party.organisation)
        if party not in found:
            found.append(party)
    return tuple(found)
