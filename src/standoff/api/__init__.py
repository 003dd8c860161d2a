"""What `import standoff as so` gives: a thin façade with frames, plots and notebook tables.

A name is loaded when it is first used, so that who fits a game does not wait for the readers.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.api.dossier import Dossier, new_dossier, open_dossier
    from standoff.api.fitting import FormulaFit, fit_formula
    from standoff.api.stance import StanceView, measure_stance
    from standoff.api.tables import Table
    from standoff.assess import assess_question
    from standoff.brief import render_html
    from standoff.check import check_claims
    from standoff.game import build_game, load_coefficients, solve_batch
    from standoff.ledger import SignalQuery
    from standoff.read import read_report
    from standoff.systems import load_system, shipped_systems

_HOME = {
    "Dossier": "standoff.api.dossier",
    "FormulaFit": "standoff.api.fitting",
    "SignalQuery": "standoff.ledger",
    "StanceView": "standoff.api.stance",
    "Table": "standoff.api.tables",
    "assess_question": "standoff.assess",
    "build_game": "standoff.game",
    "check_claims": "standoff.check",
    "fit_formula": "standoff.api.fitting",
    "load_coefficients": "standoff.game",
    "load_system": "standoff.systems",
    "measure_stance": "standoff.api.stance",
    "new_dossier": "standoff.api.dossier",
    "open_dossier": "standoff.api.dossier",
    "read_report": "standoff.read",
    "render_html": "standoff.brief",
    "shipped_systems": "standoff.systems",
    "solve_batch": "standoff.game",
}

__all__ = [
    "Dossier",
    "FormulaFit",
    "SignalQuery",
    "StanceView",
    "Table",
    "assess_question",
    "build_game",
    "check_claims",
    "fit_formula",
    "load_coefficients",
    "load_system",
    "measure_stance",
    "new_dossier",
    "open_dossier",
    "read_report",
    "render_html",
    "shipped_systems",
    "solve_batch",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'standoff.api' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
