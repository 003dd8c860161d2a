"""`standoff ask`, `resolve`: a question on record, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    find_dossier,
    parse_day,
    say,
    shorten,
)
from standoff.cli.question_print import show_question
from standoff.errors import ImpossibleDate, InputError

if TYPE_CHECKING:
    from standoff.assess import Asked, Crowd, Workbench
    from standoff.ledger import Ledger
    from standoff.systems import System


class ResolvedAs(StrEnum):
    """What came of a question."""

    YES = "yes"
    NO = "no"
    VOID = "void"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ask")(ask)
    app.command("resolve")(resolve)


def ask(
    text: Annotated[str, typer.Argument(help="The question as you put it; stored as said.")],
    by: Annotated[str | None, typer.Option("--by", help="The deadline, YYYY-MM-DD.")] = None,
    event: Annotated[
        str | None, typer.Option("--event", help="What is asked about: attack, dispute or join.")
    ] = None,
    challenger: Annotated[
        str | None, typer.Option(help="Code of who would act; else that of the system.")
    ] = None,
    protege: Annotated[
        str | None, typer.Option(help="Code of whom it would be against; else of the system.")
    ] = None,
    defenders: Annotated[str, typer.Option(help="For another pair: USA,JPN, patron first.")] = "",
    supporters: Annotated[str, typer.Option(help="For another pair: who may support it.")] = "",
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Ask with what was available by this day; else today."),
    ] = None,
    rule: Annotated[
        str,
        typer.Option("--rule", help="How it will be resolved; else the definition of the event."),
    ] = "",
    crowd: Annotated[
        float | None, typer.Option("--crowd", help="What others say today, 0 to 1.")
    ] = None,
    crowd_source: Annotated[str, typer.Option("--crowd-source", help="Who says it.")] = "",
    link: Annotated[
        list[str] | None,
        typer.Option("--link", help="Its number elsewhere: metaculus=1234, infer=, gjopen=."),
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Put a question on record with its deadline, its rule and what is answered today.

    Nothing is guessed from its words: the event, the pair and the deadline are options.

    Example: standoff ask "Will China attack Taiwan in 2021?" --event attack --by 2021-12-31
    --as-of 2021-08-13
    """
    from standoff.assess import (
        CAN_ASK,
        Crowd,
        add_crowd,
        ask_question,
        chance_of,
        check_question,
        find_question,
        system_of,
    )
    from standoff.ledger import Ledger

    if event is None or by is None:
        raise InputError(
            f"a question without {'its event' if event is None else 'a deadline'}", CAN_ASK,
            f'standoff ask "{shorten(text, 40)}" --event attack --by YYYY-MM-DD',
        )  # fmt: skip
    deadline = parse_day(by, "--by")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        described = system_of(ledger)
        today = today_of(ledger)
        day = parse_day(as_of) if as_of else today
        if day > today:
            raise ImpossibleDate(f"--as-of {day}", f"a day up to today, {today}", "leave it out")
        if deadline <= today and as_of is None:
            raise ImpossibleDate(
                f"the deadline {deadline}, which has passed",
                f"a day after today, {today}",
                f"--as-of DAY, to ask with what was available then: --as-of {described.as_of}",
            )
        asked = _asked(described, text, event, (challenger, protege, defenders, supporters),
                       day, deadline, rule, link or ())  # fmt: skip
        check_question(asked)
        line = None
        if crowd is not None:
            line = Crowd(day, crowd, crowd_source)
            _check_crowd(line)
        bench, run, basis = bench_for(ledger, described, asked, draws, seed)
        with ledger.batch():
            item = ask_question(
                ledger, asked, chance_of(bench, asked.event, deadline), run=run, basis=basis
            )
            if line is not None:
                add_crowd(ledger, item, line)
        item = find_question(ledger, item.handle)
        name = ledger.path.name
    if form is OutputFormat.JSON:
        emit_json(item.record())
        return
    say(f"of        {name}, with what was available by {day}")
    show_question(item)
    say(
        f'next      standoff resolve {item.handle} yes --on DAY --source "..."   or   standoff score'
    )


def _check_crowd(line: Crowd) -> None:
    """Refuse a crowd line before anything is computed or stored."""
    if not 0.0 <= line.p <= 1.0:
        raise InputError(f"--crowd {line.p:g}", "a probability, 0 to 1", "--crowd 0.06")
    if not line.source.strip():
        raise InputError("--crowd without its source", "who says it", '--crowd-source "INFER"')


