"""The front of checking a brief: one text in, its items and findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from standoff.brief.checking.coherence import incoherent, shown
from standoff.brief.checking.horizons import find_horizons
from standoff.brief.checking.probabilities import Probability, find_probabilities
from standoff.brief.checking.quotes import Passage, Quotation, check_quotations, find_quotations
from standoff.brief.checking.record import BriefCheck, BriefItem, Finding, Rank
from standoff.brief.checking.sourcing import unsourced
from standoff.brief.checking.units import Unit, split_units
from standoff.brief.checking.words import Term, find_terms, pattern_of
from standoff.check import check_claims
from standoff.errors import ImpossibleDate
from standoff.read import SourceText, read_report
from standoff.terms import (
    Claim,
    DateBasis,
    DateContent,
    DateMention,
    DistanceContent,
    Mention,
    OfficeContent,
    Outcome,
    Quantity,
    Report,
    UnitContent,
)

_DATELINE = 3000
"""A day of publication printed in the text stands in its first characters."""
_FULL_DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?,?\s+\d{4}|[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d)\b"
)


def check_brief(
    source: SourceText,
    *,
    name: str = "the brief",
    published: date | None = None,
    documents: Sequence[tuple[str, str]] = (),
) -> BriefCheck:
    """Check somebody else's assessment.

    Args:
        source: the text, from :func:`standoff.read.load_file`.
        name: what to call it.
        published: its day; else that of the file, else the first full date near its beginning.
        documents: handle and text of documents that quotations and numbers are held against.

    Raises:
        ImpossibleDate: no day is given, and neither file nor text names one.

    Example:
        >>> from standoff.read import load_documents
        >>> text = b"12 May 2024. War is very unlikely (60 %). With high confidence talks are likely."
        >>> checked = check_brief(load_documents(text, name="x.txt")[0])
        >>> [(f.rank.name, f.kind) for f in checked.findings]
        [('WRONG', 'band'), ('FORM', 'confidence')]
    """
    text = source.text
    day, day_from = _published(source, published)
    report = read_report(text, published=day, source=name, title=source.title)
    units = split_units(text)
    terms = tuple(find_terms(text))
    stated = find_probabilities(text, units)
    quotations = find_quotations(text)
    passages = [Passage(handle, words) for handle, words in documents]
    numbers = _numbers(report, stated, quotations)
    found = [
        *_claims(report, day),
        *incoherent(text, units, stated, terms),
        *(check_quotations(quotations, passages) if passages else ()),
        *unsourced(text, units, numbers, passages),
        *_mixed(text, units, terms, stated),
        *_timeless(text, units, stated, report.dates),
    ]
    found.sort(key=lambda f: (f.rank, f.start, f.end, f.kind))
    return BriefCheck(
        name=name,
        source=source,
        published=day,
        published_from=day_from,
        items=_items(report, numbers, stated, terms, quotations, text),
        findings=tuple(replace(f, place=source.where(f.start)) for f in found),
        documents=len(passages),
        notes=(*source.notes, *report.notes, *_unchecked(quotations, passages)),
    )


def _published(source: SourceText, given: date | None) -> tuple[date, str]:
    if given is not None:
        return given, "given"
    head = source.text[:_DATELINE]
    m = _FULL_DAY.search(head)
    if m:
        # Any day will do to read a date that names its year.
        found = read_report(m.group(), published=date(2000, 1, 1)).dates
        days = [d.period for d in found if d.period.start and d.period.start == d.period.end]
        if days and days[0].start:
            return days[0].start, f"the text ({m.group()})"
    if source.published is not None:
        return source.published, "the file"
    raise ImpossibleDate(
        "a brief without a day: neither the file nor the beginning of the text has one",
        "the day of publication",
        "--published YYYY-MM-DD",
    )


def _unchecked(quotations: Sequence[Quotation], documents: Sequence[Passage]) -> tuple[str, ...]:
    if not quotations or documents:
        return ()
    many = "1 quotation was" if len(quotations) == 1 else f"{len(quotations)} quotations were"
    return (f"{many} held against nothing; give --dossier",)


def _claims(report: Report, day: date) -> Iterator[Finding]:
    verdicts = check_claims(report.claims, published=day, signals=report.signals)
    for claim, verdict in zip(report.claims, verdicts, strict=True):
        if verdict.outcome not in (Outcome.CONTRADICTED, Outcome.INCONSISTENT):
            continue
        why = verdict.why + (f" ({verdict.slip})" if verdict.slip else "")
        quote = " ".join(claim.span.quote.split())
        rank = Rank.WRONG if _sure(claim) else Rank.DOUBTFUL
        yield Finding(rank, "claim", claim.span.start, claim.span.end, quote, why)


def _sure(claim: Claim) -> bool:
    """Whether a false claim of this kind is beyond doubt in a long text.

    Distances, conversions and weekdays are. An office dated by the day of publication alone may tell of the
    past, a name may be written in another way, and what adds up to what is a reading of the sentence.
    """
    content = claim.content
    if isinstance(content, OfficeContent):
        return content.period.basis is not DateBasis.PUBLICATION
    return isinstance(content, DistanceContent | UnitContent | DateContent)


def _numbers(
    report: Report, stated: Sequence[Probability], quotations: Sequence[Quotation]
) -> list[Quantity]:
    """Numbers that state no probability and stand in no quotation."""
    taken = [(p.start, p.end) for p in stated] + [(q.start, q.end) for q in quotations]
    return [
        q
        for q in report.quantities
        if not any(a < q.span.end and q.span.start < b for a, b in taken)
    ]


def _mixed(
    text: str, units: Sequence[Unit], terms: Sequence[Term], stated: Sequence[Probability]
) -> Iterator[Finding]:
    """Likelihood and confidence in one sentence: a reader takes one for the other."""
    places = [(t.start, t.end) for t in terms if t.banded] + [(p.start, p.end) for p in stated]
    for unit in units:
        level = pattern_of("confidence").search(text, unit.start, unit.end)
        inside = [p for p in places if unit.start <= p[0] < unit.end]
        if level is None or not inside:
            continue
        first = min(inside)
        quote = f"{level.group()} ... {text[first[0] : first[1]]}"
        if first[0] < level.start():
            quote = f"{text[first[0] : first[1]]} ... {level.group()}"
        yield Finding(
            Rank.FORM, "confidence", min(level.start(), first[0]), max(level.end(), first[1]),
            " ".join(quote.split()), "a level of confidence and a likelihood in one sentence",
        )  # fmt: skip


def _timeless(
    text: str, units: Sequence[Unit], stated: Sequence[Probability], dates: Sequence[DateMention]
) -> Iterator[Finding]:
    """A probability whose paragraph, lead or heading names no time: it can never be scored."""
    for p in stated:
        unit = units[p.unit]
        near = [u for u in units if u.block in (unit.block, unit.block - 1)]
        lead = _lead(units, p.unit)
        spans = [(u.start, u.end) for u in (*near, *lead)]
        timed = any(find_horizons(text, a, b) for a, b in spans) or any(
            a <= d.span.start < b for d in dates for a, b in spans
        )
        if not timed:
            yield Finding(
                Rank.FORM, "time", p.start, p.end, " ".join(text[unit.start : unit.end].split())[:90],
                f"{shown(p)} by when? No time is named near it",
            )  # fmt: skip


def _lead(units: Sequence[Unit], number: int) -> Sequence[Unit]:
    """The head of a table, and the sentences before a list."""
    if not units[number].item:
        return ()
    first = number
    while first > 0 and (units[first].item or units[first].block == units[first - 1].block):
        first -= 1
    return units[max(0, first - 1) : first + 2]


def _items(
    report: Report,
    numbers: Sequence[Quantity],
    stated: Sequence[Probability],
    terms: Sequence[Term],
    quotations: Sequence[Quotation],
    text: str,
) -> tuple[BriefItem, ...]:
    found = [
        *(BriefItem("number", q.span.start, q.span.end, q.unit) for q in numbers),
        *(BriefItem("probability", p.start, p.end, shown(p)) for p in stated),
        *(BriefItem("likelihood" if t.banded else "vague", t.start, t.end, t.bands) for t in terms),
        *(
            BriefItem("confidence", m.start(), m.end())
            for m in pattern_of("confidence").finditer(text)
        ),
        *(BriefItem("name", m.span.start, m.span.end, _who(m)) for m in report.mentions),
        *(BriefItem("date", d.span.start, d.span.end, _when(d)) for d in report.dates),
        *(BriefItem("quotation", q.start, q.end) for q in quotations),
    ]
    return tuple(sorted(found, key=lambda i: (i.start, i.end, i.kind)))


def _who(mention: Mention) -> str:
    party = mention.party
    return " ".join(x for x in (party.actor, party.person or party.office or "") if x)


def _when(mention: DateMention) -> str:
    start, end = mention.period.start, mention.period.end
    if start == end:
        return str(start or "")
    return f"{start or ''} to {end or ''}"
