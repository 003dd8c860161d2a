"""Taking texts in and answering the question, told step by step, for work that a page waits for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standoff.api.dossier import open_dossier
from standoff.assess import Ingested, assess_question, grade_sources
from standoff.errors import EmptyText

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class NewText:
    """A text that comes in: a file with its name, or pasted words (then `name` is empty)."""

    name: str
    content: bytes
    title: str
    published: date
    source: str


def read_texts(path: Path, items: Sequence[NewText], *, author: str, tell: Tell) -> str:
    """Read texts into a dossier one after the other; the handle of the last one.

    Each text is stored whole or not at all; `tell` is called before each, and may raise to stop.
    Raises `EmptyText`, `UnreadableFile` or `ImpossibleDate` for the first that cannot be read; those
    before it stay.
    """
    last = ""
    for i, item in enumerate(items, start=1):
        count = f"{i} of {len(items)}: " if len(items) > 1 else ""
        tell(f"{count}reading {item.name or 'the pasted text'}, {len(item.content):,} bytes")
        # Opened for each: between two texts others can write, and a stop leaves nothing open.
        with open_dossier(path, author=author) as dossier:
            if item.name:
                done = _file(dossier.read_file, item)
            else:
                text = item.content.decode("utf-8")
                if not text.strip():
                    raise EmptyText("an empty text", "words to read", "paste the report")
                done = (
                    dossier.read(
                        text, published=item.published, source=item.source, title=item.title
                    ),
                )
            grade_sources(dossier.ledger, dossier.system, [item.source])
            # Brings the index of words up to date: pages that only look cannot.
            dossier.ledger.search("index", 1)
        for one in done:
            last = one.added.document or last
            known = "already in the dossier" if one.added.already else _found(one)
            tell(f"{one.added.document}: {known}")
    return last


def _file(read: Callable[..., tuple[Ingested, ...]], item: NewText) -> tuple[Ingested, ...]:
    """Read bytes as the file of that name, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        # The name decides how it is read and is kept; it is one part, never a path.
        file = Path(folder) / (Path(item.name).name.strip(".") or "unnamed")
        file.write_bytes(item.content)
        return read(file, published=item.published, source=item.source, title=item.title)


def _found(one: Ingested) -> str:
    wrong = sum(v.outcome.value in ("CONTRADICTED", "INCONSISTENT") for v in one.verdicts)
    return (
        f"{len(one.report.signals)} signals, {len(one.matches)} of known events, "
        f"{len(one.verdicts)} claims checked, {wrong} wrong"
    )


def assess_day(path: Path, day: date, *, author: str, tell: Tell, draws: int = 2000) -> str:
    """Answer the question of a dossier from what was known on a day; the run's handle."""
    with open_dossier(path, author=author) as dossier:
        answer = assess_question(
            dossier.ledger, dossier.system, as_of=day, draws=draws, progress=tell
        )
    return answer.run
