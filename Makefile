# The two commands of the README are `make run` and `make test`; both set everything up first (scripts/setup.sh).

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest

.PHONY: help run test coverage lint format bench bench-quick quality screenshots reports translations lock install-desktop \
	uninstall-desktop bundle bundle-check wheelhouse setup setup-run clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

run: setup-run ## Open the program on the June 2023 case; without a screen, write its charts and pages into out/
	@scripts/run.sh

test: setup ## Run every test
	@$(PYTEST) -n 3 --dist loadfile

coverage: setup ## Run every test and show which lines none of them reaches
	@$(PYTHON) -m coverage run -m pytest -q
	@$(PYTHON) -m coverage combine --quiet
	@$(PYTHON) -m coverage report

lint: setup ## Check format, style, types and layers
	@scripts/lint.sh

format: setup ## Put every Python file into the house's format
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m ruff check --quiet --fix .

bench: setup ## Measure the program against its floors and print the table
	@$(PYTHON) -m benchmarks.run

bench-quick: setup ## The same with fewer rounds
	@$(PYTHON) -m benchmarks.run --quick

quality: setup ## Let every method, and groups, judge simulated cases whose truth is known, and print the tables
	@$(PYTHON) -m benchmarks.decision_quality.run
	@$(PYTHON) -m benchmarks.decision_quality.companies

screenshots: setup ## Make the manual's pictures anew
	@$(PYTHON) -m scripts.screenshots

reports: setup ## Write the reports on the June 2023 case into out/reports
	@$(PYTHON) -m scripts.reports

translations: setup ## Write the template that translations start from
	@$(PYTHON) scripts/i18n.py

lock: setup ## Pin the requirements anew (needs uv)
	@scripts/lock.sh

install-desktop: setup-run ## Put the program into your menu and open *.ach.json with it (PREFIX=/usr/local: for everybody)
	@scripts/desktop_files.sh install

uninstall-desktop: ## Take it out of the menu again
	@scripts/desktop_files.sh uninstall

bundle: setup ## Make dist/ach-desk: a folder that runs from anywhere, without Python and without rights
	@scripts/bundle/build.sh

bundle-check: ## Start that folder where nothing else is, and measure it
	@PYTHONPATH=. $(PYTHON) -m scripts.bundle.check

wheelhouse: setup ## Make dist/wheelhouse: everything that an installation without a network needs
	@scripts/wheelhouse.sh

setup:
	@scripts/setup.sh test

setup-run:
	@scripts/setup.sh run

clean: ## Remove what was made here, the virtual environment included
	@rm -rf .venv build dist out .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov
	@find ach_desk benchmarks scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
