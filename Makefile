# Curseurs. `make run` starts the course, `make test` checks everything; both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# The browser's code has tools of its own; Node and npm come into the environment with requirements-dev.txt.
NPM_INSTALLED = node_modules/.package-lock.json
BIOME = $(BIN)/node node_modules/@biomejs/biome/bin/biome
TSC = $(BIN)/node node_modules/typescript/bin/tsc

.PHONY: run test check bench format clean

run: $(VENV)/installed
	$(BIN)/streamlit run streamlit_app.py

test: $(VENV)/installed-dev check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/installed-dev $(NPM_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIOME) check --error-on-warnings
	$(TSC)

bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.benchmarks

format: $(VENV)/installed-dev $(NPM_INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q -r requirements-dev.txt
	touch $@ $(VENV)/installed

$(NPM_INSTALLED): package-lock.json $(VENV)/installed-dev
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@
