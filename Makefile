# One door. `make help` lists what is behind it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
DEMO := demo-country

.DEFAULT_GOAL := help
.PHONY: help setup setup-spark report check format test bench lock clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

report: $(VENV)/lean ## set up, build the invented country, write its report in three languages
	$(BIN)/aiqyn new $(DEMO) --demo --if-missing
	$(BIN)/aiqyn report $(DEMO) --year 2025

setup: $(VENV)/full ## .venv with everything that tests and checks need

setup-spark: $(VENV)/full requirements/spark.txt ## add Spark (half a gigabyte; wants Java 17)
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.txt

check: $(VENV)/full ## format, lint, types, imports
	$(BIN)/ruff format --check src tests benches docs/reference/write_error_codes.py
	$(BIN)/ruff check src tests benches docs/reference/write_error_codes.py
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/full ## put the code in form
	$(BIN)/ruff format src tests benches docs/reference/write_error_codes.py
	$(BIN)/ruff check --fix src tests benches docs/reference/write_error_codes.py

test: $(VENV)/full ## every test; browser tests want Debian's chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/full ## speed and memory, as ratios in one run
	$(BIN)/python -m benches

lock: $(VENV)/full ## write requirements/*.txt anew: versions and hashes, no addresses
	$(UV) pip compile -q $(LOCK) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile -q $(LOCK) pyproject.toml requirements/build.in -o requirements/report.txt
	$(UV) pip compile -q $(LOCK) --extra dev pyproject.toml requirements/build.in -c requirements/report.txt -o requirements/dev.txt
	$(UV) pip compile -q $(LOCK) --extra dev --extra spark pyproject.toml requirements/build.in -c requirements/dev.txt -o requirements/spark.txt

LOCK := --universal --generate-hashes --no-emit-index-url --no-annotate --no-header

clean: ## remove what can be made again (the demo country too)
	rm -rf $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The lean set is what a report needs; the full set adds tests and checks.
$(VENV)/lean: requirements/bootstrap.txt requirements/report.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 report")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/report.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/full: $(VENV)/lean requirements/dev.txt
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@
