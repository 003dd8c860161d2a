"""What-if: levers on the game, acts that are supposed, and the difference on common draws."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.api.screens.benches import BENCHES
from standoff.api.screens.picture import Picture
from standoff.api.screens.view import View
from standoff.api.screens.whatpicture import Bar, dots_picture, tornado_picture
from standoff.assess import Workbench, added_events, kinds_to_add
from standoff.brief import interval, likelihood_range, percent
from standoff.errors import InputError
from standoff.game import Solutions, contrast, levers, solve_batch
from standoff.systems import System
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]
MOST = 4
"""Scenarios that can be compared."""
SEEN = 40
"""Levers that one scenario may hold: more would be no supposition."""


@dataclass(frozen=True, slots=True)
class Handle:
    """One lever on the screen: what it changes, how, where it rests, and where its value is from.

    `mode` is add (standard deviations or log-odds), multiply or set. `value` is what was chosen,
    `rest` what changes nothing; `now` the median of the draws.
    """

    name: str
    label: str
    group: str
    mode: str
    low: float
    high: float
    step: float
    rest: float
    value: float
    now: str
    source: str
    handle: str
    main: bool

    @property
    def moved(self) -> bool:
        """Whether it was moved."""
        return self.value != self.rest


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity without and with the change: means, intervals, the difference, its direction."""

    key: str
    label: str
    given: str
    before: str
    after: str
    difference: str
    interval: str
    lower: str
    clear: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of changes."""

    name: str
    levers: tuple[tuple[str, float], ...]
    acts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The scenario as it stands in an address.

        >>> Scenario("strong", (("deeds:JPN", 1.0),), ("MOBILIZE:3",)).text
        'strong~deeds:JPN=1~+MOBILIZE:3'
        """
        return "~".join(
            [self.name, *(f"{k}={v:g}" for k, v in self.levers), *(f"+{a}" for a in self.acts)]
        )

    def told(self, names: Mapping[str, str]) -> str:
        """What it supposes, in words: `names` gives each lever its name.

        >>> Scenario("strong", (("deeds:JPN", 1.0),)).told({"deeds:JPN": "Japan, deeds +"})
        'Japan, deeds +1'
        """
        parts = [f"{names.get(k, k + ' = ')}{v:g}" for k, v in self.levers]
        return "; ".join([*parts, *self.acts]) or "nothing changed"


