"""`standoff ask`, `questions`, `resolve`: what was said when, and what came of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    emit_text,
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    read_table,
    say,
    shorten,
)
from standoff.errors import BadRecord, ImpossibleDate, InputError

if TYPE_CHECKING:
    from standoff.assess import Asked, Question, Workbench
    from standoff.ledger import Ledger
    from standoff.systems import System

CAN = (
    "attack: war, or force with at least 26 deaths, by one state against another by a day within a "
    "year of the question"
)


class Outcome(StrEnum):
    """What came of a question."""

    YES = "yes"
    NO = "no"
    VOID = "void"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ask")(ask)
    app.command("questions")(list_questions)
    app.command("resolve")(resolve)


def ask(
    text: Annotated[str, typer.Argument(help="The question as you put it; stored as said.")],
    by: Annotated[str | None, typer.Option("--by", help="The deadline, YYYY-MM-DD.")] = None,
    event: Annotated[
        str | None, typer.Option("--event", help="What is asked about: attack.")
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
    from standoff.assess import Crowd, add_crowd, ask_question, check_question, find_question
    from standoff.ledger import Ledger
    from standoff.systems import load_system

    if event is None or by is None:
        raise InputError(
            f"a question without {'its event' if event is None else 'a deadline'}", CAN,
            f'standoff ask "{shorten(text, 40)}" --event attack --by YYYY-MM-DD',
        )  # fmt: skip
    deadline = parse_day(by, "--by")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        described = load_system(ledger.system)
        today = _today(ledger)
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
        bench, run, basis = _bench(ledger, described, asked, draws, seed)
        from standoff.assess import chance_by

        with ledger.batch():
            item = ask_question(ledger, asked, chance_by(bench, deadline), run=run, basis=basis)
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


def _check_crowd(line: object) -> None:
    """Refuse a crowd line before anything is computed or stored."""
    from standoff.assess import Crowd

    assert isinstance(line, Crowd)
    if not 0.0 <= line.p <= 1.0:
        raise InputError(f"--crowd {line.p:g}", "a probability, 0 to 1", "--crowd 0.06")
    if not line.source.strip():
        raise InputError("--crowd without its source", "who says it", '--crowd-source "INFER"')


def _today(ledger: Ledger) -> date:
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
    from standoff.assess import SITES, Asked

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
        if not sign or not number or site not in SITES[2:]:
            raise InputError(
                f"--link {item!r}", f"SITE=NUMBER, sites {', '.join(SITES[2:])}",
                "--link metaculus=1234",
            )  # fmt: skip
        found.append((site, number))
    names = (described.name(c), described.name(p)) if own else (c, p)
    told = rule or (
        f"Yes, if {names[0]} attacks {names[1]} after {day} and up to {deadline}, both in local time. "
        "An attack is war, or force with at least 26 deaths on both sides together. It is told by two "
        "sources that do not rest on each other. Otherwise no."
    )
    return Asked(
        text, c, p, day, deadline, told, _codes(defenders), _codes(supporters),
        tuple(sorted(found)), event,
    )  # fmt: skip


def _codes(text: str) -> tuple[str, ...]:
    return tuple(c.strip().upper() for c in text.split(",") if c.strip())


def _bench(
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
    outcome: Annotated[Outcome, typer.Argument(help="yes, no, or void: it cannot be said.")],
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
        if on is None and outcome is not Outcome.NO:
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


def list_questions(
    question: Annotated[str | None, typer.Argument(help="One question, Q-001; else all.")] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Add the forecast of --as-of to every open question.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="With --update: the day; else today.")
    ] = None,
    crowd: Annotated[
        Path | None,
        typer.Option(
            "--crowd", help="Add crowd lines from a CSV: question,day,probability,source."
        ),
    ] = None,
    export: Annotated[
        str | None, typer.Option("--export", help="csv, json, metaculus, infer or gjopen.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="With --export: the file.")] = None,
    draws: Annotated[int, typer.Option(help="With --update: draws.")] = 2000,
    seed: Annotated[int, typer.Option(help="With --update: seed.")] = 1,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the questions of a dossier; show one with all that was said; add to them; export them.

    Example: standoff questions Q-001
    """
    from standoff.assess import find_question, questions
    from standoff.ledger import Ledger

    if update or crowd is not None:
        with Ledger.open(find_dossier(dossier), author=author) as ledger:
            if crowd is not None:
                _add_crowd_file(ledger, crowd)
            if update:
                _update(ledger, as_of, draws, seed)
    with open_dossier(dossier, recorded_by) as ledger:
        items = questions(ledger) if question is None else (find_question(ledger, question),)
        name = ledger.path.name
    if export is not None:
        _export(items, export, out)
        return
    if form is OutputFormat.JSON:
        emit_json([q.record() for q in items])
        return
    if question is not None:
        show_question(items[0])
        return
    _list(items, name)


