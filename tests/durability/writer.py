"""A process that writes to a dossier and says what was acknowledged; it is killed from outside.

python writer.py DOSSIER NAME: adds documents and decisions for ever, one line on standard output
after each acknowledged write: "D sha256" or "A number".
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import count

from standoff.ledger import Ledger
from standoff.terms import (
    Channel,
    Cost,
    Document,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Report,
    Signal,
    Span,
    Status,
    Valence,
)


def made(name: str, number: int, signals: int = 3) -> Report:
    """A small report, different for every name and number."""
    words = f"Tokyo pledged help in note {number} of {name}. "
    text = words * signals
    day = date(2021, 8, 1 + number % 28)
    found = tuple(
        Signal(
            id=f"s{i}",
            span=Span.of(text, i * len(words), i * len(words) + len(words) - 2),
            trigger=Span.of(text, i * len(words), i * len(words) + 5),
            sources=(Party("JPN", "GOV"),),
            targets=(Party("CHN"),),
            event=PloverEvent.SUPPORT,
            channel=Channel.WORDS,
            status=Status.DONE,
            officialness=Officialness.OFFICIAL,
            explicitness=i % 4,
            cost=Cost.CHEAP,
            valence=Valence.COMMIT,
            date=Period.day(day),
            protege="TWN",
        )
        for i in range(signals)
    )
    document = Document.from_text(text, title=str(number), source=name, published=day)
    return Report(document, found)


def main() -> None:
    """Write until killed."""
    path, name = sys.argv[1], sys.argv[2]
    with Ledger.open(path, author=name) as ledger:
        print("ready", flush=True)
        for number in count(int(sys.argv[3])):
            added = ledger.add(made(name, number))
            print(f"D {ledger.document(added.document).sha256}", flush=True)
            ledger.accept(added.signals[:2], "seen")
            print(f"A {ledger.decisions(added.signals[0])[-1].number}", flush=True)
            if number % 3 == 0:
                ledger.undo()
                print(f"U {added.signals[0]}", flush=True)


if __name__ == "__main__":
    main()
