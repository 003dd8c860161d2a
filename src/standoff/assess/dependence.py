"""What a causal link rests on, found by search: each elicited term is taken out in turn.

A term is a coefficient, or a number of the system description, that somebody judged and nobody
counted; it goes out for all its owners at once (the stake of Japan and that of the United States are
one term). What a link itself changes is taken out too: an effect that is half as large again because
a judged number is, is that number's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import combinations

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import Workbench
from standoff.assess.effect import changed, effect_of
from standoff.game import Draws
from standoff.systems import CausalLink
from standoff.terms import Origin

Array = npt.NDArray[np.float64]
NOTHING = 1e-9
"""An effect below this in every draw is none: what rounding leaves."""
HEAVY = 0.9
"""A term that takes more than a tenth of an effect is tried together with another such."""
NAMED = 3
"""How many of the terms that a link leans on most are kept."""


@dataclass(frozen=True, slots=True)
class Reliance:
    """A term, and what is left of a link's effect without it.

    `left` is the median of the effect's size without the term over that with it (0: nothing is
    left in any draw), `share` the share of draws that then have the asserted sign.
    """

    term: str
    left: float
    share: float

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is left."""
        return self.left == 0.0


def elicited_terms(bench: Workbench) -> dict[str, tuple[str, ...]]:
    """Every elicited term of the game on the bench, with its names in the draws."""
    called, _ = _data()
    names = [c.alias for c in bench.coefficients.items if c.origin is Origin.ELICITED]
    for held in bench.coefficients.sets:
        if held.origin is Origin.ELICITED:
            names += [bench.coefficients[n].alias for n in held.priors]
    for c in bench.system.covariates:
        if c.origin is Origin.ELICITED:
            names.append(called.get(c.name, c.name))
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(names):
        owned = tuple(v for v in bench.draws.values if v == name or v.startswith(f"{name}:"))
        if owned:
            found[name] = owned
    return found


def without_term(draws: Draws, names: Sequence[str]) -> Draws:
    """The draws with the names of one term at the value at which the term is gone."""
    _, out = _data()
    return changed(draws, [f"{n}={out.get(n.partition(':')[0], 0.0):.0f}" for n in names])


def reliances(
    bench: Workbench, link: CausalLink, effect: Array, terms: Mapping[str, Sequence[str]]
) -> tuple[Reliance, ...]:
    """What is left of a link without each term, that which leaves least first.

    `effect` is the link's effect on `bench.few`, axis: draw. Two of the terms that take most, and
    those declared together in `rests_on`, are taken out together as well. Terms whose absence the game
    cannot be solved under are passed over.
    """
    groups = dict(terms)
    if len({n.partition(":")[0] for n in link.rests_on}) > 1:
        groups[" and ".join(link.rests_on)] = link.rests_on
    alone = _left(bench, link, effect, groups)
    heavy = [r.term for r in alone if not r.nothing and r.left < HEAVY][:NAMED]
    pairs = {f"{a} and {b}": (*groups[a], *groups[b]) for a, b in combinations(heavy, 2)}
    together = [r for r in _left(bench, link, effect, pairs) if r.nothing]
    return tuple(sorted([*alone, *together], key=lambda r: (r.left, r.share, r.term)))


def _left(
    bench: Workbench, link: CausalLink, effect: Array, groups: Mapping[str, Sequence[str]]
) -> list[Reliance]:
    """What is left of a link without each group of names, that which leaves least first."""
    size = float(np.median(np.abs(effect))) or 1.0
    found: list[Reliance] = []
    for name, names in groups.items():
        with np.errstate(all="ignore"):
            left = effect_of(bench.game, without_term(bench.few, names), link)
        if not np.isfinite(left).all():
            continue
        share = np.count_nonzero(np.sign(left) == link.sign) / left.size
        none = bool(np.max(np.abs(left)) < NOTHING)
        found.append(Reliance(name, 0.0 if none else float(np.median(np.abs(left))) / size, share))
    return sorted(found, key=lambda r: (r.left, r.share, r.term))


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, str], dict[str, float]]:
    path = resources.files("standoff.assess") / "data" / "dependence.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return dict(raw["called"]), {str(row["term"]): float(row["value"]) for row in raw["out"]}
