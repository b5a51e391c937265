# Two commands: `make run` (the desk, with a real crisis replayed into it) and `make test`.
# Both set up what they need and are quick the second time.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
WEB := src/tocsin/web/island

.PHONY: run test bench setup lint types contracts clean

run: export TOCSIN_HOME ?= var/demo
run: setup
	@$(BIN)/tocsin run --demo

test: $(STAMP)-test $(STAMP)-assets $(STAMP)-texts
	@$(BIN)/python tests/run.py

BENCHES := detect cap reach gather allot

bench: .venv-bench/.stamp
	@for each in $(BENCHES); do echo "→ bench/$$each"; .venv-bench/bin/python -m bench.$$each || exit 1; done

setup: $(STAMP)-run $(STAMP)-assets $(STAMP)-texts

$(VENV)/bin/uv: requirements/installer.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing: install it (Debian: apt install python3.11 python3.11-venv) or name yours: make PYTHON=python3.12"; exit 1; }
	@echo "→ making the virtual environment ($(VENV))"
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@touch $@

$(STAMP)-run: $(VENV)/bin/uv requirements/runtime.txt pyproject.toml
	@echo "→ installing what Tocsin runs on"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes -r requirements/runtime.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e .
	@touch $@

$(STAMP)-test: $(STAMP)-run requirements/test.txt
	@echo "→ installing what the tests need"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes -r requirements/test.txt
	@touch $@

$(STAMP)-assets: $(STAMP)-run $(wildcard $(WEB)/package-lock.json $(WEB)/*.js $(WEB)/src/*)
	@command -v npm >/dev/null || { echo "Node.js with npm is missing: install Node 20 or newer (Debian: apt install nodejs npm)"; exit 1; }
	@echo "→ building the page's map and charts"
	@cd $(WEB) && npm ci --no-audit --no-fund --silent && npm run --silent build
	@touch $@

$(STAMP)-texts: $(STAMP)-run $(shell find src -name '*.po' 2>/dev/null)
	@echo "→ compiling the texts"
	@for d in $$(find src -name django.po -not -path "*/node_modules/*" | sed "s,/zh_Hans/.*,,"); do $(BIN)/pybabel -q compile --use-fuzzy -D django -d $$d || exit 1; done
	@touch $@

.venv-bench/.stamp: $(VENV)/bin/uv requirements/bench.txt pyproject.toml
	@echo "→ installing the peers that the benches stand beside (.venv-bench)"
	@$(BIN)/uv venv -q --allow-existing --python $(PYTHON) .venv-bench
	@VIRTUAL_ENV=.venv-bench $(BIN)/uv pip install -q --require-hashes -r requirements/bench.txt
	@VIRTUAL_ENV=.venv-bench $(BIN)/uv pip install -q --no-deps -e .
	@touch $@

lint: $(STAMP)-test
	@$(BIN)/ruff format --check src tests bench && $(BIN)/ruff check src tests bench

types: $(STAMP)-test
	@$(BIN)/mypy

contracts: $(STAMP)-test
	@$(BIN)/lint-imports --no-cache

clean:
	rm -rf $(VENV) .venv-bench $(WEB)/node_modules $(WEB)/dist
