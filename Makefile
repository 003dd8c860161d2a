# Two commands matter: `make demo` and `make test`. Both make the environment themselves.
# What must be there: make and Python 3.11 or newer with venv.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
BIN := $(VENV)/bin

.PHONY: demo test check bench setup setup-core clean

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.4"

# The core only, or what a fuller set-up left in place (inexact): one environment serves both.
setup-core: $(UV)
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --quiet --frozen --inexact --active

setup: $(UV)
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) sync --quiet --frozen --inexact --active --all-extras --group dev --group referees
	@$(BIN)/standoff game compile --system west-pacific-2021 > /dev/null

demo: setup-core
	$(BIN)/standoff demo

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

test: setup
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q

bench: setup
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .ruff_cache .import_linter_cache
