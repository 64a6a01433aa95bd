# Everything by one word. PYTHON chooses the interpreter of a fresh environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run install test check bench clean

run: install
	$(BIN)/python app.py

install: $(VENV)/installed

test: $(VENV)/tested check
	$(BIN)/python -m pytest

check: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/tested
	$(BIN)/python -m tests.bench

$(VENV)/installed: requirements.txt
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -r requirements.txt
	$(BIN)/python app.py prepare
	touch $@

$(VENV)/tested: $(VENV)/installed requirements-dev.txt
	$(BIN)/pip install -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) models build .mypy_cache .ruff_cache .pytest_cache
