"""Text to signals and claims: deterministic, offline, every code tied to its exact span.

>>> from datetime import date
>>> from standoff.read import read_report
>>> report = read_report("China fired missiles near Taiwan.", published=date(2022, 8, 4))
>>> [(s.event.value, s.channel.value, s.span.quote) for s in report.signals]
[('MOBILIZE', 'deeds', 'China fired missiles near Taiwan')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.read.actors import ActorTable, load_actors, read_actors, refuse_faults
    from standoff.read.argument import read_argument
    from standoff.read.bulk import BatchItem, BatchResult, Progress, read_batch
    from standoff.read.documents import SourceText, load_documents, load_file
    from standoff.read.gazetteer import Entry as ActorEntry
    from standoff.read.language import Language, language_of
    from standoff.read.llm import (
        Consent,
        Endpoint,
        LlmReading,
        ReplayCache,
        consent_for,
        read_with_llm,
        record_consent,
    )
    from standoff.read.report import read_report

__all__ = [
    "ActorEntry",
    "ActorTable",
    "BatchItem",
    "BatchResult",
    "Consent",
    "Endpoint",
    "Language",
    "LlmReading",
    "Progress",
    "ReplayCache",
    "SourceText",
    "consent_for",
    "language_of",
    "load_actors",
    "load_documents",
    "load_file",
    "read_actors",
    "read_argument",
    "read_batch",
    "read_report",
    "read_with_llm",
    "record_consent",
    "refuse_faults",
]

# Each name is loaded when it is first used: one article in a cold process needs neither the bulk
# reader nor a language model's client (0.2 s).
_HOMES = {
    "ActorEntry": ("gazetteer", "Entry"),
    "ActorTable": ("actors", ""),
    "BatchItem": ("bulk", ""),
    "BatchResult": ("bulk", ""),
    "Consent": ("llm", ""),
    "Endpoint": ("llm", ""),
    "Language": ("language", ""),
    "LlmReading": ("llm", ""),
    "Progress": ("bulk", ""),
    "ReplayCache": ("llm", ""),
    "SourceText": ("documents", ""),
    "consent_for": ("llm", ""),
    "language_of": ("language", ""),
    "load_actors": ("actors", ""),
    "load_documents": ("documents", ""),
    "load_file": ("documents", ""),
    "read_actors": ("actors", ""),
    "read_argument": ("argument", ""),
    "read_batch": ("bulk", ""),
    "read_report": ("report", ""),
    "read_with_llm": ("llm", ""),
    "record_consent": ("llm", ""),
    "refuse_faults": ("actors", ""),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, own = _HOMES[name]
    value = getattr(import_module(f"{__name__}.{home}"), own or name)
    globals()[name] = value
    return value