def today_of(ledger: Ledger) -> date:
    """The day of the dossier's clock."""
    return date.fromisoformat(ledger.store.now()[:10])


def _asked(
    described: System,
    text: str,
    event: str,
    roles: tuple[str | None, str | None, str, str],
    day: date,
    deadline: date,
    rule: str,
    links: Sequence[str],
) -> Asked:
    from standoff.assess import ASKED_EVENTS, SITES, Asked

    first, second, defenders, supporters = roles
    if (first is None) != (second is None):
        raise InputError("one side alone", "--challenger X --protege Y", "name both, or neither")
    c = (first or described.challenger).upper()
    p = (second or described.protege).upper()
    own = (c, p) == (described.challenger, described.protege)
    if own and (defenders or supporters):
        raise InputError(
            "roles for the pair of the system", "those of its description", "leave them out"
        )
    found: list[tuple[str, str]] = []
    for item in links:
        site, sign, number = item.partition("=")
        if not sign or not number or site not in SITES:
            raise InputError(
                f"--link {item!r}", f"SITE=NUMBER, sites {', '.join(SITES)}",
                "--link metaculus=1234",
            )  # fmt: skip
        found.append((site, number))
    names = (described.name(c), described.name(p)) if own else (c, p)
    sides = described.defenders if own else _codes(defenders)
    told = rule
    if not rule and event in ASKED_EVENTS:
        told = ASKED_EVENTS[event].rule.format(
            c=names[0], p=names[1], d=" or ".join(sides), day=day, deadline=deadline
        )
    return Asked(
        text, c, p, day, deadline, told, _codes(defenders), _codes(supporters),
        tuple(sorted(found)), event,
    )  # fmt: skip


def _codes(text: str) -> tuple[str, ...]:
    return tuple(c.strip().upper() for c in text.split(",") if c.strip())


def bench_for(
    ledger: Ledger, described: System, asked: Asked, draws: int, seed: int
) -> tuple[Workbench, str, str]:
    """The open workbench of a question, the run it belongs to, and what it was computed with."""
    from standoff.assess import assess_bench, basis_of, bench_of_events, open_bench
    from standoff.forecast import draft_system
    from standoff.reference import state

    if (asked.challenger, asked.protege) == (described.challenger, described.protege):
        bench = open_bench(ledger, described, as_of=asked.as_of, draws=draws, seed=seed)
        run = assess_bench(ledger, bench).run
        return bench, run, basis_of(bench)
    for code in (asked.challenger, asked.protege, *asked.defenders, *asked.supporters):
        if code != described.protege:
            state(code)
    system = draft_system(
        asked.challenger, asked.protege, asked.as_of, defenders=asked.defenders,
        supporters=asked.supporters,
    )  # fmt: skip
    events = ledger.events(as_of=asked.as_of)
    bench = bench_of_events(system, events, as_of=asked.as_of, draws=draws, seed=seed)
    return bench, "", f"a system drafted from facts; {basis_of(bench)}"


def resolve(
    question: Annotated[str, typer.Argument(help="The question, Q-001.")],
    outcome: Annotated[ResolvedAs, typer.Argument(help="yes, no, or void: it cannot be said.")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day it came; of a no, else the deadline.")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="Who reports it.")] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help="Correct a resolution that disagrees; it stays too.")
    ] = False,
    because: Annotated[str, typer.Option(help="The reason, kept with it.")] = "",
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what came of a question. One that disagrees is refused; a correction is a further record.

    Example: standoff resolve Q-001 no --source "no attack in the press up to 31 December 2021"
    """
    from standoff.assess import Said, find_question, resolve_question
    from standoff.ledger import Ledger

    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        item = find_question(ledger, question)
        if on is None and outcome is not ResolvedAs.NO:
            raise ImpossibleDate(f"{outcome.value} without a day", "--on DAY", "--on YYYY-MM-DD")
        day = parse_day(on, "--on") if on else item.asked.deadline
        item = resolve_question(
            ledger, item.handle, Said(outcome.value), day, source, because=because, correct=correct
        )
    if form is OutputFormat.JSON:
        emit_json(item.record())
        return
    show_question(item)
    say("next      standoff score")