@dataclass(frozen=True, slots=True)
class Compared:
    """A kept scenario and what it does to the answer."""

    scenario: Scenario
    told: str
    attack: str
    interval: str
    difference: str
    lower: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The screen: levers, the answer without and with them, and what is beside it."""

    handles: tuple[Handle, ...]
    acts: tuple[str, ...]
    known_acts: tuple[str, ...]
    scenario: Scenario
    told: str
    rows: tuple[Row, ...]
    word_before: str
    word_after: str
    lower: str
    warnings: tuple[str, ...]
    passed: tuple[str, ...]
    dots: Picture
    compared: tuple[Compared, ...]
    draws: int


def whatif_screen(
    view: View, chosen: Mapping[str, str], acts: str = "", kept: Sequence[str] = ()
) -> WhatIf:
    """The answer of the day under the levers `chosen` (name to amount) and supposed acts.

    Raises `InputError` or `GameError` for a lever or an act that is not there, or an amount that cannot
    be.
    """
    bench = BENCHES.of(view)
    scenario = Scenario("this", _levers(chosen), _acts(acts))
    base = solve_batch(bench.game, bench.draws)
    before = bench.answer().arrays["all"]
    moved, solved, after, warnings, passed = _under(bench, scenario, base)
    handles = tuple(_handles(view, bench, dict(scenario.levers)))
    names = {h.name: f"{h.group}, {h.label} {_SIGNS[h.mode]}" for h in handles}
    return WhatIf(
        handles=handles,
        acts=scenario.acts,
        known_acts=tuple(kinds_to_add()),
        scenario=scenario,
        told=scenario.told(names),
        rows=tuple(_rows(view.system, bench, moved, base, solved)),
        word_before=likelihood_range(Estimate.of(before)),
        word_after=likelihood_range(Estimate.of(after)),
        lower=percent(float(np.mean(after < before))),
        warnings=warnings,
        passed=passed,
        dots=dots_picture(before, after, changed=bool(scenario.levers or scenario.acts)),
        compared=tuple(
            _compare(bench, s, base, before, names) for s in map(read_scenario, kept[:MOST])
        ),
        draws=bench.draws.n,
    )


def read_scenario(text: str) -> Scenario:
    """A scenario from an address. Raises `InputError`.

    >>> read_scenario("strong~deeds:JPN=1~+MOBILIZE:3").levers
    (('deeds:JPN', 1.0),)
    """
    name, *parts = text.split("~")
    pairs: dict[str, str] = {}
    for part in parts:
        if not part.startswith("+"):
            lever, _, amount = part.partition("=")
            pairs[lever] = amount
    acts = tuple(p[1:] for p in parts if p.startswith("+"))
    return Scenario(name.strip()[:60] or "unnamed", _levers(pairs), acts)


def tornado(view: View) -> tuple[tuple[Bar, ...], Picture]:
    """Each main lever moved alone by its usual step, down and up; the widest first."""
    bench = BENCHES.of(view)
    before = float(bench.answer().arrays["all"].mean())
    found: list[Bar] = []
    for h in _handles(view, bench, {}):
        if not h.main:
            continue
        ends = [max(h.rest - _usual(h), h.low), min(h.rest + _usual(h), h.high)]
        times = [
            1.0
            if amount == h.rest
            else float(bench.setting({h.name: amount}).answer().arrays["all"].mean()) / before
            for amount in ends
        ]
        said = h.label.partition(",")[0]
        label = said if ":" not in h.name else f"{h.group.partition(' (')[0]}: {said}"
        found.append(Bar(h.name, label, ends[0], ends[1], times[0], times[1]))
    found.sort(key=lambda b: -max(abs(math.log(b.down)), abs(math.log(b.up))))
    return tuple(found), tornado_picture(found)


def _usual(h: Handle) -> float:
    return {"add": 1.0, "multiply": 0.25, "set": 0.25}[h.mode]


# ------------------------------------------------------------ reading what was chosen


def _levers(chosen: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for name, text in list(chosen.items())[:SEEN]:
        if not text.strip():
            continue
        if name.partition(":")[0] in ("hostility", "threat"):
            raise InputError(
                f"the lever {name}", "a lever of facts, commitments or beliefs",
                "hostile acts are evidence: suppose one, such as THREATEN:3",
            )  # fmt: skip
        try:
            amount = float(text.replace(",", "."))
        except ValueError as error:
            raise InputError(f"{name} = {text!r}", "a number", "1.0") from error
        if not math.isfinite(amount):
            raise InputError(f"{name} = {text!r}", "a finite number", "1.0")
        found.append((name, amount))
    return tuple(found)


def _acts(text: str) -> tuple[str, ...]:
    return tuple(a for a in re.split(r"[\s,;]+", text.strip()) if a)[:MOST]


def _under(
    bench: Workbench, scenario: Scenario, base: Solutions
) -> tuple[Workbench, Solutions, Array, tuple[str, ...], tuple[str, ...]]:
    """The bench, its solution and the chance of an attack under a scenario."""
    if not scenario.levers and not scenario.acts:
        return bench, base, bench.answer().arrays["all"], tuple(bench.game.warnings), ()
    events = [e for text in scenario.acts for e in added_events(text, bench.system, bench.at)]
    told = bench.adding(events)
    changes = _from_rest(bench, scenario.levers)
    moved = told.setting(changes)
    warnings = [*bench.game.warnings]
    if changes:
        warnings += contrast(told.game, told.draws, changes, base=base).warnings
    known = {p.key for p in bench.passed}
    passed = tuple(f"{p.key.lstrip('~')}: {p.reason}" for p in told.passed if p.key not in known)
    solved = solve_batch(moved.game, moved.draws)
    return moved, solved, moved.answer().arrays["all"], tuple(warnings), passed


def _from_rest(bench: Workbench, pairs: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Levers that were moved; one that stands at its rest changes nothing and is left out."""
    known = levers(bench.game)
    return {
        k: v
        for k, v in pairs
        if not (k in known and known[k].mode != "set" and v == _rest(known[k].mode))
    }


def _rest(mode: str) -> float:
    return 1.0 if mode == "multiply" else 0.0


# ------------------------------------------------------------ what is shown

_LABELS = {
    "words": "words", "deeds": "deeds", "perceived": "resolve as the challenger reads it",
    "true": "resolve, unseen by others", "ambiguity": "doubt about it",
    "second_order": "what the protege is thought to expect", "law": "legal ground to fight",
    "mood": "weariness of war", "trade_share": "share in the challenger’s trade",
    "capability": "capability", "arming": "log-odds of a weapons programme",
}  # fmt: skip
_MAIN = ("words", "deeds", "perceived", "capability")
_MAIN_ALONE = ("ambition", "trend", "patron_doubt", "foresight", "trade")
_SIGNS = {"add": "shifted by ", "multiply": "× ", "set": "= "}


