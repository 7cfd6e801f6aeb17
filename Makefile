# `make` alone prints what there is.
PYTHON ?= python3
TARGET ?= .
OUT ?= out
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help audit test lint self bench demo demo-history docs clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

audit: .venv/installed ## Set up and audit TARGET (this repository unless told otherwise) into out/
	@mkdir -p $(OUT) && rm -f $(OUT)/report.*
	@$(BIN)/auditor audit $(TARGET) \
	  --format html --output $(OUT)/report.html --format json --output $(OUT)/report.json \
	  --format sarif --output $(OUT)/report.sarif --format markdown --output $(OUT)/report.md; \
	code=$$?; [ -f $(OUT)/report.html ] || exit $$code; echo "Reports: $(OUT)/report.html, .json, .sarif, .md"

test: .venv/tested ## Set up and run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/tested ## ruff, mypy --strict and the import contract
	$(BIN)/ruff check auditor rules reports tests
	$(BIN)/mypy
	$(BIN)/mypy --strict --explicit-package-bases reports
	$(BIN)/mypy --strict --explicit-package-bases rules
	$(BIN)/lint-imports

self: .venv/installed ## auditor on itself, which has to come out clean
	$(BIN)/auditor audit . --no-deps

bench: .venv/installed ## Time auditor and its peers on released sources, into docs/benchmarks.md
	$(BIN)/python -m tests.bench

demo: .venv/installed ## Audit two released applications against the demo's roadmaps
	$(BIN)/python -m tests.demo

demo-history: .venv/reporting ## Audit half a year of weekly releases from git, and make the Friday page of it
	$(BIN)/python -m tests.demo.history

docs: .venv/tested ## Write the generated pages of docs/ anew
	$(BIN)/python -m tests.house.docs

clean: ## Take away all that the other targets made
	rm -rf .venv out .bench .demo build dist

.venv/installed: pyproject.toml
	@echo "setting up .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "auditor needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/reporting: .venv/installed
	@echo "installing what the reports draw with ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[reports]'
	@touch $@

.venv/tested: .venv/installed
	@echo "installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@
