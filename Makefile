# LLM Tutor. `make help` lists what there is.
PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
TUTOR := $(BIN)/llm-tutor $(if $(PROFILE),--profile "$(PROFILE)")
READY := $(VENV)/.ready
TRAIN_READY := $(VENV)/.train-ready

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench lock licences docs translations clean setup models train-evidence validate-evidence

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | sed 's/:.*## /\t/' | while IFS='	' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

$(READY): requirements.lock packaging/build-requirements.lock packaging/bootstrap.py pyproject.toml
	@$(PYTHON) packaging/bootstrap.py $(VENV)

setup: $(READY) ## make the virtual environment (once; needs the package index)

run: $(READY) ## set up what is missing, then open the tutor; make run ASK="…" answers one question
ifdef ASK
	@$(TUTOR) prepare
	@$(TUTOR) ask "$(ASK)"
else
	@$(BIN)/python -c "from tutor_app.display import has_display; raise SystemExit(not has_display())" || $(TUTOR) prepare
	@$(TUTOR)
endif

models: $(READY) ## fetch the embedded default models into .models, for the tests
	@LLM_TUTOR_HOME=.models $(BIN)/llm-tutor prepare

lint: $(READY) ## style, types and layer contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: models lint ## everything CI runs: set-up, lint, types, contracts, pack checks, tests
	$(BIN)/pytest

format: $(READY) ## rewrite the source in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: models ## measure speed and memory beside the alternatives (a few minutes)
	LLM_TUTOR_HOME=.models $(BIN)/llm-tutor bench retrieval
	LLM_TUTOR_HOME=.models $(BIN)/llm-tutor bench reading
	LLM_TUTOR_HOME=.models $(BIN)/llm-tutor bench llm

# What glibc would give back after every step, and fetch again page by page, is kept.
TRAIN := MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456 \
	GLIBC_TUNABLES=glibc.malloc.hugetlb=1 $(BIN)/python -m models_manifest.evidence

$(TRAIN_READY): $(READY) packaging/train-requirements.lock
	@$(BIN)/python -m pip install -q --require-hashes -r packaging/train-requirements.lock
	@$(BIN)/python -c "from pathlib import Path; Path('$@').touch()"

train-evidence: models $(TRAIN_READY) ## train the evidence model anew, or go on with it (about an hour on two cores)
	$(TRAIN) train

validate-evidence: models $(TRAIN_READY) ## measure the evidence model on unseen articles (three trainings, two to three hours), and publish the figures
	$(TRAIN) validate
	$(TRAIN) publish

lock: ## renew the three lock files from pyproject.toml (needs uv on the path)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url packaging/build-requirements.in -o packaging/build-requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -c requirements.lock packaging/train-requirements.in -o packaging/train-requirements.lock

docs: $(READY) ## renew the generated parts of docs/architecture.md and docs/settings.md
	@$(BIN)/python docs/make_pages.py

translations: $(READY) ## bring assets/translations up to date with the source, and compile it
	@$(BIN)/python packaging/translations.py

licences: $(READY) ## write docs/licences.md anew, after the lock was renewed
	@$(BIN)/python packaging/licences.py

clean: ## remove what make made here; learners' data stays
	rm -rf $(VENV) .models build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
