"""Decisions in the terminal: review, diff, agreement."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    say,
    shorten,
)
from standoff.errors import InputError, StandoffError

if TYPE_CHECKING:
    from standoff.ledger import Ledger, SignalQuery, StoredSignal

KEYS = "a accept   x reject   space skip   e edit   backspace undo   q stop"
SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command()(review)
    app.command()(diff)
    app.command()(agreement)


def review(
    dossier: DossierOption = None,
    actor: Annotated[str | None, typer.Option(help="Only signals by this actor.")] = None,
    on: Annotated[str | None, typer.Option(help="Only signals about this actor.")] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document (D-002).")] = None,
    channel: Annotated[str | None, typer.Option(help="words or deeds.")] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="All that match.")] = False,
    reject_all: Annotated[bool, typer.Option("--reject-all", help="All that match.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only the preview.")] = False,
    because: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    undo: Annotated[str | None, typer.Option(help="Take back an action: A-0004, or last.")] = None,
    log: Annotated[bool, typer.Option("--log", help="The last actions, and nothing else.")] = False,
    author: Annotated[str, typer.Option(help="Who decides.", envvar="STANDOFF_AUTHOR")] = "analyst",
) -> None:
    """Go through what was suggested, the most influential first, one key each.

    Example: standoff review --document D-002
    """
    from standoff.ledger import Ledger, SignalQuery

    query = SignalQuery(actor=actor, on=on, document=document, channel=channel, state="suggested")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        if log:
            _print_log(ledger)
        elif undo is not None:
            done = ledger.undo(None if undo == "last" else undo, because)
            if done is None:
                raise InputError("undo", f"an action of {author} in force", "standoff review --log")
            say(f"undone   {done}")
        elif accept_all or reject_all:
            _bulk(ledger, query, accept_all, because, yes)
        else:
            _one_by_one(ledger, query)


def _bulk(ledger: Ledger, query: SignalQuery, accept: bool, because: str, yes: bool) -> None:
    found = ledger.find(query)
    verb = "accept" if accept else "reject"
    say(f"{verb}   {len(found)} signals, as one action")
    for item in found[:SHOWN]:
        say("  " + _line(item))
    if len(found) > SHOWN:
        say(f"  and {len(found) - SHOWN} more")
    if not found:
        raise InputError("no suggested signal", "a filter that matches some", "standoff signals")
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"{verb} them?")):
        say("nothing was changed; add --yes to do it")
        raise typer.Exit(2)
    handles = [s.handle for s in found]
    batch = ledger.accept(handles, because) if accept else ledger.reject(handles, because)
    say(f"done     {batch}; take it back: standoff review --undo {batch}")


def _queue(ledger: Ledger, query: SignalQuery) -> list[StoredSignal]:
    """Suggestions: those that bear most on the last run first, in the order the run gives."""
    runs = ledger.runs()
    influences: Sequence[Any] = runs[-1].payload.get("influences") or () if runs else ()
    first = {h: i for i, item in enumerate(influences) for h in reversed(item["signals"])}
    found = ledger.find(query)
    return sorted(found, key=lambda s: (first.get(s.handle, len(first)), int(s.handle[2:])))


class _Keys:
    """Single keys from a terminal, or one after the other from a pipe."""

    def __init__(self) -> None:
        self.live = sys.stdin.isatty()
        self.rest = "" if self.live else sys.stdin.read()

    def key(self) -> str:
        """The next key; q when there is none left."""
        if self.live:
            import click

            return click.getchar()
        key, self.rest = (self.rest[:1] or "q"), self.rest[1:]
        return key

    def line(self, prompt: str) -> str:
        """The next line."""
        if self.live:
            return input(prompt)
        text, _, self.rest = self.rest.partition("\n")
        return text


@dataclass(slots=True)
class _Session:
    """Where a review stands."""

    queue: list[StoredSignal]
    at: int = 0
    done: int = 0


def _one_by_one(ledger: Ledger, query: SignalQuery) -> None:
    session = _Session(_queue(ledger, query))
    if not session.queue:
        say("nothing to review")
        return
    keys, history = _Keys(), list[str]()
    say(f"{len(session.queue)} to review   {KEYS}")
    while session.at < len(session.queue):
        item = session.queue[session.at]
        for line in history[-SHOWN:]:
            say(f"    {line}")
        _card(ledger, item, session)
        key = keys.key()
        if key in ("q", "\x03", "\x04"):
            break
        try:
            told = _act(ledger, session, item, key, keys)
        except StandoffError as error:
            # An edit that cannot stand: the reason is shown and the card stays.
            say(str(error))
            continue
        if told:
            history.append(told)
    say(f"decided  {session.done}; left {len(session.queue) - session.at}")
    say("next     standoff assess   or   standoff review --undo last")


def _act(ledger: Ledger, session: _Session, item: StoredSignal, key: str, keys: _Keys) -> str:
    if key == "a":
        ledger.accept([item.handle])
    elif key == "x":
        ledger.reject([item.handle])
    elif key == "e":
        changes, reason = parse_edit(keys.line("field=value ... because REASON: "))
        ledger.edit(item.handle, changes, reason)
    elif key == " ":
        session.at += 1
        return f"skipped   {_line(item)}"
    elif key in ("\x7f", "\b"):
        batch = ledger.undo()
        if batch is None:
            return "nothing to undo"
        session.done = max(session.done - 1, 0)
        named = next((d.subject for d in reversed(ledger.decisions()) if d.batch == batch), "")
        session.at = next((i for i, s in enumerate(session.queue) if s.handle == named), session.at)
        return f"undone    {batch}"
    else:
        return ""
    session.at += 1
    session.done += 1
    return f"{ {'a': 'accepted', 'x': 'rejected', 'e': 'edited'}[key]:<9} {_line(item)}"


def parse_edit(text: str) -> tuple[dict[str, Any], str]:
    """Fields and reason of an edit: values are JSON where they can be, else words.

    >>> parse_edit('explicitness=3 channel=deeds because both are named')
    ({'explicitness': 3, 'channel': 'deeds'}, 'both are named')
    """
    fields, _, reason = text.partition("because")
    changes: dict[str, Any] = {}
    for word in fields.split():
        name, sign, value = word.partition("=")
        if not sign:
            raise InputError(f"{word!r}", "field=value ... because REASON", "explicitness=3")
        try:
            changes[name] = json.loads(value)
        except json.JSONDecodeError:
            changes[name] = value
    return changes, reason.strip()


def _card(ledger: Ledger, item: StoredSignal, session: _Session) -> None:
    s = item.signal
    text = ledger.document(item.document).text
    before = " ".join(text[max(s.span.start - 80, 0) : s.span.start].split())
    after = " ".join(text[s.span.end : s.span.end + 80].split())
    say()
    say(f"{session.at + 1} of {len(session.queue)}   {_line(item)}")
    say(f"    {before} «{' '.join(s.span.quote.split())}» {after}")
    say(
        f"    {s.channel.value}, {s.status.value}, {s.valence.value}, {s.officialness.value}, "
        f"explicitness {s.explicitness} of 3, {s.cost.value}; {item.document} "
        f"[{s.span.start},{s.span.end}); rule {s.rule or 'none'}; {item.source}"
    )
    numbers = ledger.used_by(item.handle)
    if numbers:
        say(f"    used by {len(numbers)} numbers, such as {numbers[0]}")


def _line(item: StoredSignal) -> str:
    s = item.signal
    who = f"{','.join(s.source_actors)} to {','.join(s.target_actors) or 'nobody named'}"
    about = f" for {s.protege}" if s.protege else ""
    return (
        f"{item.handle}  {s.date.start or item.available}  {who}{about}  {s.event.value}  "
        f"«{shorten(s.span.quote, 60)}»"
    )


def _print_log(ledger: Ledger) -> None:
    rows: dict[str, dict[str, Any]] = {}
    for d in ledger.decisions():
        row = rows.setdefault(
            d.batch,
            {"action": d.batch, "at": d.at, "author": d.author, "what": d.action, "items": 0}
            | {"about": d.subject, "state": "in force" if d.in_force else "undone"}
            | {"because": d.reason},
        )
        row["items"] += 1
    last = list(rows.values())[-SHOWN:]
    emit_records(last, OutputFormat.TABLE, list(last[0]) if last else [])


def diff(
    since: Annotated[str, typer.Option(help="The earlier day, YYYY-MM-DD.")],
    until: Annotated[str | None, typer.Option(help="The later day; else all there is.")] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="By when things were recorded, not published.")
    ] = False,
    draws: Annotated[int, typer.Option(help="Draws for both answers.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed for both answers.")] = 1,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What moved since a day, by how much, and because of which words.

    Example: standoff diff --since 2021-07-01
    """
    from standoff.assess import assess_question
    from standoff.ledger import Ledger, changes_since, compare_levels, compare_parts
    from standoff.systems import load_system

    path: Path = find_dossier(dossier)
    early = parse_day(since, "--since")
    with (
        Ledger.open(path, recorded_by=early if recorded else None) as before,
        Ledger.open(path, recorded_by=until if recorded else None) as after,
    ):
        system = load_system(after.system)
        latest = max([*(d.published for d in after.documents()), system.as_of])
        late = parse_day(until, "--until") if until and not recorded else latest
        first_day = late if recorded else early
        if first_day > late:
            raise InputError(
                f"--since {early} after {late}", "an earlier day", "--since 2021-07-01"
            )
        changes = changes_since(before, after, since=first_day, until=late)
        tell = progress if form is OutputFormat.TABLE else None
        answers = [
            assess_question(ledger, system, as_of=day, draws=draws, seed=seed, progress=tell)
            for ledger, day in ((before, first_day), (after, late))
        ]
        one, two = (after.run(a.run).payload for a in answers)
        levels, numbers = compare_levels(one, two), compare_parts(one, two)
        quotes = {s.handle: s.signal.span.quote for s in after.signals()}
    moved: list[dict[str, Any]] = [
        {
            "handle": m.key if m in levels else f"{answers[1].run}#{m.key}",
            "what": m.label,
            "before": m.before,
            "after": m.after,
            "difference": m.difference,
            "because": list(m.gained),
            "no_longer": list(m.lost),
        }
        for m in (*levels, *numbers)
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "since": since,
                "until": str(late),
                "runs": [a.run for a in answers],
                "documents": [d.handle for d in changes.documents],
                "gained": [s.handle for s in changes.gained],
                "lost": [s.handle for s in changes.lost],
                "changed": [new.handle for _, new in changes.changed],
                "decisions": [d.number for d in changes.decisions],
                "moved": moved,
            }
        )
        return
    say(
        f"{len(changes.documents)} documents, {len(changes.gained)} signals more, "
        f"{len(changes.lost)} fewer, {len(changes.changed)} changed, "
        f"{len(changes.decisions)} decisions; {answers[0].run} to {answers[1].run}"
    )
    for item in changes.gained[-SHOWN:]:
        say("  + " + _line(item))
    for item in changes.lost[-SHOWN:]:
        say("  - " + _line(item))
    rows = [
        {
            **m,
            "before": f"{m['before']:.4g}",
            "after": f"{m['after']:.4g}",
            "difference": f"{m['difference']:+.3g}",
            "because": " ".join(m["because"][-4:]),
        }
        for m in moved[: 3 * SHOWN]
    ]
    emit_records(rows, form, ["handle", "what", "before", "after", "difference", "because"])
    if len(moved) > len(rows):
        say(f"and {len(moved) - len(rows)} more: --format json")
    for handle in dict.fromkeys(h for m in moved[:SHOWN] for h in m["because"][-2:]):
        say(f"{handle}  «{shorten(quotes.get(handle, ''), 100)}»")
    say(f'next     standoff why "{answers[1].run}#war"')


