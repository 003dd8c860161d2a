"""A signal that a person marked in the text: stored like a read one, by a coder named hand."""

from __future__ import annotations

from dataclasses import replace

from standoff.ledger.insert import Inserter, check_report
from standoff.ledger.ledger import Ledger
from standoff.ledger.rows import MAIN
from standoff.terms import Report, Signal


def mark_signal(ledger: Ledger, document: str, signal: Signal, reason: str) -> str:
    """Store a signal that a person found in a document, accepted as marked; returns its handle.

    It is in force at once and can be rejected, but not unmade: the record is append-only.
    Raises `SpanMismatch` where its words do not stand in the document, `UnknownHandle` for a
    document that is not here.
    """
    found = ledger.document(document)
    number = int(document.removeprefix("D-"))
    with ledger.batch():
        with ledger.store.transaction() as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM signal WHERE document = ?", (number,)
            ).fetchone()
            own = replace(signal, id=f"hand{count + 1}", coder="hand", rule="")
            check_report(Report(found, (own,)))
            insert = Inserter(ledger.store, connection, ledger.author)
            activity = insert.activity("mark", {"reason": reason, "layer": MAIN})
            (handle,) = insert.signals((own,), found, number, activity, MAIN, {}, {})
        ledger.accept([handle], reason)
    return handle
