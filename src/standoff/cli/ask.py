"""What a model coder needs: options put together, consent asked for, the host announced."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.errors import BadRecord

if TYPE_CHECKING:
    from standoff.assess import CodingModel
    from standoff.read import Consent

KEY = "STANDOFF_LLM_KEY"

BaseUrlOption = Annotated[
    str, typer.Option("--base-url", help="An OpenAI-compatible endpoint, for a model coder.")
]
ModelOption = Annotated[str, typer.Option("--model", help="Its model.")]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="Folder that keeps the model's replies.")
]
ReplayOption = Annotated[
    bool, typer.Option("--replay", help="Take replies from --cache only; nothing is sent.")
]
ConsentOption = Annotated[
    bool, typer.Option("--consent", help="Record that texts of --dossier may be sent there.")
]


@dataclass(frozen=True, slots=True)
class Asking:
    """The options of one run that asks a model; with `both` the rules code beside it."""

    base_url: str
    model: str
    cache: Path | None = None
    replay: bool = False
    consent: bool = False
    both: bool = False


def model_of(asking: Asking, home: Path | None) -> CodingModel:
    """The model of a run. The agreement stands beside `home`, the dossier or the output of a batch.

    On a terminal it is asked for, with --consent it is written down. Raises `BadRecord` for missing
    options.
    """
    from standoff.assess import CodingModel
    from standoff.read import Endpoint, ReplayCache

    if not asking.base_url or not asking.model:
        raise BadRecord(
            "a model coder without --base-url and --model", "both",
            "--base-url http://127.0.0.1:8080/v1 --model NAME",
        )  # fmt: skip
    if asking.replay and asking.cache is None:
        raise BadRecord("--replay without --cache", "a folder of replies", "--cache FOLDER")
    endpoint = Endpoint(asking.base_url, asking.model, key=os.environ.get(KEY, ""))
    cache = ReplayCache(asking.cache, asking.replay) if asking.cache is not None else None
    agreed = None if asking.replay else _agreement(asking, home)
    return CodingModel(endpoint, agreed, cache, asking.both)


def _agreement(asking: Asking, home: Path | None) -> Consent | None:
    """The agreement on record; on a terminal it is asked for, with --consent it is written down."""
    from standoff.read import consent_for, record_consent

    if home is None:
        return None
    found = consent_for(home, asking.base_url)
    if found is not None:
        return found
    agreed = asking.consent
    if not agreed and sys.stdin.isatty() and sys.stderr.isatty():
        agreed = typer.confirm(
            f"May texts of {home.name} be sent to {asking.base_url}? This is recorded", err=True
        )
    return record_consent(home, asking.base_url, getpass.getuser()) if agreed else None
