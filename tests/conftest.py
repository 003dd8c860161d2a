"""Slow, obvious versions and simulated records of `tests/oracles` can be imported by every test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "oracles"))