def _handles(view: View, bench: Workbench, chosen: Mapping[str, float]) -> list[Handle]:
    system = view.system
    found: list[Handle] = []
    patrons = (*system.defenders, *system.supporters)
    for lever in levers(bench.game).values():
        head, _, actor = lever.name.partition(":")
        if head in ("hostility", "threat"):
            continue
        now = float(np.median(np.asarray(bench.draws.values[lever.value])))
        low, high, step = {"add": (-2.0, 2.0, 0.25), "multiply": (0.5, 2.0, 0.05),
                           "set": (0.0, 1.0, 0.05)}[lever.mode]  # fmt: skip
        if lever.mode == "set" and not math.isfinite(lever.bounds[1]):
            low, high = -2.0, 2.0
        rest = round(now, 3) if lever.mode == "set" else _rest(lever.mode)
        held = system.covariate(head, actor) if actor else None
        level = f"L-{actor}>{system.protege}@{view.day.isoformat()}"
        found.append(
            Handle(
                name=lever.name,
                label=_LABELS.get(head, lever.text),
                group=system.name(actor) if actor else "The field",
                mode=lever.mode,
                low=low,
                high=high,
                step=step,
                rest=rest,
                value=chosen.get(lever.name, rest),
                now=f"{now:.2g}" if lever.mode == "set" or head in ("words", "deeds") else "",
                source=held.source if held else "",
                handle=level if head in ("words", "deeds") and actor in patrons else "",
                main=(head in _MAIN and actor in (*system.defenders, system.challenger))
                or head in _MAIN_ALONE,
            )
        )
    order = [system.name(a) for a in (*patrons, system.challenger, system.protege)]
    place = {g: i for i, g in enumerate((*order, "The field"))}
    return sorted(found, key=lambda h: place.get(h.group, len(place)))


def _rows(
    system: System, bench: Workbench, moved: Workbench, base: Solutions, solved: Solutions
) -> list[Row]:
    c = system.name(system.challenger)
    old, new = bench.answer(), moved.answer()
    quantities: list[tuple[str, str, str, Array, Array]] = [
        ("attack", "an attack within a year", "", old.arrays["all"], new.arrays["all"]),
        (
            "crisis", "a crisis within a year, short of an attack", "",
            old.arrays["crisis"] - old.arrays["all"], new.arrays["crisis"] - new.arrays["all"],
        ),
    ]  # fmt: skip
    wanted = [("win", f"{c} wins", "a resisted attack")]
    wanted += [
        (f"fight:{k}", f"{system.name(k)} fights", "a resisted attack") for k in system.defenders
    ]
    wanted += [
        (f"support:{k}", f"{system.name(k)} supports", "a resisted attack")
        for k in system.supporters
    ]
    wanted += [
        (f"new_nuclear:{n}|attack", f"{n} new nuclear state{'s' * (n > 1)}", "an attack")
        for n in range(1, len(system.proliferators) + 1)
    ]  # fmt: skip
    for key, label, given in wanted:
        if key in base.probabilities and key in solved.probabilities:
            quantities.append(
                (key, label, given, np.asarray(base.probabilities[key]),
                 np.asarray(solved.probabilities[key]))
            )  # fmt: skip
    return [_row(*q) for q in quantities]


def _row(key: str, label: str, given: str, before: Array, after: Array) -> Row:
    e, f = Estimate.of(before), Estimate.of(after)
    d = Estimate.of(after - before)
    same = bool(np.all(before == after))
    return Row(
        key=key,
        label=label,
        given=given,
        before=f"{percent(e.mean)} ({interval(e)})",
        after="" if same else f"{percent(f.mean)} ({interval(f)})",
        difference="" if same else f"{_points(d.mean)} pp",
        interval="" if same else f"{_points(d.low)} to {_points(d.high)}",
        lower="" if same else percent(float(np.mean(after < before))),
        clear=d.low > 0 or d.high < 0,
    )


def _points(value: float) -> str:
    """A difference of probabilities in percentage points, with its sign."""
    points = 100 * value
    text = f"{points:+.2f}" if abs(points) < 1 else f"{points:+.1f}"
    return text.replace("-", "−")


def _compare(
    bench: Workbench,
    scenario: Scenario,
    base: Solutions,
    before: Array,
    names: Mapping[str, str],
) -> Compared:
    _, _, after, _, _ = _under(bench, scenario, base)
    e, d = Estimate.of(after), Estimate.of(after - before)
    return Compared(
        scenario,
        scenario.told(names),
        percent(e.mean),
        interval(e),
        f"{_points(d.mean)} pp ({_points(d.low)} to {_points(d.high)})",
        percent(float(np.mean(after < before))),
    )
