# Everything runs in .venv, which the targets make themselves. Needed on the machine: Python 3.11 or later, git, make.
PYTHON ?= python3
BIN := .venv/bin
STORE := build/demo-store

.DEFAULT_GOAL := help
.PHONY: help demo test lint format docs ontology ontology-docs eval models segmenter bench fuzz samples clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/pip.done:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("kg needs Python 3.11 or later; set PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	touch $@

.venv/kg.done: .venv/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/dev.done: .venv/kg.done pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

demo: .venv/kg.done  ## build the graph of seeds/reports, ask it a question, write build/demo.ttl
	rm -rf $(STORE) build/demo.ttl
	mkdir -p build
	$(BIN)/kg build seeds/reports --store $(STORE) --format table
	$(BIN)/kg query rates-over-time --store $(STORE) --format table
	$(BIN)/kg export --store $(STORE) --format turtle --output build/demo.ttl

test: .venv/dev.done lint  ## run the linters, the type checker and the tests
	$(BIN)/python -m pytest -q -n auto

lint: .venv/dev.done  ## run the linters and the type checker
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports

format: .venv/dev.done  ## format the code and sort the imports
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

docs: .venv/kg.done  ## write the generated parts of the documents anew, from the code and the corpus
	$(BIN)/python scripts/make_reference.py
	$(BIN)/python scripts/make_questions.py

ontology: .venv/dev.done demo  ## look for contradictions in the ontology and the demo graph, by OWL 2 RL (two minutes)
	$(BIN)/python scripts/check_ontology.py build/demo.ttl

ontology-docs: .venv/dev.done  ## write docs/ontology.html, the page of the ontology, anew
	$(BIN)/python scripts/make_ontology_docs.py

eval: .venv/dev.done  ## score every measure of reading in one table: splits, damaged reports, folds over provinces, published reports
	$(BIN)/python scripts/evaluate.py

models: .venv/kg.done  ## train the models of seeds/models anew; the same corpus gives the same bytes
	$(BIN)/python scripts/train_models.py

segmenter: .venv/kg.done  ## train the segmenter of seeds/segmenter anew; the same corpus gives the same bytes
	$(BIN)/python scripts/train_segmenter.py

bench: .venv/kg.done  ## measure how fast reports are read, queries answered and labels linked
	$(BIN)/python bench/bench.py
	$(BIN)/python scripts/measure_linking.py

fuzz: .venv/dev.done  ## read 10,000 mutated files: each is to be read or named, none may hang or crash
	$(BIN)/python scripts/fuzz_readers.py --count 10000

samples: .venv/dev.done  ## make tests/data anew, but for its PDFs, which take Chromium and LibreOffice (--pdf)
	$(BIN)/python scripts/make_samples.py

clean:  ## remove what the targets made, .venv included
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
