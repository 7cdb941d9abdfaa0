# Curseurs. `make run` starts the course, `make test` checks everything; both set up what they need, and say so.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

# uv, where it is there, is faster and fetches the build of torch for this machine's GPU, or for none. Else venv and pip.
ifneq ($(shell command -v uv 2>/dev/null),)
UV_TORCH_BACKEND ?= auto
UV_COMPILE_BYTECODE ?= 1
export UV_TORCH_BACKEND UV_COMPILE_BYTECODE
create = uv venv --seed --allow-existing --python '$(if $(filter file,$(origin PYTHON)),>=3.11,$(PYTHON))' $(VENV)
install = uv pip install --python $(BIN)/python
else
export PIP_DISABLE_PIP_VERSION_CHECK = 1
create = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")' \
	&& $(PYTHON) -m venv $(VENV)
install = $(BIN)/python -m pip install
endif

.PHONY: run test check bench format clean

run: $(VENV)/installed
	$(BIN)/python -m streamlit run streamlit_app.py

test: $(VENV)/installed-dev check
	$(BIN)/python -m pytest -n 2 --dist loadfile

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

# Each file says that a step was finished: one that was interrupted is taken up again.
$(VENV)/created:
	@echo "Curseurs: creating the environment $(VENV)"
	$(create)
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
