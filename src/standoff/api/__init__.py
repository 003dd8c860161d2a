"""What `import standoff as so` gives: a thin façade with frames, plots and notebook tables."""

from standoff.api.dossier import Dossier, new_dossier, open_dossier
from standoff.api.stance import StanceView, measure_stance
from standoff.api.tables import Table
from standoff.assess import assess_question
from standoff.brief import render_html
from standoff.check import check_claims
from standoff.game import build_game, load_coefficients, solve_batch
from standoff.ledger import SignalQuery
from standoff.read import read_report
from standoff.systems import load_system, shipped_systems

__all__ = [
    "Dossier",
    "SignalQuery",
    "StanceView",
    "Table",
    "assess_question",
    "build_game",
    "check_claims",
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
