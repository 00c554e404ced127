# Everything from a bare machine: python3 (3.11 or later, with venv) and make are enough.
SHELL := /bin/sh
PY := .venv/bin/python
UV := .tools/uv/bin/uv
BIN := .venv/bin
WORKERS ?= 2
export FENGHUO_TEST_DATA ?= $(CURDIR)/.tools/test-data
# Every process of ours starts in half the time once its bytecode is kept.
unexport PYTHONDONTWRITEBYTECODE
TEST := env FENGHUO_DATA=$(FENGHUO_TEST_DATA) $(PY) -m pytest -q -n $(WORKERS) --dist worksteal
SAY = @printf '\n== %s\n'

.PHONY: setup run dev test check bench lock messages lint types suite suite-postgresql suite-browser clean

setup: .stamps/packages .stamps/assets .stamps/messages

run: setup
	@exec $(BIN)/fenghuo run --demo

dev: setup
	@FENGHUO_DEBUG=1 exec $(BIN)/fenghuo run --demo --reload

check: setup lint types suite

# Each pytest reads all the tests first, which takes half a minute: as few of them as may be.
test: setup lint types
	$(SAY) 'the suite on SQLite, with whole servers'
	$(TEST) -m "not browser"
	$(MAKE) --no-print-directory suite-postgresql
	$(MAKE) --no-print-directory suite-browser

bench: setup .stamps/bench
	$(PY) -m bench

lint:
	$(SAY) 'ruff, contracts, templates, migrations, translations'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	FENGHUO_DATA=$(FENGHUO_TEST_DATA) $(BIN)/fenghuo makemigrations --check --dry-run
	FENGHUO_DATA=$(FENGHUO_TEST_DATA) $(PY) scripts/messages.py --check

types:
	$(SAY) 'types'
	FENGHUO_DATA=$(FENGHUO_TEST_DATA) $(BIN)/mypy
	$(PY) scripts/npm.py run types

suite:
	$(SAY) 'the suite on SQLite'
	$(TEST) -m "not browser and not server"

suite-postgresql:
	$(SAY) 'the suite on PostgreSQL 18, with whole servers'
	$(PY) scripts/with_postgresql.py $(TEST) -m "not browser"

suite-browser:
	$(SAY) 'browser'
	FENGHUO_CHROMIUM=$$($(PY) scripts/browser.py) && export FENGHUO_CHROMIUM && $(TEST) tests/browser

messages: .stamps/packages
	FENGHUO_DATA=$(FENGHUO_TEST_DATA) $(PY) scripts/messages.py

lock: $(UV)
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev -o requirements-dev.lock
	$(UV) pip compile --quiet --upgrade --no-deps --universal --generate-hashes --no-emit-index-url --no-annotate --no-header bench/requirements.in -o bench/requirements.lock

clean:
	rm -rf .venv .tools .stamps node_modules src/fenghuo/static/build

$(UV):
	@printf '== installing uv\n'
	@python3 -m venv .tools/uv || { echo 'python3 with venv is needed: apt install python3-venv'; exit 1; }
	@.tools/uv/bin/pip install --quiet --disable-pip-version-check uv

# The project's own build runs with what the lock brought, so that nothing comes in without a hash.
.stamps/packages: requirements-dev.lock pyproject.toml .python-version | $(UV)
	@printf '== installing packages\n'
	@test -x $(PY) || $(UV) venv --quiet .venv
	@$(UV) pip sync --quiet --require-hashes requirements-dev.lock
	@touch README.md && $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@mkdir -p .stamps && touch $@

.stamps/bench: bench/requirements.lock .stamps/packages
	@printf '== installing what the benches compare with\n'
	@$(UV) pip install --quiet --no-deps --require-hashes --target .tools/bench -r bench/requirements.lock
	@touch $@

.stamps/npm: package.json package-lock.json .npmrc .stamps/packages
	@printf '== installing npm packages\n'
	@$(PY) scripts/npm.py ci --ignore-scripts --silent
	@touch $@

.stamps/assets: .stamps/npm scripts/build.mjs tsconfig.json $(shell find assets -type f)
	@printf '== building assets\n'
	@$(PY) scripts/npm.py run --silent build
	@touch $@

.stamps/messages: .stamps/packages $(shell find src/fenghuo/locale -name '*.po' 2>/dev/null)
	@$(PY) scripts/messages.py --compile
	@touch $@