def agreement(
    layer: Annotated[str, typer.Argument(help="The second coding, as imported with --layer.")],
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """How two codings of the same documents agree: Krippendorff's alpha for each field.

    Example: standoff agreement second-coder
    """
    from standoff.ledger import compare_layers

    with open_dossier(dossier) as ledger:
        found = compare_layers(ledger, layer)
    fields = [
        {"field": name, "alpha": alpha if alpha is None else round(alpha, 3)}
        for name, alpha in found.alpha.items()
    ]
    rows = [
        {
            "first": d.first,
            "second": d.second,
            "field": d.field,
            "main": d.first_value,
            layer: d.second_value,
            "quote": shorten(d.quote, 50) if form is OutputFormat.TABLE else d.quote,
        }
        for d in found.disagreements
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "matched": found.matched,
                "only_main": list(found.only_first),
                "only_second": list(found.only_second),
                "f1": found.f1,
                "alpha": dict(found.alpha),
                "disagreements": rows,
            }
        )
        return
    say(
        f"{found.matched} signals in both, {len(found.only_first)} only in main, "
        f"{len(found.only_second)} only in {layer}; F1 {found.f1:.2f}"
    )
    shown = [{**f, "alpha": "no variation" if f["alpha"] is None else f["alpha"]} for f in fields]
    emit_records(shown, form, ["field", "alpha"])
    if rows:
        emit_records(rows, form, list(rows[0]), title="disagreements")
    for title, handles in (("main", found.only_first), (layer, found.only_second)):
        if handles:
            say(f"only in {title}: {' '.join(handles)}")
