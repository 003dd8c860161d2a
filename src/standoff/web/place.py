"""Where a page is: dossier, screen, day, selection, and the addresses that lead from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

from standoff.errors import ImpossibleDate, NoDossier

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
KEPT = ("asof", "rec", "sel")
"""What every screen shares, and every address within a dossier carries."""
SCREENS = (
    ("desk", "Desk", "What stands, what to do"),
    ("text", "Dossier", "Texts with their marks"),
    ("timeline", "Timeline", "Words and deeds over time"),
    ("map", "Map", "Places, distances, reach"),
    ("system", "System", "Who deters whom"),
    ("whatif", "What-if", "Levers and differences"),
    ("brief", "Brief", "The answer on paper"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address within a dossier, read from a request.

    `query` is the whole query; `asof`, `rec` and `sel` are kept when one goes to another screen.
    """

    path: Path
    screen: str
    rest: str
    query: Mapping[str, str]

    @property
    def name(self) -> str:
        """The dossier's name in addresses."""
        return self.path.stem

    @property
    def asof(self) -> date | None:
        """The day that was asked for. Raises `ImpossibleDate`."""
        text = self.query.get("asof", "").strip()
        return day_of(text) if text else None

    @property
    def rec(self) -> str | None:
        """The day to which the record itself is rolled back. Raises `ImpossibleDate`."""
        text = self.query.get("rec", "").strip()
        return day_of(text).isoformat() if text else None

    @property
    def sel(self) -> str:
        """The handle that is selected everywhere; "" where none is."""
        text = self.query.get("sel", "").strip().upper()
        return text if re.fullmatch(r"[SCED]-\d{1,7}", text) else ""

    def get(self, key: str, default: str = "") -> str:
        """One value of the query."""
        return self.query.get(key, default)

    def to(self, screen: str, rest: str = "", **more: str | None) -> str:
        """The address of a screen with the day and the selection kept; None takes one out."""
        kept = {k: self.query[k] for k in KEPT if self.query.get(k)}
        return self._address(screen, rest, {**kept, **more})

    def here(self, **more: str | None) -> str:
        """This address with parts of its query changed; None takes one out."""
        return self._address(self.screen, self.rest, {**self.query, **more})

    def why(self, handle: str) -> str:
        """Where a handle is explained."""
        return self.to("why", h=handle)

    def card(self, handle: str, document: str) -> str:
        """A signal or claim in its text."""
        return self.to("text", document, sel=handle) + f"#{handle}"

    def _address(self, screen: str, rest: str, query: Mapping[str, str | None]) -> str:
        tail = f"/{quote(rest)}" if rest else ""
        given = urlencode({k: v for k, v in query.items() if v})
        return f"/d/{quote(self.name)}/{screen}{tail}" + (f"?{given}" if given else "")


def day_of(text: str) -> date:
    """A day of an address. Raises `ImpossibleDate`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImpossibleDate(
            f"the day {text!r}", "a calendar day as YYYY-MM-DD", "2021-08-13"
        ) from error


def find(folder: Path, name: str) -> Path:
    """The dossier of a name in the folder; no name leads out of it. Raises `NoDossier`."""
    path = folder / f"{name}.standoff"
    if NAME.fullmatch(name) and path.is_file() and not path.is_symlink():
        return path
    raise NoDossier(
        f"no dossier {name!r} in this folder", "one of the start page", "go to the start"
    )


def inside(folder: Path) -> tuple[Path, ...]:
    """The dossiers of a folder whose names can stand in an address, the latest first."""
    found = [p for p in folder.glob("*.standoff") if NAME.fullmatch(p.stem) and p.is_file()]
    return tuple(sorted(found, key=lambda p: (-p.stat().st_mtime, p.name)))
