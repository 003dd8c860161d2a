"""Which number rests on which handle, in both directions, for every saved run.

A number of a run (`R-3f2a#war`) rests on levels and signals, a level on signals; a signal is read
in a document and reports an event. The first two are stored with the run, the rest is in the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from standoff.ledger.store import Store


def links_of(run: str, payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs (node, what it rests on) in a run's payload: its `parts`, and the `signals` of `levels`.

    >>> payload = {"parts": {"war": {"rests_on": ["L-JPN>TWN@2021-08-13"]}},
    ...            "levels": [{"handle": "L-JPN>TWN@2021-08-13", "signals": ["S-001"]}]}
    >>> list(links_of("3f2a", payload))
    [('R-3f2a#war', 'L-JPN>TWN@2021-08-13'), ('L-JPN>TWN@2021-08-13', 'S-001')]
    """
    parts = cast("Mapping[str, Mapping[str, Any]]", payload.get("parts") or {})
    for key, part in parts.items():
        for base in cast("Sequence[str]", part.get("rests_on") or ()):
            yield f"R-{run}#{key}", base
    for level in cast("Sequence[Mapping[str, Any]]", payload.get("levels") or ()):
        for base in cast("Sequence[str]", level.get("signals") or ()):
            yield str(level["handle"]), base


class Links:
    """Look-ups over one store. All are by index; none walks the rows."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def uses(self, handle: str) -> tuple[str, ...]:
        """What a handle rests on, one step down: R#part, L, E and D to S; S and C to D.

        Raises nothing for a handle without anything below: the answer is empty.
        """
        kind, _, number = handle.partition("-")
        if kind == "R" and "#" not in handle:
            rows = self.store.query(
                "SELECT DISTINCT node FROM rests WHERE run = ? AND node GLOB 'R-*' ORDER BY node",
                self._run(handle),
            )
            return tuple(str(r[0]) for r in rows)
        if kind in ("R", "L"):
            node = handle
            if kind == "R":
                run, _, part = handle.partition("#")
                node = f"R-{self._run(run)}#{part}"
            rows = self.store.query(
                "SELECT DISTINCT base FROM rests WHERE node = ? ORDER BY base", node
            )
            return tuple(str(r[0]) for r in rows)
        if not number.isdigit():
            return ()
        if kind == "S":
            rows = self.store.query("SELECT document FROM signal WHERE number = ?", int(number))
            return tuple(f"D-{r[0]:03d}" for r in rows)
        if kind == "C":
            rows = self.store.query("SELECT document FROM claim WHERE number = ?", int(number))
            return tuple(f"D-{r[0]:03d}" for r in rows)
        return self._signals(kind, int(number))

    def used_by(self, handle: str) -> tuple[str, ...]:
        """Every number of every saved run that rests on a handle, through levels as well.

        For a document or an event: what rests on any of its signals. For a claim: what rests on a
        signal whose words hold it, for a contradicted claim lowers the weight of that report.
        """
        kind, _, number = handle.partition("-")
        if kind in ("D", "E") and number.isdigit():
            bases = self._signals(kind, int(number))
        elif kind == "C" and number.isdigit():
            rows = self.store.query(
                "SELECT s.number FROM claim c JOIN signal s ON s.document = c.document"
                " AND s.first < c.last AND c.first < s.last WHERE c.number = ?",
                int(number),
            )
            bases = tuple(f"S-{r[0]:03d}" for r in rows)
        else:
            bases = (handle,)
        found: dict[str, None] = {}
        for base in bases:
            rows = self.store.query(
                "SELECT node FROM rests WHERE base = ?1 AND node GLOB 'R-*' UNION"
                " SELECT up.node FROM rests low JOIN rests up"
                " ON up.base = low.node AND up.run = low.run"
                " WHERE low.base = ?1 AND low.node GLOB 'L-*' ORDER BY 1",
                base,
            )
            found |= dict.fromkeys(str(r[0]) for r in rows)
        return tuple(sorted(found))

    def _signals(self, kind: str, number: int) -> tuple[str, ...]:
        if kind == "D":
            rows = self.store.query(
                "SELECT number FROM signal WHERE document = ? AND layer = 'main' ORDER BY number",
                number,
            )
        else:
            rows = self.store.query(
                "SELECT s.number FROM event e JOIN signal s ON s.event_key = e.key"
                " LEFT JOIN decided d ON d.kind = 'S' AND d.number = s.number"
                " WHERE e.number = ?1 AND s.layer = 'main' AND coalesce(d.event_key, e.key) = e.key"
                " UNION SELECT d.number FROM event e JOIN decided d ON d.event_key = e.key"
                " WHERE e.number = ?1 AND d.kind = 'S' ORDER BY 1",
                number,
            )
        return tuple(f"S-{r[0]:03d}" for r in rows)

    def _run(self, handle: str) -> str:
        key = handle.removeprefix("R-")
        rows = self.store.query("SELECT id FROM run WHERE id >= ? AND id < ? || 'g'", key, key)
        return str(rows[0][0]) if len(rows) == 1 else key
