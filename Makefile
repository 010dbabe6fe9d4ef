# Listener. `make run` sets everything up and opens the app; `make test` runs the tests. Both need only python3 (3.11+).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup run example test check lint format lock bench bench-speakers bench-behaviours bench-events pictures player clean

help:            ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) .ci/check_python.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	sh .ci/portaudio
	@touch $@

setup: $(VENV)/.installed   ## make .venv with the `listener` command, and fetch the transcription weights once
	$(BIN)/listener models fetch base tiny.en

run: setup       ## set up, then open the practice app
	@echo 'No microphone at hand? Choose "Example conversation" in the app, or run `make example` for its report.'
	$(BIN)/listener

example: setup   ## set up, then replay the bundled example conversation and show its report
	$(BIN)/listener replay --example

test: setup      ## run all tests, real tiny.en transcription included
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint test ## what CI runs: format, lint, types, import contracts, tests

lint: $(VENV)/.installed  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.installed  ## put the code into its standard form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:            ## pin every dependency with its hashes again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --output-file requirements.lock

bench: setup     ## speed, memory and accuracy on development data, where it lies beside the checkout
	$(BIN)/python -m tests.benchmarks

bench-behaviours: setup  ## listening behaviours beside simple baselines, on development data beside the checkout
	$(BIN)/python -m tests.benchmarks behaviours

bench-events: setup  ## backchannels from timing and words against the labels of AMI's annotators, beside the checkout
	$(BIN)/python -m tests.benchmarks events

bench-speakers: setup  ## who speaks, overlaps and interruptions against the truth, beside what the parts alone reach
	$(BIN)/python -m tests.benchmarks speakers live

pictures: setup  ## draw the pictures of the README from the example
	$(BIN)/python .ci/pictures.py

player:          ## fetch the pinned player of the HTML report again (needs npm)
	.ci/bundle_player

clean:           ## remove what was built; fetched weights stay
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
