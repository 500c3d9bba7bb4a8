# make chat     everything from nothing to the chat page; `make help` lists the rest
PYTHON   ?= python3
PIP_ARGS ?=
PORT     ?= 7860
export PIP_ARGS

VENV := .venv
RUN  := $(VENV)/bin
PIP  := $(RUN)/python -m pip install -qq --disable-pip-version-check $(PIP_ARGS)

.PHONY: help chat test e2e eval bench lint screenshots clean

help:
	@echo "make chat   install into $(VENV), fetch the models, index corpus/, open the chat on 127.0.0.1:$(PORT)"
	@echo "make test   the tests that need no model"
	@echo "make e2e    the tests with the real models and a real Chromium"
	@echo "make eval   ask the evaluation questions, hold the answers against the floors, write build/evaluation.html"
	@echo "make bench  seconds, memory, checks, faults, many people at once, other programs, growth, all on one page: eval/results (hours)"
	@echo "make lint   ruff and mypy"
	@echo "make screenshots  pictures of every view of the page, into build/screenshots"
	@echo "make clean  remove $(VENV) and what the tools left; indexes and fetched models stay"
	@echo "Variables:  PYTHON=$(PYTHON)  PORT=$(PORT)  PIP_ARGS=$(PIP_ARGS) (more options for pip, an index say)"

chat: $(VENV)/.installed
	@$(RUN)/dateline chat --port $(PORT)

test: $(VENV)/.installed-test
	@$(RUN)/python -m pytest

e2e: $(VENV)/.installed-test
	@$(INSTALL_CHROMIUM)
	@$(RUN)/python -m pytest -p tests.noskip -m e2e

eval: $(VENV)/.installed
	@$(RUN)/dateline eval --report build/evaluation.html --markdown build/evaluation.md

# PEERS=N questions go to the other programs, the slowest of which takes over a minute for each. CORPUS=FILE.jsonl
# QUESTIONS=FILE.jsonl take them to other articles, and time how fast those go in. SCALE names the sizes of archives;
# ACCEPT=1 keeps the evaluation as the one that later ones are compared with.
PEERS ?= 30
SCALE ?= --articles 1000 10000 --chunks 10000 100000 1000000
bench: $(VENV)/.installed
	@$(RUN)/python -m eval.bench --json eval/results/bench.json
	@$(RUN)/python -m eval.claims --checks
	@$(RUN)/python -m eval.faults --json eval/results/faults.json --markdown eval/results/faults.md
	@$(RUN)/python -m eval.load --json eval/results/load.json
	@$(RUN)/python -m eval.peers --limit $(PEERS) $(CORPUS:%=--corpus %) $(QUESTIONS:%=--questions %) --json eval/results/peers.json
	@$(if $(filter %.jsonl,$(CORPUS)),$(RUN)/python -m eval.ingest --articles $(CORPUS) --json eval/results/ingest.json)
	@$(RUN)/python -m eval.scale $(SCALE) --json eval/results/scale.json
	@$(RUN)/dateline eval $(ACCEPT:%=--accept) --report build/evaluation.html --markdown build/evaluation.md
	@$(RUN)/python -m eval.overview

lint: $(VENV)/.installed-dev
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy

screenshots: $(VENV)/.installed-test
	@$(INSTALL_CHROMIUM)
	@$(RUN)/python tests/screenshots.py --out build/screenshots

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	  echo "Dateline needs Python 3.10 to 3.13, which $(PYTHON) is not: name one as in make chat PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml | $(RUN)/python
	@$(WARN_OF_CUDA)
	@echo "Installing Dateline into $(VENV): about 1.5 GB, some minutes the first time ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(PIP) -e '.[test]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	@echo "Installing ruff and mypy ..."
	@$(PIP) -e '.[dev]'
	@touch $@

# On Linux the package index's own torch is built for CUDA; pip prefers a build marked +cpu if it is shown one.
TORCH := $(shell sed -n 's/^ *"torch==\(.*\)",/\1/p' pyproject.toml)
define WARN_OF_CUDA
if [ "$$(uname -s)" = Linux ] && ! $(RUN)/python -c 'import torch' 2>/dev/null \
  && ! $(RUN)/python -m pip index versions torch $(PIP_ARGS) 2>/dev/null | grep -qF '$(TORCH)+cpu'; then \
  echo "Warning: pip is about to take the CUDA build of torch, a download of some 3 GB. Dateline needs no GPU:"; \
  echo "for the small CPU build, stop with Ctrl-C and add PIP_ARGS='--extra-index-url URL', URL being an index of CPU builds"; \
fi >&2
endef

define INSTALL_CHROMIUM
{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || { \
  if ! command -v apt-get >/dev/null; then echo "make e2e needs Chromium: please install it" >&2; exit 1; fi; \
  if [ "$$(id -u)" = 0 ]; then sudo=; elif command -v sudo >/dev/null; then sudo=sudo; \
  else echo "make e2e needs Chromium: please run apt-get install chromium as root" >&2; exit 1; fi; \
  echo "Installing Chromium ..."; \
  $$sudo apt-get update -qq && \
  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }
endef
