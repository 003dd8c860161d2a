"""Analysis of competing hypotheses: evidence against hypotheses, computed, overridable, logged.

A cell is how likely the evidence is under the hypothesis, over the geometric mean of its likelihoods
under all of them. A person may rate a cell otherwise, with a reason, or add a hypothesis that the model
does not have: both are decisions of the ledger and can be undone.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from standoff.assess.answer import Workbench
from standoff.assess.likelihoods import ATTACK, hypotheses_about, in_series, shares_without
from standoff.assess.moves import LeaveOut
from standoff.assess.sorting import act_of
from standoff.errors import InputError, UnknownHandle
from standoff.ledger import Ledger, StoredSignal

__all__ = [
    "Cell",
    "Hypothesis",
    "Matrix",
    "Row",
    "add_hypothesis",
    "compare_hypotheses",
    "rate_cell",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One hypothesis under one piece of evidence.

    `factor` is None where the model does not have the hypothesis. `rated` is a person's rating, with
    `because` and `by`; it stands in place of the computed one.
    """

    factor: float | None
    computed: str
    rated: str = ""
    because: str = ""
    by: str = ""

    @property
    def rating(self) -> str:
        """The rating that counts: NA where there is none."""
        return self.rated or self.computed or "NA"

    @property
    def counts(self) -> float:
        """The factor that counts; 1 where there is none."""
        return factor_of(self.rated) if self.rated else (self.factor or 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One event with its cells, in the order of the hypotheses.

    `discriminates`: the natural logarithm of the largest over the smallest factor that counts.
    """

    event: str
    signals: tuple[str, ...]
    day: str
    act: str
    quote: str
    cells: tuple[Cell, ...]

    @property
    def discriminates(self) -> float:
        """How far it tells the hypotheses apart."""
        counted = [c.counts for c in self.cells if c.factor is not None or c.rated]
        return math.log(max(counted) / min(counted)) if len(counted) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis: its probability before any report and now (None, where the model has it not).

    `inconsistency` is the sum of -ln(factor) over the evidence that speaks against it, `computed` the same
    before overrides; `against` counts that evidence from a tenth on.
    """

    key: str
    name: str
    before: float | None
    now: float | None
    inconsistency: float = 0.0
    computed: float = 0.0
    against: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hypotheses, the least inconsistent first, and evidence, the most telling first.

    Hypotheses that the model does not have stand below those that it has.
    """

    about: str
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[Row, ...]

    @property
    def telling(self) -> tuple[Row, ...]:
        """The evidence with a cell that is not neutral: the rest tells nothing."""
        return tuple(r for r in self.rows if any(c.rating not in ("N", "NA") for c in r.cells))


@cache
def _ratings() -> tuple[tuple[str, float, float], ...]:
    file = resources.files("standoff.assess") / "data" / "ach.toml"
    rows = tomllib.loads(file.read_text("utf-8"))["rating"]
    return tuple((str(r["letters"]), float(r["least"]), float(r["factor"])) for r in rows)


def rating_of(factor: float) -> str:
    """The rating of a computed factor.

    >>> [rating_of(f) for f in (2.5, 1.2, 1.0, 0.8, 0.3)]
    ['CC', 'C', 'N', 'I', 'II']
    """
    return next(letters for letters, least, _ in _ratings() if factor >= least)


def factor_of(rating: str) -> float:
    """What a rating by hand counts as. Raises `InputError` for other letters."""
    for letters, _, factor in _ratings():
        if letters == rating:
            return factor
    known = ", ".join(r[0] for r in _ratings())
    raise InputError(f"the rating {rating!r}", f"one of {known}", "II: very inconsistent")


def compare_hypotheses(ledger: Ledger, bench: Workbench, about: str = ATTACK) -> Matrix:
    """The matrix of a dossier on the day of a workbench, with what people decided about it."""
    names = hypotheses_about(bench, about)
    every = [s for s in ledger.signals(as_of=bench.at) if s.state != "rejected"]
    codings = {s.handle: s.signal for s in ledger.signals(as_of=bench.at)}
    mover = LeaveOut(bench, codings)
    keys = mover.keys if about == ATTACK else in_series(bench, about)
    groups: dict[str, list[StoredSignal]] = defaultdict(list)
    for item in every:
        if item.event_key in keys:
            groups[item.event].append(item)
    sets = [[s.handle for s in members] for members in groups.values()]
    gone = [h for e in bench.events for h in e.handles]
    told, before = shares_without(bench, mover, codings, about, [[], gone], whole=True)
    now, *without = shares_without(bench, mover, codings, about, [[], *sets])
    own = _own(ledger, about)
    rated = _rated(ledger, about)
    rows: list[Row] = []
    for (event, members), other in zip(groups.items(), without, strict=True):
        likely = now.over(other)
        mean = math.prod(likely) ** (1.0 / len(likely))
        cells = [Cell(v / mean, rating_of(v / mean)) for v in likely]
        cells += [Cell(None, "") for _ in own]
        for place, (key, _) in enumerate((*names, *own)):
            if (event, key) in rated:
                letters, because, by = rated[event, key]
                cells[place] = replace(cells[place], rated=letters, because=because, by=by)
        first = members[0]
        rows.append(
            Row(
                event,
                tuple(s.handle for s in members),
                str(first.signal.date.start or first.available),
                act_of(first),
                first.signal.span.quote,
                tuple(cells),
            )
        )
    made = [
        _weigh(Hypothesis(key, name, before.values[i], told.values[i]), i, rows)
        for i, (key, name) in enumerate(names)
    ]
    made += [
        _weigh(Hypothesis(key, name, None, None), len(names) + i, rows)
        for i, (key, name) in enumerate(own)
    ]
    # Those of one's own stand below: a sum over the few cells that were rated is no sum over all.
    order = sorted(
        range(len(made)),
        key=lambda i: (
            made[i].now is None,
            round(made[i].inconsistency, 9),
            -(made[i].now or 0.0),
            made[i].key,
        ),
    )
    rows.sort(key=lambda r: (-r.discriminates, r.event))
    return Matrix(
        about,
        tuple(made[i] for i in order),
        tuple(replace(r, cells=tuple(r.cells[i] for i in order)) for r in rows),
    )


def _weigh(item: Hypothesis, place: int, rows: Sequence[Row]) -> Hypothesis:
    cells = [r.cells[place] for r in rows]
    return replace(
        item,
        inconsistency=sum(max(0.0, -math.log(c.counts)) for c in cells),
        computed=sum(max(0.0, -math.log(c.factor)) for c in cells if c.factor is not None),
        against=sum(c.rating in ("I", "II") for c in cells),
    )


def rate_cell(
    ledger: Ledger, matrix: Matrix, event: str, key: str, rating: str, because: str
) -> str:
    """Rate a cell by hand, with a reason; the name of the action. It can be undone."""
    factor_of(rating)
    if event not in {r.event for r in matrix.rows}:
        raise UnknownHandle(event, "an event of this matrix", "standoff ach --full")
    added = [k for k, _ in _own(ledger, matrix.about)]
    known = list(dict.fromkeys((*(h.key for h in matrix.hypotheses), *added)))
    if key not in known:
        raise InputError(f"the hypothesis {key!r}", f"one of {', '.join(known)}", "standoff ach")
    if not because.strip():
        raise InputError("a rating without a reason", "why", '--because "..."')
    subject = f"ach:{matrix.about}:{event}:{key}"
    ledger.decide("rate", subject, {"rating": rating}, because)
    return ledger.decisions(subject)[-1].batch


def add_hypothesis(ledger: Ledger, about: str, key: str, name: str, because: str) -> str:
    """Add a hypothesis that the model does not have; its cells are rated by hand. Returns the action."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,23}", key) or not name.strip():
        raise InputError(
            f"the hypothesis {key!r}: {name!r}",
            "a short key and words: theatre: it is meant for audiences at home",
            '--hypothesis "theatre: it is meant for audiences at home"',
        )
    if key in {k for k, _ in _own(ledger, about)}:
        raise InputError(f"the hypothesis {key!r}", "a key that is not taken", "another key")
    ledger.decide("hypothesis", f"ach:{about}:{key}", {"key": key, "name": name.strip()}, because)
    return ledger.decisions(f"ach:{about}:{key}")[-1].batch


def _own(ledger: Ledger, about: str) -> list[tuple[str, str]]:
    return [
        (str(d.payload["key"]), str(d.payload["name"]))
        for d in ledger.decisions(action="hypothesis")
        if d.in_force and d.subject.startswith(f"ach:{about}:")
    ]


def _rated(ledger: Ledger, about: str) -> Mapping[tuple[str, str], tuple[str, str, str]]:
    """Ratings in force by (event, hypothesis): the last one counts."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for d in ledger.decisions(action="rate"):
        head, _, rest = d.subject.partition(f"ach:{about}:")
        if d.in_force and not head and rest:
            event, _, key = rest.partition(":")
            found[event, key] = (str(d.payload["rating"]), d.reason, d.author)
    return found
