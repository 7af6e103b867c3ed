# Everything here needs Python 3.11+ and make; each target sets up what it needs in .venv, once.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501

PY := $(VENV)/bin/python
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: help app test lint format build docs messages bench bench-app bench-build load audit clean browser

help:
	@echo "make app     build the tables of seeds/, with and without the chronology, and show them at http://localhost:$(PORT) (PORT=…)"
	@echo "make test    run all tests (ARGS=… goes to pytest)"
	@echo "make lint    ruff and mypy"
	@echo "make format  let ruff lay out the code"
	@echo "make build   make the wheel in dist/"
	@echo "make docs    make the documentation in build/site, to be opened from the disk"
	@echo "make messages  bring the catalogues of the interface's words up to date"
	@echo "make bench   measure speed, memory and growth into docs/performance.md (ARGS=\"--only sieve\", ARGS=\"--texts 1000 10000\")"
	@echo "make bench-build  its builds alone"
	@echo "make bench-app  the app with a million events beside 300, in a real browser"
	@echo "make load    fifty readers of the app at once for five minutes, one of them uploading (ARGS=\"--sessions 10 --minutes 1\")"
	@echo "make audit   ask the Python Package Index for known faults of the pinned packages; needs the network"
	@echo "make clean   remove what these made"

app: $(VENV)/.app
	$(PY) -m timeline build seeds --out data/built
	$(PY) -m timeline build seeds --with data/reference/chronology.csv --out data/with-chronology
	$(PY) -m streamlit run streamlit_app.py --server.port=$(PORT) --server.address=localhost --server.showEmailPrompt=false

test: $(VENV)/.dev browser
ifdef ARGS
	$(PY) -m pytest $(ARGS)
else
	$(PY) -m pytest tests/app/browser
	$(PY) -m pytest -n auto --dist loadfile --ignore=tests/app/browser
endif

lint: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(VENV)/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

build: $(VENV)/.dev
	$(PY) -m build --wheel --no-isolation

# The codebook and the commands are generated; the tests say when they are stale.
docs: $(VENV)/.dev
	$(PY) -m docs.make_codebook
	$(PY) -m docs.make_cli
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict

# What the interface says, into the catalogues under timeline/locale: new messages come in untranslated, old ones go.
messages: $(VENV)/.dev
	$(VENV)/bin/pybabel -q extract -k N_ --no-location --sort-output -o $(VENV)/timeline.pot timeline
	$(VENV)/bin/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 \
		-D timeline -d timeline/locale -i $(VENV)/timeline.pot

bench: $(VENV)/.dev
	$(PY) -m benchmarks.bench_all $(ARGS)

bench-build: $(VENV)/.dev
	$(PY) -m benchmarks.bench_all --only builds $(ARGS)

bench-app: $(VENV)/.dev browser
	$(PY) -m benchmarks.bench_app --record $(ARGS)

load: $(VENV)/.dev
	$(PY) -m tests.safety.load $(ARGS)

# Apart from what it looks at, so that it changes none of that.
audit: | $(PY)
	$(PY) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)/audit/bin/python -m pip_audit --requirement requirements.txt --no-deps --disable-pip

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A failed installation leaves no stamp, and is tried again.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older or missing: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "$(PYTHON) can make no virtual environment (on Debian: apt-get install python3-venv)" >&2; exit 1; }

$(VENV)/.app: requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.app

# Some tests walk through the app in a real browser; beside others they would wait too long for it, so they go alone.
browser:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		{ apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 && exit 0; \
		echo "Chromium could not be installed by apt-get: the browser tests will be skipped" >&2; \
	else \
		echo "No Chromium here, and without root and apt-get none can be installed:" \
			"the browser tests will be skipped; install Chromium to run them" >&2; \
	fi
