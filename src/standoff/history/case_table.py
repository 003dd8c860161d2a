"""Cases of extended immediate deterrence: a threat to a protege, a defender who stands before it.

A case is in the table when (1) a state used or prepared force against another, or the defender
said so, and (2) a third state threatened or moved to protect it *while the threat stood and before
it was carried out*. What came of it is coded as

- ``held``: the challenger did not use sustained force against what was protected, and got no
  concession by the threat;
- ``conceded``: the protege or the defender gave in under the threat;
- ``attacked``: the challenger used sustained force against what was protected.

The table is ours, small and made by hand: 38 cases, each with its sources, from the case lists
that the literature discusses (Huth and Russett 1984; Huth 1988; Danilovic 2001) and from ICB v14.
It is no random sample: cases in which deterrence worked so well that no threat was made are not in
it, and how far a challenger meant to attack is seldom known. Rates from it say what happened in
crises of this kind, not what deterrence does. A case in which another coder could well decide otherwise is marked
``contested``, with the reason, and rates are given both ways.

Examples:
    >>> len(cases()), len(cases(defender="USA"))
    (38, 16)
    >>> base_rate("failed", means="force").label
    'failed (conceded or attacked) of cases with means force'
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Literal, cast

from standoff.errors import FactError, ModelError
from standoff.history.rates import Rate, rate
from standoff.reference import Provenance

__all__ = ["DeterrenceCase", "Event", "base_rate", "cases", "rates_by_class"]

Outcome = Literal["held", "conceded", "attacked"]
Response = Literal["", "fought", "aided", "sanctions", "stood aside"]
Means = Literal["force", "sanctions"]
Treaty = Literal["yes", "no", "own", "not covered"]
Event = Literal["failed", "attacked", "conceded", "held", "fought"]

_OUTCOMES = ("held", "conceded", "attacked")
_RESPONSES = ("", "fought", "aided", "sanctions", "stood aside")
_EVENTS: dict[str, str] = {
    "failed": "failed (conceded or attacked)",
    "attacked": "attacked",
    "conceded": "conceded",
    "held": "held",
    "fought": "defender fought, where the protege was attacked",
}


@dataclass(frozen=True, slots=True)
class DeterrenceCase:
    """One case of extended immediate deterrence.

    Attributes:
        id, title: key and short name.
        start, end: from the threat or the defender's move to the end of the stand-off or the
            attack.
        challenger, protege, defender: actor codes of the day (AUH is Austria-Hungary).
        protege_name: what was protected, where it is not the whole state.
        commitment: what the defender said or did before the outcome.
        treaty: a defence obligation of the defender to the protege in the year of the start, by
            ATOP 5.1; `own` where the protege was the defender's own territory or occupation zone.
        deployed: the defender moved forces, or kept them in place, before the outcome.
        means: what the defender threatened with: force, or sanctions alone.
        outcome: held, conceded or attacked.
        response: what the defender did when it failed.
        contested: another coder could code it otherwise; `note` says why.
        icb: number of the crisis in ICB v14, None where that data set has none.
        origin: source, release, date and check.
    """

    id: str
    title: str
    start: date
    end: date
    challenger: str
    protege: str
    protege_name: str
    defender: str
    commitment: str
    treaty: Treaty
    deployed: bool
    means: Means
    outcome: Outcome
    response: Response
    contested: bool
    icb: int | None
    origin: Provenance

    @property
    def failed(self) -> bool:
        """The challenger attacked or got a concession."""
        return self.outcome != "held"


@lru_cache(maxsize=1)
def _table() -> tuple[DeterrenceCase, ...]:
    text = (resources.files("standoff.history") / "data" / "cases.csv").read_text("utf-8")
    found: list[DeterrenceCase] = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        first, last = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        sound = row["outcome"] in _OUTCOMES and row["response"] in _RESPONSES and first <= last
        if not sound or (row["outcome"] == "held") != (row["response"] == ""):
            raise FactError(
                f"the case {row['id']!r}: {row['outcome']}, {row['response']!r}, {first} to {last}",
                "an outcome, a response exactly where it failed, and a start before the end",
                "correct history/data/cases.csv",
            )
        found.append(
            DeterrenceCase(
                id=row["id"],
                title=row["title"],
                start=first,
                end=last,
                challenger=row["challenger"],
                protege=row["protege"],
                protege_name=row["protege_name"],
                defender=row["defender"],
                commitment=row["commitment"],
                treaty=cast(Treaty, row["treaty"]),
                deployed=row["deployed"] == "yes",
                means=cast(Means, row["means"]),
                outcome=cast(Outcome, row["outcome"]),
                response=cast(Response, row["response"]),
                contested=row["contested"] == "yes",
                icb=int(row["icb"]) if row["icb"] else None,
                origin=Provenance.of(row, "cases.csv"),
            )
        )
    return tuple(found)


def cases(
    *,
    challenger: str | None = None,
    protege: str | None = None,
    defender: str | None = None,
    means: Means | None = None,
    treaty: Treaty | None = None,
    deployed: bool | None = None,
    contested: bool | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[DeterrenceCase, ...]:
    """Cases that fit every filter given, by start.

    Example:
        >>> [c.id for c in cases(protege="TWN")]
        ['taiwan-strait-1954', 'taiwan-strait-1958', 'taiwan-strait-1995']
    """

    def fits(case: DeterrenceCase) -> bool:
        return (
            (challenger is None or case.challenger == challenger)
            and (protege is None or case.protege == protege)
            and (defender is None or case.defender == defender)
            and (means is None or case.means == means)
            and (treaty is None or case.treaty == treaty)
            and (deployed is None or case.deployed == deployed)
            and (contested is None or case.contested == contested)
            and (since is None or case.start >= since)
            and (until is None or case.start <= until)
        )

    return tuple(sorted((c for c in _table() if fits(c)), key=lambda c: (c.start, c.id)))


def base_rate(
    event: Event = "failed",
    *,
    among: Iterable[DeterrenceCase] | None = None,
    level: float = 0.9,
    challenger: str | None = None,
    protege: str | None = None,
    defender: str | None = None,
    means: Means | None = None,
    treaty: Treaty | None = None,
    deployed: bool | None = None,
    contested: bool | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rate:
    """How often something happened in the cases of a class, with a Jeffreys interval.

    Args:
        event: `failed`, `attacked`, `conceded`, `held`; or `fought`, which is counted among the
            cases in which the protege was attacked.
        among: cases to count in; by default those of the table that fit the filters.

    Raises:
        ModelError: an unknown event, or no case in the class.

    Example:
        >>> r = base_rate("attacked", means="force", since=date(1946, 1, 1))
        >>> r.k, r.n
        (7, 26)
    """
    if event not in _EVENTS:
        raise ModelError(f"the event {event!r}", " | ".join(_EVENTS), "take one of these")
    if among is None:
        chosen = cases(
            challenger=challenger,
            protege=protege,
            defender=defender,
            means=means,
            treaty=treaty,
            deployed=deployed,
            contested=contested,
            since=since,
            until=until,
        )
    else:
        chosen = tuple(among)
    if event == "fought":
        chosen = tuple(c for c in chosen if c.outcome == "attacked")
    filters = {
        "challenger": challenger,
        "protege": protege,
        "defender": defender,
        "means": means,
        "treaty": treaty,
        "deployed": deployed,
        "contested": contested,
        "since": since,
        "until": until,
    }
    words = [f"{name} {value}" for name, value in filters.items() if value is not None]
    label = f"{_EVENTS[event]} of cases" + (f" with {', '.join(words)}" if words else "")
    if not chosen:
        raise ModelError(
            f"a class without a case ({label})", "at least one case", "leave a filter out"
        )
    return rate(sum(_happened(c, event) for c in chosen), len(chosen), level=level, label=label)


def _happened(case: DeterrenceCase, event: Event) -> bool:
    if event == "failed":
        return case.failed
    if event == "fought":
        return case.response == "fought"
    return case.outcome == event


def rates_by_class(event: Event = "failed", *, level: float = 0.9) -> tuple[Rate, ...]:
    """The same rate over the classes that one would compare, for cases with military means.

    Example:
        >>> [r.label.split(" with ")[1] for r in rates_by_class()][:2]
        ['means force', 'means force, contested False']
    """
    war = date(1946, 1, 1)
    return (
        base_rate(event, level=level, means="force"),
        base_rate(event, level=level, means="force", contested=False),
        base_rate(event, level=level, means="force", since=war),
        base_rate(event, level=level, means="force", deployed=True),
        base_rate(event, level=level, means="force", deployed=False),
        base_rate(event, level=level, means="force", treaty="yes"),
        base_rate(event, level=level, means="force", treaty="no"),
        base_rate(event, level=level, means="force", since=war, defender="USA"),
    )
