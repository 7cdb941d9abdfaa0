# Curseurs. `make run` starts the course, `make class` opens it to the room, `make test` checks everything. They set up
# what they need, and say so.
PYTHON ?= python3
VENV ?= .venv
TRACKING ?= .venv-tracking
BIN = $(VENV)/bin
# The browser's code has tools of its own; Node and npm come into the environment with requirements-dev.txt.
NPM_INSTALLED = node_modules/.package-lock.json
BIOME = $(BIN)/node node_modules/@biomejs/biome/bin/biome
TSC = $(BIN)/node node_modules/typescript/bin/tsc

# With uv on the PATH everything is faster, and torch is the build for this machine's GPU, or the small one if there is
# none (TORCH=cpu, TORCH=cu130 … choose; TORCH= takes PyPI's). Without uv: Python's own venv, and a pip that shows progress.
ifneq ($(shell command -v uv 2>/dev/null),)
TORCH ?= $(or $(UV_TORCH_BACKEND),auto)
wanted = $(if $(filter file,$(origin PYTHON)),>=3.11,$(PYTHON))
create = uv venv --seed --allow-existing --python "$(wanted)" $(VENV)
install = uv pip install --python $(BIN)/python --compile-bytecode $(addprefix --torch-backend=,$(TORCH))
else
export PIP_DISABLE_PIP_VERSION_CHECK = 1
create = "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")' \
	&& "$(PYTHON)" -m venv --upgrade-deps $(VENV)
install = $(BIN)/python -m pip install
endif

.PHONY: run class test pytest check bench format tracking clean

run: $(VENV)/installed
	$(BIN)/python -m streamlit run streamlit_app.py

class: $(VENV)/installed
	$(BIN)/python -m components.server

# `make test ONLY=embeddings` runs the tests of one page. The checks go beside the tests: a browser often waits.
test: $(VENV)/installed-dev $(if $(ONLY),,$(NPM_INSTALLED))
	@$(BIN)/python -m compileall -q core components pages # else each of some forty processes does it
	@$(MAKE) --no-print-directory -j 2 $(if $(ONLY),,check) pytest

pytest:
	$(BIN)/python -m pytest -n 3 --dist worksteal $(if $(ONLY),--only=$(ONLY) tests/$(ONLY) tests/course)

check: $(VENV)/installed-dev $(NPM_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.claims
	$(BIOME) check --error-on-warnings
	$(TSC)

bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.benchmarks

format: $(VENV)/installed-dev $(NPM_INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

# wandb and MLflow, for the page on the project: beside the course's own environment, whose pins MLflow would move.
tracking: $(TRACKING)/installed

clean:
	rm -rf $(VENV) $(TRACKING) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Each file says that a step was finished: one that was interrupted is taken up again.
$(VENV)/created:
	@echo "Curseurs: creating the environment $(VENV)"
	@$(create)
	@touch $@

$(VENV)/installed: requirements.txt requirements-nodeps.txt | $(VENV)/created
	@echo "Curseurs: installing what the course needs, some minutes the first time"
	$(install) -r requirements.txt
	$(install) --no-deps -r requirements-nodeps.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Curseurs: installing what the tests need"
	$(install) -r requirements-dev.txt
	@touch $@

$(NPM_INSTALLED): package-lock.json $(VENV)/installed-dev
	@echo "Curseurs: installing the tools of the browser's code"
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(TRACKING)/installed: override VENV = $(TRACKING)
$(TRACKING)/installed: requirements-tracking.txt
	@echo "Curseurs: creating the environment $(TRACKING), for wandb and MLflow"
	@$(create)
	$(install) -r requirements-tracking.txt
	@touch $@
