"""From any printed number back to the words: one tree of handles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from standoff.assess.conflicts import find_conflicts
from standoff.assess.decided import decided, decision_line
from standoff.assess.describe import evidence_line
from standoff.assess.described import system_of
from standoff.assess.node import Why
from standoff.assess.trace_question import is_question, question_node
from standoff.assess.trace_run import input_node, part_node, run_node
from standoff.assess.waters import passage_waters
from standoff.errors import ImpossibleDate, UnknownHandle
from standoff.ledger import Activity, Ledger, SignalQuery, StoredClaim, StoredSignal
from standoff.measure import Series, measure_stance
from standoff.terms import SAID, SourceGrade, parse_handle, worded

SIGNALS_SHOWN = 6
SHOWN = 40
WEIGHED = 100
"""Signals of a level that are left out in turn, the latest: weighing all of a long series costs the
square of its length, and what came before a hundred others weighs nothing that can be seen."""


def why(ledger: Ledger, handle: str, *, depth: int = 4) -> Why:
    """What a handle stands for and what it rests on, down to the quoted words.

    `depth`: how many steps down; 0 is the line itself. The name of a coefficient of the run last
    assessed ("challenger_stake") is understood too.

    "#war" is that number of the run last assessed. Raises `UnknownHandle` for one that is no handle,
    or not in this dossier.
    """
    last = ledger.last_assessed() if handle.startswith("#") or "-" not in handle else None
    if handle.startswith("#"):
        if last is None:
            raise UnknownHandle(handle, "a run that was assessed", "standoff assess")
        handle = last.handle + handle
    elif last is not None and handle in last.payload.get("inputs", {}):
        return input_node(last, handle)
    return _cut(_found(ledger, handle, depth), depth)


def _cut(node: Why, depth: int) -> Why:
    """The node with so many steps below it."""
    if depth <= 0:
        return replace(node, rests_on=())
    return replace(node, rests_on=tuple(_cut(c, depth - 1) for c in node.rests_on))


def _found(ledger: Ledger, handle: str, depth: int) -> Why:
    walk = _Walk(ledger)
    if is_question(handle):
        return question_node(ledger, handle, lambda number: walk.run(number, depth - 2))
    parsed = parse_handle(handle)
    name = str(parsed)
    match parsed.kind:
        case "S":
            found = walk.signal(name, full=True)
        case "C":
            found = walk.claim(name)
        case "E":
            found = walk.event(name)
        case "D":
            found = walk.document(name)
        case "L":
            found = walk.level(name)
        case "A":
            return action_tree(ledger, name, walk.signal)
        case _:
            return walk.run(name, depth)
    users = ledger.used_by(found.handle)
    details = (*found.details, *decided(ledger, found.handle), ("used by", _users(users)))
    return replace(found, details=details, used_by=users)


class _Walk:
    """One walk over one dossier, with what it has looked up."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.grades: dict[str, SourceGrade] = {k: g.grade for k, g in ledger.gradings().items()}
        self._titles: dict[str, str] = {}
        self._levels: dict[str, Why] = {}

    def title(self, document: str) -> str:
        """The title of a document, looked up once."""
        if document not in self._titles:
            self._titles[document] = self.ledger.document(document).title
        return self._titles[document]

    def signal(self, handle: str, weight: str = "", *, full: bool = False) -> Why:
        """A signal: its quote, where it stands, who published it."""
        return self._reported(self.ledger.signal(_padded(handle, 3)), weight, full=full)

    def _reported(self, item: StoredSignal, weight: str = "", *, full: bool = False) -> Why:
        e = evidence_line(item, self.title(item.document), self.grades)
        # Words of the shipped record are notes of those who coded it, and no quotations.
        line = worded(e.quote, noted=e.noted, said=e.said)
        where = f"{e.document} [{e.start},{e.end}) {e.title}".rstrip()
        details = [("where", where), ("source", f"{e.source or 'unknown'}, graded {e.grade}")]
        details.append(("happened", f"{e.happened}; available {e.available}"))
        if weight:
            details.insert(0, ("weight", weight))
        if full:
            details += self._coding(item)
            details.append(("recorded", _activity(self.ledger.activity(e.handle))))
        return Why(e.handle, line, tuple(details))

    def _coding(self, item: StoredSignal) -> list[tuple[str, str]]:
        s = item.signal
        actors = f"{' '.join(s.source_actors)} to {' '.join(s.target_actors) or 'nobody named'}"
        found = [
            ("coded", f"{actors}: {s.event.value} {s.x_event.value if s.x_event else ''}".rstrip()),
            ("channel", f"{s.channel.value}, {s.status.value}, {s.valence.value}"),
            ("speaker", f"{s.officialness.value}; explicitness {s.explicitness} of 3"),
            ("coder", f"{s.coder}; rule {s.rule or 'none'}; {item.state}"),
            ("event", item.event),
        ]
        if s.protege:
            found.insert(1, ("protege", s.protege))
        found += [
            ("from words", f"{p.field} {p.value}: «{p.span.quote}»")
            for p in s.parts
            if p.span and p.field != SAID
        ]
        system = system_of(self.ledger)
        passed = passage_waters(s, (system.challenger, system.protege))
        found += [("waters", line) for line in passed.lines()] if passed else []
        if item.url:
            found.append(("url", item.url))
        return found

    def claim(self, handle: str) -> Why:
        """A claim: the quote and the check, with its arithmetic."""
        name = _padded(handle, 2)
        near = (c for d in self.ledger.uses(name) for c in self.ledger.claims(d))
        claim = next((c for c in near if c.handle == name), None)
        if claim is None:
            raise UnknownHandle(handle, "a claim of this dossier", "standoff claims")
        record = claim.record
        details = [
            (
                "where",
                f"{claim.document} [{claim.span.start},{claim.span.end}) "
                f"{self.title(claim.document)}".rstrip(),
            ),
            ("verdict", f"{record.get('verdict')}: {record.get('explanation', '')}"),
        ]
        if record.get("formula"):
            details.append(("formula", str(record["formula"])))
        if record.get("difference") is not None:
            # A difference of a tenth of a per cent and less is rounding.
            shown = f"{100 * float(record['difference']):+.1f} % against the fact"
            details.append(("difference", shown))
        for key in ("tolerance", "slip"):
            if record.get(key):
                details.append((key, str(record[key])))
        details += [("against", f"{n} of the same text") for n in self._siblings(claim)]
        facts = [("fact", record.get("reference"))]
        facts += [("beside it", other) for other in record.get("alternatives", ())]
        for key, reference in facts:
            if isinstance(reference, Mapping):
                fact = cast("Mapping[str, Any]", reference)
                origin = [fact["source"], fact.get("release"), fact.get("dated"), fact.get("url")]
                line = f"{fact['value']}; {', '.join(str(o) for o in origin if o)}"
                details.append((key, line))
        for c in find_conflicts(self.ledger, claim.document):
            if claim.handle in (c.older, c.newer):
                other, words = (
                    (c.newer, c.newer_words)
                    if claim.handle == c.older
                    else (c.older, c.older_words)
                )
                standing = "superseded by" if c.superseded else "disputed by"
                if c.superseded and claim.handle == c.newer:
                    standing = "supersedes"
                details.append(("reports", f"{standing} {other} «{words}»: {c.why}"))
        details.append(("recorded", _activity(self.ledger.activity(claim.handle))))
        return Why(claim.handle, f"«{claim.span.quote}»", tuple(details))

    def _siblings(self, claim: StoredClaim) -> list[str]:
        """Handles of the claims of the same text that a claim clashes with."""
        local = {str(c.record["id"]): c.handle for c in self.ledger.claims(claim.document)}
        return [local[a] for a in claim.record.get("against", ()) if a in local]

    def event(self, handle: str) -> Why:
        """An event: everyone who reports it."""
        members = self.ledger.find(SignalQuery(event=_padded(handle, 3)))
        if not members:
            raise UnknownHandle(handle, "an event of this dossier", "standoff signals")
        line = f"{len(members)} report{'s' if len(members) > 1 else ''} of one event"
        return Why(_padded(handle, 3), line, (), tuple(map(self._reported, members)))

    def document(self, handle: str) -> Why:
        """A document: what it is and the signals read in it."""
        document = self.ledger.document(_padded(handle, 3))
        name = _padded(handle, 3)
        details = (
            ("source", f"{document.source or 'unknown'}, published {document.published}"),
            ("sha256", document.sha256),
            ("characters", f"{len(document.text):,}, encoding {document.encoding}"),
            ("set aside", f"{len(document.boilerplate)} regions of boilerplate"),
            ("recorded", _activity(self.ledger.activity(name))),
        )
        shown = self.ledger.find(SignalQuery(document=name, limit=SHOWN))
        children = tuple(map(self._reported, shown))
        held = sum(self.ledger.count(SignalQuery(document=name)).values())
        rest = f"; the first {SHOWN} of {held} signals" if held > SHOWN else ""
        return Why(name, f"{document.title or 'untitled'}{rest}", details, children)

    def level(self, handle: str) -> Why:
        """A level: measured again from the dossier, with the signals of most weight."""
        if handle in self._levels:
            return self._levels[handle]
        name, _, day = handle.removeprefix("L-").partition("@")
        series, at = Series.parse(name), _day(day)
        known = self.ledger.series_events(series.actor, series.object, as_of=at)
        stance = measure_stance(known, at=at)
        named = (series.actor, series.object, series.relation)
        level = stance.level(*named)
        weights = stance.weights(*named, latest=WEIGHED)
        details = (
            ("words", f"{_interval(level.words)} sd, {level.words_status}, {level.n_words} recent"),
            ("deeds", f"{_interval(level.deeds)} sd, {level.deeds_status}, {level.n_deeds} recent"),
            ("gap", f"{_interval(level.gap)} sd: deeds less what words lead one to expect"),
            ("rests on", f"{level.n_signals} signals, {level.reviewed} reviewed by a person"),
            ("computed", f"{level.model}, {level.items}"),
        )
        if level.n_signals > WEIGHED:
            details = (*details, ("weighed", f"the latest {WEIGHED} of {level.n_signals:,}"))
        heavy = sorted(weights, key=lambda w: (-w.share, w.key))[:SIGNALS_SHOWN]
        children = tuple(
            self.signal(w.handles[0], f"words {w.words:+.2f}, deeds {w.deeds:+.2f} if left in")
            for w in heavy
            if w.handles
        )
        line = f"{series} on {at}: {series.relation.value}"
        self._levels[handle] = Why(handle, line, details, children)
        return self._levels[handle]

    def run(self, handle: str, depth: int) -> Why:
        """A run, or one number of it."""
        name, _, part = handle.partition("#")
        stored = self.ledger.run(name)
        return part_node(stored, part, self.child, depth) if part else run_node(stored)

    def child(self, handle: str, weight: str) -> Why:
        """The node of something that a number rests on, with how much."""
        if handle.startswith("S-"):
            return self.signal(handle, weight)
        node = self.claim(handle) if handle.startswith("C-") else self.level(handle)
        return replace(node, details=(("share", weight), *node.details)) if weight else node


