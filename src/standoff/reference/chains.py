"""Island chains: lands in order, the passages between them, and what opens when one falls.

The first island chain is an idea of strategists, not a place with a border: sources differ on
where it begins and ends. Our row of lands runs from Kyushu over the Ryukyu islands, Taiwan and
Luzon to Borneo, with the passages that ships use between them. Who holds a land is read from the
gazetteer; widths are measured on our coastlines, coast to coast, with their error.

A passage is *closed* while both shores are held by others than the challenger, *shared* when he
holds one, and *his* when he holds both. A chain is broken when he holds any land of it.

Examples:
    >>> [link.place.id for link in island_chain()][6:9]
    ['yonaguni', 'taiwan', 'batanes']
    >>> fall = chain_after(["taiwan"], "CHN")
    >>> fall.broken, [p.name for p in fall.opened]
    (True, ['Yonaguni Strait', 'Bashi Channel'])
    >>> fall.nearest.south.id, round(fall.nearest.km)      # the nearest shore still held
    ('taiwan', 108)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from standoff.errors import UnknownPlace
from standoff.reference.place_table import Place, place
from standoff.reference.provenance import Provenance, read_rows
from standoff.reference.regions import distance

__all__ = ["ChainLink", "ChainState", "Passage", "chain_after", "island_chain", "passages"]

PassageState = Literal["closed", "shared", "his"]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A land of a chain and the name of the passage to the next one south; empty at the end."""

    order: int
    place: Place
    passage: str
    origin: Provenance


@dataclass(frozen=True, slots=True)
class Passage:
    """The water between two lands of a chain.

    Attributes:
        name: as sailors or reports call it.
        north, south: the lands on either side.
        km: coast to coast, kilometres; islets between the two make the true gaps smaller.
        error_km: error of the coastlines in it.
    """

    name: str
    north: Place
    south: Place
    km: float
    error_km: float


@dataclass(frozen=True, slots=True)
class ChainState:
    """A chain after some lands fell to a challenger.

    Attributes:
        fallen: the lands that he holds.
        states: each passage with its state, north to south.
        opened: passages that were closed before and are not any more.
        nearest: the narrowest of them, None when none opened.
        broken: does he hold any land of the chain?
    """

    fallen: tuple[Place, ...]
    states: tuple[tuple[Passage, PassageState], ...]
    opened: tuple[Passage, ...]
    nearest: Passage | None
    broken: bool


@lru_cache(maxsize=4)
def island_chain(name: str = "first") -> tuple[ChainLink, ...]:
    """The lands of a chain from north to south.

    Raises:
        UnknownPlace: no chain of this name.
    """
    rows = [r for r in read_rows("island_chain.csv") if r["chain"] == name]
    if not rows:
        raise UnknownPlace(f"the island chain {name!r}", "first", "island_chain('first')")
    links = (
        ChainLink(
            int(r["order"]), place(r["place"]), r["passage"], Provenance.of(r, "island_chain.csv")
        )
        for r in rows
    )
    return tuple(sorted(links, key=lambda link: link.order))


@lru_cache(maxsize=4)
def passages(name: str = "first") -> tuple[Passage, ...]:
    """The passages of a chain from north to south, measured.

    Example:
        >>> widest = max(passages(), key=lambda p: p.km)
        >>> widest.name
        'Mindoro Strait and Linapacan Strait'
    """
    links = island_chain(name)
    found: list[Passage] = []
    for north, south in pairwise(links):
        gap = distance(north.place, south.place)
        found.append(Passage(north.passage, north.place, south.place, gap.km, gap.resolution_km))
    return tuple(found)


def chain_after(fallen: Iterable[str], challenger: str, name: str = "first") -> ChainState:
    """The state of a chain once a challenger holds some lands of it.

    Args:
        fallen: ids of lands of the chain that fall to him; those he holds by the gazetteer count
            in any case.
        challenger: actor code.

    Raises:
        UnknownPlace: a land that is not part of the chain.
    """
    links = island_chain(name)
    known = {link.place.id for link in links}
    lost = set(fallen)
    strangers = sorted(lost - known)
    if strangers:
        raise UnknownPlace(
            f"{strangers[0]!r} as a land of the {name} island chain",
            ", ".join(link.place.id for link in links),
            "take one of these",
        )
    own = {link.place.id for link in links if link.place.actor == challenger}
    held = own | lost

    def state(passage: Passage, his: set[str]) -> PassageState:
        north, south = passage.north.id in his, passage.south.id in his
        if north and south:
            return "his"
        return "shared" if north or south else "closed"

    measured = passages(name)
    states: tuple[tuple[Passage, PassageState], ...] = tuple((p, state(p, held)) for p in measured)
    opened = tuple(p for p, now in states if now != "closed" and state(p, own) == "closed")
    return ChainState(
        fallen=tuple(link.place for link in links if link.place.id in held),
        states=states,
        opened=opened,
        nearest=min(opened, key=lambda p: p.km, default=None),
        broken=bool(held),
    )
