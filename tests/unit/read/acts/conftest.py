"""Signals of a text of one day, as plain codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2024, 5, 23)  # a Thursday
Coded = tuple[str, str, str]


@pytest.fixture
def code() -> Callable[[str], list[Coded]]:
    """(event, sources, targets) of each signal, actors sorted and joined by a space."""

    def coded(text: str) -> list[Coded]:
        return [
            (s.event.value, " ".join(sorted(s.source_actors)), " ".join(sorted(s.target_actors)))
            for s in read_report(text, published=DAY).signals
        ]

    return coded
