"""Benches that are kept while a person tries levers: building one takes a second, asking it none."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date

from standoff.api.screens.view import View
from standoff.assess import Workbench, open_bench
from standoff.measure import Stance

DRAWS = 2000
KEPT = 4
Key = tuple[str, str, date, str | None, tuple[int, ...]]


class Benches:
    """The last few benches, each for a dossier in one state on one day."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Workbench] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, view: View) -> Workbench:
        """The bench of a view: the draws are those of an assessment of the same day."""
        key = (
            str(view.ledger.path.resolve()), view.system.slug, view.day, view.recorded_by,
            state_of(view),
        )  # fmt: skip
        # One at a time: two pages that want the same bench should build it once.
        with self._lock:
            held = self._kept.pop(key, None)
            bench = held or open_bench(view.ledger, view.system, as_of=view.day, draws=DRAWS)
            self._kept[key] = bench
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return bench

    def stance(self, view: View) -> Stance:
        """The stance of a view."""
        return self.of(view).stance


def state_of(view: View) -> tuple[int, ...]:
    """The last number of every table: it changes with whatever anybody stores."""
    query = view.ledger.store.query
    return tuple(
        int(query(" ".join(("SELECT max(rowid) FROM", t)))[0][0] or 0)
        for t in ("document", "signal", "claim", "decision")
    )


BENCHES = Benches()
