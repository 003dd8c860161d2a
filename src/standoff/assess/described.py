"""The system that a dossier is about: shipped, or the description that the dossier itself holds."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import DescriptionError, UnreadableFile
from standoff.ledger import Ledger
from standoff.systems import (
    CausalLink,
    System,
    load_chains,
    load_system,
    parse_chains,
    parse_system,
    shipped_systems,
)

__all__ = ["adopt_system", "chains_of", "own_description", "system_of"]


def system_of(ledger: Ledger) -> System:
    """The system of a dossier. Raises `DescriptionError` where it is neither shipped nor held.

    A record may come from others, so the name in it is never opened as a file, save that of a
    dossier of data model 2 or older, which named a file of its own machine by its whole path.
    """
    held = ledger.description
    if held:
        return parse_system(held["text"], ledger.system)
    name = ledger.system
    if name not in shipped_systems() and not Path(name).is_absolute():
        raise DescriptionError(
            f"a dossier about {name!r}, without its description",
            f"one of {', '.join(shipped_systems())}, or a description in the dossier",
            "standoff system FILE.toml --adopt",
        )
    return load_system(name)


def chains_of(ledger: Ledger) -> tuple[CausalLink, ...]:
    """The causal links declared for the system of a dossier; none where it has none."""
    held = ledger.description
    if held:
        return parse_chains(held["chains"], ledger.system) if held["chains"] else ()
    return load_chains(ledger.system)


def own_description(path: Path) -> dict[str, str]:
    """A description of one's own as a dossier holds it: name, text, and the links beside it.

    Raises `DescriptionError` for one that does not hold together, or `UnreadableFile`.
    """
    beside = path.with_suffix(".chains.csv")
    try:
        text = path.read_text(encoding="utf-8")
        chains = beside.read_text(encoding="utf-8-sig") if beside.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(f"{path} ({why})", "a TOML file in UTF-8", "see --help") from error
    parse_system(text, str(path))
    if chains:
        parse_chains(chains, str(beside))
    return {"name": path.name, "text": text, "chains": chains}


def adopt_system(ledger: Ledger, path: Path, reason: str) -> System:
    """Put a description of one's own in the place of the dossier's, as a decision; undo undoes it."""
    held = own_description(path)
    ledger.describe(held, reason)
    return parse_system(held["text"], held["name"])
