# Curseurs. `make run` starts the course, `make test` checks everything; both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test check bench format clean

run: $(VENV)/installed
	$(BIN)/streamlit run streamlit_app.py

# `make test ONLY=embeddings` runs the tests of one page.
test: $(VENV)/installed-dev $(if $(ONLY),,check)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(if $(ONLY),--only=$(ONLY) tests/$(ONLY) tests/course)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.benchmarks

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q -r requirements-dev.txt
	touch $@ $(VENV)/installed
