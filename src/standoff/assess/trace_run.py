"""A run and its numbers as nodes of `why`: lines of the ledger, coefficients, stances, signals.

A number rests on what was measured when it was made (`resting`): lines of the ledger of updates by
how far they go, inputs by the share of the spread that they carry, signals by their influence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from standoff.assess.node import Why
from standoff.errors import UnknownHandle
from standoff.ledger import StoredRun

LINES, SIGNALS, NESTED = 6, 6, 3
"""Lines, signals, and inputs of a line that are shown: the widest."""
Child = Callable[[str, str], Why]
Part = Mapping[str, Any]


def run_node(stored: StoredRun) -> Why:
    """A run as a whole: its question, its day, how it was made, and the names of its numbers."""
    payload = stored.payload
    details = (
        ("question", str(payload["question"])),
        ("as of", stored.as_of.isoformat()),
        ("computed", f"{payload['software']}; {payload['draws']} draws, seed {payload['seed']}"),
        ("numbers", ", ".join(payload["parts"])),
    )
    return Why(stored.handle, str(payload["title"]), details)


def part_node(stored: StoredRun, key: str, child: Child, depth: int, most: int = 6) -> Why:
    """One number of a run; `child` makes the node of a signal, claim or level, with a weight."""
    parts = cast("dict[str, dict[str, Any]]", stored.payload["parts"])
    if key not in parts:
        raise UnknownHandle(
            f"{stored.handle}#{key}",
            f"a number of {stored.handle}: {', '.join(parts)}",
            f"why {stored.handle}",
        )
    part = parts[key]
    details = [("how", str(part["how"]))]
    above = [k for k, p in parts.items() if key in p.get("lines", {})]
    if above:
        details.append(("used by", ", ".join(f"{stored.handle}#{k}" for k in above)))
    children: tuple[Why, ...] = ()
    if depth > 0:
        lines = _lines(stored, part, child, depth)
        children = (
            *lines,
            *_inputs(stored, part, child, most),
            *_signals(stored, part, child, bool(lines)),
        )
    line = f"{part['label']}: {_printed(part)}, as of {stored.as_of}"
    return Why(f"{stored.handle}#{key}", line, tuple(details), children)


CHANCES = ("probability", "share")
"""Units that are printed in per cent, as on every screen."""


def _printed(part: Mapping[str, Any]) -> str:
    """A number with its interval and unit; a probability in per cent, with the digits that the screen rounds."""
    value, low, high = part.get("mean", part["median"]), part["low"], part["high"]
    if part["unit"] in CHANCES:
        spread = "" if low == high else f" ({100 * low:.4g} to {100 * high:.4g} %)"
        return f"{100 * value:.4g} %{spread}"
    return f"{value:.4g} ({low:.4g} to {high:.4g}) {part['unit']}"


def input_node(stored: StoredRun, name: str, share: float | None = None) -> Why:
    """A coefficient, slope or rate: value, interval, unit, origin, source, and what rests on it."""
    held = cast("dict[str, Any]", stored.payload["inputs"])[name]
    median, low, high = held["value"]
    details = [("source", str(held["source"]))]
    if share is not None:
        details.insert(0, ("share", f"{share:.0%} of the spread of the number above"))
    else:
        users = sorted(
            ((p["shares"][name], k) for k, p in stored.payload["parts"].items()
             if name in p.get("shares", {})), reverse=True,
        )  # fmt: skip
        details += [
            ("used by", f"{stored.handle}#{k}: {s:.0%} of its spread") for s, k in users[:12]
        ]
        if len(users) > 12:
            details.append(("used by", f"{len(users) - 12} more numbers"))
    line = (
        f"{held['kind']}: {median:.3g} ({low:.3g} to {high:.3g}) {held['unit']}; {held['origin']}"
    )
    return Why(name, line, tuple(details))


def _ranked(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    """The largest first: a stored table is in the order of its names."""
    return sorted(shares.items(), key=lambda item: (-item[1], item[0]))


def _lines(stored: StoredRun, part: Part, child: Child, depth: int) -> tuple[Why, ...]:
    found: list[Why] = []
    for key, share in _ranked(part.get("lines", {}))[:LINES]:
        node = part_node(stored, key, child, depth - 1, NESTED)
        weight = ("weight", f"{share:.0%} of the way from the base rate to the answer")
        found.append(Why(node.handle, node.line, (weight, *node.details), node.rests_on))
    return tuple(found)


def _inputs(stored: StoredRun, part: Part, child: Child, most: int) -> tuple[Why, ...]:
    """Coefficients and stances by the share of the spread that they carry."""
    inputs = cast("dict[str, Any]", stored.payload.get("inputs", {}))
    found: list[Why] = []
    seen: set[str] = set()
    for name, share in _ranked(part.get("shares", {}))[:most]:
        handle = inputs[name]["handle"]
        if not handle:
            found.append(input_node(stored, name, share))
        elif handle not in seen:
            seen.add(handle)
            both = sum(s for n, s in part["shares"].items() if inputs[n]["handle"] == handle)
            found.append(child(handle, f"{both:.0%} of the spread of the number above"))
    return tuple(found)


def _signals(stored: StoredRun, part: Part, child: Child, lines: bool) -> tuple[Why, ...]:
    """The signals that a number names, by their influence on the answer; then levels of old runs."""
    moved = _influence(stored)
    bases = cast("Sequence[str]", part["rests_on"])
    signals = [h for h in bases if not h.startswith("L-")]
    # Lines carry their own signals; a run of an older version has levels and no shares.
    old = not (part.get("shares") or part.get("lines"))
    levels = [h for h in bases if h.startswith("L-")] if old else []
    if lines:
        signals = []
    ranked = sorted(signals, key=lambda h: (-abs(math.log(moved.get(h, 1.0))), h))
    found = [
        child(h, f"×{moved[h]:.2f} on the chance of an attack" if h in moved else "")
        for h in ranked[:SIGNALS]
    ]
    return (*found, *(child(h, "") for h in levels))


def _influence(stored: StoredRun) -> dict[str, float]:
    """What the events left out in turn do to the answer, by the handles of their signals."""
    found: dict[str, float] = {}
    for item in cast("Sequence[Mapping[str, Any]]", stored.payload.get("influences", ())):
        for handle in item["signals"]:
            found[handle] = max(float(item["multiplier"]["mean"]), 1e-12)
    return found
