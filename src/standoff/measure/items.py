"""The item table: what an act says about which stance, and how strongly.

An item is an ordinal statement on one relation: "level y of K on this rubric". The table is
data (`data/items-1.toml`), versioned and elicited; this file reads it, checks it and looks
signals up in it. Explicitness and officialness never enter y, only the discrimination:

    al = al_type * exp(g_o (officialness - 1/2) + g_e (explicitness / 3 - 1/2))
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from standoff.errors import DescriptionError, UnreadableFile
from standoff.terms import (
    Channel,
    ExtensionEvent,
    PloverEvent,
    Relation,
    Signal,
    Status,
    Valence,
)

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemType:
    """One ordinal scale. `angle` in degrees: 0 words, 45 law and budget, 90 deeds.

    Levels below `cooperative` are cooperation or contact: addressed to one actor on behalf of
    another they are no evidence on the stance towards the one addressed.
    """

    name: str
    relation: Relation
    angle: float
    discrimination: float
    thresholds: tuple[float, ...]
    rubric: tuple[str, ...]
    cooperative: int = 0

    @property
    def levels(self) -> int:
        """K, the number of levels."""
        return len(self.thresholds) + 1


@dataclass(frozen=True, slots=True)
class Item:
    """What a signal says on one relation: level `level` of `type`."""

    type: ItemType
    level: int


@dataclass(frozen=True, slots=True)
class Items:
    """A table of items, as read from its file."""

    name: str
    version: int
    origin: str
    types: Mapping[str, ItemType]
    table: Table

    def look_up(self, signal: Signal, relation: Relation, target: str = "") -> Item | str:
        """The item of `signal` on `relation` to `target`, or why it is no evidence there.

        >>> from standoff.measure import load_items
        >>> sorted(load_items("items-1").types)[:2]
        ['commitment_deeds', 'commitment_law']
        """
        status = cast(Table, self.table["status"][signal.status.value])
        if "skip" in status:
            return str(status["skip"])
        if signal.aggregate:
            return "a summary of many acts is not one dated act"
        if signal.valence is Valence.RETRACT:
            return self._walkback(signal, relation)
        if signal.x_event is ExtensionEvent.DENY:
            return "a denial touches the credibility of the report, not the level"
        channel = signal.channel.value
        extension = self._extension(signal)
        entry = extension or cast(Table, self.table["events"][signal.event.value])
        valence = cast(Table, self.table["valence"][signal.valence.value])
        levels = cast(
            "Mapping[str, int] | None",
            entry.get(relation.value) or _fallback(entry, valence, relation),
        )
        if levels is None:
            return f"{_label(signal)} says nothing on {relation.value}"
        law = bool(entry.get("law")) and signal.channel is Channel.DEEDS
        kind = self.types[f"{relation.value}_{'law' if law else channel}"]
        base = levels[channel]
        if base < kind.cooperative and _for_another(signal, target):
            # "Japan supports Taiwan", addressed to China, is no kindness to China.
            return f"support for another says nothing on hostility to {target}"
        # Event and valence agree first; how far the act has got comes after.
        if not _gives_way(signal):
            base = max(base, _bound(valence, f"{relation.value}_floor", channel, 0))
        base = min(base, _bound(valence, f"{relation.value}_ceiling", channel, kind.levels))
        # What is decided by its nature (an agreement) is no weaker for lying ahead.
        decided = bool(entry.get("decided")) and signal.status is Status.PLANNED
        level = base + (0 if decided else _step(status, relation, channel, base))
        if signal.negated:
            level = 0
        return Item(kind, min(max(level, 0), kind.levels - 1))

    def officialness(self, signal: Signal) -> float:
        """Officialness as a number in [0, 1]."""
        return float(self.table["officialness"][signal.officialness.value])

    def _extension(self, signal: Signal) -> Table | None:
        if signal.x_event is None:
            return None
        return cast(Table, self.table["extensions"][signal.x_event.value])

    def _walkback(self, signal: Signal, relation: Relation) -> Item:
        kind = self.types[f"walkback_{relation.value}"]
        if signal.negated or signal.event is PloverEvent.REJECT:
            return Item(kind, 2)
        return Item(kind, 0 if _gives_way(signal) else 1)


def _gives_way(signal: Signal) -> bool:
    return signal.x_event is ExtensionEvent.WITHDRAW or signal.event in (
        PloverEvent.CONCEDE,
        PloverEvent.RETREAT,
    )


def _bound(valence: Table, name: str, channel: str, default: int) -> int:
    """A floor or ceiling: one number for both channels, or one for each."""
    found = valence.get(name, default)
    if isinstance(found, dict):
        found = cast("Mapping[str, int]", found).get(channel, default)
    return int(found)


def _fallback(entry: Table, valence: Table, relation: Relation) -> Any:
    # Only an entry with no level at all (NONE, DENY) leaves the word to the valence.
    return None if entry else valence.get(relation.value)


def _for_another(signal: Signal, target: str) -> bool:
    proteges = {name for name, _ in signal.protege_weights} | {signal.protege or ""} - {""}
    kind = signal.valence in (Valence.COMMIT, Valence.PREPARE, Valence.NEUTRAL)
    return bool(proteges) and target not in proteges and kind


def _label(signal: Signal) -> str:
    return signal.x_event.value if signal.x_event else signal.event.value


def _step(status: Table, relation: Relation, channel: str, base: int) -> int:
    """Steps that the state of completion adds; it never turns an act into its opposite."""
    if base < 2:
        return 0
    step = int(status.get(channel, 0)) + int(status.get(f"{relation.value}_{channel}", 0))
    return max(step, 1 - base)


# ---------------------------------------------------------------- reading the file


def load_items(name: str | Path = "items-2") -> Items:
    """Read an item table: a shipped name (`items-1`) or a path.

    >>> load_items().version, load_items("items-1").types["hostility_words"].levels
    (4, 5)
    """
    if isinstance(name, str) and not name.endswith(".toml"):
        return _shipped(name)
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{name}: {error}", "an item table in TOML", "items-1, items-2 or check the path"
        ) from error
    return _read(content, str(name))


@cache
def _shipped(name: str) -> Items:
    file = resources.files("standoff.measure").joinpath("data", f"{name}.toml")
    if not file.is_file():
        raise DescriptionError(
            f"the item table {name!r}", "items-1, items-2 or a path to a .toml file", "items-2"
        )
    return _read(file.read_bytes(), name)


def _read(content: bytes, where: str) -> Items:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DescriptionError(
            f"{where}: {error}", "an item table in TOML", "compare it with items-1.toml"
        ) from error
    _require(where, table, "events", [e.value for e in PloverEvent])
    _require(where, table, "extensions", [e.value for e in ExtensionEvent])
    _require(where, table, "valence", [v.value for v in Valence])
    _require(where, table, "status", [s.value for s in Status])
    for part in ("officialness", "grades", "coder", "doubt", "types"):
        _require(where, table, part, [])
    types = {name: _type(where, name, row) for name, row in table["types"].items()}
    wanted = {f"{r.value}_{k}" for r in Relation for k in ("words", "deeds", "law")}
    wanted |= {f"walkback_{r.value}" for r in Relation}
    if missing := sorted(wanted - set(types)):
        raise DescriptionError(f"{where} without the types {missing}", "one of each", "add them")
    for part in ("events", "extensions", "valence"):
        for name, row in table[part].items():
            _check_levels(f"{where}: {part}.{name}", row, types)
    return Items(str(table["name"]), int(table["version"]), str(table["origin"]), types, table)


def _require(where: str, table: Table, part: str, keys: list[str]) -> None:
    rows = table.get(part)
    missing = [k for k in keys if not isinstance(rows, dict) or k not in rows]
    if not isinstance(rows, dict) or missing:
        raise DescriptionError(
            f"{where} without [{part}] {', '.join(missing)}",
            "one entry for each value of the vocabulary",
            "copy the entry from items-1.toml",
        )


def _type(where: str, name: str, row: Table) -> ItemType:
    thresholds = tuple(float(v) for v in row["thresholds"])
    rubric = tuple(str(v) for v in row["rubric"])
    rising = all(a < b for a, b in itertools.pairwise(thresholds))
    if not (rising and thresholds and float(row["discrimination"]) > 0):
        raise DescriptionError(
            f"{where}: types.{name} with thresholds {thresholds}",
            "rising thresholds and a positive discrimination",
            "order them; merge levels that are never used",
        )
    if len(rubric) != len(thresholds) + 1:
        raise DescriptionError(
            f"{where}: types.{name} with {len(rubric)} rubric lines",
            f"{len(thresholds) + 1}, one per level",
            "describe every level",
        )
    relation = Relation(row["relation"])
    angle, al = float(row["angle"]), float(row["discrimination"])
    cooperative = int(row.get("cooperative", 2 if relation is Relation.HOSTILITY else 0))
    return ItemType(name, relation, angle, al, thresholds, rubric, cooperative)


def _check_levels(where: str, row: Table, types: Mapping[str, ItemType]) -> None:
    for relation in Relation:
        levels = cast("Mapping[str, int]", row.get(relation.value, {}))
        for channel, level in levels.items():
            kind = "law" if row.get("law") and channel == "deeds" else channel
            if not 0 <= level < types[f"{relation.value}_{kind}"].levels:
                raise DescriptionError(
                    f"{where}: {relation.value} {channel} level {level}",
                    f"0 to {types[f'{relation.value}_{kind}'].levels - 1}",
                    "use a level of the type's rubric",
                )
        if levels and set(levels) != {c.value for c in Channel}:
            raise DescriptionError(
                f"{where}: levels for {sorted(levels)}", "words and deeds", "give both"
            )
