# `make run` sets everything up and starts the program; `make test` runs every check; `make bench` prints the tables.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := client mock_server tui tests tools

# Containers often forbid compiled modules by this variable; without them every start takes half as long again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check compiled bench clean

run: $(VENV)/.run
	@$(BIN)/qportal $(ARGS)

$(VENV)/.run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

check: $(VENV)/.dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs 2 check compiled
	$(BIN)/pytest -n 3 --dist loadgroup

compiled: $(VENV)/.dev  ## The tests as modules, once for all workers, beside the checks.
	@$(BIN)/pytest --collect-only --quiet > .pytest-collected || (cat .pytest-collected; false)

bench: $(VENV)/.dev
	$(BIN)/python -m tools.bench

clean:
	rm -rf $(VENV) .pytest-collected .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: lock
lock:  ## Pin versions again; needs uv on the path.
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml --group build --group dev -o requirements-dev.lock
