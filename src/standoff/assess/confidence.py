"""The level of confidence in a judgement (ICD 203), from the grades of its sources."""

from __future__ import annotations

from collections.abc import Sequence

GOOD = 3
"""Independent sources graded B2 or better that make confidence high."""


def is_good(grade: str) -> bool:
    """Whether a grade is B2 or better.

    >>> is_good("A2"), is_good("B3")
    (True, False)
    """
    return grade[0] in "AB" and grade[1] in "12"


def confidence(grades: Sequence[str]) -> str:
    """The confidence word from the grades of independent sources, such as "B2".

    High: three or more independent sources graded B2 or better agree. Low: one source, or none
    better than C3. Otherwise moderate. F and 6 mean unknown, which is never better than C3.

    >>> confidence(["B2", "A2", "B1"]), confidence(["B2"]), confidence(["B2", "C3"])
    ('high', 'low', 'moderate')
    """
    if sum(is_good(g) for g in grades) >= GOOD:
        return "high"
    better_than_c3 = [
        g for g in grades if (g[0] in "AB" and g[1] in "123") or (g[0] == "C" and g[1] in "12")
    ]
    if len(grades) <= 1 or not better_than_c3:
        return "low"
    return "moderate"
