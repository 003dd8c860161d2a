"""`standoff base-rate`: how likely a dispute, an attack and a defender's help are for any pair."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.assess_print import print_beside
from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    parse_day,
    say,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from standoff.forecast import JoinCard, OutsideNumber, PairRate, ReferenceCount

MONTHS = (3, 6, 12)
_SHOWN = 8
"""Attacks behind a count, and states that could come, that a card prints; JSON has all."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("base-rate")(base_rate)


def base_rate(
    challenger: Annotated[str, typer.Argument(help="Alpha-3 code of the state that would act.")],
    protege: Annotated[
        str, typer.Argument(help="Alpha-3 code of its target, or a place: then its holder.")
    ],
    on: Annotated[str, typer.Option("--on", help="The day; what came later is not used.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Folder of data sets to take the record from."),
    ] = None,
    draws: Annotated[int, typer.Option(max=100_000, help="Draws of the rate.")] = 4000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """How likely a dispute, an attack and a defender's help are for two states, before any news.

    Example: standoff base-rate CHN TWN --on 2021-08-13
    """
    import numpy as np

    from standoff.forecast import classes_for, gather_facts, join_card, load_facts, pair_rate

    day = parse_day(on, "--on")
    facts = gather_facts(data) if data else load_facts()
    rate = pair_rate(challenger, protege, day, facts=facts)
    classes = classes_for(challenger, rate.target, day, facts=facts)
    rng = np.random.default_rng(seed)
    onset, severity = rate.onset(draws, rng), rate.severity(draws, rng)
    joins = join_card(rate.target, challenger, day, draws=draws, rng=rng, facts=facts)
    chances: dict[str, dict[str, dict[str, float]]] = {"dispute": {}, "attack": {}, "join": {}}
    for months in MONTHS:
        begun = -np.expm1(-onset * months / 12)
        for name, p in (
            ("dispute", begun),
            ("attack", begun * severity),
            ("join", begun * severity * joins.anyone),
        ):
            chances[name][str(months)] = _interval(p)
    if form is OutputFormat.JSON:
        emit_json(_record(rate, classes, joins, chances, draws, seed))
    else:
        _show(rate, classes, joins, chances, day)


def _interval(p: npt.NDArray[np.float64]) -> dict[str, float]:
    import numpy as np

    low, high = np.quantile(p, [0.05, 0.95])
    return {"p": float(p.mean()), "low": float(low), "high": float(high)}


def _record(
    rate: PairRate,
    classes: tuple[ReferenceCount, ...],
    joins: JoinCard,
    chances: dict[str, dict[str, dict[str, float]]],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    from dataclasses import asdict

    from standoff.forecast import default_class, obligations_to

    default = default_class(classes)
    return {
        "challenger": rate.challenger,
        "protege": rate.protege,
        "target": rate.target,
        "on": rate.on,
        **chances,
        "interval": "90 %, uncertainty about the rate",
        "cases": [asdict(c) for c in classes[0].cases],
        "counts": asdict(rate.counts),
        "relevant": rate.relevant,
        "regressors": [asdict(r) for r in rate.regressors],
        "classes": [asdict(c) for c in classes],
        "default_class": default.name if default else None,
        "joining": [
            {"state": s, **_interval(joins.draws[:, i])} for i, s in enumerate(joins.states)
        ],
        "obligations": [asdict(o) for o in obligations_to(rate.target, rate.on)],
        "elsewhere": [asdict(n) for n in _elsewhere(rate, joins, chances)],
        "coverage": dict(rate.coverage),
        "notes": list(rate.notes),
        "missing": list(rate.missing),
        "rates": rate.rates,
        "draws": draws,
        "seed": seed,
    }


def _elsewhere(
    rate: PairRate, joins: JoinCard, chances: dict[str, dict[str, dict[str, float]]]
) -> tuple[OutsideNumber, ...]:
    from standoff.forecast import Ours, numbers_beside

    attack = [(int(m), found["p"]) for m, found in chances["attack"].items()]
    ours = Ours(attack, float(joins.anyone.mean()))
    return numbers_beside(rate.challenger, rate.protege, rate.on, ours)


def _show(
    rate: PairRate,
    classes: tuple[ReferenceCount, ...],
    joins: JoinCard,
    chances: dict[str, dict[str, dict[str, float]]],
    day: date,
) -> None:
    from standoff.forecast import default_class, obligations_to

    held = f" (held by {rate.target})" if rate.target != rate.protege else ""
    say(f"{rate.challenger} against {rate.protege}{held}, as known on {day.isoformat()}")
    words = {
        "dispute": "begins a dispute",
        "attack": "attacks",
        "join": "attacks and a state comes to aid",
    }
    emit_table(
        ["within", *(f"{m} months" for m in MONTHS)],
        [[w, *(_percent(chances[name][str(m)]) for m in MONTHS)] for name, w in words.items()],
    )
    say("means, with 90 % intervals that say the uncertainty about the rate; before any news")
    c = rate.counts
    say(
        f"record: disputes begun {c.begun_5} in 5 years and {c.begun_20} in 20, answered or begun by "
        f"the other side {c.reverse_20} in 20; attacks since 1816 {c.attacks}, last between them "
        f"{c.last_attack or 'never'}; {c.peace:.0f} years without a dispute; {c.clashes} of the "
        "disputes from the table of clashes"
    )
    default = default_class(classes)
    emit_table(
        ["class", "attacks", "disputes", "dyad-years", "a year", "member"],
        [
            [
                r.name + (" *" if r is default else ""),
                r.attacks,
                r.disputes,
                r.dyad_years,
                f"{100 * r.attacks / r.dyad_years:.2f} %" if r.dyad_years else "",
                "yes" if r.member else "no",
            ]
            for r in classes
        ],
        title="Reference classes (* the narrowest with enough cases)",
    )
    for r in (classes[0], *([default] if default else [])):
        cases = [f"{k.challenger}>{k.protege} {k.year} ({k.dispute})" for k in r.cases[-_SHOWN:]]
        more = f", and {len(r.cases) - len(cases)} before" if len(r.cases) > len(cases) else ""
        say(f"attacks, {r.name}: {'; '.join(cases) or 'none'}{more}")
    if rate.regressors:
        emit_table(
            ["regressor", "value", "dispute", "severity", "why"],
            [
                [r.name, f"{r.value:.3f}", _added(r.onset), _added(r.severity), r.why]
                for r in rate.regressors
            ],
            title="What moves the rate (log-odds against the average pair)",
        )
    said = [
        f"{s} {100 * float(joins.draws[:, i].mean()):.0f} %"
        for i, s in enumerate(joins.states[:_SHOWN])
    ]
    say(f"comes to aid, if attacked: {', '.join(said) or 'nobody in reach'}")
    owed = [("owes", o.line) for o in obligations_to(rate.target, day)]
    others = _elsewhere(rate, joins, chances)
    print_beside((*owed, *(("elsewhere", n.line) for n in others)))
    say("tables end: " + ", ".join(f"{k} {v}" for k, v in sorted(rate.coverage.items())))
    for line in (*rate.notes, *rate.missing):
        say(f"note: {line}")


def _percent(found: dict[str, float]) -> str:
    p, low, high = (_digits(100 * found[k]) for k in ("p", "low", "high"))
    return f"{p} % ({low}-{high})"


def _digits(value: float) -> str:
    # Two digits that count, however small the chance.
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def _added(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"