def _users(found: Sequence[str]) -> str:
    """How many numbers of saved runs rest on something, and which."""
    if not found:
        return "no number of a saved run yet"
    rest = f" and {len(found) - 6} more" if len(found) > 6 else ""
    return f"{len(found)} number{'s' * (len(found) > 1)}: {', '.join(found[:6])}{rest}"


def _activity(done: Activity) -> str:
    """Who wrote a row, when, with what, from which file."""
    used = done.parameters
    where = ""
    if used.get("file_sha256"):
        file = used.get("file") or "standard input"
        where = f", from {file} ({used['kind']}, sha256 {used['file_sha256'][:12]}…)"
    return f"{done.at} by {done.author}, {done.software}{where}"


def action_tree(ledger: Ledger, handle: str, signal: Callable[[str], Why]) -> Why:
    """An action: what was decided, by whom, when and why, and about what."""
    found = ledger.decisions(batch=f"A-{int(handle[2:]):04d}")
    if not found:
        raise UnknownHandle(handle, "an action of this dossier", "standoff decisions")
    first = found[0]
    kinds = ", ".join(dict.fromkeys(d.action for d in found))
    details = [("by", f"{first.author} at {first.at}"), ("because", first.reason or "no reason")]
    undos = [d for d in ledger.decisions(f"batch:{first.batch}") if d.in_force]
    details += [("undone", f"{d.at} by {d.author} ({d.batch}): {d.reason}") for d in undos]
    details += [
        ("about", decision_line(d)) for d in found[:SHOWN] if not d.subject.startswith("S-")
    ]
    if len(found) > SHOWN:
        details.append(("and", f"{len(found) - SHOWN} more: standoff decisions {first.batch}"))
    children = [signal(d.subject) for d in found[:SHOWN] if d.subject.startswith("S-")]
    line = f"{kinds}, {len(found)} item{'s' * (len(found) > 1)}, "
    line += "in force" if first.in_force else "undone"
    return Why(first.batch, line, tuple(details), tuple(children))


def _padded(handle: str, digits: int) -> str:
    kind, _, number = handle.partition("-")
    return f"{kind}-{int(number):0{digits}d}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError as error:
        raise ImpossibleDate(
            f"the day {text!r} of a level", "YYYY-MM-DD", "L-JPN>TWN@2021-08-13"
        ) from error


def _interval(estimate: Any) -> str:
    return f"{estimate.median:+.2f} ({estimate.low:+.2f} to {estimate.high:+.2f})"