def _list(items: Sequence[Question], name: str) -> None:
    if not items:
        say(f"no question in {name}")
        say('next      standoff ask "Will ...?" --event attack --by YYYY-MM-DD')
        return
    rows = [
        [
            q.handle, shorten(q.asked.text, 52), f"{q.asked.challenger}>{q.asked.protege}",
            q.asked.as_of, q.asked.deadline, chance(q.forecasts[0].p), chance(q.forecasts[-1].p),
            len(q.forecasts), chance(q.forecasts[-1].base),
            chance(q.crowd[-1].p) if q.crowd else "",
            q.resolution.outcome.value if q.resolution else "open",
        ]
        for q in items
    ]  # fmt: skip
    columns = [
        "",
        "question",
        "pair",
        "asked",
        "by",
        "first",
        "last",
        "said",
        "base rate",
        "crowd",
        "came",
    ]
    emit_table(columns, rows, title=f"{len(items)} questions of {name}; probabilities in per cent")
    say(f"next      standoff questions {items[-1].handle}   or   standoff score")


def show_question(q: Question) -> None:
    """A question with everything that was said about it."""
    a = q.asked
    say(f"{q.handle}     {a.text}")
    say(f"          attack by {a.challenger} on {a.protege} after {a.as_of} and up to {a.deadline}, "
        f"{(a.deadline - a.as_of).days} days")  # fmt: skip
    say(f"rule      {a.rule}")
    say(f"asked     by {q.by}, recorded {q.at[:10]}" + _links(q))
    rows = [
        [f.as_of, chance(f.p), f"{chance(f.low)} to {chance(f.high)}", chance(f.base),
         chance(f.silent), f.run, "in time" if f.in_time else f"recorded {f.at[:10]}"]
        for f in q.forecasts
    ]  # fmt: skip
    emit_table(
        ["known by", "attack, %", "90 %", "base rate", "without reports", "run", "said"], rows
    )
    if any(not f.in_time for f in q.forecasts):
        say("          what was recorded later than a week after its day is scored apart: the outcome "
            "may have been known")  # fmt: skip
    for c in q.crowd:
        say(f"crowd     {chance(c.p)} % on {c.day}, {c.source}")
    for r in q.resolutions:
        word = "corrected" if r.correction else "resolved"
        why = f": {r.because}" if r.because else ""
        say(
            f"{word:<9} {r.outcome.value} on {r.on}, {r.source}; told by {r.by} on {r.at[:10]}{why}"
        )


def _links(q: Question) -> str:
    return "".join(f"; {site} {number}" for site, number in q.asked.links)


def chance(p: float) -> str:
    """A probability in per cent, two digits that count.

    >>> chance(0.0043), chance(0.0172), chance(0.62), chance(0.9991), chance(1.0)
    ('0.43', '1.7', '62', '99.91', '100')
    """
    if 0.995 <= p < 1.0:
        return f"{100 - float(f'{100 * (1.0 - p):.2g}'):.6g}"
    return f"{100 * p:.2g}" if p < 0.995 else "100"


def _update(ledger: Ledger, as_of: str | None, draws: int, seed: int) -> None:
    from standoff.assess import add_forecast, chance_by, questions
    from standoff.systems import load_system

    described = load_system(ledger.system)
    day = parse_day(as_of) if as_of else _today(ledger)
    own = (described.challenger, described.protege)
    waiting = [
        q
        for q in questions(ledger)
        if q.resolution is None and q.asked.as_of <= day < q.asked.deadline
    ]
    said = {q.handle: len(q.forecasts) for q in waiting}
    mine = [q for q in waiting if (q.asked.challenger, q.asked.protege) == own]
    # One run of the system's own pair adds to all of its questions.
    for q in (*mine[:1], *(q for q in waiting if q not in mine)):
        bench, run, basis = _bench(ledger, described, replace(q.asked, as_of=day), draws, seed)
        if q not in mine:
            add_forecast(ledger, q, day, chance_by(bench, q.asked.deadline), run=run, basis=basis)
    added = sum(
        len(q.forecasts) > said.get(q.handle, 0) for q in questions(ledger) if q.handle in said
    )
    progress(f"update   {added} of {len(waiting)} open questions have a new forecast of {day}")


def _add_crowd_file(ledger: Ledger, path: Path) -> None:
    """Add the lines of a CSV file; all of them or, after an error, none."""
    from standoff.assess import Crowd, add_crowd, find_question

    rows = list(csv.DictReader(read_table(path).splitlines()))
    need = {"question", "day", "probability", "source"}
    if not rows or not need <= set(rows[0]):
        raise BadRecord(
            f"{path} with {', '.join(rows[0]) if rows else 'no line'}", ", ".join(sorted(need)),
            "a first line that names the columns",
        )  # fmt: skip
    with ledger.batch():
        for number, row in enumerate(rows, start=2):
            try:
                p = float(row["probability"])
            except (TypeError, ValueError) as error:
                raise BadRecord(
                    f"{path}, line {number}: probability {row['probability']!r}", "0 to 1",
                    "correct it; nothing was added",
                ) from error  # fmt: skip
            line = Crowd(
                parse_day(row["day"] or "", f"{path.name}, line {number}:"), p, row["source"] or ""
            )
            add_crowd(ledger, find_question(ledger, row["question"] or ""), line)
    progress(f"crowd    {len(rows)} lines added")


def _export(items: Sequence[Question], form: str, out: Path | None) -> None:
    from standoff.assess import export_questions

    text, left = export_questions(items, form)
    if out is None:
        emit_text(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
        say(f"written   {out}; nothing was sent")
    for why in left:
        progress(f"left out  {why}")
    if left:
        raise typer.Exit(1)
