"""Offices and names: who held which office when, and names that are close to a known one.

A spell whose end is unknown is never used against a claim; nor is a title that several offices
share. What is contradicted names the person who did hold the office, or the office that the person
held.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from standoff.check.facts import Fact, Facts
from standoff.check.names import check_name
from standoff.check.romanised import plain_name, romanises_alike
from standoff.check.spells import (
    begins_after,
    may_overlap,
    name_of,
    overlaps,
    same_state,
    spells_of,
    table_ends,
    term_reference,
    throughout,
    told_term,
)
from standoff.check.verdicts import unknown
from standoff.reference import (
    NearPerson,
    OfficeSpell,
    holders,
    nearest_person,
    offices_of,
    titles_for,
)
from standoff.terms import (
    DateBasis,
    NameContent,
    OfficeContent,
    Outcome,
    Period,
    Verdict,
)


def check_office(claim: str, content: OfficeContent, facts: Facts) -> Verdict:
    """`person` held `office` of `actor` on some day of the period.

    CONTRADICTED when the table covers the office on every day of the period, somebody else held
    it throughout, and neither the title, the person nor another date of the paragraph leaves room.
    """
    readings = titles_for(content.office, content.actor)
    keys = {t.office for t in readings}
    if not keys:
        return unknown(claim, f"no office is known as {content.office!r}")
    rows = [f for f in facts.of("office") if f.subject.casefold() == content.person.casefold()]
    for fact in rows:
        if fact.object in keys and fact.holds(content.period.start, content.period.end):
            return Verdict(claim, Outcome.SUPPORTED, "a fact of your own says so", fact.reference())
    spells = spells_of(content.person, content.actor, keys)
    if not spells:
        near = nearest_person(content.person)
        if near is not None and any(
            same_state(s, content.actor or None)
            and romanises_alike(content.person, near.name, s.actor)
            for s in near.spells
        ):
            spells = [s for s in near.spells if same_state(s, content.actor or None)]
    if not spells:
        return _of_another_state(claim, content, keys) or _stranger(claim, content, keys, rows)
    held = [s for s in spells if s.office in keys]
    if content.former:
        return _former(claim, content, held, spells)
    ends = table_ends(content.actor or spells[0].actor, keys)
    if ends is not None and begins_after(content.period, ends):
        return unknown(claim, f"the table of office-holders ends on {ends}, before that day")
    for spell in held:
        if may_overlap(spell, content.period):
            return Verdict(
                claim,
                Outcome.SUPPORTED,
                f"{content.person} is {told_term(spell)}",
                term_reference(spell),
            )
    for spell in held:
        if any(may_overlap(spell, p) for p in content.others):
            why = f"{content.person} is {told_term(spell)}: the sentence may tell of that time"
            return unknown(claim, why)
    return _not_held(claim, content, keys, held, spells)


def _not_held(
    claim: str,
    content: OfficeContent,
    keys: set[str],
    held: Sequence[OfficeSpell],
    spells: Sequence[OfficeSpell],
) -> Verdict:
    """The verdict where no term of the person in the office falls in the period."""
    actor = content.actor or spells[0].actor
    others = throughout(actor, keys, content.period)
    several = others is not None and len({name_of(o) for o in others}) > 1 and len(keys) > 1
    if (others is None or several) and _left_before(held, content.period):
        return _has_left(claim, content, held[-1])
    if others is None or several:
        return unknown(claim, f"the table does not settle who was {content.office} of {actor}")
    if any(
        name_of(o) == name_of(s) or romanises_alike(o.person, s.person, actor)
        for o in others
        for s in spells
    ):
        return unknown(claim, "the person held an office at the edge of the period")
    start = content.period.start
    if start and any(
        s.end and 0 < (start - s.end).days <= _SLACK.get(s.precision, 366) for s in held
    ):
        return unknown(claim, f"{content.person} had left the office shortly before")
    if not held and not content.named and keys & _HIGHEST:
        # A premier or president of what the words do not name: of a province, a body, a company.
        return unknown(claim, f"the words do not say of what {content.person} is {content.office}")
    if "spokes" in content.office:
        return unknown(claim, "several people speak for one office; the table names its head")
    if _about_to(held, content.period):
        return unknown(claim, f"{content.person} entered the office soon after that day")
    last = held[-1] if held else spells[-1]
    if _long_ago(last, content):
        return unknown(
            claim, f"{content.person} is {told_term(last)}: the sentence may tell of that time"
        )
    slip = (
        "a former official called by a former title" if held and _ended(held[-1], content) else ""
    )
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{others[0].person} was {content.office} of {actor} then; {content.person} is {told_term(last)}",
        term_reference(others[0]),
        "",
        None,
        "every day of the period is covered",
        slip or "wrong office-holder",
        alternatives=(term_reference(last),),
    )


def _of_another_state(claim: str, content: OfficeContent, keys: set[str]) -> Verdict | None:
    """A person whom the words give to a state, known under just this name in another one.

    CONTRADICTED only where the same office of the other state was theirs, the words name the state
    and fit the other one in no reading, and the table names somebody else throughout.
    """
    if not content.named or len(content.person.split()) < 2:
        return None
    known = [s for s in offices_of(content.person) if s.office in keys and s.actor != "IGO"]
    known = [s for s in known if may_overlap(s, content.period) or content.former]
    if not known or {s.actor for s in known} & _NAMESAKES.get(content.actor, frozenset()):
        return None
    last = known[-1]
    if content.former:
        return unknown(
            claim, f"{content.person} is {told_term(last)}: no such term of {content.actor}"
        )
    others = throughout(content.actor, keys, content.period)
    if others is None:
        return None
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{others[0].person} was {content.office} of {content.actor} then; "
        f"{content.person} is {told_term(last)}",
        term_reference(others[0]),
        "",
        None,
        "every day of the period is covered",
        "an official of another state",
        alternatives=(term_reference(last),),
    )


# States that share a name or whose peoples do: a title of one may be told of the other.
_NAMESAKES = {
    code: frozenset(group) - {code}
    for group in (
        ("COD", "COG"), ("KOR", "PRK"), ("CHN", "TWN"), ("GIN", "GNB", "GNQ", "PNG"),
        ("DMA", "DOM"), ("SDN", "SSD"), ("IRL", "GBR"), ("NER", "NGA"), ("PSE", "ISR"),
    )
    for code in group
}  # fmt: skip


def _stranger(claim: str, content: OfficeContent, keys: set[str], rows: Sequence[Fact]) -> Verdict:
    if rows:
        return unknown(claim, f"your own facts give {rows[0].reference().value}")
    near = nearest_person(content.person)
    if near is None and (nobody := _nobody_called(claim, content, keys)):
        return nobody
    if near is not None and near.distance > 0 and _plausible(near, content, keys):
        name = NameContent(
            content.person, "person", content.actor or None, content.office, content.period
        )
        return check_name(claim, name)
    return _one_letter_off(claim, content, keys) or unknown(
        claim, f"{content.person} stands in no table of office-holders"
    )


_SOLE = frozenset(
    (
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "secretary_general",
    )
)
"""Offices of one holder, of whom reports name no other in the present tense."""


def _nobody_called(claim: str, content: OfficeContent, keys: set[str]) -> Verdict | None:
    """A name of nobody whom the table knows, in an office whose holder it knows on every day.

    Only where the words name the state and the clause is told of its own time, and no word of the
    name is one of the holder's: a second spelling keeps at least one.
    """
    if not (content.named and content.present and not content.former and keys <= _SOLE):
        return None
    if content.office.split()[-1] in ("premier", "president", "chairman", "pm"):
        # Provinces, federations and firms have them too.
        return None
    others = throughout(content.actor, keys, content.period)
    if others is None or len({name_of(o) for o in others}) != 1 or len(content.person.split()) < 2:
        return None
    own = {w for w in plain_name(content.person).split() if len(w) > 1}
    known = [plain_name(n) for o in others for n in o.names]
    words = {w for n in known for w in n.split()}
    if any(OSA.distance(a, b) <= max(1, len(a) // 3) for a in own for b in words):
        return None
    if any(len(n.split()) < 2 for n in known):
        return None
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{others[0].person} was {content.office} of {content.actor} then; "
        f"nobody called {content.person} is known to have held an office",
        term_reference(others[0]),
        "",
        None,
        "every day of the period is covered",
        "wrong office-holder",
    )


def _about_to(held: Sequence[OfficeSpell], period: Period) -> bool:
    """Whether the person entered the office within two months after the period: named by what came."""
    end = period.end
    return end is not None and any(0 < (s.start - end).days <= 61 for s in held)


def _left_before(held: Sequence[OfficeSpell], period: Period) -> bool:
    """Whether every term of the person in the office ended well before the period.

    A month of grace: the table may give the day of resignation, not of the hand-over.
    """
    start = period.start
    return (
        bool(held)
        and start is not None
        and all(
            s.end is not None and (start - s.end).days > _SLACK.get(s.precision, 366) for s in held
        )
    )


_HIGHEST = frozenset(("head_of_state", "head_of_government"))
# Days that the end of a term may lie off; a month for the hand-over in any case.
_SLACK = {"day": 31, "month": 62, "year": 397}


def _has_left(claim: str, content: OfficeContent, spell: OfficeSpell) -> Verdict:
    """The verdict on a title that its bearer had given up before."""
    if _long_ago(spell, content):
        why = f"{content.person} is {told_term(spell)}: the sentence may tell of that time"
        return unknown(claim, why)
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{content.person} left the office on {spell.end}: {told_term(spell)}",
        term_reference(spell),
        f"left {spell.end}, called {content.office} on {content.period.start}",
        None,
        "a month after the day of leaving",
        "a former official called by a former title",
    )


def _one_letter_off(claim: str, content: OfficeContent, keys: set[str]) -> Verdict | None:
    """A name one edit away from whoever held just this office of this state at the time.

    Short names count too: beside title, state and time nothing but a misprint is left.
    """
    if not content.actor or len(keys) != 1 or content.period.start is None:
        return None
    wanted = " ".join(sorted(plain_name(content.person).split()))
    for spell in holders(content.actor, next(iter(keys)), content.period.start):
        for name in spell.names:
            held = " ".join(sorted(plain_name(name).split()))
            if len(held.split()) < 2 or OSA.distance(wanted, held) != 1:
                continue
            if romanises_alike(content.person, name, content.actor):
                return None
            return Verdict(
                claim,
                Outcome.CONTRADICTED,
                f"nobody called {content.person} held the office; {spell.person} is {told_term(spell)}",
                term_reference(spell),
                f"edits({content.person}, {name}) = 1",
                None,
                "one edit from the holder of the same office, state and day",
                f"misspelt: {content.person} for {spell.person}",
            )
    return None


def _plausible(near: NearPerson, content: OfficeContent, keys: set[str]) -> bool:
    return any(
        s.office in keys and same_state(s, content.actor or None) and overlaps(s, content.period)
        for s in near.spells
    )


def _former(
    claim: str, content: OfficeContent, held: Sequence[OfficeSpell], spells: Sequence[OfficeSpell]
) -> Verdict:
    end = content.period.end or content.period.start
    past = [s for s in held if s.end is not None and end is not None and s.end <= end]
    if past:
        return Verdict(
            claim,
            Outcome.SUPPORTED,
            f"{content.person} is {told_term(past[-1])}",
            term_reference(past[-1]),
        )
    current = [s for s in held if end is not None and s.status_on(end) == "holds"]
    if current and content.period.start is not None:
        still = [s for s in current if s.start <= content.period.start and s.end is not None]
        if still:
            return Verdict(
                claim,
                Outcome.CONTRADICTED,
                f"{content.person} still held the office: {told_term(still[-1])}",
                term_reference(still[-1]),
                slip="an official called former while in office",
            )
    return unknown(claim, f"no ended term of {content.person} as {content.office} in the table")


def _ended(spell: OfficeSpell, content: OfficeContent) -> bool:
    return (
        spell.end is not None
        and content.period.start is not None
        and (spell.end < content.period.start)
    )


def _long_ago(spell: OfficeSpell, content: OfficeContent) -> bool:
    """Whether an undated sentence may be about history: the person left ten years before."""
    return (
        content.period.basis is DateBasis.PUBLICATION
        and not content.present
        and spell.end is not None
        and content.period.start is not None
        and (content.period.start - spell.end).days > 3652
    )
