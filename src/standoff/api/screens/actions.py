"""What a person does on a screen: decide, edit, mark, grade, take back, read. Each is one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.api.screens.forms import new_signal, read_changes
from standoff.errors import InputError, UnknownHandle
from standoff.ledger import Ledger, SignalQuery, mark_signal
from standoff.terms import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: in words, its name (A-0004), and the state of what it was about."""

    said: str
    action: str = ""
    handle: str = ""
    state: str = ""
    left: int = 0


class Actions:
    """Actions of one author on one dossier; the file is open only while one is done.

    >>> import tempfile
    >>> from datetime import date
    >>> from standoff.api import new_dossier
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = Path(folder.name) / "a.standoff"
    >>> with new_dossier(file, with_record=False) as made:
    ...     done = made.read("Japan condemned China.", published=date(2021, 8, 13))
    >>> act = Actions(file)
    >>> act.decide("S-001", "accept").state, act.undo().said
    ('accepted', 'taken back: accept S-001')
    >>> folder.cleanup()
    """

    def __init__(self, path: Path, author: str = "analyst") -> None:
        self.path = path
        self.author = author

    @contextmanager
    def _open(self) -> Generator[Ledger]:
        with Ledger.open(self.path, author=self.author) as ledger:
            yield ledger

    def decide(self, handle: str, action: str, reason: str = "") -> Done:
        """Accept or reject a signal or a claim. Raises `InputError` for another action."""
        if action not in ("accept", "reject"):
            raise InputError(f"the action {action!r}", "accept or reject", "use the keys a and x")
        with self._open() as ledger:
            _present(ledger, handle)
            name = (
                ledger.accept([handle], reason)
                if action == "accept"
                else ledger.reject([handle], reason)
            )
            state = f"{action}ed"
            return Done(f"{handle} {state}", name, handle, state, _left(ledger, handle))

    def decide_all(self, handles: Sequence[str], action: str, reason: str) -> Done:
        """Accept or reject many signals as one action, undone as one. Raises `InputError` for none."""
        if action not in ("accept", "reject") or not handles:
            raise InputError(
                f"{action} of {len(handles)} signals", "accept or reject of some", "choose a filter"
            )
        with self._open() as ledger:
            for handle in handles:
                _present(ledger, handle)
            name = getattr(ledger, action)(list(handles), reason)
            return Done(f"{len(handles)} {action}ed", name, handles[-1], f"{action}ed")

    def edit(self, handle: str, given: Mapping[str, str], reason: str) -> Done:
        """Change the coding of a signal by a filled form, or overrule the verdict on a claim."""
        if not reason.strip():
            raise InputError("no reason", "why, in a few words", "it is kept with the decision")
        with self._open() as ledger:
            if handle.startswith("C-"):
                return self._overrule(ledger, handle, given.get("outcome", ""), reason)
            item = ledger.signal(handle)
            changes = read_changes(given, item.signal)
            if not changes:
                raise InputError(
                    "a form in which nothing was changed",
                    "a changed field",
                    "a accepts it as it is",
                )
            name = ledger.edit(handle, changes, reason)
            said = f"{handle} changed: {', '.join(sorted(changes))}"
            return Done(said, name, handle, "accepted", _left(ledger, handle))

    def _overrule(self, ledger: Ledger, handle: str, outcome: str, reason: str) -> Done:
        if outcome not in tuple(Outcome):
            options = ", ".join(o.value.lower() for o in Outcome)
            raise InputError(f"verdict {outcome!r}", f"one of {options}", "choose one")
        _present(ledger, handle)
        ledger.decide("overrule", handle, {"outcome": outcome}, reason)
        name = ledger.decisions(handle)[-1].batch
        return Done(f"{handle} overruled: {outcome.lower()}", name, handle)

    def mark(self, document: str, start: int, end: int, given: Mapping[str, str]) -> Done:
        """Add a signal that the readers missed, in the words that were selected."""
        with self._open() as ledger:
            found = ledger.document(document)
            signal = new_signal(found.text, start, end, given, found.published)
            reason = given.get("reason", "").strip() or "marked by hand"
            handle = mark_signal(ledger, document, signal, reason)
            return Done(f"{handle} marked", "", handle, "accepted", _left(ledger, handle))

    def grade(self, source: str, letter: str, because: str) -> Done:
        """Grade a source A-F with a reason."""
        with self._open() as ledger:
            graded = ledger.grade(source, letter, because)
            return Done(f"{source or 'unknown source'} graded {graded.grade.value}")

    def undo(self, action: str | None = None) -> Done:
        """Take back an action: the one named, or this author's last."""
        with self._open() as ledger:
            done = ledger.undo(action)
            if done is None:
                raise InputError("undo", f"an action of {self.author}", "nothing is to take back")
            rows = ledger.decisions(batch=done)
            subject = rows[0].subject
            about = subject if len(rows) == 1 else f"{len(rows)} items"
            state, left = "", 0
            if subject.startswith("S-"):
                state, left = ledger.signal(subject).state, _left(ledger, subject)
            elif subject.startswith("C-"):
                state = next((c.state for c in ledger.claims() if c.handle == subject), "")
            return Done(f"taken back: {rows[0].action} {about}", done, subject, state, left)


def _present(ledger: Ledger, handle: str) -> None:
    """Raise `UnknownHandle` for what is neither a signal nor a claim of the dossier."""
    if handle.startswith("S-"):
        ledger.signal(handle)
    elif not any(c.handle == handle for c in ledger.claims()):
        raise UnknownHandle(handle, "a signal or claim of this dossier", "reload the page")


def _left(ledger: Ledger, handle: str) -> int:
    """How many signals of the same document nobody has decided about."""
    if not handle.startswith("S-"):
        return 0
    document = ledger.signal(handle).document
    return ledger.count(SignalQuery(document=document))["suggested"]
