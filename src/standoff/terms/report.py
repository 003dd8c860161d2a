"""What reading one document gives: everything found, each tied to its span."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.terms.claim import Claim
from standoff.terms.quantity import DateMention, Quantity
from standoff.terms.signal import NonSignal, Signal
from standoff.terms.text import Document, Mention, PlaceMention


@dataclass(frozen=True, slots=True)
class Report:
    """A document read: signals, claims, quantities, dates, mentions, and what was no signal.

    `notes` are sentences for the reader of the output ("language: not English; nothing coded").
    """

    document: Document
    signals: tuple[Signal, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    nonsignals: tuple[NonSignal, ...] = ()
    notes: tuple[str, ...] = ()
