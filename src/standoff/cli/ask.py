"""What `read --coder llm` needs: options put together, consent asked for, the host announced."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from standoff.cli.common import progress
from standoff.errors import BadRecord, EndpointFailure

if TYPE_CHECKING:
    from standoff.read import Consent, LlmReading

KEY = "STANDOFF_LLM_KEY"


@dataclass(frozen=True, slots=True)
class Asking:
    """The options of one run that asks a model."""

    base_url: str
    model: str
    cache: Path | None
    replay: bool
    consent: bool


def read_by_model(
    asking: Asking, text: str, *, published: date, source: str, title: str, dossier: Path | None
) -> LlmReading:
    """Code a text with a model. Says before it starts where the text goes.

    Raises `BadRecord` for missing options, `NoConsent` where nobody agreed, `EndpointFailure` where
    no answer of the model can be used.
    """
    from standoff.read import Endpoint, ReplayCache, read_with_llm

    if not asking.base_url or not asking.model:
        raise BadRecord(
            "--coder llm without --base-url and --model", "both",
            "--base-url http://127.0.0.1:8080/v1 --model NAME",
        )  # fmt: skip
    if asking.replay and asking.cache is None:
        raise BadRecord("--replay without --cache", "a folder of replies", "--cache FOLDER")
    endpoint = Endpoint(asking.base_url, asking.model, key=os.environ.get(KEY, ""))
    cache = ReplayCache(asking.cache, asking.replay) if asking.cache is not None else None
    agreed = None if asking.replay else _agreement(asking, dossier)
    reading = read_with_llm(
        text, published=published, endpoint=endpoint, consent=agreed, cache=cache, source=source,
        title=title, announce=progress,
    )  # fmt: skip
    if reading.unanswered and not reading.report.signals:
        raise EndpointFailure(
            f"no usable answer from {asking.base_url} (model {asking.model})",
            "items in the schema, with words of the text",
            "another model, or --coder rules; nothing was stored",
        )
    return reading


def _agreement(asking: Asking, dossier: Path | None) -> Consent | None:
    """The agreement on record; on a terminal it is asked for, with --consent it is written down."""
    from standoff.read import consent_for, record_consent

    if dossier is None:
        return None
    found = consent_for(dossier, asking.base_url)
    if found is not None:
        return found
    agreed = asking.consent
    if not agreed and sys.stdin.isatty() and sys.stderr.isatty():
        agreed = typer.confirm(
            f"May texts of {dossier.name} be sent to {asking.base_url}? This is recorded", err=True
        )
    return record_consent(dossier, asking.base_url, getpass.getuser()) if agreed else None
