"""`standoff review`: one suggestion at a time, the most influential first, or many at once."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from standoff.cli.common import (
    SHOWN,
    AuthorOption,
    DossierOption,
    YesOption,
    agreed,
    find_dossier,
    say,
    signal_line,
)
from standoff.errors import InputError, StandoffError

if TYPE_CHECKING:
    from standoff.ledger import Ledger, SignalQuery, StoredSignal

KEYS = "a accept   x reject   space skip   e edit   backspace undo   q stop"


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command()(review)


def review(
    dossier: DossierOption = None,
    actor: Annotated[str | None, typer.Option(help="Only signals by this actor.")] = None,
    on: Annotated[str | None, typer.Option(help="Only signals about this actor.")] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document (D-002).")] = None,
    channel: Annotated[str | None, typer.Option(help="words or deeds.")] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="All that match.")] = False,
    reject_all: Annotated[bool, typer.Option("--reject-all", help="All that match.")] = False,
    yes: YesOption = False,
    because: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    author: AuthorOption = "analyst",
) -> None:
    """Go through what was suggested, the most influential first, one key each.

    Example: standoff review --document D-002
    """
    from standoff.ledger import Ledger, SignalQuery

    query = SignalQuery(actor=actor, on=on, document=document, channel=channel, state="suggested")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        if accept_all or reject_all:
            _bulk(ledger, query, accept_all, because, yes)
        else:
            _one_by_one(ledger, query)


def _bulk(ledger: Ledger, query: SignalQuery, accept: bool, because: str, yes: bool) -> None:
    found = ledger.find(query)
    verb = "accept" if accept else "reject"
    say(f"{verb}   {len(found)} signals, as one action")
    for item in found[:SHOWN]:
        say("  " + signal_line(item))
    if len(found) > SHOWN:
        say(f"  and {len(found) - SHOWN} more")
    if not found:
        raise InputError("no suggested signal", "a filter that matches some", "standoff signals")
    agreed(yes, f"{verb} them?")
    handles = [s.handle for s in found]
    batch = ledger.accept(handles, because) if accept else ledger.reject(handles, because)
    say(f"done     {batch}; take it back: standoff undo {batch}")


def _queue(ledger: Ledger, query: SignalQuery) -> list[StoredSignal]:
    """Suggestions: those that bear most on the last run first, then what its levels rest on."""
    runs = ledger.runs()
    payload: Mapping[str, Any] = runs[-1].payload if runs else {}
    order: dict[str, None] = {}
    for item in cast("Sequence[Any]", (*payload.get("influences", ()), *payload.get("levels", ()))):
        order |= dict.fromkeys(item.get("signals") or ())
    place = {handle: i for i, handle in enumerate(order)}
    found = ledger.find(query)
    return sorted(found, key=lambda s: (place.get(s.handle, len(place)), int(s.handle[2:])))


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
    say("next     standoff assess   or   standoff undo")


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
        return f"skipped   {signal_line(item)}"
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
    return f"{ {'a': 'accepted', 'x': 'rejected', 'e': 'edited'}[key]:<9} {signal_line(item)}"


def parse_edit(text: str) -> tuple[dict[str, Any], str]:
    """Fields and reason of an edit: values are JSON where they can be, else words.

    >>> parse_edit('explicitness=3 channel=deeds because both are named')
    ({'explicitness': 3, 'channel': 'deeds'}, 'both are named')
    >>> parse_edit('targets=[{"actor": "CHN"}, {"actor": "RUS"}] because both')[0]["targets"][1]
    {'actor': 'RUS'}
    """
    fields, _, reason = text.partition("because")
    changes: dict[str, Any] = {}
    # A value may hold spaces: the next field begins where a name and a sign stand.
    for word in re.split(r"\s+(?=\w+=)", fields.strip()):
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
    say(f"{session.at + 1} of {len(session.queue)}   {signal_line(item)}")
    say(f"    {before} «{' '.join(s.span.quote.split())}» {after}")
    say(
        f"    {s.channel.value}, {s.status.value}, {s.valence.value}, {s.officialness.value}, "
        f"explicitness {s.explicitness} of 3, {s.cost.value}; {item.document} "
        f"[{s.span.start},{s.span.end}); rule {s.rule or 'none'}; {item.source}"
    )
    numbers = ledger.used_by(item.handle)
    if numbers:
        say(f"    used by {len(numbers)} numbers, such as {numbers[0]}")
