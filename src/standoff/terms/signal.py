"""The signal: one coded act or statement, tied to the words that report it."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.terms.enums import (
    AttributionKind,
    Channel,
    Cost,
    ExtensionEvent,
    Officialness,
    PloverEvent,
    Status,
    Valence,
)
from standoff.terms.quantity import Period, Quantity
from standoff.terms.text import Party, PlaceMention, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of who says so, outermost first."""

    speaker: str
    kind: AttributionKind
    span: Span | None = None


SAID = "said"
"""Field of the part that holds a source's own words beside the note of a coder."""


def worded(words: str, *, noted: bool, said: str = "") -> str:
    """Words as they are shown: quotation marks stand only round the words of a source.

    `noted` says that `words` are the note of a coder; `said` are the source's own words beside it.

    >>> worded("they repeat the line", noted=True, said="peace and stability")
    'note: they repeat the line; source: «peace and stability»'
    >>> worded("peace and stability", noted=False)
    '«peace and stability»'
    """
    if not noted:
        return f"«{words}»"
    return f"note: {words}" + (f"; source: «{said}»" if said else "")


@dataclass(frozen=True, slots=True)
class Part:
    """Which words gave which field: what `read --explain` prints."""

    field: str
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One act or statement by `sources` towards `targets`.

    `id` is unique within its document ("s3"). `explicitness` runs 0-3: nothing promised or
    threatened; vague concern; a clear object but the action open or hedged; object and action
    both named. `protege` is whom the signal protects; `protege_weights` shares a deed out among
    several (they sum to one). `confidences` are (field, share of such fields that coders agree
    with). Fields follow `docs/reference/record.md`.
    """

    id: str
    span: Span
    trigger: Span
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    event: PloverEvent
    channel: Channel
    status: Status
    officialness: Officialness
    explicitness: int
    cost: Cost
    valence: Valence
    date: Period
    mode: str | None = None
    x_event: ExtensionEvent | None = None
    contexts: tuple[str, ...] = ()
    protege: str | None = None
    protege_weights: tuple[tuple[str, float], ...] = ()
    commitment: str = ""
    condition: str = ""
    place: PlaceMention | None = None
    quantities: tuple[Quantity, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    negated: bool = False
    aggregate: bool = False
    event_key: str = ""
    replies_to: tuple[str, ...] = ()
    retracts: tuple[str, ...] = ()
    coder: str = "rules"
    rule: str = ""
    confidence: float = 1.0
    confidences: tuple[tuple[str, float], ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def said(self) -> str:
        """The source's own words where `span` is the note of a coder; empty where none were kept."""
        return next((p.span.quote for p in self.parts if p.field == SAID and p.span), "")

    @property
    def source_actors(self) -> tuple[str, ...]:
        """Actor codes of the sources, in order."""
        return tuple(p.actor for p in self.sources)

    @property
    def target_actors(self) -> tuple[str, ...]:
        """Actor codes of the targets, in order."""
        return tuple(p.actor for p in self.targets)


@dataclass(frozen=True, slots=True)
class NonSignal:
    """A clause that looked like a signal and is none: hypothetical, denied, quoted history ..."""

    span: Span
    reason: str
    would_be: str = ""
