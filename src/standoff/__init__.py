"""standoff: a workbench for deterrence systems.

>>> import tempfile
>>> import standoff as so
>>> folder = tempfile.TemporaryDirectory()
>>> dossier = so.new_dossier(f"{folder.name}/taiwan.standoff", system="west-pacific-2021")
>>> len(dossier.signals(actor="JPN", on="TWN")) > 20
True
>>> dossier.close(); folder.cleanup()

Names are loaded when first used, so that `import standoff` and the command line start at once.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.api import (
        Dossier,
        FormulaFit,
        SignalQuery,
        StanceView,
        Table,
        assess_question,
        build_game,
        check_claims,
        fit_formula,
        load_coefficients,
        load_system,
        measure_stance,
        new_dossier,
        open_dossier,
        read_report,
        render_html,
        shipped_systems,
        solve_batch,
    )

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
    if name in __all__:
        return getattr(importlib.import_module("standoff.api"), name)
    raise AttributeError(f"module 'standoff' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
