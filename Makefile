# The front door. Every target sets up what it needs on a fresh machine: `make site`, then `make test`.

BIN := .venv/bin
PORT ?= 8000
.DEFAULT_GOAL := help

.PHONY: help
help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: site
site: .venv/.site ## build the demo dealership into public/
	@$(BIN)/dealergen build
	@echo
	@echo "The demo dealership is in public/. To look at it:"
	@echo "  make serve      then open http://127.0.0.1:$(PORT)/"

.PHONY: serve
serve: .venv/.site ## preview the demo at http://127.0.0.1:8000/, made anew as you edit
	@$(BIN)/dealergen serve --port $(PORT)

.PHONY: test
test: .venv/.dev ## every test, in a real browser where one is meant
	@scripts/browser
	@$(BIN)/pytest -n 2 --dist loadfile -m 'not audit' --cov --cov-report=term:skip-covered $(ARGS)

.PHONY: audit
audit: .venv/.dev ## the tests that take minutes: random edits held to clean builds, kills at random moments
	@$(BIN)/pytest -n 2 --dist load -m audit $(ARGS)

.PHONY: lint
lint: .venv/.dev ## style, types and the layers of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: .venv/.dev ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: docs
docs: .venv/.dev ## write the generated reference and schemas again
	$(BIN)/python -m scripts.reference

.PHONY: bench
bench: .venv/.dev ## time clean and incremental builds beside Hugo (N=10000 vehicles)
	@$(BIN)/pip install --quiet --editable '.[bench]'
	$(BIN)/python bench/compare.py $(or $(N),10000)

.PHONY: clean
clean: ## take away what was built; the virtual environment stays
	rm -rf public .dealergen .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* htmlcov dist

.venv/.site: pyproject.toml
	@scripts/setup

.venv/.dev: pyproject.toml
	@scripts/setup dev
