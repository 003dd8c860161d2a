"""The level of confidence in a judgement (ICD 203), from the grades of its sources."""

from __future__ import annotations

from collections.abc import Sequence


def confidence(grades: Sequence[str]) -> str:
    """The confidence word from the grades of independent sources, such as "B2".

    High: three or more independent sources graded B2 or better agree. Low: one source, or none
    better than C3. Otherwise moderate. F and 6 mean unknown, which is never better than C3.

    >>> confidence(["B2", "A2", "B1"]), confidence(["B2"]), confidence(["B2", "C3"])
    ('high', 'low', 'moderate')
    """
    good = [g for g in grades if g[0] in "AB" and g[1] in "12"]
    if len(good) >= 3:
        return "high"
    better_than_c3 = [
        g for g in grades if (g[0] in "AB" and g[1] in "123") or (g[0] == "C" and g[1] in "12")
    ]
    if len(grades) <= 1 or not better_than_c3:
        return "low"
    return "moderate"
