# The front desk. `make` alone lists the targets; each line after ## is what the list says.

PYTHON ?= python3
POSTGRES_TESTS ?=
SCREENSHOTS ?=
DATA ?= $(or $(PRIMACY_DATA),primacy-data)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
CORE := $(VENV)/core.stamp
DEV := $(VENV)/dev.stamp
SPARK := $(VENV)/spark.stamp
POSTGRES := $(VENV)/postgres.stamp
PURE := $(VENV)-pure/pure.stamp
EXERCISE := $(DATA)/exercise.stamp
CATALOGUES := $(wildcard src/primacy/ui/locale/*/LC_MESSAGES/django.po)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-core install-spark install-postgres run test test-pure test-postgres lint lint-style lint-order lint-types lint-files format bench screenshots docs lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(DEV) ## Make .venv with everything that running, testing and checking need

install-core: $(CORE) ## Make .venv with what running needs and no more

install-spark: $(SPARK) ## Add Spark to .venv, for an evidence store that one machine cannot read; it needs Java

install-postgres: $(POSTGRES) ## Add the driver of PostgreSQL to .venv, for a mission with many people at once

run: $(CORE) $(EXERCISE) ## Open the site, at the first time with an invented country
	@exec $(BIN)/primacy --data "$(DATA)" serve --port $(PORT)

test: $(DEV) ## Run all tests; the closing lines name the groups left out and why
	@$(BIN)/python -m pytest -n auto --dist loadscope

test-pure: $(PURE) ## Run one case of each test of the pure modules where Django is not installed
	@$(VENV)-pure/bin/python -m pytest -n auto --dist loadscope

test-postgres: $(DEV) ## Run the tests that use the database on a server of PostgreSQL, which is thrown away
	@PYTHONPATH=. $(BIN)/python tests/postgres/server.py $(BIN)/python -m pytest --only-database -n auto --dist loadscope $(POSTGRES_TESTS)

lint: lint-style lint-order lint-types lint-files ## Check style and form, the order of rooms, types, and the files' own rules

lint-style: $(DEV)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

lint-order: $(DEV)
	@$(BIN)/lint-imports --no-logo

lint-types: $(DEV)
	@$(BIN)/python -m mypy src/primacy

lint-files: $(DEV)
	@$(BIN)/python -m pytest tests/architecture

format: $(DEV) ## Bring the code into the agreed form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(DEV) ## Measure error rates and speed, ours beside others', into docs/benchmarks.md
	$(BIN)/python bench/report.py

docs: $(DEV) ## Write the generated pages of docs/reference again
	$(BIN)/python docs/generate.py

screenshots: $(DEV) ## Take every page in each look, into a folder outside (SCREENSHOTS=DIR), and those of docs/images
	@$(BIN)/python docs/screenshots.py $(SCREENSHOTS)

lock: $(DEV) ## Pin and hash the requirements again
	cd requirements && for set in core dev pure spark postgres; do \
	  CUSTOM_COMPILE_COMMAND="make lock" ../$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options -o $$set.txt $$set.in || exit 1; \
	done

clean: ## Remove the environments and all caches, never an instance folder
	rm -rf $(VENV) $(VENV)-pure .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Primacy needs Python 3.11 or newer; name one by make PYTHON=python3.11" >&2; exit 1; }
	@echo "Making the environment; the first time this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(CORE): $(VENV)/made.stamp requirements/core.txt pyproject.toml $(CATALOGUES)
	@$(PIP) install -qq --require-hashes -r requirements/core.txt
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m primacy.ui.messages >/dev/null
	@$(BIN)/python -m compileall -q src/primacy
	@touch $@

$(DEV): $(CORE) requirements/dev.txt
	@$(PIP) install -qq --require-hashes -r requirements/dev.txt
	@touch $@

$(SPARK): $(CORE) requirements/spark.txt
	@$(PIP) install -qq --require-hashes -r requirements/spark.txt
	@touch $@

$(POSTGRES): $(CORE) requirements/postgres.txt
	@$(PIP) install -qq --require-hashes -r requirements/postgres.txt
	@touch $@

$(PURE): requirements/pure.txt pyproject.toml
	@$(PYTHON) -m venv $(VENV)-pure
	@$(VENV)-pure/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes -r requirements/pure.txt
	@$(VENV)-pure/bin/python -m pip --disable-pip-version-check install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# An instance of one's own is brought up to date; only an empty one, or one that was begun so, gets the invented country.
$(EXERCISE): | $(CORE)
	@if [ -f "$(DATA)/mission.yaml" ] && ! grep -Eq '^country: (XXX|XDS)' "$(DATA)/mission.yaml"; \
	  then $(BIN)/primacy --data "$(DATA)" init; else $(BIN)/primacy --data "$(DATA)" init --exercise; fi
	@touch $@
