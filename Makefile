# The verbs of this project. `make` lists them; continuous integration calls the same ones.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2
DIST ?= loadfile
TESTS ?= tests

BIN = $(VENV)/bin
DJANGO = $(BIN)/python manage.py
RUNTIME = @VENV=$(VENV) $(PYTHON) -m registry.bootstrap
DEVELOPMENT = $(RUNTIME) --dev
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11

# Settings for what only reads the code, and settings like those of an office, for the check of a deployment.
# Nothing connects to either database.
OFFLINE = SECRET_KEY=only-for-this-command DATABASE_URL=postgresql://registry@db.invalid/registry
OFFICE = DEBUG=no REGISTRY_DEMO=no BEHIND_TLS=yes ALLOWED_HOSTS=registry.example.org \
	SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG \
	DATABASE_URL='postgresql://registry@db.invalid/registry?sslmode=verify-full'

.DEFAULT_GOAL := help
.PHONY: help setup demo run test browser check schema migrate prove mutants bench messages lock clean-caches

help: ## list the verbs
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: ## install what development and tests need
	$(DEVELOPMENT)

demo: ## install, load, write the report, serve at http://127.0.0.1:8000 (PORT=8001)
	$(RUNTIME)
	@REGISTRY_DEMO=yes $(DJANGO) demo

run: ## serve what is in the database, with your own settings (PORT=8001)
	$(RUNTIME)
	@$(BIN)/python -m registry.serve

test: ## run the test suite (TESTS=tests/registry WORKERS=4)
	$(DEVELOPMENT)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

prove: ## run the long proofs: full matrices, races, kills, fuzzing
	$(DEVELOPMENT)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist $(DIST) -m prove -p tests.budget --ignore=tests/browser $(TESTS)

mutants: ## take out one check after another: a test must notice each (ONLY=name, WORKERS=2)
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.proofs.mutants "$(ONLY)" $(WORKERS)

browser: ## walk the pages in Chromium as their users do (REGISTRY_CHROMIUM=/path/to/it)
	$(DEVELOPMENT)
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m pytest -m prove tests/browser

check: ## look at form, types, imports, migrations, settings and generated files
	$(DEVELOPMENT)
	@mkdir -p var
	@echo "check: form"
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@echo "check: types"
	@$(OFFLINE) $(BIN)/mypy
	@echo "check: imports and dependencies"
	@$(OFFLINE) $(BIN)/lint-imports
	@$(BIN)/deptry .
	@echo "check: migrations"
	@$(OFFLINE) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@echo "check: settings of an office"
	@$(OFFICE) $(DJANGO) check --deploy --fail-level WARNING
	@echo "check: generated files"
	@$(OFFLINE) $(DJANGO) spectacular --validate --fail-on-warn --lang en --file var/openapi.yaml
	@diff -u openapi.yaml var/openapi.yaml || { echo "openapi.yaml is not what is served: make schema" >&2; exit 1; }
	@$(OFFLINE) $(DJANGO) write_docs --check
	@$(OFFLINE) $(DJANGO) messages --check

schema: ## write openapi.yaml and the generated pages of docs/
	$(DEVELOPMENT)
	@$(OFFLINE) $(DJANGO) spectacular --validate --fail-on-warn --lang en --file openapi.yaml
	@$(OFFLINE) $(DJANGO) write_docs

migrate: ## bring the database to the state of the code
	$(RUNTIME)
	@$(DJANGO) migrate
	@$(DJANGO) record_ceiling

bench: ## measure lists of a million items, and reports, against the shortest honest programs (first run fills)
	$(DEVELOPMENT)
	@REGISTRY_DEMO=yes $(DJANGO) bench
	@REGISTRY_DEMO=yes $(DJANGO) bench_reports

messages: ## collect the texts for translation and compile the translations
	$(DEVELOPMENT)
	@$(OFFLINE) $(DJANGO) messages

lock: ## write both lock files anew from pyproject.toml (UPGRADE=--upgrade)
	$(DEVELOPMENT)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	@$(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt
	@$(LOCK) $(UPGRADE) --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean-caches: ## remove what the tools left behind; data and environment stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage
	@find agencies registry reports tests -name __pycache__ -type d -prune -exec rm -rf {} +
