"""The named probabilities of a solved game that an assessment prints."""

from __future__ import annotations

from standoff.assess.assessment import Quantity
from standoff.assess.resting import Array, log_odds
from standoff.forecast import Answer
from standoff.game import Solutions
from standoff.systems import System
from standoff.terms import Estimate


def quantities(
    system: System, solved: Solutions, answer: Answer, into: dict[str, Array] | None = None
) -> tuple[Quantity, ...]:
    """Over the year first; then who fights, supports, wins and arms, given an attack.

    `into` takes the draws, as log-odds.
    """
    c, t = system.name(system.challenger), system.name(system.protege)
    head = (
        Quantity("war", f"Attack by {c} on {t} within a year", answer.at(12)),
        Quantity("crisis", f"A crisis opened by {c} within a year, short of an attack",
                 Estimate.of(answer.arrays["crisis"] - answer.arrays["all"])),
        Quantity("crisis.now", "A crisis is open today", answer.crisis),
        Quantity("hold", "General deterrence holds for the year",
                 Estimate.of(1.0 - answer.arrays["crisis"])),
    )  # fmt: skip
    found = [("resist", "resist|attack", f"{t} resists", "an attack")]
    for k in system.defenders:
        found.append((f"fight.{k}", f"fight:{k}", f"{system.name(k)} fights", "a resisted attack"))
        found.append(
            (
                f"fight.{k}.read",
                f"fight:{k}@{system.challenger}",
                f"{system.name(k)} fights, as {c} reads it",
                "a resisted attack",
            )
        )
        found.append(
            (
                f"support.{k}",
                f"support:{k}",
                f"{system.name(k)} supports without fighting",
                "a resisted attack",
            )
        )
    for first, second in zip(system.defenders, system.defenders[1:], strict=False):
        for verb in ("fights", "abstains"):
            found.append(
                (
                    f"fight.{second}.if.{first}.{verb}",
                    f"fight:{second}|{first} {verb}",
                    f"{system.name(second)} fights",
                    f"a resisted attack in which {system.name(first)} {verb}",
                )
            )
    for k in system.supporters:
        found.append(
            (f"support.{k}", f"support:{k}", f"{system.name(k)} supports", "a resisted attack")
        )
    found.append(("win", "win", f"{c} wins", "a resisted attack"))
    for k in system.proliferators:
        for branch, words in (("hold", "general deterrence holds"), ("attack", "an attack")):
            found.append(
                (f"arm.{k}.{branch}", f"arm:{k}|{branch}", f"{system.name(k)} starts a bomb", words)
            )
    for n in range(1, len(system.proliferators) + 1):
        found.append(
            (
                f"new-nuclear.{n}.attack",
                f"new_nuclear:{n}|attack",
                f"{n} new nuclear state{'s' if n > 1 else ''}",
                "an attack",
            )
        )
    if into is not None:
        into["hold"] = log_odds(1.0 - answer.arrays["crisis"])
        into |= {
            key: log_odds(solved.probabilities[name])
            for key, name, _, _ in found
            if name in solved.probabilities
        }
    rest = (
        Quantity(key, label, solved.estimate(name), "probability", given)
        for key, name, label, given in found
        if name in solved.probabilities
    )
    return (*head, *rest)
