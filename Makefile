# Two commands do everything on a fresh machine: `make demo` and `make test`. uv is used where it is found.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# One more than the two cores that the suite is measured on: nights wait for servers, hosts and pauses.
WORKERS ?= 3

.PHONY: help demo test lint types unit install bench pictures train evaluate clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# One stamp a set of extras: a change of the pins or of the project's metadata installs again.
$(VENV)/.default: pyproject.toml constraints.txt
	@deploy/install.sh "$(PYTHON)" "$(VENV)" .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	@deploy/install.sh "$(PYTHON)" "$(VENV)" ".[dev]"
	@touch $@ $(VENV)/.default

install: $(VENV)/.default ## install Nightdesk into .venv

demo: $(VENV)/.default ## three nights over the bundled sample press, no internet needed
	@$(BIN)/nightdesk demo

test: lint ## everything that must hold: style, types, conventions, behaviour
	@$(MAKE) --no-print-directory -j2 types unit

lint: $(VENV)/.dev ## ruff and sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 sql

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

# The tests start some 200 processes of ours; where bytecode is switched off, each would compile the project anew.
unit: export PYTHONDONTWRITEBYTECODE :=
unit: $(VENV)/.dev ## the tests
	$(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

bench: $(VENV)/.dev ## benchmarks, printed
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file || exit 1; done

pictures: $(VENV)/.dev ## the README's pictures, made anew from the demo
	$(BIN)/nightdesk demo --home data-pictures
	$(BIN)/python -m deploy.pictures --home data-pictures --out deploy/pictures

train: $(VENV)/.dev ## train the embedded reader: make train DATA=<folder>
	$(BIN)/python -m pip install -q -c constraints.txt -e ".[train]"
	$(BIN)/python -m transforms.reader.training.train --data "$(DATA)" --out train-runs
	$(BIN)/python -m transforms.reader.training.export --model train-runs/model.pt --folder train-runs/weights
	$(BIN)/python -m transforms.reader.training.fits --data "$(DATA)" --folder train-runs/weights --cache train-runs/fits.npz
	$(BIN)/python -m transforms.reader.training.precision --data "$(DATA)" --model train-runs/model.pt \
		--folder train-runs/weights --cache train-runs/fits.npz --part validation

evaluate: $(VENV)/.dev ## measure the shipped reader: make evaluate DATA=<folder>
	@$(BIN)/nightdesk evaluate "$(DATA)"

clean: ## remove what the targets above made
	rm -rf $(VENV) data data-pictures .mypy_cache .ruff_cache .pytest_cache .hypothesis
