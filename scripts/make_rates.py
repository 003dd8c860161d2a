"""Make `data/rates-1.toml` and `data/joining-1.toml` of the forecast room from its shipped tables.

    python scripts/make_rates.py

The tables come from `scripts/make_dyads.py`; `standoff fit forecast` fits to files of one's own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from standoff.forecast import (
    fit_joining,
    fit_rates,
    gather_opportunities,
    load_facts,
    training_panel,
    with_later,
    write_joining,
    write_rates,
)

TARGET = Path(__file__).parents[1] / "src/standoff/forecast/data"

if __name__ == "__main__":
    facts = load_facts()
    training = training_panel(facts)
    rates = with_later(fit_rates(training, facts), facts, training)
    write_rates(rates, TARGET / "rates-1.toml", date(2026, 11, 30))
    write_joining(fit_joining(gather_opportunities(facts)), TARGET / "joining-1.toml")
    print(f"{rates.name}: {rates.first}-{rates.last}, later {rates.later}")
