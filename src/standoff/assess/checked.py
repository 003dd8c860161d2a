"""A text held against the facts, for whoever wants the verdicts alone: the gravest first, and what
could not be checked, counted by its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.assess.intake import read_and_check
from standoff.check import Facts
from standoff.terms import Claim, Outcome, Verdict

_GRAVITY = {
    Outcome.CONTRADICTED: 0,
    Outcome.INCONSISTENT: 0,
    Outcome.SUPPORTED: 2,
    Outcome.NOT_CHECKABLE: 1,
}
# What the reasons of NOT_CHECKABLE have in common, by words that all of them have.
_REASONS = (
    ("nothing speaks against it", "numbers that only an order or a limit could refute"),
    ("no dated statement", "no dated statement has the quoted words"),
    ("stands in no table", "a person of whom no table tells"),
    ("table of office-holders", "a day that the table of office-holders does not reach"),
    ("the table does not settle", "an office whose holder that day no table settles"),
    ("may tell of that time", "a title of another time that the sentence may speak of"),
    ("every earlier case", "a first or a record, of which no table tells"),
    ("no dated reference", "an act that no dated reference counts"),
    ("no table", "a fact of which no table tells"),
    ("in the gazetteer", "a place that the gazetteer does not have"),
    ("rounded", "a number within its rounding"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a text found: pairs in the order of gravity, counts by verdict and reason."""

    found: tuple[tuple[Claim, Verdict], ...]
    counts: tuple[tuple[str, int], ...]
    unchecked: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()


def check_text(text: str, *, published: date, facts: Facts | None = None) -> Checked:
    """Every claim of a text with its verdict, the gravest first. Errors are those of `read_report`.

    >>> found = check_text("Ishigaki is about 180 km from Taiwan. It was 20 °C (68 °F).",
    ...     published=date(2021, 8, 13))
    >>> [(c.span.quote, v.outcome.value) for c, v in found.found]
    [('180 km from Taiwan', 'CONTRADICTED'), ('20 °C (68 °F', 'SUPPORTED')]
    """
    report, verdicts = read_and_check(text, published=published, facts=facts)
    pairs = list(zip(report.claims, verdicts, strict=True))
    pairs.sort(key=lambda pair: (_GRAVITY[pair[1].outcome], -_share(pair[1]), pair[0].span.start))
    counts = Counter(v.outcome.value for v in verdicts)
    return Checked(
        tuple(pairs),
        tuple((o.value, counts.get(o.value, 0)) for o in Outcome),
        reasons(verdicts),
        report.notes,
    )


def _share(verdict: Verdict) -> float:
    """How far off a number is; a verdict without one is as grave as a number that is twice as large."""
    if verdict.outcome not in (Outcome.CONTRADICTED, Outcome.INCONSISTENT):
        return 0.0
    return 1.0 if verdict.difference is None else abs(verdict.difference)


def reasons(verdicts: Sequence[Verdict]) -> tuple[tuple[str, int], ...]:
    """Why claims could not be checked, the commonest reason first, with how many claims.

    >>> reasons([Verdict("c1", Outcome.NOT_CHECKABLE, "X stands in no table of office-holders")])
    (('a person of whom no table tells', 1),)
    """
    told = Counter(
        next((name for words, name in _REASONS if words in v.why), v.why)
        for v in verdicts
        if v.outcome is Outcome.NOT_CHECKABLE
    )
    return tuple(sorted(told.items(), key=lambda item: (-item[1], item[0])))
