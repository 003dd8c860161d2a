"""`standoff review`: one suggestion at a time, disputed and influential first, or many at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from standoff.cli.keys import Keys
from standoff.cli.known import refuse_unknown
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
    stop: Annotated[
        float | None,
        typer.Option(
            "--stop", help="Only what can move the answer, up to the line of standoff queue."
        ),
    ] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="All that match.")] = False,
    reject_all: Annotated[bool, typer.Option("--reject-all", help="All that match.")] = False,
    yes: YesOption = False,
    because: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    author: AuthorOption = "analyst",
) -> None:
    """Go through what was suggested: what two codings dispute first, then the most influential.

    Example: standoff review --document D-002
    """
    from standoff.ledger import Ledger, SignalQuery

    query = SignalQuery(actor=actor, on=on, document=document, channel=channel, state="suggested")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        refuse_unknown(ledger, document=document, actors={"--actor": actor, "--on": on})
        if accept_all or reject_all:
            _bulk(ledger, query, accept_all, because, yes)
        else:
            _one_by_one(ledger, query, stop)


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


def _queue(
    ledger: Ledger, query: SignalQuery, disputed: Mapping[str, Sequence[str]]
) -> list[StoredSignal]:
    """Suggestions: those that a second coding disputes first; among them and among the rest those
    that bear most on the last run, then what its levels rest on.
    """
    runs = ledger.runs()
    payload: Mapping[str, Any] = runs[-1].payload if runs else {}
    order: dict[str, None] = {}
    for item in cast("Sequence[Any]", (*payload.get("influences", ()), *payload.get("levels", ()))):
        order |= dict.fromkeys(item.get("signals") or ())
    place = {handle: i for i, handle in enumerate(order)}
    found = ledger.find(query)
    return sorted(
        found,
        key=lambda s: (
            s.handle not in disputed, place.get(s.handle, len(place)), int(s.handle[2:])
        ),
    )  # fmt: skip


def _up_to_the_line(
    ledger: Ledger, waiting: Sequence[StoredSignal], stop: float
) -> list[StoredSignal]:
    """The suggestions above the stop line of `standoff queue`, the widest mover first."""
    from standoff.assess import day_to_assess, open_bench, review_queue, system_of

    system = system_of(ledger)
    day, why = day_to_assess(ledger, system)
    bench = open_bench(ledger, system, as_of=day)
    found = review_queue(ledger, bench, least=stop)
    say(f"of        {ledger.path.name}, what was available by {day} ({why})")
    order = [h for item in found.items[: found.stop] for h in item.signals]
    place = {handle: i for i, handle in enumerate(order)}
    return sorted((s for s in waiting if s.handle in place), key=lambda s: place[s.handle])


@dataclass(slots=True)
class _Session:
    """Where a review stands. `past` holds what was done, as (place in the queue, action);
    `disputed` what second codings say, by handle.
    """

    queue: list[StoredSignal]
    disputed: Mapping[str, Sequence[str]]
    at: int = 0
    past: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    @property
    def done(self) -> int:
        """How many were decided; skipped ones have no action."""
        return sum(bool(action) for _, action in self.past)


def _one_by_one(ledger: Ledger, query: SignalQuery, stop: float | None = None) -> None:
    from standoff.ledger import disputes

    disputed = disputes(ledger)
    waiting = _queue(ledger, query, disputed)
    if stop is not None:
        waiting = _up_to_the_line(ledger, waiting, stop)
    session = _Session(waiting, disputed)
    if not session.queue:
        say("nothing to review")
        return
    first = sum(s.handle in disputed for s in session.queue)
    say(f"{len(session.queue)} to review{f', {first} disputed first' if first else ''}   {KEYS}")
    with Keys().open() as keys:
        _ask(ledger, session, keys)
    say(f"decided  {session.done}; left {len(session.queue) - session.at}")
    say("next     standoff assess   or   standoff undo")


def _ask(ledger: Ledger, session: _Session, keys: Keys) -> None:
    """Card after card until the queue or the keys end; the last ten answers stand above each."""
    history: list[str] = []
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


def _act(ledger: Ledger, session: _Session, item: StoredSignal, key: str, keys: Keys) -> str:
    if key in ("\x7f", "\b"):
        return _back(ledger, session)
    if key == "a":
        action, word = ledger.accept([item.handle]), "accepted"
    elif key == "x":
        action, word = ledger.reject([item.handle]), "rejected"
    elif key == "e":
        changes, reason = parse_edit(keys.line("field=value ... because REASON: "))
        action, word = ledger.edit(item.handle, changes, reason), "edited"
    elif key == " ":
        action, word = "", "skipped"
    else:
        return ""
    session.past.append((session.at, action))
    session.at += 1
    return f"{word:<9} {signal_line(item)}"


def _back(ledger: Ledger, session: _Session) -> str:
    """One step back within this review; what was decided before it stays."""
    if not session.past:
        return "at the beginning; what was decided before: standoff decisions, standoff undo"
    session.at, action = session.past.pop()
    if not action:
        return "back"
    ledger.undo(action)
    return f"undone    {action}"


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
    from standoff.assess import is_note

    s = item.signal
    text = ledger.document(item.document).text
    before = " ".join(text[max(s.span.start - 80, 0) : s.span.start].split())
    after = " ".join(text[s.span.end : s.span.end + 80].split())
    say()
    say(f"{session.at + 1} of {len(session.queue)}   {signal_line(item)}")
    words = " ".join(s.span.quote.split())
    say(f"    note: {words}" if is_note(s) else f"    {before} «{words}» {after}")
    say(
        f"    {s.channel.value}, {s.status.value}, {s.valence.value}, {s.officialness.value}, "
        f"explicitness {s.explicitness} of 3, {s.cost.value}; {item.document} "
        f"[{s.span.start},{s.span.end}); rule {s.rule or 'none'}; {item.source}"
    )
    if item.handle in session.disputed:
        say(f"    disputed: {'; '.join(session.disputed[item.handle])}")
    numbers = ledger.used_by(item.handle)
    if numbers:
        say(f"    used by {len(numbers)} numbers, such as {numbers[0]}")
