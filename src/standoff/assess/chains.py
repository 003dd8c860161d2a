"""What becomes of each causal link that a text asserts, once the game is asked about it.

For a link tested in the game, the effect is the outcome with the change less the outcome without,
draw by draw on common random numbers (with `given`, how much more it is under those changes).

```
reproduced       at least nine draws in ten have the sign that the text asserts, and still have it
                 when any one elicited term is taken out
dependent        the same, but the sign does not hold in nine of ten once one of the terms is out
assumed          the same, but nothing at all is left once one of the terms is out
not settled      neither sign has nine draws in ten
contradicted     at least nine draws in ten have the other sign
record agrees, record disagrees, record does not tell      tested on the dates of signals
not expressible  there is nothing to test it with; the note says why
```

Which terms these are is found by search (`dependence.py`), not declared. Signs of most coefficients
are fixed by their priors, so that even "reproduced" says that the model holds the argument, not that
the world does. What opposing terms leave open is the news.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib import metadata
from typing import Any

import numpy as np

from standoff.assess.answer import Workbench
from standoff.assess.bench import open_bench
from standoff.assess.dependence import NAMED, Reliance, elicited_terms, reliances
from standoff.assess.described import chains_of
from standoff.assess.effect import effect_of
from standoff.assess.numbers import Part
from standoff.assess.replies import replies
from standoff.errors import DescriptionError
from standoff.ledger import Ledger
from standoff.systems import CausalLink, System
from standoff.terms import Estimate

AGREED = 0.9


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link and what the test gave.

    `share` is the share of draws (of shifted records) with the asserted sign, `effect` in `unit`;
    `leans_on` the elicited terms without which least is left of it, that which leaves least first.
    """

    key: str
    link: CausalLink
    disposition: str
    effect: Estimate | None
    share: float | None
    unit: str
    how: str
    rests_on: tuple[str, ...]
    leans_on: tuple[Reliance, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedChains:
    """All links of a system on one day; `run` is the handle under which they are kept."""

    run: str
    title: str
    as_of: date
    draws: int
    seed: int
    links: tuple[JudgedLink, ...]

    def counts(self) -> dict[str, int]:
        """How many links have each disposition, the most frequent first."""
        names = [v.disposition for v in self.links]
        return {k: names.count(k) for k in sorted(set(names), key=lambda k: (-names.count(k), k))}

    def payload(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "run": self.run,
            "title": self.title,
            "as_of": self.as_of.isoformat(),
            "draws": self.draws,
            "seed": self.seed,
            "dispositions": self.counts(),
            "links": [asdict(v) for v in self.links],
        }


def judge_chains(
    ledger: Ledger, system: System, *, as_of: date, draws: int = 2000, seed: int = 1
) -> JudgedChains:
    """Test every causal link declared for the system of a dossier, and keep the answer.

    Raises `DescriptionError` for a system without links, or a link that names nothing.
    """
    links = chains_of(ledger)
    if not links:
        raise DescriptionError(
            f"system {system.slug!r} without causal links",
            "a file NAME.chains.csv beside the description NAME.toml",
            "docs/reference/systems.md gives its columns",
        )
    bench = open_bench(ledger, system, as_of=as_of, draws=draws, seed=seed)
    terms = elicited_terms(bench)
    judged = tuple(judge_link(bench, link, f"chain.{i}", terms) for i, link in enumerate(links, 1))
    payload: dict[str, Any] = {
        "title": system.title,
        "question": f"What becomes of {len(links)} asserted causal links?",
        "software": f"standoff {metadata.version('standoff')}; {bench.coefficients.name}",
        "draws": draws,
        "seed": seed,
        "levels": [],
        "parts": {p.key: p.payload() for v in judged for p in _parts(v)},
    }
    run = ledger.save_run(as_of, payload, aside=True)
    return JudgedChains(run, system.title, as_of, draws, seed, judged)


def judge_link(
    bench: Workbench, link: CausalLink, key: str, terms: Mapping[str, Sequence[str]]
) -> JudgedLink:
    """What becomes of one link; `terms` are those of `elicited_terms`."""
    if link.test == "none":
        return JudgedLink(key, link, "not expressible", None, None, "", link.note, ())
    if link.test == "record":
        return _by_record(bench, link, key)
    effect = effect_of(bench.game, bench.draws, link)
    share = np.count_nonzero(np.sign(effect) == link.sign) / effect.size
    against = np.count_nonzero(np.sign(effect) == -link.sign) / effect.size
    disposition, leans = "not settled", tuple[Reliance, ...]()
    if share >= AGREED:
        few = effect_of(bench.game, bench.few, link)
        found = reliances(bench, link, few, terms)
        disposition = _robust(found)
        leans = tuple(r for i, r in enumerate(found) if r.nothing or i < NAMED)
    elif against >= AGREED:
        disposition = "contradicted"
    system = bench.system
    levels = [
        bench.stance.level(k, system.protege).handle
        for k in (*system.defenders, *system.supporters)
    ]
    return JudgedLink(
        key, link, disposition, Estimate.of(effect), share, _unit(link.outcome), _said(link),
        tuple(levels), leans,
    )  # fmt: skip


def _robust(found: Sequence[Reliance]) -> str:
    """How far an effect with the asserted sign survives the loss of any one term."""
    if any(r.nothing for r in found):
        return "assumed"
    return "dependent" if any(r.share < AGREED for r in found) else "reproduced"


def _by_record(bench: Workbench, link: CausalLink, key: str) -> JudgedLink:
    (cause,) = link.change
    found = replies(bench.stance, cause, link.outcome)
    how = (
        f"{found.within} of {found.replies} signals «{link.outcome}» came within {found.days} days "
        f"of one of {found.causes} «{cause}»; compared with the record shifted in time"
    )
    disposition, share = "record does not tell", found.share
    if share is not None and max(share, 1.0 - share) >= 0.95:
        agrees = (share > 0.5) == (link.sign > 0)
        disposition = "record agrees" if agrees else "record disagrees"
    actor, target = cause[:3], cause[4:7]
    handle = bench.stance.level(actor, target).handle
    return JudgedLink(
        key, link, disposition, found.ratio, share, "times as many as by chance", how, (handle,)
    )


def _unit(outcome: str) -> str:
    if outcome.startswith("logit "):
        return "log-odds"
    name = outcome.removeprefix("- ").partition(" - ")[0].partition("|")[0]
    return "utility, logit units" if len(name) == 3 and name.isupper() else "probability"


def _said(link: CausalLink) -> str:
    text = link.outcome
    if link.change:
        text += f" under {' and '.join(link.change)}"
    if link.base:
        text += f", from {' and '.join(link.base)}"
    if link.given:
        text += f"; how much more under {' and '.join(link.given)}"
    return text


def _parts(v: JudgedLink) -> list[Part]:
    if v.effect is None:
        return []
    label = f"{v.link.cause} on {v.link.effect}: {v.disposition}"
    how = f"{v.how}; {v.link.note}" if v.link.note else v.how
    found = [Part(v.key, label, v.effect, v.unit, how, v.rests_on)]
    if v.share is not None:
        fixed = Estimate(v.share, v.share, v.share)
        found.append(Part(f"{v.key}.share", f"{label}, share", fixed, "share", how, v.rests_on))
    return found
