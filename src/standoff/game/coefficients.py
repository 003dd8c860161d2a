"""The versioned file of coefficients: every line with prior, unit, source and origin."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.game.priors import Prior
from standoff.terms import Origin

SHIPPED = "coefficients-2"
ROLES = ("", "patron", "ally", "proliferator")
TAGS = ("", "denial", "punishment")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of the template.

    `per` says whose it is: "" one for all, "patron", "ally" (every other defender) or
    "proliferator": then each actor of that role has its own draw, stored under `alias:ACTOR`.
    """

    name: str
    block: str
    unit: str
    prior: Prior
    origin: Origin
    source: str
    per: str = ""
    alias: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PriorSet:
    """A named reading of the literature: the priors it replaces, and its share of the draws."""

    name: str
    source: str
    origin: Origin
    share: float
    priors: Mapping[str, Prior] = field(default_factory=dict[str, Prior])


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A file of coefficients, in file order, with its prior sets."""

    name: str
    note: str
    items: tuple[Coefficient, ...]
    sets: tuple[PriorSet, ...]

    def __getitem__(self, name: str) -> Coefficient:
        """The coefficient of that name. Raises `DescriptionError` when there is none."""
        for item in self.items:
            if item.name == name:
                return item
        raise DescriptionError(
            f"coefficient {name!r}", f"a name of {self.name}", "see docs/reference/game.md"
        )

    @property
    def blocks(self) -> tuple[str, ...]:
        """Blocks in file order, as the tornado shows them."""
        return tuple(dict.fromkeys(c.block for c in self.items))

    def only(self, name: str) -> Coefficients:
        """The same coefficients under one prior set alone.

        >>> load_coefficients().only("hands-tied").sets[0].share
        1.0
        """
        for item in self.sets:
            if item.name == name:
                alone = PriorSet(item.name, item.source, item.origin, 1.0, item.priors)
                return Coefficients(self.name, self.note, self.items, (alone,))
        raise DescriptionError(
            f"prior set {name!r}",
            f"one of {', '.join(s.name for s in self.sets)}",
            "use one of those names",
        )


@lru_cache(maxsize=8)
def load_coefficients(name_or_path: str | None = None) -> Coefficients:
    """The shipped coefficients, or a file of your own (for example one that a fit has written).

    >>> load_coefficients()["challenger_stake"].prior
    Prior(kind='lognormal', numbers=(4.0, 0.35))
    """
    name = name_or_path or SHIPPED
    shipped = resources.files("standoff.game") / "data" / f"{name}.toml"
    if shipped.is_file():
        return parse_coefficients(shipped.read_text(encoding="utf-8"), name)
    path = Path(name)
    if not path.is_file():
        raise DescriptionError(
            f"coefficients {name!r}", f"{SHIPPED}, or a path to a TOML file", "check the path"
        )
    return parse_coefficients(path.read_text(encoding="utf-8"), str(path))


def parse_coefficients(text: str, origin: str) -> Coefficients:
    """Parse a coefficient file. `origin` names it in messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DescriptionError(f"{origin}: {error}", "valid TOML", "correct that line") from error
    items = tuple(_coefficient(t, origin) for t in _tables(raw, "coefficient"))
    names = [c.name for c in items]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice or not items:
        raise DescriptionError(
            f"{origin}: {', '.join(twice) or 'no coefficient'}",
            "each coefficient once",
            "correct the file",
        )
    sets = tuple(_prior_set(t, origin, names) for t in _tables(raw, "prior_set"))
    if not sets:
        sets = (PriorSet("all", origin, Origin.ELICITED, 1.0),)
    if abs(sum(s.share for s in sets) - 1.0) > 1e-9:
        raise DescriptionError(
            f"{origin}: prior sets with shares {[s.share for s in sets]}",
            "shares that sum to one",
            "correct the shares",
        )
    return Coefficients(str(raw.get("name", origin)), str(raw.get("note", "")), items, sets)


def _tables(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", raw.get(name, []))


def _coefficient(table: Mapping[str, Any], origin: str) -> Coefficient:
    place = f"{origin}: coefficient {table.get('name')!r}"
    try:
        name = str(table["name"])
        item = Coefficient(
            name=name,
            block=str(table["block"]),
            unit=str(table["unit"]),
            prior=Prior.parse(cast("dict[str, Any]", table["prior"]), place),
            origin=Origin(table["origin"]),
            source=str(table["source"]),
            per=str(table.get("per", "")),
            alias=str(table.get("as", name)),
            tag=str(table.get("tag", "")),
        )
    except KeyError as error:
        raise DescriptionError(f"{place} without {error}", "that key", "add it") from error
    except ValueError as error:
        raise DescriptionError(
            f"{place}: {error}", f"an origin of {', '.join(Origin)}", "correct it"
        ) from error
    if item.per not in ROLES or item.tag not in TAGS:
        raise DescriptionError(
            f"{place} with per {item.per!r} and tag {item.tag!r}",
            f"per one of {ROLES}, tag one of {TAGS}",
            "correct it",
        )
    return item


def _prior_set(table: Mapping[str, Any], origin: str, names: list[str]) -> PriorSet:
    name = str(table.get("name"))
    priors = cast("dict[str, dict[str, Any]]", table.get("priors", {}))
    unknown = sorted(set(priors) - set(names))
    if unknown:
        raise DescriptionError(
            f"{origin}: prior set {name!r} replaces {', '.join(unknown)}",
            "names of coefficients in the same file",
            "correct the names",
        )
    return PriorSet(
        name,
        str(table.get("source", "")),
        Origin(table.get("origin", "elicited")),
        float(table.get("share", 0.0)),
        {k: Prior.parse(v, f"{origin}: prior set {name!r}, {k}") for k, v in priors.items()},
    )
