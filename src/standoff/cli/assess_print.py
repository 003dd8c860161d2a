"""An assessment or an outlook as tables and lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from standoff.cli.common import emit_table, say, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from standoff.assess import Assessment, Outlook
    from standoff.brief import Headline

BESIDE = 5
"""Obligations, and numbers of others, that are printed."""
UPDATES = 10
"""Lines of the ledger of updates that are printed one by one."""


def print_first(h: Headline, why: str = "") -> None:
    """The first screen; `why` it is of its day."""
    from standoff.brief import page_lines

    for line in page_lines(h, why=why):
        say(line)


def print_outlook(o: Outlook) -> None:
    """The forecast of a question without a dossier: horizons, updates, defenders, notes."""
    from standoff.brief import interval, multiplier, percent

    say(f"{o.system.title}")
    say(f"{o.system.question} {o.system.act}")
    answer = o.answer
    emit_table(
        ["attack", "chance", "90 %, of the rate", "base rate"],
        [
            [
                f"within {h.months} months",
                percent(h.attack.mean),
                interval(h.attack),
                percent(answer.base_at(h.months).mean),
            ]
            for h in answer.horizons
        ],
    )
    say()
    ranked = sorted(answer.lines, key=lambda u: -abs(math.log(max(u.ratio.mean, 1e-12))))
    emit_table(
        ["update", "day", "within 12 months, times", "words it rests on"],
        [
            [u.name, str(u.day or ""), multiplier(u.ratio), shorten(u.quote, 60)]
            for u in ranked[:UPDATES]
        ],
    )
    if len(ranked) > UPDATES:
        rest = math.prod(u.ratio.mean for u in ranked[UPDATES:])
        say(
            f"and {len(ranked) - UPDATES} more lines, together x{rest:.2f}; all lines multiply to 12 months"
        )
    say()
    for actor, e in o.defenders:
        say(
            f"{o.system.name(actor)} fights, given a resisted attack: {percent(e.mean)} ({interval(e)})"
        )
    say(f"a crisis is open today: {percent(answer.crisis.mean)}; ceiling {percent(answer.ceiling)}")
    owed = tuple(("owes", x.line) for x in o.obligations)
    print_beside((*owed, *(("elsewhere", x.line) for x in o.elsewhere)))
    for note in o.notes:
        say(f"note      {note}")
    for handle, why in o.passed:
        say(f"no evidence: {handle}: {why}")


def print_assessment(a: Assessment) -> None:
    """The assessment on one screen or two, every number with its handle."""
    from standoff.brief import interval, judgements, level, multiplier, percent

    run = a.run
    say(f"{a.title}, as of {a.as_of}   {run}")
    say(f"{a.question} {a.act}")
    say(
        f"{a.n_documents} documents, {a.n_signals} signals, {a.n_events} events; "
        f"{a.draws:,} draws, seed {a.seed}; {a.software}"
    )
    say()
    for sentence in judgements(a)[0]:
        say(f"{sentence.text}  {' '.join(sentence.handles)}".rstrip())
    say()
    rows = [
        [
            f"within {months} months",
            percent(chance.mean),
            interval(chance),
            percent(base.mean),
            f"{run}#within.{months}",
        ]
        for (months, chance), (_, base) in zip(a.horizons, a.base_horizons, strict=True)
    ]
    emit_table(["attack", "chance", "90 %, of the rate", "base rate", "why"], rows)
    say()
    rows = [
        [s.name, percent(s.war.mean), interval(s.war), multiplier(s.ratio), f"{run}#{s.key}"]
        for s in a.stages
    ]
    rows += [
        [f"under {s.name} alone", percent(s.war.mean), interval(s.war), "", f"{run}#set.{s.name}"]
        for s in a.prior_sets
    ]
    emit_table(["attack within a year", "chance", "90 %", "times base rate", "why"], rows)
    say("intervals are uncertainty about the rate; a chance is the mean over draws")
    for b in a.base_rates:
        say(f"class     {b.name}: {percent(b.rate)}, {b.counts}")
    say()
    print_updates(a)
    emit_table(
        ["signalled stance", "words", "deeds", "gap", "signals"],
        [
            [
                line.handle,
                level(line.words) + _mark(line.words_status),
                level(line.deeds) + _mark(line.deeds_status),
                level(line.gap),
                f"{line.n_signals} ({line.n_reviewed} reviewed)",
            ]
            for line in a.levels
        ],
    )
    say("levels in standard deviations; p: fewer than three recent signals, so wide")
    say()
    shown = [s for s in a.shifts if s.status == "measured"][:4]
    if shown:
        emit_table(
            ["shift?", "channel", "move", "probability", "carried by"],
            [
                [
                    s.level,
                    s.channel,
                    f"{s.direction} > {s.delta:g} sd in {s.weeks:g} weeks",
                    percent(s.probability),
                    " ".join(s.signals[:4]),
                ]
                for s in shown
            ],
        )
        say()
    emit_table(
        ["behaviour", "given", "chance", "90 % interval", "why"],
        [
            [q.label, q.given, percent(q.estimate.mean), interval(q.estimate), f"{run}#{q.key}"]
            for q in a.quantities
        ],
    )
    say()
    emit_table(
        ["multiplies the odds of an attack", "by (90 %)", "why"],
        [
            [f.name, multiplier(f.multiplier), f"{run}#{f.key}"]
            for f in sorted(a.factors, key=lambda f: f.multiplier.mean)
        ]
        + [[f"if {f.name}", multiplier(f.multiplier), f"{run}#{f.key}"] for f in a.levers],
    )
    say()
    print_effects(a)
    if a.influences:
        emit_table(
            ["event", "day", "chance with it over without", "words it rests on"],
            [
                [
                    f"{i.event} {i.signals[0] if i.signals else ''}",
                    i.day,
                    multiplier(i.multiplier),
                    shorten(i.quote, 64),
                ]
                for i in a.influences[:8]
            ],
        )
        say()
    for claim in a.contested:
        say(f"contested {claim.handle}  «{shorten(claim.quote, 60)}»  {shorten(claim.why, 110)}")
    for warning in a.warnings:
        say(f"note      {warning}")
    for name, rate, source in a.published_rates:
        say(f"beside it {name}: {percent(rate)} ({source})")
    print_beside(a.beside)
    say()
    say(f'next      standoff why "{run}#war"   or   standoff brief --out brief.html')


def print_beside(lines: Sequence[tuple[str, str]]) -> None:
    """Obligations and numbers of others, a few of each; they are not used in the answer."""
    for kind in ("owes", "elsewhere"):
        mine = [line for name, line in lines if name == kind]
        for line in mine[:BESIDE]:
            say(f"{kind:9} {line}")
        if len(mine) > BESIDE:
            say(f"{kind:9} and {len(mine) - BESIDE} more: --format json")


def print_updates(a: Assessment) -> None:
    """The ledger of updates: what led from the base rate to the answer, the widest movers first."""
    from standoff.brief import multiplier, percent

    shown = a.widest_updates(UPDATES)
    rest = math.prod(u.ratio.mean for u in a.updates if u not in shown)
    emit_table(
        ["update", "day", "times likelier", "why", "words it rests on"],
        [
            [u.name, u.day, multiplier(u.ratio), f"{a.run}#{u.key}", shorten(u.quote, 56)]
            for u in shown
        ],
    )
    if len(a.updates) > UPDATES:
        say(
            f"and {len(a.updates) - UPDATES} more lines, together ×{rest:.2f}; all lines multiply to 12 months"
        )
    # A line is named "build-up (challenger)": the kind, and who towards whom.
    for kind, text in {u.name.partition(" (")[0]: u.precedent for u in a.updates}.items():
        if text:
            say(f"precedent {kind}: {text}")
    say(f"ceiling   the most that evidence could make of it: {percent(a.ceiling)}")
    say()


def print_effects(a: Assessment) -> None:
    """What the report in focus changes: its events against none, itself against the others."""
    from standoff.brief import multiplier

    if a.focus is None:
        say("effects   no report was read: standoff read REPORT.txt --published YYYY-MM-DD")
        say()
        return
    say(f"effects of {a.focus.handle} «{a.focus.title or 'untitled'}», {a.focus.published}")
    for e in a.effects:
        what = "no effect" if e.nothing else f"chance of an attack {multiplier(e.multiplier)}"
        say(f"  {e.name}: {what}  {a.run}#{e.key}")
        if e.sentence:
            say(f"    {e.sentence}")
        for handle, words, deeds in e.levels[:4]:
            say(f"    {handle}  words {words:+.2f}  deeds {deeds:+.2f}")
    say()


def _mark(status: str) -> str:
    return " p" if status == "prior" else ""
